"""Lists of addresses among the sources: what they name is fetched, and read like files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from bureau_metrics.fetching import Fetched, FetchLimits, fetch
from bureau_metrics.manifest import ManifestRow, read_manifest
from bureau_metrics.models import RejectionReason
from bureau_metrics.reading import UnreadableDocument, plain_text_of
from bureau_metrics.sources import Findings
from bureau_metrics.staging import Failure, SourceFile

_LARGEST_LIST = 16 * 1024 * 1024
_COLUMNS = frozenset(name for name in ManifestRow.model_fields if name != "row")


def take_lists(findings: Findings) -> tuple[list[Path], Findings]:
    """Split the lists of addresses from the files that were found."""
    lists = [file.path for file in findings.files if is_address_list(file.path)]
    return lists, replace(findings, files=tuple(file for file in findings.files if file.path not in lists))


def is_address_list(path: Path) -> bool:
    """Say whether a file is a CSV list of addresses: its header has a column `url` and no column but a manifest's."""
    try:
        if path.suffix.lower() != ".csv" or path.stat().st_size > _LARGEST_LIST:
            return False
        header = next(csv.reader(io.StringIO(plain_text_of(path))), [])
    except (OSError, UnreadableDocument, csv.Error):
        return False
    names = [cell.strip().lower() for cell in header]
    return "url" in names and set(names) <= _COLUMNS


def fetched_sources(lists: Sequence[Path], originals: Path, limits: FetchLimits) -> list[SourceFile]:
    """Fetch the addresses of the lists, and return a source each: its stored bytes, or why there are none.

    An address that was asked less than `limits.fresh` seconds ago is not asked again, so that an interrupted run goes
    on where it stopped.

    Raises:
        ManifestError: a list cannot be used; the message is one line that names the row.
    """
    rows = {row.url: row for path in lists for row in read_manifest(path).rows if row.url}
    if not rows:
        return []
    answers = fetch(
        rows, originals, clock=lambda: datetime.now(UTC), limits=limits, say=lambda _line: None, resume=True
    )
    return [_source(answer, rows[answer.url]) for answer in answers]


def _source(answer: Fetched, row: ManifestRow) -> SourceFile:
    # A row that says nothing but the address leaves it to the page whether it is a report.
    override = row if row.bureau or row.division or row.year or row.published else None
    document_id = row.id or answer.url
    if answer.path is None:
        failure = Failure(
            RejectionReason.NOT_FETCHED,
            f"{answer.failure}: {answer.detail}",
            "check the address in a browser, and run again later",
        )
        return SourceFile(Path(answer.url), document_id, None, override, failure=failure)
    return SourceFile(answer.path, document_id, answer.sha256, override, name=_name(answer.final_url or answer.url))


def _name(url: str) -> str:
    """Return what a document is called: the last part of its address, or the host."""
    parts = urlsplit(url)
    return unquote(PurePosixPath(parts.path).name) or parts.netloc
