"""Reads files in a process of its own, which has so much time and memory and no more, and whose end harms nobody.

What reads PDF, Office and web files is large and partly written in C: a hostile file can make it loop, or take all the
memory there is, where no budget of ours is asked. So the system holds the limits (its processor time everywhere but on
Windows, its memory on Linux), and a clock stops what waits. Plain text is read here: nothing in it can be unpacked.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from threading import Lock, Timer

from bureau_metrics.guarded_reading import process as reading_process
from bureau_metrics.guarded_reading.process import GRACE, Answer, Request, answered, send, too_much_memory, with_tools
from bureau_metrics.models import Document, RejectionReason
from bureau_metrics.reading import ReadingLimits, UnreadableDocument, document_from_bytes
from bureau_metrics.reading.recognition import recognise

_PATIENCE = 3
"""How many times the limit may go by on the clock on the wall: that a machine is busy is no fault of a file."""
_OUT_OF_MEMORY = ("SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL")


def guarded_document(data: bytes, *, name: str, document_id: str, limits: ReadingLimits) -> Document:
    """Return the Document that the bytes of one source hold, at no greater cost than the limits.

    Raises UnreadableDocument like `document_from_bytes`; `too_slow` and `too_large` also where only the system could
    stop the reading.
    """
    if not data or len(data) > limits.file_bytes or recognise(data) is None:
        timed = replace(limits, clock=time.monotonic)
        return document_from_bytes(data, name=name, document_id=document_id, limits=timed)
    return _GUARD.document(Request(data, name, document_id, replace(limits, clock=None, to_docx=None)))


class _Guard:
    """Keeps one process that reads, and begins another when it has died."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def document(self, request: Request) -> Document:
        with self._lock:
            try:
                answer = self._answer(request, self._process or _started())
            except OSError:  # no process can be started here
                answer = answered(request, with_tools(request.limits))
        if answer.failure is not None:
            raise UnreadableDocument(*answer.failure)
        assert answer.document is not None
        return answer.document

    def _answer(self, request: Request, process: subprocess.Popen[bytes]) -> Answer:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        alarm = Timer(_PATIENCE * request.limits.seconds + GRACE, process.kill)
        alarm.daemon = True
        alarm.start()
        answer: Answer | None = None
        try:
            with suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):
                send(request, process.stdin)
                answer = pickle.load(process.stdout)  # noqa: S301 - our own process wrote it
        finally:
            rang = not alarm.is_alive()
            alarm.cancel()
            if answer is None or answer.is_worn:
                self.stop()
        return answer or Answer(failure=_death(process.returncode, rang, request.limits))

    def stop(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    stream.close()  # type: ignore[union-attr]
            if process.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.2)  # one that died keeps its own signal
            process.kill()
            process.wait()


_GUARD = _Guard()
atexit.register(_GUARD.stop)


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", f"from {reading_process.__name__} import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def _death(code: int, rang: bool, limits: ReadingLimits) -> tuple[RejectionReason, str, str]:
    """Return why a file is not taken whose reading ended the process."""
    name = signal.Signals(-code).name if code < 0 and -code in set(signal.Signals) else ""
    if rang or name == "SIGXCPU":
        return (
            RejectionReason.TOO_SLOW,
            f"not read within {limits.seconds:g} seconds",
            "split it, or raise the limit (BUREAU_METRICS_MAX_SECONDS)",
        )
    if name in _OUT_OF_MEMORY:
        return too_much_memory(limits)
    return (
        RejectionReason.DAMAGED,
        f"reading broke off: its parts do not fit together, or take more than {limits.memory_bytes:,} bytes",
        "open it in its own program, save it anew and give that file",
    )
