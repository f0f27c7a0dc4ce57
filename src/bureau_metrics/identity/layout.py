"""Where in a document its title, header lines, opening and signature stand.

Only the head and the tail of a text are looked at line by line, so that the cost does not grow with its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from bureau_metrics.identity.clauses import clauses
from bureau_metrics.identity.kinds import kind_of, words
from bureau_metrics.identity.paths import find_paths
from bureau_metrics.identity.pieces import Line, Piece, Zone, piece_of, slice_of
from bureau_metrics.identity.titles import (
    BODY_ALONE,
    BODY_WITH_YEAR,
    DAY_ALONE,
    LONGEST_NAME_LINE,
    LONGEST_TITLE,
    PROSE,
    is_addressee,
    is_index_of_years,
    is_labelled,
    names_a_body,
    own_title,
    title_lines,
    with_first_title_apart,
    without_label,
)

_HEAD_CHARACTERS = 4000
_TAIL_CHARACTERS = 1500
_TAIL_LINES = 14
_OPENING_LINES = 5
_OPENING_CHARACTERS = 1600
_BODY_CHARACTERS = 20_000

_ORDINAL = "[一二三四五六七八九十]{1,3}"
_HEADING = re.compile(f"{_ORDINAL}[、.．]|[(（]{_ORDINAL}[)）]|第{_ORDINAL}[章部]")
_SENTENCE_END = re.compile("[。；]")
_LABELLED = re.compile(r"[^\s|｜\]】]+")
_LINE = re.compile(r"[^\n]+")
_BORDER = re.compile(r"^[|｜]\s*|\s*[|｜]$")  # of a table's row
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
        own = [line for line in self.header if not is_addressee(line) and line not in self.paths]
        for line, following in zip_longest(own, own[1:]):
            broken = following is not None and _breaks_a_session(line, following)
            yield piece_of(Zone.HEADER, [line, following] if broken else [line])

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
    lines = with_first_title_apart(lines, _prose_at(lines, paths))
    prose = _prose_at(lines, paths)
    own = (without_label(line) for line in lines[:prose] if line not in paths)
    head = [line for line in own if not words().furniture.search(line.text)]
    title = title_lines(head) or own_title(lines[prose : prose + 1])
    after_title = head.index(title[-1]) + 1 if title and title[-1] in head else len(head)
    above = (_above(head, title) or _named_again(head[after_title:], title)) if title else _lone_name(head)
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


def _lines(text: str, start: int, end: int) -> list[Line]:
    found = []
    for match in _LINE.finditer(text, start, end):
        content = _BORDER.sub("", match.group().strip())
        if content[:1] in _BULLETS:
            content = _BULLET.sub("", content)
        if content:
            at = match.start() + match.group().index(content)
            found.append(Line(at, at + len(content), content))
    return found


def _begins_prose(line: Line) -> bool:
    """Say whether the report proper begins here: a heading, a sentence, or a line too long for a title."""
    if is_index_of_years(line) or words().notices.search(line.text):
        return False
    is_label = is_labelled(line) or words().other_label.match(line.text) is not None
    # 索引号： … | 分类： 其他 ; 报告, however long the table's row
    if is_label and not _SENTENCE_END.search(line.text):
        return False
    if _HEADING.match(line.text) or len(line.text) > LONGEST_TITLE:
        return True
    if is_label:
        return False
    if line.text[-1] in "：:" and words().introduces.search(line.text):
        return True
    return bool(_SENTENCE_END.search(line.text)) or (
        len(line.text) > LONGEST_NAME_LINE and bool(PROSE.search(line.text))
    )


def _breaks_a_session(line: Line, following: Line) -> bool:
    """Say whether the number of a congress, or the place before it, stands on one line and the rest on the next."""
    joined = line.text + following.text
    return any(match.start() <= len(line.text) < match.end() for match in clauses().session.finditer(joined))


def _above(head: list[Line], title: list[Line]) -> list[Line]:
    """Return the name lines right above the title: at most three short ones without punctuation."""
    if not title or title[0] not in head:
        return []
    found: list[Line] = []
    for line in reversed(head[: head.index(title[0])]):
        is_name = len(line.text) <= LONGEST_NAME_LINE and not _NOT_IN_A_NAME.search(line.text)
        if not is_name or len(found) == 3 or DAY_ALONE.fullmatch(line.text):
            break
        found.insert(0, line)
    return found


def _named_again(under: list[Line], title: list[Line]) -> list[Line]:
    """Return the name over the report's own title, where the page prints a title over it that names nobody."""
    if names_a_body(title):
        return []
    for line, following in pairwise(under):
        if BODY_WITH_YEAR.fullmatch(line.text) and kind_of(following.text) is not None:
            return [line]
    return []


def _lone_name(head: list[Line]) -> list[Line]:
    """Return the line that is a body's name alone, where there is no title; a government's only if it was read aloud.

    A government's name alone may be that of the site. A report that is read at a session says so (…会议上).
    """
    read_aloud = any(words().session_line.search(line.text) for line in head)
    labelled = [after for line, after in pairwise(head) if words().source_label.fullmatch(line.text)]
    names = (line for line in reversed(head) if line not in labelled and BODY_ALONE.fullmatch(line.text))
    return next(([line] for line in names if read_aloud or not line.text.endswith("政府")), [])


def _opening(between: list[Line], prose: list[Line]) -> list[Line]:
    """Return the first lines of the report itself, without the addressee."""
    chosen: list[Line] = []
    for line in [*between, *prose]:
        if is_addressee(line) or is_labelled(line):
            continue
        end = min(line.end, line.start + _OPENING_CHARACTERS)
        chosen.append(Line(line.start, end, line.text[: end - line.start]))
        if len(chosen) == _OPENING_LINES or chosen[-1].end - chosen[0].start > _OPENING_CHARACTERS:
            break
    return chosen


def _sources(lines: list[Line]) -> Iterator[Piece]:
    """Yield what stands behind a source label: on its line or, where that is empty, on the next."""
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        for label in (*words().source_label.finditer(line.text), *words().filed_source.finditer(line.text)):
            beside = words().furniture.search(line.text, label.end())  # 来源： 南陵县工山镇阅读次数：
            value = _LABELLED.match(line.text, label.end(), beside.start() if beside else len(line.text))
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
        if len(line.text) <= LONGEST_TITLE
        and not is_addressee(line)
        and not (words().furniture.search(line.text) or _HEADING.match(line.text) or PROSE.search(line.text))
    ]
