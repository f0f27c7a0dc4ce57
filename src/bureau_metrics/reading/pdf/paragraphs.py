"""Lines of all pages → paragraphs and tables: sentences whole over line and page breaks, headings with their level."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from bureau_metrics.reading.content import Block, Paragraph, Table
from bureau_metrics.reading.pdf.columns import Item
from bureau_metrics.reading.pdf.lines import Line
from bureau_metrics.reading.pdf.tables import Grid, continued, is_continuation_mark
from bureau_metrics.reading.pdf.wrapping import wrapped, wraps

_HEADING_MARK = re.compile(
    r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章节条部]"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|[（(]\d{1,2}[）)]"
)
_SENTENCE_END = "。！？!?…"
_CLAUSE_END = _SENTENCE_END + "；：;:"
_GOES_ON = "，、,"
_INDENT = 1.2
_SAME_SIZE = 0.08
_WIDE_LEADING = 1.4
_WIDEST_LEADING = 2.2
_LARGE = 1.2
_LONGEST_HEADING = 80
_LOWEST_LEVEL = 6
_SMALL = 0.88
_FOOTNOTE = re.compile(r"[①-⑳⁰¹²³⁴-⁹*※\d]|[〔\[](?:\d|注)|注")
_SHARED_EDGE = 0.05
_FEW_LINES = 12
_FLOWING_COLUMNS = ((0, 0), (1, 1), (2, 2), (1, 2))

Margin = tuple[float, float]
FrameKey = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Type:
    """What the document's lines have in common: size of the body, margins and leading of each frame, heading sizes."""

    body: float
    margins: Mapping[FrameKey, Margin]
    leading: Mapping[FrameKey, float]
    large: tuple[float, ...]
    titles: Mapping[str, int]

    def level(self, lines: Sequence[Line], text: str) -> int | None:
        """Return the level of a paragraph that the bookmarks name, or that is set clearly larger than the body."""
        named = self.titles.get(text.replace(" ", ""))
        size = min(round(line.size, 1) for line in lines)
        if named is not None or size not in self.large or len(text) > _LONGEST_HEADING:
            return named
        return min(self.large.index(size) + 1, _LOWEST_LEVEL)

    def goes_on(self, line: Line, following: Line) -> bool:
        """Return whether a paragraph goes on from one line to the next."""
        text = following.text
        if abs(line.size - following.size) > _SAME_SIZE * line.size:
            return False
        if line.text.replace(" ", "") in self.titles or text.replace(" ", "") in self.titles:
            return False
        indented = following.left - self.margins[_frame(following)][0] > _INDENT * following.size
        ended = line.text.endswith(tuple(_CLAUSE_END))
        is_open = not line.text.endswith(tuple(_SENTENCE_END)) and not indented
        full = wraps(line, following, self.margins[_frame(line)][1], is_open=is_open)
        if line.page == following.page and (line.column, following.column) not in _FLOWING_COLUMNS:
            return False
        if self._leads_apart(line, following, full and not ended):
            return False
        if _HEADING_MARK.match(text) and (indented or ended or not full):
            return False
        if full:
            return not indented or (not ended and self._is_set_in(line, following))
        return line.text.endswith(tuple(_GOES_ON)) and not indented

    def _is_set_in(self, line: Line, following: Line) -> bool:
        """Return whether an indented line may go on one before it: in a centred title, in an item under its number."""
        under_number = following.left - line.left > _INDENT / 2 * line.size and _HEADING_MARK.match(line.text)
        return bool(under_number) or line.size >= _LARGE * self.body

    def _leads_apart(self, line: Line, following: Line, unfinished: bool) -> bool:
        """Return whether white space stands between two lines of a column."""
        step = following.base - line.base
        if line.page != following.page or line.column != following.column or step < 0:
            return False
        usual = self.leading.get(_frame(line), step)
        return step > (_WIDEST_LEADING if unfinished else _WIDE_LEADING) * usual


def blocks_of_items(pages: Sequence[Sequence[Item | Paragraph]], titles: Mapping[str, int]) -> list[Block]:
    """Return the blocks of pages whose furniture is gone; `titles` gives the level of each bookmarked title."""
    common = _type_of([item for items in pages for item in items if isinstance(item, Line)], titles)
    assembly = _Assembly(common)
    for items in pages:
        body, notes = _split_notes(items, common.body)
        for item in body:
            assembly.add(item)
        assembly.notes.extend(notes)
    assembly.close()
    return assembly.blocks


