"""The bureaus side by side: a row for each bureau and year, a column for each metric, as cells with their sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bureau_metrics.exports.selection import EVERYTHING, Selection
from bureau_metrics.exports.tables import answered
from bureau_metrics.wording import heading_in_words, word_for

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

TABLE = "cross_bureau"
ROW_KEY = ("bureau_id", "bureau", "division_code", "division", "year")
"""The columns in front of the figures."""

BOUND = ":bound"
"""Behind the name of a column: how to read the figures in it."""


@dataclass(frozen=True, slots=True)
class CellHeading:
    """What the column of a cell is called in words: the metric's Chinese name, measure and scope where unusual."""

    name_zh: str
    unit: str
    measure: str | None
    scope: str | None


@dataclass(frozen=True, slots=True)
class CellSource:
    """Where a figure was said: the quantity as printed, its sentence, its document and its fact."""

    text: str
    sentence: str
    document_id: str
    fact_id: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of the cross-bureau table, or (`column` is None) a bureau and year without any.

    `key` are the bureau's columns and the year as in `ROW_KEY`; `value` is exact, in the unit of the heading;
    `reading` says how to read it and is empty for an exact figure of the whole year; `source` is where it was said.
    """

    key: tuple[Any, ...]
    column: str | None = None
    value: Decimal | None = None
    reading: str = ""
    order: tuple[Any, ...] = ()
    heading: CellHeading | None = None
    source: CellSource | None = None


@dataclass(frozen=True, slots=True)
class WideColumns:
    """The metric columns of the table in order, bound columns among them, and what each is called in Chinese."""

    codes: tuple[str, ...]
    headings: dict[str, str]

    def in_words(self, code: str) -> str:
        """Return what stands above a column: the metric's heading, or for a bound column that it says how to read."""
        return word_for("workbook", "reading") if code.endswith(BOUND) else self.headings[code]

    def chinese(self, code: str) -> str:
        """Return the Chinese name of a column; no two columns share one."""
        heading = self.headings[code.removesuffix(BOUND)]
        return f"{heading}·{word_for('workbook', 'reading')}" if code.endswith(BOUND) else heading


def cross_bureau_cells(connection: Connection, selection: Selection = EVERYTHING) -> Iterator[Cell]:
    """Yield the cells of the cross-bureau table, in the order of bureaus and years."""
    for row in answered(connection, "cross_bureau_cells", selection).rows:
        column, value, reading, family, metric, other_measure, other_scope = row[5:12]
        if column is None:
            yield Cell(row[:5])
            continue
        name_zh, unit, measure, scope, *source = row[12:]
        heading = CellHeading(name_zh, unit, measure if other_measure else None, scope if other_scope else None)
        order = (family, metric, other_measure, other_scope, column)
        yield Cell(row[:5], column, value, reading, order, heading, CellSource(*source))


def wide_columns(cells: Iterable[Cell]) -> WideColumns:
    """Return the metric columns: by family and metric, defaults first, each with a bound column where it needs one."""
    orders: dict[str, tuple[Any, ...]] = {}
    headings: dict[str, list[CellHeading]] = {}
    read_with_words: set[str] = set()
    for cell in cells:
        if cell.column is None or cell.heading is None:
            continue
        orders[cell.column] = cell.order
        seen = headings.setdefault(cell.column, [])
        if cell.heading not in seen:
            seen.append(cell.heading)
        if cell.reading:
            read_with_words.add(cell.column)
    codes: list[str] = []
    for column in sorted(orders, key=lambda name: orders[name]):
        codes += [column, f"{column}{BOUND}"] if column in read_with_words else [column]
    return WideColumns(tuple(codes), _told_apart({code: _heading(found) for code, found in headings.items()}))


def _heading(found: list[CellHeading]) -> str:
    first = found[0]
    return heading_in_words(first.name_zh, first.measure, first.scope, (heading.unit for heading in found))


def _told_apart(headings: dict[str, str]) -> dict[str, str]:
    """Return the headings with the code behind those that two columns share."""
    counts = Counter(headings.values())
    return {code: name if counts[name] == 1 else f"{name}[{code}]" for code, name in headings.items()}
