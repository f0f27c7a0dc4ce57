"""The year that a report is about, and the day on which it was published or signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from bureau_metrics.identity.kinds import words
from bureau_metrics.identity.layout import Layout
from bureau_metrics.identity.pieces import Line, Piece, Zone
from bureau_metrics.identity.titles import BODY_ALONE
from bureau_metrics.models import Evidence

_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
_YEAR = "(?:(?:19|20|１９|２０)[0-9０-９]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_DATED = r"\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*月"
_YEAR_SAID = re.compile(rf"(?<![0-9])({_YEAR})\s*年(?!{_DATED})")
_YEAR_BARE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9号.])")
_NO_REPORT_YEAR = re.compile(rf"《[^》]*》|〔[^〕]*〕|\[[^\]]*\]|{_YEAR}\s*年?\s*[-—–~～至]+\s*{_YEAR}\s*年?")
_PERIOD_COVERED = re.compile(rf"自?({_YEAR})年1月1日起?(?:至|到|-|—)+(?:{_YEAR}年)?12月31日")
_PARAGRAPH_START = re.compile(rf"(?:[一1][、.．])?\s*(?:过去的|在)?({_YEAR})\s*年(?!{_DATED}|[-—至底末])")
_HEADING = re.compile(rf"^[^\n。]{{0,16}}?({_YEAR})年[^\n。]{{0,40}}$", re.MULTILINE)
_LOOKED_BACK_ON = re.compile(rf"({_YEAR})年(?:政府)?工作(?:的?简要)?(?:的)?回顾")
_THIS_YEAR_FIRST = re.compile("(?:今年|本年度?)(?:以来)?，?")
_NUMBER = "([0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = re.compile(rf"({_YEAR})\s*[年/.\-]?\s*{_NUMBER}\s*[月/.\-]\s*{_NUMBER}(\s*日)?")
_CLOCK = r"(?:\s*[0-9]{1,2}[:：时][0-9]{2}(?:[:：分](?:[0-9]{2}秒?)?)?)?"
_DAY_ALONE = re.compile(
    rf"[（(]?{_DAY.pattern}[）)]?{_CLOCK}(?:\s*[|｜(（].*|\s+(?:字号|字体|浏览|阅读|打印|分享)\w*[:：].*)?"
)
_DAY_LAST = re.compile(rf"{_DAY.pattern}[）)]?{_CLOCK}$")
_DAY_FIRST = re.compile(rf"{_DAY.pattern}{_CLOCK}\s*")
_DAY_BESIDE_A_NAME = re.compile(rf"{_DAY.pattern}\s*[0-9]{{1,2}}[:：][0-9]{{2}}(?:[:：][0-9]{{2}})?\s+[一-鿿]{{2,20}}")
_DAY_BEHIND_A_NAME = re.compile(
    rf"[一-鿿]{{2,20}}\s+{_DAY.pattern}\s*[0-9]{{1,2}}[:：][0-9]{{2}}(?:[:：][0-9]{{2}})?(?:\s+[一-鿿]|$)"
)
_BODY_OR_OFFICE = re.compile(rf"{BODY_ALONE.pattern}|[一-鿿]{{2,20}}(?:办公室|办事处)")
_LISTED_DAY = re.compile(
    rf"(?<![0-9-])20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}(?:[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?$|[（(]\s*{_DAY.pattern}\s*[）)]$"
)
_SESSION_DAY = re.compile(rf"[-—－ ]*[（(]?{_DAY.pattern}在[^。]*会议")
_HAN = re.compile("[一-鿿]")
_LAST_MONTH_OF_REPORTING = 6
_FIRST_MONTH_OF_CLOSING = 11
_PLAN_REACH = 12


class YearStated(NamedTuple):
    """The year a report is about and where that stands; `outright` is False where it is concluded from a date."""

    year: int
    evidence: Evidence
    outright: bool = True


class DayStated(NamedTuple):
    """A day of publication or signature and where it stands."""

    day: date
    evidence: Evidence


def published_on(layout: Layout) -> DayStated | None:
    """Return the day of publication printed over the report, else the day of signature under it."""
    header = layout.header
    labelled = sorted((found for line in header for found in _labelled_days(line)), key=lambda found: found[0])
    if labelled:
        return labelled[0][1]
    for line in _runs(header):
        if stated := _day(line, _DAY_ALONE.fullmatch(line.text) or _beside_a_source(line.text), Zone.HEADER):
            return stated
    if stated := _behind_the_title(layout.title):
        return stated
    foot = sorted((found for line in layout.signature for found in _labelled_days(line)), key=lambda found: found[0])
    if foot:
        return foot[0][1]
    for line in reversed(layout.signature):
        if stated := _day(line, _DAY_LAST.search(line.text), Zone.SIGNATURE):
            return stated
    return None


def _labelled_days(line: Line) -> Iterator[tuple[bool, DayStated]]:
    """Yield the days behind a label, each with whether it is that of writing: publication comes first."""
    by_author = (
        words().source_label.match(line.text) is not None
    )  # 作者：县水务局时间：2020年12月22日, no blank between
    for label in words().day_label.finditer(line.text):
        begins = not label.start() or by_author or not _HAN.match(line.text[label.start() - 1])
        if begins and (stated := _day(line, _DAY.match(line.text, label.end()), Zone.HEADER)):
            yield words().written_label.search("".join(label.group().split())) is not None, stated


def _beside_a_source(text: str) -> re.Match[str] | None:
    """Return the day that stands without a label before or behind the source (2023-01-30 09:00 来源：园区管委会).

    Behind the hour the source may stand by its name alone (2023-01-30 09:00 嵩县水利局), beside the day a body.
    """
    if by_name := _DAY_BESIDE_A_NAME.fullmatch(text) or _DAY_BEHIND_A_NAME.match(text):
        return by_name
    first = _DAY_FIRST.match(text)
    beside = text[first.end() :] if first else ""  # 2022年1月18日来源：…, no blank between
    if words().source_label.match(beside) or BODY_ALONE.fullmatch(beside):
        return first
    by_source = words().source_label.match(text) is not None
    last = _DAY_LAST.search(text) or (_DAY_BEHIND_A_NAME.search(text) if by_source else None)
    if last and (by_source or _BODY_OR_OFFICE.fullmatch(text[: last.start()].strip())):
        return last
    return None


def _behind_the_title(title: Piece | None) -> DayStated | None:
    """Return the day behind the title where a page prints it like an entry of a list (…工作总结 2018-06-15)."""
    match = _LISTED_DAY.search(title.text) if title is not None else None
    if match is None or title is None:
        return None
    start, end = title.span(*match.span())
    return _day(Line(start, end, match.group()), _DAY.search(match.group()), Zone.TITLE)


def report_year(layout: Layout, published: DayStated | None, *, looks_back: bool) -> YearStated | None:
    """Return the year that the report is about, or None where the document does not settle it.

    In this order: the title; the sentence that introduces the report, or its first words; a heading such as
    "2024年工作总结"; the date, where it lies in the first half of a year: such a report is about the year before; the
    one year that the document speaks of. Of a report that `looks_back`, and bears the year of its session
    (2021年政府工作报告), the heading or the day of the session or publication says on which year.
    """
    title = _in_title(layout.above, layout.title)
    if title is not None and looks_back:
        read = _in_headings(layout.body) or _looked_back_on(layout.opening) or _by_session(layout.header)
        posted = read or _by_date(published)  # by somebody, years after it was read
        return posted if posted and title.year - 1 <= posted.year <= title.year else None
    return (
        title
        or (_by_session(layout.header) if looks_back else None)
        or _in_opening(layout.opening, published)
        or _in_headings(layout.body)
        or _by_date(published)
        or _this_year(layout.opening, published)
        or _only_one(layout.header, layout.body)
    )


def _in_title(above: Piece | None, title: Piece | None) -> YearStated | None:
    for piece in (title, above):
        if piece is None:
            continue
        text = _LISTED_DAY.sub(lambda match: "*" * len(match.group()), piece.text)
        said = list(_years(text, _YEAR_SAID)) or list(_years(text, _YEAR_BARE)) or list(_YEAR_SAID.finditer(text))
        ends = [*(match.start() for match in said[1:]), len(text)]
        done = [match for match, end in zip(said, ends, strict=False) if not _is_plan(text[match.end() : end])]
        for match in done or said:
            return YearStated(_number(match[1]), Evidence(piece.zone, *piece.span(*match.span(1))))
    return None


def _in_opening(opening: Iterable[Line], published: DayStated | None) -> YearStated | None:
    for line in opening:
        match = _introduced(line.text) or _covered(line.text) or _first_words(line.text, published)
        if match:
            span = (line.start + match.start(1), line.start + match.end(1))
            return YearStated(_number(match[1]), Evidence(Zone.OPENING, *span))
    return None


def _introduced(text: str) -> re.Match[str] | None:
    """Return the last year in the sentence that introduces the report (现将2024年……情况报告如下)."""
    cue = words().introduces.search(text)
    if not cue:
        return None
    sentence_start = max(text.rfind(mark, 0, cue.start()) for mark in "。；！\n") + 1
    said = [match for match in _years(text, _YEAR_SAID) if sentence_start <= match.start() < cue.start()]
    # 2021年工作情况及2022年工作计划报告如下: the plan's year counts only where it stands alone
    for end in (cue.start(), cue.end()):
        if found := next((match for match in reversed(said) if not _is_plan(text[match.end() : end])), None):
            return found
    return None


def _covered(text: str) -> re.Match[str] | None:
    return _PERIOD_COVERED.search(text)


def _first_words(text: str, published: DayStated | None) -> re.Match[str] | None:
    match = _PARAGRAPH_START.match(text)
    if match is None or _is_plan(text[match.end() : match.end() + 20]):
        return None
    began_earlier = published is not None and published.day.year > _number(match[1]) + 1
    if text.startswith("以来的" if not began_earlier else "以来", match.end()):  # 2018年以来的五年
        return None
    # 2021年制定3件，本年度2件 is no report on 2021; 2022年，我局今年立案68件 is one on 2022.
    headed = text[match.end() : match.end() + 1] in ("，", ",")
    return match if headed or not _THIS_YEAR_TOO.match(text, match.end()) else None


def _in_headings(body: Piece) -> YearStated | None:
    for match in _HEADING.finditer(body.text):
        rest = body.text[match.end(1) : match.end()]
        if words().done.search(rest) and not _is_plan(rest):
            return YearStated(_number(match[1]), Evidence(Zone.BODY, *body.span(*match.span(1))))
    return None


def _looked_back_on(opening: Iterable[Line]) -> YearStated | None:
    """Return the year whose work a running heading says is looked back on (2009年工作简要回顾)."""
    for line in opening:
        if match := _LOOKED_BACK_ON.search(line.text):
            return YearStated(
                _number(match[1]), Evidence(Zone.OPENING, line.start + match.start(1), line.start + match.end(1))
            )
    return None


def _by_date(published: DayStated | None) -> YearStated | None:
    if published is None or published.day.month > _LAST_MONTH_OF_REPORTING:
        return None
    return YearStated(published.day.year - 1, published.evidence, outright=False)


def _this_year(opening: Iterable[Line], published: DayStated | None) -> YearStated | None:
    """Return the year of a day late in it for a report that begins with 今年以来: it sums up that year."""
    begins = next((_THIS_YEAR_FIRST.match(line.text) for line in opening), None)
    if published is None or begins is None or published.day.month <= _LAST_MONTH_OF_REPORTING:
        return None
    return YearStated(published.day.year, published.evidence, outright=False)


def _by_session(header: Iterable[Line]) -> YearStated | None:
    """Return the year that a report looks back on by the day of its reading: the year before, or the one ending."""
    for line in _runs(tuple(header)):
        if stated := _day(line, _SESSION_DAY.match(line.text), Zone.HEADER):
            if stated.day.month >= _FIRST_MONTH_OF_CLOSING:
                return YearStated(stated.day.year, stated.evidence, outright=False)
            return _by_date(stated)
    return None


def _only_one(header: Iterable[Line], body: Piece) -> YearStated | None:
    """Return the year of a document that speaks of one year only, plans and quoted titles apart."""
    found: list[YearStated] = []
    for piece in (*(Piece(Zone.HEADER, line.text, range(line.start, line.end)) for line in header), body):
        for match in _years(piece.text, _YEAR_SAID):
            before, behind = piece.text[: match.start()][-4:], piece.text[match.end() :]
            if _is_plan(behind[:_PLAN_REACH]) or _SINCE_OR_UNTIL.search(before) or _SINCE.match(behind):
                continue
            if _THIS_YEAR_TOO.match(behind):
                return None
            year = _number(match[1]) + (1 if _BASELINE.search(before) else 0)
            evidence = Evidence(piece.zone, *piece.span(*match.span(1)))
            found.append(YearStated(year, evidence, outright=False))
    return found[0] if len({stated.year for stated in found}) == 1 else None


# 较2023年增加58起 is said of 2024; 自2021年, 2021年以来 and 到2025年 begin or end a span.
_BASELINE = re.compile(r"[比较]$|与$|相比于?$")
_SINCE_OR_UNTIL = re.compile(r"(?:自|从|到|(?<!截)至|在)$")
_SINCE = re.compile("[^，。；]{0,14}以来|(?:年?底|末)?(?:之)?前")
# 2022年48件，今年52件: the year that is said is not this one.
_THIS_YEAR_TOO = re.compile(r"[^。\n]*(?:今年|本年)")


def _years(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the years in `text` that may be a report's: not in a quoted title, a document number or a span of years."""
    masked = _NO_REPORT_YEAR.sub(lambda match: "*" * len(match.group()), text)
    return pattern.finditer(masked)