@dataclass(slots=True)
class _Assembly:
    """The blocks so far, and the paragraph or table that may go on; footnotes wait until it is whole."""

    common: _Type
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    grid: Grid | None = None
    notes: list[Line] = field(default_factory=list)

    def add(self, item: Item | Paragraph) -> None:
        if isinstance(item, Line):
            if self.grid and item.page != self.grid.last_page and is_continuation_mark(item.text):
                return
            if self.grid or (self.lines and not self.common.goes_on(self.lines[-1], item)):
                self.close()
            self.lines.append(item)
        elif isinstance(item, Grid):
            whole = continued(self.grid, item) if self.grid else None
            if whole is None:
                self.close()
            self.grid = whole or item
        else:
            self.close()
            self.blocks.append(item)

    def close(self) -> None:
        if self.lines:
            self.blocks.append(self._paragraph(self.lines))
        if self.grid:
            self.blocks.append(Table(self.grid.cells, self.grid.page))
        self.lines, self.grid = [], None
        notes, self.notes = self.notes, []
        for group in _grouped(notes, self.common):
            self.blocks.append(self._paragraph(group))

    def _paragraph(self, lines: Sequence[Line]) -> Paragraph:
        text, blank = "", False
        for line in lines:
            text, blank = wrapped(text, line.text, blank), line.ends_blank
        return Paragraph(text, self.common.level(lines, text), lines[0].page)


def _grouped(lines: Sequence[Line], common: _Type) -> Iterator[list[Line]]:
    group = list[Line]()
    for line in lines:
        if group and (_FOOTNOTE.match(line.text) or not common.goes_on(group[-1], line)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _split_notes(items: Sequence[Item | Paragraph], body: float) -> tuple[Sequence[Item | Paragraph], list[Line]]:
    """Split off the footnotes at the end of a page: small lines, the first with a mark."""
    first = len(items)
    while first and _is_small(items[first - 1], body):
        first -= 1
    while first < len(items) and not _FOOTNOTE.match(_text(items[first])):
        first += 1
    return (items[:first], [item for item in items[first:] if isinstance(item, Line)]) if first else (items, [])


def _is_small(item: Item | Paragraph, body: float) -> bool:
    return isinstance(item, Line) and item.size < _SMALL * body


def _text(item: Item | Paragraph) -> str:
    return item.text if isinstance(item, Line) else ""


def _frame(line: Line) -> FrameKey:
    """Return what lines with the same margins share: left and right pages of a bound report may differ."""
    return round(line.width), line.column, line.page % 2


def _type_of(lines: Sequence[Line], titles: Mapping[str, int]) -> _Type:
    sizes = Counter[float]()
    frames = defaultdict[FrameKey, list[Line]](list)
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
        frames[_frame(line)].append(line)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    return _Type(
        body,
        {key: _margin(members, body) for key, members in frames.items()},
        {key: leading for key, members in frames.items() if (leading := _leading(members))},
        tuple(sorted((size for size in sizes if size >= _LARGE * body), reverse=True)),
        titles,
    )


def _margin(lines: Sequence[Line], body: float) -> Margin:
    """Return the left and right margin: the outermost edges that several lines share, as one line may stand out."""
    ordinary = [line for line in lines if abs(line.size - body) <= _SAME_SIZE * body] or list(lines)
    rights = sorted((line.right for line in ordinary), reverse=True)
    lefts = sorted(line.left for line in ordinary)
    return _shared(lefts, body), -_shared([-right for right in rights], body)


def _shared(edges: Sequence[float], body: float) -> float:
    """Return the first of sorted edges that others are near to."""
    enough = max(2 if len(edges) > _FEW_LINES else 1, _SHARED_EDGE * len(edges))
    for index, edge in enumerate(edges):
        near = sum(1 for other in edges[index : index + 50] if other - edge <= body)
        if near >= min(enough, 25):
            return edge
    return edges[0]


def _leading(lines: Sequence[Line]) -> float | None:
    steps = [
        after.base - before.base
        for before, after in pairwise(lines)
        if before.page == after.page and 0 < after.base - before.base < 4 * before.size
    ]
    return median(steps) if steps else None
