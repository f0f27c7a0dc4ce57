"""The second stage: batches into staged folders, in processes of which one may die without taking the others along."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue

from bureau_metrics.models import RejectionReason
from bureau_metrics.pipeline.records import Plan
from bureau_metrics.rendering import progress_bar
from bureau_metrics.settings import Home
from bureau_metrics.staging import Failure, batch_summary
from bureau_metrics.staging.plans import BatchPlan, extract_batch, serve

MANY_DOCUMENTS = 50
STOP_SECONDS = 5.0

ExtractBatch = Callable[[Path], Path]
"""From the file of a plan to the folder of the staged batch; raises WorkerDied."""


class WorkerDied(Exception):
    """The process that extracted a batch ended before it had done so."""


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


@contextmanager
def extraction_processes(plan: Plan) -> Iterator[ExtractBatch]:
    """Yield what extracts a batch: in a process of its own where there are many documents, else in this one.

    It may be called from as many threads as one likes; a call waits until a process is free.
    """
    workers = worker_count(plan)
    if workers == 0:
        yield extract_batch
        return
    pool = _Pool(workers)
    try:
        yield pool.extract
    finally:
        pool.stop()


def worker_count(plan: Plan) -> int:
    """Return how many processes extract the batches of a plan; 0 where this one does it."""
    return 0 if plan.documents <= MANY_DOCUMENTS else min(plan.workers, len(plan.plan_files))


class _Pool:
    """As many processes as there are to be, each extracting one batch at a time."""

    def __init__(self, workers: int) -> None:
        self._stopped = False
        self._workers = [_Worker() for _ in range(workers)]
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)

    def extract(self, plan_file: Path) -> Path:
        worker = self._free.get()
        try:
            return worker.extract(plan_file)
        except WorkerDied:
            if self._stopped:
                raise CancelledError from None
            raise
        finally:
            self._free.put(worker)

    def stop(self) -> None:
        self._stopped = True
        for worker in self._workers:
            worker.stop()


class _Worker:
    """One process, begun at once and anew when it has died; it ends with the process that began it."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._begin()

    def extract(self, plan_file: Path) -> Path:
        connection = self._connection or self._begin()
        try:
            connection.send(plan_file)
            outcome = connection.recv()
        except (EOFError, OSError):
            self.stop()
            raise WorkerDied(f"the process that extracted {plan_file.stem} died") from None
        if isinstance(outcome, Exception):
            raise outcome
        assert isinstance(outcome, Path)
        return outcome

    def _begin(self) -> Connection:
        # Not forked: the same on every system, and safe beside Prefect's threads.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), name="extraction", daemon=True)
        process.start()
        theirs.close()
        self._connection, self._process = ours, process
        return ours

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.join(STOP_SECONDS)
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def extract_all(plan: Plan) -> list[Path]:
    """Extract all batches of a plan, with a progress bar on a terminal; return their staged folders in order."""
    with (
        ThreadPoolExecutor(max(worker_count(plan), 1)) as waiting,
        extraction_processes(plan) as extract,
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
