"""Old Excel workbooks (xls, et): what their cells show, with the number formats they are shown in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.sheets.number_format import GENERAL, built_in, number_text
from bureau_metrics.reading.sheets.sheet import CELL_COST, Place, Sheet
from bureau_metrics.reading.zip_package import damage_told, encrypted

_KIND = "an old Excel workbook (xls)"
_VISIBLE = 0
_STEPS = 2000


def sheets_of_xls(data: bytes, budget: Budget) -> Iterator[Sheet]:
    """Yield the visible sheets of a workbook in the order of their tabs."""
    with damage_told(_KIND):
        try:
            book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
            )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                raise encrypted(_KIND) from None
            raise
        for index in range(book.nsheets):
            budget.page()
            sheet = book.sheet_by_index(index)
            if sheet.visibility == _VISIBLE:
                yield Sheet(sheet.name, dict(_texts(book, sheet, budget)), _spans(sheet))
            book.unload_sheet(index)


def _texts(book: Any, sheet: Any, budget: Budget) -> Iterator[tuple[Place, str]]:
    hidden = {column for column, information in sheet.colinfo_map.items() if information.hidden}
    for row in range(sheet.nrows):
        if row % _STEPS == 0:
            budget.check()
        if row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden:
            continue
        for column in range(sheet.row_len(row)):
            if column not in hidden:
                text = _text(book, sheet.cell(row, column))
                if text.strip():
                    budget.unpack(CELL_COST)
                    yield (row + 1, column + 1), text


def _text(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return number_text(cell.value, _format(book, cell.xf_index), from_1904=book.datemode == 1)
    return ""


def _format(book: Any, style: int | None) -> str:
    if style is None or not 0 <= style < len(book.xf_list):
        return GENERAL
    key = book.xf_list[style].format_key
    known = built_in(key)
    if known != GENERAL and key < 164:  # xlrd gives its own words for these, without the Chinese dates
        return known
    found = book.format_map.get(key)
    return str(found.format_str) if found else GENERAL


def _spans(sheet: Any) -> dict[Place, Place]:
    return {
        (top + 1, left + 1): (bottom - top, right - left)
        for top, bottom, left, right in sheet.merged_cells
        if bottom > top and right > left
    }
