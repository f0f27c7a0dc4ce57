"""What a run says of itself, and what the stages of a load report back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bureau_metrics import __version__


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run: its key (unique), when it started (with time zone), and with what it ran on which sources."""

    run_key: str
    started_at: datetime
    product_version: str
    extractor_fingerprint: str
    sources: tuple[str, ...] = ()


def new_run(fingerprint: str, sources: Sequence[str] = ()) -> RunRecord:
    """Return the record of a run that starts now, with a key of its own."""
    now = datetime.now(UTC)
    key = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    return RunRecord(key, now, __version__, fingerprint, tuple(sources))


class CatalogueMetric(Protocol):
    """The columns of `dim_metric`, as the catalogue knows them."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def family(self) -> str: ...  # noqa: D102
    @property
    def name_zh(self) -> str: ...  # noqa: D102
    @property
    def name_en(self) -> str: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def measure(self) -> str: ...  # noqa: D102
    @property
    def scope(self) -> str: ...  # noqa: D102
    @property
    def additive(self) -> bool: ...  # noqa: D102
    @property
    def note(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What a load changed. `extractions_confirmed` are old readings that another extractor read just the same."""

    documents_new: int = 0
    documents_changed: int = 0
    documents_unchanged: int = 0
    documents_closed: int = 0
    extractions_confirmed: int = 0
    facts_new: int = 0
    facts_closed: int = 0
    rejected_new: int = 0
    rejected_closed: int = 0
    rejected_current: int = 0
    metrics_changed: int = 0
    divisions_changed: int = 0

    @property
    def changed(self) -> bool:
        """True when the load changed a row."""
        return any(
            (
                self.documents_new,
                self.documents_changed,
                self.documents_closed,
                self.extractions_confirmed,
                self.rejected_new,
                self.rejected_closed,
                self.metrics_changed,
                self.divisions_changed,
            )
        )


@dataclass(frozen=True, slots=True)
class AuditCounts:
    """What an audit found: new findings, closed ones, and those that stand afterwards."""

    findings_new: int = 0
    findings_closed: int = 0
    findings_open: int = 0

    @property
    def changed(self) -> bool:
        """True when the audit changed a row."""
        return bool(self.findings_new or self.findings_closed)


@dataclass(frozen=True, slots=True)
class Publication:
    """The published file, and whether this run published it (False: nothing had changed)."""

    path: Path
    published: bool


@dataclass(frozen=True, slots=True)
class RunShown:
    """The run whose state is shown: its number, when it started (Beijing time), and the version that ran."""

    number: int
    started_at: datetime
    product_version: str


@dataclass(frozen=True, slots=True)
class WarehouseSummary:
    """How much the published warehouse holds: current documents, facts and cells only."""

    documents: int
    bureaus: int
    facts: int
    metrics: int
    cells: int
    rejected: int
    findings: int
    findings_by_severity: tuple[tuple[str, int], ...]
    to_review: int
    runs: int
