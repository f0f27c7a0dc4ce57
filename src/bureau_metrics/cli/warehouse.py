"""Verbs that read the published warehouse: query, export, explain."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from bureau_metrics.cli.options import FormatOption, HomeOption, WrongCall, home_of
from bureau_metrics.rendering import OutputFormat, Rows, console, write_rows

SHORTEST_PREFIX = 6
FACT = (
    "SELECT o.*, m.name_zh, m.name_en, d.path, d.text AS document_text FROM observation AS o "
    "JOIN dim_document AS d USING (document_id, content_hash) LEFT JOIN dim_metric AS m USING (metric) "
    "WHERE starts_with(o.fact_id, $fact_id) ORDER BY o.fact_id LIMIT 2"
)


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    app.command("query", epilog='Example: bureau-metrics query "FROM document_summary" --format csv')(query)
    app.command("export", epilog="Example: bureau-metrics export --to exports")(export)
    app.command("explain", epilog="Example: bureau-metrics explain FACT_ID")(explain)


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
    seconds: Annotated[float, typer.Option("--seconds", help="Stop the query after so many seconds.")] = 30.0,
) -> None:
    """Answer a SQL query over the published warehouse, which can only be read: no other file, no network."""
    from bureau_metrics.warehouse import QueryLimits, run_query

    if sql is None and file is None:
        _list_named_queries(output_format)
        return
    statement, names = _statement(sql, file)
    values = _values(parameters or [], names)
    result = run_query(home_of(context, home), statement, values, limits=QueryLimits(seconds=seconds))
    write_rows(Rows(result.columns, result.rows), output_format)


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


def export(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Where to write; default: exports/ under the home.")
    ] = None,
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Write observations.csv (every fact) and cross_bureau.csv (bureaus side by side), and print what was written."""
    from bureau_metrics.exports import export_all

    where = home_of(context, home)
    files = export_all(where, to or where.exports)
    write_rows(Rows(("file", "rows"), [[str(file.path), file.rows] for file in files]), output_format)


def explain(
    context: typer.Context,
    fact_id: Annotated[
        str, typer.Argument(metavar="FACT_ID", help="Id of a fact, or its first six or more characters.")
    ],
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Show the sentence of a fact with the figure marked, where it stands, and why it was read so."""
    fact = _fact(home_of(context, home), fact_id)
    if output_format is OutputFormat.TABLE:
        _print_explanation(fact)
        return
    sentence = fact["document_text"][fact["sentence_start"] : fact["sentence_end"]]
    shown = {**{name: value for name, value in fact.items() if name != "document_text"}, "sentence": sentence}
    write_rows(Rows.of(tuple(shown), [shown]), output_format)


def _fact(home: Any, fact_id: str) -> dict[str, Any]:
    from bureau_metrics.warehouse import run_query

    if len(fact_id) < SHORTEST_PREFIX:
        raise WrongCall(f"{fact_id}: give at least {SHORTEST_PREFIX} characters of the fact's id")
    result = run_query(home, FACT, {"fact_id": fact_id})
    if not result.rows:
        raise WrongCall(f"no current fact has the id {fact_id}; observations.csv and query list the ids")
    if len(result.rows) > 1:
        raise WrongCall(f"several facts have an id that begins with {fact_id}; give more of it")
    return dict(zip(result.columns, result.rows[0], strict=True))


def _print_explanation(fact: Mapping[str, Any]) -> None:
    from rich.text import Text

    text, start, end = fact["document_text"], fact["start"], fact["end"]
    sentence = Text(text[fact["sentence_start"] : start])
    sentence.append(text[start:end], style="bold reverse")
    sentence.append(text[end : fact["sentence_end"]])
    out = console()
    if not sys.stdout.isatty():
        sentence = Text(
            f"{text[fact['sentence_start'] : start]}【{text[start:end]}】{text[end : fact['sentence_end']]}"
        )
    out.print(sentence)
    out.print()
    for name, value in _explained(fact):
        out.print(Text(f"{name:<10}  ", style="bold") + Text(value))


def _explained(fact: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is said of a fact, line by line; what it does not have is left out."""
    from bureau_metrics.models import plain

    def said(*names: str, between: str = " ") -> str:
        return between.join(str(plain(fact[name])) for name in names if fact[name] not in (None, ""))

    bounds = f"{said('lower') or '…'} to {said('upper') or '…'}" if fact["lower"] != fact["upper"] else ""
    metric = (
        f"{fact['metric']} ({said('name_zh', 'name_en', between=', ')})" if fact["metric"] else "none (an open fact)"
    )
    lines = [
        ("figure", f"{fact['text']} = {said('value', 'unit') or 'no single number'}, {fact['qualifier']}"),
        ("bounds", bounds),
        ("metric", metric),
        ("label", said("label") + (" (a part of the metric)" if fact["narrowed"] else "")),
        ("measure", said("measure", "status", "scope", between=", ")),
        ("year", said("year")),
        ("period", said("period_start", "period_end", between=" to ")),
        ("against", said("relative_to")),
        ("bureau", said("bureau", "division_code")),
        ("document", f"{fact['document_id']}, characters {fact['start']} to {fact['end']}"),
        ("file", said("path")),
        ("section", said("section")),
        ("read by", f"rule {fact['rule']}" + (f", term {fact['term']}" if fact["term"] else "")),
        ("confidence", said("confidence")),
        ("fact id", said("fact_id")),
    ]
    return [(name, text) for name, text in lines if text]
