"""The sources that a call names, read and extracted one by one; what cannot be read is said and counted."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bureau_metrics.rendering import say

if TYPE_CHECKING:
    from bureau_metrics.manifest import ManifestRow
    from bureau_metrics.models import Document, Extraction

EXIT_NOTHING_READ = 1
EXIT_STRICT = 2
STANDARD_INPUT = "-"


def read_source(file: str, document_id: str | None = None, archive: Path | None = None) -> Document:
    """Read one file, a member of an archive, or standard input; raises UnreadableDocument."""
    from bureau_metrics.guarded_reading import guarded_document
    from bureau_metrics.pipeline import limits_of
    from bureau_metrics.reading import bytes_of
    from bureau_metrics.reading.archives.members import member_bytes
    from bureau_metrics.settings import Settings

    limits = limits_of(Settings())
    if file == STANDARD_INPUT:
        data = sys.stdin.buffer.read(limits.file_bytes + 1)  # one more, so that too many of them are noticed
        return guarded_document(data, name="stdin", document_id="stdin", limits=limits)
    path = Path(file)
    data = bytes_of(path, limits) if archive is None else member_bytes(archive, path, limits)
    return guarded_document(data, name=path.name, document_id=document_id or path.name, limits=limits)


class SourceReader:
    """Reads and extracts the named sources one by one; says on standard error which could not be read, and counts."""

    def __init__(self, sources: Sequence[str], leave_out: Path, manifest: Path | None) -> None:
        from bureau_metrics.archive_sources import opened
        from bureau_metrics.pipeline import limits_of, take_lists
        from bureau_metrics.settings import Settings
        from bureau_metrics.sources import find_files

        named = [source for source in sources if source != STANDARD_INPUT]
        found = find_files(named, leave_out=[leave_out, *([manifest] if manifest else [])])
        lists, files = take_lists(found)
        findings = opened(files, limits_of(Settings()))
        self.files = sorted(findings.files, key=lambda file: (file.path.name, file.document_id))
        self.reads_standard_input = STANDARD_INPUT in sources
        self.overrides = self._overrides(manifest)
        self.read = 0
        self.failed = 0
        for absence in findings.absences:
            self._fail(absence.source, f"{absence.detail} ({absence.hint})")
        for path in lists:
            self._fail(str(path), "a list of addresses, which extract does not fetch (bureau-metrics run does)")

    def documents(self) -> Iterator[tuple[Document, ManifestRow | None]]:
        """Yield what can be read, ordered by name, standard input last."""
        for file in self.files:
            override = self.overrides.get(file.document_id)
            document_id = (override and override.id) or file.document_id
            yield from self._attempt(str(file.path), document_id, override, file.archive)
        if self.reads_standard_input:
            yield from self._attempt(STANDARD_INPUT, "stdin", None)

    def extractions(self) -> Iterator[tuple[Document, Extraction]]:
        """Yield each document with what was found in it."""
        from bureau_metrics.extraction import extract_document
        from bureau_metrics.identity import identify

        for document, override in self.documents():
            yield document, extract_document(document, identify(document, override))

    def exit_code(self, strict: bool) -> int:
        """Return 1 when nothing could be read, 2 under strict when something could not, else 0."""
        if not self.read:
            return EXIT_NOTHING_READ
        return EXIT_STRICT if strict and self.failed else 0

    def _attempt(
        self, source: str, document_id: str, override: ManifestRow | None, archive: Path | None = None
    ) -> Iterator[tuple[Document, ManifestRow | None]]:
        from bureau_metrics.reading import UnreadableDocument

        try:
            document = read_source(source, document_id, archive)
        except UnreadableDocument as error:
            self._fail(source, str(error))
        else:
            self.read += 1
            yield document, override

    def _fail(self, source: str, message: str) -> None:
        self.failed += 1
        say(f"error: {source}: {message}")

    def _overrides(self, manifest: Path | None) -> dict[str, ManifestRow]:
        from bureau_metrics.manifest import read_manifest

        if manifest is None:
            return {}
        return read_manifest(manifest).match([file.document_id for file in self.files])
