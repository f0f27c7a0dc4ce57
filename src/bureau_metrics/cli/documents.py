"""Verbs that read single documents and need no warehouse: extract, text, ledger."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bureau_metrics.cli.options import (
    FileArgument,
    FilesArgument,
    FormatOption,
    HomeOption,
    ManifestOption,
    StrictOption,
    WrongCall,
    home_of,
)
from bureau_metrics.cli.reading import SourceReader, read_source
from bureau_metrics.models import FACT_FIELDS, Disposition
from bureau_metrics.rendering import OutputFormat, Rows, write_rows

if TYPE_CHECKING:
    from bureau_metrics.models import Document

TABLE_COLUMNS = (
    "document", "start", "text", "metric", "label", "qualifier", "value", "lower", "upper", "unit", "measure", "status",
    "year",
)  # fmt: skip
LEDGER_COLUMNS = ("document", "start", "end", "text", "disposition", "rule", "fact_ids")
DOCUMENT_COLUMNS = ("document_id", "document", "format", "encoding", "content_hash", "text")


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    app.command("extract", epilog="Example: bureau-metrics extract samples/*.txt --format jsonl")(extract)
    app.command("text", epilog="Example: bureau-metrics text samples/台州市司法局2024.txt")(text)
    app.command("ledger", epilog="Example: bureau-metrics ledger samples/台州市司法局2024.txt --only date")(ledger)


def extract(
    context: typer.Context,
    files: FilesArgument,
    output_format: FormatOption = OutputFormat.TABLE,
    manifest: ManifestOption = None,
    home: HomeOption = None,
    strict: StrictOption = False,
) -> None:
    """Print every fact of the given texts, ordered by document and start; nothing is written anywhere.

    Any text will do: whether it is a report is the concern of run.
    """
    reader = SourceReader(files, leave_out=home_of(context, home).root, manifest=manifest)
    records = (fact.record() for _document, extraction in reader.extractions() for fact in extraction.facts)
    columns = TABLE_COLUMNS if output_format is OutputFormat.TABLE else FACT_FIELDS
    write_rows(Rows.of(columns, records), output_format)
    raise typer.Exit(reader.exit_code(strict))


def text(file: FileArgument, output_format: FormatOption = OutputFormat.TABLE) -> None:
    """Print the canonical text of a document, to which all offsets refer (code points, end exclusive)."""
    from bureau_metrics.reading import UnreadableDocument

    try:
        document = read_source(file)
    except UnreadableDocument as error:
        raise WrongCall(f"{file}: {error}") from None
    if output_format is OutputFormat.TABLE:
        sys.stdout.write(document.text)
        return
    write_rows(Rows(DOCUMENT_COLUMNS, [_document_row(document)]), output_format)


def ledger(
    context: typer.Context,
    file: FileArgument,
    output_format: FormatOption = OutputFormat.TABLE,
    only: Annotated[
        list[Disposition] | None, typer.Option("--only", help="Show only this disposition; may be repeated.")
    ] = None,
    manifest: ManifestOption = None,
    home: HomeOption = None,
    strict: StrictOption = False,
) -> None:
    """Print what became of every numeral of a document: a fact, or the reason why it is none."""
    reader = SourceReader([file], leave_out=home_of(context, home).root, manifest=manifest)
    rows = (
        {"document": document.name, **entry.record()}
        for document, extraction in reader.extractions()
        for entry in extraction.ledger
        if not only or entry.disposition in only
    )
    write_rows(Rows.of(LEDGER_COLUMNS, rows), output_format)
    raise typer.Exit(reader.exit_code(strict))


def _document_row(document: Document) -> list[Any]:
    return [
        document.document_id, document.name, document.format, document.encoding, document.content_hash, document.text,
    ]  # fmt: skip
