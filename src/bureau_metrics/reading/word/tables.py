"""Tables of a Word document: merged cells resolved, frames that are no tables opened, tables in cells after theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bureau_metrics.reading.content import Block, Cell, Paragraph, Table
from bureau_metrics.reading.word.package import Element, child, is_on, name_of, number_of, value_of

_MOST_COLUMNS = 63  # Word's own limit


@dataclass(slots=True)
class _GridCell:
    row: int
    column: int
    column_span: int
    content: list[Block]
    row_span: int = 1

    def text(self) -> str:
        return "\n".join(block.text for block in self.content if isinstance(block, Paragraph))

    def inner_tables(self) -> list[Table]:
        return [block for block in self.content if isinstance(block, Table)]


@dataclass(slots=True)
class WordTable:
    """The cells of a table with what stands in them."""

    cells: list[_GridCell] = field(default_factory=list)

    def blocks(self) -> list[Block]:
        """Return the table and after it the tables in its cells.

        One cell alone is a frame around ordinary text, and so is a single column with tables in it.
        """
        inner = [table for cell in self.cells for table in cell.inner_tables()]
        one_column = all(cell.column == 1 and cell.column_span == 1 for cell in self.cells)
        if len(self.cells) == 1 or (inner and one_column):
            return [block for cell in self.cells for block in cell.content]
        if not any(cell.content for cell in self.cells):
            return []
        cells = (Cell(cell.text(), cell.row, cell.column, cell.row_span, cell.column_span) for cell in self.cells)
        return [Table(tuple(cells)), *inner]


def table_grid(
    rows: Iterable[Element],
    visible: Callable[[Element], Iterator[Element]],
    read: Callable[[Element], list[Block]],
) -> WordTable:
    """Return the table that rows make; `visible` yields the children of an element, `read` what stands in a cell."""
    table = WordTable()
    open_below = dict[int, _GridCell]()  # column → the cell that rows below may continue
    shown = (row for row in rows if not _is_gone(child(row, "trPr")))
    for number, row in enumerate(shown, 1):
        open_below = _add_row(table, row, number, open_below, visible, read)
    return table


def _add_row(
    table: WordTable,
    row: Element,
    number: int,
    above: dict[int, _GridCell],
    visible: Callable[[Element], Iterator[Element]],
    read: Callable[[Element], list[Block]],
) -> dict[int, _GridCell]:
    column = 1 + min(max(0, number_of(value_of(row, "trPr", "gridBefore")) or 0), _MOST_COLUMNS)
    open_below = dict[int, _GridCell]()
    last: _GridCell | None = None
    for element in visible(row):
        if name_of(element) != "tc":
            continue
        properties = child(element, "tcPr")
        span = min(max(1, number_of(value_of(properties, "gridSpan")) or 1), _MOST_COLUMNS)
        downwards = _merging(properties, "vMerge")
        if _merging(properties, "hMerge") == "continue" and last is not None:
            last.column_span += span
        elif downwards == "continue" and column in above:
            last = above[column]
            last.row_span += 1
            open_below[column] = last
        else:
            gone = child(properties, "cellDel") is not None
            last = _GridCell(number, column, span, [] if gone else read(element))
            table.cells.append(last)
            if downwards is not None:
                open_below[column] = last
        column += span
    return open_below


def _merging(properties: Element | None, direction: str) -> str | None:
    """Return "restart" or "continue" for a cell that is merged in a direction; the bare mark means the latter."""
    mark = child(properties, direction)
    return None if mark is None else value_of(mark) or "continue"


def _is_gone(properties: Element | None) -> bool:
    """Whether a row is a tracked deletion, or hidden."""
    return child(properties, "del") is not None or bool(is_on(child(properties, "hidden")))
