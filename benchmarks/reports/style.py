"""How a bureau writes: its own numerals, counters, order of sections and favourite sentence forms."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.reports.words import Words

ORDERED = ["leadership", "study"]
MOVABLE = ["business", "documents", "powers", "services", "enforcement", "disputes", "legal", "outreach"]
LAST = ["openness"]


@dataclass(frozen=True)
class Style:
    """One bureau's way of writing, the same in all its years. `favourite` picks the form: an index for each metric."""

    kind: str
    sections: tuple[str, ...]
    numbered_inside: bool
    han: bool
    wan: bool
    short_title: bool
    counter: dict[str, str]
    favourite: dict[str, int]
    reported: frozenset[str]


def style_of(words: Words, own: list[str], random: Random, *, share: float = 0.62) -> Style:
    """Draw a style. `own` are the metrics that such a bureau may report; `share` of them it does report,
    and all those that are always reported.
    """
    movable = MOVABLE.copy()
    random.shuffle(movable)
    kind = random.choice(list(words.prose["titles"]))
    return Style(
        kind=kind,
        sections=(*ORDERED, *movable, *LAST),
        numbered_inside=kind == "法治政府建设年度报告",
        han=random.random() < 0.2,
        wan=random.random() < 0.7,
        short_title=random.random() < 0.3,
        counter={metric: random.choice(words.metrics[metric].counters) for metric in own},
        favourite={metric: random.randrange(100) for metric in own},
        reported=frozenset(metric for metric in own if random.random() < share or words.metrics[metric].always),
    )
