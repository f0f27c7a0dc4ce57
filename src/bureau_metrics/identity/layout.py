"""Where in a document its title, header lines, opening and signature stand.

Only the head and the tail of a text are looked at line by line, so that the cost does not grow with its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bureau_metrics.identity.kinds import kind_of, words
from bureau_metrics.identity.paths import find_paths
from bureau_metrics.identity.pieces import Line, Piece, Zone, piece_of, slice_of

_HEAD_CHARACTERS = 4000
_TAIL_CHARACTERS = 1500
_TAIL_LINES = 14
_LONGEST_TITLE = 80
_LONGEST_NAME_LINE = 40
_OPENING_LINES = 5
_OPENING_CHARACTERS = 1600
_BODY_CHARACTERS = 20_000

_YEAR = re.compile("(?:19|20)[0-9]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2}")
_BODY_LIKE = re.compile("[局厅委办]|政府|中心")
_BODY = "局|厅|委员会|委|人民政府|中心"
_BODY_ALONE = re.compile(rf"[一-鿿]{{1,20}}(?:{_BODY})\s*(?:[（(](?:19|20)[0-9]{{2}}年度?[）)])?")
_ORDINAL = "[一二三四五六七八九十]{1,3}"
_HEADING = re.compile(f"{_ORDINAL}[、.．]|[(（]{_ORDINAL}[)）]|第{_ORDINAL}[章部]")
_SENTENCE_END = re.compile("[。；]")
_PROSE = re.compile("[。；！，,;]")
_LABELLED = re.compile(r"[^\s|｜\]】]+")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
_WORDS_OF_A_TITLE = 4
_DAY_ALONE = re.compile("[0-9 :年月日-]+")
# Where the next cell of a table begins: 名称： | 县水利局2023年工作总结 | 文号：.
_CELL_ENDS = re.compile(r"\s*[|｜]")
_NAMES_A_BODY = re.compile(_BODY)
_BULLETS = frozenset("•·●▪◆-*")
_BULLET = re.compile(r"^(?:[•·●▪◆]\s*|[-*]\s+)")
_NOT_IN_A_NAME = re.compile(r"[，。；：:！？<>《》|_=/\\→]|[0-9]{5}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a document that say who speaks and when; a part that is not there is None or empty.

    `paths` are the lines that hold the page's path, each with its steps (首页 > 嵩县水利局 > 年度报告), the site first.
    """

    title: Piece | None
    above: Piece | None
    sources: tuple[Piece, ...]
    paths: Mapping[Line, tuple[Line, ...]]
    header: tuple[Line, ...]
    opening: tuple[Line, ...]
    signature: tuple[Line, ...]
    body: Piece

    def header_pieces(self) -> Iterator[Piece]:
        """Yield the lines over and under the title as pieces, but not whom the report is sent to."""
        own = (line for line in self.header if not is_addressee(line) and line not in self.paths)
        return (piece_of(Zone.HEADER, [line]) for line in own)

    def path_pieces(self) -> Iterator[Piece]:
        """Yield the steps of the page's path as pieces, the site first."""
        return (piece_of(Zone.CRUMB, [step]) for line in self.header for step in self.paths.get(line, ()))

    def addressee_pieces(self) -> Iterator[Piece]:
        """Yield the lines that say whom the report is sent to: the place's own government, or a body above it."""
        return (piece_of(Zone.HEADER, [line]) for line in self.header if is_addressee(line))

    def signature_pieces(self) -> Iterator[Piece]:
        """Yield the signature's lines as pieces, the last first: the signature proper stands at the end."""
        return (piece_of(Zone.SIGNATURE, [line]) for line in reversed(self.signature))


def lay_out(text: str) -> Layout:
    """Find the parts of a document."""
    lines, paths = find_paths(text[:_HEAD_CHARACTERS], _lines(text, 0, min(len(text), _HEAD_CHARACTERS)))
    lines = _with_first_title_apart(lines, _prose_at(lines, paths))
    prose = _prose_at(lines, paths)
    own = (_without_label(line) for line in lines[:prose] if line not in paths)
    head = [line for line in own if not words().furniture.search(line.text)]
    title = _title_lines(head) or _own_title(lines[prose : prose + 1])
    after_title = head.index(title[-1]) + 1 if title and title[-1] in head else len(head)
    above = _above(head, title) if title else _lone_name(head)
    opening = _opening(head[after_title:] if title else [], lines[prose:])
    body_start = opening[0].start if opening else (title[-1].end if title else 0)
    return Layout(
        title=piece_of(Zone.TITLE, title) if title else None,
        above=piece_of(Zone.ABOVE, above) if above else None,
        sources=tuple(_sources([*lines[:prose], *_tail(text, body_start)])),
        paths=paths,
        header=tuple(line for line in lines[:prose] if line not in title),
        opening=tuple(opening),
        signature=tuple(_tail(text, opening[0].end if opening else body_start)),
        body=slice_of(Zone.BODY, text, body_start, min(len(text), body_start + _BODY_CHARACTERS)),
    )


