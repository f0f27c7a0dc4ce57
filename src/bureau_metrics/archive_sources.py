"""Archives among the files that were found → their members, each a source of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from bureau_metrics.reading import ReadingLimits, UnreadableDocument
from bureau_metrics.reading.archives.members import is_archive_file, member_names
from bureau_metrics.sources import Absence, Findings, FoundFile


def opened(findings: Findings, limits: ReadingLimits) -> Findings:
    """Return the findings with each archive replaced by the files in it; one that cannot be opened is an absence."""
    timed = replace(limits, clock=time.monotonic)
    files: list[FoundFile] = []
    absences = list(findings.absences)
    for file in findings.files:
        if not is_archive_file(file.path, timed):
            files.append(file)
            continue
        try:
            files.extend(_members(file, timed))
        except UnreadableDocument as failure:
            absences.append(Absence(str(file.path), failure.reason, failure.detail, failure.hint))
    return Findings(tuple(sorted(files, key=lambda file: file.document_id)), tuple(absences))


def _members(file: FoundFile, limits: ReadingLimits) -> Iterator[FoundFile]:
    for name in member_names(file.path, limits):
        yield replace(file, path=file.path / name, document_id=f"{file.document_id}/{name}", archive=file.path)
