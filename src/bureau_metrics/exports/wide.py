"""The bureaus side by side: a row for each bureau and year, a column for each metric, as cells with their sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bureau_metrics.exports.files import PLAIN_STYLE, Column, CsvStyle, ExportedFile, write_csv
from bureau_metrics.exports.selection import EVERYTHING, Selection
from bureau_metrics.exports.tables import OBJECT_OF, answered, chinese_name
from bureau_metrics.warehouse import column_comments
from bureau_metrics.wording import heading_in_words, word_for

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

TABLE = "cross_bureau"
ROW_KEY = ("bureau_id", "bureau", "division_code", "division", "year")
"""The columns in front of the figures."""

_KEY_TYPES = ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "INTEGER")
_FIGURE_TYPE = "DECIMAL(38,10)"
_BOUND = ":bound"
_BOUND_MEANING = "How to read the figure of the column before; empty for an exact one of the whole year."


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
        return word_for("workbook", "reading") if code.endswith(_BOUND) else self.headings[code]

    def chinese(self, code: str) -> str:
        """Return the Chinese name of a column; no two columns share one."""
        heading = self.headings[code.removesuffix(_BOUND)]
        return f"{heading}·{word_for('workbook', 'reading')}" if code.endswith(_BOUND) else heading


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
        codes += [column, f"{column}{_BOUND}"] if column in read_with_words else [column]
    return WideColumns(tuple(codes), _told_apart({code: _heading(found) for code, found in headings.items()}))


def _heading(found: list[CellHeading]) -> str:
    first = found[0]
    return heading_in_words(first.name_zh, first.measure, first.scope, (heading.unit for heading in found))


def _told_apart(headings: dict[str, str]) -> dict[str, str]:
    """Return the headings with the code behind those that two columns share."""
    counts = Counter(headings.values())
    return {code: name if counts[name] == 1 else f"{name}[{code}]" for code, name in headings.items()}


def write_cross_bureau(
    connection: Connection, path: Path, selection: Selection = EVERYTHING, style: CsvStyle = PLAIN_STYLE
) -> ExportedFile:
    """Write the bureaus side by side, one row a bureau and year.

    A column is named by its metric; `:measure` follows where that is not the metric's default, `@scope` where that is
    not. It holds numbers only; blank means not reported. Where a figure of a column needs words, the column
    `<name>:bound` stands beside it: a qualifier (`more_than`, …), for a figure without a single number the qualifier
    and `lower..upper`, `parts_only` where the report counts parts of the metric only, `part_year` where the figure
    does not cover the whole year, and `relative_to=` for a rank or share.

    Raises:
        ExportError: the file cannot be written.
    """
    found = wide_columns(cross_bureau_cells(connection, selection))
    columns = (*_key_columns(connection), *(_figure_column(code, found) for code in found.codes))
    codes = [column.code for column in columns]
    lines = groupby(cross_bureau_cells(connection, selection), key=lambda cell: cell.key)
    header = [column.heading(style.header) for column in columns]
    rows = write_csv(path, header, (_line(codes, key, cells) for key, cells in lines), style)
    return ExportedFile(path, rows, TABLE, columns, style)


def _key_columns(connection: Connection) -> Iterator[Column]:
    meanings = column_comments(connection, OBJECT_OF[TABLE])
    for code, type_ in zip(ROW_KEY, _KEY_TYPES, strict=True):
        yield Column(code, chinese_name(TABLE, code), type_, meanings.get(code, ""))


def _figure_column(code: str, found: WideColumns) -> Column:
    if code.endswith(_BOUND):
        return Column(code, found.chinese(code), "VARCHAR", _BOUND_MEANING)
    return Column(code, found.chinese(code), _FIGURE_TYPE, found.headings[code])


def _line(codes: list[str], key: tuple[Any, ...], cells: Iterable[Cell]) -> tuple[Any, ...]:
    line: dict[str, Any] = dict(zip(ROW_KEY, key, strict=True))
    for cell in cells:
        if cell.column is not None:
            line[cell.column] = cell.value
            line[f"{cell.column}{_BOUND}"] = cell.reading or None
    return tuple(line.get(code) for code in codes)
