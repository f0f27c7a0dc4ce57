"""The second stage: batches into staged folders, with documents isolated that kill the process which reads them."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bureau_metrics.models import RejectionReason
from bureau_metrics.pipeline.extraction_processes import ExtractBatch, ExtractionProcesses, WorkerDied, worker_count
from bureau_metrics.pipeline.records import Plan
from bureau_metrics.rendering import progress_bar
from bureau_metrics.settings import Home
from bureau_metrics.staging import Failure, batch_summary
from bureau_metrics.staging.plans import BatchPlan, extract_batch


def extract_isolated(plan_file: Path, extract: ExtractBatch) -> list[Path]:
    """Extract a batch, and go on when that kills the process: once more, then in halves, down to the bad document.

    A document that kills its process a second time when it is alone becomes a rejection. Returns the staged folders,
    one unless the batch was split, in the order of the documents.
    """
    with suppress(WorkerDied):
        return [extract(plan_file)]
    with suppress(WorkerDied):
        return [extract(plan_file)]
    plan = BatchPlan.read(plan_file)
    if len(plan.sources) == 1:
        return [extract_batch(_given_up(plan, plan_file))]
    middle = (len(plan.sources) + 1) // 2
    halves = (plan.sources[:middle], plan.sources[middle:])
    return [
        folder
        for number, half in enumerate(halves, 1)
        for folder in extract_isolated(replace(plan, sources=half).write(_part(plan_file, str(number))), extract)
    ]


def _part(plan_file: Path, name: str) -> Path:
    return plan_file.with_name(f"{plan_file.stem}.{name}{plan_file.suffix}")


def _given_up(plan: BatchPlan, plan_file: Path) -> Path:
    failure = Failure(
        RejectionReason.EXTRACTION_FAILED,
        "the process that read it died, twice",
        "report it with the document; the rest is done",
    )
    given_up = tuple(replace(source, failure=failure) for source in plan.sources)
    return replace(plan, sources=given_up).write(_part(plan_file, "given-up"))


def extract_logged(plan_file: Path, extract: ExtractBatch, home: Home) -> tuple[list[Path], BatchReport]:
    """Extract a batch like `extract_isolated`, and add a line about it to logs/batches.jsonl; return both."""
    started = time.monotonic()
    folders = extract_isolated(plan_file, extract)
    report = _report(plan_file, folders, time.monotonic() - started)
    with suppress(OSError):
        home.logs.mkdir(parents=True, exist_ok=True)
        with (home.logs / "batches.jsonl").open("a", encoding="utf-8") as log:
            log.write(report.line() + "\n")
    return folders, report


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of one batch, for a line in a log: its counts, and the seconds that it took."""

    run: str
    batch: str
    documents: int
    facts: int
    rejections: int
    characters: int
    parts: int
    seconds: float

    def line(self) -> str:
        """Return the report as one line of JSON."""
        return json.dumps({"event": "batch", **asdict(self)})


def _report(plan_file: Path, folders: list[Path], seconds: float) -> BatchReport:
    held = [batch_summary(folder) for folder in folders]
    return BatchReport(
        run=plan_file.parent.name,
        batch=plan_file.stem,
        documents=sum(summary.documents for summary in held),
        facts=sum(summary.facts for summary in held),
        rejections=sum(summary.rejections for summary in held),
        characters=sum(summary.characters for summary in held),
        parts=len(held),
        seconds=round(seconds, 3),
    )


def extract_all(plan: Plan, processes: ExtractionProcesses) -> list[Path]:
    """Extract all batches of a plan, with a progress bar on a terminal; return their staged folders in order."""
    with (
        ThreadPoolExecutor(max(worker_count(plan), 1)) as waiting,
        processes.extracting(plan) as extract,
        progress_bar("extracting", len(plan.plan_files)) as advance,
    ):
        futures = [waiting.submit(extract_logged, plan_file, extract, plan.home) for plan_file in plan.plan_files]
        try:
            for future in as_completed(futures):
                future.result()
                advance(1)
        except BaseException:
            # The processes are stopped next, which ends the threads that wait for them.
            waiting.shutdown(wait=False, cancel_futures=True)
            raise
        return [folder for future in futures for folder in future.result()[0]]
