"""The first stage: what the sources mean, what of it is new or gone, and in which batches it is to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bureau_metrics.archive_sources import opened
from bureau_metrics.exports import Filters, selected
from bureau_metrics.extraction import extractor_fingerprint
from bureau_metrics.manifest import ManifestRow, read_manifest
from bureau_metrics.models import RejectionReason
from bureau_metrics.pipeline.addresses import fetched_sources, take_lists
from bureau_metrics.pipeline.gone_documents import gone_documents
from bureau_metrics.pipeline.records import Plan, RunRequest
from bureau_metrics.pipeline.reviewing import with_decided_identities
from bureau_metrics.reading import ReadingLimits
from bureau_metrics.settings import Home
from bureau_metrics.sources import Absence, Findings, FoundFile, KnownDocument, find_files, settle_ids
from bureau_metrics.staging import Failure, SourceFile, source_file, source_key
from bureau_metrics.staging.plans import BatchPlan
from bureau_metrics.warehouse import (
    OWN_LIMITS,
    extracted_state,
    new_run,
    open_read_only,
    run_query,
    sql_file,
)

SMALLEST_BATCH = 25


class NothingToRead(Exception):
    """No source led to a file; the message names each source and why."""


Expect = Callable[[int], None]
"""Told how many files there are, before it is known how many of them are to be read."""


def discover(request: RunRequest, expect: Expect | None = None) -> Plan:
    """Find the files, apply the manifest, leave out what is extracted already, and write the plan of each batch.

    Archives are opened, and lists of addresses are fetched. `expect` is told of the files as soon as they are found.

    Raises:
        NothingToRead: no source led to a file.
        ManifestError: the manifest or a list of addresses cannot be used.
        PruneRefused: documents are to be closed whose sources are gone, and not all sources could be looked at.
        ExportError: a filter of a backfill means nothing in this warehouse.
    """
    home = Home.at(request.home)
    findings = find_files(request.sources, leave_out=[home.root, *([request.manifest] if request.manifest else [])])
    if expect is not None:
        expect(len(findings.files))
    lists, findings = take_lists(findings)
    findings = opened(findings, request.limits)
    fetched = fetched_sources(lists, home.originals, request.fetching)
    if not findings.files and not fetched:
        raise NothingToRead(f"nothing to read: {'; '.join(map(str, findings.absences))}")
    run = new_run(extractor_fingerprint(), request.sources)
    known = _known_documents(home)
    sources = with_decided_identities([*_sources(findings.files, known, request), *fetched], home)
    gone = gone_documents(request, findings, known, {source.document_id for source in sources})
    if request.backfill is not None:
        held_in_range = _documents_in_range(home, request.backfill)
        sources = [source for source in sources if source.document_id in held_in_range]
        findings = replace(findings, absences=())
    extracted = extracted_state(home, run.extractor_fingerprint)
    held = [(source, source.failure is None and source_key(source) in extracted) for source in sources]
    fresh = [source for source, is_held in held if not is_held] + _rejections(findings)
    folder = home.staging / "plans" / run.run_key
    return Plan(
        run=run,
        home=home,
        plan_files=_write_batches(fresh, folder, request, run.extractor_fingerprint),
        documents=len(fresh),
        unchanged=tuple(source.document_id for source, is_held in held if is_held),
        absences=tuple(absence for absence in findings.absences if not _is_document(absence)),
        workers=request.most_workers,
        gone=gone,
        prune=request.prune,
        cluster=request.cluster,
    )


def _sources(files: Sequence[FoundFile], known: Sequence[KnownDocument], request: RunRequest) -> list[SourceFile]:
    manifest = request.manifest
    read = [document for document in known if document.content_hash]
    rows = read_manifest(manifest).match([str(file.path) for file in files]) if manifest else {}
    return [_source(file, rows.get(str(file.path)), request.limits) for file in settle_ids(files, read)]


def _source(file: FoundFile, row: ManifestRow | None, limits: ReadingLimits) -> SourceFile:
    document_id = (row and row.id) or file.document_id
    return source_file(file.path, document_id, row, archive=file.archive, limits=limits)


def _known_documents(home: Home) -> list[KnownDocument]:
    if not home.published.exists():
        return []
    rows = run_query(home, sql_file("load/describe", "known_documents").text, limits=OWN_LIMITS).rows
    return [KnownDocument(*map(str, row)) for row in rows]


def _documents_in_range(home: Home, filters: Filters) -> frozenset[str]:
    """Return the ids of the documents that the filters of a backfill mean."""
    with open_read_only(home) as connection:
        chosen = selected(connection, filters).parameters()
        range_of = {name: chosen[name] for name in ("years", "bureaus")}
        statement = sql_file("load/describe", "documents_in_range").text
        return frozenset(str(row[0]) for row in run_query(connection, statement, range_of, limits=OWN_LIMITS).rows)


# What is wrong with a folder concerns no document.
_OF_FOLDERS = (RejectionReason.UNREADABLE, RejectionReason.EMPTY)


def _is_document(absence: Absence) -> bool:
    return absence.reason not in _OF_FOLDERS or Path(absence.source).is_file()


def _rejections(findings: Findings) -> list[SourceFile]:
    """Return what was named and cannot be read: each becomes a rejection, as a document that somebody expected."""
    return [
        SourceFile(
            Path(absence.source), absence.source, None, failure=Failure(absence.reason, absence.detail, absence.hint)
        )
        for absence in findings.absences
        if _is_document(absence)
    ]


def _write_batches(
    sources: Sequence[SourceFile], folder: Path, request: RunRequest, fingerprint: str
) -> tuple[Path, ...]:
    size = min(request.batch_size, max(SMALLEST_BATCH, -(-len(sources) // request.most_workers)))
    # One batch at least, though it be empty: what else has changed (views, the catalogue) is still to be published.
    batches = [tuple(sources[start : start + size]) for start in range(0, max(len(sources), 1), size)]
    return tuple(
        BatchPlan(batch, Home.at(request.home).staging, request.limits, fingerprint).write(
            folder / f"batch-{number:05d}.json"
        )
        for number, batch in enumerate(batches, 1)
    )
