"""Questions to the published warehouse: SQL within limits, and a summary."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from bureau_metrics.settings import Home
from bureau_metrics.warehouse.connection import BEIJING_TIME, Connection, cursor_of, open_read_only
from bureau_metrics.warehouse.errors import QueryError, QueryTimeout, WarehouseError, one_line
from bureau_metrics.warehouse.limits import OWN_LIMITS, QueryLimits
from bureau_metrics.warehouse.named_queries import NamedQuery
from bureau_metrics.warehouse.records import RunShown, WarehouseSummary
from bureau_metrics.warehouse.sql import SqlFile, sql_file

_ROWS_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer: column names and rows of Python values (`Decimal` for decimals, `date` for dates)."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]

    def chosen(self, names: Sequence[str]) -> QueryResult:
        """Return the answer with these columns only, in this order."""
        places = [self.columns.index(name) for name in names]
        return QueryResult(tuple(names), [tuple(row[place] for place in places) for row in self.rows])


def run_query(
    where: Home | Path | Connection,
    query: str | NamedQuery,
    parameters: Mapping[str, object] | None = None,
    *,
    limits: QueryLimits | None = None,
    as_of: int | None = None,
) -> QueryResult:
    """Answer one SQL query over the published warehouse, read-only and within limits.

    Args:
        where: a home, a warehouse file, or a connection from `open_read_only`.
        query: SQL, in which `$name` stands for a parameter, or a query of `named_query`. `SET VARIABLE` may stand
            before the query, nothing else.
        parameters: values of the parameters; those of a named query may be text, and have defaults.
        limits: seconds, memory, threads and rows; default: `QueryLimits()`.
        as_of: number of the run whose state the views show; default: the last one, or that of the connection.

    Raises:
        QueryError: the SQL is wrong, asks for what a reader may not do, has more rows or needs more memory than the
            limit, or a parameter is missing, unknown or of another type.
        QueryTimeout: it ran longer than the limit.
        WarehouseMissing: nothing was published there.
    """
    limits = limits or QueryLimits()
    with asking(where, query, parameters, limits=limits, as_of=as_of) as question:
        answer = question.connection.execute(question.statement, question.values)
        columns = _unique(str(column[0]) for column in answer.description or ())
        rows: list[tuple[object, ...]] = []
        while len(rows) <= limits.rows and (more := answer.fetchmany(_ROWS_AT_ONCE)):
            rows += more
    if len(rows) > limits.rows:
        raise too_many_rows(limits)
    return QueryResult(columns, rows)


class Question(NamedTuple):
    """A query that is ready to run on a cursor of its own, with the values of its parameters."""

    connection: Connection
    statement: duckdb.Statement
    values: dict[str, object]


@contextmanager
def asking(
    where: Home | Path | Connection,
    query: str | NamedQuery,
    parameters: Mapping[str, object] | None,
    *,
    limits: QueryLimits,
    as_of: int | None = None,
) -> Iterator[Question]:
    """Give a query ready to run; it is stopped at the time limit, and what goes wrong is one clear line.

    Arguments and errors are those of `run_query`.
    """
    sql, values = query, dict(parameters or {})
    if isinstance(query, NamedQuery):
        sql, values = query.sql, query.values(values)
    with _cursor(where, limits, as_of) as connection, _translated(), _stopped_after(connection, limits.seconds):
        if isinstance(query, NamedQuery):
            query.check_names(connection, values)
        yield _prepared(connection, str(sql), values)


@contextmanager
def _cursor(where: Home | Path | Connection, limits: QueryLimits, as_of: int | None) -> Iterator[Connection]:
    if isinstance(where, Home | Path):
        with open_read_only(where, limits=limits, as_of=as_of) as connection:
            yield connection
    else:
        with closing(cursor_of(where)) as cursor:
            yield cursor


def _prepared(connection: Connection, sql: str, values: dict[str, object]) -> Question:
    """Return the last statement as the question, after the SET VARIABLE before it; QueryError for anything else."""
    statements = connection.extract_statements(sql)
    if not statements:
        raise QueryError("there is nothing to answer: the query is empty")
    names = {name for statement in statements for name in statement.named_parameters}
    if missing := sorted(names - values.keys()):
        raise QueryError(f"the query needs a value for {', '.join(f'${name} (-p {name}=…)' for name in missing)}")
    if unknown := sorted(values.keys() - names):
        raise QueryError(f"the query has no parameter {', '.join(f'${name}' for name in unknown)}")
    *settings, statement = statements
    if any(setting.type != duckdb.StatementType.SET for setting in settings):
        raise QueryError("give one query at a time; only SET VARIABLE may stand before it")
    for setting in settings:
        connection.execute(setting, _of(setting, values))
    return Question(connection, statement, _of(statement, values))


def _of(statement: duckdb.Statement, values: Mapping[str, object]) -> dict[str, object]:
    return {name: values[name] for name in statement.named_parameters}


@contextmanager
def _stopped_after(connection: Connection, seconds: float) -> Iterator[None]:
    """Interrupt what the connection does after so many seconds; QueryTimeout then, whatever the interruption became."""
    expired = threading.Event()

    def stop() -> None:
        expired.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (duckdb.Error, RuntimeError):
        if not expired.is_set():
            raise
        raise QueryTimeout(f"the query took longer than {seconds:g} seconds; narrow it, or raise the limit") from None
    finally:
        # Waited for: a thread that drops the last hold on a connection while the process ends takes the process down.
        timer.cancel()
        timer.join()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the errors of the database into one clear line each."""
    try:
        yield
    except duckdb.InterruptException:
        raise QueryError("the query was interrupted") from None
    except (MemoryError, duckdb.OutOfMemoryException):
        raise QueryError("the query needs more memory than its limit; narrow it, or raise the limit") from None
    except (duckdb.Error, ValueError, RuntimeError) as error:
        raise QueryError(_explained(error)) from None


def too_many_rows(limits: QueryLimits) -> QueryError:
    """Return the error of an answer with more rows than the limit."""
    return QueryError(f"the answer has more than {limits.rows:,} rows; add LIMIT, raise the limit, or use export")


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return column names with a number behind those that stand before already, as DuckDB numbers them in a table."""
    unique: list[str] = []
    for name in names:
        numbered = (name if not number else f"{name}_{number}" for number in count())
        unique.append(next(candidate for candidate in numbered if candidate not in unique))
    return tuple(unique)


def _explained(error: Exception) -> str:
    """Return a database error in one line, with the place in the query where it says one."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    hints = [line for line in lines[1:] if line.startswith(("Candidate bindings", "Did you mean"))]
    return " ".join([one_line(error), *hints[:1]])


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
    return ask_within(cursor_of(connection), statement.text, parameters)


def ask_within(cursor: Connection, text: str, parameters: Mapping[str, object] | None = None) -> Connection:
    """Ask something of the product of a cursor, which sees its own temporary tables; its answer before is gone.

    Raises:
        WarehouseError: as of `ask`.
    """
    try:
        return cursor.execute(text, dict(parameters or {}))
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
    answer = run_query(where, sql_file("load/describe", "summary").text, limits=OWN_LIMITS)
    found = dict(zip(answer.columns, answer.rows[0], strict=True))
    severities: Any = found.pop("findings_by_severity") or []
    counts = {name: int(str(count)) for name, count in found.items()}
    return WarehouseSummary(findings_by_severity=tuple((name, count) for name, count in severities), **counts)
