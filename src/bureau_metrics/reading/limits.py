"""How much a reader may take of one source before it gives up: bytes, unpacked bytes, pages, seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one source may cost.

    `file_bytes` is the size of the largest file, `unpacked_bytes` the most that its compressed parts may hold together,
    `pages` the most pages or sheets, `seconds` the longest time by `clock` (without a clock there is no limit in time),
    `memory_bytes` the most memory of a process that reads nothing else, `characters` the most of a text.
    `to_docx` turns an old Word or WPS document into docx by another program, within some seconds, where there is one.
    """

    file_bytes: int = 64 * _MEGABYTE
    unpacked_bytes: int = 256 * _MEGABYTE
    pages: int = 2000
    seconds: float = 5.0
    memory_bytes: int = 400 * _MEGABYTE
    characters: int = 2_000_000
    clock: Callable[[], float] | None = None
    to_docx: Callable[[bytes, float], bytes] | None = None


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one source is read; each method raises UnreadableDocument when it is used up."""

    limits: ReadingLimits
    unpacked: int = 0
    pages: int = 0
    deadline: float | None = field(init=False)

    def __post_init__(self) -> None:
        clock = self.limits.clock
        self.deadline = clock() + self.limits.seconds if clock else None

    def unpack(self, count: int) -> None:
        """Count bytes that were unpacked (`too_large`)."""
        self.unpacked += count
        if self.unpacked > self.limits.unpacked_bytes:
            raise UnreadableDocument(
                RejectionReason.TOO_LARGE,
                f"holds more than {self.limits.unpacked_bytes:,} bytes once unpacked",
                "split it, or raise the limit (BUREAU_METRICS_MAX_UNPACKED_BYTES)",
            )
        self.check()

    def page(self) -> None:
        """Count a page or sheet (`too_large`)."""
        self.pages += 1
        if self.pages > self.limits.pages:
            raise UnreadableDocument(
                RejectionReason.TOO_LARGE,
                f"more than {self.limits.pages:,} pages",
                "split it, or raise the limit (BUREAU_METRICS_MAX_PAGES)",
            )
        self.check()

    def check(self) -> None:
        """Look at the clock (`too_slow`); to be called every few thousand steps of whatever may take long."""
        if self.limits.clock and self.deadline is not None and self.limits.clock() > self.deadline:
            raise UnreadableDocument(
                RejectionReason.TOO_SLOW,
                f"not read within {self.limits.seconds:g} seconds",
                "split it, or raise the limit (BUREAU_METRICS_MAX_SECONDS)",
            )

    def seconds_left(self) -> float:
        """Return the seconds that are left, or all of them where there is no clock."""
        if self.limits.clock is None or self.deadline is None:
            return self.limits.seconds
        return max(0.0, self.deadline - self.limits.clock())


DEFAULT_LIMITS = ReadingLimits()
"""What a source may cost where nobody says otherwise; there is no clock in it."""
