"""The answer to a query as a Parquet file, with the types that it has in the warehouse (exact decimals, dates)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bureau_metrics.settings import Home
from bureau_metrics.warehouse.connection import Connection, quoted
from bureau_metrics.warehouse.limits import QueryLimits
from bureau_metrics.warehouse.named_queries import NamedQuery
from bureau_metrics.warehouse.queries import Question, asking, too_many_rows


def write_parquet(
    where: Home | Path | Connection,
    query: str | NamedQuery,
    path: Path,
    parameters: Mapping[str, object] | None = None,
    *,
    limits: QueryLimits | None = None,
    as_of: int | None = None,
) -> int:
    """Write the answer to a query into a Parquet file; return the number of rows.

    The connection that answers may write no file, and the one that writes sees nothing but the answer: the rows pass
    from one to the other as an Arrow stream, without being held in memory. After an error the file may be there in
    part; write to a temporary name.

    Arguments and errors are those of `run_query`.
    """
    limits = limits or QueryLimits()
    with asking(where, query, parameters, limits=limits, as_of=as_of) as question:
        rows = _written(_Stream(question), path, limits)
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


def _written(answer: _Stream, path: Path, limits: QueryLimits) -> int:
    with closing(
        duckdb.connect(config={"memory_limit": f"{limits.memory_bytes}B", "threads": limits.threads})
    ) as writer:
        writer.register("answer", answer)
        row = writer.execute(
            f"COPY (FROM answer LIMIT {limits.rows + 1}) TO '{quoted(path)}' (FORMAT parquet)"
        ).fetchone()
    assert row is not None
    return int(row[0])
