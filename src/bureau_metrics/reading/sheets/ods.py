"""OpenDocument spreadsheets (ods): the text that each cell shows, which the format keeps beside its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.sheets.sheet import CELL_COST, Place, Sheet
from bureau_metrics.reading.zip_package import ZipPackage, encrypted, local_name

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_HIDDEN = ("collapse", "filter")
_ERRORS = ("#", "Err:")
# A row or cell with text that is said to be repeated is written out so often at most: the rest is a filled column.
_MOST_REPEATED = 1000
_MOST_COLUMNS = 16_384
_SILENT = {"annotation", "ruby-text", "shapes", "note"}


def sheets_of_ods(package: ZipPackage) -> Iterator[Sheet]:
    """Yield the visible sheets of a spreadsheet in the order of their tabs."""
    if _MANIFEST in package and next(package.root(_MANIFEST).iter("{*}encryption-data"), None) is not None:
        raise encrypted(package.kind)
    root = package.root(_CONTENT)
    hidden = set(_hidden_styles(root))
    for table in root.iterfind(f".//{_OFFICE}spreadsheet/{_TABLE}table"):
        package.budget.page()
        if table.get(f"{_TABLE}style-name") not in hidden:
            yield _sheet(table, package)


def _hidden_styles(root: Any) -> Iterator[str]:
    for style in root.iter(f"{_STYLE}style"):
        if any(properties.get(f"{_TABLE}display") == "false" for properties in style):
            yield style.get(f"{_STYLE}name")


def _sheet(table: Any, package: ZipPackage) -> Sheet:
    texts: dict[Place, str] = {}
    spans: dict[Place, Place] = {}
    hidden = _hidden_columns(table)
    row = 1
    for element in _children(table, "table-row"):
        package.budget.check()
        repeated = _count(element, "number-rows-repeated")
        if element.get(f"{_TABLE}visibility") not in _HIDDEN:
            cells = [cell for cell in _cells(element, package.budget) if cell[0] not in hidden]
            package.budget.unpack(CELL_COST * len(cells) * min(repeated, _MOST_REPEATED))
            for copy in range(min(repeated, _MOST_REPEATED) if cells else 0):
                texts.update(((row + copy, column), text) for column, text, _ in cells)
                spans.update(((row + copy, column), span) for column, _, span in cells if span != (1, 1))
        row += repeated
    return Sheet(table.get(f"{_TABLE}name", ""), texts, spans)


def _children(table: Any, name: str) -> Iterator[Any]:
    """Yield the rows or columns of a table, those in groups and headers too, but not of a table within."""
    for element in table:
        kind = local_name(element)
        if kind == name:
            yield element
        elif kind.startswith(("table-row", "table-header", "table-column")):
            yield from _children(element, name)


def _hidden_columns(table: Any) -> set[int]:
    hidden: set[int] = set()
    column = 1
    for element in _children(table, "table-column"):
        repeated = _count(element, "number-columns-repeated")
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            hidden.update(range(column, min(column + repeated, _MOST_COLUMNS + 1)))
        column += repeated
    return hidden


def _cells(row: Any, budget: Budget) -> Iterator[tuple[int, str, Place]]:
    column = 1
    for cell in row:
        repeated = _count(cell, "number-columns-repeated")
        if local_name(cell) == "table-cell":
            text = _text(cell)
            span = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            for copy in range(min(repeated, _MOST_REPEATED) if text else 0):
                budget.unpack(CELL_COST)
                yield column + copy, text, span
        column += repeated


def _count(element: Any, name: str) -> int:
    return max(1, int(element.get(f"{_TABLE}{name}", "1")))


def _text(cell: Any) -> str:
    lines = ("".join(_pieces(line)) for line in cell if local_name(line) == "p")
    text = "\n".join(lines).strip()
    day = cell.get(f"{_OFFICE}date-value", "")
    if day and "年" not in text and "月" not in text:  # 05/03/24 is one of three days
        return f"{day[:10]} {day[11:16]}".strip()
    return "" if text.startswith(_ERRORS) and cell.get(f"{_TABLE}formula") else text


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        kind = local_name(child)
        if kind in ("s", "tab", "line-break"):
            yield "\n" if kind == "line-break" else " " * min(int(child.get(f"{_TEXT}c", "1")), _MOST_REPEATED)
        elif kind and kind not in _SILENT:
            yield from _pieces(child)
        yield child.tail or ""
