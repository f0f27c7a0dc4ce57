"""The vocabulary of the product: documents, quantities, facts, identities, dispositions and rejections.

Frozen dataclasses and string enumerations that every other room speaks in. Field names are those of the contract
(README, "What a fact is"): the same word in code, in SQL and in every exported file. Of ours it imports
only the layout of a text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from bureau_metrics.text_layout import NO_LAYOUT, TextLayout


class Disposition(StrEnum):
    """What became of a numeral: a fact, or the reason why it is none."""

    FACT = "fact"
    DATE = "date"
    ORDINAL = "ordinal"
    ENUMERATOR = "enumerator"
    NAME = "name"
    REFERENCE = "reference"
    PAGE_FURNITURE = "page_furniture"
    INDEFINITE = "indefinite"
    UNREADABLE = "unreadable"
    CONDITION = "condition"
    LEXICAL = "lexical"
    UNRESOLVED = "unresolved"


class Qualifier(StrEnum):
    """How the stated number bounds the true one."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    NEARLY = "nearly"
    ABOUT = "about"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    VAGUE = "vague"


class Measure(StrEnum):
    """The statistical kind of a figure."""

    STOCK = "stock"
    FLOW = "flow"
    GROWTH = "growth"
    CHANGE = "change"
    RATIO = "ratio"
    RANK = "rank"


class Status(StrEnum):
    """Whether a figure happened, is intended, or is demanded by a rule."""

    ACTUAL = "actual"
    PLANNED = "planned"
    REQUIRED = "required"


class Scope(StrEnum):
    """Whom a figure covers: the whole jurisdiction, or the bureau's own work."""

    JURISDICTION = "jurisdiction"
    BUREAU = "bureau"


class Confidence(StrEnum):
    """How sure the rule is that made a statement; `low` goes to a person."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class RejectionReason(StrEnum):
    """Why a source could not be taken; each ends as a row of `rejected_document`."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    UNSUPPORTED_FORMAT = "unsupported_format"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    UNSAFE = "unsafe"
    NO_TEXT = "no_text"
    TOO_SLOW = "too_slow"
    NOT_FETCHED = "not_fetched"
    NOT_A_REPORT = "not_a_report"
    EXTRACTION_FAILED = "extraction_failed"


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a source file, as text.

    `text` is the canonical text that every offset refers to, in code points. `content_hash` is the SHA-256 of the
    original bytes in hexadecimal; `document_id` names the document across its versions (the manifest's id, else the
    address, else the path relative to the source root). `layout` says where pages, headings and table cells stand.
    """

    document_id: str
    name: str
    text: str
    content_hash: str
    format: str = "txt"
    encoding: str = "utf-8"
    layout: TextLayout = NO_LAYOUT


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an identity statement was read: a span of the canonical text (end exclusive), or None for a manifest."""

    source: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who published a report, about which year, and how sure that is.

    `bureau` is the canonical full name (乌鲁木齐市科学技术局), `bureau_printed` the name as printed. `division_code` is
    the six-digit GB/T 2260 code; `level` one of national, province, prefecture, county, unknown. A field that the
    report does not settle is None and named in `doubts`; nothing is guessed.
    """

    bureau_id: str
    bureau: str | None = None
    bureau_printed: str | None = None
    division_code: str | None = None
    division: str | None = None
    level: str = "unknown"
    report_year: int | None = None
    published: date | None = None
    kind: str | None = None
    confidence: Confidence = Confidence.HIGH
    doubts: tuple[str, ...] = ()
    evidence: dict[str, Evidence] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral with its unit and qualifier.

    `start` and `end` are code-point offsets, end exclusive. `value`, `lower` and `upper` are exact decimals in the
    canonical unit (元 for 万元 and 亿元, 人 for 名); `value` is None for a range or a vague count, a bound is None
    where the words give none on that side. `unit` is "" when none is printed.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    qualifier: Qualifier


class Fact(NamedTuple):
    """A quantity said of something, with the sentence that says it.

    Offsets are code points into the canonical text, ends exclusive; values and bounds are exact decimals in `unit`.
    `metric` is None for an open fact, which is kept and named by `label`. `of` and `part_of` are the `start` of another
    fact of the same document.
    """

    fact_id: str
    mention_id: str
    document_id: str
    document: str
    start: int
    end: int
    text: str
    metric: str | None
    label: str
    narrowed: bool
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: Qualifier
    unit: str
    measure: Measure
    of: int | None
    relative_to: str | None
    status: Status
    year: int | None
    period_start: date | None
    period_end: date | None
    scope: Scope | None
    part_of: int | None
    sentence_start: int
    sentence_end: int
    section: str
    page: int | None
    row: int | None
    column: int | None
    rule: str
    term: str | None
    confidence: Confidence

    def record(self) -> dict[str, Any]:
        """Return the fact as a JSON-ready mapping: decimals as plain strings, dates in ISO form."""
        return {name: plain(getattr(self, name)) for name in FACT_FIELDS}


FACT_FIELDS: tuple[str, ...] = Fact._fields


class LedgerEntry(NamedTuple):
    """One numeral of a document (offsets end exclusive) and its one disposition.

    `fact_ids` names the facts of a numeral whose disposition is `fact`; `rule` says which rule disposed of it.
    """

    start: int
    end: int
    text: str
    disposition: Disposition
    rule: str
    fact_ids: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return the entry as a JSON-ready mapping."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "disposition": self.disposition.value,
            "rule": self.rule,
            "fact_ids": list(self.fact_ids),
        }


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one document version: facts in order of `start`, and the ledger of its numerals."""

    facts: tuple[Fact, ...]
    ledger: tuple[LedgerEntry, ...]


def plain_decimal(value: Decimal) -> str:
    """Return a decimal without exponent and without trailing zeros after the point (18.0 → "18")."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def plain(value: Any) -> Any:
    """Return a field's JSON form: decimals and dates as strings, enumerations as their value."""
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value
