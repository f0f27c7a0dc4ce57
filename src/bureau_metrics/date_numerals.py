"""Numerals of dates: years, months, days, quarters, weekdays and times of the day, in digits and in characters."""

from __future__ import annotations

import re

from bureau_metrics.models import Disposition

Ruling = tuple[Disposition, str]

COUNTER_AFTER = re.compile(r" ?(?:[余多]|[家户件次场人名项个份条批起宗元亩吨辆台套处只头株册篇万亿位笔单公平立])(?!民)")
_MONTH, _DAY = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR_SPAN_AFTER = re.compile(r" ?年?[-~至到、和/]{1,2}(?:19|20)?[0-9]{2,4} ?(?:年|学年)")
_MONTH_AND_DAY = re.compile(r"[0-9]{2}/[0-9]{2}\b")
_CALENDAR_BEFORE = re.compile(r"(?:(?:19|20)[0-9]{2}[-/.]|\n[0-9]{2}/|(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.])$")
# 2024-12-30, 2024.12; a year with a decimal behind it and a counter is a number (2099.59万羽, 2012.5亩).
_CALENDAR = re.compile(
    rf"(?:19|20)[0-9]{{2}}[-/.]{_MONTH}(?:[-/.]{_DAY}(?![0-9])|(?![0-9%％.]|[十百千万亿]|{COUNTER_AFTER.pattern}))"
)
_MONTH_SPAN_AFTER = re.compile(r"[-~至到]{1,2}[0-9一二三四五六七八九十]{1,2}(?:月|日)")
_CLOCK = re.compile(r"：[0-9]{2}")
_CLOCK_BEFORE = re.compile(r"[0-9]{1,2}：$")
_SHORT_YEAR = re.compile(r"年(?:[0-9]{1,2}月|底|末|初|度|全年|上半年|以来)")
_CHINESE_YEAR = re.compile(r"[一二][〇零九一二三四五六七八]{3}")
_WEEKDAY_BEFORE = re.compile("(?:周|星期)[一二三四五六日][、和及]$|星期$")


def printed_date(folded: str, start: int, end: int) -> Ruling | None:
    """Return the ruling on a numeral in digits that belongs to a date or a time of the day, else None."""
    if (folded[start] in "12" and _CALENDAR.match(folded, start)) or _inside_calendar(folded, start):
        return Disposition.DATE, "calendar_date"
    if end - start == 4:
        return _year(folded, start, end)
    return _month_or_day(folded, start, end) or _clock(folded, start, end) if end - start <= 2 else None


def _year(folded: str, start: int, end: int) -> Ruling | None:
    if folded[start : start + 2] not in ("19", "20"):
        return None
    if folded.startswith(("年", " 年"), end) or _YEAR_SPAN_AFTER.match(folded, end):
        return Disposition.DATE, "year"
    if (not start or folded[start - 1] in "（\n") and folded[end : end + 1] in ("）", "\n", ""):
        return Disposition.DATE, "year_alone"
    return None


def _month_or_day(folded: str, start: int, end: int) -> Ruling | None:
    before = folded[start - 1] if start else ""
    if folded.startswith(("月", " 月"), end):
        return Disposition.DATE, "month"
    if folded.startswith(("日", " 日"), end) and before in ("月", " ", "至", "-", "~", "、", ""):
        return Disposition.DATE, "day"
    if _MONTH_SPAN_AFTER.match(folded, end):
        return Disposition.DATE, "month_span"
    if end - start == 2 and _SHORT_YEAR.match(folded, end):
        return Disposition.DATE, "short_year"
    return None


def _clock(folded: str, start: int, end: int) -> Ruling | None:
    if folded[start - 1 : start] == "时" and folded.startswith("分", end):
        # 14时30分
        return Disposition.DATE, "clock"
    if _CLOCK.match(folded, end) or (end - start == 2 and _CLOCK_BEFORE.search(folded[max(0, start - 3) : start])):
        return Disposition.DATE, "clock"
    return None


def _inside_calendar(folded: str, start: int) -> bool:
    before = folded[start - 1] if start else ""
    if before == "\n":
        return _MONTH_AND_DAY.match(folded, start) is not None
    return before != "" and before in "-/." and _CALENDAR_BEFORE.search(folded[max(0, start - 9) : start]) is not None


def written_date(folded: str, start: int, end: int) -> Ruling | None:
    """Return the ruling on a numeral in characters that belongs to a date, else None."""
    before, after = folded[start - 1 : start], folded[end : end + 2]
    if before == "周" or _WEEKDAY_BEFORE.search(folded[max(0, start - 4) : start]):
        return Disposition.DATE, "weekday"
    if after[:1] == "年" and _CHINESE_YEAR.fullmatch(folded, start, end):
        return Disposition.DATE, "year"
    if after[:1] == "月" and end - start <= 2:
        return Disposition.DATE, "month"
    if after[:1] == "日" and before == "月":
        return Disposition.DATE, "day"
    if after == "季度" and before not in ("每", "各"):
        return Disposition.DATE, "quarter"
    return None
