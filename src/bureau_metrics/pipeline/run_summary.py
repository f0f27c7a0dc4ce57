"""What a run says at its end: what became of each document, what was loaded, and what the warehouse holds now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bureau_metrics.rendering import Rows
from bureau_metrics.warehouse import LoadCounts, WarehouseSummary

DOCUMENT_COLUMNS = ("document_id", "path", "state", "bureau", "year", "facts", "reason", "detail", "hint")


class State(StrEnum):
    """What became of a document in a run; every document has exactly one."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    NEEDS_REVIEW = "needs_review"
    REJECTED = "rejected"
    CLOSED = "closed"


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


class DocumentOutcomes(Collection[DocumentOutcome]):
    """The documents of a run, ordered by id.

    It is no tuple: through tuples Prefect looks item by item for results of other tasks, a second for 20,000 documents.
    """

    __slots__ = ("_outcomes",)

    def __init__(self, outcomes: Iterable[DocumentOutcome]) -> None:
        self._outcomes = tuple(sorted(outcomes, key=lambda outcome: outcome.document_id))

    def __iter__(self) -> Iterator[DocumentOutcome]:
        return iter(self._outcomes)

    def __len__(self) -> int:
        return len(self._outcomes)

    def __contains__(self, outcome: object) -> bool:
        return outcome in self._outcomes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DocumentOutcomes) and self._outcomes == other._outcomes

    def __hash__(self) -> int:
        return hash(self._outcomes)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did: its documents, what it loaded, what the warehouse holds now, and the files written.

    `gone` are documents whose files are gone and that are still held; `changes` is what a dry run would change.
    """

    run_key: str
    published: bool
    documents: DocumentOutcomes
    load: LoadCounts
    held: WarehouseSummary
    warehouse: Path
    exports: tuple[Path, ...] = ()
    gone: tuple[str, ...] = ()
    changes: Rows | None = None

    @property
    def facts(self) -> int:
        """Facts of the documents of this run, as the warehouse holds them now."""
        return sum(document.facts for document in self.documents)

    def count(self, *states: State) -> int:
        """Return how many documents ended in one of the states."""
        return sum(document.state in states for document in self.documents)

    @property
    def read(self) -> int:
        """Documents that were read, now or in an earlier run."""
        return len(self.documents) - self.count(State.REJECTED, State.CLOSED)

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
            "documents_gone": len(self.gone),
            "facts": self.facts,
            "facts_new": self.load.facts_new,
            "facts_closed": self.load.facts_closed,
            "metrics": self.held.metrics,
            "bureaus": self.held.bureaus,
            "cells": self.held.cells,
            "findings": self.held.findings,
            "findings_by_severity": dict(self.held.findings_by_severity),
            "to_review": self.held.to_review,
            "files": [str(self.warehouse), *map(str, self.exports)],
        }
