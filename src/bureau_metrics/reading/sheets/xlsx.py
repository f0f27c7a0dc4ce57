"""Excel workbooks (xlsx, xlsm, et saved as xlsx): what their cells show, with the number formats they are shown in."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.sheets.number_format import GENERAL, built_in, number_text
from bureau_metrics.reading.sheets.sheet import CELL_COST, Place, Sheet
from bureau_metrics.reading.zip_package import ZipPackage, local_name

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedStrings.xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_COLUMNS = 16_384
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class _Workbook:
    package: ZipPackage
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool

    def text(self, cell: Any) -> str:
        """Return what a cell shows; nothing for an error (#REF!)."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _rich_text(cell)
        value = next((child.text for child in cell if local_name(child) == "v"), None)
        if not value or kind == "e":
            return ""
        if kind == "s":
            return self.strings[int(value)] if 0 <= int(value) < len(self.strings) else ""
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind == "d":
            return _iso_date(value)
        return _unescaped(value) if kind == "str" else self._number(value, int(cell.get("s", "0")))

    def _number(self, value: str, style: int) -> str:
        code = self.formats[style] if 0 <= style < len(self.formats) else GENERAL
        return number_text(float(value), code, from_1904=self.from_1904)


def sheets_of_xlsx(package: ZipPackage) -> Iterator[Sheet]:
    """Yield the visible sheets of a workbook in the order of their tabs."""
    root = package.root(_WORKBOOK)
    places = _places_of_parts(package)
    workbook = _Workbook(package, tuple(_shared_strings(package)), tuple(_formats(package)), _from_1904(root))
    for sheet in root.iter("{*}sheet"):
        relation = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        if sheet.get("state", "visible") == "visible" and places.get(relation, "") in package:
            package.budget.page()
            yield _sheet(workbook, sheet.get("name", ""), places[relation])


def _places_of_parts(package: ZipPackage) -> dict[str, str]:
    """Return where the worksheets are, by relation; charts and macros are no worksheets."""
    return {
        relation.get("Id", ""): posixpath.join("/xl", relation.get("Target", ""))
        for relation in package.root(_RELATIONS)
        if relation.get("Type", "").endswith("/worksheet")
    }


def _from_1904(root: Any) -> bool:
    return any(properties.get("date1904") in _TRUE for properties in root.iter("{*}workbookPr"))


def _shared_strings(package: ZipPackage) -> Iterator[str]:
    if _STRINGS in package:
        for _, item in package.elements(_STRINGS, "si"):
            yield _rich_text(item)


def _formats(package: ZipPackage) -> Iterator[str]:
    """Yield the number format of each cell style in order."""
    if _STYLES not in package:
        return
    root = package.root(_STYLES)
    own = {item.get("numFmtId"): item.get("formatCode", "") for item in root.iter("{*}numFmt")}
    for styles in root.iter("{*}cellXfs"):
        for style in styles:
            number = style.get("numFmtId", "0")
            yield own[number] if number in own else built_in(int(number))


def _rich_text(element: Any) -> str:
    """Return the text of all runs, without the sounds that are printed above them."""
    runs = (text for text in element.iter("{*}t") if local_name(text.getparent()) != "rPh")
    return _unescaped("".join(run.text or "" for run in runs))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _iso_date(value: str) -> str:
    moment = datetime.fromisoformat(value)
    return f"{moment:%Y-%m-%d}" if (moment.hour, moment.minute) == (0, 0) else f"{moment:%Y-%m-%d %H:%M}"


def _sheet(workbook: _Workbook, name: str, part: str) -> Sheet:
    texts: dict[Place, str] = {}
    spans: dict[Place, Place] = {}
    hidden: set[int] = set()
    row, column, row_hidden = 0, 0, False
    for event, element in workbook.package.elements(part, "cols", "row", "c", "mergeCell", events=("start", "end")):
        kind = local_name(element)
        if kind == "row" and event == "start":
            row, column, row_hidden = int(element.get("r", row + 1)), 0, element.get("hidden") in _TRUE
        elif kind == "c" and event == "end":
            place = _place(element.get("r", "")) or (row, column + 1)
            column = place[1]
            text = "" if row_hidden or column in hidden else workbook.text(element)
            if text.strip():
                texts[place] = text
                workbook.package.budget.unpack(CELL_COST)
        elif kind == "cols" and event == "end":
            hidden = set(_hidden_columns(element, workbook.package.budget))
        elif kind == "mergeCell" and event == "end":
            spans.update(_span(element.get("ref", "")))
    return Sheet(name, texts, spans)


def _hidden_columns(columns: Any, budget: Budget) -> Iterator[int]:
    for column in columns:
        budget.check()
        if column.get("hidden") in _TRUE:
            yield from range(int(column.get("min")), min(int(column.get("max")), _MOST_COLUMNS) + 1)


def _span(reference: str) -> dict[Place, Place]:
    first, _, last = reference.partition(":")
    begin, end = _place(first), _place(last)
    if begin is None or end is None or end < begin:
        return {}
    return {begin: (end[0] - begin[0] + 1, end[1] - begin[1] + 1)}


def _place(reference: str) -> Place | None:
    match = _REFERENCE.match(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
