"""The verb export: files out of the published warehouse, in the formats and of the part that are asked for."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from bureau_metrics.cli.options import AsOfOption, BureauOption, HomeOption, RegionOption, home_of
from bureau_metrics.rendering import OutputFormat, Rows, write_rows


class AskedFormat(StrEnum):
    """What `export` writes; `csv`, `jsonl` and `table` also say how it prints the list of what was written."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    HTML = "html"
    REVIEW = "review"
    DATAPACKAGE = "datapackage"
    TABLE = "table"
    JSONL = "jsonl"


FormatsOption = Annotated[
    list[AskedFormat] | None,
    typer.Option(
        "--format",
        "-f",
        help="csv (the default), xlsx, parquet, html, review or datapackage: what is written; may be repeated. "
        "table, jsonl or csv: how the list of written files is printed.",
        case_sensitive=False,
    ),
]
YearOption = Annotated[
    list[str] | None,
    typer.Option("--year", metavar="YEAR", help="Only figures about this year or range of years (2022-2024)."),
]
MetricOption = Annotated[
    list[str] | None, typer.Option("--metric", metavar="METRIC", help="Only this metric: its id or a name.")
]
FamilyOption = Annotated[
    list[str] | None, typer.Option("--family", metavar="FAMILY", help="Only the metrics of this family.")
]
NewlineOption = Annotated[Literal["lf", "crlf"], typer.Option("--newline", help="How lines of CSV files end.")]
HeaderOption = Annotated[
    Literal["id", "zh"], typer.Option("--header", help="Header of CSV files: column codes, or Chinese names.")
]
EncodingOption = Annotated[
    Literal["utf-8-sig", "gb18030"],
    typer.Option("--encoding", help="Encoding of CSV files; Excel opens utf-8-sig (UTF-8 with a mark) right."),
]
LicenceOption = Annotated[
    str | None,
    typer.Option("--licence", metavar="ID", help="Licence that datapackage.json states: its id, or an address."),
]
_PRINTED = frozenset({AskedFormat.CSV, AskedFormat.TABLE, AskedFormat.JSONL})
_ONLY_PRINTED = frozenset({AskedFormat.TABLE, AskedFormat.JSONL})
_EPILOG = "Example: bureau-metrics export -f xlsx --family innovation --year 2024"


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("export", epilog=_EPILOG)(export)


def export(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Where to write; default: exports/ under the home.")
    ] = None,
    formats: FormatsOption = None,
    years: YearOption = None,
    metrics: MetricOption = None,
    families: FamilyOption = None,
    bureaus: BureauOption = None,
    regions: RegionOption = None,
    newline: NewlineOption = "lf",
    header: HeaderOption = "id",
    encoding: EncodingOption = "utf-8-sig",
    licence: LicenceOption = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Write exports of the published warehouse, and print what was written.

    csv: every fact, the bureaus side by side and one figure a row, the code book, rejected sources; xlsx: the bureaus
    side by side with findings, code book and sources; parquet: facts and figures by year; html: a page to read and
    print; review: review_queue.csv, what a person should look at; datapackage: datapackage.json, which describes all
    files of the call (alone: the CSV files).

    Filters may be repeated: more words of one widen it, different ones narrow each other.
    """
    from bureau_metrics.exports import CsvStyle, Filters
    from bureau_metrics.pipeline import ExportFormat, ExportRequest, export_formats

    words = (tuple(given or ()) for given in (years, metrics, families, bureaus, regions))
    asked = formats or []
    request = ExportRequest(
        formats=[ExportFormat(name.value) for name in asked if name not in _ONLY_PRINTED],
        filters=Filters(*words),
        style=CsvStyle(newline, header, encoding),
        licence=licence,
        as_of=as_of,
    )
    where = home_of(context, home)
    written = export_formats(where.published, to or where.exports, request)
    printed = [OutputFormat(name.value) for name in asked if name in _PRINTED]
    rows = [[str(file.path), file.rows] for file in written]
    write_rows(Rows(("file", "rows"), rows), printed[-1] if printed else OutputFormat.TABLE)
