"""What the words of a table are: figures, units, times, growth, parts; the words themselves are data of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bureau_metrics.lexicon import words
from bureau_metrics.numerals import NUMERAL
from bureau_metrics.units import printed_units


@cache
def figure_pattern() -> re.Pattern[str]:
    """Return the pattern of a cell that is a figure and nothing else: 35, 1,234.5, -3.2%, 约20万元, 23家（次）."""
    return re.compile(
        rf"(?P<figure>(?:约|近|超|逾|≥|≤)? ?[-+]?(?:{NUMERAL.pattern})[余多]?[万亿]*"
        rf"(?P<unit>(?:{printed_units()})(?:（次）)?)?(?:以上|以内|左右)?)"
    )


@cache
def _unit_in_heading() -> re.Pattern[str]:
    """（万元）, （单位：件）, 、家 behind a heading."""
    return re.compile(
        rf"[（(](?:计量)?(?:单位)?[：:]?(?P<unit>[十百千]?[万亿]?(?:{printed_units()})(?:/(?:{printed_units()}))?)[）)]"
    )


@cache
def _unit_stated() -> re.Pattern[str]:
    return re.compile(rf"(?:计量)?单位[：:] ?(?P<unit>[十百千]?[万亿]?(?:{printed_units()}))")


@cache
def _whole_unit() -> re.Pattern[str]:
    return re.compile(rf"[十百千]?[万亿]?(?:{printed_units()})")


# 2024年, 2024年1-9月, 2024年末
_YEAR = re.compile(
    r"(?:19|20)[0-9]{2} ?年(?:[0-9]{1,2}(?:-[0-9]{1,2})?月|度|末|底|上半年|全年)?|(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])"
)
_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])月份?")
_RELATIVE_YEAR = re.compile("上年同期|去年同期|上年度?|去年|本年度?(?:新收)?|当年|今年")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:年|[-./][0-9]{1,2})")
_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[、.．](?![0-9])|#)"
)
# 其中：新认定
PART = re.compile("(?:其中|其中的|#)[：:，、]?")
"""What opens a label or heading that is a part of the one before."""
# 制发件数, 培训人数: the counter stands in the heading.
_COUNTER_AT_END = re.compile("(?P<counter>[件个家户人项次宗起份场期条篇])(?:数|次)$")
# Its words without the counter, and 文件, 案件 whole.
_COUNTED_AT_END = re.compile(
    "(?<![文案信证邮物事软稿])[件个家户人项次宗起份场期条篇](?:数|次)$|(?<=[文案信证邮物事软稿]件)数$"
)
GROWN = "增长"
"""How a sentence says growth in per cent, behind what it is measured against."""
RANKED = "排名第"
"""How a sentence says a place in an order."""
_PERCENT = re.compile("[%％]")
# 比2023年增长, 与2023年相比
_BASE_YEAR = re.compile("[比较与](?P<year>(?:19|20)[0-9]{2}年)(?:同期|相比)?")
_AGAINST_LAST_YEAR = re.compile("[比较与](?:上年|去年)")
_MARKS_OF_CHANGE = re.compile("[%％±]|[+]/?[-]")


def is_figure(text: str) -> bool:
    """Say whether a cell is a figure: not a date, a year, a month (3月), nor a unit that begins like one (万吨)."""
    return (
        bool(text)
        and figure_pattern().fullmatch(text) is not None
        and not _DATE.match(text)
        and not _YEAR.fullmatch(text)
        and not _MONTH.fullmatch(text)
        and not is_unit(text)
    )


def is_unit(text: str) -> bool:
    """Say whether a cell holds nothing but a unit (亿元, 人次)."""
    return _whole_unit().fullmatch(text.strip()) is not None


def is_blank(text: str) -> bool:
    """Say whether a cell says nothing: empty, a dash."""
    return text.strip() in words("tables", "blank")


def is_total(label: str) -> bool:
    """Say whether a label is that of a total: 合计."""
    return label.replace(" ", "") in words("tables", "totals")


def is_part(name: str) -> bool:
    """Say whether a name only says which part of what another one counts: 自然人, 结果维持."""
    return name in words("tables", "parts")


def without_number(label: str) -> str:
    """Return a label without the number before it: 一、, （二）, 3."""
    return _ENUMERATOR.sub("", label)


def stated_unit(text: str) -> str:
    """Return the unit that a text states for a whole table (单位：万元), or nothing."""
    found = _unit_stated().search(text)
    return found.group("unit") if found else ""


def unit_of(said: Sequence[str], row_unit: str, stated: str) -> str:
    """Return the unit of a figure: of its nearest heading or label that states one, else of its row or its table."""
    for part in reversed(said):
        found = _unit_in_heading().search(part)
        if found:
            return found.group("unit")
        if counter := _COUNTER_AT_END.search(plain(part)):
            return counter.group("counter")
        if plain(part).endswith(("率", "比重", "占比", "比例")):
            return "%"
    return row_unit or stated


def plain(heading: str) -> str:
    """Return a heading without what stands in brackets, and without blanks."""
    return _BRACKETS.sub("", heading).replace(" ", "")


def change_in(heading: str) -> str:
    """Return how a sentence says a change (比上年增长 in per cent, 比2023年增加 in things) or a rank; else nothing."""
    name = _MARKS_OF_CHANGE.sub("", plain(heading))
    if name in words("tables", "ranks"):
        return RANKED
    base = _BASE_YEAR.match(name)
    if base:
        name = "比上年" + name[base.end() :]
    against = f"比{base['year']}" if base else "比上年" if _AGAINST_LAST_YEAR.match(name) else "同比"
    if name in words("tables", "growth") or (_PERCENT.search(heading) and name in words("tables", "change")):
        return against + GROWN
    return (against if base else "比上年") + "增加" if name in words("tables", "change") else ""


def time_and_names(said: Sequence[str]) -> tuple[str, list[str]]:
    """Split labels and headings into the words of time, the last of which counts, and the names of what is counted."""
    year = month = ""
    names: list[str] = []
    for part in said:
        text = plain(part)
        if _MONTH.fullmatch(text):
            month = text.removesuffix("份")
            continue
        found = _YEAR.search(text) or _RELATIVE_YEAR.match(text)
        if found:
            year = _time(found.group())
            text = text.replace(found.group(), "", 1)
        text = _COUNTED_AT_END.sub("", text.strip("：:、，-"))
        if text and text not in words("tables", "generic"):
            names.append(text)
    return year + month, names


def _time(said: str) -> str:
    """Return the words of time as a sentence has them; 本年, 本年新收 say no more than the report's own year."""
    if said[0] in "本当今":
        return ""
    return said if "年" in said else f"{said}年"
