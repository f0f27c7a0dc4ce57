"""The grammar of one quantity: numeral, scale, unit and qualifier, with the bounds that they state."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from bureau_metrics.lexicon import alternation, lexicon, words
from bureau_metrics.mentions import Kind, Mention, kind_of, qualified
from bureau_metrics.models import Qualifier
from bureau_metrics.numerals import CHINESE, NUMERAL, SCALES, Number, parse_numeral
from bureau_metrics.qualifiers import qualifier_behind
from bureau_metrics.rank_grammar import doubling, fraction, place, rank
from bureau_metrics.units import article_counters, canonical, printed_units

_INSIDE = "余|多(?!个(?:小时|工作日)?内)"
# 2个亿, 3个多亿; 3个亿元以上项目 counts projects.
_SPOKEN = "个(?P<spoken_more>多|余)?(?P<spoken_scale>(?:亿|万)(?!元(?:以上|级|项目|产业|企业|以内|规模|的)))"


@cache
def _behind() -> re.Pattern[str]:
    """What follows the numeral: 余, a scale behind it (20多万), 个亿, the unit, （次）, 以上."""
    after = lexicon("qualifiers")["after"]
    return re.compile(
        rf" ?(?P<inside>{_INSIDE}|来(?=[名位人家个次场件项万亿])|(?P<several>几))?"
        r"(?P<scale>[十百千]?[万亿]{1,9}|[十百千](?![分货米瓦克伏焦卡赫帕]))?"
        rf"(?P<spoken>{_SPOKEN})?(?P<inside_late>余)?(?P<plus>\+(?![0-9]))? ?"
        rf"(?P<unit>(?:{printed_units()})(?:（次）|/(?:{alternation(words('units', 'per'))}))?)?"
        r"(?P<inside_last>余(?!额|款|下|地|热)|多(?![部次元种级点少项方层维岗职能责]))?"
        rf"(?P<after>{alternation([*after['at_least'], *after['at_most'], *after['about'], *after['more_than']])})?"
    )


@cache
def _range() -> re.Pattern[str]:
    return re.compile(rf" ?(?P<unit>{printed_units()})?(?:[-~]{{1,2}}|至|到)(?P<number>{NUMERAL.pattern})")


def quantity_at(folded: str, start: int, end: int) -> Mention | None:
    """Return the quantity whose first numeral is `folded[start:end]`, or None where the numeral makes none."""
    number = parse_numeral(folded[start:end])
    if number is None:
        return None
    after, before = folded[end : end + 1], folded[start - 1 : start]
    if after == "番" and (doubled := doubling(folded, start, end, number)) is not None:
        return doubled
    if after in ("分", "/") and (share := fraction(folded, start, end, number)) is not None:
        return share
    if before == "第" or (before == "前" and after in "位名强，。、；）. \n”"):
        return rank(folded, start, end, number)
    if after == "位" and (placed := place(folded, start, end, number)) is not None:
        return placed
    return _counted(folded, start, end, number)


def bare_number(folded: str, start: int, end: int) -> Mention | None:
    """Return the number `folded[start:end]` with its sign and a 余 or 多 behind it; None where it has no value."""
    number = parse_numeral(folded[start:end])
    if number is None:
        return None
    more = re.match("[余多]", folded[end:])
    qualifier = Qualifier.MORE_THAN if more else Qualifier.EXACT
    stop = end + 1 if more else end
    return qualified(folded, start, stop, Kind.BARE, number.lower, number.upper, "", "", qualifier)


def _counted(folded: str, start: int, end: int, number: Number) -> Mention | None:
    low, high = number.lower, number.upper
    span = _range().match(folded, end)
    first_unit = ""
    if span and not _year_like(folded[start:end], span.group("number")):
        other = parse_numeral(span.group("number"))
        if other and other.lower > low:
            first_unit, high, end = span.group("unit") or "", other.upper, span.end()
            low = _scaled_like(low, folded[start : span.start()], span.group("number"))
    match = _behind().match(folded, end)
    assert match is not None
    printed = _unit(folded, match) or first_unit
    stop = _stop(match, printed, end)
    if folded[start] in CHINESE and (
        # 珠三角九市, 两县: the numeral is a part of the name of places.
        printed in words("units", "places") if printed else not _written_out(folded, start, stop)
    ):
        return None
    printed = printed.replace("（次）", "次")
    unit, factor = canonical(printed)
    for scale in (match.group("scale") or "") + (match.group("spoken_scale") or ""):
        factor *= SCALES[scale]
    if not printed and folded[stop - 1] in "万亿":
        # 罚没款12.6万 and 2个亿 leave the 元 unsaid; the noun decides whether it is money.
        printed = folded[stop - 1]
    if match.group("several"):
        # 十几, 二十几万: 11-19, 210000-290000.
        low, high = low + 1, low + 9
    if printed == "元" and (coins := _COINS.match(folded, stop)):
        # 三千三百八十元五角八分
        tenths, hundredths = (parse_numeral(coins.group(name) or "0") for name in ("jiao", "fen"))
        small = (tenths.lower if tenths else 0) * Decimal("0.1") + (hundredths.lower if hundredths else 0) * Decimal(
            "0.01"
        )
        low, high, stop = low + small, high + small, coins.end()
    inside = bool(
        match.group("inside")
        or match.group("inside_late")
        or match.group("spoken_more")
        or (printed and (match.group("inside_last") or printed in _MONTHS_AND_MORE))
    )
    return _mention(folded, start, stop, low * factor, high * factor, unit, printed, inside, match)


_COINS = re.compile(
    r"(?=[0-9一二三四五六七八九][角分])(?:(?P<jiao>[0-9一二三四五六七八九])角)?(?:(?P<fen>[0-9一二三四五六七八九])分)?"
)
# 总数达一百二十三万四千: three characters with digits and scales, at the end of a clause, are a number and no word.
_WRITTEN_OUT = re.compile(r"(?=.*[十百千万亿])(?=.*[一二两三四五六七八九])[〇零一二两三四五六七八九十百千万亿]{3,}余?")


def _written_out(folded: str, start: int, stop: int) -> bool:
    after = folded[stop : stop + 1]
    return (after == "" or after in "，。；、）\n") and _WRITTEN_OUT.fullmatch(folded, start, stop) is not None


def _scaled_like(low: Decimal, first: str, second: str) -> Decimal:
    """Give the first number of 3-5万 the scale that only the second prints."""
    scale = re.search(r"[万亿]+$", second)
    if scale is None or re.search(r"[万亿]", first):
        return low
    value = parse_numeral("1" + scale.group())
    return low * value.lower if value else low


def _year_like(first: str, second: str) -> bool:
    return len(first) == 4 and first[:2] in ("19", "20") and len(second) in (2, 4)


@cache
def _continues() -> dict[str, frozenset[str]]:
    return {unit: frozenset(characters) for unit, characters in lexicon("units")["continues"].items()}


def _unit(folded: str, match: re.Match[str]) -> str:
    """Return the unit that the match saw, unless its characters begin another word (3成立, 5支持)."""
    printed: str = match.group("unit") or ""
    if len(printed) == 1 and folded[match.end("unit") : match.end("unit") + 1] in _continues().get(printed, ()):
        return ""
    if match.group("spoken") and not printed:
        return ""
    return printed


def _stop(match: re.Match[str], printed: str, end: int) -> int:
    """Return where the quantity ends: behind its last part that counts."""
    if printed or match.group("after"):
        return match.end()
    for name in ("inside_late", "spoken", "scale", "inside"):
        if match.group(name):
            return match.end(name)
    return match.end("plus") if match.group("plus") else end


def _mention(
    folded: str,
    start: int,
    stop: int,
    low: Decimal,
    high: Decimal,
    unit: str,
    printed: str,
    inside: bool,
    match: re.Match[str],
) -> Mention | None:
    kind = kind_of(unit, printed)
    text = folded[start : match.end()]
    if low != high and kind is Kind.BARE:
        # 2024-120113 of an index number
        return None
    if low != high:
        qualifier = Qualifier.VAGUE if match.group("several") else Qualifier.RANGE
        return Mention(start, stop, start, kind, None, low, high, qualifier, unit, printed)
    if folded[start - 1 : start] in SEVERAL and start and folded[start] in "十百千万亿":
        # 数十, 几百: 20-99, 200-999.
        return Mention(start - 1, stop, start, kind, None, low * 2, low * 10 - 1, Qualifier.VAGUE, unit, printed)
    qualifier = Qualifier.MORE_THAN if inside else Qualifier.AT_LEAST if match.group("plus") else Qualifier.EXACT
    if stop == match.end() and match.group("after"):
        qualifier = qualifier_behind(match.group("after"))
    article = text.startswith("一" + printed) and printed in article_counters() and not inside
    article = article and _COUNTED_ONE.search(folded, max(0, start - 2), start) is None
    return qualified(folded, start, stop, kind, low, high, unit, printed, qualifier, article)


# 仅有一人持证, 共有一家: a count, and no article.
_COUNTED_ONE = re.compile("[仅只共]有?$")
# 5个多月: the word for more stands inside the unit.
_MONTHS_AND_MORE = ("个多月", "个余月")
SEVERAL = ("数", "几")
