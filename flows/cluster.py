"""Batches extracted on the workers of a Dask cluster: paths go out, addresses of staged batches come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from bureau_metrics import pipeline
from bureau_metrics.pipeline import Plan, WorkerDied
from bureau_metrics.rendering import progress_bar

from .progress import Progress


class DaskMissing(Exception):
    """The libraries of the engine dask are not installed."""


@task(name="extract on worker", task_run_name="extract {plan_address}", cache_policy=NO_CACHE, persist_result=False)
def extract_on_worker(plan_address: str, storage: str | None) -> str:
    """Extract one batch on the worker that runs this; return the address of the staged batch."""
    return pipeline.extract_on_worker(plan_address, storage)


@flow(name="extract on cluster", persist_result=False, validate_parameters=False)
def _extract(plan: Plan) -> list[Path]:
    """Extract all batches of a plan on the workers, and isolate documents that kill them."""
    assert plan.cluster is not None
    batches = _Batches(plan)
    progress = Progress(len(plan.plan_files))
    folders: list[Path] = []
    with progress_bar("extracting", len(plan.plan_files)) as advance:
        for plan_file in plan.plan_files:
            staged, report = pipeline.extract_logged(plan_file, batches.extract, plan.home)
            get_run_logger().info(report.line())
            folders += staged
            advance(1)
            progress.advance()
    pipeline.forget_plans(plan.run.run_key, plan.cluster.storage)
    return folders


def extract_on_cluster(plan: Plan) -> list[Path]:
    """Extract all batches of a plan on the cluster that it names; return their staged folders, in order.

    Raises:
        DaskMissing: the libraries are not installed.
        SourcesNotShared: a worker does not see the sources.
    """
    assert plan.cluster is not None
    runner = _task_runner(plan)
    folders: list[Path] = _extract.with_options(task_runner=runner)(plan)
    return folders


def _task_runner(plan: Plan) -> Any:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise DaskMissing("the engine dask needs more libraries: pip install 'bureau-metrics[dask]'") from None
    assert plan.cluster is not None
    if plan.cluster.scheduler:
        return DaskTaskRunner(address=plan.cluster.scheduler)
    return DaskTaskRunner(
        cluster_kwargs={"n_workers": plan.workers, "threads_per_worker": 1, "dashboard_address": None}
    )


class _Batches:
    """The batches that are under way on the cluster: all of a plan at first, parts of one where it kills workers."""

    def __init__(self, plan: Plan) -> None:
        assert plan.cluster is not None
        self._plan = plan
        self._storage = plan.cluster.storage
        self._under_way = {plan_file: self._submit(plan_file) for plan_file in plan.plan_files}

    def _submit(self, plan_file: Path) -> Any:
        return extract_on_worker.submit(pipeline.share_plan(plan_file, self._storage), self._storage)

    def extract(self, plan_file: Path) -> Path:
        """Wait for one batch and return its staged folder on this machine; WorkerDied where it killed its workers."""
        from distributed import KilledWorker

        future = self._under_way.pop(plan_file, None) or self._submit(plan_file)
        try:
            address = future.result()
        except KilledWorker as error:
            raise WorkerDied(str(error)) from None
        return pipeline.fetch_batch(address, self._plan.home.staging, self._storage)
