"""What a run is asked for, what it plans, and what it says at its end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from bureau_metrics.fetching import FetchLimits
from bureau_metrics.manifest import ManifestRow
from bureau_metrics.models import RejectionReason
from bureau_metrics.reading import DEFAULT_LIMITS, ReadingLimits
from bureau_metrics.rendering import Rows
from bureau_metrics.settings import Home, Settings
from bureau_metrics.sources import Absence
from bureau_metrics.staging import Failure, SourceFile
from bureau_metrics.warehouse import RunRecord

DOCUMENT_COLUMNS = ("document_id", "path", "state", "bureau", "year", "facts", "reason", "detail", "hint")


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is asked to do.

    `sources` are files, folders and patterns; `home` is absolute; `batch_size` counts documents, `limits` is what
    reading one source may cost, `workers` the number of extraction processes.
    """

    sources: tuple[str, ...]
    home: Path
    manifest: Path | None = None
    batch_size: int = 500
    limits: ReadingLimits = DEFAULT_LIMITS
    fetching: FetchLimits = field(default_factory=FetchLimits)
    workers: int | None = None

    @classmethod
    def from_settings(
        cls, sources: Sequence[str], home: Path | None = None, manifest: Path | None = None
    ) -> RunRequest:
        """Return a request whose open questions the environment answers (BUREAU_METRICS_*)."""
        settings = Settings()
        return cls(
            sources=tuple(sources),
            home=Home.at(home or settings.home).root,
            manifest=manifest,
            batch_size=settings.batch_size,
            limits=limits_of(settings),
            fetching=FetchLimits(
                delay=settings.fetch_delay, fresh=settings.fetch_again_after, max_bytes=settings.max_bytes
            ),
            workers=settings.workers,
        )


class State(StrEnum):
    """What became of a document in a run; every document has exactly one."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    NEEDS_REVIEW = "needs_review"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do: files of batches to extract, and ids of documents that the warehouse holds already.

    `documents` counts the sources in the batches, `absences` are sources without files; what passes on is paths.
    """

    run: RunRecord
    home: Home
    plan_files: tuple[Path, ...]
    documents: int
    unchanged: tuple[str, ...]
    absences: tuple[Absence, ...]
    workers: int


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """All that the extraction of one batch needs to know, as it travels in a file."""

    sources: tuple[SourceFile, ...]
    staging: Path
    limits: ReadingLimits
    fingerprint: str

    def write(self, path: Path) -> Path:
        """Write the plan as JSON and return its path."""
        content = {
            "staging": str(self.staging),
            "limits": {name: getattr(self.limits, name) for name in _LIMITS},
            "fingerprint": self.fingerprint,
            "sources": [_source_record(source) for source in self.sources],
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        # ASCII, so that file names which are no UTF-8 come back as they were.
        path.write_text(json.dumps(content, ensure_ascii=True), encoding="ascii")
        return path

    @classmethod
    def read(cls, path: Path) -> BatchPlan:
        """Return the plan that `write` wrote."""
        content = json.loads(path.read_text(encoding="ascii"))
        sources = tuple(_source_from(record) for record in content["sources"])
        return cls(sources, Path(content["staging"]), ReadingLimits(**content["limits"]), content["fingerprint"])


_LIMITS = ("file_bytes", "unpacked_bytes", "pages", "seconds", "memory_bytes", "characters")


def limits_of(settings: Settings) -> ReadingLimits:
    """Return the limits that a person set."""
    return ReadingLimits(
        file_bytes=settings.max_bytes,
        unpacked_bytes=settings.max_unpacked_bytes,
        pages=settings.max_pages,
        seconds=settings.max_seconds,
        memory_bytes=settings.max_memory,
        characters=settings.max_characters,
    )


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


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """One document at the end of a run: how many facts it has, or why it was rejected or waits for a person."""

    document_id: str
    path: str
    state: State
    bureau: str | None = None
    year: int | None = None
    facts: int = 0
    reason: str | None = None
    detail: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did: its documents, the facts that are new, what the warehouse holds now, and the files written."""

    run_key: str
    published: bool
    documents: tuple[DocumentOutcome, ...]
    facts: int
    facts_new: int
    metrics: int
    bureaus: int
    cells: int
    findings: int
    warehouse: Path
    exports: tuple[Path, ...]

    def count(self, *states: State) -> int:
        """Return how many documents ended in one of the states."""
        return sum(document.state in states for document in self.documents)

    @property
    def read(self) -> int:
        """Documents that were read, now or in an earlier run."""
        return len(self.documents) - self.count(State.REJECTED)

    @property
    def doubtful(self) -> bool:
        """True when a document was rejected or waits for a person."""
        return self.count(State.REJECTED, State.NEEDS_REVIEW) > 0

    def document_rows(self) -> Rows:
        """Return one row a document."""
        return Rows.of(DOCUMENT_COLUMNS, (asdict(document) for document in self.documents))

    def record(self) -> dict[str, Any]:
        """Return the summary's figures as a JSON-ready mapping, without the single documents."""
        return {
            "run_key": self.run_key,
            "published": self.published,
            **{f"documents_{state.value}": self.count(state) for state in State},
            "facts": self.facts,
            "facts_new": self.facts_new,
            "metrics": self.metrics,
            "bureaus": self.bureaus,
            "cells": self.cells,
            "findings": self.findings,
            "files": [str(self.warehouse), *map(str, self.exports)],
        }
