"""Questions to the published warehouse: free SQL within limits, the queries of `warehouse/queries/`, and a summary."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from bureau_metrics.settings import Home
from bureau_metrics.warehouse.connection import BEIJING_TIME, Connection, QueryLimits, cursor_of, open_read_only
from bureau_metrics.warehouse.errors import QueryError, QueryTimeout, WarehouseError, one_line
from bureau_metrics.warehouse.records import RunShown, WarehouseSummary
from bureau_metrics.warehouse.sql import SqlFile, sql_file, sql_files


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer: column names and rows of Python values (`Decimal` for decimals, `date` for dates)."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]

    def chosen(self, names: Sequence[str]) -> QueryResult:
        """Return the answer with these columns only, in this order."""
        places = [self.columns.index(name) for name in names]
        return QueryResult(tuple(names), [tuple(row[place] for place in places) for row in self.rows])


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of `warehouse/queries/`: its name, one sentence, the comment below it, its parameters, and the SQL."""

    name: str
    title: str
    description: str
    parameters: tuple[str, ...]
    sql: str


def run_query(
    where: Home | Path | Connection,
    sql: str,
    parameters: Mapping[str, object] | None = None,
    *,
    limits: QueryLimits | None = None,
    as_of: int | None = None,
) -> QueryResult:
    """Answer one SQL query over the published warehouse, read-only and within limits.

    Args:
        where: a home, a warehouse file, or a connection from `open_read_only`.
        sql: the query; `$name` stands for a parameter.
        parameters: values of the parameters.
        limits: seconds, memory, threads and rows; default: `QueryLimits()`.
        as_of: number of the run whose state the views show; default: the last one, or that of the connection.

    Raises:
        QueryError: the SQL is wrong, asks for what a reader may not do, or has more rows than the limit.
        QueryTimeout: it ran longer than the limit.
        WarehouseMissing: nothing was published there.
    """
    limits = limits or QueryLimits()
    if isinstance(where, Home | Path):
        with open_read_only(where, limits=limits, as_of=as_of) as connection:
            return _answer(connection, sql, parameters, limits)
    return _answer(cursor_of(where), sql, parameters, limits)


def _answer(
    connection: Connection, sql: str, parameters: Mapping[str, object] | None, limits: QueryLimits
) -> QueryResult:
    expired = threading.Event()

    def stop() -> None:
        expired.set()
        connection.interrupt()

    timer = threading.Timer(limits.seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        answer: Connection | None = connection.execute(sql, dict(parameters or {}))
        if answer is None:
            raise QueryError("there is nothing to answer: the query is empty")
        columns = tuple(str(column[0]) for column in answer.description or ())
        rows = answer.fetchmany(limits.rows + 1)
    except duckdb.InterruptException:
        if not expired.is_set():
            raise QueryError("the query was interrupted") from None
        raise QueryTimeout(
            f"the query took longer than {limits.seconds:g} seconds; narrow it, or raise the limit"
        ) from None
    except (duckdb.Error, ValueError, RuntimeError) as error:
        raise QueryError(_explained(error)) from None
    finally:
        timer.cancel()
    if len(rows) > limits.rows:
        raise QueryError(f"the answer has more than {limits.rows:,} rows; add LIMIT, or use export")
    return QueryResult(columns, rows)


def _explained(error: Exception) -> str:
    """Return a database error in one line, with the place in the query where it says one."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    hints = [line for line in lines[1:] if line.startswith(("Candidate bindings", "Did you mean"))]
    return " ".join([one_line(error), *hints[:1]])


@cache
def named_queries() -> tuple[NamedQuery, ...]:
    """Return the queries of `warehouse/queries/`, in order of name."""
    return tuple(
        NamedQuery(
            name=file.name,
            title=file.title,
            description="\n".join(file.comment[1:]),
            parameters=file.parameters,
            sql=file.text,
        )
        for file in sql_files("queries")
    )


def named_query(name: str) -> NamedQuery:
    """Return the query of that name.

    Raises:
        QueryError: there is none; the message lists those that there are.
    """
    for query in named_queries():
        if query.name == name:
            return query
    known = ", ".join(query.name for query in named_queries())
    raise QueryError(f"there is no query named {name}; there are: {known}")


def extracted_state(home: Home, fingerprint: str) -> frozenset[str]:
    """Return the source keys that need no new reading under this extractor; empty where nothing was published yet."""
    if not home.published.exists():
        return frozenset()
    sql = "SELECT source_key FROM extraction WHERE valid_to_run IS NULL AND confirmed_fingerprint = $fingerprint"
    with open_read_only(home) as connection:
        try:
            rows = connection.execute(sql, {"fingerprint": fingerprint}).fetchall()
        except duckdb.Error as error:
            raise WarehouseError(f"{home.published} is no warehouse of this product: {one_line(error)}") from None
    return frozenset(row[0] for row in rows)


def ask(connection: Connection, statement: SqlFile, parameters: Mapping[str, object]) -> Connection:
    """Ask a statement of the product beside other answers of a connection; return the cursor with the answer.

    Raises:
        WarehouseError: the warehouse was made by another version, whose views are not the ones that are asked.
    """
    try:
        return cursor_of(connection).execute(statement.text, dict(parameters))
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise WarehouseError(
            "this warehouse was made by another version of bureau-metrics; bring it up to date with: "
            f"bureau-metrics run SOURCE… ({one_line(error)})"
        ) from None


def column_comments(connection: Connection, name: str) -> dict[str, str]:
    """Return what the columns of a table or view mean, by name."""
    rows = cursor_of(connection).execute(sql_file("load/describe", "column_comments").text, {"object": name}).fetchall()
    return {column: comment or "" for column, comment in rows}


def run_shown(connection: Connection) -> RunShown | None:
    """Return the run whose state a connection shows, None in a warehouse without any."""
    row = cursor_of(connection).execute(sql_file("load/describe", "run_shown").text).fetchone()
    return RunShown(row[0], row[1].replace(tzinfo=BEIJING_TIME), row[2]) if row else None


def summary(where: Home | Path | Connection) -> WarehouseSummary:
    """Return how much the published warehouse holds.

    Raises:
        WarehouseMissing: nothing was published there.
    """
    row = run_query(where, sql_file("load/describe", "summary").text).rows[0]
    return WarehouseSummary(*(int(str(count)) for count in row))
