"""Hand-made documents with their facts, staged as the warehouse loads them: what the extractor would have read.

report("a", "甲市", said("全市现有高新技术企业18家。", "18家", "high_tech_enterprises", 18))
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bureau_metrics.models import (
    Confidence,
    Disposition,
    Document,
    Extraction,
    Fact,
    Identity,
    LedgerEntry,
    Measure,
    Qualifier,
    Scope,
    Status,
)
from bureau_metrics.staged_batch import DOCUMENTS, FACTS, REJECTIONS, STAGED_FILES, SUMMARY
from bureau_metrics.staging.lines import document_lines, rejection_line
from bureau_metrics.warehouse import (
    AuditCounts,
    Decision,
    LoadCounts,
    Publication,
    RunRecord,
    audit,
    discard,
    load_batches,
    open_read_only,
    prepare_candidate,
    publish,
    record_decisions,
    run_query,
)
from bureau_metrics.warehouse.auditing import FACTS_IN_PART

if TYPE_CHECKING:
    from bureau_metrics.settings import Home

FINGERPRINT = "0123456789abcdef"


@dataclass(frozen=True)
class MetricRow:
    """A metric of the catalogue, as `dim_metric` takes it."""

    id: str
    unit: str = "家"
    measure: str = "stock"
    scope: str = "jurisdiction"
    additive: bool = True
    family: str = "enterprises"
    note: str | None = None

    @property
    def name_zh(self) -> str:
        return f"{self.id}(中文)"

    @property
    def name_en(self) -> str:
        return self.id.replace("_", " ").capitalize()


METRICS = (
    MetricRow("high_tech_enterprises"),
    MetricRow("tech_smes"),
    MetricRow("training_sessions", "场", "flow", "bureau", family="training"),
    MetricRow("training_participants", "人次", "flow", "bureau", family="training"),
    MetricRow("rnd_expenditure", "元", "flow", family="funding"),
    MetricRow("administrative_litigation_cases", "件", "flow", "bureau", family="enforcement"),
    MetricRow("law_exam_pass_rate", "%", "ratio", "bureau", additive=False, family="study"),
    MetricRow("innovation_ranking", "位", "rank", additive=False, family="innovation"),
)
_METRICS = {metric.id: metric for metric in METRICS}


@dataclass(frozen=True)
class Said:
    """One sentence and one figure in it."""

    sentence: str
    text: str
    fields: dict[str, Any] = field(default_factory=dict)


def said(sentence: str, text: str, metric: str | None, value: object = None, **fields: Any) -> Said:
    """One figure; unit and measure come from the metric unless given, the rest as the extractor would set it."""
    return Said(sentence, text, {"metric": metric, "value": value, **fields})


@dataclass(frozen=True)
class Report:
    """A document of one bureau, with what is said in it."""

    document_id: str
    bureau: str | None
    sayings: tuple[Said, ...]
    year: int | None = 2024
    division_code: str | None = "650100"
    bureau_id: str | None = None
    doubts: tuple[str, ...] = ()
    name: str | None = None
    content: bytes | None = None
    ledger: tuple[LedgerEntry, ...] = ()


def report(document_id: str, bureau: str | None, *sayings: Said, **fields: Any) -> Report:
    return Report(document_id, bureau, sayings, **fields)


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _fact(report_: Report, document: Document, said_: Said, sentence_start: int) -> Fact:
    fields = dict(said_.fields)
    metric = fields.pop("metric")
    known = _METRICS.get(metric, MetricRow("open", unit="", measure="flow"))
    start = sentence_start + said_.sentence.index(said_.text)
    label = fields.pop("label", metric or said_.text)
    mention = hashlib.sha256(f"{document.document_id}{start}".encode()).hexdigest()[:16]
    measure = Measure(fields.pop("measure", known.measure))
    year = fields.pop("year", report_.year)
    whole_year = measure is not Measure.STOCK and year is not None
    values = {
        "fact_id": hashlib.sha256(f"{mention}{metric}{measure}{label}".encode()).hexdigest()[:16],
        "mention_id": mention,
        "document_id": document.document_id,
        "document": document.name,
        "start": start,
        "end": start + len(said_.text),
        "text": said_.text,
        "metric": metric,
        "label": label,
        "narrowed": fields.pop("narrowed", False),
        "value": _decimal(fields.pop("value")),
        "lower": _decimal(fields.pop("lower", None)),
        "upper": _decimal(fields.pop("upper", None)),
        "qualifier": Qualifier(fields.pop("qualifier", "exact")),
        "unit": fields.pop("unit", "%" if measure in ("growth", "ratio") else known.unit),
        "measure": measure,
        "of": fields.pop("of", None),
        "relative_to": fields.pop("relative_to", None),
        "status": Status(fields.pop("status", "actual")),
        "year": year,
        "period_start": fields.pop("period_start", date(year, 1, 1) if whole_year else None),
        "period_end": fields.pop("period_end", date(year, 12, 31) if whole_year else None),
        "scope": None if fields.get("scope") is None else Scope(fields["scope"]),
        "part_of": fields.pop("part_of", None),
        "sentence_start": sentence_start,
        "sentence_end": sentence_start + len(said_.sentence),
        "section": fields.pop("section", "一、工作情况"),
        "page": None,
        "row": None,
        "column": None,
        "rule": fields.pop("rule", "by_hand"),
        "term": fields.pop("term", None),
        "confidence": Confidence(fields.pop("confidence", "high")),
    }
    fields.pop("scope", None)
    assert not fields, f"no such fields: {sorted(fields)}"
    return Fact(**values)


def read(report_: Report) -> tuple[Document, Identity, Extraction]:
    """The document, identity and extraction that a report stands for; equal sentences in a row are one."""
    text, starts = "", []
    for number, said_ in enumerate(report_.sayings):
        if number and said_.sentence == report_.sayings[number - 1].sentence:
            starts.append(starts[-1])
            continue
        starts.append(len(text))
        text += said_.sentence
    name = report_.name or f"{report_.document_id}.txt"
    content = report_.content if report_.content is not None else text.encode()
    document = Document(report_.document_id, name, text, hashlib.sha256(content).hexdigest())
    facts = [_fact(report_, document, said_, start) for said_, start in zip(report_.sayings, starts, strict=True)]
    by_saying = [
        fact._replace(part_of=facts[fact.part_of].start if fact.part_of is not None else None,
                of=facts[fact.of].start if fact.of is not None else None)
        for fact in facts
    ]  # fmt: skip
    identity = Identity(
        bureau_id=report_.bureau_id or f"bureau-{report_.bureau or report_.document_id}",
        bureau=report_.bureau,
        bureau_printed=report_.bureau or "市科技局",
        division_code=report_.division_code,
        division="某市" if report_.division_code else None,
        level="prefecture" if report_.division_code else "unknown",
        report_year=report_.year,
        doubts=report_.doubts,
        confidence=Confidence.LOW if report_.doubts else Confidence.HIGH,
    )
    entries = tuple(
        LedgerEntry(fact.start, fact.end, fact.text, Disposition.FACT, fact.rule, (fact.fact_id,)) for fact in by_saying
    )
    return document, identity, Extraction(tuple(by_saying), entries + report_.ledger)


def stage(
    folder: Path, *reports: Report, fingerprint: str = FINGERPRINT, rejected: tuple[tuple[str, str], ...] = ()
) -> Path:
    """Write one staged batch of reports, and of rejected sources as (document id, reason)."""
    lines = [
        line
        for report_ in reports
        for line in document_lines(
            *read(report_),
            path=f"/reports/{report_.document_id}.txt",
            source_key=f"key-{report_.document_id}-{hash_of(report_)}",
            extractor_fingerprint=fingerprint,
        )
    ]
    lines += [rejection_line(name, f"/reports/{name}", reason, "detail", "hint") for name, reason in rejected]
    folder.mkdir(parents=True)
    for name in STAGED_FILES:
        content = b"".join(line.content + b"\n" for line in lines if line.file == name)
        (folder / name).write_bytes(gzip.compress(content, mtime=0))
    summary = {
        "key": folder.name,
        "fingerprint": fingerprint,
        "documents": sum(line.file == DOCUMENTS for line in lines),
        "facts": sum(line.file == FACTS for line in lines),
        "rejections": sum(line.file == REJECTIONS for line in lines),
        "characters": sum(line.characters for line in lines),
        "longest_record": max((len(line.content) for line in lines), default=0),
    }
    (folder / SUMMARY).write_text(json.dumps(summary))
    return folder


def hash_of(report_: Report) -> str:
    return hashlib.sha256(repr(report_).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Done:
    """What one run did."""

    loaded: LoadCounts
    audited: AuditCounts
    publication: Publication


_RUNS = iter(range(1, 1_000_000))


def run_record(key: str | None = None, fingerprint: str = FINGERPRINT) -> RunRecord:
    number = next(_RUNS)
    return RunRecord(key or f"run-{number}", datetime(2025, 1, 1, tzinfo=UTC), "0.0.0", fingerprint, ("reports",))


def run(
    home: Home,
    *batches: Path,
    fingerprint: str = FINGERPRINT,
    metrics: tuple[MetricRow, ...] = METRICS,
    audited: bool = False,
    facts_in_part: int = FACTS_IN_PART,
    gone: Sequence[str] = (),
) -> Done:
    """One run over staged batches, as the pipeline makes it; the audit only where a test asks for it."""
    record = run_record(fingerprint=fingerprint)
    candidate = prepare_candidate(home, record)
    try:
        loaded = load_batches(candidate, batches, record, metrics, gone=gone)
        findings = audit(candidate, record, facts_in_part=facts_in_part) if audited else AuditCounts()
        return Done(loaded, findings, publish(home, candidate, record))
    except BaseException:
        discard(home, candidate)
        raise


def decide(home: Home, which: str, decision: str, field: str | None = None, value: str | None = None) -> None:
    """Record, audit and publish a decision about the newest fact of which a condition holds."""
    columns = "document_id, mention_id, metric, measure, text, sentence"
    (row, *_) = rows(home, f"SELECT {columns} FROM fact_version WHERE {which} ORDER BY valid_from_run DESC")
    record = run_record()
    candidate = prepare_candidate(home, record)
    record_decisions(candidate, [Decision(*row, decision, field, value, "王", "核对原件")], record)  # type: ignore[arg-type]
    audit(candidate, record)
    publish(home, candidate, record)


HIGH_TECH = said("全市现有高新技术企业18家。", "18家", "high_tech_enterprises", 18)
SMES = said("科技型中小企业达到1000余家。", "1000余家", "tech_smes", 1000, lower=1000, qualifier="more_than")
TWENTY = said("高新技术企业20家。", "20家", "high_tech_enterprises", 20)
ONE = report("one", "甲市科学技术局", HIGH_TECH, SMES)
TWO = report("two", "乙市科学技术局", TWENTY, division_code="650200")


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    return run_query(home, sql).rows


def all_rows(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but what was applied when."""
    with open_read_only(home) as connection:
        tables = run_query(connection, "SELECT table_name FROM duckdb_tables() ORDER BY ALL").rows
        kept = [str(name) for (name,) in tables if name != "schema_migration"]
        return {name: run_query(connection, f"FROM {name} ORDER BY ALL").rows for name in kept}


def file_names(home: Home) -> list[str]:
    return sorted(path.name for path in home.warehouse.iterdir())
