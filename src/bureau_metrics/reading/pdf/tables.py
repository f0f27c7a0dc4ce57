"""Tables of a PDF page: cells between ruling lines, or columns that line up without any, also over page breaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from statistics import median

from bureau_metrics.reading.content import Cell
from bureau_metrics.reading.pdf.glyphs import Glyph, PageContent, Ruling
from bureau_metrics.reading.pdf.lines import Line, joined, rows_of
from bureau_metrics.reading.pdf.wrapping import wrapped, wraps

_NEAR = 3.0
_MOST_CROSSINGS = 200_000
_MOST_CELLS = 5000
_MOST_FRAMES = 100
_SMALLEST_FILLED = 0.2
_FEWEST_ALIGNED_ROWS = 3
_LONGEST_ALIGNED_CELL = 24
_SMALLEST_ALIGNED_FILLED = 0.6
_SAME_COLUMN_EDGE = 4.0
_FIGURE = re.compile(r"[-+±]?[\d,.]+[%％]?")
_PROSE_END = "。；！？：;!?:"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its box on its first page, its pages; `edges` are its column borders, empty without ruling lines."""

    cells: tuple[Cell, ...]
    edges: tuple[float, ...]
    left: float
    right: float
    base: float
    bottom: float
    page: int
    last_page: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """Rows and columns between ruling lines, and the walls that are drawn."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]

    def wall_right(self, row: int, column: int) -> bool:
        return _covers(self.vertical, self.xs[column + 1], (self.ys[row] + self.ys[row + 1]) / 2)

    def wall_below(self, row: int, column: int) -> bool:
        return _covers(self.horizontal, self.ys[row + 1], (self.xs[column] + self.xs[column + 1]) / 2)

    def spans(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield row, column, row span and column span of each cell; a missing wall merges two."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        taken = set[tuple[int, int]]()
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                wide = high = 1
                while column + wide < columns and not self.wall_right(row, column + wide - 1):
                    wide += 1
                while row + high < rows and not any(
                    self.wall_below(row + high - 1, at) for at in range(column, column + wide)
                ):
                    high += 1
                span = {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
                if span & taken:  # walls that fit no table: cells as they are
                    span, wide, high = {(row, column)}, 1, 1
                taken |= span
                yield row, column, high, wide


def ruled_tables(content: PageContent) -> tuple[list[Grid], list[Glyph]]:
    """Return the tables between ruling lines, and the glyphs that stand outside of them."""
    grids, outside = list[Grid](), list(content.glyphs)
    frames = _frames(_merged(content.horizontal), _merged(content.vertical))
    for frame in islice(frames, _MOST_FRAMES):
        left, right, top, bottom = frame.xs[0], frame.xs[-1], frame.ys[0], frame.ys[-1]
        inside = [glyph for glyph in outside if left <= _middle(glyph) <= right and top <= _height(glyph) <= bottom]
        cells = _cells(frame, inside)
        filled = sum(1 for cell in cells if cell.text)
        if filled < 2 or filled < _SMALLEST_FILLED * len(cells):
            continue  # a box around prose, the lines of a chart
        grids.append(Grid(tuple(cells), frame.xs, left, right, top, bottom, content.number, content.number))
        gone = {glyph.order for glyph in inside}
        outside = [glyph for glyph in outside if glyph.order not in gone]
    return grids, outside


def _middle(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2


def _height(glyph: Glyph) -> float:
    return glyph.base - 0.35 * glyph.size


def _covers(rulings: Sequence[Ruling], at: float, point: float) -> bool:
    return any(abs(ruling.at - at) <= _NEAR and ruling.start <= point <= ruling.end for ruling in rulings)


def _merged(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Join the pieces of one line: word processors draw it cell by cell."""
    merged = list[Ruling]()
    for group in _near(sorted(rulings)):
        at = median(ruling.at for ruling in group)
        pieces = sorted((ruling.start, ruling.end) for ruling in group)
        start, end = pieces[0]
        for first, last in pieces[1:]:
            if first > end + _NEAR:
                merged.append(Ruling(at, start, end))
                start, end = first, last
            end = max(end, last)
        merged.append(Ruling(at, start, end))
    return merged


