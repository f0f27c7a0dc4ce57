"""The stages after planning as plain functions, and the one composition of all of them.

`run_stages` takes the stages as arguments, so that the same order of things and the same care for a failed run hold
with Prefect and without.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bureau_metrics import exports, warehouse
from bureau_metrics.pipeline.planning import discover
from bureau_metrics.pipeline.records import BatchPlan, Plan, RunRequest, RunSummary
from bureau_metrics.pipeline.summary import summarise
from bureau_metrics.rendering import progress_bar
from bureau_metrics.staging import StagingOptions, stage_batch
from bureau_metrics.warehouse import AuditCounts, LoadCounts, Publication

MANY_DOCUMENTS = 50


@dataclass(frozen=True, slots=True)
class Loaded:
    """A candidate warehouse with the batches in it, not yet published, and what the load changed."""

    candidate: Path
    counts: LoadCounts


def extract_batch(plan_file: Path) -> Path:
    """Read and extract the documents of one batch; return the folder of the staged batch.

    A document that fails becomes a rejection in the batch. A batch that is staged already is not made again.

    Raises:
        StagingError: the batch cannot be written.
    """
    plan = BatchPlan.read(plan_file)
    options = StagingOptions(plan.limits)
    return stage_batch(plan.sources, plan.staging, options, fingerprint=plan.fingerprint)


@contextmanager
def extraction_processes(plan: Plan) -> Iterator[Executor | None]:
    """Yield processes to extract batches in where there are many documents, else None: then this process does it."""
    workers = min(plan.workers, len(plan.plan_files))
    if plan.documents <= MANY_DOCUMENTS or workers < 2:
        yield None
        return
    # Not forked: the same on every system, and safe beside Prefect's threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as executor:
        try:
            yield executor
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise


def extract_all(plan: Plan) -> list[Path]:
    """Extract all batches of a plan, with a progress bar on a terminal; return their staged folders in order."""
    with extraction_processes(plan) as executor, progress_bar("extracting", len(plan.plan_files)) as advance:
        if executor is None:
            return [_and(advance, extract_batch(plan_file)) for plan_file in plan.plan_files]
        futures = [executor.submit(extract_batch, plan_file) for plan_file in plan.plan_files]
        for future in as_completed(futures):
            _and(advance, future.result())
        return [future.result() for future in futures]


def _and(advance: Callable[[int], None], folder: Path) -> Path:
    advance(1)
    return folder


def load(plan: Plan, batches: Sequence[Path]) -> Loaded:
    """Load staged batches into a private copy of the warehouse, in one transaction.

    Raises:
        WarehouseError: another run works on this home, or the warehouse or a batch cannot be used.
    """
    candidate = warehouse.prepare_candidate(plan.home, plan.run)
    try:
        return Loaded(candidate, warehouse.load_batches(candidate, batches, plan.run))
    except BaseException:
        warehouse.discard(plan.home, candidate)
        raise


def audit(plan: Plan, loaded: Loaded) -> AuditCounts:
    """Check the figures of the candidate against each other; a finding is recorded and never stops a run."""
    return warehouse.audit(loaded.candidate, plan.run)


def publish(plan: Plan, loaded: Loaded) -> Publication:
    """Swap the candidate in as the published warehouse, or drop it where nothing changed.

    Raises:
        WarehouseError: the candidate breaks a rule, or cannot be swapped in; the published file stays as it was.
    """
    return warehouse.publish(plan.home, loaded.candidate, plan.run)


def export(plan: Plan) -> tuple[Path, ...]:
    """Write the CSV files of the published warehouse; return their paths."""
    return tuple(file.path for file in exports.export_all(plan.home, plan.home.exports))


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of a run, plain or wrapped as tasks."""

    discover: Callable[[RunRequest], Plan] = discover
    extract_all: Callable[[Plan], list[Path]] = extract_all
    load: Callable[[Plan, Sequence[Path]], Loaded] = load
    audit: Callable[[Plan, Loaded], AuditCounts] = audit
    publish: Callable[[Plan, Loaded], Publication] = publish
    export: Callable[[Plan], tuple[Path, ...]] = export


def run_stages(request: RunRequest, stages: Stages) -> RunSummary:
    """Run all stages and return the summary: a whole new warehouse is published, or nothing is changed.

    Raises:
        NothingToRead: no source led to a file.
        ManifestError, StagingError, WarehouseError: the run cannot go on; what was staged is used by the next one.
    """
    plan = stages.discover(request)
    batches = stages.extract_all(plan)
    loaded = stages.load(plan, batches)
    try:
        audited = stages.audit(plan, loaded)
        publication = stages.publish(plan, loaded)
    except BaseException:
        warehouse.discard(plan.home, loaded.candidate)
        raise
    summary = summarise(plan, batches, loaded.counts, audited, publication, stages.export(plan))
    _log(plan, summary)
    shutil.rmtree(plan.home.staging / "plans" / plan.run.run_key, ignore_errors=True)
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
