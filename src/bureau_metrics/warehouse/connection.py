"""Connections to warehouse files: one that may write a candidate, and locked-down ones for readers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TypeAlias

import duckdb

from bureau_metrics.settings import Home
from bureau_metrics.warehouse.errors import WarehouseError, WarehouseMissing, WarehouseNotWritten, one_line
from bureau_metrics.warehouse.limits import QueryLimits, working_memory

Connection: TypeAlias = duckdb.DuckDBPyConnection
"""A connection to a warehouse file."""

STORAGE_VERSION = "v1.4.0"
"""File format of new warehouses: DuckDB 1.4 and later open it."""

BEIJING_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""All times in a warehouse are Beijing time without a zone: they read alike whatever the session's zone is."""


# What a disk that is full, gone or read-only comes to: in a statement, at its commit, or when the file is closed.
_NOT_WRITTEN = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)

_SAID: dict[int, list[tuple[str, dict[str, object]]]] = {}
"""What an open connection was told, by its identity: DuckDB's cursors do not know it of the connection they are of."""

_IN_USE = "published"


def beijing(moment: datetime) -> datetime:
    """Return a moment (with time zone) as the warehouse writes it: Beijing time without a zone."""
    return moment.astimezone(BEIJING_TIME).replace(tzinfo=None)


