"""What happens in the process that reads: it answers requests, each within its limits."""

from __future__ import annotations

import io
import math
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import IO, NamedTuple

from bureau_metrics.models import Document, RejectionReason
from bureau_metrics.office import libreoffice_converter
from bureau_metrics.reading import ReadingLimits, UnreadableDocument, document_from_bytes

if sys.platform != "win32":
    import resource

GRACE = 1
"""Seconds of processor time beyond the limit, in which a reader that looks at the clock gives up by itself."""
_WORN_SHARE = 0.5
"""A process that has taken this share of its memory is not used again: what it holds on to is not the next file's."""


class Request(NamedTuple):
    """The bytes of a source, what it is called, and what it may cost."""

    data: bytes
    name: str
    document_id: str
    limits: ReadingLimits


class Answer(NamedTuple):
    """What became of a request: a document, or the arguments of an UnreadableDocument."""

    document: Document | None = None
    failure: tuple[RejectionReason, str, str] | None = None
    is_worn: bool = False


def send(content: object, stream: IO[bytes]) -> None:
    """Write a request or an answer."""
    pickle.dump(content, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def too_much_memory(limits: ReadingLimits) -> tuple[RejectionReason, str, str]:
    """Return why a file is not taken that needs too much memory."""
    return (
        RejectionReason.TOO_LARGE,
        f"takes more than {limits.memory_bytes:,} bytes of memory to read",
        "split it, or raise the limit (BUREAU_METRICS_MAX_MEMORY)",
    )


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more of them."""
    to_docx = libreoffice_converter()
    while True:
        try:
            request: Request = pickle.load(requests)  # noqa: S301 - our own parent wrote it
        except EOFError:
            return
        limits = replace(request.limits, clock=time.process_time, to_docx=to_docx and _unconfined(to_docx))
        _limit_time(limits.seconds)
        with _limited_memory(limits.memory_bytes):
            answer = answered(request, limits)
        send(answer._replace(is_worn=_is_worn(limits)), answers)


def with_tools(limits: ReadingLimits) -> ReadingLimits:
    """Return limits with what reading itself must not know of: the clock, and the office program of this machine."""
    return replace(limits, clock=time.monotonic, to_docx=libreoffice_converter())


def answered(request: Request, limits: ReadingLimits) -> Answer:
    """Return what becomes of a request."""
    data, name, document_id, _ = request
    try:
        return Answer(document_from_bytes(data, name=name, document_id=document_id, limits=limits))
    except UnreadableDocument as failure:
        return Answer(failure=(failure.reason, failure.detail, failure.hint))
    except MemoryError:
        return Answer(failure=too_much_memory(limits), is_worn=True)
    except Exception as error:  # noqa: BLE001 - no file may end the process that reads the next one
        first_line = (str(error).splitlines() or [""])[0][:300]
        detail = f"{type(error).__name__}: {first_line}"
        return Answer(failure=(RejectionReason.EXTRACTION_FAILED, detail, "report it with the document"))


def _limit_time(seconds: float) -> None:
    """Let the system end this process some time after the limit, in case nobody looks at the clock."""
    if sys.platform == "win32":
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    last = math.ceil(time.process_time() + min(seconds, 1e6)) + GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (last if most == resource.RLIM_INFINITY else min(last, most), most))


@contextmanager
def _limited_memory(most: int) -> Iterator[None]:
    """Refuse this process, and those that it starts, more memory than that."""
    if sys.platform != "linux":
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = most if before[1] == resource.RLIM_INFINITY else min(most, before[1])
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _unconfined(convert: Callable[[bytes, float], bytes]) -> Callable[[bytes, float], bytes]:
    """Return a converter whose program, which is stopped by its own clock, has the memory of an office program.

    Its clock hangs on the wall, and it takes seconds to start: it has twice the time.
    """

    def to_docx(data: bytes, seconds: float) -> bytes:
        if sys.platform != "linux":
            return convert(data, 2 * seconds)
        with _limited_memory(resource.getrlimit(resource.RLIMIT_DATA)[1]):
            return convert(data, 2 * seconds)

    return to_docx


def _is_worn(limits: ReadingLimits) -> bool:
    if sys.platform != "linux":
        return False
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > _WORN_SHARE * limits.memory_bytes


def main() -> None:
    """Serve the process that began this one; what a library prints does not get between the answers."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = io.BufferedWriter(io.FileIO(os.dup(sys.stdout.fileno()), "wb"))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, answers)
