"""Verbs that read the published warehouse: query, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bureau_metrics.cli.options import FormatOption, HomeOption, WrongCall, home_of
from bureau_metrics.rendering import OutputFormat, Rows, say, write_rows
from bureau_metrics.settings import Home

if TYPE_CHECKING:
    from bureau_metrics.exports import ExportedFile
    from bureau_metrics.warehouse import Connection


class ExportFormat(StrEnum):
    """What `export` writes; `csv`, `jsonl` and `table` also say how it prints the list of what was written."""

    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"
    REVIEW = "review"
    TABLE = "table"
    JSONL = "jsonl"


AsOfOption = Annotated[
    int | None,
    typer.Option("--as-of", metavar="RUN", help="Show the state that this run published (query @runs lists runs)."),
]
_PRINTED = frozenset({ExportFormat.CSV, ExportFormat.TABLE, ExportFormat.JSONL})


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    app.command("query", epilog='Example: bureau-metrics query "FROM document_summary" --format csv')(query)
    app.command("export", epilog="Example: bureau-metrics export --to exports")(export)
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


def export(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Where to write; default: exports/ under the home.")
    ] = None,
    formats: Annotated[
        list[ExportFormat] | None,
        typer.Option(
            "--format",
            "-f",
            help="csv (the default), xlsx, html or review: what is written; may be repeated. "
            "table, jsonl or csv: how the list of written files is printed.",
            case_sensitive=False,
        ),
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Write exports of the published warehouse, and print what was written.

    csv: observations.csv (every fact), cross_bureau.csv (bureaus side by side), rejected.csv; xlsx: the bureaus side by
    side with the code book; html: a page to read and print; review: review_queue.csv, what a person should look at.
    """
    where, wanted = home_of(context, home), formats or []
    rows = [[str(file.path), file.rows] for file in _export(where, to or where.exports, wanted, as_of)]
    printed = [OutputFormat(name.value) for name in wanted if name in _PRINTED]
    write_rows(Rows(("file", "rows"), rows), printed[-1] if printed else OutputFormat.TABLE)


def _export(where: Home, folder: Path, wanted: Sequence[ExportFormat], as_of: int | None) -> list[ExportedFile]:
    from bureau_metrics.exports import ExportedFile, export_all
    from bureau_metrics.warehouse import open_read_only

    beside_csv = [name for name in dict.fromkeys(wanted) if name not in _PRINTED]
    files = export_all(where, folder, as_of) if ExportFormat.CSV in wanted or not beside_csv else []
    if beside_csv:
        writers = _writers()
        with open_read_only(where, as_of=as_of) as connection:
            for file_name, write in (writers[name] for name in beside_csv):
                files.append(ExportedFile(folder / file_name, write(connection, folder / file_name)))
    return files


def _writers() -> dict[ExportFormat, tuple[str, Callable[[Connection, Path], int]]]:
    """Return the name of the file and its writer for each format beside CSV."""
    from bureau_metrics.report import REPORT, export_report
    from bureau_metrics.review import REVIEW_QUEUE, export_review_queue
    from bureau_metrics.workbook import WORKBOOK, export_workbook

    return {
        ExportFormat.XLSX: (WORKBOOK, export_workbook),
        ExportFormat.HTML: (REPORT, export_report),
        ExportFormat.REVIEW: (REVIEW_QUEUE, export_review_queue),
    }


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
