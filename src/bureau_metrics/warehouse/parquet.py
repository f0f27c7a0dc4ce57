"""Answers as Parquet files, with the types that they have in the warehouse (exact decimals, dates).

Two ways lead there, because SQL of others may write no file. `query_to_parquet` answers it on a locked-down connection,
and the rows pass as an Arrow stream to another one, which writes and sees nothing else. `held_answer` holds what a
statement of the product answers on a connection for exports, and writes it whole or by years.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bureau_metrics.settings import Home
from bureau_metrics.warehouse.connection import Connection, cursor_of
from bureau_metrics.warehouse.errors import WarehouseError, one_line
from bureau_metrics.warehouse.limits import QueryLimits
from bureau_metrics.warehouse.named_queries import NamedQuery
from bureau_metrics.warehouse.queries import Question, asking, too_many_rows
from bureau_metrics.warehouse.sql import SqlFile

# Row groups of one size: equal rows give equal bytes. Version 1 of the format is read by every reader.
_TO_PARQUET = "TO $path (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, PARQUET_VERSION v1)"


def query_to_parquet(
    where: Home | Path | Connection,
    query: str | NamedQuery,
    path: Path,
    parameters: Mapping[str, object] | None = None,
    *,
    limits: QueryLimits | None = None,
    as_of: int | None = None,
) -> int:
    """Write the answer to anybody's query into a Parquet file, without holding it in memory; return its rows.

    After an error the file may be there in part; write to a temporary name. Arguments and errors are those of
    `run_query`.
    """
    limits = limits or QueryLimits()
    memory = f"{limits.memory_bytes}B"
    with (
        asking(where, query, parameters, limits=limits, as_of=as_of) as question,
        closing(duckdb.connect(config={"memory_limit": memory, "threads": limits.threads})) as writer,
    ):
        writer.register("answer", _Stream(question))
        rows = _written(writer, f"FROM answer LIMIT {limits.rows + 1}", path)
    if rows > limits.rows:
        raise too_many_rows(limits)
    return rows


@dataclass(frozen=True, slots=True)
class _Stream:
    """The answer to a question as Arrow's Python interface hands it over."""

    question: Question

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        connection, statement, values = self.question
        return connection.sql(statement, params=values or None).__arrow_c_stream__(requested_schema)


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """The rows of one answer, held to be written in their order: `columns` are names and SQL types."""

    columns: tuple[tuple[str, str], ...]
    _cursor: Connection

    def years(self) -> list[int | None]:
        """Return the years that occur, in order, None last."""
        rows = self._cursor.execute("SELECT DISTINCT year FROM held ORDER BY year NULLS LAST").fetchall()
        return [row[0] for row in rows]

    def write_year(self, year: int | None, path: Path) -> int:
        """Write the rows of one year (None: those without), without the column that says it; return how many.

        Raises:
            WarehouseError: the file cannot be written.
        """
        return self._write("SELECT * EXCLUDE (year) FROM held WHERE year IS NOT DISTINCT FROM $year", path, year=year)

    def write(self, path: Path) -> int:
        """Write all rows; return how many.

        Raises:
            WarehouseError: the file cannot be written.
        """
        return self._write("FROM held", path)

    def _write(self, rows: str, path: Path, **parameters: object) -> int:
        try:
            return _written(self._cursor, rows, path, **parameters)
        except duckdb.Error as error:
            raise WarehouseError(f"cannot write {path.name}: {one_line(error)}") from None


@contextmanager
def held_answer(connection: Connection, statement: SqlFile, parameters: Mapping[str, object]) -> Iterator[HeldAnswer]:
    """Hold what a statement of the product answers, in its order; `connection` is one of `open_for_export`."""
    with closing(cursor_of(connection)) as cursor:
        cursor.execute(f"CREATE TEMP TABLE held AS {statement.query}", dict(parameters))
        described = cursor.execute("FROM held LIMIT 0").description or []
        yield HeldAnswer(tuple((str(column[0]), str(column[1])) for column in described), cursor)


def _written(connection: Connection, rows: str, path: Path, **parameters: object) -> int:
    answer = connection.execute(f"COPY ({rows}) {_TO_PARQUET}", {**parameters, "path": str(path)}).fetchone()
    return int(answer[0]) if answer else 0
