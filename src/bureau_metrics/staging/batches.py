"""Many documents into staged batches: folders of gzip JSON lines that the warehouse loads without reading a document.

A batch is named by what goes into it (extractor, options, and each source's id, bytes and manifest row): a folder that
exists is whole and need not be made twice; equal inputs give equal bytes. A document that fails in any way becomes a
rejection record with its reason and never stops its batch.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import secrets
import shutil
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bureau_metrics.extraction import extract_document, extractor_fingerprint
from bureau_metrics.guarded_reading import guarded_document
from bureau_metrics.identity import identify, objection
from bureau_metrics.models import Document, RejectionReason
from bureau_metrics.reading import DEFAULT_LIMITS, ReadingLimits, UnreadableDocument, bytes_of
from bureau_metrics.reading.archives.members import member_bytes
from bureau_metrics.staged_batch import DOCUMENTS, FACTS, REJECTIONS, STAGED_FILES, SUMMARY, BatchSummary, StagingError
from bureau_metrics.staging.lines import Line, content_hash, document_lines, json_bytes, printable, rejection_line

if TYPE_CHECKING:
    from bureau_metrics.manifest import ManifestRow

DUPLICATE = "duplicate_document"
"""Reason of a rejection that no reader gives: two sources of one run have one document id."""

_OVERRIDING = {"id", "bureau", "division", "year", "published"}


class Failure(NamedTuple):
    """Why a source cannot be read: the reason, what exactly was wrong, and what a person can do."""

    reason: RejectionReason
    detail: str
    hint: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where, its document id, the SHA-256 of its bytes (None: unreadable), its manifest row if any.

    A member of an archive has a path inside the archive's own; `name` is what the document is called where that is not
    the path's last part; a source that is known not to be there carries its `failure`.
    """

    path: Path
    document_id: str
    content_hash: str | None
    override: ManifestRow | None = None
    archive: Path | None = None
    name: str | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class StagingOptions:
    """How sources are read: what one may cost, and whether documents that are no reports are rejected.

    A document that a manifest names is taken as a report on that person's word.
    """

    limits: ReadingLimits = DEFAULT_LIMITS
    reports_only: bool = True


@dataclass(frozen=True, slots=True)
class _Origin:
    options: StagingOptions
    fingerprint: str


