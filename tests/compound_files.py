"""Compound files (OLE) that tests make themselves: a header, a table of chains, a directory."""

from __future__ import annotations

import struct

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5


def entry(name: str, kind: int, *, before: int = FREE, after: int = FREE, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    head = struct.pack("<64sHBBIII", raw, len(raw) + 2 if name else 0, kind, 1, before, after, child)
    return head + bytes(36) + struct.pack("<IQ", END, 0)


def compound_file(*names: str, embedded: str = "", shift: int = 9, fillers: int = 0) -> bytes:
    """A compound file with streams of these names at its top, and one more in a storage of an embedded document.

    `fillers` free sectors stand before the directory, so that it may lie beyond the first part of the table.
    """
    size = 1 << shift
    last = len(names)
    entries = [entry("Root Entry", ROOT, child=1)]
    for number, name in enumerate(names, 1):
        following = number + 1 if number < last or embedded else FREE
        entries.append(entry(name, STREAM, after=following))
    if embedded:
        entries += [entry("ObjectPool", STORAGE, child=last + 2), entry(embedded, STREAM)]
    directory = b"".join(entries)
    directory += bytes(-len(directory) % size)
    return _file(directory, size, shift, fillers)


def _file(directory: bytes, size: int, shift: int, fillers: int) -> bytes:
    sectors, per_sector = len(directory) // size, size // 4
    tables = (fillers + sectors) // (per_sector - 2) + 1
    lists = max(0, -(-(tables - 109) // (per_sector - 1)))
    first = tables + lists + fillers
    chains = [TABLE] * (tables + lists) + [END] * fillers
    chains += [*range(first + 1, first + sectors), END]
    chains += [FREE] * (tables * per_sector - len(chains))
    numbers = list(range(tables)) + [FREE] * max(0, 109 - tables)
    more = numbers[109:] + [FREE] * (lists * (per_sector - 1) - len(numbers[109:]))
    header = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, shift, 6)
    header += struct.pack("<9I", 0, tables, first, 0, 4096, END, 0, tables if lists else END, lists)
    body = header + struct.pack("<109I", *numbers[:109]) + bytes(size - 512)
    body += struct.pack(f"<{len(chains)}I", *chains)
    for number in range(lists):
        part = more[number * (per_sector - 1) : (number + 1) * (per_sector - 1)]
        following = tables + number + 1 if number < lists - 1 else END
        body += struct.pack(f"<{per_sector}I", *part, following)
    return body + bytes(size * fillers) + directory
