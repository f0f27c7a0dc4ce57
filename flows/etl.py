"""The flow `etl`: the stages of `bureau_metrics.pipeline` as Prefect tasks, with retries and a summary artifact.

A task is a batch of documents, and what passes between tasks is paths and counts. The deployed entry point is
`bureau_metrics.flows.etl.etl`.
"""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from prefect import State, flow, task, unmapped
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from bureau_metrics import pipeline
from bureau_metrics.pipeline import Plan, RunRequest, RunSummary, Stages
from bureau_metrics.rendering import progress_bar
from bureau_metrics.warehouse import WarehouseBusy

THREADS = 4
TROUBLES_SHOWN = 100
EXTRACT_RETRY_SECONDS = [2.0, 15.0]
RETRY_SECONDS = 2.0


def _may_pass(_task: object, _run: object, state: State[Any]) -> bool:
    """Return whether a failure may pass by itself: a full disk or a lost share may, a home in use is for a person."""
    return not isinstance(state.result(raise_on_failure=False), WarehouseBusy)


@task(
    name="extract",
    task_run_name="extract {plan_file.stem}",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=EXTRACT_RETRY_SECONDS,
)
def extract(plan_file: Path, executor: Executor | None) -> Path:
    """Extract one batch, in one of the processes where there are any; return its staged folder."""
    if executor is None:
        return pipeline.extract_batch(plan_file)
    return executor.submit(pipeline.extract_batch, plan_file).result()


def extract_all(plan: Plan) -> list[Path]:
    """Extract all batches as tasks, with a progress bar on a terminal; raises what a batch raises after its retries."""
    with (
        pipeline.extraction_processes(plan) as executor,
        progress_bar("extracting", len(plan.plan_files)) as advance,
    ):
        futures = extract.map(list(plan.plan_files), unmapped(executor))
        for _done in as_completed(list(futures)):
            advance(1)
        return [future.result() for future in futures]


def _task(stage: Any, **options: Any) -> Any:
    return task(cache_policy=NO_CACHE, persist_result=False, **options)(stage)


STAGES = Stages(
    discover=_task(pipeline.discover),
    extract_all=extract_all,
    load=_task(pipeline.load, retries=1, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=_may_pass),
    audit=_task(pipeline.audit),
    publish=_task(pipeline.publish),
    export=_task(pipeline.export, retries=1, retry_delay_seconds=RETRY_SECONDS),
)


@flow(
    name="etl",
    description="Reports in, warehouse and CSV out.",
    task_runner=ThreadPoolTaskRunner(max_workers=THREADS),  # type: ignore[arg-type] # Prefect types it too narrowly
    persist_result=False,
)
def etl(sources: list[str], home: Path | None = None, manifest: Path | None = None) -> RunSummary:
    """Read the sources, load their figures, audit, publish and export.

    Args:
        sources: files, folders and patterns; absolute once the flow is deployed.
        home: folder for everything that is written; else BUREAU_METRICS_HOME; absolute once the flow is deployed.
        manifest: CSV that says of files who published them, about which year.
    """
    summary = pipeline.run_stages(RunRequest.from_settings(sources, home, manifest), STAGES)
    create_markdown_artifact(key="bureau-metrics-run", markdown=as_markdown(summary), description="What the run did")
    return summary


def as_markdown(summary: RunSummary) -> str:
    """Return the summary of a run as a Markdown table, with the rejected documents below."""
    figures = [f"| {name} | {value} |" for name, value in summary.record().items() if name != "files"]
    files = [f"- `{path}`" for path in (summary.warehouse, *summary.exports)]
    troubled = [f"- {outcome.document_id}: {outcome.detail}" for outcome in summary.documents if outcome.reason]
    more = [f"- and {len(troubled) - TROUBLES_SHOWN} more"] if len(troubled) > TROUBLES_SHOWN else []
    sections = (
        ["| figure | value |", "| --- | --- |", *figures],
        ["Files:", "", *files],
        ["Rejected or doubtful:", "", *(troubled[:TROUBLES_SHOWN] or ["- none"]), *more],
    )
    return "\n\n".join("\n".join(section) for section in sections) + "\n"
