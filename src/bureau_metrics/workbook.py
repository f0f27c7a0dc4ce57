"""The cross-bureau table as an Excel workbook: the table with a comment behind each figure, the code book, and notes.

A figure is a number where a spreadsheet keeps it exactly (up to 15 significant digits) and text otherwise; all other
text is written as text and never runs as a formula. Equal warehouses give equal bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_range

from bureau_metrics.exports import (
    ROW_KEY,
    Cell,
    CellHeading,
    CellSource,
    ExportError,
    column_names,
    complete_or_absent,
    cross_bureau_cells,
    export_sql,
)
from bureau_metrics.models import plain_decimal
from bureau_metrics.wording import grouped, heading_in_words, word_for, wording

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bureau_metrics.warehouse import Connection

WORKBOOK = "cross_bureau.xlsx"
COMMENTS_AT_MOST = 5_000
"""Comments in one workbook; with more of them Excel gets slow to open."""

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # fixed: the bytes depend on the warehouse alone
_SIGNIFICANT_DIGITS = 15
_TEXT_AT_MOST = 32_767
_ROWS_AT_MOST, _COLUMNS_AT_MOST = 1_048_576, 16_384
_HEADER_ROWS = 2
_FRONT = ("bureau", "year", "division", "division_code", "bureau_id")
_FROZEN_COLUMNS = 2
_WIDTHS = (15, 44)
_SENTENCE_AT_MOST = 600
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class _Sheet:
    """A worksheet that is being written, how wide its columns have become, and its comments written and left out."""

    workbook: Workbook
    worksheet: Worksheet
    formats: dict[str, Format]
    widths: dict[int, int] = field(default_factory=dict)
    comments: int = 0
    comments_left_out: int = 0

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """Write text, as text whatever it looks like."""
        self.worksheet.write_string(row, column, safe_text(text), self._format(style))
        if style not in ("heading", "code"):  # those wrap
            self._widen(column, text)

    def number(self, row: int, column: int, value: Decimal | int, style: str | None = None) -> None:
        """Write a number that a spreadsheet keeps exactly, any other as text."""
        exact = safe_number(value)
        if exact is None:
            self.text(row, column, plain_decimal(Decimal(value)), "number_text")
            return
        # A Decimal, not a float: XlsxWriter prints 9.3 of a float as 9.300000000000001.
        self.worksheet.write_number(row, column, exact, self._format(style or _number_format(exact)))
        self._widen(column, grouped(exact))

    def source(self, row: int, column: int, source: CellSource) -> None:
        """Put the sentence behind a figure as a comment, up to the limit."""
        if self.comments >= COMMENTS_AT_MOST:
            self.comments_left_out += 1
            return
        self.comments += 1
        sentence = source.sentence
        if len(sentence) > _SENTENCE_AT_MOST:
            sentence = sentence[:_SENTENCE_AT_MOST] + "…"
        note = f"{sentence}\n— {source.text}\n— {source.document_id}\n— {source.fact_id}"
        lines = 4 + len(sentence) // 22
        options = {"width": 320, "height": 20 * lines, "font_name": "SimSun", "font_size": 10, "author": ""}
        self.worksheet.write_comment(row, column, safe_text(note), options)

    def finish(self) -> None:
        """Set the widths of the columns."""
        for column, width in self.widths.items():
            self.worksheet.set_column(column, column, width)

    def _widen(self, column: int, text: str) -> None:
        least, most = _WIDTHS
        wanted = 2 + sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
        self.widths[column] = min(max(wanted, self.widths.get(column, least)), most)

    def _format(self, style: str) -> Format:
        if style not in self.formats:
            self.formats[style] = self.workbook.add_format({"num_format": style, "valign": "top"})
        return self.formats[style]


def export_workbook(connection: Connection, path: Path) -> int:
    """Write the workbook; return the rows of its table, one a bureau and year.

    The figures and their columns are those of `cross_bureau.csv`. Behind each of the first 5,000 figures stands a
    comment with its sentence, document and fact id; a sheet of notes says so where there are more.

    Raises:
        ExportError: the file cannot be written, or the table has more rows or columns than a worksheet.
    """
    headings: dict[str, list[CellHeading]] = {}
    columns = column_names(_noting(cross_bureau_cells(connection), headings))
    if len(_FRONT) + len(columns) > _COLUMNS_AT_MOST:
        raise ExportError(f"cannot write {path}: {len(columns)} columns are too many for a worksheet; export CSV")
    with complete_or_absent(path) as temporary, opened_workbook(temporary) as workbook:
        formats = _formats(workbook)
        words = wording()["workbook"]
        table, codebook, notes = (
            _Sheet(workbook, workbook.add_worksheet(words[name]), formats) for name in ("table", "codebook", "notes")
        )
        _write_header(table, columns, headings)
        rows = _write_table(table, columns, cross_bureau_cells(connection), path)
        _write_codebook(codebook, connection)
        _write_notes(notes, table)
        for sheet in (table, codebook, notes):
            sheet.finish()
    return rows


def safe_text(text: str) -> str:
    """Return text as a cell can hold it: without characters that XML cannot hold, up to the longest."""
    return _NO_XML.sub(" ", text)[:_TEXT_AT_MOST]


def safe_number(value: Decimal | int) -> Decimal | None:
    """Return a number that a spreadsheet keeps exactly, without trailing zeros; None for one that it would round."""
    exact = Decimal(plain_decimal(Decimal(value)))
    return exact if len(exact.normalize().as_tuple().digits) <= _SIGNIFICANT_DIGITS else None


@contextmanager
def opened_workbook(path: Path) -> Iterator[Workbook]:
    """Give a workbook to write: nothing in it runs, and its bytes depend on what is written alone."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with path.open("wb") as file, Workbook(file, options) as workbook:
            workbook.set_properties({"created": _CREATED, "comments": "Bureau Metrics"})
            yield workbook
    except FileCreateError as error:
        raise OSError(str(error)) from None


