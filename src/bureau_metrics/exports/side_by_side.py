"""`cross_bureau.csv`: the bureaus side by side, gathered by the database and laid out line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bureau_metrics.exports.files import (
    LINE_ENDS,
    PLAIN_STYLE,
    Column,
    CsvStyle,
    ExportedFile,
    complete_or_absent,
    csv_line,
)
from bureau_metrics.exports.parts import Block
from bureau_metrics.exports.selection import EVERYTHING, Selection
from bureau_metrics.exports.tables import OBJECT_OF, chinese_name, fetched, parameters_of
from bureau_metrics.exports.wide import BOUND, ROW_KEY, TABLE, Cell, CellHeading, WideColumns, wide_columns
from bureau_metrics.warehouse import ask_within, column_comments, cursor_of, sql_file

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

_KEY_TYPES = ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "INTEGER")
_FIGURE_TYPE = "DECIMAL(38,10)"
_BOUND_MEANING = "How to read the figure of the column before; empty for an exact one of the whole year."


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The figures of the table, which a cursor holds in a temporary table until it is closed."""

    _cursor: Connection
    _connection: Connection

    @classmethod
    def gathered(cls, cursor: Connection, connection: Connection, selection: Selection = EVERYTHING) -> SideBySide:
        """Gather the figures of what is selected, as the cursor of a connection for exports sees the warehouse."""
        cells = sql_file("exports", "side_by_side")
        ask_within(cursor, f"CREATE TEMP TABLE side_by_side AS {cells.query}", parameters_of(cells, selection))
        return cls(cursor, connection)

    def columns(self) -> tuple[Column, ...]:
        """Return all columns of the table."""
        found = wide_columns(self._headings())
        return (*_key_columns(self._connection), *(_figure_column(code, found) for code in found.codes))

    def codes(self, used_beside: Iterable[str]) -> set[str]:
        """Return the codes of the columns for these figures and others that have these uses, in no order."""
        uses = {_use(cell.column, cell.reading) for cell in self._headings()} | set(used_beside)
        return {*ROW_KEY, *(code for use in uses for code in use.split("|"))}

    def blocks(self, codes: Iterable[str], style: CsvStyle = PLAIN_STYLE) -> Iterator[Block]:
        """Yield the lines of each bureau under the columns of these codes, in the order of the table."""
        places = {code: place for place, code in enumerate(codes)}
        end, encoding = LINE_ENDS[style.newline], style.encoding.removesuffix("-sig")
        answer = ask_within(self._cursor, sql_file("exports", "side_by_side_lines").text)
        for bureau, rows in groupby(fetched(answer), key=lambda row: row[0]):
            lines: list[str] = []
            used: set[str] = set()
            for row in rows:
                lines.append(csv_line(_laid_out(row, places)) + end)
                used.update(map(_use, row[5] or (), row[7] or ()))
            yield Block(str(bureau), "".join(lines).encode(encoding), len(lines), tuple(sorted(used)))

    def _headings(self) -> Iterator[Cell]:
        """Yield for each heading of a column a cell without its figure."""
        for row in ask_within(self._cursor, sql_file("exports", "side_by_side_columns").text).fetchall():
            column, family, metric, other_measure, other_scope, name_zh, unit, measure, scope, in_words = row
            heading = CellHeading(name_zh, unit, measure, scope)
            order = (family, metric, other_measure, other_scope, column)
            yield Cell((), column, None, "in words" if in_words else "", order, heading)


def _laid_out(row: tuple[Any, ...], places: dict[str, int]) -> list[Any]:
    """Return a line: the bureau and year, then each figure in its column, and how to read it in the one behind."""
    names, figures, readings = (row[place] or () for place in (5, 6, 7))
    line: list[Any] = [*row[:5], *[None] * (len(places) - len(ROW_KEY))]
    for name, figure, reading in zip(names, figures, readings, strict=True):
        line[places[name]] = figure
        if reading:
            line[places[name + BOUND]] = reading
    return line


def _use(column: str | None, reading: str) -> str:
    """Return the column that a figure stands in, and behind a bar the one that says how to read it."""
    return f"{column}|{column}{BOUND}" if reading else str(column)


def _key_columns(connection: Connection) -> Iterator[Column]:
    meanings = column_comments(connection, OBJECT_OF[TABLE])
    for code, type_ in zip(ROW_KEY, _KEY_TYPES, strict=True):
        yield Column(code, chinese_name(TABLE, code), type_, meanings.get(code, ""))


def _figure_column(code: str, found: WideColumns) -> Column:
    if code.endswith(BOUND):
        return Column(code, found.chinese(code), "VARCHAR", _BOUND_MEANING)
    return Column(code, found.chinese(code), _FIGURE_TYPE, found.headings[code])


def header_of(columns: Iterable[Column], style: CsvStyle = PLAIN_STYLE) -> bytes:
    """Return the first line of the file, with the mark that its encoding begins with."""
    line = csv_line(column.heading(style.header) for column in columns) + LINE_ENDS[style.newline]
    return line.encode(style.encoding)


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
    with closing(cursor_of(connection)) as cursor:
        figures = SideBySide.gathered(cursor, connection, selection)
        columns = figures.columns()
        rows = 0
        with complete_or_absent(path) as temporary, temporary.open("wb") as file:
            file.write(header_of(columns, style))
            for block in figures.blocks((column.code for column in columns), style):
                file.write(block.text)
                rows += block.lines
    return ExportedFile(path, rows, TABLE, columns, style)
