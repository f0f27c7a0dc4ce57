"""The sheets of the review workbook: their columns, and the key by which a row finds its figure again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

HEADER_ROWS = 2
"""Rows above the first figure: what the columns are called, and their codes, by which they are found again."""

KEY = "key"
DECISION, REASON, REVIEWER = "decision", "reason", "reviewer"


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """One sheet: what it says of each row, what may be decided, and which fields may be corrected, by column.

    `frozen` columns stay in sight while the answers are filled in. The codes of the columns are keys of `review_column`
    in `data/wording.toml`.
    """

    name: str
    said: tuple[str, ...]
    decisions: tuple[str, ...]
    corrections: dict[str, str]
    frozen: int

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, from left to right."""
        return (*self.said, DECISION, *self.corrections, REASON, REVIEWER, KEY)


FIGURES = ReviewSheet(
    "figures",
    (
        "bureau", "figure", "sentence", "urgency", "doubt", "other_sentences", "document_id", "page", "metric", "label",
        "value", "bounds", "unit", "year", "measure", "scope", "status", "narrowed",
    ),
    ("accept", "reject", "correct", "withdraw"),
    {
        "value_new": "value", "metric_new": "metric", "year_new": "year", "measure_new": "measure",
        "scope_new": "scope", "status_new": "status", "narrowed_new": "narrowed",
    },
    frozen=3,
)  # fmt: skip
DOCUMENTS = ReviewSheet(
    "documents",
    ("document_id", "document", "words", "doubt", "bureau", "division", "report_year", "published"),
    ("accept", "correct", "withdraw"),
    {"bureau_new": "bureau", "division_new": "division", "year_new": "year", "published_new": "published"},
    frozen=1,
)
NUMERALS = ReviewSheet(
    "numerals", ("bureau", "document_id", "figure", "sentence", "doubt"), ("accept", "withdraw"), {}, frozen=3
)
SHEETS = (FIGURES, DOCUMENTS, NUMERALS)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about: a figure as it was read, a numeral (no measure), or a document (no mention)."""

    document_id: str
    mention_id: str | None = None
    metric: str | None = None
    measure: str | None = None

    def written(self) -> str:
        """Return the subject as one cell, with a check by which a damaged cell is known."""
        parts = json.dumps([self.document_id, self.mention_id, self.metric, self.measure], ensure_ascii=False)
        return f"{_check(parts)} {parts}"


def subject_of(cell: str) -> Subject | None:
    """Return the subject that a key cell holds, or None where it is damaged."""
    check, _, parts = cell.partition(" ")
    return Subject(*json.loads(parts)) if parts and check == _check(parts) else None


def _check(parts: str) -> str:
    return sha256(parts.encode()).hexdigest()[:8]
