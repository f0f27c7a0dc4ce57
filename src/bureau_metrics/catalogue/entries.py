"""The form of a catalogue entry, checked where a person's TOML enters the product."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from bureau_metrics.models import Measure, Qualifier, Scope, Status

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class ExampleEntry(BaseModel):
    """A text and the fact that it must yield; keys that are left out are not compared."""

    model_config = ConfigDict(extra="forbid")

    text: Words
    value: str | None = None
    lower: str | None = None
    upper: str | None = None
    qualifier: Qualifier | None = None
    measure: Measure | None = None
    status: Status | None = None
    year: int | None = None
    unit: str | None = None
    label: str | None = None
    narrowed: bool | None = None
    scope: Scope | None = None

    def expected(self) -> dict[str, Any]:
        """Return the given fields."""
        return {name: getattr(self, name) for name in self.model_fields_set if name != "text"}


class CounterExampleEntry(BaseModel):
    """A text in which the metric must not be found; `metric` names what it is instead, where it is one."""

    model_config = ConfigDict(extra="forbid")

    text: Words
    metric: str | None = None


class MetricEntry(BaseModel):
    """One `[[metric]]` table."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    name_zh: Words
    name_en: Words
    unit: Words
    counters: list[Words] = Field(default_factory=list)
    measure: Measure
    scope: Scope
    additive: bool
    note: str = ""
    terms: list[Words] = Field(min_length=1)
    excludes: list[Words] = Field(default_factory=list)
    partial: list[Words] = Field(default_factory=list)
    of_event: str = ""
    example: list[ExampleEntry] = Field(min_length=2)
    counter_example: list[CounterExampleEntry] = Field(min_length=1)

    @field_validator("terms")
    @classmethod
    def _complete(cls, terms: list[str]) -> list[str]:
        for term in terms:
            if any(not word.strip() for group in term.split(" + ") for word in group.split("|")):
                raise ValueError(f"term {term!r} has an empty word beside | or +")
        return terms
