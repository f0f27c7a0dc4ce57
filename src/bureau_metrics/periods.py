"""Words of time to years and dates: 截至9月底, 上半年, “十四五”期间, 上年."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from datetime import date
from typing import NamedTuple


class TimeMark(NamedTuple):
    """A word of time in a text: offsets end exclusive, the year it means, and the stretch that it names, if any.

    `since` marks 自…以来, whose figures run up to now; `as_of` marks 截至…, the day of a stock; `now` is 截至目前,
    `printed` says that the year is printed in digits and not told as 今年 or 年内,
    `until` marks 到2025年, the year of an aim.
    """

    start: int
    end: int
    year: int | None
    period_start: date | None = None
    period_end: date | None = None
    since: bool = False
    as_of: bool = False
    now: bool = False
    printed: bool = False
    until: bool = False


_DIGIT = "〇零一二三四五六七八九"
_TIME = re.compile(
    r"(?P<as_of>截至|截止到?)?(?P<since>自|从)?(?P<until>到|至)? ?"
    rf"(?:(?P<year>(?:19|20)[0-9]{{2}}|[一二][〇零九][{_DIGIT}]{{2}}) ?年(?:度|期间)?(?:，?(?:全年|年内))?"
    r"|(?P<relative>今年|本年度?|年内|全年|当年|去年|上年度?|上一年度?|前一年|明年|来年|下一年度?)(?!同期|底前))?"
    r"(?: ?(?P<from>[0-9]{1,2})月?(?:份)?[-~至到]{1,2}(?P<to>[0-9]{1,2})月(?:份)?"
    r"| ?(?P<month>[0-9]{1,2})月(?P<part>份|上旬|中旬|下旬|底|末|初|(?P<day>[0-9]{1,2})日)?"
    r"|(?P<half>上半年|下半年)|(?P<quarter>前三季度|前两季度|第?[一二三四1-4]季度)"
    r"|(?P<end>年底|年末|底|末)|(?P<begin>年初|初))?(?P<now>目前|今|日前|现在)?(?P<since_end>以来)?"
)
_HINT = re.compile(
    rf"[0-9{_DIGIT}] ?年|[今去上明来当本前全]年|上一年|下一年|年内|截[至止]|[0-9]月|半年|季度|年[初末底]"
    r"|五”?(?:期间|时期|以来)"
)
# 与上年持平, 与去年相比
_EQUALLED = ("相比", "同期", "持平", "基本持平", "相当", "大致", "比较", "一致")
_DOCUMENT_BEHIND = re.compile(
    r"[^，。；、0-9\n]{0,16}(?:报告|方案|计划|要点|清单|通知|办法|规划|目录|年报|预算|决算|白皮书|总结)(?=[，。；、》”])"
)
_PUBLISHED_BEHIND = re.compile(r"(?:公布|发布|印发|公开|起?施行|实施|通过|审议通过)[）)，]")
_OF_ONE_NUMBER = re.compile(r"[的为是][0-9]")
# 2021年至2024年, 2023年7月至2024年6月
_YEARS = re.compile(
    r"(?P<first>(?:19|20)[0-9]{2})年?(?:(?P<first_month>[0-9]{1,2})月)?[-~至到]{1,2}"
    r"(?P<last>(?:19|20)[0-9]{2})年(?:(?P<last_month>[0-9]{1,2})月)?(?:期间)?"
)
_FIVE_YEARS = re.compile(r"[“\"]?(?P<plan>十[一二三四五])五[”\"]?(?:时期|期间|以来|收官)")
_PLANS = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
_RELATIVE = {"今": 0, "本": 0, "年": 0, "全": 0, "当": 0, "去": -1, "上": -1, "前": -1, "明": 1, "来": 1, "下": 1}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DIGITS = dict(zip(_DIGIT, "00123456789", strict=True))
_BASELINE = ("较", "比", "同", "与", "和", "由", "超", "于", "为")


def time_marks(
    folded: str, start: int, end: int, report_year: int | None, protected: list[tuple[int, int]] | None = None
) -> list[TimeMark]:
    """Return the words of time in `folded[start:end]`, in order, without those that only name a baseline (较2023年).

    `report_year` resolves 今年 and 去年; without it those have no year. Words inside the protected spans (titles and
    quotations) name no time of the sentence.
    """
    if not _HINT.search(folded, start, end):
        return []
    marks: list[TimeMark] = []
    position = start
    protected_starts = [span[0] for span in protected or []]
    while (found := _HINT.search(folded, position, end)) is not None:
        begin = max(position, found.start() - 8)
        match = _first(folded, begin, found, end)
        if match is None:
            position = found.end()
            continue
        position = max(match.end(), found.end())
        if not _inside(match, protected or [], protected_starts) and not _baseline(folded, match):
            marks.append(_mark(match, report_year))
    return marks


def _first(folded: str, begin: int, found: re.Match[str], end: int) -> re.Match[str] | None:
    """Return the longest reading that covers the hint."""
    plan = _FIVE_YEARS.search(folded, begin, end)
    if plan and plan.start() <= found.start() < plan.end():
        return plan
    years = _YEARS.search(folded, begin, end)
    if years and years.start() <= found.start() < years.end():
        return years
    for offset in range(begin, found.end()):
        match = _TIME.match(folded, offset, end)
        if match and match.end() >= found.end() and match.group().strip():
            return match
    return None


def _inside(match: re.Match[str], spans: list[tuple[int, int]], starts: list[int]) -> bool:
    """Whether a word of time stands inside a title or quotation; “十四五”期间 runs over its quotation marks."""
    index = bisect_right(starts, match.start()) - 1
    return index >= 0 and match.end() <= spans[index][1]


def _baseline(folded: str, match: re.Match[str]) -> bool:
    # 上年结转27件 is this year's; 是2022年的1.6倍 only names what is compared with.
    if folded.startswith(("结转", "转入", "遗留"), match.end()) or re.match(
        r"的?(?:同期)?的?[0-9.]+倍", folded[match.end() : match.end() + 10]
    ):
        return True
    if folded[match.start() - 1 : match.start()] == "（" and folded[match.end() : match.end() + 1] == "）":
        # 实施纲要（2021—2025年）: the years belong to the title.
        return True
    if _DOCUMENT_BEHIND.match(folded, match.end()):
        # 公开2023年法治政府建设报告；: the year of a document.
        return True
    if _PUBLISHED_BEHIND.match(folded, match.end()):
        # （2024年3月1日公布）
        return True
    if _OF_ONE_NUMBER.match(folded, match.end()) and (folded[match.end()] == "的" or match.group()[0] in "去上"):
        # 2023年的100家, 去年为31次: that number's year alone.
        return True
    groups = match.groupdict()
    if groups.get("since") and not groups["since_end"] and folded.startswith("的", match.end()):
        # 从2020年的120家增加到300家
        return True
    before = folded[max(0, match.start() - 1) : match.start()]
    return (
        before in _BASELINE
        and before != ""
        and not (before in "和于为与同" and not folded.startswith(_EQUALLED, match.end()))
    )


def _mark(match: re.Match[str], report_year: int | None) -> TimeMark:
    start, end = match.span()
    groups = match.groupdict()
    if "first" in groups:
        return _span_of_years(match)
    if "plan" in groups:
        first = _PLANS[groups["plan"]]
        if report_year is not None and first + 4 < report_year:
            # “十三五”期间 in a report on 2024 is over.
            return TimeMark(start, end, first + 4, date(first, 1, 1), date(first + 4, 12, 31), printed=True)
        return TimeMark(start, end, report_year, date(first, 1, 1), None, since=True)
    year = _year(groups, report_year)
    if groups["since"] and groups["since_end"]:
        begin = date(year, int(groups["month"] or 1), 1) if year and 1 <= int(groups["month"] or 1) <= 12 else None
        return TimeMark(start, end, report_year, begin, None, since=True)
    as_of = bool(groups["as_of"])
    if year is None and not any(groups[name] for name in ("from", "month", "half", "quarter", "end", "begin", "as_of")):
        return TimeMark(start, end, None)
    actual = year if year is not None else report_year
    first_day, last_day = _stretch(groups, actual)
    return TimeMark(
        start,
        end,
        actual,
        None if as_of else first_day,
        last_day,
        as_of=as_of,
        now=bool(groups["now"]),
        printed=bool(groups["year"]),
        until=bool(groups["until"]),
    )


def _span_of_years(match: re.Match[str]) -> TimeMark:
    first, last = int(match.group("first")), int(match.group("last"))
    first_day, _ = _months(first, int(match.group("first_month") or 1), 12)
    _, last_day = _months(last, 1, int(match.group("last_month") or 12))
    return TimeMark(match.start(), match.end(), last, first_day, last_day, printed=True)


def _year(groups: dict[str, str | None], report_year: int | None) -> int | None:
    if groups["year"]:
        return int("".join(_DIGITS.get(character, character) for character in groups["year"]))
    if groups["relative"] and report_year is not None:
        return report_year + _RELATIVE[groups["relative"][0]]
    return None


def _stretch(groups: dict[str, str | None], year: int | None) -> tuple[date | None, date | None]:
    """Return first and last day of the part of the year that is named, or (None, None)."""
    if year is None:
        return None, None
    if groups["from"] and groups["to"]:
        return _months(year, int(groups["from"]), int(groups["to"]))
    if groups["month"]:
        return _month(year, int(groups["month"]), groups["part"] or "", groups["day"], bool(groups["as_of"]))
    if groups["half"]:
        return _months(year, 1, 6) if groups["half"][0] == "上" else _months(year, 7, 12)
    if groups["quarter"]:
        if groups["quarter"].startswith("前"):
            return _months(year, 1, 9 if "三" in groups["quarter"] else 6)
        number = _QUARTERS[groups["quarter"].strip("第季度")]
        return _months(year, 3 * number - 2, 3 * number)
    if groups["end"]:
        return None, date(year, 12, 31)
    if groups["begin"]:
        return None, date(year, 1, 10)
    return None, None


def _months(year: int, first: int, last: int) -> tuple[date | None, date | None]:
    if not 1 <= first <= last <= 12:
        return None, None
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


_PARTS_OF_MONTH = {"初": 10, "上旬": 10, "中旬": 20}


def _month(year: int, month: int, part: str, day: str | None, as_of: bool) -> tuple[date | None, date | None]:
    if not 1 <= month <= 12:
        return None, None
    last = calendar.monthrange(year, month)[1]
    # 截至12月初 ends on the 10th, 中旬 on the 20th, 底 with the month.
    number = min(int(day), last) or 1 if day else _PARTS_OF_MONTH.get(part, last)
    return (None if as_of or part in ("底", "末") else date(year, month, 1)), date(year, month, number)
