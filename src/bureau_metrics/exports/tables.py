"""The tables of an export: rows from `warehouse/exports/`, and for each column its type, its names and its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bureau_metrics.exports.files import (
    BYTE_ORDER_MARK,
    LINE_ENDS,
    PLAIN_STYLE,
    Column,
    CsvStyle,
    ExportedFile,
    complete_or_absent,
    csv_line,
    encode_anew,
    write_csv,
)
from bureau_metrics.exports.selection import EVERYTHING, Selection
from bureau_metrics.warehouse import SqlFile, ask, column_comments, copy_lines, sql_file
from bureau_metrics.wording import word_for

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

OBJECT_OF = {
    "observations": "observation",
    "cross_bureau": "cross_bureau",
    "cross_bureau_long": "cross_bureau",
    "codebook": "dim_metric",
    "rejected": "rejected_document",
}
"""By table the object of the warehouse whose comments say what its columns mean."""

SQL_OF = {"cross_bureau": "side_by_side"}
"""The file of a table in `warehouse/exports/` where it is not named like the table."""

_CHUNK = 10_000
_SAID_ALIKE = frozenset({"BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DATE"})
"""Types whose values the database and `rendering.cell_text` say alike."""
_NOTE = re.compile(r"([a-z_]+) {2,}(.+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a table as they are fetched, with the names and SQL types of its columns."""

    columns: tuple[tuple[str, str], ...]
    rows: Iterator[tuple[Any, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)


def export_sql(name: str) -> str:
    """Return the SQL of `warehouse/exports/<name>.sql`."""
    return sql_file("exports", name).text


def parameters_of(statement: SqlFile, selection: Selection) -> dict[str, Any]:
    """Return the values of the parameters that a statement names."""
    values = selection.parameters()
    return {name: values[name] for name in statement.parameters}


def answered(connection: Connection, name: str, selection: Selection = EVERYTHING) -> Answer:
    """Ask `warehouse/exports/<name>.sql` for what is selected, beside other answers of the connection."""
    statement = sql_file("exports", name)
    answer = ask(connection, statement, parameters_of(statement, selection))
    columns = tuple((str(column[0]), str(column[1])) for column in answer.description or ())
    return Answer(columns, fetched(answer))


def fetched(answer: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of an answer without holding all of them."""
    while rows := answer.fetchmany(_CHUNK):
        yield from rows


def described_answer(
    connection: Connection, statement: SqlFile, values: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    """Return the names and SQL types of the columns that a statement answers with, without asking it."""
    rows = ask(connection, replace(statement, text=f"DESCRIBE {statement.text}"), values).fetchall()
    return tuple((str(row[0]), str(row[1])) for row in rows)


def lines_of(statement: SqlFile, columns: Iterable[tuple[str, str]], end: str = "", *, beside: str = "") -> str:
    """Return the SQL that gives the rows of a statement as lines of a CSV, in the column `line`.

    `columns` are names and SQL types, `end` stands before the line feed, `beside` is what else is answered.
    """
    cells = ", ".join(f"coalesce({_cell_sql(name, type_)}, '')" for name, type_ in columns)
    ending = f" || '{end}'" if end else ""
    return f"SELECT {beside}concat_ws(',', {cells}){ending} AS line FROM ({statement.query})"  # noqa: S608 -- our own


def _cell_sql(name: str, type_: str) -> str:
    """Return the SQL that says a column as a cell, as `rendering.cell_text` says its values."""
    column = f'"{name}"'
    if type_ == "VARCHAR":
        return f"csv_text({column})"
    if type_.startswith("DECIMAL"):
        return f"plain_number({column})"
    if type_ in _SAID_ALIKE:
        return f"CAST({column} AS VARCHAR)"
    raise ValueError(f"no rule for a column of type {type_}: {name}")


def columns_of(connection: Connection, table: str, typed: Iterable[tuple[str, str]]) -> tuple[Column, ...]:
    """Return the columns of an answer, by name and SQL type, with their Chinese names and meanings."""
    meanings = {**column_comments(connection, OBJECT_OF[table]), **column_notes(table)}
    return tuple(Column(name, chinese_name(table, name), type_, meanings.get(name, "")) for name, type_ in typed)


def column_notes(table: str) -> dict[str, str]:
    """Return what the SQL of a table says at its head about columns that the warehouse does not have."""
    notes = (_NOTE.fullmatch(line) for line in sql_file("exports", SQL_OF.get(table, table)).comment)
    return {note[1]: note[2] for note in notes if note}


def chinese_name(table: str, column: str) -> str:
    """Return the Chinese name of a column, or its code where it has none."""
    own = word_for("workbook_codebook", column) if table == "codebook" else column
    return own if own != column else word_for("column", column)


def write_table(
    connection: Connection,
    table: str,
    path: Path,
    selection: Selection = EVERYTHING,
    style: CsvStyle = PLAIN_STYLE,
) -> ExportedFile:
    """Write the answer of `warehouse/exports/<table>.sql` as CSV.

    Raises:
        ExportError: the file cannot be written.
    """
    statement = sql_file("exports", table)
    values = parameters_of(statement, selection)
    columns = columns_of(connection, table, described_answer(connection, statement, values))
    header = csv_line(column.heading(style.header) for column in columns)
    end = LINE_ENDS[style.newline].removesuffix("\n")
    lines = lines_of(statement, [(column.code, column.type) for column in columns], end)
    with complete_or_absent(path) as temporary:
        rows = copy_lines(connection, lines, values, temporary, BYTE_ORDER_MARK + header + end)
        if style.encoding != PLAIN_STYLE.encoding:
            encode_anew(temporary, style)
    return ExportedFile(path, rows, table, columns, style)


def write_query(connection: Connection, name: str, path: Path) -> int:
    """Write the answer of `warehouse/exports/<name>.sql` as CSV under its column names; return the number of rows.

    Raises:
        ExportError: the file cannot be written.
    """
    answer = answered(connection, name)
    return write_csv(path, answer.names, answer.rows)
