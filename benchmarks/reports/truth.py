"""What is true: the mentions of a document, the cells that a bureau's mentions fill, and the CSV rows of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from benchmarks.reports.places import Bureau
from benchmarks.reports.printing import plain
from benchmarks.reports.words import Words

MENTION_COLUMNS = (
    "document", "division_code", "body", "sentence_start", "start", "text", "metric", "measure", "scope", "year",
    "period", "status", "value", "lower", "upper", "qualifier", "unit", "narrowed", "part_of_metric", "against", "form",
)  # fmt: skip
CELL_COLUMNS = (
    "division_code", "bureau", "body", "metric", "measure", "scope", "year", "state", "value", "lower", "upper",
    "qualifier", "unit", "period", "mentions", "narrowed_mentions", "documents", "forms",
)  # fmt: skip


class Mention(NamedTuple):  # a tuple, because a large set has millions of them
    """A figure that a sentence states. `offset` counts code points from the sentence's start; None without a numeral.

    `period` is whole_year or part_year. `of` is the metric of the total that this is a part of. `against` is what a
    growth is measured against where it is not the year before.
    """

    metric: str
    measure: str
    scope: str | None
    year: int
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    unit: str
    form: str
    text: str = ""
    offset: int | None = None
    status: str = "actual"
    period: str = "whole_year"
    narrowed: bool = False
    of: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what it prints. `true` holds the true mentions where the sentence contradicts them on purpose."""

    text: str
    mentions: tuple[Mention, ...] = ()
    true: tuple[Mention, ...] | None = None

    @property
    def true_mentions(self) -> tuple[Mention, ...]:
        return self.mentions if self.true is None else self.true


@dataclass(frozen=True, slots=True)
class Report:
    """A written document: its sentences with where each starts in the text."""

    name: str
    bureau: Bureau
    year: int
    text: str
    sentences: tuple[tuple[int, Sentence], ...]


def number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def mention_rows(report: Report) -> Iterator[tuple[object, ...]]:
    """Yield the rows of truth_mentions.csv: what the document prints, in the order of the text."""
    head = (report.name, report.bureau.division.code, report.bureau.body)
    for start, sentence in report.sentences:
        for said in sentence.mentions:
            yield (
                *head, start, "" if said.offset is None else start + said.offset, said.text, said.metric, said.measure,
                said.scope or "", said.year, said.period, said.status, number(said.value), number(said.lower),
                number(said.upper), said.qualifier, said.unit, str(said.narrowed).lower(), said.of, said.against,
                said.form,
            )  # fmt: skip


def precedence(said: tuple[str, Mention]) -> tuple[bool, bool, int]:
    """Order the mentions of a cell: the whole metric, the whole year, an exact figure, a bounded one, a range."""
    mention = said[1]
    exactness = 0 if mention.qualifier == "exact" else 1 if mention.value is not None else 2
    return mention.narrowed, mention.period == "part_year", exactness


def cell_rows(bureau: Bureau, reports: Iterable[Report], words: Words) -> Iterator[tuple[object, ...]]:
    """Yield the rows of truth_cells.csv of one bureau: actual figures that are no part of a total."""
    cells: dict[tuple[str, str, str, int], list[tuple[str, Mention]]] = defaultdict(list)
    for report in reports:
        for _, sentence in report.sentences:
            for said in sentence.true_mentions:
                if said.status == "actual" and not said.of and not said.against:
                    scope = said.scope or words.metrics[said.metric].scope
                    cells[said.metric, said.measure, scope, said.year].append((report.name, said))
    for key, mentions in sorted(cells.items()):
        yield (bureau.division.code, bureau.name, bureau.body, *key, *cell_of(mentions))


def cell_of(mentions: list[tuple[str, Mention]]) -> tuple[object, ...]:
    """Return state, figure and counts of a cell."""
    best = min(mentions, key=precedence)[1]
    narrowed = sum(said.narrowed for _, said in mentions)
    documents = " ".join(sorted({name for name, _ in mentions}))
    forms = " ".join(sorted({said.form for _, said in mentions}))
    counts = (best.unit, best.period, len(mentions), narrowed, documents, forms)
    if best.narrowed:
        return ("parts_only", "", "", "", "", *counts)
    state = "stated_zero" if best.value == 0 and best.qualifier == "exact" else "value"
    return (state, number(best.value), number(best.lower), number(best.upper), best.qualifier, *counts)
