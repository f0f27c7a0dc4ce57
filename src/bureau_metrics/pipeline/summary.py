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
from bureau_metrics.pipeline.records import BatchPlan, DocumentOutcome, Plan, RunSummary, State
from bureau_metrics.sources import Absence
from bureau_metrics.staged_batch import REJECTIONS
from bureau_metrics.warehouse import AuditCounts, LoadCounts, Publication

CURRENT_READINGS = "SELECT document_id, path, bureau, report_year, facts, confidence, doubts FROM document_summary"
REVIEW_HINT = "say it in a manifest: --manifest FILE"


def summarise(
    plan: Plan,
    batches: Sequence[Path],
    load: LoadCounts,
    audit: AuditCounts,
    publication: Publication,
    exports: tuple[Path, ...],
) -> RunSummary:
    """Return what a run did; documents are ordered by id."""
    rejected = [*_rejections(batches), *map(_absent, plan.absences)]
    outcomes = [*_readings(plan, Counter(outcome.document_id for outcome in rejected)), *rejected]
    held = warehouse.summary(plan.home)
    return RunSummary(
        run_key=plan.run.run_key,
        published=publication.published,
        documents=tuple(sorted(outcomes, key=lambda outcome: outcome.document_id)),
        facts=sum(outcome.facts for outcome in outcomes),
        facts_new=load.facts_new,
        metrics=held.metrics,
        bureaus=held.bureaus,
        cells=held.cells,
        findings=audit.findings_open,
        warehouse=publication.path,
        exports=exports,
    )


def _readings(plan: Plan, rejected: Counter[str]) -> Iterator[DocumentOutcome]:
    """Yield the documents of this run that the warehouse holds."""
    planned = Counter(source.document_id for file in plan.plan_files for source in BatchPlan.read(file).sources)
    loaded = planned - rejected
    unchanged = frozenset(plan.unchanged)
    for row in warehouse.run_query(plan.home, CURRENT_READINGS).rows:
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
