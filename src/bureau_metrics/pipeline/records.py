"""What a run is asked for, and what it plans."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bureau_metrics.exports import Filters
from bureau_metrics.fetching import FetchLimits
from bureau_metrics.reading import DEFAULT_LIMITS, ReadingLimits
from bureau_metrics.settings import Engine, Home, Settings
from bureau_metrics.sources import Absence
from bureau_metrics.warehouse import RunRecord


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Dask cluster: its scheduler (None: one of this machine's own), and storage that all of it sees."""

    scheduler: str | None = None
    storage: str | None = None


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is asked to do.

    `sources` are files, folders and patterns; `home` is absolute; `batch_size` counts documents, `limits` is what
    reading one source may cost, `workers` the number of extraction processes, of this machine or of the `cluster`.
    With `prune`, documents whose files are gone from the sources are closed. With `backfill`, only documents that the
    warehouse holds and the filters mean are read; with `dry_run` nothing is published, and the summary says what would
    change.
    """

    sources: tuple[str, ...]
    home: Path
    manifest: Path | None = None
    prune: bool = False
    backfill: Filters | None = None
    dry_run: bool = False
    batch_size: int = 500
    limits: ReadingLimits = DEFAULT_LIMITS
    fetching: FetchLimits = field(default_factory=FetchLimits)
    workers: int | None = None
    cluster: Cluster | None = None

    @property
    def most_workers(self) -> int:
        """How many extraction processes there may be: as many as were asked for, else one a core."""
        return self.workers or os.cpu_count() or 1

    @property
    def engine(self) -> Engine:
        """Where batches are extracted."""
        return Engine.PROCESS if self.cluster is None else Engine.DASK

    @classmethod
    def from_settings(
        cls,
        sources: Sequence[str],
        home: Path | None = None,
        manifest: Path | None = None,
        *,
        prune: bool = False,
        backfill: Filters | None = None,
        dry_run: bool = False,
        engine: Engine | None = None,
    ) -> RunRequest:
        """Return a request whose open questions the environment answers (BUREAU_METRICS_*)."""
        settings = Settings()
        cluster = Cluster(settings.dask_scheduler, settings.shared_storage)
        return cls(
            sources=tuple(sources),
            home=Home.at(home or settings.home).root,
            manifest=manifest,
            prune=prune,
            backfill=backfill,
            dry_run=dry_run,
            batch_size=settings.batch_size,
            limits=limits_of(settings),
            fetching=FetchLimits(
                delay=settings.fetch_delay, fresh=settings.fetch_again_after, max_bytes=settings.max_bytes
            ),
            workers=settings.workers,
            cluster=cluster if (engine or settings.engine) is Engine.DASK else None,
        )


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


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do: files of batches to extract, and ids of documents that the warehouse holds already.

    `documents` counts the sources in the batches, `absences` are sources without files, `gone` the ids of documents
    whose files are gone (closed where `prune` says so); what passes on is paths.
    """

    run: RunRecord
    home: Home
    plan_files: tuple[Path, ...]
    documents: int
    unchanged: tuple[str, ...]
    absences: tuple[Absence, ...]
    workers: int
    gone: tuple[str, ...] = ()
    prune: bool = False
    cluster: Cluster | None = None
