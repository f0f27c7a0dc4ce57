"""What runs have left on disk that nobody needs any more: found first, and removed where a person asks for it.

Kept for ever: the published warehouse, which holds every run's state, the originals of fetched pages, and the exports.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import old_versions, run_in_progress

DAY = 86_400.0
LOG_BYTES = 10_000_000
"""A log that has grown beyond this loses its older half."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file or folder that can go: what it is, and its size in bytes."""

    path: Path
    what: str
    size: int


def leftovers(home: Home, *, days: float, versions: int) -> list[Leftover]:
    """Return what can go: staged batches and plans older than `days`, candidates, warehouse versions beyond a number.

    Nothing of a run in progress is named. Staged batches are needed only to go on after a run that was broken off, and
    to publish anew without reading anew.
    """
    if run_in_progress(home):
        return []
    before = time.time() - days * DAY
    found = [*_staged(home, before), *_candidates(home), *_versions(home, versions), *_logs(home)]
    return sorted(found, key=lambda leftover: leftover.path)


def remove(found: list[Leftover]) -> list[str]:
    """Remove what was found; return a line for each that could not be removed."""
    troubles: list[str] = []
    for leftover in found:
        try:
            _remove(leftover.path)
        except OSError as error:
            troubles.append(f"{leftover.path}: {error.strerror or error}")
    return troubles


def _staged(home: Home, before: float) -> Iterator[Leftover]:
    for folder in home.staging.glob("*/*"):
        with suppress(FileNotFoundError):
            if folder.is_dir() and folder.stat().st_mtime < before:
                what = "plans of a run that was broken off" if folder.parent.name == "plans" else "staged batch"
                yield Leftover(folder, what, _size(folder))


def _candidates(home: Home) -> Iterator[Leftover]:
    for path in home.warehouse.glob("candidate-*"):
        yield Leftover(path, "warehouse of a run that was broken off", _size(path))


def _versions(home: Home, versions: int) -> Iterator[Leftover]:
    for path in old_versions(home, versions):
        yield Leftover(path, "warehouse as it was published before", _size(path))


def _logs(home: Home) -> Iterator[Leftover]:
    for path in home.logs.glob("*"):
        if path.is_file() and path.stat().st_size > LOG_BYTES:
            yield Leftover(path, "older half of a log", path.stat().st_size // 2)


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.parent.name == "logs":
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[len(lines) // 2 :]))
    else:
        path.unlink()