def _is_plan(behind: str) -> bool:
    """Say whether the words behind a year make it the coming one: a plan word and no word of what was done."""
    return bool(words().plan.search(behind)) and not words().done.search(behind)


def _runs(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Yield each line, then each two and three that follow one another: a page may break a date over lines."""
    for count in (1, 2, 3):
        for i in range(len(lines) - count + 1):
            run = lines[i : i + count]
            gaps = [after.start - before.end for before, after in pairwise(run)]
            text = run[0].text + "".join(" " * gap + line.text for gap, line in zip(gaps, run[1:], strict=True))
            yield Line(run[0].start, run[-1].end, text)


def _day(line: Line, match: re.Match[str] | None, zone: Zone) -> DayStated | None:
    if match is None:
        return None
    try:
        day = date(_number(match[1]), _number(match[2]), _number(match[3]))
    except ValueError:
        return None
    return DayStated(day, Evidence(zone, line.start + match.start(1), line.start + max(match.end(3), match.end(4))))


def _number(text: str) -> int:
    """Return a year, month or day in Arabic or Chinese digits (二〇二四, 三月, 二十八日)."""
    if "十" in text:
        tens, _, units = text.partition("十")
        return 10 * (_number(tens) if tens else 1) + (_number(units) if units else 0)
    return int(text.translate(_DIGITS))
