"""Binary Excel workbooks (xlsb): the parts of an xlsx as records, each with its kind, its length and its data."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from

from bureau_metrics.reading.sheets.number_format import GENERAL, built_in, number_text
from bureau_metrics.reading.sheets.sheet import CELL_COST, Place, Sheet
from bureau_metrics.reading.zip_package import ZipPackage

_ROW, _RK, _BOOLEAN, _REAL, _STRING, _SHARED = 0, 2, 4, 5, 6, 7
_FORMULA_STRING, _FORMULA_NUMBER, _FORMULA_BOOLEAN = 8, 9, 10
_SHARED_ITEM, _FORMAT, _STYLE, _COLUMNS, _MERGED = 19, 44, 47, 60, 176
_WORKBOOK_PROPERTIES, _SHEET = 153, 156
_STYLES_BEGIN, _STYLES_END = 617, 618
_ROW_HIDDEN = 0x10
_MOST_COLUMNS = 16_384

Record = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class _Workbook:
    package: ZipPackage
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool

    def text(self, kind: int, data: bytes) -> str:
        """Return what a cell shows; nothing for an error."""
        if kind in (_STRING, _FORMULA_STRING):
            return _string(data, 8)[0]
        if kind == _SHARED:
            index = unpack_from("<I", data, 8)[0]
            return self.strings[index] if index < len(self.strings) else ""
        if kind in (_BOOLEAN, _FORMULA_BOOLEAN):
            return "TRUE" if data[8] else "FALSE"
        if kind in (_REAL, _FORMULA_NUMBER, _RK):
            value = _packed(unpack_from("<I", data, 8)[0]) if kind == _RK else unpack_from("<d", data, 8)[0]
            style = unpack_from("<I", data, 4)[0] & 0xFFFFFF
            code = self.formats[style] if style < len(self.formats) else GENERAL
            return number_text(value, code, from_1904=self.from_1904)
        return ""


def sheets_of_xlsb(package: ZipPackage) -> Iterator[Sheet]:
    """Yield the visible sheets of a binary workbook in the order of their tabs."""
    workbook_records = list(_records(package, "xl/workbook.bin"))
    relations = {
        relation.get("Id", ""): posixpath.join("/xl", relation.get("Target", ""))
        for relation in package.root("xl/_rels/workbook.bin.rels")
        if relation.get("Type", "").endswith("/worksheet")
    }
    from_1904 = any(kind == _WORKBOOK_PROPERTIES and bool(data[0] & 1) for kind, data in workbook_records)
    workbook = _Workbook(package, tuple(_shared_strings(package)), tuple(_formats(package)), from_1904)
    for kind, data in workbook_records:
        if kind == _SHEET and unpack_from("<I", data)[0] == 0:  # neither hidden nor very hidden
            relation, end = _string(data, 8)
            if relations.get(relation, "") in package:
                package.budget.page()
                yield _sheet(workbook, _string(data, end)[0], relations[relation])


def _sheet(workbook: _Workbook, name: str, part: str) -> Sheet:
    texts: dict[Place, str] = {}
    spans: dict[Place, Place] = {}
    hidden_columns: set[int] = set()
    row, hidden = 0, False
    for kind, data in _records(workbook.package, part):
        if kind == _ROW:
            row, hidden = unpack_from("<I", data)[0] + 1, bool(data[11] & _ROW_HIDDEN)
        elif kind <= _FORMULA_BOOLEAN:
            column = unpack_from("<I", data)[0] + 1
            text = "" if hidden or column in hidden_columns else workbook.text(kind, data)
            if text.strip():
                texts[row, column] = text
                workbook.package.budget.unpack(CELL_COST)
        elif kind == _COLUMNS and unpack_from("<H", data, 16)[0] & 1:
            first, last = unpack_from("<II", data)
            hidden_columns.update(range(first + 1, min(last + 1, _MOST_COLUMNS) + 1))
        elif kind == _MERGED:
            top, bottom, left, right = unpack_from("<IIII", data)
            if bottom >= top and right >= left:
                spans[top + 1, left + 1] = (bottom - top + 1, right - left + 1)
    return Sheet(name, texts, spans)


def _shared_strings(package: ZipPackage) -> Iterator[str]:
    if "xl/sharedStrings.bin" in package:
        for kind, data in _records(package, "xl/sharedStrings.bin"):
            if kind == _SHARED_ITEM:
                yield _string(data, 1)[0]


def _formats(package: ZipPackage) -> Iterator[str]:
    """Yield the number format of each cell style in order."""
    if "xl/styles.bin" not in package:
        return
    own: dict[int, str] = {}
    of_cells = False
    for kind, data in _records(package, "xl/styles.bin"):
        if kind == _FORMAT:
            own[unpack_from("<H", data)[0]] = _string(data, 2)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            of_cells = kind == _STYLES_BEGIN
        elif kind == _STYLE and of_cells:
            number = unpack_from("<H", data, 2)[0]
            yield own[number] if number in own else built_in(number)


def _records(package: ZipPackage, name: str) -> Iterator[Record]:
    data = package.bytes_of(name)
    place = 0
    while place < len(data):
        kind, place = _number(data, place, 2)
        length, place = _number(data, place, 4)
        yield kind, data[place : place + length]
        place += length


def _number(data: bytes, place: int, most: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, and the place behind it."""
    number = 0
    for index in range(most):
        byte = data[place + index]
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return number, place + index + 1
    return number, place + most


def _string(data: bytes, place: int) -> tuple[str, int]:
    length = unpack_from("<I", data, place)[0]
    end = place + 4 + 2 * length
    return data[place + 4 : end].decode("utf-16-le", errors="replace"), end


def _packed(number: int) -> float:
    """Return the number that 30 bits hold: a whole one or the upper half of a real one, whole or in hundredths."""
    if number & 2:
        value = float((number >> 2) - (1 << 30 if number & 0x80000000 else 0))
    else:
        value = unpack_from("<d", b"\0\0\0\0" + (number & 0xFFFFFFFC).to_bytes(4, "little"))[0]
    return value / 100 if number & 1 else value
