"""One figure of the report: a cell of `cross_bureau`, and where in its sentence it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of `cross_bureau` with the columns of `report_figures.sql`; values are exact, in `unit`."""

    family: str
    metric: str
    name_zh: str
    unit: str
    measure: str
    scope: str
    other_measure: bool
    other_scope: bool
    additive: bool
    division_code: str | None
    bureau_id: str
    bureau: str
    bureau_known: bool
    year: int
    state: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str | None
    period_kind: str
    relative_to: str | None
    conflicting: int
    fact_id: str
    document_id: str
    text: str
    sentence: str
    place: int

    @property
    def column_key(self) -> tuple[str, str, str]:
        """Names the column: metric, measure, scope."""
        return self.metric, self.measure, self.scope

    @property
    def line_key(self) -> tuple[bool, str, str, int]:
        """Names the bureau and year, and sorts them: bureaus without a division code last."""
        return self.division_code is None, self.division_code or "", self.bureau_id, self.year

    @property
    def in_sentence(self) -> tuple[str, str, str]:
        """The sentence before the quantity, the quantity, the rest; the last two are empty if it is not there."""
        start, sentence = self.place, self.sentence
        if sentence[start : start + len(self.text)] != self.text:  # a shortened sentence begins elsewhere
            start = sentence.find(self.text)
        if start < 0:
            return sentence, "", ""
        end = start + len(self.text)
        return sentence[:start], sentence[start:end], sentence[end:]
