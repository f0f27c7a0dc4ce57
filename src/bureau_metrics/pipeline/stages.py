"""The stages of a run, and their order: discover, extract the batches, load, audit, publish, export."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bureau_metrics import exports, warehouse
from bureau_metrics.pipeline.extracting import extract_all
from bureau_metrics.pipeline.extraction_processes import ExtractionProcesses, processes_of
from bureau_metrics.pipeline.planning import Expect, discover
from bureau_metrics.pipeline.records import Plan, RunRequest
from bureau_metrics.pipeline.run_summary import RunSummary
from bureau_metrics.pipeline.summary import changes_of, summarise
from bureau_metrics.rendering import progress_bar
from bureau_metrics.warehouse import AuditCounts, LoadCounts, Publication, WarehouseError

BESIDE_EXPORTS = 3
"""The summary that is made beside the exports gets a third of the memory that they have."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A candidate warehouse with the batches in it, not yet published, and what the load changed."""

    candidate: Path
    counts: LoadCounts


def load(plan: Plan, batches: Sequence[Path]) -> Loaded:
    """Load staged batches into a private copy of the warehouse, in one transaction.

    Raises:
        WarehouseError: another run works on this home, or the warehouse or a batch cannot be used.
    """
    candidate = warehouse.prepare_candidate(plan.home, plan.run)
    try:
        gone = plan.gone if plan.prune else ()
        return Loaded(candidate, warehouse.load_batches(candidate, batches, plan.run, gone=gone))
    except BaseException:
        warehouse.discard(plan.home, candidate)
        raise


def audit(plan: Plan, loaded: Loaded) -> AuditCounts:
    """Check the figures of the candidate against each other; a finding is recorded and never stops a run."""
    return warehouse.audit(loaded.candidate, plan.run, lambda steps: progress_bar("auditing", steps))


def publish(plan: Plan, loaded: Loaded) -> Publication:
    """Swap the candidate in as the published warehouse, or drop it where nothing changed.

    Raises:
        WarehouseError: the candidate breaks a rule, or cannot be swapped in; the published file stays as it was.
    """
    return warehouse.publish(plan.home, loaded.candidate, plan.run)


def export(plan: Plan) -> tuple[Path, ...]:
    """Write the CSV files of the published warehouse; return their paths."""
    return exports.renew_csv_files(plan.home)


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of a run, plain or wrapped as tasks."""

    discover: Callable[[RunRequest, Expect], Plan] = discover
    extract_all: Callable[[Plan, ExtractionProcesses], list[Path]] = extract_all
    load: Callable[[Plan, Sequence[Path]], Loaded] = load
    audit: Callable[[Plan, Loaded], AuditCounts] = audit
    publish: Callable[[Plan, Loaded], Publication] = publish
    export: Callable[[Plan], tuple[Path, ...]] = export


def run_stages(request: RunRequest, stages: Stages) -> RunSummary:
    """Run all stages and return the summary: a whole new warehouse is published, or nothing is changed.

    A dry run stops before it publishes: its summary is about the warehouse as it would be.

    Raises:
        NothingToRead: no source led to a file.
        PruneRefused, ManifestError, ExportError, StagingError, WarehouseError: the run cannot go on; what was staged is
            used by the next one.
    """
    with processes_of(request) as processes:
        plan = stages.discover(request, processes.expect)
        try:
            batches = stages.extract_all(plan, processes)
            return _published(plan, batches, stages, dry_run=request.dry_run)
        finally:
            shutil.rmtree(plan.home.staging / "plans" / plan.run.run_key, ignore_errors=True)


def _published(plan: Plan, batches: Sequence[Path], stages: Stages, *, dry_run: bool) -> RunSummary:
    """Load, audit, publish and export; return the summary."""
    loaded = stages.load(plan, batches)
    try:
        stages.audit(plan, loaded)
        if dry_run:
            return _tried(plan, batches, loaded)
        publication = stages.publish(plan, loaded)
    except BaseException:
        warehouse.discard(plan.home, loaded.candidate)
        raise
    summarised = partial(summarise, plan, batches, loaded.counts, publication)
    with ThreadPoolExecutor(max_workers=1) as beside:
        told = beside.submit(summarised, part=BESIDE_EXPORTS)
        exported = stages.export(plan)
    # A warehouse for which that is too little memory is summarised once the exports have given theirs back.
    too_little = isinstance(told.exception(), WarehouseError)
    summary = replace(summarised() if too_little else told.result(), exports=exported)
    _log(plan, summary)
    return summary


def _tried(plan: Plan, batches: Sequence[Path], loaded: Loaded) -> RunSummary:
    """Return the summary of a run that is not published, and drop its candidate."""
    changes = changes_of(plan, loaded.candidate)
    summary = summarise(plan, batches, loaded.counts, Publication(loaded.candidate, published=False), changes)
    warehouse.discard(plan.home, loaded.candidate)
    return summary


def run_direct(request: RunRequest) -> RunSummary:
    """Run all stages in this process, without Prefect. Raises what `run_stages` raises."""
    return run_stages(request, Stages())


def _log(plan: Plan, summary: RunSummary) -> None:
    """Add the run's figures to logs/runs.jsonl; a log that cannot be written is no reason to fail."""
    entry = {"started_at": plan.run.started_at.isoformat(timespec="seconds"), "sources": list(plan.run.sources)}
    with suppress(OSError):
        plan.home.logs.mkdir(parents=True, exist_ok=True)
        with (plan.home.logs / "runs.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps({**entry, **summary.record()}, ensure_ascii=False) + "\n")
