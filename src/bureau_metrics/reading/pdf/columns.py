"""Reading order of a page: from top to bottom, but where it has two columns of prose, the left one first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from bureau_metrics.reading.pdf.glyphs import PageContent
from bureau_metrics.reading.pdf.lines import Line, joined, rows_of
from bureau_metrics.reading.pdf.tables import Grid, aligned_table, ruled_tables

Item = Line | Grid

_FEWEST_LINES = 4
_LONG_LINE = 0.6
_NARROWEST_COLUMN = 0.25
_SHORTEST_COLUMN_LINE = 8
_CUTS = 41
_MOST_LINES_ABOVE = 1


def items_of(content: PageContent) -> list[Item]:
    """Return the lines and tables of a page in reading order."""
    grids, glyphs = ruled_tables(content)
    items: list[Item] = [
        replace(part, page=content.number, width=content.width) for row in rows_of(glyphs) for part in row
    ]
    items = sorted([*items, *grids], key=_base)
    cut = _gutter(items)
    if cut is None:
        return list(_in_rows(items))
    return [item for band in _bands(items, cut) for item in _band_in_order(band, cut)]


def with_last_columns(pages: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """Return pages on which a left column that stands alone, after a page of two columns, is known as one."""
    known, extent = list[list[Item]](), None
    for items in pages:
        lines = [item for item in items if isinstance(item, Line)]
        first = [line for line in lines if line.column == 1]
        if first:
            extent = min(line.left for line in first), max(line.right for line in first)
        elif extent and lines and all(_is_within(line, extent) for line in lines):
            known.append([replace(item, column=1) if isinstance(item, Line) else item for item in items])
            continue
        else:
            extent = None
        known.append(list(items))
    return known


def _is_within(line: Line, extent: tuple[float, float]) -> bool:
    return extent[0] - line.size <= line.left and line.right <= extent[1] + line.size


def _base(item: Item) -> float:
    return item.base


def _gutter(items: Sequence[Item]) -> float | None:
    """Return where the white space between two columns is, or None."""
    lines = [item for item in items if isinstance(item, Line)]
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    cuts = [left + (right - left) * (0.3 + 0.4 * step / (_CUTS - 1)) for step in range(_CUTS)]
    fewest = min(_crossing(items, cut) for cut in cuts)
    best = [cut for cut in cuts if _crossing(items, cut) == fewest]
    cut = best[len(best) // 2]
    return cut if any(_is_two_columns(band, cut) for band in _bands(items, cut)) else None


def _crossing(items: Sequence[Item], cut: float) -> int:
    return sum(1 for item in items if item.left < cut < item.right)


def _bands(items: Sequence[Item], cut: float) -> Iterator[list[Item]]:
    """Yield runs of items that cross the cut, and of those that do not."""
    for _, band in groupby(items, key=lambda item: item.left < cut < item.right):
        yield list(band)


def _is_two_columns(band: Sequence[Item], cut: float) -> bool:
    lines = [item for item in band if isinstance(item, Line)]
    sides = [line for line in lines if line.right <= cut], [line for line in lines if line.left >= cut]
    if any(len(side) < _FEWEST_LINES for side in sides):
        return False
    whole = max(line.right for line in lines) - min(line.left for line in lines)
    return all(_is_prose(side, whole) for side in sides)


def _is_prose(side: Sequence[Line], whole: float) -> bool:
    width = max(line.right for line in side) - min(line.left for line in side)
    long = sum(1 for line in side if line.right - line.left >= _LONG_LINE * width)
    return (
        width >= _NARROWEST_COLUMN * whole
        and 2 * long >= len(side)
        and median(len(line.text) for line in side) >= _SHORTEST_COLUMN_LINE
    )


def _band_in_order(band: Sequence[Item], cut: float) -> Iterator[Item]:
    if not _is_two_columns(band, cut):
        yield from _in_rows(band)
        return
    left, right = [item for item in band if item.right <= cut], [item for item in band if item.left >= cut]
    above = [item for item in left if isinstance(item, Line) and item.base < right[0].base - item.size]
    if len(above) <= _MOST_LINES_ABOVE:  # the short last line of what stands over both columns
        yield from _in_rows(above)
        left = left[len(above) :]
    for column, side in enumerate((left, right), 1):
        yield from (replace(item, column=column) if isinstance(item, Line) else item for item in _in_rows(side))


def _in_rows(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the rows of a column as lines, and those that line up in columns of their own as tables."""
    waiting = list[list[Line]]()
    for _, group in groupby(items, key=lambda item: (isinstance(item, Grid), item.base)):
        row = list(group)
        parts = [item for item in row if isinstance(item, Line)]
        if len(parts) > 1:
            waiting.append(parts)
            continue
        yield from _settled(waiting)
        waiting = []
        yield from row
    yield from _settled(waiting)


def _settled(rows: Sequence[Sequence[Line]]) -> Iterator[Item]:
    if not rows:
        return
    table = aligned_table(rows)
    if table is not None:
        yield table
    else:
        yield from (joined(row) for row in rows)