def source_file(
    path: Path,
    document_id: str,
    override: ManifestRow | None = None,
    *,
    archive: Path | None = None,
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> SourceFile:
    """Return a source with the hash of its bytes; what cannot be read within the limits gets none, to be rejected."""
    return SourceFile(path, document_id, _hash(path, archive, limits), override, archive)


def _hash(path: Path, archive: Path | None, limits: ReadingLimits) -> str | None:
    if archive is None:
        return file_hash(path, limits.file_bytes)
    try:
        return hashlib.sha256(member_bytes(archive, path, limits)).hexdigest()
    except UnreadableDocument:
        return None


def file_hash(path: Path, most: int | None = None) -> str | None:
    """Return the SHA-256 of a file's bytes, in hexadecimal; None for no file, an unreadable one, one of more bytes."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or (most is not None and status.st_size > most):
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def source_key(source: SourceFile) -> str:
    """Return the hash of a source's id, name, bytes and manifest row: one extractor reads equal keys equally."""
    override = source.override.model_dump(mode="json", include=_OVERRIDING) if source.override else None
    return content_hash([printable(source.document_id), printable(source.path.name), source.content_hash, override])[
        :32
    ]


def stage_batch(
    sources: Sequence[SourceFile],
    staging_folder: Path,
    options: StagingOptions | None = None,
    *,
    fingerprint: str | None = None,
) -> Path:
    """Read sources into a staged batch and return its folder, `<staging>/<fingerprint>/<key>/`; kept where it exists.

    Safe to call in several processes. No document raises: each ends as a document record or a rejection record.

    Args:
        sources: the files of this batch; a second one with the same document id is rejected.
        staging_folder: where batches are kept.
        options: how sources are read.
        fingerprint: hash of the extractor; default: that of this installation.

    Raises:
        StagingError: the folder cannot be written.
    """
    origin = _Origin(options or StagingOptions(), fingerprint or extractor_fingerprint())
    key = _batch_key(sources, origin)
    folder = staging_folder / origin.fingerprint[:12] / key[:32]
    if folder.is_dir():
        return folder
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        temporary.mkdir(parents=True)
        _write_batch(temporary, sources, origin, key)
        _rename(temporary, folder)
    except OSError as error:
        raise StagingError(f"cannot write {folder}: {error.strerror or error}") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def _batch_key(sources: Sequence[SourceFile], origin: _Origin) -> str:
    where = [[printable(str(source.path)), source_key(source)] for source in sources]
    return content_hash([origin.fingerprint, asdict(origin.options), where])


def _rename(temporary: Path, folder: Path) -> None:
    """Give a complete folder its name; another process may have been first with the same content."""
    try:
        temporary.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _write_batch(folder: Path, sources: Sequence[SourceFile], origin: _Origin, key: str) -> None:
    tally: Counter[str] = Counter()
    longest = 0
    seen: set[str] = set()
    with ExitStack() as stack:
        files = {name: stack.enter_context(_gzip_lines(folder / name)) for name in STAGED_FILES}
        for source in sources:
            lines = [_duplicate(source)] if source.document_id in seen else _read(source, origin)
            seen.add(source.document_id)
            for line in lines:
                files[line.file].write(line.content + b"\n")
                tally[line.file] += 1
                tally["characters"] += line.characters
                longest = max(longest, len(line.content))
    summary = BatchSummary(
        key=key,
        fingerprint=origin.fingerprint,
        documents=tally[DOCUMENTS],
        facts=tally[FACTS],
        rejections=tally[REJECTIONS],
        characters=tally["characters"],
        longest_record=longest,
    )
    (folder / SUMMARY).write_bytes(json_bytes(asdict(summary)) + b"\n")


@contextmanager
def _gzip_lines(path: Path) -> Iterator[gzip.GzipFile]:
    """Open a gzip file whose bytes depend on nothing but its content: no name, no time."""
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6) as file:
        yield file


def _read(source: SourceFile, origin: _Origin) -> list[Line]:
    """Return the lines of one source; whatever fails becomes one rejection line."""
    if source.failure is not None:
        return [_rejected(source, *source.failure)]
    try:
        document = _document(source, origin.options.limits)
        identity = identify(document, source.override)
        doubt = objection(document, identity) if origin.options.reports_only and source.override is None else None
        if doubt is not None:
            return [_rejected(source, RejectionReason.NOT_A_REPORT, doubt, "if it is a report, name it in a manifest")]
        return document_lines(
            document,
            identity,
            extract_document(document, identity),
            path=printable(str(source.path)),
            source_key=source_key(source),
            extractor_fingerprint=origin.fingerprint,
        )
    except UnreadableDocument as error:
        return [_rejected(source, error.reason, error.detail, error.hint)]
    except Exception as error:  # noqa: BLE001 - one document must never stop its batch
        first_line = (str(error).splitlines() or [""])[0][:300]
        detail = f"{type(error).__name__}: {first_line}"
        return [
            _rejected(
                source, RejectionReason.EXTRACTION_FAILED, detail, "report it with the document; the rest is done"
            )
        ]


def _document(source: SourceFile, limits: ReadingLimits) -> Document:
    data = (
        bytes_of(source.path, limits) if source.archive is None else member_bytes(source.archive, source.path, limits)
    )
    return guarded_document(data, name=source.name or source.path.name, document_id=source.document_id, limits=limits)


def _duplicate(source: SourceFile) -> Line:
    detail = f"another source of this run has the document id {source.document_id} too"
    return _rejected(source, DUPLICATE, detail, "give the documents different ids in a manifest")


def _rejected(source: SourceFile, reason: str, detail: str, hint: str) -> Line:
    return rejection_line(source.document_id, str(source.path), str(reason), detail, hint)
