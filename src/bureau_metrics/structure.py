"""Sections, sentences and clauses of a folded text, as offsets (end exclusive)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from string import ascii_letters
from typing import NamedTuple

from bureau_metrics.lexicon import alternation, words
from bureau_metrics.text_layout import PlacedHeading

_HAN_NUMERAL = "一二三四五六七八九十"
# 一、 （一） 1. （1） at the head of a sentence: of a line, or behind a full stop where a page lost its line breaks.
_HEADING = re.compile(
    rf"[ \[\]A-Za-z:_：0-9]{{0,30}}?(?:(?P<first>[{_HAN_NUMERAL}]{{1,3}}[、.．])"
    rf"|(?P<second>（[{_HAN_NUMERAL}]{{1,3}}）)|(?P<third>[0-9]{{1,2}}[.、](?![0-9]))|(?P<fourth>（[0-9]{{1,2}}）))"
)
_HEADING_BEGINS = frozenset(f"{_HAN_NUMERAL}（0123456789{ascii_letters}[]_:：")
_LEVELS = ("first", "second", "third", "fourth")
_HEADING_END = re.compile(r"[。！？\n；]")
# From the first character that is neither space nor full stop to the full stop, or to the last before the line's end.
_SENTENCE = re.compile(r"[^\s。！？](?:[^。！？\n]*[^\s。！？])?(?:[^\S\n]*[。！？])?")
_SHORT_LINE = re.compile(r"[^\n。；，：]{2,24}")
_YEAR = re.compile(r"(20[0-9]{2}) ?年")
_LONGEST_HEADING = 60
_SHORT = 24
_COLON = re.compile("：")
_LONGEST_OPENER = 12
# Levels of openers in running text, which change what the rest of their section speaks of.
_PLANS_FROM_HERE = 9
_RESULTS_FROM_HERE = 10
_AIMS_FROM_HERE = 11


class SectionKind(StrEnum):
    """What a section speaks of."""

    RESULTS = "results"
    PLANS = "plans"
    SHORTCOMINGS = "shortcomings"
    MIXED = "mixed"


class Section(NamedTuple):
    """A stretch of text under one heading: offsets end exclusive, the heading path, and what the section speaks of."""

    start: int
    end: int
    path: str
    kind: SectionKind
    year: int | None


class Sentence(NamedTuple):
    """A sentence: offsets end exclusive, without the white space around it, with its full stop."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Structure:
    """The sections of a text in order, without gaps, and where its sentences begin and end."""

    sections: tuple[Section, ...]
    section_starts: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    sentence_starts: tuple[int, ...]

    def section_at(self, offset: int) -> Section:
        """Return the section that holds the offset."""
        return self.sections[max(0, bisect_right(self.section_starts, offset) - 1)]

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds the offset."""
        return self.sentences[max(0, bisect_right(self.sentence_starts, offset) - 1)]


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(alternation(words("sections", name)))


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(alternation([*words("sections", "plan_openers"), *words("sections", "result_openers")]))


# Before an opener only an enumerator of its own may stand.
_OPENER_LEAD = re.compile(rf" *(?:[{_HAN_NUMERAL}]+、|（[{_HAN_NUMERAL}]+）)?")


def structure(folded: str, report_year: int | None, marked: Sequence[PlacedHeading] = ()) -> Structure:
    """Return the structure of a folded text; a heading that names a year after `report_year` opens plans.

    `marked` are the headings that the source's own format marks: they count where the text numbers none.
    """
    sentences = tuple(_sentences(folded))
    starts = tuple([sentence.start for sentence in sentences])
    headings = _with_marked(_headings(folded, sentences, starts), folded, marked)
    sections = tuple(_sections(headings, len(folded), report_year))
    return Structure(sections, tuple([section.start for section in sections]), sentences, starts)


@cache
def _glued() -> re.Pattern[str]:
    """…4次二、2024年工作思路2024年…: a heading in a page that lost its line breaks, known by what it speaks of."""
    cues = alternation(word for name in ("plans", "shortcomings", "results") for word in words("sections", name))
    return re.compile(rf"[二三四五六七八九](?:、|）)(?=[^，。；、：\n]{{0,16}}?(?:{cues}))")


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences, cut before headings that are glued to them."""
    cuts = [
        glued.start() - (folded[glued.start() - 1] == "（")
        for glued in _glued().finditer(folded)
        if (folded[glued.start() - 1] == "（") == (folded[glued.end() - 1] == "）")
    ]
    for match in _SENTENCE.finditer(folded):
        start, end = match.span()
        while cuts and cuts[0] < end:
            cut = cuts.pop(0)
            if cut > start:
                yield start, cut
                start = cut
        yield start, end


