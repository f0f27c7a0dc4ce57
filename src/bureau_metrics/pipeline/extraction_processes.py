"""The processes that extract batches: one may die without taking the others along.

They take a second to begin, so that they are begun ahead: while files are looked through, or while a server starts.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from typing import Self

from bureau_metrics.pipeline.records import Plan, RunRequest
from bureau_metrics.sources import are_more_than
from bureau_metrics.staging.plans import extract_batch, serve

MANY_DOCUMENTS = 50

AHEAD = 2
"""Processes begun before it is known whether there is something for them: in most runs little has changed."""

STOP_SECONDS = 5.0

ExtractBatch = Callable[[Path], Path]
"""From the file of a plan to the folder of the staged batch; raises WorkerDied."""


class WorkerDied(Exception):
    """The process that extracted a batch ended before it had done so."""


def worker_count(plan: Plan) -> int:
    """Return how many processes extract the batches of a plan; 0 where this one does it."""
    return 0 if plan.documents <= MANY_DOCUMENTS else min(plan.workers, len(plan.plan_files))


class ExtractionProcesses:
    """The processes of a run that extract, one batch at a time each; stopped at the latest where the run ends."""

    def __init__(self, ahead: int = 0) -> None:
        """Take how many processes may be begun before it is known whether they are needed."""
        self._ahead = ahead
        self._stopped = False
        self._workers: list[_Worker] = []
        self._free: SimpleQueue[_Worker] = SimpleQueue()

    @classmethod
    def of(cls, request: RunRequest) -> Self:
        """Return those of a run; on a cluster none are begun ahead."""
        return cls(0 if request.cluster else min(AHEAD, request.most_workers))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def expect(self, files: int) -> None:
        """Begin the first processes while it is looked up which of so many files are to be read: they start slowly."""
        if files > MANY_DOCUMENTS:
            self.begin_ahead()

    def begin_ahead(self) -> None:
        """Begin the first processes; those that cannot be begun are begun, or fail, when they are needed."""
        with suppress(OSError):
            self._begin(self._ahead)

    @contextmanager
    def extracting(self, plan: Plan) -> Iterator[ExtractBatch]:
        """Yield what extracts a batch: in a process of its own where there are many documents, else in this one.

        It may be called from as many threads as one likes; a call waits until a process is free.
        """
        workers = worker_count(plan)
        try:
            self._begin(workers)
            yield self._extract if workers else extract_batch
        finally:
            self.stop()

    def _begin(self, workers: int) -> None:
        while len(self._workers) < workers:
            worker = _Worker()
            self._workers.append(worker)
            self._free.put(worker)

    def _extract(self, plan_file: Path) -> Path:
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
        """End the processes; what they were extracting is left."""
        self._stopped = True
        for worker in self._workers:
            worker.stop()


_BEGUN: ContextVar[ExtractionProcesses | None] = ContextVar("extraction_processes", default=None)


@contextmanager
def extraction_ahead(request: RunRequest) -> Iterator[Callable[[], None]]:
    """Yield what begins processes for a run that is still to wait for something; the run within the block takes them.

    Where the sources mean few files it begins none.
    """
    with ExtractionProcesses.of(request) as processes:
        begun = _BEGUN.set(processes)
        try:
            yield lambda: processes.begin_ahead() if are_more_than(MANY_DOCUMENTS, request.sources) else None
        finally:
            _BEGUN.reset(begun)


def processes_of(request: RunRequest) -> ExtractionProcesses:
    """Return the processes of a run: those that `extraction_ahead` has begun, or new ones."""
    return _BEGUN.get() or ExtractionProcesses.of(request)


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
        with _without_interrupts():
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


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Keep Ctrl-C from processes that are begun within: a terminal sends it to all at once, and the run ends them."""
    if sys.platform == "win32":
        yield
        return
    # Beginning this one, as the first process does, would let interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
