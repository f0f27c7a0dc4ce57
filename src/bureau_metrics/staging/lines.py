"""One document as staged lines: its document record, its facts as the contract writes them, and its open numerals.

What does not hold together is refused here, document by document, so that a load never has to refuse a whole batch.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from bureau_metrics.models import (
    Disposition,
    Document,
    Extraction,
    Fact,
    Identity,
    LedgerEntry,
    plain,
    plain_decimal,
)
from bureau_metrics.staged_batch import DOCUMENTS, FACTS, LEDGER, REJECTIONS


class Line(NamedTuple):
    """A JSON line without its end, the staged file that it goes to, and the characters of a document's text."""

    file: str
    content: bytes
    characters: int = 0


_WORDS_AROUND = 40
_FOR_A_PERSON = frozenset({Disposition.UNRESOLVED, Disposition.UNREADABLE})
_FITS_DECIMAL_38_10 = re.compile(r"-?[0-9]{1,28}(\.[0-9]{1,10})?")


class InconsistentExtraction(Exception):
    """An extraction that contradicts its own text; the document is rejected rather than loaded wrong."""


def json_bytes(content: object) -> bytes:
    """Return compact JSON in UTF-8; equal contents give equal bytes.

    Raises:
        UnicodeEncodeError: a text holds half a surrogate pair.
    """
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def content_hash(content: object) -> str:
    """Return the SHA-256 of a JSON-ready content, in hexadecimal."""
    return hashlib.sha256(json_bytes(content)).hexdigest()


def document_lines(document: Document, identity: Identity, extraction: Extraction, **origin: str) -> list[Line]:
    """Return the staged lines of one document.

    Args:
        document: the document version.
        identity: who published it.
        extraction: what was read out of it.
        origin: fields that the document record carries besides: path, source_key, extractor_fingerprint.

    Raises:
        InconsistentExtraction: two facts share an id, or a fact does not stand where it says it does.
    """
    extraction = _without_oversized(extraction)
    _refuse_contradictions(document, extraction.facts)
    facts = [fact.record() for fact in extraction.facts]
    sentences = [document.text[fact.sentence_start : fact.sentence_end] for fact in extraction.facts]
    ledger = [_open_numeral(document, entry) for entry in extraction.ledger if entry.disposition in _FOR_A_PERSON]
    dispositions = dict(sorted(Counter(entry.disposition.value for entry in extraction.ledger).items()))
    who = _identity_record(identity)
    record = {
        "document_id": document.document_id,
        "name": document.name,
        "format": document.format,
        "encoding": document.encoding,
        "content_hash": document.content_hash,
        **who,
        "evidence": _evidence(identity),
        **origin,
        "identity_hash": content_hash(who),
        "facts_hash": content_hash(facts),
        "ledger_hash": content_hash([dispositions, ledger]),
        "facts": len(facts),
        "dispositions": dispositions,
        "text": document.text,
    }
    return [
        Line(DOCUMENTS, json_bytes(record), len(document.text)),
        *(Line(FACTS, json_bytes({**fact, "sentence": words})) for fact, words in zip(facts, sentences, strict=True)),
        *(Line(LEDGER, json_bytes(entry)) for entry in ledger),
    ]


def rejection_line(document_id: str, path: str, reason: str, detail: str, hint: str) -> Line:
    """Return the staged line of a source that could not be taken."""
    record = {"document_id": document_id, "path": path, "reason": reason, "detail": detail, "hint": hint}
    return Line(REJECTIONS, json_bytes({name: printable(text) for name, text in record.items()}))


def printable(text: str) -> str:
    """Return a text without halves of surrogate pairs, as file names of undecodable bytes hold them."""
    return text.encode("utf-8", errors="backslashreplace").decode()


def _identity_record(identity: Identity) -> dict[str, Any]:
    fields = (name for name in Identity.__dataclass_fields__ if name not in ("evidence", "doubts"))
    return {**{name: plain(getattr(identity, name)) for name in fields}, "doubts": list(identity.doubts)}


def _evidence(identity: Identity) -> dict[str, dict[str, Any]]:
    return {
        name: {"source": evidence.source, "start": evidence.start, "end": evidence.end}
        for name, evidence in sorted(identity.evidence.items())
    }


def _open_numeral(document: Document, entry: LedgerEntry) -> dict[str, Any]:
    words = document.text[max(0, entry.start - _WORDS_AROUND) : entry.end + _WORDS_AROUND]
    return {"document_id": document.document_id, **entry.record(), "words": words}


def _refuse_contradictions(document: Document, facts: Iterable[Fact]) -> None:
    seen: set[str] = set()
    for fact in facts:
        if fact.document_id != document.document_id:
            raise InconsistentExtraction(f"fact {fact.fact_id} names another document: {fact.document_id}")
        if document.text[fact.start : fact.end] != fact.text:
            raise InconsistentExtraction(f"fact {fact.fact_id} does not stand at {fact.start}:{fact.end}")
        if not fact.sentence_start <= fact.start <= fact.end <= fact.sentence_end <= len(document.text):
            raise InconsistentExtraction(f"fact {fact.fact_id} stands outside its sentence")
        if fact.fact_id in seen:
            raise InconsistentExtraction(f"two facts have the id {fact.fact_id}")
        seen.add(fact.fact_id)


def _without_oversized(extraction: Extraction) -> Extraction:
    """Move facts whose figures DECIMAL(38,10) cannot hold exactly to the ledger, for a person: never round."""
    oversized = {fact.fact_id for fact in extraction.facts if not _fits(fact)}
    if not oversized:
        return extraction
    facts = tuple(fact for fact in extraction.facts if fact.fact_id not in oversized)
    ledger = tuple(_without(entry, oversized) for entry in extraction.ledger)
    return Extraction(facts, ledger)


def _fits(fact: Fact) -> bool:
    figures = (figure for figure in (fact.value, fact.lower, fact.upper) if figure is not None)
    return all(_FITS_DECIMAL_38_10.fullmatch(plain_decimal(figure)) for figure in figures)


def _without(entry: LedgerEntry, fact_ids: set[str]) -> LedgerEntry:
    if not fact_ids.intersection(entry.fact_ids):
        return entry
    kept = tuple(fact_id for fact_id in entry.fact_ids if fact_id not in fact_ids)
    if kept:
        return entry._replace(fact_ids=kept)
    return entry._replace(disposition=Disposition.UNREADABLE, rule="beyond_decimal_38_10", fact_ids=())
