"""Where the pages, headings and table cells of a source stand in its canonical text; ends exclusive, offsets ordered.

Plain text has tables at most. This module imports nothing of ours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class PlacedPage(NamedTuple):
    """Where a page begins, and its number (from 1)."""

    start: int
    number: int


class PlacedHeading(NamedTuple):
    """A paragraph that the source's own format marks as a heading; level 1 is the highest."""

    start: int
    end: int
    level: int


class PlacedCell(NamedTuple):
    """A cell of a table: its text's span, its row and column in the source (from 1), and how many it covers."""

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class PlacedTable(NamedTuple):
    """A table whose rows are lines of the text, and its cells in order of row and column; merged cells stand once.

    `continues` says that it is the same table in the source as the one before, from which only prose parts it.
    """

    start: int
    end: int
    cells: tuple[PlacedCell, ...]
    continues: bool = False


@dataclass(frozen=True, slots=True)
class TextLayout:
    """What a format says beside the text. `prose_cells` are cells with sentences in them, lines of their own."""

    pages: tuple[PlacedPage, ...] = ()
    headings: tuple[PlacedHeading, ...] = ()
    tables: tuple[PlacedTable, ...] = ()
    prose_cells: tuple[PlacedCell, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page that holds the offset, or None where the format has no pages."""
        index = bisect_right(self.pages, offset, key=_start) - 1
        return self.pages[index].number if index >= 0 else None

    def table_at(self, offset: int) -> PlacedTable | None:
        """Return the table that holds the offset, if any."""
        index = bisect_right(self.tables, offset, key=_start) - 1
        return self.tables[index] if index >= 0 and offset < self.tables[index].end else None

    def cell_at(self, offset: int) -> PlacedCell | None:
        """Return the cell that holds the offset, of a table or with sentences of its own, if any."""
        table = self.table_at(offset)
        cells = table.cells if table else self.prose_cells
        index = bisect_right(cells, offset, key=_start) - 1
        return cells[index] if index >= 0 and offset < cells[index].end else None


def moved(layout: TextLayout, place: Callable[[int], int]) -> TextLayout:
    """Return a layout whose offsets are moved by a function that keeps their order."""
    if layout is NO_LAYOUT:
        return layout

    def cell(old: PlacedCell) -> PlacedCell:
        return old._replace(start=place(old.start), end=place(old.end))

    return TextLayout(
        tuple(page._replace(start=place(page.start)) for page in layout.pages),
        tuple(heading._replace(start=place(heading.start), end=place(heading.end)) for heading in layout.headings),
        tuple(
            table._replace(start=place(table.start), end=place(table.end), cells=tuple(map(cell, table.cells)))
            for table in layout.tables
        ),
        tuple(map(cell, layout.prose_cells)),
    )


def _start(placed: PlacedPage | PlacedHeading | PlacedTable | PlacedCell) -> int:
    return placed.start


NO_LAYOUT = TextLayout()
"""The layout of plain text without tables."""
