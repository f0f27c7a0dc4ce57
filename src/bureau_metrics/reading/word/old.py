"""Old Word and WPS documents (doc, wps): turned into docx in memory, then read like one."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from doc2docx import convert
from doc2docx.errors import BinaryBoundsError, Doc2DocxError, EncryptedDocumentError, InvalidCompoundFile

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.word import blocks_of_word
from bureau_metrics.reading.word.package import damaged, encrypted, is_encrypted_package

_MAIN_PART = "word/document.xml"
_DELETION = b"<w:del "
_CHUNK = 1 << 20


def blocks_of_old_word(data: bytes, budget: Budget) -> list[Block]:
    """Return the paragraphs and tables of a doc or wps file.

    Another program (`ReadingLimits.to_docx`) is asked where the library cannot read the file, and where the file holds
    tracked deletions: a deletion that one of the two misses would merge two figures into one. Raises UnreadableDocument
    (`unsupported_format` where neither can read it, and all of `blocks_of_word`).
    """
    if is_encrypted_package(data):
        raise encrypted()
    try:
        docx = _by_library(data)
    except UnreadableDocument as failure:
        if failure.reason is RejectionReason.ENCRYPTED or budget.limits.to_docx is None:
            raise
        try:
            return _by_program(data, budget)
        except UnreadableDocument as second:
            raise (second if second.reason is RejectionReason.TOO_SLOW else failure) from None
    budget.check()
    if budget.limits.to_docx is not None and _holds_deletions(docx, budget):
        try:
            return _by_program(data, budget)
        except UnreadableDocument:
            budget.check()
    return blocks_of_word(docx, budget)


def _by_program(data: bytes, budget: Budget) -> list[Block]:
    assert budget.limits.to_docx is not None
    return blocks_of_word(budget.limits.to_docx(data, budget.seconds_left()), budget)


def _by_library(data: bytes) -> bytes:
    """Return the document as docx; the library takes and gives files only."""
    with tempfile.TemporaryDirectory(prefix="bureau-metrics-") as folder:
        source, target = Path(folder, "source.doc"), Path(folder, "target.docx")
        source.write_bytes(data)
        try:
            convert(source, target)
        except EncryptedDocumentError:
            raise encrypted() from None
        except (InvalidCompoundFile, BinaryBoundsError):
            raise damaged("its parts do not fit together") from None
        except Doc2DocxError:
            raise UnreadableDocument(
                RejectionReason.UNSUPPORTED_FORMAT,
                "an old Word document of a kind that cannot be read, perhaps older than Word 97",
                "open it in Word or WPS, save it as docx and give that file",
            ) from None
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (whatever a hostile file makes the library stumble over)
            raise damaged("its parts contradict each other") from None
        return target.read_bytes()


def _holds_deletions(docx: bytes, budget: Budget) -> bool:
    tail = b""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive, archive.open(_MAIN_PART) as part:
        while chunk := part.read(_CHUNK):
            budget.unpack(len(chunk))
            if _DELETION in tail + chunk:
                return True
            tail = chunk[-len(_DELETION) :]
    return False
