"""What a reader's query may use, and the memory of the process that it runs in."""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bureau_metrics.settings import Settings
from bureau_metrics.warehouse.errors import QueryError

if sys.platform != "win32":
    import resource

MOST_SECONDS = 86_400.0
MOST_ROWS = 1_000_000_000

_MEMORY = re.compile(r"([0-9]{1,6}(?:\.[0-9]+)?)\s*([KMGT])(i?)B", re.IGNORECASE)
_POWERS = {"K": 1, "M": 2, "G": 3, "T": 4}
_LEAST_MEMORY = 16_000_000


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """What a reader's query may use: seconds, memory (500MB, 2GB), threads, and rows of an answer.

    Raises:
        QueryError: a limit is no limit; the message says what one looks like.
    """

    seconds: float = 30.0
    memory: str = "1GB"
    threads: int = 1
    rows: int = 1_000_000

    def __post_init__(self) -> None:
        """Refuse what is no limit."""
        if not (math.isfinite(self.seconds) and 0 < self.seconds <= MOST_SECONDS):
            raise QueryError(f"a limit of {self.seconds:g} seconds: give more than 0 and at most {MOST_SECONDS:,.0f}")
        if not 1 <= self.rows <= MOST_ROWS:
            raise QueryError(f"a limit of {self.rows:,} rows: give 1 to {MOST_ROWS:,}")
        if self.memory_bytes < _LEAST_MEMORY:
            raise QueryError(f"a memory limit of {self.memory}: give at least 16MB")

    @property
    def memory_bytes(self) -> int:
        """The memory limit in bytes."""
        found = _MEMORY.fullmatch(self.memory.strip())
        if found is None:
            raise QueryError(f"a memory limit of {self.memory}: write a number and a unit, as 500MB or 2GB")
        number, unit, binary = found.groups()
        return int(float(number) * (1024 if binary else 1000) ** _POWERS[unit.upper()])


OWN_LIMITS = QueryLimits(seconds=300, rows=100_000_000)
"""What the product's own questions over all documents may use: more rows and time than those of readers."""


def working_memory(part: int = 1) -> str:
    """Return what load, audit and export may hold in memory (3: a third of it); what is more goes to a folder."""
    return f"{Settings().memory // part}B"


@contextmanager
def limited_process(limits: QueryLimits) -> Iterator[None]:
    """Refuse this process more memory than it has and twice the limit, on Linux; before and after there is no limit.

    DuckDB's own limit covers what it sorts and groups, not the values that it computes (`repeat('x', 2000000000)`) nor
    the answer in Python. For a process that answers this one query: other threads would be refused memory too.
    """
    if sys.platform != "linux":
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = _data_bytes() + 2 * limits.memory_bytes
    ceilings = [limit for limit in before if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([allowed, *ceilings]), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _data_bytes() -> int:
    """Return the memory that counts as data of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    return pages * os.sysconf("SC_PAGE_SIZE")