def _prose_at(lines: list[Line], paths: Mapping[Line, tuple[Line, ...]]) -> int:
    return next((i for i, line in enumerate(lines) if line not in paths and _begins_prose(line)), len(lines))


def _with_first_title_apart(lines: list[Line], prose: int) -> list[Line]:
    """Return the lines, the first of the prose split where it begins with the title (…统计公报 2022年，…).

    What a page prints under the title and stands on the line too, the day and the source, is split off with it.
    """
    for line in lines[prose : prose + 1]:
        words_of_line = [
            Line(line.start + m.start(), line.start + m.end(), m.group()) for m in _WORD.finditer(line.text)
        ]
        for count, last in enumerate(words_of_line[:_WORDS_OF_A_TITLE], start=1):
            first = line.text[: last.end - line.start]
            if len(first) > _LONGEST_TITLE or _PROSE.search(first) or count == len(words_of_line):
                break
            if words().title_ends.search(first) and _YEAR.search(first) and kind_of(first):
                under = [*takewhile(_stands_under_a_title, words_of_line[count:-1])]
                rest = words_of_line[count + len(under)].start
                title = Line(line.start, last.end, first)
                return [
                    *lines[:prose],
                    title,
                    *under,
                    Line(rest, line.end, line.text[rest - line.start :]),
                    *lines[prose + 1 :],
                ]
    return lines


def _stands_under_a_title(line: Line) -> bool:
    return _is_labelled(line) or bool(_DAY_ALONE.fullmatch(line.text) or _BODY_ALONE.fullmatch(line.text))


def _lines(text: str, start: int, end: int) -> list[Line]:
    found = []
    for match in _LINE.finditer(text, start, end):
        content = match.group().strip()
        if content[:1] in _BULLETS:
            content = _BULLET.sub("", content)
        if content:
            at = match.start() + match.group().index(content)
            found.append(Line(at, at + len(content), content))
    return found


def _begins_prose(line: Line) -> bool:
    """Say whether the report proper begins here: a heading, a sentence, or a line too long for a title."""
    if _HEADING.match(line.text) or len(line.text) > _LONGEST_TITLE:
        return True
    if _is_labelled(line):
        return False
    if line.text[-1] in "：:" and words().introduces.search(line.text):
        return True
    return bool(_SENTENCE_END.search(line.text)) or (
        len(line.text) > _LONGEST_NAME_LINE and bool(_PROSE.search(line.text))
    )


def _title_lines(head: list[Line]) -> list[Line]:
    """Return the lines of the title: the best candidate and what it is continued by."""
    candidates = [line for line in head if _title_score(line) > 1]
    if not candidates:
        return []
    best = max(candidates, key=_title_score)
    at = head.index(best)
    title = [*_broken_off(head[:at], best), best]
    following = head[at + 1 :]
    while following and _continues(title, following[0]):
        title.append(following.pop(0))
    return title


def _title_score(line: Line) -> int:
    if is_addressee(line) or _is_labelled(line):
        return 0
    text = "".join(line.text.split())
    named = words().title.search(text) is not None
    score = 2 * named + 2 * (_YEAR.search(line.text) is not None and named) + (_BODY_LIKE.search(line.text) is not None)
    return min(score, 2) if words().file_name.search(text) else score


def _broken_off(before: list[Line], line: Line) -> list[Line]:
    """Return the line before the title's if a cue begins on it and ends on the next (…法治政府 / 建设情况报告)."""
    if not before or is_addressee(before[-1]) or _is_labelled(before[-1]):
        return []
    first, rest = ("".join(part.text.split()) for part in (before[-1], line))
    found = kind_of(first + rest)
    return before[-1:] if found is not None and found[1] < len(first) < found[2] else []


def _own_title(prose: list[Line]) -> list[Line]:
    """Return the title that the first sentence quotes as the document's own, if it is one of a report with its year."""
    match = next(
        (found for line in prose if (found := words().own_title.search(line.text, 0, _LONGEST_TITLE * 2))), None
    )
    if (
        match is None
        or kind_of(match[1]) is None
        or not (words().title_done.search(match[1]) and _YEAR.search(match[1]))
    ):
        return []
    start = prose[0].start
    return [Line(start + match.start(1), start + match.end(1), match[1])]


