"""The grammar of shares, ranks and doublings: 三分之二, 第三位, 前十, 榜首, 翻两番."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from bureau_metrics.dispositions import ranked
from bureau_metrics.lexicon import alternation, lexicon, words
from bureau_metrics.mentions import Kind, Mention, qualified
from bureau_metrics.models import Qualifier
from bureau_metrics.numerals import NUMERAL, Number, parse_numeral
from bureau_metrics.qualifiers import qualifier_behind
from bureau_metrics.units import PERCENT, RANK

_NUMBER = NUMERAL.pattern


@cache
def _bound_behind() -> re.Pattern[str]:
    return re.compile(alternation(word for group in lexicon("qualifiers")["after"].values() for word in group))


DOUBLING = "番"


_DOUBLED = re.compile(r"翻了?$")


_FRACTION = re.compile(rf"分之(?P<number>{_NUMBER})")


_SLASH = re.compile(r"/(?P<number>[0-9]{1,3})(?![0-9/]|[月年])")


def fraction(folded: str, start: int, end: int, number: Number) -> Mention | None:
    """Read 三分之二, 百分之十二点五 and 1/4 as percentages."""
    match = _FRACTION.match(folded, end) or (_SLASH.match(folded, end) if folded[start].isdigit() else None)
    if match is None:
        return None
    part = parse_numeral(match.group("number"))
    if part is None or not number.lower or (match.group()[0] == "/" and part.lower <= number.lower):
        return None
    share, whole = (part, number) if match.group()[0] == "分" else (number, part)
    value = (share.lower * 100 / whole.lower).quantize(Decimal("1E-10")).normalize()
    value = value.quantize(Decimal(1)) if value == value.to_integral() else value
    behind = _bound_behind().match(folded, match.end())
    stop = behind.end() if behind else match.end()
    bound = qualifier_behind(behind.group()) if behind else Qualifier.EXACT
    return qualified(folded, start, stop, Kind.PERCENT, value, value, PERCENT, "%", bound)


@cache
def _place_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternation(words('contexts', 'place_before'))})(?:{alternation(words('grammar', 'rank_owners'))})?$"
    )


def rank(folded: str, start: int, end: int, number: Number) -> Mention | None:
    """Return the rank of 第三位 or 前十, or None where the number only tells one thing of a row from another."""
    top = folded[start - 1] == "前"
    if not top and not (folded.startswith(("位", "名"), end) or ranked(folded, start)):
        return None
    unit = re.match(r"位|名|强", folded[end : end + 1])
    stop = end + (1 if unit else 0)
    if top:
        return Mention(start - 1, stop, start, Kind.RANK, None, None, number.upper, Qualifier.AT_MOST, RANK, "位")
    return Mention(start - 1, stop, start, Kind.RANK, number.lower, None, None, Qualifier.EXACT, RANK, "位")


def first_place(start: int, end: int) -> Mention:
    """Return the rank 1 that 首位 and 榜首 state without a numeral."""
    return Mention(start, end, start, Kind.RANK, Decimal(1), None, None, Qualifier.EXACT, RANK, "位")


def doubling(folded: str, start: int, end: int, number: Number) -> Mention | None:
    """Return the growth that 翻一番 (100 %) and 翻了两番 (300 %) state, or None without 翻 before the number."""
    doubled = _DOUBLED.search(folded[max(0, start - 2) : start])
    if doubled is None:
        return None
    growth = (Decimal(2) ** number.lower - 1) * 100
    span = (start - len(doubled.group()), end + 1, start)
    return Mention(*span, Kind.PERCENT, growth, None, None, Qualifier.EXACT, PERCENT, DOUBLING)


def place(folded: str, start: int, end: int, number: Number) -> Mention | None:
    """Return the rank of 23位 behind a word of rank (排名全国23位), or None where 位 counts people."""
    if not _place_before().search(folded[max(0, start - 10) : start]):
        return None
    return Mention(start, end + 1, start, Kind.RANK, number.lower, None, None, Qualifier.EXACT, RANK, "位")