def _formats(workbook: Workbook) -> dict[str, Format]:
    heading = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F7", "bottom": 1}
    return {
        "heading": workbook.add_format(heading),
        "code": workbook.add_format({**heading, "bold": False, "font_color": "#5A6472", "font_size": 9}),
        "text": workbook.add_format({"valign": "top"}),
        "wrapped": workbook.add_format({"valign": "top", "text_wrap": True}),
        "number_text": workbook.add_format({"valign": "top", "align": "right", "num_format": "@"}),
    }


def _number_format(value: Decimal) -> str:
    places = max(0, -int(value.as_tuple().exponent))
    return "#,##0" + ("." + "0" * places if places else "")


def _noting(cells: Iterable[Cell], headings: dict[str, list[CellHeading]]) -> Iterator[Cell]:
    """Yield the cells and note the different headings of each column."""
    for cell in cells:
        if cell.column is not None and cell.heading is not None:
            seen = headings.setdefault(cell.column, [])
            if cell.heading not in seen:
                seen.append(cell.heading)
        yield cell


def _write_header(sheet: _Sheet, columns: list[str], headings: dict[str, list[CellHeading]]) -> None:
    names = [word_for("workbook_row", name) for name in _FRONT]
    names += [_heading(column, headings) for column in columns]
    for place, (name, code) in enumerate(zip(names, [*_FRONT, *columns], strict=True)):
        sheet.text(0, place, name, "heading")
        sheet.text(1, place, code, "code")
    sheet.worksheet.set_row(0, 48)
    sheet.worksheet.set_row(1, 36)
    sheet.worksheet.freeze_panes(_HEADER_ROWS, _FROZEN_COLUMNS)


def _heading(column: str, headings: dict[str, list[CellHeading]]) -> str:
    if column not in headings:
        return word_for("workbook", "reading")
    first, *_others = headings[column]
    units = (heading.unit for heading in headings[column])
    return heading_in_words(first.name_zh, first.measure, first.scope, units)


def _write_table(sheet: _Sheet, columns: list[str], cells: Iterable[Cell], path: Path) -> int:
    places = {name: place for place, name in enumerate([*_FRONT, *columns])}
    row = _HEADER_ROWS
    for key, line in groupby(cells, key=lambda cell: cell.key):
        if row >= _ROWS_AT_MOST:
            raise ExportError(f"cannot write {path}: more rows than a worksheet holds; export CSV")
        for name, value in zip(ROW_KEY, key, strict=True):
            if isinstance(value, int):
                sheet.number(row, places[name], value, "0")
            elif value is not None:
                sheet.text(row, places[name], str(value))
        for cell in line:
            _write_cell(sheet, row, places, cell)
        row += 1
    last = len(places) - 1
    sheet.worksheet.autofilter(_HEADER_ROWS - 1, 0, max(row - 1, _HEADER_ROWS - 1), last)
    sheet.worksheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, row, last)})
    return row - _HEADER_ROWS


def _write_cell(sheet: _Sheet, row: int, places: dict[str, int], cell: Cell) -> None:
    """Write a figure and its reading; the comment stands behind the figure, or the reading where there is none."""
    if cell.column is None:
        return
    place = places[cell.column]
    if cell.reading:
        sheet.text(row, places[f"{cell.column}:bound"], cell.reading)
    if cell.value is not None:
        sheet.number(row, place, cell.value)
    else:
        place = places[f"{cell.column}:bound"]
    if cell.source is not None:
        sheet.source(row, place, cell.source)


def _write_codebook(sheet: _Sheet, connection: Connection) -> None:
    answer = connection.execute(export_sql("codebook"))
    names = [column[0] for column in answer.description or ()]
    for place, name in enumerate(names):
        sheet.text(0, place, word_for("workbook_codebook", name), "heading")
    records = answer.fetchall()
    for row, record in enumerate(records, start=1):
        for place, (name, value) in enumerate(zip(names, record, strict=True)):
            if isinstance(value, int) and not isinstance(value, bool):
                sheet.number(row, place, value)
            elif value is not None:
                sheet.text(row, place, _codebook_text(name, value), "wrapped" if name == "note" else "text")
    sheet.worksheet.freeze_panes(1, 2)
    sheet.worksheet.autofilter(0, 0, len(records), len(names) - 1)


def _codebook_text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return word_for("answer", str(value).lower())
    if name in ("family", "measure", "scope") and (word := word_for(name, value)) != value:
        return f"{word} {value}"
    return str(value)


def _write_notes(sheet: _Sheet, table: _Sheet) -> None:
    notes = dict(wording()["workbook_notes"])
    if table.comments_left_out:
        notes["limit"] = notes["limit"].format(written=table.comments, left=table.comments_left_out)
    else:
        del notes["limit"]
    for row, note in enumerate(notes.values()):
        sheet.worksheet.write_string(row, 0, note, sheet.formats["text"])
    for row, (code, meaning) in enumerate(wording()["workbook_readings"].items(), start=len(notes)):
        sheet.text(row, 0, code)
        sheet.text(row, 1, meaning)
