"""Files out of the published warehouse, in the formats and of the part that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bureau_metrics.exports import (
    NO_LICENCE,
    CsvStyle,
    ExportedFile,
    ExportError,
    Filters,
    Licence,
    Selection,
    selected,
    write_csv_files,
    write_package,
    write_parquet_files,
)
from bureau_metrics.report import REPORT, export_report
from bureau_metrics.review import REVIEW_QUEUE, export_review_queue
from bureau_metrics.warehouse import Connection, open_for_export
from bureau_metrics.workbook import WORKBOOK, export_workbook


class ExportFormat(StrEnum):
    """What can be written."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    HTML = "html"
    REVIEW = "review"
    DATAPACKAGE = "datapackage"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to be written: formats, the part of the warehouse, how CSV files and the package are written, which run.

    `licence` is what datapackage.json states; `as_of` the number of the run whose state is written, None: the last.
    """

    formats: Sequence[ExportFormat] = (ExportFormat.CSV,)
    filters: Filters = field(default_factory=Filters)
    style: CsvStyle = field(default_factory=CsvStyle)
    licence: str | None = None
    as_of: int | None = None


def export_formats(where: Path, folder: Path, request: ExportRequest) -> list[ExportedFile]:
    """Write all that is asked for, from one published file whatever is published meanwhile; return what was written.

    The data package describes the files of the call; asked for alone, it comes with the CSV files.

    Raises:
        ExportError: the request contradicts itself, or a file cannot be written.
        WarehouseMissing: nothing was published there.
    """
    formats = list(dict.fromkeys(request.formats))
    licence = _licence(request)
    if ExportFormat.REVIEW in formats and request.filters:
        raise ExportError("the format review lists all that waits for a person; leave the filters out")
    files: list[ExportedFile] = []
    with open_for_export(where, as_of=request.as_of) as connection:
        selection = selected(connection, request.filters)
        if ExportFormat.CSV in formats or set(formats) <= {ExportFormat.DATAPACKAGE}:
            files += write_csv_files(connection, folder, selection, request.style)
        for name in formats:
            if name is ExportFormat.PARQUET:
                files += write_parquet_files(connection, folder, selection)
            elif name not in (ExportFormat.CSV, ExportFormat.DATAPACKAGE):
                files.append(_one_file(name, connection, folder, selection))
        if ExportFormat.DATAPACKAGE in formats:
            files.append(write_package(connection, folder, files, selection, licence))
    return files


def _licence(request: ExportRequest) -> Licence:
    if request.licence is None:
        return NO_LICENCE
    if ExportFormat.DATAPACKAGE not in request.formats:
        raise ExportError("a licence is said in datapackage.json; ask for the format datapackage too")
    return Licence.named(request.licence)


def _one_file(name: ExportFormat, connection: Connection, folder: Path, selection: Selection) -> ExportedFile:
    """Write the one file of a format for people."""
    writers: dict[ExportFormat, tuple[str, Callable[[Path], int]]] = {
        ExportFormat.XLSX: (WORKBOOK, lambda path: export_workbook(connection, path, selection)),
        ExportFormat.HTML: (REPORT, lambda path: export_report(connection, path, selection)),
        ExportFormat.REVIEW: (REVIEW_QUEUE, lambda path: export_review_queue(connection, path)),
    }
    file_name, write = writers[name]
    return ExportedFile(folder / file_name, write(folder / file_name))