def _without_label(line: Line) -> Line:
    """Return the line without the label of a title (标题：), and without the table's cells behind the title."""
    label = words().title_label.match(line.text)
    if label is None or label.end() == len(line.text):
        return line
    cell_end = _CELL_ENDS.search(line.text, label.end())
    end = cell_end.start() if cell_end else len(line.text)
    return Line(line.start + label.end(), line.start + end, line.text[label.end() : end]) if end > label.end() else line


def _continues(title: list[Line], line: Line) -> bool:
    if is_addressee(line) or len(line.text) > _LONGEST_NAME_LINE or len(title) > 2:
        return False
    broken = title[-1].text.endswith(words().unfinished)
    if broken or _names_who_reports(title, line):
        return True
    return _title_score(line) >= 2 and not _YEAR.search(line.text) and line.text[0] not in "(（"


def _names_who_reports(title: list[Line], line: Line) -> bool:
    """Say whether the line is a body's name alone, or with a year, under a title that names none."""
    return bool(_BODY_ALONE.fullmatch(line.text)) and not any(_NAMES_A_BODY.search(part.text) for part in title)


def _above(head: list[Line], title: list[Line]) -> list[Line]:
    """Return the name lines right above the title: at most three short ones without punctuation."""
    if not title or title[0] not in head:
        return []
    found: list[Line] = []
    for line in reversed(head[: head.index(title[0])]):
        is_name = len(line.text) <= _LONGEST_NAME_LINE and not _NOT_IN_A_NAME.search(line.text)
        if not is_name or len(found) == 3 or _DAY_ALONE.fullmatch(line.text):
            break
        found.insert(0, line)
    return found


def _lone_name(head: list[Line]) -> list[Line]:
    """Return the line that is a body's name alone, where there is no title; a government's only if it was read aloud.

    A government's name alone may be that of the site. A report that is read at a session says so (…会议上).
    """
    read_aloud = any(words().session_line.search(line.text) for line in head)
    labelled = [after for line, after in pairwise(head) if words().source_label.fullmatch(line.text)]
    names = (line for line in reversed(head) if line not in labelled and _BODY_ALONE.fullmatch(line.text))
    return next(([line] for line in names if read_aloud or not line.text.endswith("政府")), [])


def _opening(between: list[Line], prose: list[Line]) -> list[Line]:
    """Return the first lines of the report itself, without the addressee."""
    chosen: list[Line] = []
    for line in [*between, *prose]:
        if is_addressee(line) or _is_labelled(line):
            continue
        end = min(line.end, line.start + _OPENING_CHARACTERS)
        chosen.append(Line(line.start, end, line.text[: end - line.start]))
        if len(chosen) == _OPENING_LINES or chosen[-1].end - chosen[0].start > _OPENING_CHARACTERS:
            break
    return chosen


def is_addressee(line: Line) -> bool:
    """Say whether the line calls on the body that the report is sent to (市委法治建设办：)."""
    return line.text[-1] in "：:" and len(line.text) <= _LONGEST_NAME_LINE and not _is_sentence(line)


def _is_sentence(line: Line) -> bool:
    return bool(_PROSE.search(line.text) or words().introduces.search(line.text))


def _is_labelled(line: Line) -> bool:
    """Say whether the line begins with a label of the page's header (发布时间：, 来源：)."""
    return bool(words().date_label.match(line.text) or words().source_label.match(line.text))


def _sources(lines: list[Line]) -> Iterator[Piece]:
    """Yield what stands behind a source label: on its line or, where that is empty, on the next."""
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        for label in words().source_label.finditer(line.text):
            value = _LABELLED.match(line.text, label.end())
            if value:
                yield piece_of(Zone.SOURCE, [Line(line.start + value.start(), line.start + value.end(), value.group())])
            elif following is not None and label.end() == len(line.text):
                yield piece_of(Zone.SOURCE, [following])


def _tail(text: str, not_before: int) -> list[Line]:
    """Return the short lines at the end that are no headings and no sentences."""
    start = max(not_before, len(text) - _TAIL_CHARACTERS)
    if start > 0 and text[start - 1] != "\n":
        start = (text.find("\n", start) + 1) or len(text)
    return [
        line
        for line in _lines(text, start, len(text))[-_TAIL_LINES:]
        if len(line.text) <= _LONGEST_TITLE
        and not is_addressee(line)
        and not (words().furniture.search(line.text) or _HEADING.match(line.text) or _PROSE.search(line.text))
    ]
