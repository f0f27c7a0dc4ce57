"""Decisions of reviewers into the warehouse: like a run, a whole new warehouse is published, or nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bureau_metrics import exports, warehouse
from bureau_metrics.extraction import extractor_fingerprint
from bureau_metrics.manifest import ManifestRow
from bureau_metrics.review import read_answers
from bureau_metrics.settings import Home
from bureau_metrics.staging import SourceFile
from bureau_metrics.warehouse import DecisionCounts, new_run, open_read_only, run_query

_DECIDED = (
    "SELECT document_id, field, decided_value FROM review_decision "
    "WHERE mention_id IS NULL AND decision = 'correct' AND valid_to_run IS NULL"
)
_OVERRULED = ("bureau", "division", "year", "published")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What applying a workbook changed: rows of decisions, and documents whose identity the next run is to take."""

    decided: int
    counts: DecisionCounts
    published: bool
    documents: int


def apply_review(home: Home, workbook: Path, reviewer: str | None = None) -> Reviewed:
    """Record the decisions of a workbook, run the audit anew, publish, and write the CSV files again.

    Applying a workbook twice changes nothing the second time.

    Raises:
        ReviewError: the workbook cannot be applied; nothing was changed.
        WarehouseError: nothing was published there, another run works on it, or it cannot be written.
    """
    with open_read_only(home) as connection:
        decisions = read_answers(workbook, connection, reviewer)
    run = new_run(extractor_fingerprint(), [workbook.name])
    candidate = warehouse.prepare_candidate(home, run)
    try:
        counts = warehouse.record_decisions(candidate, decisions, run)
        warehouse.audit(candidate, run)
        publication = warehouse.publish(home, candidate, run)
    except BaseException:
        warehouse.discard(home, candidate)
        raise
    if publication.published:
        exports.renew_csv_files(home)
    subjects = {
        (decision.document_id, decision.mention_id, decision.metric, decision.measure) for decision in decisions
    }
    documents = {decision.document_id for decision in decisions if decision.mention_id is None and decision.field}
    return Reviewed(len(subjects), counts, publication.published, len(documents))


def with_decided_identities(sources: Iterable[SourceFile], home: Home) -> list[SourceFile]:
    """Return the sources with what reviewers decided about their identities; a manifest overrules a decision."""
    decided: dict[str, dict[str, str]] = {}
    if home.published.exists():
        for document_id, field, value in run_query(home, _DECIDED).rows:
            decided.setdefault(str(document_id), {})[str(field)] = str(value)
    return [_overruled(source, decided.get(source.document_id)) for source in sources]


def _overruled(source: SourceFile, decided: dict[str, str] | None) -> SourceFile:
    if not decided:
        return source
    row = ManifestRow.model_validate({"file": source.document_id, **decided})
    if source.override is not None:
        said = {name: getattr(source.override, name) for name in _OVERRULED}
        row = row.model_copy(update={name: value for name, value in said.items() if value is not None})
    return replace(source, override=row)
