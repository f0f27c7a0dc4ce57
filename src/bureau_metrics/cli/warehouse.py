"""Verbs that read the published warehouse: query, diff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bureau_metrics.cli.options import AsOfOption, FormatOption, HomeOption, WrongCall, home_of
from bureau_metrics.rendering import OutputFormat, Rows, say, write_rows


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    app.command("query", epilog='Example: bureau-metrics query "FROM document_summary" --format csv')(query)
    app.command("diff", epilog="Example: bureau-metrics diff 1 2 --format csv")(diff)


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
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    seconds: Annotated[float, typer.Option("--seconds", help="Stop the query after so many seconds.")] = 30.0,
) -> None:
    """Answer a SQL query over the published warehouse, which can only be read: no other file, no network."""
    from bureau_metrics.warehouse import QueryLimits, run_query

    if sql is None and file is None:
        _list_named_queries(output_format)
        return
    statement, names = _statement(sql, file)
    values = _values(parameters or [], names)
    result = run_query(home_of(context, home), statement, values, limits=QueryLimits(seconds=seconds), as_of=as_of)
    if not write_rows(Rows(result.columns, result.rows), output_format):
        say("no rows")


def _list_named_queries(output_format: OutputFormat) -> None:
    from bureau_metrics.warehouse import named_queries

    rows = [[f"@{query.name}", " ".join(query.parameters), query.title] for query in named_queries()]
    write_rows(Rows(("query", "parameters", "answers"), rows), output_format)


def _statement(sql: str | None, file: Path | None) -> tuple[str, tuple[str, ...] | None]:
    """Return the SQL that is meant, and the names of its parameters where they are known."""
    from bureau_metrics.warehouse import named_query

    if sql is not None and file is not None:
        raise WrongCall("give the query either as an argument or with --file, not both")
    if file is not None:
        return file.read_text(encoding="utf-8-sig"), None
    assert sql is not None
    if sql.startswith("@"):
        found = named_query(sql.removeprefix("@"))
        return found.sql, found.parameters
    return sql, None


def _values(parameters: list[str], names: tuple[str, ...] | None) -> dict[str, object]:
    values: dict[str, object] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise WrongCall(f"-p {parameter}: write NAME=VALUE, as -p year=2024")
        values[name] = int(value) if value.isascii() and value.isdecimal() else value
    missing = [name for name in names or () if name not in values]
    if missing:
        raise WrongCall(f"this query needs {', '.join(f'-p {name}=…' for name in missing)}")
    return values


DIFF_COLUMNS = ("change", "reason", "document_id", "metric", "label", "year_after", "figure_before", "figure_after")


def diff(
    context: typer.Context,
    before: Annotated[int | None, typer.Argument(metavar="[RUN]", help="The earlier run.")] = None,
    after: Annotated[int | None, typer.Argument(metavar="[RUN]", help="The later run.")] = None,
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """List the figures gained, lost and changed between two runs, and why; without numbers between the last two.

    csv and jsonl print all columns, with both sentences.
    """
    from bureau_metrics.warehouse import figure_changes

    result = figure_changes(home_of(context, home), before, after)
    if output_format is OutputFormat.TABLE:
        result = result.chosen(DIFF_COLUMNS)
    if not write_rows(Rows(result.columns, result.rows), output_format):
        say("no figure differs")
