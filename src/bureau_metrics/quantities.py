"""Text to quantities: numeral, unit and qualifier with its span; and the disposition of every other numeral."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from bureau_metrics.dispositions import Ruling, dispose, ranked
from bureau_metrics.lexicon import alternation, lexicon
from bureau_metrics.models import Disposition, Qualifier, Quantity
from bureau_metrics.numerals import CHINESE, FOLD, NUMERAL, SCALE, Number, parse_numeral
from bureau_metrics.phrases import phrase_cover, protected_spans
from bureau_metrics.units import (
    MULTIPLE,
    PERCENT,
    POINTS,
    RANK,
    article_counters,
    canonical,
    duration_units,
    printed_units,
)


class Kind(StrEnum):
    """What sort of quantity the grammar saw."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    MULTIPLE = "multiple"
    RANK = "rank"
    DURATION = "duration"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity as the grammar saw it, with what the attachment to a noun needs to know.

    Offsets are code points, end exclusive; `numeral` is where its first numeral starts. `printed` is the counter as
    printed, `article` whether 一 and its counter may be a mere article (一支队伍), `tail` whether a bare numeral has no unit.
    """

    start: int
    end: int
    numeral: int
    kind: Kind
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: Qualifier
    unit: str
    printed: str
    article: bool = False


@dataclass(frozen=True, slots=True)
class Numeral:
    """One numeral of the text (offsets end exclusive) with its ruling, or the index of the mention that it belongs to."""

    start: int
    end: int
    ruling: Ruling | None
    mention: int | None


@dataclass(frozen=True, slots=True)
class Scan:
    """The mentions of a text in order, and all of its numerals."""

    mentions: tuple[Mention, ...]
    numerals: tuple[Numeral, ...]


_NUMBER = NUMERAL.pattern
_INSIDE = "余|多(?!个(?:小时|工作日)?内)"


@cache
def _behind() -> re.Pattern[str]:
    """What follows the numeral: 余, a scale behind it (20多万), 个亿, the unit, （次）, 以上."""
    after = lexicon("qualifiers")["after"]
    return re.compile(
        rf" ?(?P<inside>{_INSIDE}|来(?=[名位人家个次场件项万亿])|(?P<several>几))?(?P<scale>[十百千]?[万亿]+|[十百千](?![分货米瓦克]))?"
        rf"(?P<spoken>个(?P<spoken_scale>亿|万))?(?P<inside_late>余)?(?P<plus>\+(?![0-9]))? ?"
        rf"(?P<unit>(?:{printed_units()})(?P<bracket>（次）)?)?(?P<inside_last>余(?!额|款|下|地|热)|多(?![部次元种级点少项方层维]))?"
        rf"(?P<after>{alternation([*after['at_least'], *after['at_most'], *after['about'], *after['more_than']])})?"
    )


@cache
def _range() -> re.Pattern[str]:
    return re.compile(rf" ?(?P<unit>{printed_units()})?(?:[-~]{{1,2}}|至|到)(?P<number>{_NUMBER})")


_FRACTION = re.compile(rf"分之(?P<number>{_NUMBER})")
_SLASH = re.compile(r"/(?P<number>[0-9]{1,3})(?![0-9/]|[月年])")
_NOT_UNIT = {
    "成": re.compile(r"成[立果员效功为长绩本交都套就因熟品年份分了]"),
    "分": re.compile(r"分[别之类管局为级析布解布局工组期批享公钟片区行]"),
    "次": re.compile(r"次[要数第]"),
    "级": re.compile(r"级"),
    "位": re.compile(r"位[于列居置次]"),
    "名": re.compile(r"名[单称誉列义]"),
    "件": re.compile(r"件[套]"),
    "度": re.compile(r"度[假过]"),
    "日": re.compile(r"日[常均]"),
    "天": re.compile(r"天[然津气]"),
    "区": re.compile(r"区[域块级分别]"),
    "县": re.compile(r"县[级域]"),
    "市": re.compile(r"市[级场区直局委政]"),
    "省": re.compile(r"省[级直厅委政]"),
    "国": re.compile(r"国[家内际务有]"),
    "门": re.compile(r"门[户类诊店]"),
    "面": re.compile(r"面[向对积临]"),
    "步": re.compile(r"步"),
    "代": re.compile(r"代[表理码办]"),
    "对": re.compile(r"对"),
    "层": re.compile(r"层[级层面]"),
    "间": re.compile(r"间[接断]"),
    "口": re.compile(r"口[径岸头述]"),
    "案": re.compile(r"案[件例卷]"),
    "单": re.compile(r"单[位一独项]"),
    "年": re.compile(r"年[度级均产薪]"),
    "套": re.compile(r"套[餐路]"),
    "头": re.compile(r"头[雁部]"),
    "通": re.compile(r"通[过报知道用办]"),
    "例": re.compile(r"例[如行外]"),
    "项": re.compile(r"项[目](?![^，。；、]{0,12}[0-9])(?<=x)"),
    "期": re.compile(r"期[间刊限待末望货]"),
    "节": re.compile(r"节[点约能水日]"),
    "类": re.compile(r"类[别型似]"),
    "部": re.compile(r"部[门分署委长队]"),
    "台": re.compile(r"台[账阶州]"),
    "家": re.compile(r"家[庭长园级属]"),
    "村": re.compile(r"村[级委民两]"),
    "镇": re.compile(r"镇[街级]"),
    "轮": re.compile(r"轮[训换岗候流]"),
    "封": re.compile(r"封[闭]"),
    "座": re.compile(r"座[谈]"),
    "支": re.compile(r"支[持部付出撑援委]"),
    "条": re.compile(r"条[件例款]"),
    "株": re.compile(r"株[洲]"),
    "本": re.compile(r"本[级地科局市区县年着]"),
    "张": re.compile(r"张[家掖]"),
    "处": re.compile(r"处[理置罚级分室长于]"),
    "所": re.compile(r"所[有属在需]"),
    "升": re.compile(r"升[至到级]"),
    "米": re.compile(r"米[粉面]"),
    "克": re.compile(r"克[服]"),
    "周": re.compile(r"周[边年期口]"),
    "秒": re.compile(r"秒[批办]"),
    "根": re.compile(r"根[据本]"),
    "则": re.compile(r"则(?![典新])"),
    "起": re.compile(r"起(?:来|草|步|到|[，。；]?$)"),
    "级别": re.compile(r"级别"),
}


def scan(folded: str) -> Scan:
    """Return the mentions of a folded text and the ruling of every other numeral, in one pass over its numerals."""
    protected = protected_spans(folded)
    protected_starts = [span[0] for span in protected]
    cover = phrase_cover(folded)
    mentions: list[Mention] = []
    numerals: list[Numeral] = []
    consumed = -1
    for start, end in _tokens(folded):
        if start < consumed:
            numerals.append(Numeral(start, end, None, len(mentions) - 1))
            continue
        ruling = _covered(start, end, protected, protected_starts, cover) or dispose(folded, start, end)
        mention = None if ruling else quantity_at(folded, start, end)
        if mention is None:
            numerals.append(Numeral(start, end, ruling or _left_over(folded, start, end), None))
            continue
        mentions.append(mention)
        consumed = mention.end
        numerals.append(Numeral(start, end, None, len(mentions) - 1))
    return Scan(tuple(mentions), tuple(numerals))


_NUMBERED_YEAR = re.compile(r"[0-9]{1,2}\.(?=(?:19|20)[0-9]{2}年)")


def _tokens(folded: str) -> list[tuple[int, int]]:
    tokens = []
    for match in NUMERAL.finditer(folded):
        start, end = match.span()
        # 1.2024年…: an enumerator glued to a year is two numerals.
        numbered = _NUMBERED_YEAR.match(folded, start) if folded[end : end + 1] == "年" else None
        if numbered:
            tokens += [(start, numbered.end() - 1), (numbered.end(), end)]
        else:
            tokens.append((start, end))
    return tokens


def _covered(
    start: int,
    end: int,
    protected: list[tuple[int, int]],
    protected_starts: list[int],
    cover: dict[int, tuple[int, Disposition]],
) -> Ruling | None:
    if start in cover and cover[start][0] >= end:
        return cover[start][1], "set_phrase"
    index = bisect_right(protected_starts, start) - 1
    if index >= 0 and end <= protected[index][1]:
        return Disposition.NAME, "title_or_quotation"
    return None


def _left_over(folded: str, start: int, end: int) -> Ruling:
    """Rule on a numeral that no rule knew and that makes no quantity: Chinese characters are parts of words."""
    if folded[start] in CHINESE:
        if folded[start - 1 : start] in _SEVERAL:
            return Disposition.INDEFINITE, "some"
        return Disposition.LEXICAL, "characters_of_a_word"
    return Disposition.UNRESOLVED, "number_without_a_noun"


def quantity_at(folded: str, start: int, end: int) -> Mention | None:
    """Return the quantity whose first numeral is `folded[start:end]`, or None where the numeral makes none."""
    number = parse_numeral(folded[start:end])
    if number is None:
        return None
    fraction = _fraction(folded, start, end, number)
    if fraction:
        return fraction
    if folded[start - 1 : start] == "第" or (
        folded[start - 1 : start] == "前" and folded[end : end + 1] in "位名强，。、；）"
    ):
        return _rank(folded, start, end, number)
    return _counted(folded, start, end, number)


def _fraction(folded: str, start: int, end: int, number: Number) -> Mention | None:
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
    return _qualified(folded, start, match.end(), Kind.PERCENT, value, value, PERCENT, "%", Qualifier.EXACT)


def _rank(folded: str, start: int, end: int, number: Number) -> Mention | None:
    top = folded[start - 1] == "前"
    if not top and not (folded.startswith(("位", "名"), end) or ranked(folded, start)):
        return None
    unit = re.match(r"位|名|强", folded[end : end + 1])
    stop = end + (1 if unit else 0)
    if top:
        return Mention(start - 1, stop, start, Kind.RANK, None, None, number.upper, Qualifier.AT_MOST, RANK, "位")
    return Mention(start - 1, stop, start, Kind.RANK, number.lower, None, None, Qualifier.EXACT, RANK, "位")


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
    factor = Decimal(1)
    for scale in (match.group("scale") or "") + (match.group("spoken_scale") or ""):
        factor *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[scale]
    if folded[start] in CHINESE and not printed:
        return None
    unit, unit_factor = canonical(printed.replace("（次）", "次"))
    factor *= unit_factor
    inside = any(match.group(name) for name in ("inside", "inside_late")) or (
        bool(match.group("inside_last")) and bool(printed)
    )
    return _mention(
        folded, start, stop, low * factor, high * factor, unit, printed.replace("（次）", "次"), inside, match
    )


def _scaled_like(low: Decimal, first: str, second: str) -> Decimal:
    """Give the first number of 3-5万 the scale that only the second prints."""
    scale = re.search(r"[万亿]+$", second)
    if scale is None or re.search(r"[万亿]", first):
        return low
    value = parse_numeral("1" + scale.group())
    return low * value.lower if value else low


def _year_like(first: str, second: str) -> bool:
    return len(first) == 4 and first[:2] in ("19", "20") and len(second) in (2, 4)


def _unit(folded: str, match: re.Match[str]) -> str:
    """Return the unit that the match saw, unless its characters begin another word (3成立, 5支持)."""
    printed: str = match.group("unit") or ""
    if printed and len(printed) == 1 and printed in _NOT_UNIT and _NOT_UNIT[printed].match(folded, match.start("unit")):
        return ""
    if match.group("spoken") and not printed:
        return ""
    return printed


def _stop(match: re.Match[str], printed: str, end: int) -> int:
    """Return where the quantity ends: behind its last part that counts."""
    if printed:
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
    kind = _kind(unit, printed)
    text = folded[start : match.end()]
    if low != high:
        return Mention(start, stop, start, kind, None, low, high, Qualifier.RANGE, unit, printed)
    if folded[start - 1 : start] in _SEVERAL and start and folded[start] in "十百千万亿":
        # 数十, 几百: 20-99, 200-999.
        return Mention(start - 1, stop, start, kind, None, low * 2, low * 10 - 1, Qualifier.VAGUE, unit, printed)
    if match.group("several"):
        # 十几, 二十几: 11-19, 21-29.
        return Mention(start, stop, start, kind, None, low + 1, low + 9, Qualifier.VAGUE, unit, printed)
    qualifier = Qualifier.MORE_THAN if inside else Qualifier.AT_LEAST if match.group("plus") else Qualifier.EXACT
    if stop == match.end() and match.group("after"):
        qualifier = _after(match.group("after"))
    article = text.startswith("一") and printed in article_counters() and not inside
    return _qualified(folded, start, stop, kind, low, high, unit, printed, qualifier, article)


def _kind(unit: str, printed: str) -> Kind:
    if unit == PERCENT:
        return Kind.PERCENT
    if unit == POINTS:
        return Kind.POINTS
    if unit == MULTIPLE:
        return Kind.MULTIPLE
    if not unit:
        return Kind.BARE
    return Kind.DURATION if printed in duration_units() else Kind.COUNT


@cache
def _after_words() -> dict[str, Qualifier]:
    return {word: Qualifier(name) for name, group in lexicon("qualifiers")["after"].items() for word in group}


def _after(word: str) -> Qualifier:
    return _after_words()[word]


_SEVERAL = ("数", "几")


@cache
def _before_words() -> tuple[tuple[str, Qualifier], ...]:
    pairs = [(word, Qualifier(name)) for name, group in lexicon("qualifiers")["before"].items() for word in group]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(word for word, _ in _before_words())}) ?$")


# 附近, 最近, 节约, 预约, 高超 end in the character of a qualifier and are none.
_WORD_BEFORE_QUALIFIER = "附最靠预节制公合签契条赶反特邻临高"


def _before_qualifier(folded: str, start: int) -> tuple[int, Qualifier | None]:
    match = _before().search(folded[max(0, start - 5) : start])
    if match is None:
        return start, None
    word = match.group().rstrip()
    # 上 bounds only 上百, 上千; a word that ends in 近 or 约 (附近, 预约, 节约) is none.
    position = start - len(match.group())
    if word == "上" and (folded[start] not in "百千万亿" or (position and folded[position - 1] in "以之")):
        return start, None
    if position and len(word) == 1 and folded[position - 1] in _WORD_BEFORE_QUALIFIER:
        return start, None
    return position, dict(_before_words())[word]


def _qualified(
    folded: str,
    start: int,
    stop: int,
    kind: Kind,
    low: Decimal,
    high: Decimal,
    unit: str,
    printed: str,
    behind: Qualifier,
    article: bool = False,
) -> Mention:
    """Join what stands before and behind the numeral to one qualifier, and set the bounds by it."""
    position, front = _before_qualifier(folded, start)
    if front is None and kind in (Kind.PERCENT, Kind.POINTS, Kind.BARE) and folded[start - 1 : start] == "-":
        if not folded[start - 2 : start - 1].isdigit() and folded[start - 2 : start - 1] != "-":
            position, low, high = start - 1, -low, -high
    # 约22000余 and 不少于…以上: the word that bounds wins over the one that only blurs.
    qualifier = behind if behind is not Qualifier.EXACT and front in (None, Qualifier.ABOUT) else front or behind
    lower, upper = bounds(qualifier, low)
    return Mention(position, stop, start, kind, low, lower, upper, qualifier, unit, printed, article and front is None)


def bounds(qualifier: Qualifier, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Return the lower and upper bound that a qualifier states of a value."""
    if qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return value, None
    if qualifier in (Qualifier.NEARLY, Qualifier.AT_MOST, Qualifier.LESS_THAN):
        return None, value
    return None, None


def find_quantities(text: str) -> list[Quantity]:
    """Return every quantity of a text, in order.

    Offsets are code points into `text`, end exclusive; values and bounds are exact decimals in the canonical unit. Dates,
    ordinals, references, names and other numerals that count nothing are left out. Raises nothing on any text.
    """
    folded = text.translate(FOLD)
    return [
        Quantity(m.start, m.end, text[m.start : m.end], m.value, m.lower, m.upper, m.unit, m.qualifier)
        for m in scan(folded).mentions
        if not m.article
    ]