def _near(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    group = list[Ruling]()
    for ruling in rulings:
        if group and ruling.at - group[0].at > _NEAR:
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def _frames(horizontal: list[Ruling], vertical: list[Ruling]) -> Iterator[_Frame]:
    """Yield a frame for each set of lines that meet one another."""
    if len(horizontal) * len(vertical) > _MOST_CROSSINGS:
        return
    left_over = set(range(len(vertical)))
    unseen = set(range(len(horizontal)))
    while unseen:
        reached_h, reached_v, waiting = set[int](), set[int](), [min(unseen)]
        unseen.discard(waiting[0])
        while waiting:
            index = waiting.pop()
            reached_h.add(index)
            met = {at for at in left_over if _meet(horizontal[index], vertical[at])}
            left_over -= met
            reached_v |= met
            further = {at for at in unseen if any(_meet(horizontal[at], vertical[v]) for v in met)}
            unseen -= further
            waiting.extend(further)
        yield from _frame([horizontal[at] for at in reached_h], [vertical[at] for at in reached_v])


def _meet(horizontal: Ruling, vertical: Ruling) -> bool:
    return (
        horizontal.start - _NEAR <= vertical.at <= horizontal.end + _NEAR
        and vertical.start - _NEAR <= horizontal.at <= vertical.end + _NEAR
    )


def _frame(horizontal: list[Ruling], vertical: list[Ruling]) -> Iterator[_Frame]:
    if not vertical or len(horizontal) < 2:
        return
    # Statistical tables are often open at the sides: the ends of their lines are their borders then.
    sides = [Ruling(end, 0.0, 0.0) for end in (min(h.start for h in horizontal), max(h.end for h in horizontal))]
    caps = [Ruling(end, 0.0, 0.0) for end in (min(v.start for v in vertical), max(v.end for v in vertical))]
    xs = tuple(median(line.at for line in group) for group in _near(sorted([*vertical, *sides])))
    ys = tuple(median(line.at for line in group) for group in _near(sorted([*horizontal, *caps])))
    if len(xs) > 2 and len(ys) > 1 and len(xs) * len(ys) <= _MOST_CELLS:
        yield _Frame(xs, ys, tuple(horizontal), tuple(vertical))


def _cells(frame: _Frame, glyphs: Sequence[Glyph]) -> list[Cell]:
    spans = list(frame.spans())
    owner = {
        (row + down, column + along): index
        for index, (row, column, high, wide) in enumerate(spans)
        for down in range(high)
        for along in range(wide)
    }
    held: list[list[Glyph]] = [[] for _ in spans]
    for glyph in glyphs:
        row = min(bisect_right(frame.ys, _height(glyph)), len(frame.ys) - 1) - 1
        column = min(bisect_right(frame.xs, _middle(glyph)), len(frame.xs) - 1) - 1
        held[owner[max(row, 0), max(column, 0)]].append(glyph)
    return [
        Cell(_cell_text(held[index], frame.xs[column], frame.xs[column + wide]), row + 1, column + 1, high, wide)
        for index, (row, column, high, wide) in enumerate(spans)
    ]


def _cell_text(glyphs: Sequence[Glyph], left: float, right: float) -> str:
    """Return the text of a cell: lines that were too long for it made whole, others left as lines."""
    lines = [joined(row) for row in rows_of(glyphs)]
    if not lines:
        return ""
    padding = min(min(line.left - left, right - line.right) for line in lines)
    room = right - left - 2 * max(0.0, padding)
    text = lines[0].text
    for before, line in pairwise(lines):
        # Text may be centred: what counts is its width, not where it ends.
        whole = wraps(replace(before, right=before.right - before.left), line, room)
        whole = whole or _is_one_label(before.text, line.text)
        text = wrapped(text, line.text, before.ends_blank) if whole else f"{text}\n{line.text}"
    return text


def _is_one_label(text: str, following: str) -> bool:
    """新增高新⏎技术企业 in the middle of its cell: no line reaches the border."""
    return not text.endswith(tuple(_PROSE_END)) and not text[-1].isascii() and not following[0].isascii()


def aligned_table(rows: Sequence[Sequence[Line]]) -> Grid | None:
    """Return the table that rows form whose parts stand in columns without ruling lines, or None."""
    if len(rows) < _FEWEST_ALIGNED_ROWS:
        return None
    columns = _columns(sorted((part.left, part.right) for row in rows for part in row))
    starts = [start for start, _ in columns]
    placed = [{bisect_right(starts, part.left) - 1: part.text for part in row} for row in rows]
    parts = sum(len(row) for row in rows)
    is_table = (
        len(columns) > 1
        and sum(len(row) for row in placed) == parts >= _SMALLEST_ALIGNED_FILLED * len(columns) * len(rows)
        and median(len(part.text) for row in rows for part in row) <= _LONGEST_ALIGNED_CELL
        and any(char.isdigit() for row in rows for part in row for char in part.text)
    )
    if not is_table:
        return None
    cells = tuple(
        Cell(row.get(column, ""), number, column + 1)
        for number, row in enumerate(placed, 1)
        for column in range(len(columns))
    )
    first, last = rows[0][0], rows[-1][-1]
    return Grid(cells, (), columns[0][0], columns[-1][1], first.base, last.base, first.page, first.page)


def _columns(extents: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    columns = list[tuple[float, float]]()
    for left, right in extents:
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


_CONTINUED = re.compile(r"[（(]?续(?:上?表|上页)[\d一二三四五六七八九十.\-]*[）)]?")


def is_continuation_mark(text: str) -> bool:
    """Return whether a line only says that the table goes on: 续表1."""
    return bool(_CONTINUED.fullmatch(text))


def continued(grid: Grid, following: Grid) -> Grid | None:
    """Return a table and its continuation on the next page as one, header rows once; None where it is another table."""
    if not grid.edges or len(grid.edges) != len(following.edges) or following.page == grid.last_page:
        return None
    shift = following.left - grid.left  # mirrored margins of left and right pages
    if any(
        abs(edge + shift - other) > _SAME_COLUMN_EDGE for edge, other in zip(grid.edges, following.edges, strict=True)
    ):
        return None
    heads = _repeated_rows(grid.cells, following.cells)
    rows = max(cell.row + cell.row_span - 1 for cell in grid.cells)
    added = [replace(cell, row=cell.row + rows - heads) for cell in following.cells if cell.row > heads]
    last, first = [cell for cell in grid.cells if cell.row == rows], [cell for cell in added if cell.row == rows + 1]
    if not _is_rest_of_row(last, first):
        return replace(grid, cells=(*grid.cells, *added), last_page=following.page)
    whole = [replace(cell, text=wrapped(cell.text, rest.text)) for cell, rest in zip(last, first, strict=True)]
    added = [replace(cell, row=cell.row - 1) for cell in added[len(first) :]]
    return replace(grid, cells=(*grid.cells[: -len(last)], *whole, *added), last_page=following.page)


def _is_rest_of_row(last: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """Return whether a row only ends the words of the row before the page break: its first cell is empty."""
    shapes = [[(cell.column, cell.row_span, cell.column_span) for cell in row] for row in (last, first)]
    if not first or shapes[0] != shapes[1] or first[0].text or not last[0].text:
        return False
    rests = [(cell.text, rest.text) for cell, rest in zip(last, first, strict=True) if rest.text]
    return bool(rests) and all(text and not _FIGURE.fullmatch(rest) for text, rest in rests)


def _repeated_rows(cells: Sequence[Cell], following: Sequence[Cell]) -> int:
    count = 0
    while True:
        row = [cell for cell in following if cell.row == count + 1]
        if not row or row != [cell for cell in cells if cell.row == count + 1]:
            return count
        count += 1
