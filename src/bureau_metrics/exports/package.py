"""`datapackage.json`: what an export holds, told to programs by the Data Package standard (version 2) of Frictionless.

A resource for each file, with its hash, and for each table its schema; the documents that were read as sources; the
time and the version of the run that is shown. Equal warehouses give equal bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bureau_metrics.exports.files import LINE_ENDS, PLAIN_STYLE, ExportedFile, ExportError, complete_or_absent
from bureau_metrics.exports.schemas import Target, table_schema
from bureau_metrics.exports.selection import EVERYTHING, Selection
from bureau_metrics.exports.tables import SQL_OF, answered, column_notes
from bureau_metrics.warehouse import run_shown, sql_file

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

DATA_PACKAGE = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_FORMATS = {
    ".csv": ("csv", "text/csv"),
    ".html": ("html", "text/html"),
    ".parquet": ("parquet", "application/vnd.apache.parquet"),
    ".xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_ENCODINGS = {"utf-8-sig": "utf-8"}  # the standard's programs look for a byte order mark themselves
# What the standard lets stand as a path: an address, or a path that stays below the package.
_PATH = re.compile(r"(?=[^./~])(?!file:)((?!/\.\./)(?!\\)(?!://).)*|(http|ftp)s?://.*")
_LICENCE_NAME = re.compile(r"[-a-zA-Z0-9._]+")
_TITLE = "Figures from the annual reports of Chinese government bureaus"
_DESCRIPTION = (
    "Every figure with its unit, bounds, year and sentence. 0 was said; blank was not said. "
    "Values and bounds are exact decimals; offsets are code points, ends exclusive."
)


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by the name of its id (CC-BY-4.0) or the path of its text, an address."""

    kind: Literal["name", "path"]
    word: str

    @classmethod
    def named(cls, word: str) -> Licence:
        """Return the licence that a person names.

        Raises:
            ExportError: the word is neither an id nor an address.
        """
        if word.startswith(("http://", "https://")):
            return cls("path", word)
        if not _LICENCE_NAME.fullmatch(word):
            raise ExportError(f"--licence {word}: write the id of a licence, as CC-BY-4.0, or the address of its text")
        return cls("name", word)


NO_LICENCE = Licence("name", "notspecified")
"""The Open Definition's word for a licence that nobody stated."""


def write_package(
    connection: Connection,
    folder: Path,
    files: Sequence[ExportedFile],
    selection: Selection = EVERYTHING,
    licence: Licence = NO_LICENCE,
) -> ExportedFile:
    """Write `datapackage.json` over files of a folder, of which it says one licence; its rows are the resources.

    Raises:
        ExportError: the file cannot be written.
    """
    path = folder / DATA_PACKAGE
    package = {
        "$schema": _PROFILE.format("datapackage"),
        "name": "bureau-metrics",
        "title": _TITLE,
        "description": _DESCRIPTION,
        **_run(connection),
        "licenses": [{licence.kind: licence.word}],
        "sources": [_source(*row) for row in _sources(connection, selection)],
        "resources": _resources(folder, files),
    }
    with complete_or_absent(path) as temporary:
        text = json.dumps(package, ensure_ascii=False, indent=2)
        temporary.write_text(text + "\n", encoding="utf-8", newline="\n")
    return ExportedFile(path, len(files))


def _run(connection: Connection) -> dict[str, str]:
    """Return version and time of the run that is shown: both change with the data, not with the day of the export."""
    run = run_shown(connection)
    if run is None:
        return {}
    return {
        "version": f"{run.product_version}+run.{run.number}",
        "created": run.started_at.isoformat(timespec="seconds"),
    }


def _sources(connection: Connection, selection: Selection) -> Iterable[tuple[str, str, str]]:
    answer = answered(connection, "sources", selection)
    places = [answer.names.index(name) for name in ("document_id", "document", "content_hash")]
    return ((row[places[0]], row[places[1]], row[places[2]]) for row in answer.rows)


def _source(document_id: str, document: str, content_hash: str) -> dict[str, str]:
    path = {"path": document_id} if _PATH.fullmatch(document_id) else {}
    return {"title": document, **path, "hash": f"sha256:{content_hash}"}


def _resources(folder: Path, files: Sequence[ExportedFile]) -> list[dict[str, Any]]:
    names = {file.path: _name(folder, file.path) for file in files}
    return [_resource(folder, file, names[file.path], _whole_tables(files, names, file)) for file in files]


def _whole_tables(files: Sequence[ExportedFile], names: dict[Path, str], near: ExportedFile) -> dict[str, Target]:
    """Return the tables that lie whole in one file of the same format as another: what its keys may refer to."""
    alike = [file for file in files if file.table and file.path.suffix == near.path.suffix]
    parts = Counter(file.table for file in alike)
    return {
        file.table: Target(names[file.path], file.columns)
        for file in alike
        if file.table and parts[file.table] == 1 and not file.path.parent.name.startswith("year=")
    }


def _resource(folder: Path, file: ExportedFile, name: str, targets: dict[str, Target]) -> dict[str, Any]:
    format_, mediatype = _FORMATS[file.path.suffix]
    resource: dict[str, Any] = {
        "$schema": _PROFILE.format("dataresource"),
        "name": name,
        "path": file.path.relative_to(folder).as_posix(),
        "format": format_,
        "mediatype": mediatype,
        **_text(file),
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{_hash(file.path)}",
    }
    if file.table is None:
        return resource
    header = file.style.header if file.style else "id"
    schema = table_schema(file.table, file.columns, header, targets)
    return {**resource, "type": "table", "description": _about(file.table), "schema": schema}


def _name(folder: Path, path: Path) -> str:
    """Return a name for a resource: its path with signs between words, and the format where it is not CSV."""
    relative = path.relative_to(folder)
    stem = relative.with_suffix("").as_posix().removesuffix("/part-0").lower()
    words = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")
    return words if path.suffix == ".csv" else f"{words}-{path.suffix[1:]}"


def _text(file: ExportedFile) -> dict[str, Any]:
    """Return how the characters and lines of a text file are written."""
    if file.path.suffix == ".html":
        return {"encoding": "utf-8"}
    if file.path.suffix != ".csv":
        return {}
    style = file.style or PLAIN_STYLE
    dialect = {
        "$schema": _PROFILE.format("tabledialect"),
        "delimiter": ",",
        "lineTerminator": LINE_ENDS[style.newline],
        "quoteChar": '"',
        "doubleQuote": True,
        "header": True,
    }
    return {"encoding": _ENCODINGS.get(style.encoding, style.encoding), "dialect": dialect}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _about(table: str) -> str:
    """Return what the SQL of a table says of it, without its notes on columns and the name of a file."""
    notes = column_notes(table)
    lines = [line for line in sql_file("exports", SQL_OF.get(table, table)).comment if line.split(" ")[0] not in notes]
    return " ".join(lines).partition(": ")[2]
