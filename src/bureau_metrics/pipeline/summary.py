"""What became of every document of a run, read back from what was staged and published."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bureau_metrics import warehouse
from bureau_metrics.models import Confidence
from bureau_metrics.pipeline.records import Plan
from bureau_metrics.pipeline.run_summary import DocumentOutcome, DocumentOutcomes, RunSummary, State
from bureau_metrics.rendering import Rows
from bureau_metrics.sources import Absence
from bureau_metrics.staged_batch import REJECTIONS
from bureau_metrics.staging.plans import BatchPlan
from bureau_metrics.warehouse import OWN_LIMITS, Connection, LoadCounts, Publication

CURRENT_READINGS = "SELECT document_id, path, bureau, report_year, facts, confidence, doubts FROM document_summary"
REVIEW_HINT = "say it in a manifest: --manifest FILE"


def summarise(
    plan: Plan,
    batches: Sequence[Path],
    load: LoadCounts,
    publication: Publication,
    changes: Rows | None = None,
    part: int = 1,
) -> RunSummary:
    """Return what a run did, its exports aside; with a part of the memory where it has not all of it."""
    rejected = [*_rejections(batches), *map(_absent, plan.absences)]
    with warehouse.open_for_export(publication.path, part=part) as connection:
        readings = [*_readings(plan, connection, Counter(outcome.document_id for outcome in rejected))]
        held = warehouse.summary(connection)
    outcomes = [*readings, *rejected]
    if plan.prune:
        outcomes += [DocumentOutcome(gone, gone, State.CLOSED) for gone in plan.gone]
    return RunSummary(
        run_key=plan.run.run_key,
        published=publication.published,
        documents=DocumentOutcomes(outcomes),
        load=load,
        held=held,
        warehouse=publication.path,
        gone=() if plan.prune else plan.gone,
        changes=changes,
    )


def changes_of(plan: Plan, candidate: Path) -> Rows:
    """Return the figures that a candidate would change, against what is published; all of them where nothing is."""
    answer = warehouse.candidate_changes(candidate, plan.run)
    return Rows(answer.columns, answer.rows)


def _readings(plan: Plan, connection: Connection, rejected: Counter[str]) -> Iterator[DocumentOutcome]:
    """Yield the documents of this run that the warehouse holds."""
    planned = Counter(source.document_id for file in plan.plan_files for source in BatchPlan.read(file).sources)
    loaded = planned - rejected
    unchanged = frozenset(plan.unchanged)
    for row in warehouse.run_query(connection, CURRENT_READINGS, limits=OWN_LIMITS).rows:
        document_id = str(row[0])
        if document_id in loaded or document_id in unchanged:
            yield _outcome(row, State.LOADED if document_id in loaded else State.UNCHANGED)


def _outcome(row: Sequence[Any], state: State) -> DocumentOutcome:
    document_id, path, bureau, year, facts, confidence, doubts = row
    outcome = DocumentOutcome(document_id, path, state, bureau, year, facts)
    if not doubts and confidence != Confidence.LOW:
        return outcome
    detail = f"not settled: {', '.join(doubts)}" if doubts else "its identity is doubtful"
    return replace(outcome, state=State.NEEDS_REVIEW, reason="identity", detail=detail, hint=REVIEW_HINT)


def _rejections(batches: Sequence[Path]) -> Iterator[DocumentOutcome]:
    for batch in batches:
        with gzip.open(batch / REJECTIONS, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield DocumentOutcome(state=State.REJECTED, **record)


def _absent(absence: Absence) -> DocumentOutcome:
    return DocumentOutcome(
        absence.source, absence.source, State.REJECTED, reason=absence.reason, detail=absence.detail, hint=absence.hint
    )
