"""From the published file to a candidate and back: copied, changed, checked, swapped in as a whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from bureau_metrics.warehouse import run_lock
from bureau_metrics.warehouse.connection import Connection, create_file, quoted, writing
from bureau_metrics.warehouse.errors import IntegrityError, WarehouseError, one_line
from bureau_metrics.warehouse.records import Publication, RunRecord
from bureau_metrics.warehouse.schema import migrate
from bureau_metrics.warehouse.sql import sql_files

if TYPE_CHECKING:
    from bureau_metrics.settings import Home

VERSIONS_KEPT = 3
"""Published versions that stay on disk, the current one among them."""

_VERSION_NAME = re.compile(r"bureau_metrics-(\d{6})\.duckdb")


def prepare_candidate(home: Home, run: RunRecord) -> Path:
    """Take the run lock and return a private copy of the published warehouse (or a new one) in the current schema.

    Every candidate must end in `publish` or `discard`, which give the lock back.

    Raises:
        WarehouseBusy: another run works on this home.
        WarehouseError: the published file cannot be read, or was made by a newer version.
    """
    run_lock.take(home.warehouse, run.run_key)
    candidate = home.warehouse / f"candidate-{run.run_key}.duckdb"
    try:
        _remove_leftovers(home.warehouse)
        if home.published.exists():
            shutil.copyfile(home.published.resolve(), candidate)
        else:
            create_file(candidate)
        with writing(candidate) as connection:
            migrate(connection)
    except (duckdb.Error, OSError) as error:
        discard(home, candidate)
        raise WarehouseError(f"cannot prepare the warehouse in {home.warehouse}: {one_line(error)}") from None
    except BaseException:
        discard(home, candidate)
        raise
    return candidate


def publish(home: Home, candidate: Path, run: RunRecord) -> Publication:
    """Check a candidate and swap it in: whoever opens the warehouse next reads it, readers keep what they have open.

    Where the run changed nothing the candidate is discarded and the published file stays. The lock is given back.

    Raises:
        IntegrityError: the candidate breaks a rule of `warehouse/integrity/`; it is not published.
        WarehouseError: the run does not hold the lock, or the file cannot be swapped.
    """
    if run_lock.held_by(home.warehouse) != run.run_key:
        raise WarehouseError(f"run {run.run_key} does not hold the lock of {home.warehouse}; start the run again")
    if not _changed(home, candidate):
        discard(home, candidate)
        return Publication(home.published, published=False)
    with writing(candidate) as connection:
        check_integrity(connection)
        connection.execute("CHECKPOINT")
    try:
        path = _swap_in(home, candidate)
    except OSError as error:
        raise WarehouseError(f"cannot publish to {home.warehouse}: {one_line(error)}") from None
    _prune(home)
    run_lock.release(home.warehouse)
    return Publication(path, published=True)


def discard(home: Home, candidate: Path) -> None:
    """Remove a candidate and give the lock back; for the end of a failed run, so it never raises."""
    for leftover in (candidate, candidate.with_name(candidate.name + ".wal")):
        with suppress(OSError):
            leftover.unlink()
    shutil.rmtree(candidate.with_name(candidate.name + ".tmp"), ignore_errors=True)
    key = candidate.name.removeprefix("candidate-").removesuffix(".duckdb")
    if run_lock.held_by(home.warehouse) == key:
        run_lock.release(home.warehouse)


def check_integrity(connection: Connection) -> None:
    """Refuse a warehouse that breaks a rule of `warehouse/integrity/`.

    Raises:
        IntegrityError: naming the rule and the first problem.
    """
    for rule in sql_files("integrity"):
        found = connection.execute(rule.text).fetchone()
        if found is not None:
            raise IntegrityError(f"nothing was published: {found[0]} (rule {rule.name})")


def _changed(home: Home, candidate: Path) -> bool:
    if not home.published.exists():
        return True
    with writing(candidate) as connection:
        connection.execute(f"ATTACH '{quoted(home.published.resolve())}' AS published (READ_ONLY)")
        row = connection.execute(
            "SELECT (SELECT list(run_key ORDER BY run_id) FROM etl_run)"
            " IS DISTINCT FROM (SELECT list(run_key ORDER BY run_id) FROM published.etl_run)"
            " OR (SELECT list(name || checksum ORDER BY name) FROM schema_migration)"
            " IS DISTINCT FROM (SELECT list(name || checksum ORDER BY name) FROM published.schema_migration)"
        ).fetchone()
        connection.execute("DETACH published")
    return row is not None and bool(row[0])


def _swap_in(home: Home, candidate: Path) -> Path:
    _flush(candidate)
    names = (path.name for path in home.warehouse.iterdir())
    numbers = [int(match[1]) for match in map(_VERSION_NAME.fullmatch, names) if match]
    version = home.warehouse / f"bureau_metrics-{max(numbers, default=0) + 1:06d}.duckdb"
    candidate.rename(version)
    link = home.warehouse / f".{home.published.name}.{os.getpid()}"
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(version.name)
        link.replace(home.published)
    except OSError:
        version.replace(home.published)
    _flush(home.warehouse)
    return home.published


def _flush(path: Path) -> None:
    """Have a file or folder written to disk; folders cannot be flushed everywhere."""
    with suppress(PermissionError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def old_versions(home: Home, kept: int = VERSIONS_KEPT) -> list[Path]:
    """Return the published files beyond the number that is kept, the oldest first; the current one is never named."""
    versions = sorted(path for path in home.warehouse.glob("*") if _VERSION_NAME.fullmatch(path.name))
    current = home.published.resolve()
    return [old for old in versions[:-kept] if old != current]


def run_in_progress(home: Home) -> bool:
    """Return whether a run holds the lock of the home; one whose process has died does not."""
    return run_lock.is_held(home.warehouse)


def _prune(home: Home) -> None:
    for old in old_versions(home):
        with suppress(OSError):
            old.unlink()


def _remove_leftovers(folder: Path) -> None:
    """Remove what killed runs left behind; this run holds the lock, so nobody uses it."""
    for leftover in folder.glob("candidate-*"):
        if leftover.is_file():
            leftover.unlink()
        else:
            shutil.rmtree(leftover, ignore_errors=True)
