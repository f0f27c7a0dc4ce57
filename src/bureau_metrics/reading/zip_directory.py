"""Opens a zip file for whoever reads one: its directory, and never more of that than can be held."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument

BROKEN_ZIP = (
    zipfile.BadZipFile, struct.error, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError,
    NotImplementedError, RuntimeError, IndexError, KeyError,
)  # fmt: skip
"""What the standard library raises for a zip file that is cut off or corrupted, when opened or while read."""

# Each entry of a directory begins with these bytes, so their count bounds that of the entries before any is held in
# memory. It is generous: office documents that are stored in an archive as they are bring directories of their own.
_ENTRY_MARK = b"PK\x01\x02"
_MOST_MARKS = 100_000


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Return a zip file whose directory was read.

    Raises UnreadableDocument (`damaged`, `too_large`).
    """
    if data.count(_ENTRY_MARK) > _MOST_MARKS:
        raise UnreadableDocument(
            RejectionReason.TOO_LARGE, f"holds more than {_MOST_MARKS:,} entries", "split it into smaller archives"
        )
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_ZIP as error:
        raise UnreadableDocument(
            RejectionReason.DAMAGED,
            f"a zip file whose directory cannot be read: it is cut off or corrupted ({error})",
            "fetch or copy it again, or pack it anew",
        ) from None
