"""Facts as a reader states them: only the fields that a test is about, for short texts out of a report about 2024."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bureau_metrics.extraction import extract_document, text_document
from bureau_metrics.models import Extraction, Fact, Identity, plain

REPORT_YEAR = 2024
REPORT = Identity("bureau", report_year=REPORT_YEAR, published=date(2025, 3, 28))

Stated = dict[str, Any]


def wrong(rule: str) -> pytest.MarkDecorator:
    """Mark a row that the extractor does not read by the contract yet, with the rule that it breaks."""
    return pytest.mark.xfail(strict=True, reason=rule)


def said(text: str, metric: str | None, **fields: Any) -> Stated:
    """State a fact by its printed quantity and metric, and whatever else is to be compared; numbers as strings.

    `of` and `part_of` are given as the printed quantity of the fact that they point to.
    """
    return {"text": text, "metric": metric, **fields}


def read(text: str) -> Extraction:
    """Return facts and ledger of a text out of a report about 2024."""
    return extract_document(text_document(text), REPORT)


def facts_of(text: str) -> list[Fact]:
    """Return the facts of a text out of a report about 2024."""
    return list(read(text).facts)


def found(text: str, expected: list[Stated]) -> list[Stated]:
    """Return the facts of a text as `expected` states them: each with the fields of its counterpart."""
    facts = facts_of(text)
    printed = {fact.start: fact.text for fact in facts}
    names = [list(stated) for stated in expected] + [["text", "metric", "value"]] * len(facts)
    return [{name: _shown(fact, name, printed) for name in wanted} for fact, wanted in zip(facts, names, strict=False)]


def _shown(fact: Fact, name: str, printed: dict[int, str]) -> Any:
    value = getattr(fact, name)
    if name in ("of", "part_of"):
        return None if value is None else printed[value]
    return plain(value)