def create_file(path: Path) -> None:
    """Create an empty warehouse file that DuckDB 1.4 and later can open."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{quoted(path)}' AS fresh (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("DETACH fresh")


def quoted(path: Path) -> str:
    """Return a path for use inside single quotes in SQL."""
    return str(path).replace("'", "''")


@contextmanager
def writing(candidate: Path) -> Iterator[Connection]:
    """Open a candidate for writing; closed, with all of it in the one file, at the end.

    What does not fit in memory goes to a folder beside it, named like it with `.tmp` behind.

    Raises:
        WarehouseError: the candidate is gone, is no warehouse, or another process has it open; or there is too little
            memory.
        WarehouseNotWritten: the disk does not take what is written.
    """
    if not candidate.exists():
        raise WarehouseError(f"the candidate {candidate} is gone; start the run again")
    try:
        connection = duckdb.connect(str(candidate), config={"memory_limit": working_memory()})
    except duckdb.Error as error:
        raise WarehouseError(f"cannot open {candidate}: {one_line(error)}") from None
    try:
        with _memory_told(), closing(connection):
            connection.execute("SET enable_progress_bar = false")
            yield connection
            # Closing does that too, and says nothing where it fails.
            connection.execute("CHECKPOINT")
    except _NOT_WRITTEN as error:
        reason = one_line(error).rpartition('": ')[2]  # Could not write file "…": No space left on device
        raise WarehouseNotWritten(f"cannot write {candidate}: {reason}; see to the disk and run again") from None


@contextmanager
def _memory_told() -> Iterator[None]:
    """Say in one line that memory was too little, and what to do."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        held = working_memory().removesuffix("B")
        raise WarehouseError(
            f"this warehouse needs more memory than {held} bytes; set BUREAU_METRICS_MEMORY to more and run again"
        ) from None


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Run a block as one transaction: all of it, or after any error nothing.

    DuckDB's COMMIT after a failed statement stores nothing and says nothing: an error always rolls back and is raised.
    """
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        with suppress(duckdb.FatalException):  # of a database that is given up after a failed write
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def published_file(where: Home | Path) -> Path:
    """Return the real file of the published warehouse; readers keep this one open when another is published.

    Raises:
        WarehouseMissing: nothing was published there.
    """
    path = where.published if isinstance(where, Home) else where
    if not path.exists():
        raise WarehouseMissing(f"no warehouse at {path}; make one with: bureau-metrics run SOURCE…")
    return path.resolve()


@contextmanager
def open_read_only(
    where: Home | Path, *, limits: QueryLimits | None = None, as_of: int | None = None
) -> Iterator[Connection]:
    """Open a published warehouse for reading: no file, no network, no setting and no Python object within reach.

    Args:
        where: a home, or a warehouse file.
        limits: memory and threads of the connection.
        as_of: number of the run whose state the views show; default: the last one.

    Raises:
        WarehouseMissing: nothing was published there.
        WarehouseError: the file is no warehouse, a process has it open for writing, or there was no such run.
    """
    limits = limits or QueryLimits()
    path = published_file(where)
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_locked_down(limits))
    except duckdb.Error as error:
        raise WarehouseError(f"cannot open {path}: {one_line(error)}") from None
    try:
        if as_of is not None:
            show_run(connection, as_of)
        yield connection
    finally:
        _SAID.pop(id(connection), None)
        connection.close()


@contextmanager
def open_for_export(where: Home | Path, *, as_of: int | None = None, part: int = 1) -> Iterator[Connection]:
    """Open a published warehouse for the product's own statements, which may hold and write more than fits in memory.

    The warehouse is attached for reading only; what does not fit goes to a temporary folder. The connection may write
    files: no SQL of others runs on it.

    Args:
        where: a home, or a warehouse file.
        as_of: number of the run whose state the views show; default: the last one.
        part: 3 for a third of the memory; default: all that there is.

    Raises:
        WarehouseMissing: nothing was published there.
        WarehouseError: the file is no warehouse, a process has it open for writing, or there was no such run; or there
            is too little memory.
    """
    path = published_file(where)
    with _memory_told(), tempfile.TemporaryDirectory(prefix="bureau-metrics-", ignore_cleanup_errors=True) as spill:
        connection = duckdb.connect(config=_spilling(Path(spill), part))
        try:
            _attach(connection, path)
            if as_of is not None:
                show_run(connection, as_of)
            yield connection
        finally:
            _SAID.pop(id(connection), None)
            connection.close()


def _attach(connection: Connection, path: Path) -> None:
    try:
        connection.execute(f"ATTACH '{quoted(path)}' AS {_IN_USE} (READ_ONLY)")
    except duckdb.Error as error:
        raise WarehouseError(f"cannot open {path}: {one_line(error)}") from None
    _say(connection, f"USE {_IN_USE}")


def show_run(connection: Connection, run: int) -> None:
    """Have the views show the state that a run published.

    Raises:
        WarehouseError: there was no such run.
    """
    check_runs(connection, run)
    _say(connection, "SET VARIABLE as_of_run = $run", {"run": run})


def _say(connection: Connection, statement: str, parameters: dict[str, object] | None = None) -> None:
    """Tell a connection something that its cursors shall know too."""
    connection.execute(statement, parameters or {})
    _SAID.setdefault(id(connection), []).append((statement, parameters or {}))


def cursor_of(connection: Connection) -> Connection:
    """Return a cursor beside others of a connection, which reads the same warehouse in the state of the same run."""
    cursor = connection.cursor()
    for statement, parameters in _SAID.get(id(connection), ()):
        cursor.execute(statement, parameters)
    return cursor


def check_runs(connection: Connection, *runs: int) -> None:
    """Refuse numbers that no run has.

    Raises:
        WarehouseError: naming the first such number and the runs that there are.
    """
    last = last_run(connection)
    for run in runs:
        if not 1 <= run <= last:
            raise WarehouseError(f"there is no run {run}; runs go from 1 to {last} (bureau-metrics query @runs)")


def last_run(connection: Connection) -> int:
    """Return the number of the last run, 0 where there was none."""
    row = connection.execute("SELECT coalesce(max(run_id), 0) FROM etl_run").fetchone()
    assert row is not None
    return int(row[0])


def _spilling(folder: Path, part: int) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": working_memory(part),
        "threads": QueryLimits().threads,  # one: rows stay in the order of the statement
        "temp_directory": str(folder),
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "python_enable_replacements": False,
    }


def _locked_down(limits: QueryLimits) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "enable_external_access": False,
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "python_enable_replacements": False,
        "memory_limit": f"{limits.memory_bytes}B",
        "temp_directory": "",  # else what does not fit in memory is written beside the published file
        "threads": limits.threads,
        "lock_configuration": True,
    }
