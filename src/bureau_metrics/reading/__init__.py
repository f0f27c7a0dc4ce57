"""Source bytes → Document: one module a format, one that recognises the format by content."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from bureau_metrics.models import Document, RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.plain_text import canonical, decode
from bureau_metrics.reading.recognition import TEXT, recognise

__all__ = ["MAX_BYTES", "UnreadableDocument", "document_from_bytes", "read_document"]

MAX_BYTES = 64 * 1024 * 1024


def read_document(path: Path, *, document_id: str | None = None, max_bytes: int = MAX_BYTES) -> Document:
    """Read one source file.

    `document_id` defaults to the file's name; `max_bytes` is the size in bytes above which the file is not even opened.
    Raises UnreadableDocument (`missing`, `unreadable`, `empty`, `too_large`, `unsupported_format`, `binary`,
    `undecodable`).
    """
    path = Path(path)
    data = _bytes_of(path, max_bytes)
    return document_from_bytes(data, name=path.name, document_id=document_id or path.name)


def document_from_bytes(data: bytes, *, name: str, document_id: str) -> Document:
    """Return the Document that the bytes of one source hold; raises UnreadableDocument like `read_document`."""
    if not data:
        raise UnreadableDocument(RejectionReason.EMPTY, "the file is empty", "check that it was saved completely")
    format_ = recognise(data)
    if format_ is not None:
        raise UnreadableDocument(
            RejectionReason.UNSUPPORTED_FORMAT, f"{format_.title}, which cannot be read", format_.hint
        )
    text, encoding = decode(data)
    return Document(
        document_id=document_id,
        name=name,
        text=canonical(text),
        content_hash=hashlib.sha256(data).hexdigest(),
        format=TEXT,
        encoding=encoding,
    )


def _bytes_of(path: Path, max_bytes: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would block for ever, a device never end
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
            raise UnreadableDocument(RejectionReason.UNREADABLE, f"{kind}, not a report", "give a file")
        _refuse_large(status.st_size, max_bytes)
        with path.open("rb") as source:
            data = source.read(status.st_size + 1)
            if len(data) > status.st_size:  # it has grown since, or the system did not know its size
                data += source.read(max_bytes)
    except FileNotFoundError:
        raise UnreadableDocument(RejectionReason.MISSING, "no such file", "check the path") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableDocument(
            RejectionReason.UNREADABLE, f"cannot be opened: {detail}", "check the path and who may read it"
        ) from None
    _refuse_large(len(data), max_bytes)
    return data


def _refuse_large(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise UnreadableDocument(
            RejectionReason.TOO_LARGE,
            f"{size:,} bytes, more than the limit of {max_bytes:,}",
            "split it, or raise the limit (BUREAU_METRICS_MAX_BYTES)",
        )
