"""The manifest: a CSV in which a person says what the documents do not say, or says it better.

One row a file (or address): `file` or `url`, then as wanted `id`, `bureau`, `division` (name or six-digit code),
`year`, `published`. An empty cell leaves that field to the document; a filled one overrules it.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from bureau_metrics.reading import UnreadableDocument, plain_text_of
from bureau_metrics.regions import find_division

_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
_YEARS = range(1980, 2100)


class ManifestError(Exception):
    """A manifest that cannot be used; the message is one line that names the file, the row and the remedy."""


class ManifestRow(BaseModel):
    """What a person says of one source; `row` is its row in the spreadsheet (the header is row 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    file: str | None = None
    url: str | None = None
    id: str | None = None
    bureau: str | None = None
    division: str | None = None
    year: int | None = None
    published: date | None = None
    row: int = 0

    @field_validator("year", mode="before")
    @classmethod
    def _plausible_year(cls, value: object) -> object:
        text = str(value).removesuffix("年") if value is not None else None
        if text is not None and not (re.fullmatch("[0-9]{4}", text) and int(text) in _YEARS):
            raise ValueError(f"{value!r} is no year: write four digits, such as 2024")
        return text

    @field_validator("published", mode="before")
    @classmethod
    def _real_date(cls, value: object) -> object:
        if value is None or isinstance(value, date):
            return value
        match = _DATE.fullmatch(str(value))
        try:
            return date(*map(int, match.groups())) if match else date.fromisoformat(str(value))
        except ValueError:
            raise ValueError(f"{value!r} is no date: write it as 2025-03-28") from None

    @field_validator("division")
    @classmethod
    def _known_division(cls, value: str | None) -> str | None:
        if value is None or len(found := find_division(value)) == 1:
            return value
        if not found:
            raise ValueError(f"{value!r} is no division of GB/T 2260: give its full name or its six-digit code")
        choices = ", ".join(f"{division.full_name} {division.code}" for division in found)
        raise ValueError(f"{value!r} is the name of several divisions: give the code of one ({choices})")

    @model_validator(mode="after")
    def _names_a_source(self) -> ManifestRow:
        if not (self.file or self.url):
            raise ValueError("neither file nor url is given: name the source that the row is about")
        return self

    @property
    def source(self) -> str:
        """The file or, without one, the address that the row is about."""
        return self.file or self.url or ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows of one manifest, in their order."""

    path: Path
    rows: tuple[ManifestRow, ...]

    def match(self, sources: Sequence[str]) -> dict[str, ManifestRow]:
        """Return the row of each source that has one.

        `sources` are addresses, or paths as the run sees them. A row's file fits a path that it equals or ends (whole
        parts only: 2024/a.txt fits reports/2024/a.txt). Raises ManifestError for a row that fits no source or several.
        """
        by_name: dict[str, list[str]] = {}
        for source in sources:
            by_name.setdefault(_parts(source)[-1], []).append(source)
        matched: dict[str, ManifestRow] = {}
        for row in self.rows:
            source = self._only_source(row, by_name)
            if source in matched:
                raise ManifestError(f"{self.path}: rows {matched[source].row} and {row.row} are both about {source}")
            matched[source] = row
        return matched

    def _only_source(self, row: ManifestRow, by_name: dict[str, list[str]]) -> str:
        wanted = _parts(row.source)
        found = [source for source in by_name.get(wanted[-1], ()) if _parts(source)[-len(wanted) :] == wanted]
        exact = [source for source in found if _parts(source) == wanted]
        found = exact or found
        if not found:
            raise ManifestError(
                f"{self.path}, row {row.row}: {row.source} is not among the sources: correct the name or remove the row"
            )
        if len(found) > 1:
            raise ManifestError(
                f"{self.path}, row {row.row}: {row.source} fits {len(found)} sources ({found[0]}, {found[1]}, …): "
                "write the folder before the name"
            )
        return found[0]


def read_manifest(path: Path) -> Manifest:
    """Read a manifest CSV (header in the first row; UTF-8, UTF-8 with byte-order mark, UTF-16 or GB18030).

    Raises ManifestError, one line that names the row, for an unreadable file, an unknown column, a bad year, date or
    division, a row without a source, and a source or id that occurs twice.
    """
    try:
        text = plain_text_of(path)
    except UnreadableDocument as failure:
        raise ManifestError(f"{path}: {failure}") from None
    records = list(csv.reader(io.StringIO(text)))
    header = _checked_header(path, [cell.strip().lower() for cell in records[0]])
    rows = tuple(
        _row(path, number, header, record)
        for number, record in enumerate(records[1:], start=2)
        if any(cell.strip() for cell in record)
    )
    _refuse_repeats(path, rows)
    return Manifest(path, rows)


def _checked_header(path: Path, header: list[str]) -> list[str]:
    known = [name for name in ManifestRow.model_fields if name != "row"]
    unknown = [name for name in header if name not in known]
    if unknown:
        raise ManifestError(f"{path}, row 1: unknown column {unknown[0]!r}: the columns are {', '.join(known)}")
    if len(set(header)) < len(header):
        raise ManifestError(f"{path}, row 1: a column occurs twice: each of {', '.join(known)} may occur once")
    if not {"file", "url"} & set(header):
        raise ManifestError(f"{path}, row 1: no column file or url: each row must name its source")
    return header


def _row(path: Path, number: int, header: list[str], record: list[str]) -> ManifestRow:
    if any(cell.strip() for cell in record[len(header) :]):
        raise ManifestError(f"{path}, row {number}: more cells than columns: put quotes round a cell with a comma")
    cells = {name: cell.strip() or None for name, cell in zip(header, record, strict=False)}
    try:
        return ManifestRow.model_validate({**cells, "row": number})
    except ValidationError as error:
        first = error.errors()[0]
        field = f"{first['loc'][0]}: " if first["loc"] else ""
        message = first["msg"].removeprefix("Value error, ")
        raise ManifestError(f"{path}, row {number}: {field}{message}") from None


def _refuse_repeats(path: Path, rows: Iterable[ManifestRow]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        for field, value in (("file", row.file), ("url", row.url), ("id", row.id)):
            if value is None:
                continue
            key = (field, "/".join(_parts(value)))
            if key in seen:
                raise ManifestError(
                    f"{path}, row {row.row}: {field} {value} is already in row {seen[key]}: keep one of them"
                )
            seen[key] = row.row


def _parts(source: str) -> tuple[str, ...]:
    """Return the parts of a path or address; Windows separators and decomposed characters make no difference."""
    parts = PurePosixPath(unicodedata.normalize("NFC", source).replace("\\", "/")).parts
    return parts or (source,)
