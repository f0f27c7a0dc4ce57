"""The sheet of the bureaus side by side: a row for each bureau and year, the sentence behind each figure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from xlsxwriter.utility import xl_range

from bureau_metrics.exports import ROW_KEY, Cell, ExportError, WideColumns
from bureau_metrics.wording import reading_in_words, word_for
from bureau_metrics.workbook import sheet as limits
from bureau_metrics.workbook.sheet import Sheet, set_print

_HEADER_ROWS = 2
_FRONT = ("bureau", "year", "division", "division_code", "bureau_id")
_FROZEN_COLUMNS = 2


def refuse_too_many_columns(columns: WideColumns, path: Path) -> None:
    """Refuse a table that is wider than a worksheet.

    Raises:
        ExportError: it is.
    """
    if len(_FRONT) + len(columns.codes) > limits.COLUMNS_AT_MOST:
        raise ExportError(f"cannot write {path}: {len(columns.codes)} columns are too many for a worksheet; export CSV")


def write_header(sheet: Sheet, columns: WideColumns) -> None:
    """Write what the columns are called, below it their codes, and keep both in sight."""
    names = [word_for("column", name) for name in _FRONT]
    names += [columns.in_words(code) for code in columns.codes]
    for place, (name, code) in enumerate(zip(names, [*_FRONT, *columns.codes], strict=True)):
        sheet.text(0, place, name, "heading")
        sheet.text(1, place, code, "code")
    sheet.worksheet.set_row(1, 36)
    sheet.worksheet.freeze_panes(_HEADER_ROWS, _FROZEN_COLUMNS)
    set_print(sheet.worksheet, _HEADER_ROWS, _FROZEN_COLUMNS)


def write_table(sheet: Sheet, columns: WideColumns, cells: Iterable[Cell], path: Path) -> int:
    """Write the rows of the table; return how many.

    Raises:
        ExportError: they are more than a worksheet holds.
    """
    places = {name: place for place, name in enumerate([*_FRONT, *columns.codes])}
    row = _HEADER_ROWS
    for key, line in groupby(cells, key=lambda cell: cell.key):
        if row >= limits.ROWS_AT_MOST:
            raise ExportError(f"cannot write {path}: more rows than a worksheet holds; export CSV")
        for name, value in zip(ROW_KEY, key, strict=True):
            if isinstance(value, int):
                sheet.number(row, places[name], value, limits.YEAR)
            elif value is not None:
                sheet.text(row, places[name], str(value))
        for cell in line:
            _write_cell(sheet, row, places, cell)
        row += 1
    last = len(places) - 1
    sheet.worksheet.autofilter(_HEADER_ROWS - 1, 0, max(row - 1, _HEADER_ROWS - 1), last)
    sheet.worksheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, row, last)})
    return row - _HEADER_ROWS


def _write_cell(sheet: Sheet, row: int, places: dict[str, int], cell: Cell) -> None:
    """Write a figure and its reading; the comment stands behind the figure, or the reading where there is none."""
    if cell.column is None:
        return
    place = places[cell.column]
    if cell.reading:
        sheet.text(row, places[f"{cell.column}:bound"], reading_in_words(cell.reading))
    if cell.value is not None:
        sheet.number(row, place, cell.value)
    else:
        place = places[f"{cell.column}:bound"]
    if cell.source is not None:
        sheet.source(row, place, cell.source)
