"""Spreadsheets (xlsx, xls, xlsb, ods): each visible sheet is a table in the rows and columns of the source."""

from __future__ import annotations

from collections.abc import Iterator

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block, Paragraph
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.sheets.ods import sheets_of_ods
from bureau_metrics.reading.sheets.sheet import Sheet
from bureau_metrics.reading.sheets.xls import sheets_of_xls
from bureau_metrics.reading.sheets.xlsb import sheets_of_xlsb
from bureau_metrics.reading.sheets.xlsx import sheets_of_xlsx
from bureau_metrics.reading.zip_package import ZipPackage, damage_told, encrypted

_KIND = "a spreadsheet"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_NAME_LEVEL = 2


def blocks_of_spreadsheet(data: bytes, budget: Budget) -> list[Block]:
    """Return the tables of a workbook's visible sheets, with the name of each where several have something in them.

    Rows and columns that are hidden stay out, formulas give the values that were last computed, numbers and dates read
    as their cells show them. Raises UnreadableDocument.
    """
    with damage_told(_KIND):
        tables = [(sheet.name, table) for sheet in _sheets(data, budget) if (table := sheet.table())]
    if not tables:
        raise UnreadableDocument(
            RejectionReason.NO_TEXT,
            "a spreadsheet without anything in its visible cells",
            "check that it is the right one",
        )
    if len(tables) == 1:
        return [tables[0][1]]
    return [block for name, table in tables for block in (Paragraph(name, level=_NAME_LEVEL), table)]


def _sheets(data: bytes, budget: Budget) -> Iterator[Sheet]:
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise encrypted("an Excel workbook")
        return sheets_of_xls(data, budget)
    package = ZipPackage(data, budget, _KIND)
    if "xl/workbook.bin" in package:
        return sheets_of_xlsb(package)
    return sheets_of_xlsx(package) if "xl/workbook.xml" in package else sheets_of_ods(package)
