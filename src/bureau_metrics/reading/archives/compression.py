"""Unpacks gzip, bzip2 and xz piece by piece, so that no more is ever held than the budget allows."""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Generator, Iterator
from typing import Any, Final

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget

_PACKED_PIECE = 1 << 16
_UNPACKED_PIECE = 1 << 18
# Files that are packed block by block have a stream for each 64 KB; millions of empty streams are an attack.
_MOST_STREAMS = 10_000

_GZIP_HEADER = zlib.MAX_WBITS + 16
_DECOMPRESSORS: Final[dict[str, tuple[bytes, Callable[[], Any]]]] = {
    "gzip": (b"\x1f\x8b", lambda: zlib.decompressobj(_GZIP_HEADER)),
    "bzip2": (b"BZh", bz2.BZ2Decompressor),
    "xz": (b"\xfd7zXZ\x00", lzma.LZMADecompressor),
}
_PADDING = re.compile(rb"\0*")


def unpacked_pieces(data: bytes, kind: str, budget: Budget) -> Iterator[bytes]:
    """Yield what is packed in `data` in pieces, counted in the budget; `kind` is `gzip`, `bzip2` or `xz`.

    Streams behind one another are one content; what follows the last of them is no part of it.
    Raises UnreadableDocument (`damaged`, `too_large`).
    """
    mark, new = _DECOMPRESSORS[kind]
    position = 0
    for _ in range(_MOST_STREAMS):
        position = yield from _stream(data, position, new(), budget)
        padding = _PADDING.match(data, position)
        position = padding.end() if padding else position
        if not data.startswith(mark, position):
            return
    raise UnreadableDocument(
        RejectionReason.TOO_LARGE, f"more than {_MOST_STREAMS:,} packed streams behind one another", "pack it anew"
    )


def _stream(data: bytes, position: int, decompressor: Any, budget: Budget) -> Generator[bytes, None, int]:
    """Yield one stream that begins at `position`, and return where it ends."""
    while not decompressor.eof:
        # Those for bzip2 and xz keep what they could not yet use; the one for gzip gives it back.
        packed = data[position : position + _PACKED_PIECE] if getattr(decompressor, "needs_input", True) else b""
        position += len(packed)
        try:
            piece = decompressor.decompress(packed, _UNPACKED_PIECE)
        except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError):
            raise _damaged("is corrupted") from None
        left = decompressor.unused_data if decompressor.eof else getattr(decompressor, "unconsumed_tail", b"")
        position -= len(left)
        if piece:
            budget.unpack(len(piece))
            yield piece
        elif not packed and not decompressor.eof:
            raise _damaged("breaks off")
    return position


def _damaged(what: str) -> UnreadableDocument:
    return UnreadableDocument(
        RejectionReason.DAMAGED, f"the packed content {what}", "fetch or copy it again, or pack it anew"
    )
