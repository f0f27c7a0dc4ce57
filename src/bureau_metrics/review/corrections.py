"""What a correction may say: each field checked, and written as the warehouse keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from bureau_metrics.manifest import ManifestRow
from bureau_metrics.models import plain_decimal
from bureau_metrics.review.known import Known
from bureau_metrics.review.sheets import Subject
from bureau_metrics.wording import word_for, wording

_YEARS = range(1949, 2101)
_DECIMALS, _DIGITS = 10, 28
_WORDS = {"measure": "measure", "scope": "scope", "status": "status", "narrowed": "answer"}
_IDENTITY = ("bureau", "division", "year", "published")


class NotACorrection(Exception):
    """A cell that cannot be applied; the message says what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of one row: of a figure with its unit, or of a document."""

    subject: Subject
    unit: str | None
    known: Known

    def checked(self, filled: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield each corrected field with its value as text.

        Raises:
            NotACorrection: nothing is corrected, or a value cannot be what it is to be.
        """
        if not filled:
            raise NotACorrection("nothing is corrected: fill in one of the columns that begin with 更正")
        if self.subject.mention_id is None:
            yield from _identity(self.subject.document_id, filled)
            return
        for field, said in filled.items():
            yield field, self._value(field, said)
        if "metric" in filled:
            yield from self._unit(filled)

    def _value(self, field: str, said: Any) -> str:
        if field == "value":
            return _number(said)
        if field == "year":
            return _year(said)
        if field == "metric":
            metric = self.known.metric(str(said).strip())
            if metric is None:
                raise NotACorrection(
                    f"{said} is no metric: choose one of the sheet {word_for('review_sheet', 'metrics')}"
                )
            return metric
        return _code(_WORDS[field], str(said).strip())

    def _unit(self, filled: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the metric's unit, where the figure is in another; then its number must be said anew."""
        unit = self.known.units[self._value("metric", filled["metric"])]
        if unit == self.unit:
            return
        if "value" not in filled and self.subject.measure in ("stock", "flow", "change"):
            raise NotACorrection(f"the metric is counted in {unit}, the figure in {self.unit}: correct the number too")
        if self.subject.measure in ("stock", "flow", "change"):
            yield "unit", unit


def _identity(document_id: str, filled: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the corrected fields of an identity, checked like a row of a manifest."""
    said = {field: _plain(value) for field, value in filled.items()}
    try:
        row = ManifestRow.model_validate({"file": document_id, **said})
    except ValidationError as error:
        message = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise NotACorrection(message) from None
    for field in _IDENTITY:
        value = getattr(row, field)
        if value is not None:
            yield field, value.isoformat() if isinstance(value, date) else str(value)


def _plain(value: Any) -> str:
    """Return a cell as somebody would type it: 2024, not 2024.0; 2025-03-28, not a moment."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _number(said: Any) -> str:
    text = _plain(said).replace(",", "").replace("，", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NotACorrection(f"{said!r} is no number: write digits only, in the unit of the row") from None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > _DECIMALS or number.adjusted() >= _DIGITS:
        raise NotACorrection(
            f"{said!r} has more digits than are kept: up to {_DIGITS} before and {_DECIMALS} behind the point"
        )
    return plain_decimal(number)


def _year(said: Any) -> str:
    text = _plain(said).removesuffix("年")
    if not (text.isascii() and text.isdecimal() and int(text) in _YEARS):
        raise NotACorrection(f"{said!r} is no year: write four digits, such as 2024")
    return text


def _code(kind: str, said: str) -> str:
    codes = {word: code for code, word in wording()[kind].items()}
    if said in codes:
        return codes[said]
    if said in codes.values():
        return said
    raise NotACorrection(f"{said!r} is none of {'、'.join(codes)}")
