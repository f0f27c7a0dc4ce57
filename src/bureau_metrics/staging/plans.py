"""What the extraction of one batch needs to know, as it travels in a file; and the process that goes by such files.

Nothing here knows of runs: a process that is to extract starts without what the other stages need.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bureau_metrics.extraction import extract
from bureau_metrics.manifest import ManifestRow
from bureau_metrics.models import RejectionReason
from bureau_metrics.reading import ReadingLimits
from bureau_metrics.staged_batch import StagingError
from bureau_metrics.staging.batches import Failure, SourceFile, StagingOptions, stage_batch

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """All that the extraction of one batch needs to know, as it travels in a file."""

    sources: tuple[SourceFile, ...]
    staging: Path
    limits: ReadingLimits
    fingerprint: str

    def write(self, path: Path) -> Path:
        """Write the plan as JSON and return its path.

        Raises:
            StagingError: it cannot be written.
        """
        content = {
            "staging": str(self.staging),
            "limits": {name: getattr(self.limits, name) for name in _LIMITS},
            "fingerprint": self.fingerprint,
            "sources": [_source_record(source) for source in self.sources],
        }
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # ASCII, so that file names which are no UTF-8 come back as they were.
            path.write_text(json.dumps(content, ensure_ascii=True), encoding="ascii")
        except OSError as error:
            raise StagingError(
                f"cannot write {path}: {error.strerror or error}; see to the disk and run again"
            ) from None
        return path

    @classmethod
    def read(cls, path: Path) -> BatchPlan:
        """Return the plan that `write` wrote."""
        content = json.loads(path.read_text(encoding="ascii"))
        sources = tuple(_source_from(record) for record in content["sources"])
        return cls(sources, Path(content["staging"]), ReadingLimits(**content["limits"]), content["fingerprint"])


_LIMITS = ("file_bytes", "unpacked_bytes", "pages", "seconds", "memory_bytes", "characters")


def _source_record(source: SourceFile) -> dict[str, Any]:
    return {
        "path": str(source.path),
        "document_id": source.document_id,
        "content_hash": source.content_hash,
        "archive": str(source.archive) if source.archive else None,
        "name": source.name,
        "failure": source.failure,
        "override": source.override.model_dump(mode="json") if source.override else None,
    }


def _source_from(record: dict[str, Any]) -> SourceFile:
    override = ManifestRow.model_validate(record["override"]) if record["override"] else None
    failure = record["failure"] and Failure(RejectionReason(record["failure"][0]), *record["failure"][1:])
    return SourceFile(
        Path(record["path"]),
        record["document_id"],
        record["content_hash"],
        override,
        Path(record["archive"]) if record["archive"] else None,
        record["name"],
        failure,
    )


def extract_batch(plan_file: Path) -> Path:
    """Read and extract the documents of one batch; return the folder of the staged batch.

    A document that fails becomes a rejection in the batch. A batch that is staged already is not made again.

    Raises:
        StagingError: the batch cannot be written.
    """
    plan = BatchPlan.read(plan_file)
    options = StagingOptions(plan.limits)
    return stage_batch(plan.sources, plan.staging, options, fingerprint=plan.fingerprint)


def serve(connection: Connection) -> None:
    """Extract the batches that are asked for, until the other end is closed or its process has died.

    Each answer is the folder of the staged batch, or the error that extracting it ended with.
    """
    with suppress(EOFError, OSError, KeyboardInterrupt):
        _get_ready()
        while True:
            plan_file = connection.recv()
            try:
                outcome: Path | Exception = extract_batch(plan_file)
            except Exception as error:  # noqa: BLE001 - it is raised again where the batch was asked for
                outcome = error
            connection.send(outcome)


def _get_ready() -> None:
    """Load what the first document would wait for: the catalogue, the names of all divisions, the grammar."""
    # What is broken is said of each document.
    with suppress(Exception):
        extract("某某市某某局2024年工作总结\n全年检查企业3家。")
