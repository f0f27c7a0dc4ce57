"""The Excel workbook: bureaus side by side with the sentence behind each figure, findings, code book, sources, notes.

A figure is a number where a spreadsheet keeps it exactly (up to 15 significant digits) and text otherwise; all other
text is written as text and never runs as a formula. Equal warehouses give equal bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bureau_metrics.exports import EVERYTHING, Selection, complete_or_absent, cross_bureau_cells, wide_columns
from bureau_metrics.wording import reading_in_words, wording
from bureau_metrics.workbook.listings import write_codebook, write_findings, write_sources
from bureau_metrics.workbook.sheet import Sheet, formats, opened
from bureau_metrics.workbook.table import refuse_too_many_columns, write_header, write_table

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

WORKBOOK = "cross_bureau.xlsx"

_SHEETS = ("table", "audit", "codebook", "sources", "notes")


def export_workbook(connection: Connection, path: Path, selection: Selection = EVERYTHING) -> int:
    """Write the workbook of what is selected; return the rows of its table, one a bureau and year.

    The figures and their columns are those of `cross_bureau.csv`. Behind each of the first 5,000 figures stands a
    comment with its sentence, document and fact id; a sheet of notes says so where there are more.

    Raises:
        ExportError: the file cannot be written, or the table has more rows or columns than a worksheet.
    """
    columns = wide_columns(cross_bureau_cells(connection, selection))
    refuse_too_many_columns(columns, path)
    with complete_or_absent(path) as temporary, opened(temporary) as workbook:
        styles, words = formats(workbook), wording()["workbook"]
        sheets = {name: Sheet(workbook, workbook.add_worksheet(words[name]), styles) for name in _SHEETS}
        write_header(sheets["table"], columns)
        rows = write_table(sheets["table"], columns, cross_bureau_cells(connection, selection), path)
        write_findings(sheets["audit"], connection, selection)
        write_codebook(sheets["codebook"], connection, selection)
        write_sources(sheets["sources"], connection, selection)
        _write_notes(sheets["notes"], sheets["table"])
        for sheet in sheets.values():
            sheet.finish()
    return rows


def _write_notes(sheet: Sheet, table: Sheet) -> None:
    notes = dict(wording()["workbook_notes"])
    if table.comments_left_out:
        notes["limit"] = notes["limit"].format(written=table.comments, left=table.comments_left_out)
    else:
        del notes["limit"]
    lines = list(notes.values())
    for code, meaning in wording()["workbook_readings"].items():
        lines.append(f"    {reading_in_words(code)}（{code}）：{meaning}")
    for row, line in enumerate(lines):
        sheet.worksheet.write_string(row, 0, line, sheet.formats["text"])
    sheet.worksheet.set_landscape()
