"""Tables of a rich text: rows state the right edges of their cells, from which columns and what cells cover follow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from bureau_metrics.reading.content import Block, Cell, Paragraph, Table

_NEAR = 60
"""Edges nearer than this (in twentieths of a point, one millimetre) are one."""


@dataclass(slots=True)
class Row:
    """A row while it is read: the texts of its cells, their right edges, and which of them are merged how."""

    texts: list[str] = field(default_factory=list)
    edges: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    merges: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Begin the definition of a row; writers repeat it at the row's end."""
        self.edges = []
        self.merges = set()

    def edge(self, position: int) -> None:
        """End the definition of one cell."""
        self.edges.append((position, frozenset(self.merges)))
        self.merges = set()

    def finished(self) -> Row:
        """Return the row as it is and begin an empty one with the same cells."""
        row = Row(self.texts, self.edges)
        self.texts = []
        return row


@dataclass(slots=True)
class _Covering:
    text: str
    row: int
    column: int
    column_span: int
    row_span: int = 1


def table_of_rows(rows: Iterable[Row]) -> list[Block]:
    """Return the table of rows; a single cell is a frame around ordinary text."""
    rows = list(rows)
    columns = _distinct(position for row in rows for position, _ in row.edges)
    cells = list[_Covering]()
    above = dict[int, _Covering]()
    for number, row in enumerate(rows, 1):
        above = _add_row(cells, row, number, columns, above)
    if len(cells) == 1:
        return [Paragraph(cells[0].text)] if cells[0].text else []
    if not any(cell.text for cell in cells):
        return []
    return [Table(tuple(Cell(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells))]


def _distinct(positions: Iterable[int]) -> list[int]:
    """Return the edges that columns have, those that are nearly the same once."""
    found = list[int]()
    for position in sorted(positions):
        if not found or position - found[-1] > _NEAR:
            found.append(position)
    return found


def _add_row(
    cells: list[_Covering], row: Row, number: int, columns: list[int], above: dict[int, _Covering]
) -> dict[int, _Covering]:
    open_below = dict[int, _Covering]()
    column, last = 1, None
    for index, text in enumerate(row.texts):
        position, merges = row.edges[index] if index < len(row.edges) else (None, frozenset[str]())
        end = column if position is None else max(column, bisect_left(columns, position - _NEAR) + 1)
        span = end - column + 1
        if "clmrg" in merges and last is not None:
            last.column_span += span
        elif "clvmrg" in merges and column in above:
            last = above[column]
            last.row_span += 1
        else:
            last = _Covering(text, number, column, span)
            cells.append(last)
        if merges & {"clvmgf", "clvmrg"}:
            open_below[last.column] = last
        column = end + 1
    return open_below
