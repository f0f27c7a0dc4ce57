"""Counts what the compressed parts of a PDF file unpack to, before a library that trusts them unpacks them."""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from bureau_metrics.reading.limits import Budget

_STREAM = re.compile(rb"stream\r?\n")
_LONGEST_HEAD = 4096
_PIECE = 1 << 20
_FILTER = re.compile(rb"/(FlateDecode|Fl|ASCII85Decode|A85|ASCIIHexDecode|AHx)(?![A-Za-z0-9])")
_PICTURE = re.compile(rb"/Subtype\s*/Image(?![A-Za-z])")
_FLATE = (b"FlateDecode", b"Fl")
_ASCII85 = (b"ASCII85Decode", b"A85")


def count_unpacked(data: bytes, budget: Budget) -> None:
    """Count in the budget what the streams of a PDF file unpack to; pictures are left out, as nothing unpacks them.

    Streams that are damaged, encrypted or packed in another way count for what can be unpacked of them here.
    """
    end = 0
    for match in _STREAM.finditer(data):
        if match.start() < end or data[max(0, match.start() - 3) : match.start()] == b"end":
            continue
        head = _head(data, match.start())
        filters = _FILTER.findall(head)
        if filters and not _PICTURE.search(head):
            end = _count(data, match.end(), filters, budget)
        budget.check()


def _head(data: bytes, stream: int) -> bytes:
    """Return the dictionary before a stream."""
    head = data[max(0, stream - _LONGEST_HEAD) : stream]
    return head[head.rfind(b" obj") + 1 :]


def _count(data: bytes, start: int, filters: list[bytes], budget: Budget) -> int:
    """Count what one stream unpacks to and return where its packed bytes end."""
    if filters[0] in _FLATE and len(filters) == 1:
        return start + _inflate(memoryview(data)[start:], budget, keep=False)[0]
    end = data.find(b"endstream", start)
    packed = data[start : end if end >= 0 else len(data)]
    end = start + len(packed)
    for place, name in enumerate(filters):
        if name in _FLATE:
            _, packed = _inflate(memoryview(packed), budget, keep=place < len(filters) - 1)
        else:
            packed = _from_ascii(packed, name)
            budget.unpack(len(packed))
    return end


def _from_ascii(packed: bytes, name: bytes) -> bytes:
    try:
        if name in _ASCII85:
            return base64.a85decode(packed.strip().removesuffix(b"~>"))
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", packed)
        return binascii.unhexlify(digits[: len(digits) // 2 * 2])
    except ValueError:
        return b""


def _inflate(packed: memoryview, budget: Budget, *, keep: bool) -> tuple[int, bytes]:
    """Unpack piece by piece and return how many bytes were read, and, where wanted, what they hold."""
    unpacker, read, pieces = zlib.decompressobj(), 0, list[bytes]()
    waiting = b""
    try:
        while not unpacker.eof:
            if not waiting:
                waiting = bytes(packed[read : read + _PIECE])
                read += len(waiting)
            piece = unpacker.decompress(waiting, _PIECE)
            if not waiting and not piece:
                break
            waiting = unpacker.unconsumed_tail
            budget.unpack(len(piece))
            if keep:
                pieces.append(piece)
    except zlib.error:
        pass
    return read - len(unpacker.unused_data) - len(waiting), b"".join(pieces)
