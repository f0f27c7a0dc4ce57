"""What leaves the warehouse as CSV: every fact, the bureaus side by side, and the sources that could not be taken.

UTF-8 with a byte order mark, so that Excel opens the files; numbers without exponent and without trailing zeros; text
that a spreadsheet would run as a formula is made harmless. Equal warehouses give equal bytes. A file appears under its
name only when it is complete.
"""

from __future__ import annotations

import csv
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bureau_metrics.models import plain, plain_decimal
from bureau_metrics.warehouse import cursor_of, open_read_only, sql_file

if TYPE_CHECKING:
    from bureau_metrics.settings import Home
    from bureau_metrics.warehouse import Connection

OBSERVATIONS = "observations.csv"
CROSS_BUREAU = "cross_bureau.csv"
REJECTED = "rejected.csv"

ROW_KEY = ("bureau_id", "bureau", "division_code", "division", "year")
"""The columns in front of the figures of the cross-bureau table."""

_CHUNK = 10_000
_SIGNS = frozenset("=+-@＝＋－＠\ufeff\u200b")
_STARTS_A_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")


class ExportError(Exception):
    """An export cannot be written; the message is one line that says where and what to do."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file that was written, and its rows without the header."""

    path: Path
    rows: int


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


def export_all(where: Home | Path, folder: Path, as_of: int | None = None) -> list[ExportedFile]:
    """Write all exports of a published warehouse into a folder, which is made if need be.

    `as_of` is the number of the run whose state is written; default: the last one.

    Raises:
        WarehouseMissing: nothing was published there.
        ExportError: a file cannot be written.
    """
    with open_read_only(where, as_of=as_of) as connection:
        return [
            ExportedFile(folder / OBSERVATIONS, export_observations(connection, folder / OBSERVATIONS)),
            ExportedFile(folder / CROSS_BUREAU, export_cross_bureau(connection, folder / CROSS_BUREAU)),
            ExportedFile(folder / REJECTED, write_query(connection, "rejected", folder / REJECTED)),
        ]


def export_observations(connection: Connection, path: Path) -> int:
    """Write every current fact, one a row, with its bureau and sentence; return the number of rows.

    Values and bounds are in the unit of the row; offsets are code points, ends exclusive.

    Raises:
        ExportError: the file cannot be written.
    """
    return write_query(connection, "observations", path)


def export_cross_bureau(connection: Connection, path: Path) -> int:
    """Write the bureaus side by side, one row a bureau and year; return the number of rows.

    A column is named by its metric; `:measure` follows where that is not the metric's default, `@scope` where that is
    not. It holds numbers only; blank means not reported. Where a figure of a column needs words, the column
    `<name>:bound` stands beside it: a qualifier (`more_than`, …), for a figure without a single number the qualifier
    and `lower..upper`, `parts_only` where the report counts parts of the metric only, `part_year` where the figure
    does not cover the whole year, and `relative_to=` for a rank or share.

    Raises:
        ExportError: the file cannot be written.
    """
    columns = column_names(cross_bureau_cells(connection))
    header = [*ROW_KEY, *columns]
    lines = groupby(cross_bureau_cells(connection), key=lambda cell: cell.key)
    return write_csv(path, header, (_line(header, key, cells) for key, cells in lines))


def export_sql(name: str) -> str:
    """Return the SQL of `warehouse/exports/<name>.sql`."""
    return sql_file("exports", name).text


def fetched(answer: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of an answer without holding all of them."""
    while rows := answer.fetchmany(_CHUNK):
        yield from rows


def cross_bureau_cells(connection: Connection) -> Iterator[Cell]:
    """Yield the cells of the cross-bureau table, in the order of bureaus and years."""
    for row in fetched(cursor_of(connection).execute(export_sql("cross_bureau_cells"))):
        column, value, reading, family, metric, other_measure, other_scope = row[5:12]
        if column is None:
            yield Cell(row[:5])
            continue
        name_zh, unit, measure, scope, *source = row[12:]
        heading = CellHeading(name_zh, unit, measure if other_measure else None, scope if other_scope else None)
        order = (family, metric, other_measure, other_scope, column)
        yield Cell(row[:5], column, value, reading, order, heading, CellSource(*source))


def column_names(cells: Iterable[Cell]) -> list[str]:
    """Return the metric columns in order: by family and metric, defaults first, each with its bound column."""
    orders: dict[str, tuple[Any, ...]] = {}
    read_with_words: set[str] = set()
    for cell in cells:
        if cell.column is not None:
            orders[cell.column] = cell.order
            if cell.reading:
                read_with_words.add(cell.column)
    columns: list[str] = []
    for column in sorted(orders, key=lambda name: orders[name]):
        columns.append(column)
        if column in read_with_words:
            columns.append(f"{column}:bound")
    return columns


def _line(header: list[str], key: tuple[Any, ...], cells: Iterable[Cell]) -> tuple[Any, ...]:
    line: dict[str, Any] = dict(zip(ROW_KEY, key, strict=True))
    for cell in cells:
        if cell.column is not None:
            line[cell.column] = cell.value
            line[f"{cell.column}:bound"] = cell.reading or None
    return tuple(line.get(name) for name in header)


def write_csv(path: Path, header: list[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Write a CSV as this module promises it, whole or not at all; return the number of rows below the header.

    Raises:
        ExportError: the file cannot be written.
    """
    count = 0
    with complete_or_absent(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([cell_text(value) for value in row])
            count += 1
    return count


def write_query(connection: Connection, name: str, path: Path) -> int:
    """Write the answer of `warehouse/exports/<name>.sql` as CSV under its column names; return the number of rows.

    Raises:
        ExportError: the file cannot be written.
    """
    answer = connection.execute(export_sql(name))
    header = [column[0] for column in answer.description or ()]
    return write_csv(path, header, fetched(answer))


@contextmanager
def complete_or_absent(path: Path) -> Iterator[Path]:
    """Give a temporary name to write to, and the file its own name when all went well; else leave nothing behind.

    Raises:
        ExportError: the file cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError(f"cannot write {path}: {reason}; close it if it is open, or choose another folder") from None
    finally:
        with suppress(OSError):
            temporary.unlink()


def cell_text(value: Any) -> str:
    """Return a value as a CSV cell: null blank, decimals plain, text that would run as a formula behind an apostrophe.

    A number stays a number, a negative one too, and so does a text that is nothing but a number.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        suspicious = value[:1] in _SIGNS or value[:1].isspace()
        return f"'{value}" if suspicious and _is_formula(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return str(plain(value))


def _is_formula(text: str) -> bool:
    return _STARTS_A_FORMULA.match(text) is not None and not _NUMBER.fullmatch(text)
