"""Copies of the published warehouse as Parquet files, made by DuckDB itself from a database in memory beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from bureau_metrics.settings import Home
from bureau_metrics.warehouse.connection import (
    Connection,
    published_file,
    quoted,
    show_run,
)
from bureau_metrics.warehouse.errors import WarehouseError, one_line
from bureau_metrics.warehouse.limits import QueryLimits

# One thread and row groups of one size: equal rows give equal bytes. Version 1 of the format is read by every reader.
_PARQUET = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, PARQUET_VERSION v1)"


@dataclass(frozen=True, slots=True)
class ParquetCopy:
    """The rows of one query, held to be written: `columns` are names and SQL types."""

    columns: tuple[tuple[str, str], ...]
    _connection: Connection

    def years(self) -> list[int | None]:
        """Return the years that occur, in order, None last."""
        rows = self._connection.execute("SELECT DISTINCT year FROM copied ORDER BY year NULLS LAST").fetchall()
        return [row[0] for row in rows]

    def write_year(self, year: int | None, path: Path) -> int:
        """Write the rows of one year (None: those without), without the column that says it; return how many."""
        return self._write("SELECT * EXCLUDE (year) FROM copied WHERE year IS NOT DISTINCT FROM $year", path, year=year)

    def write(self, path: Path) -> int:
        """Write all rows; return how many."""
        return self._write("FROM copied", path)

    def _write(self, rows: str, path: Path, **parameters: object) -> int:
        """Write rows in the order of the query that they were copied by.

        Raises:
            WarehouseError: the file cannot be written.
        """
        try:
            answer = self._connection.execute(f"COPY ({rows}) TO $path {_PARQUET}", {**parameters, "path": str(path)})
            count = answer.fetchone()
        except duckdb.Error as error:
            raise WarehouseError(f"cannot write {path.name}: {one_line(error)}") from None
        return int(count[0]) if count else 0


@contextmanager
def parquet_copy(
    where: Home | Path, sql: str, parameters: Mapping[str, Any], as_of: int | None = None
) -> Iterator[ParquetCopy]:
    """Copy the answer of a query over a published warehouse, in its order, for writing as Parquet.

    The warehouse is attached for reading only; what does not fit into memory goes to a temporary folder.

    Raises:
        WarehouseMissing: nothing was published there.
        WarehouseError: the file is no warehouse, or there was no such run.
    """
    path = published_file(where)
    with (
        tempfile.TemporaryDirectory(prefix="bureau-metrics-", ignore_cleanup_errors=True) as spill,
        duckdb.connect(config=_settings(Path(spill))) as connection,
    ):
        try:
            connection.execute(f"ATTACH '{quoted(path)}' AS published (READ_ONLY)")
        except duckdb.Error as error:
            raise WarehouseError(f"cannot open {path}: {one_line(error)}") from None
        connection.execute("USE published")
        if as_of is not None:
            show_run(connection, as_of)
        connection.execute(f"CREATE TEMP TABLE copied AS {sql}", dict(parameters))
        described = connection.execute("FROM copied LIMIT 0").description or []
        yield ParquetCopy(tuple((str(column[0]), str(column[1])) for column in described), connection)


def _settings(spill: Path) -> dict[str, str | bool | int | float | list[str]]:
    limits = QueryLimits()
    return {
        "memory_limit": limits.memory,
        "threads": limits.threads,
        "temp_directory": str(spill),
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "python_enable_replacements": False,
    }
