"""Source bytes → Document: one module a format, one that recognises the format by content."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from bureau_metrics.models import Document, RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.formats import text_of
from bureau_metrics.reading.limits import DEFAULT_LIMITS, Budget, ReadingLimits
from bureau_metrics.reading.plain_text import canonical, decode

__all__ = [
    "DEFAULT_LIMITS",
    "ReadingLimits",
    "UnreadableDocument",
    "bytes_of",
    "document_from_bytes",
    "plain_text_of",
    "read_document",
]


def read_document(path: Path, *, document_id: str | None = None, limits: ReadingLimits = DEFAULT_LIMITS) -> Document:
    """Read one source file.

    `document_id` defaults to the file's name; a file over the limit in bytes is not even opened. Raises
    UnreadableDocument with one of the reasons of `RejectionReason`.
    """
    path = Path(path)
    data = bytes_of(path, limits)
    return document_from_bytes(data, name=path.name, document_id=document_id or path.name, limits=limits)


def document_from_bytes(
    data: bytes, *, name: str, document_id: str, limits: ReadingLimits = DEFAULT_LIMITS
) -> Document:
    """Return the Document that the bytes of one source hold; raises UnreadableDocument like `read_document`."""
    _refuse_large(len(data), limits.file_bytes)
    _refuse_empty(data)
    read = text_of(data, Budget(limits))
    _refuse_long(len(read.text), limits.characters)
    return Document(
        document_id=document_id,
        name=name,
        text=read.text,
        content_hash=hashlib.sha256(data).hexdigest(),
        format=read.format,
        encoding=read.encoding,
        layout=read.layout,
    )


def plain_text_of(path: Path) -> str:
    """Return the text of a file that is plain text, whatever it looks like (a manifest); raises UnreadableDocument."""
    data = bytes_of(Path(path), DEFAULT_LIMITS)
    _refuse_empty(data)
    return canonical(decode(data)[0])


def bytes_of(path: Path, limits: ReadingLimits) -> bytes:
    """Return the bytes of a file; raises UnreadableDocument (`missing`, `unreadable`, `too_large`)."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would block for ever, a device never end
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
            raise UnreadableDocument(RejectionReason.UNREADABLE, f"{kind}, not a report", "give a file")
        _refuse_large(status.st_size, limits.file_bytes)
        with path.open("rb") as source:
            data = source.read(status.st_size + 1)
            if len(data) > status.st_size:  # it has grown since, or the system did not know its size
                data += source.read(limits.file_bytes)
    except FileNotFoundError:
        raise UnreadableDocument(RejectionReason.MISSING, "no such file", "check the path") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableDocument(
            RejectionReason.UNREADABLE, f"cannot be opened: {detail}", "check the path and who may read it"
        ) from None
    _refuse_large(len(data), limits.file_bytes)
    return data


def _refuse_long(characters: int, most: int) -> None:
    if characters > most:
        raise UnreadableDocument(
            RejectionReason.TOO_LARGE,
            f"a text of {characters:,} characters, more than the limit of {most:,}",
            "split it, or raise the limit (BUREAU_METRICS_MAX_CHARACTERS)",
        )


def _refuse_empty(data: bytes) -> None:
    if not data:
        raise UnreadableDocument(RejectionReason.EMPTY, "the file is empty", "check that it was saved completely")


def _refuse_large(size: int, most: int) -> None:
    if size > most:
        raise UnreadableDocument(
            RejectionReason.TOO_LARGE,
            f"{size:,} bytes, more than the limit of {most:,}",
            "split it, or raise the limit (BUREAU_METRICS_MAX_BYTES)",
        )
