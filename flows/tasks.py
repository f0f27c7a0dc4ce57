"""The stages of `bureau_metrics.pipeline` as Prefect tasks, with retries of what may pass by itself.

A task is a batch of documents, and what passes between tasks is paths and counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import State, get_run_logger, task, unmapped
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.runtime import deployment
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from bureau_metrics import pipeline
from bureau_metrics.pipeline import ExtractBatch, ExtractionProcesses, Plan, Stages
from bureau_metrics.rendering import progress_bar
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import WarehouseBusy, WarehouseNotWritten

from .progress import Progress

THREADS = 32
"""Tasks wait in threads while processes extract; more processes than this are never busy at once."""

EXTRACT_RETRY_SECONDS = [2.0, 15.0]
LOAD_RETRY_SECONDS = [5.0, 30.0, 120.0]
EXPORT_RETRY_SECONDS = [2.0, 15.0]

TASK_RUNNER: Any = ThreadPoolTaskRunner(max_workers=THREADS)


def may_pass(_task: object, _run: object, state: State[Any]) -> bool:
    """Return whether a failure may pass by itself: a lost share or a full disk may, what a rule refused does not.

    A home in use is waited for by a run that the clock has started; a person is told at once who uses it.
    """
    error = state.result(raise_on_failure=False)
    if isinstance(error, WarehouseBusy):
        return deployment.id is not None
    # Our own errors say in one line what went wrong, and keep what the system said as their context.
    return isinstance(error, OSError | WarehouseNotWritten) or isinstance(getattr(error, "__context__", None), OSError)


def _as_task(stage: Any, **options: Any) -> Any:
    run = task(cache_policy=NO_CACHE, persist_result=False, **options)(stage)
    # A plan names each document that has not changed: Prefect is not to look through it for results of other tasks.
    return lambda *given: run(*map(quote, given))


def _retried(seconds: list[float]) -> dict[str, Any]:
    return {"retries": len(seconds), "retry_delay_seconds": seconds, "retry_condition_fn": may_pass}


@task(
    name="extract",
    task_run_name="extract {plan_file.stem}",
    cache_policy=NO_CACHE,
    persist_result=False,
    **_retried(EXTRACT_RETRY_SECONDS),
)
def extract(plan_file: Path, extract_batch: ExtractBatch, home: Home) -> list[Path]:
    """Extract one batch, in one of the processes where there are any; return its staged folders."""
    folders, report = pipeline.extract_logged(plan_file, extract_batch, home)
    get_run_logger().info(report.line())
    return folders


def extract_all(plan: Plan, processes: ExtractionProcesses) -> list[Path]:
    """Extract all batches as tasks, on a cluster where the plan names one; return the staged folders in order.

    Raises what a batch raises after its retries.
    """
    if plan.cluster is not None:
        from .cluster import extract_on_cluster

        return extract_on_cluster(plan)
    with (
        processes.extracting(plan) as extract_batch,
        progress_bar("extracting", len(plan.plan_files)) as advance,
    ):
        progress = Progress(len(plan.plan_files))
        futures = extract.map(list(plan.plan_files), unmapped(extract_batch), unmapped(plan.home))
        for _done in as_completed(list(futures)):
            advance(1)
            progress.advance()
        return [folder for future in futures for folder in future.result()]


STAGES = Stages(
    discover=_as_task(pipeline.discover),
    extract_all=extract_all,
    load=_as_task(pipeline.load, **_retried(LOAD_RETRY_SECONDS)),
    audit=_as_task(pipeline.audit),
    publish=_as_task(pipeline.publish),
    export=_as_task(pipeline.export, **_retried(EXPORT_RETRY_SECONDS)),
)
