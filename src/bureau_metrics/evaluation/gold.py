"""Gold facts: what a person reads in a report or in a short text, and how such files are loaded.

A gold file is JSON lines in UTF-8. A line is either a fact with its `document`, or a short text
{id, text, year, facts} whose facts belong to the document `id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bureau_metrics.models import Measure, Qualifier, Scope, Status

OPTIONAL_FIELDS = ("label", "narrowed", "scope", "relative_to", "of")


class GoldError(ValueError):
    """A gold file that cannot be read; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class GoldFact:
    """One fact as a person reads it.

    Offsets are code points into the canonical text, end exclusive; values and bounds are exact decimals in `unit`.
    `part_of` and `of` are the `start` of another fact of the document. Of the fields after `part_of` only those named
    in `stated` were decided by the reader; the others are not compared.
    """

    document: str
    start: int
    end: int
    text: str
    metric: str | None
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    qualifier: Qualifier
    measure: Measure
    status: Status
    year: int | None
    part_of: int | None = None
    label: str | None = None
    narrowed: bool | None = None
    scope: Scope | None = None
    relative_to: str | None = None
    of: int | None = None
    stated: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text of one to three sentences with all its facts; none at all is a statement too.

    `year` is the year that the text gives itself, None where it names none; offsets of the facts refer to `text`.
    """

    id: str
    text: str
    year: int | None
    facts: tuple[GoldFact, ...]


_FACT = TypeAdapter(GoldFact)


def load_gold(path: Path | str) -> list[GoldFact]:
    """Read gold facts, or predictions of the same form, from a JSON-lines file of facts or of short texts.

    Of a `document` that is a path only the base name counts. Raises GoldError with file, line and reason.
    """
    facts: list[GoldFact] = []
    for place, record in _records(Path(path)):
        facts.extend(_text(record, place).facts if "facts" in record else [_fact(record, place)])
    return facts


def load_gold_texts(path: Path | str) -> list[GoldText]:
    """Read short texts with their facts; raises GoldError with file, line and reason."""
    return [_text(record, place) for place, record in _records(Path(path))]


def base_name(document: str) -> str:
    """Return the last part of a document's path, by which gold names it."""
    return document.rsplit("/", 1)[-1]


def _records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: not readable as UTF-8 text ({error})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            record = json.loads(line, parse_float=Decimal)
        except json.JSONDecodeError as error:
            raise GoldError(f"{place}: not a JSON object ({error.msg} at column {error.colno})") from error
        if not isinstance(record, dict):
            raise GoldError(f"{place}: not a JSON object; each line holds one fact or one text")
        yield place, record


def _fact(record: dict[str, Any], place: str) -> GoldFact:
    stated = frozenset(OPTIONAL_FIELDS).intersection(record)
    try:
        return _FACT.validate_python({**record, "document": base_name(str(record["document"])), "stated": stated})
    except KeyError as error:
        raise GoldError(f"{place}: a fact without {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise GoldError(f"{place}: not a fact: {name}: {first['msg']}") from error


def _text(record: dict[str, Any], place: str) -> GoldText:
    try:
        identifier, text, year, facts = (record[key] for key in ("id", "text", "year", "facts"))
    except KeyError as error:
        raise GoldError(f"{place}: a text without {error}") from error
    if not isinstance(text, str) or not isinstance(facts, list) or not all(isinstance(fact, dict) for fact in facts):
        raise GoldError(f"{place}: a text needs its words as a string and its facts as a list of objects")
    read = tuple(_fact({**fact, "document": identifier}, place) for fact in facts)
    for fact in read:
        if text[fact.start : fact.end] != fact.text:
            raise GoldError(f"{place}: {fact.text!r} does not stand at {fact.start}–{fact.end} of the text")
    return GoldText(identifier, text, year, read)
