"""The verb `query`: SQL and named queries over the published warehouse, as table, CSV, JSON lines or Parquet."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from bureau_metrics.cli.options import AsOfOption, HomeOption, WrongCall, home_of
from bureau_metrics.rendering import OutputFormat, Rows, say, write_rows

if TYPE_CHECKING:
    from bureau_metrics.settings import Home
    from bureau_metrics.warehouse import NamedQuery, QueryLimits, QueryResult


class QueryFormat(StrEnum):
    """How an answer is printed or written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("query", epilog="Example: bureau-metrics query @rank_bureaus -p metric=tech_smes -p year=2024")(query)


def query(
    context: typer.Context,
    sql: Annotated[
        str | None, typer.Argument(metavar="[SQL]", help="A query, or @NAME for a named one; none lists those.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="SQL_FILE", help="Read the query from a file.")] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", "--param", metavar="NAME=VALUE", help="Value of $NAME in the query; may be repeated."),
    ] = None,
    describe: Annotated[
        bool, typer.Option("--describe", help="Say what a named query answers and takes, and ask nothing.")
    ] = False,
    output_format: Annotated[
        QueryFormat, typer.Option("--format", "-f", help="How the answer is written.", case_sensitive=False)
    ] = QueryFormat.TABLE,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write the answer to a file.")] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    seconds: Annotated[float, typer.Option("--seconds", help="Stop the query after so many seconds.")] = 30.0,
    memory: Annotated[str, typer.Option("--memory", help="Refuse it more memory than that.")] = "1GB",
    rows: Annotated[int, typer.Option("--rows", help="Refuse an answer with more rows.")] = 1_000_000,
) -> None:
    """Answer a SQL query over the published warehouse, which can only be read: no other file, no network.

    Parquet keeps the exact types; it needs --to FILE, or a pipe. A CSV of --to FILE opens in Excel.
    """
    from bureau_metrics.warehouse import NamedQuery, QueryLimits, limited_process

    if sql is None and file is None:
        _list_named_queries(output_format)
        return
    question = _question(sql, file)
    if isinstance(question, NamedQuery) and (describe or (question.needed and not parameters)):
        _describe(question, asked=describe)
        return
    limits = QueryLimits(seconds=seconds, memory=memory, rows=rows)
    asked = _Asked(home_of(context, home), question, _values(parameters or [], question), limits, as_of)
    with limited_process(limits):
        if output_format is QueryFormat.PARQUET:
            _write_parquet(asked, to)
        else:
            _write_text(asked, OutputFormat(output_format.value), to)


def _list_named_queries(output_format: QueryFormat) -> None:
    from bureau_metrics.warehouse import named_queries

    if output_format is QueryFormat.PARQUET:
        raise WrongCall("the list of queries is printed as table, jsonl or csv")
    rows = [[f"@{query.name}", " ".join(map(str, query.parameters)), query.title] for query in named_queries()]
    write_rows(Rows(("query", "parameters", "answers"), rows), OutputFormat(output_format.value))


def _describe(query: NamedQuery, *, asked: bool) -> None:
    """Print what a query answers and takes; WrongCall behind it where it was to be run."""
    lines = [f"@{query.name}: {query.title}", *query.description.splitlines()]
    for parameter in query.parameters:
        default = "" if parameter.default is None else f", default {parameter.default}"
        lines.append(f"  -p {parameter.name}=…  {parameter.description} ({parameter.type}{default})")
    if asked:
        typer.echo("\n".join(lines))
        return
    say("\n".join(lines))
    raise WrongCall(f"@{query.name} needs {', '.join(f'-p {name}=…' for name in query.needed)}")


def _question(sql: str | None, file: Path | None) -> str | NamedQuery:
    """Return the SQL or the named query that is meant."""
    from bureau_metrics.warehouse import named_query

    if sql is not None and file is not None:
        raise WrongCall("give the query either as an argument or with --file, not both")
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise WrongCall(f"{file}: not UTF-8 text; save the query as UTF-8") from None
    assert sql is not None
    return named_query(sql.removeprefix("@")) if sql.startswith("@") else sql


def _values(parameters: list[str], question: str | NamedQuery) -> dict[str, object]:
    """Return the values as they are written; for free SQL whole numbers become numbers, but for codes such as 010."""
    values: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals or not name:
            raise WrongCall(f"-p {parameter}: write NAME=VALUE, as -p year=2024")
        if name in values:
            raise WrongCall(f"-p {parameter}: {name} is given twice")
        values[name] = value
    if not isinstance(question, str):
        return dict(values)
    return {name: int(value) if _is_whole_number(value) else value for name, value in values.items()}


def _is_whole_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19 and (value == "0" or value[0] != "0")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call that is understood: where, what, with which values and limits, and about which run."""

    where: Home
    question: str | NamedQuery
    values: Mapping[str, object]
    limits: QueryLimits
    as_of: int | None

    def answer(self) -> QueryResult:
        from bureau_metrics.warehouse import run_query

        return run_query(self.where, self.question, self.values, limits=self.limits, as_of=self.as_of)

    def write_parquet(self, path: Path) -> int:
        from bureau_metrics.warehouse import query_to_parquet

        return query_to_parquet(self.where, self.question, path, self.values, limits=self.limits, as_of=self.as_of)


def _write_text(asked: _Asked, output_format: OutputFormat, to: Path | None) -> None:
    result = asked.answer()
    answer = Rows(result.columns, result.rows)
    if to is None:
        if not write_rows(answer, output_format):
            say("no rows")
        return
    from bureau_metrics.exports import complete_or_absent

    encoding = "utf-8-sig" if output_format is OutputFormat.CSV else "utf-8"
    with complete_or_absent(to) as temporary, temporary.open("w", encoding=encoding, newline="\n") as out:
        write_rows(answer, output_format, out)
    _say_written(len(result.rows), to)


def _write_parquet(asked: _Asked, to: Path | None) -> None:
    if to is not None:
        from bureau_metrics.exports import complete_or_absent

        with complete_or_absent(to) as temporary:
            rows = asked.write_parquet(temporary)
        _say_written(rows, to)
        return
    if sys.stdout.isatty():
        raise WrongCall("Parquet is nothing to read on a screen; give --to FILE, or send it into a file or a pipe")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answer.parquet"
        asked.write_parquet(path)
        with path.open("rb") as answer:
            shutil.copyfileobj(answer, sys.stdout.buffer)


def _say_written(rows: int, to: Path) -> None:
    say(f"{rows:,} {'row' if rows == 1 else 'rows'} in {to}")
