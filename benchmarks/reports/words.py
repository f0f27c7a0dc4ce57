"""The words of the reports, from words/*.toml: metrics with their sentence forms, prose, and forms that contradict.

Keys of a `[[metric]]`:

- `section`, `bodies`: where it stands, and who reports it (all bodies unless named)
- what its figures are: `first` (range of the first year), `money` (the same, in 元), `rate` (range in %), `total_of`
  (sum of other metrics), `share_of` with `share` (per cent of another metric); `drift` in per cent a year, `zero` the
  chance of none in a year, of what is never many
- `always`: each bureau that has it reports it every year
- `whole`: said by a prefecture's bureau of the whole jurisdiction, where the metric is the bureau's own otherwise
- `forms`, and `none` for a year of zero, `part_year`, `repeated`, `look_back`, `plan`, `national` for further sentences

Slots of a form, as `{role}` of the metric itself or `{metric.role}` of another: see roles.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from bureau_metrics.catalogue import load_catalogue

FOLDER = Path(__file__).parent / "words"
SLOT = re.compile(r"\{([a-z_]+)(?:\.([a-z_]+))?\}")
PLAIN_SLOTS = frozenset({"year", "next", "area", "we", "back_year"})
EXTRA_FORMS = ("none", "part_year", "repeated", "look_back", "plan", "national", "whole")


@dataclass(frozen=True)
class Slot:
    """A place in a form that a figure fills: what is said (role) of which metric."""

    metric: str
    role: str


@dataclass(frozen=True)
class Form:
    """A sentence with slots. `name` tells it from all others, as high_tech_enterprises/forms/2."""

    name: str
    text: str
    parts: tuple[str | Slot, ...]

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(part for part in self.parts if isinstance(part, Slot))

    @cached_property
    def metrics(self) -> frozenset[str]:
        return frozenset(slot.metric for slot in self.slots)

    @cached_property
    def owner(self) -> str:
        """Return the metric that the form belongs to."""
        return self.name.split("/", 1)[0]


@dataclass(frozen=True)
class MetricWords:
    """What is said of one metric, and how its figures behave. Unit, measure and scope are the catalogue's.

    `summed`: a prefecture's figure is the sum of its counties', as of all that the catalogue calls additive and of the
    jurisdiction.
    """

    id: str
    section: str
    unit: str
    measure: str
    scope: str
    forms: tuple[Form, ...]
    bodies: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    first: tuple[float, float] | None = None
    money: tuple[float, float] | None = None
    rate: tuple[float, float] | None = None
    drift: tuple[float, float] = (-12, 16)
    zero: float = 0
    total_of: tuple[str, ...] = ()
    share_of: str = ""
    share: tuple[float, float] = (0, 0)
    summed: bool = False
    always: bool = False
    unbounded: bool = False
    part_nouns: tuple[str, ...] = ()
    others: dict[str, tuple[Form, ...]] = field(default_factory=dict)

    def reported_by(self, body: str) -> bool:
        return not self.bodies or body in self.bodies


@dataclass(frozen=True)
class Words:
    """All words: metrics by id, prose by its keys, contradictions in order."""

    metrics: dict[str, MetricWords]
    prose: dict[str, Any]
    contradictions: tuple[dict[str, Any], ...]


def form_of(name: str, text: str, metric: str) -> Form:
    """Cut a form's text at its slots. Raises ValueError where a brace is left over."""
    parts: list[str | Slot] = []
    place = 0
    for match in SLOT.finditer(text):
        first, second = match.groups()
        parts.append(text[place : match.start()])
        parts.append(match.group() if first in PLAIN_SLOTS else Slot(first if second else metric, second or first))
        place = match.end()
    parts.append(text[place:])
    if re.sub(SLOT, "", text).strip("{}") != re.sub(SLOT, "", text):
        raise ValueError(f"{name}: a brace of {text!r} belongs to no slot")
    return Form(name, text, tuple(part for part in parts if part))


def forms_of(metric: str, key: str, texts: Sequence[str]) -> tuple[Form, ...]:
    return tuple(form_of(f"{metric}/{key}/{number}", text, metric) for number, text in enumerate(texts, start=1))


def metric_words(table: dict[str, Any], known: dict[str, Any]) -> MetricWords:
    """Read one `[[metric]]` table. Raises KeyError where the catalogue has no such metric."""
    metric = known[table["id"]]
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    others = {key: forms_of(metric.id, key, plain.pop(key)) for key in EXTRA_FORMS if key in plain}
    plain["forms"] = forms_of(metric.id, "forms", table["forms"])
    plain.setdefault("counters", (metric.unit,))
    plain["summed"] = metric.additive and metric.scope == "jurisdiction"
    return MetricWords(unit=metric.unit, measure=str(metric.measure), scope=str(metric.scope), others=others, **plain)


@cache
def load_words() -> Words:
    """Read all words once."""
    known = {metric.id: metric for metric in load_catalogue().metrics}
    tables = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
    metrics = [metric_words(table, known) for content in tables.values() for table in content.get("metric", ())]
    return Words(
        {metric.id: metric for metric in metrics}, tables["prose"], tuple(tables["contradictions"]["contradiction"])
    )
