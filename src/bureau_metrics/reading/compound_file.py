"""Compound files (OLE), the container of old Office documents: which streams stand at its top."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

COMPOUND_FILE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER_SIZE = 512
_NUMBERS_IN_HEADER = 109
_ENTRY_SIZE = 128
_MOST_ENTRIES = 20_000
_LAST_SECTOR = 0xFFFFFFFA


def top_names(data: bytes) -> frozenset[str]:
    """Return the names, in small letters, of what stands at the top of a compound file; none if it cannot be followed.

    Streams of an embedded document (a worksheet in a Word document) stand deeper and are not among them.
    """
    try:
        return frozenset(_children_of_root(_directory(_Sectors(data))))
    except (struct.error, IndexError, ValueError):
        return frozenset()


class _Sectors:
    """The sectors of a compound file and the chains in which they follow each other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise ValueError("no sector size of a compound file")
        self.size = 1 << shift
        self.numbers = self.size // 4
        self.most = len(data) // self.size + 1
        self.table = list(islice(self._table(), self.most // self.numbers + 1))

    def at(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.data[start : start + self.size]

    def chain(self, number: int) -> Iterator[int]:
        """Yield the numbers of a chain's sectors, at most as many as the file can hold."""
        for _ in range(self.most):
            if number >= _LAST_SECTOR:
                return
            yield number
            table_sector = self.at(self.table[number // self.numbers])
            (number,) = struct.unpack_from("<I", table_sector, number % self.numbers * 4)

    def _table(self) -> Iterator[int]:
        """Yield the numbers of the sectors that hold the table of chains: some in the header, more in a list."""
        yield from struct.unpack_from(f"<{_NUMBERS_IN_HEADER}I", self.data, _HEADER_SIZE - 4 * _NUMBERS_IN_HEADER)
        (number,) = struct.unpack_from("<I", self.data, 68)
        for _ in range(self.most):
            if number >= _LAST_SECTOR:
                return
            *numbers, number = struct.unpack(f"<{self.numbers}I", self.at(number))
            yield from numbers


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    before: int
    after: int
    child: int


def _directory(sectors: _Sectors) -> list[_Entry]:
    (first,) = struct.unpack_from("<I", sectors.data, 48)
    entries: list[_Entry] = []
    for number in sectors.chain(first):
        sector = sectors.at(number)
        entries += [_entry(sector, offset) for offset in range(0, len(sector) - _ENTRY_SIZE + 1, _ENTRY_SIZE)]
        if len(entries) > _MOST_ENTRIES:
            break
    return entries


def _entry(sector: bytes, offset: int) -> _Entry:
    raw, length, before, after, child = struct.unpack_from("<64sHxxIII", sector, offset)
    return _Entry(raw[: max(0, length - 2)].decode("utf-16-le", "replace"), before, after, child)


def _children_of_root(entries: list[_Entry]) -> Iterator[str]:
    """Yield the names in the tree of siblings under the first entry, each once."""
    waiting, seen = [entries[0].child], set[int]()
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            yield entries[number].name.lower()
            waiting += [entries[number].before, entries[number].after]
