"""The verb export: files out of the published warehouse, in the formats and of the part that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bureau_metrics.cli.options import AsOfOption, HomeOption, WrongCall, home_of
from bureau_metrics.rendering import OutputFormat, Rows, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from bureau_metrics.exports import CsvStyle, ExportedFile, Filters, Licence, Selection
    from bureau_metrics.warehouse import Connection


class ExportFormat(StrEnum):
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
    list[ExportFormat] | None,
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
BureauOption = Annotated[
    list[str] | None, typer.Option("--bureau", metavar="BUREAU", help="Only this bureau: its id, full or printed name.")
]
RegionOption = Annotated[
    list[str] | None,
    typer.Option("--region", metavar="REGION", help="Only bureaus here and below: a GB/T 2260 code or a name."),
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
_PRINTED = frozenset({ExportFormat.CSV, ExportFormat.TABLE, ExportFormat.JSONL})
_EPILOG = "Example: bureau-metrics export -f xlsx --family innovation --year 2024"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a call asks for: formats, the part, and how CSV files and the package are written."""

    formats: Sequence[ExportFormat]
    filters: Filters
    style: CsvStyle
    licence: str | None
    as_of: int | None


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

    words = (tuple(given or ()) for given in (years, metrics, families, bureaus, regions))
    asked = _Asked(formats or [], Filters(*words), CsvStyle(newline, header, encoding), licence, as_of)
    where = home_of(context, home)
    rows = [[str(file.path), file.rows] for file in _export(where.published, to or where.exports, asked)]
    printed = [OutputFormat(name.value) for name in asked.formats if name in _PRINTED]
    write_rows(Rows(("file", "rows"), rows), printed[-1] if printed else OutputFormat.TABLE)


def _export(where: Path, folder: Path, asked: _Asked) -> list[ExportedFile]:
    """Write all that is asked for, from one published file whatever is published meanwhile."""
    from bureau_metrics.exports import selected, write_csv_files, write_package, write_parquet
    from bureau_metrics.warehouse import open_read_only, published_file

    beside_csv = [name for name in dict.fromkeys(asked.formats) if name not in _PRINTED]
    licence = _licence(asked)
    if ExportFormat.REVIEW in beside_csv and asked.filters:
        raise WrongCall("--format review lists all that waits for a person; leave the filters out")
    where = published_file(where)
    files: list[ExportedFile] = []
    with open_read_only(where, as_of=asked.as_of) as connection:
        selection = selected(connection, asked.filters)
        if ExportFormat.CSV in asked.formats or set(beside_csv) <= {ExportFormat.DATAPACKAGE}:
            files += write_csv_files(connection, folder, selection, asked.style)
        for name in beside_csv:
            if name is ExportFormat.PARQUET:
                files += write_parquet(where, folder, selection, asked.as_of)
            elif name is not ExportFormat.DATAPACKAGE:
                files.append(_one_file(name, connection, folder, selection))
        if ExportFormat.DATAPACKAGE in beside_csv:
            files.append(write_package(connection, folder, files, selection, licence))
    return files


def _licence(asked: _Asked) -> Licence:
    from bureau_metrics.exports import NO_LICENCE, Licence

    if asked.licence is None:
        return NO_LICENCE
    if ExportFormat.DATAPACKAGE not in asked.formats:
        raise WrongCall("--licence is said in datapackage.json; add --format datapackage")
    return Licence.named(asked.licence)


def _one_file(name: ExportFormat, connection: Connection, folder: Path, selection: Selection) -> ExportedFile:
    """Write the one file of a format for people."""
    from bureau_metrics.exports import ExportedFile
    from bureau_metrics.report import REPORT, export_report
    from bureau_metrics.review import REVIEW_QUEUE, export_review_queue
    from bureau_metrics.workbook import WORKBOOK, export_workbook

    writers: dict[ExportFormat, tuple[str, Callable[[Path], int]]] = {
        ExportFormat.XLSX: (WORKBOOK, lambda path: export_workbook(connection, path, selection)),
        ExportFormat.HTML: (REPORT, lambda path: export_report(connection, path, selection)),
        ExportFormat.REVIEW: (REVIEW_QUEUE, lambda path: export_review_queue(connection, path)),
    }
    file_name, write = writers[name]
    return ExportedFile(folder / file_name, write(folder / file_name))