def _sentences(folded: str) -> Iterator[Sentence]:
    for start, end in _pieces(folded):
        begin = start
        while end - begin > _LONGEST_SENTENCE:
            cut = _cut(folded, begin)
            yield Sentence(begin, begin + len(folded[begin:cut].rstrip()))
            begin = cut + len(folded[cut:end]) - len(folded[cut:end].lstrip())
        yield Sentence(begin, end)


# A page without full stops is cut into pieces, so that reading stays linear in its length; no real sentence is as long.
_LONGEST_SENTENCE = 800
_CUTS = ("；", "，", "、", " ")
_WHOLE = frozenset("0123456789.,%〇零一二两三四五六七八九十百千万亿廿点")


def _cut(folded: str, start: int) -> int:
    """Return where a run without full stops is cut: behind its last punctuation, and never inside a number."""
    limit = start + _LONGEST_SENTENCE
    for mark in _CUTS:
        place = folded.rfind(mark, start + _LONGEST_SENTENCE // 2, limit)
        if place >= 0:
            return place + 1
    place = limit
    while place > start + 1 and folded[place] in _WHOLE and folded[place - 1] in _WHOLE:
        place -= 1
    return place if place > start + 1 else limit


class _Heading(NamedTuple):
    start: int
    level: int
    text: str


def _headings(folded: str, sentences: tuple[Sentence, ...], starts: tuple[int, ...]) -> list[_Heading]:
    found = []
    for sentence in sentences:
        heading = _numbered(folded, sentence) if folded[sentence.start] in _HEADING_BEGINS else None
        if heading is None and sentence.end - sentence.start <= _SHORT:
            heading = _short_line(folded, sentence)
        if heading is not None:
            found.append(heading)
    found.extend(_openers(folded, starts))
    found.extend(_aims(folded))
    found.extend(_Heading(match.start(), _PLANS_FROM_HERE, "") for match in _INTENDING.finditer(folded))
    return sorted(found, key=lambda heading: heading.start)


# 我局将进一步…, 市工信局将继续…: from here the section speaks of plans.
_INTENDING = re.compile(
    r"(?<=[。\n；，])[^，。；\n]{0,10}(?:局|委|办|厅|我们|中心|系统)将(?:进一步|继续|紧紧围绕|着力|坚持以|持续|深入贯彻|全面)"
)


def _with_marked(found: list[_Heading], folded: str, marked: Sequence[PlacedHeading]) -> list[_Heading]:
    """Add the headings that the format marks where none was found; the first of a text is its title and opens none."""
    known = {heading.start for heading in found}
    added = [
        _Heading(heading.start, min(heading.level, len(_LEVELS)) - 1, folded[heading.start : heading.end].strip())
        for heading in marked
        if heading.start not in known and folded[: heading.start].strip()
    ]
    return sorted([*found, *added], key=lambda heading: heading.start) if added else found


def _openers(folded: str, starts: tuple[int, ...]) -> Iterator[_Heading]:
    """Yield where 下一步 and 实际完成情况 stand at the head of a sentence or behind ；."""
    for opener in _opener().finditer(folded):
        sentence = starts[max(0, bisect_right(starts, opener.start()) - 1)]
        head = max(sentence, folded.rfind("；", sentence, opener.start()) + 1)
        if _OPENER_LEAD.fullmatch(folded, head, opener.start()):
            plans = opener.group() in words("sections", "plan_openers")
            level = _PLANS_FROM_HERE if plans else _RESULTS_FROM_HERE
            yield _Heading(opener.start(), level, "")


def _numbered(folded: str, sentence: Sentence) -> _Heading | None:
    match = _HEADING.match(folded, sentence.start, sentence.end)
    if match is None:
        return None
    start = match.start(match.lastgroup or 0)
    end = _HEADING_END.search(folded, start)
    text = folded[start : end.start() if end else len(folded)]
    return _Heading(start, _LEVELS.index(match.lastgroup or "first"), text[:_LONGEST_HEADING].strip())


def _short_line(folded: str, sentence: Sentence) -> _Heading | None:
    """Read a short line of its own as a heading where it speaks of plans or shortcomings."""
    text = folded[sentence.start : sentence.end]
    if sentence.start == 0 or not _SHORT_LINE.fullmatch(text):
        return None
    if folded[max(0, sentence.start - 8) : sentence.start].rstrip(" ")[-1:] not in ("\n", "") or folded[
        sentence.end : sentence.end + 1
    ] not in ("\n", ""):
        return None
    if _cue("plans").search(text) or _cue("shortcomings").search(text):
        return _Heading(sentence.start, 0, text)
    return None


def _aims(folded: str) -> Iterator[_Heading]:
    """Yield where 目标为： and its like open aims; the colon leads to them, so that no other place is looked at."""
    openers = words("sections", "aim_openers")
    for colon in _COLON.finditer(folded):
        before = folded[max(0, colon.end() - _LONGEST_OPENER) : colon.end()]
        opener = max((word for word in openers if before.endswith(word)), key=len, default=None)
        if opener is not None:
            sentence = max(folded.rfind("。", 0, colon.end()), folded.rfind("\n", 0, colon.end())) + 1
            yield _Heading(colon.end() - len(opener), _AIMS_FROM_HERE, folded[sentence : colon.end()][-_SHORT:])


def _sections(headings: list[_Heading], length: int, report_year: int | None) -> Iterator[Section]:
    stack: list[tuple[int, str, SectionKind, int | None]] = []
    start, path, kind, year = 0, "", SectionKind.RESULTS, None
    for heading in headings:
        if heading.start > start:
            yield Section(start, heading.start, path, kind, year)
        start = heading.start
        if heading.level >= _PLANS_FROM_HERE:
            # 下一步，我局将…: the rest of this section speaks of plans, without a heading of its own.
            kind = SectionKind.RESULTS if heading.level == _RESULTS_FROM_HERE else SectionKind.PLANS
            if heading.level == _AIMS_FROM_HERE:
                # The aims that a report holds its results against are those of its own year, or of the one they name.
                said = _YEAR.findall(heading.text)
                year = int(said[-1]) if said else report_year
            continue
        while stack and stack[-1][0] >= heading.level:
            stack.pop()
        above_kind, above_year = (stack[-1][2], stack[-1][3]) if stack else (SectionKind.RESULTS, None)
        kind, year = _classify(heading, above_kind, above_year, report_year)
        stack.append((heading.level, heading.text, kind, year))
        path = " / ".join(entry[1] for entry in stack)
    yield Section(start, length, path, kind, year)


def _classify(
    heading: _Heading, above: SectionKind, above_year: int | None, report_year: int | None
) -> tuple[SectionKind, int | None]:
    text = heading.text
    years = [int(value) for value in _YEAR.findall(text)]
    year = years[-1] if years else above_year
    planned = bool(_cue("plans").search(text)) or (
        bool(years) and report_year is not None and years[-1] == report_year + 1
    )
    short = bool(_cue("shortcomings").search(text))
    if planned and short:
        return SectionKind.MIXED, above_year
    if short:
        return SectionKind.SHORTCOMINGS, above_year
    # Below the first level a plan word may be a topic (（二）推进年度工作计划落实); only strong words count there.
    strong = _strong(text, years, report_year)
    # 完成目标任务情况 tells of results; 明年工作安排情况 does not.
    told = _cue("results").search(text) or (not strong and text.endswith(words("sections", "result_ends")))
    if planned and not told and (heading.level == 0 or strong):
        return SectionKind.PLANS, year
    if above is not SectionKind.RESULTS:
        return above, above_year
    return SectionKind.RESULTS, year if years else above_year


def _strong(text: str, years: list[int], report_year: int | None) -> bool:
    return bool(_cue("plan_openers").search(text)) or (
        bool(years) and report_year is not None and years[-1] > report_year
    )
