"""Contradictions planted in clean reports, each with the two figures that cannot both be true.

A metric that a contradiction uses is left out of the bureau's other sentences, so that nothing else contradicts it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR, Decimal
from random import Random
from typing import Any

from benchmarks.reports import printing
from benchmarks.reports.composing import sentence_of
from benchmarks.reports.figures import Figures
from benchmarks.reports.places import Bureau
from benchmarks.reports.printing import Printed, plain
from benchmarks.reports.roles import Telling
from benchmarks.reports.style import style_of
from benchmarks.reports.truth import Mention, Sentence, number
from benchmarks.reports.words import Words, form_of

COLUMNS = (
    "document", "kind", "metric", "measure", "year", "text", "value", "against_document", "against_text",
    "against_value", "sentence",
)  # fmt: skip
CENT = Decimal("0.01")


@dataclass
class Planting:
    """What is planted in one bureau: the metrics that it takes, the sentences by year, and the rows of planted.csv."""

    silent: set[str] = field(default_factory=set)
    sentences: dict[int, list[tuple[str, Sentence]]] = field(default_factory=lambda: defaultdict(list))
    rows: list[tuple[object, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Site:
    """Where a contradiction is planted: the bureau, its figures, its years, and the counties that report below it."""

    words: Words
    bureau: Bureau
    figures: Figures
    years: Sequence[int]
    seed: int
    table: dict[str, Any]
    below: tuple[tuple[Bureau, Figures], ...] = ()

    @property
    def metric(self) -> str:
        return str(self.table["metric"])

    @property
    def section(self) -> str:
        return self.words.metrics[self.metric].section

    def telling(self, year: int) -> Telling:
        style = style_of(
            self.words,
            [key for key in self.figures if key in self.words.metrics],
            Random(f"{self.seed}/style/{self.bureau.name}"),
        )
        random = Random(f"{self.seed}/planted/{self.bureau.name}/{self.table['kind']}/{year}")
        return Telling(self.words, self.figures, style, year, year - 2, random)

    def sentence(self, key: str, year: int) -> Sentence | None:
        form = form_of(f"{self.metric}/{self.table['kind']}/{key}", self.table[key], self.metric)
        return sentence_of(form, self.bureau, self.telling(year))

    def document(self, year: int) -> str:
        return f"{self.bureau.name}{year}.txt"

    def counties(self) -> Iterator[Site]:
        """Yield the counties' own bureaus that report the metric."""
        for bureau, figures in self.below:
            if self.metric in figures:
                yield replace(self, bureau=bureau, figures=figures, below=())


@dataclass(frozen=True)
class Contradiction:
    """Sentences for the planted year, the figure that is wrong, and the one that it contradicts.

    `document` is the other figure's, where it is another than this one and last year's.
    """

    sentences: tuple[Sentence, ...]
    wrong: Mention
    against: Mention | None
    document: str = ""


def changed(table: dict[str, Any], mention: Mention, against: Mention | None) -> Decimal:
    """Return the wrong figure: so many times the other one or itself, so much more, or with one digit changed."""
    value = mention.value or Decimal(0)
    if "digit" in table:
        return value + 1 if value % 10 < 9 else value - 1
    if "plus" in table:
        more = Decimal(str(table["plus"]))
        return value + more if value >= 0 else value - more
    base = against.value if against and against.value else value
    return (base * Decimal(str(table["times"]))).quantize(Decimal(1)) + (1 if table["times"] < 5 else 0)


def printed_as(site: Site, mention: Mention, value: Decimal, year: int) -> Printed:
    words = site.words.metrics[mention.metric]
    if mention.unit in ("%", "个百分点"):
        return Printed(plain(abs(value)) + mention.unit, value, None, None)
    return printing.exact(int(abs(value)), words, site.telling(year).style)


def with_figure(sentence: Sentence, place: int, printed: Printed, value: Decimal | None) -> Sentence:
    """Put another figure in the place of a mention; what was there stays as the truth."""
    old = sentence.mentions[place]
    assert old.offset is not None
    text = sentence.text[: old.offset] + printed.text + sentence.text[old.offset + len(old.text) :]
    longer = len(printed.text) - len(old.text)
    moved = [
        said._replace(offset=said.offset + longer) if said.offset is not None and said.offset > old.offset else said
        for said in sentence.mentions
    ]
    moved[place] = old._replace(
        text=printed.text, value=value, lower=printed.lower, upper=printed.upper, qualifier=printed.qualifier
    )
    return Sentence(text, tuple(moved), true=sentence.mentions)


def alter(site: Site, year: int) -> Contradiction | None:
    """One figure of a sentence is wrong, against another of it or against other years."""
    sentence = site.sentence("form", year)
    if sentence is None:
        return None
    place = site.table["altered"]
    against = sentence.mentions[site.table["against"]] if "against" in site.table else None
    value = changed(site.table, sentence.mentions[place], against)
    wrong = with_figure(sentence, place, printed_as(site, sentence.mentions[place], value, year), value)
    return Contradiction((wrong,), wrong.mentions[place], against)


def repeat(site: Site, year: int) -> Contradiction | None:
    """The same figure, or a part of the year's, is said again with another value."""
    first, second = site.sentence("form", year), site.sentence("also", year)
    if first is None or second is None:
        return None
    value = changed(site.table, second.mentions[0], None)
    wrong = with_figure(second, 0, printed_as(site, second.mentions[0], value, year), value)
    return Contradiction((first, wrong), wrong.mentions[0], first.mentions[0])


def zero(site: Site, year: int) -> Contradiction | None:
    """A stated zero beside a figure above zero."""
    first = site.sentence("form", year)
    if first is None or not first.mentions[0].value:
        return None
    none = first.mentions[0]._replace(value=Decimal(0), text="", offset=None)
    return Contradiction((first, Sentence(site.table["also"], (none,), true=())), none, first.mentions[0])


def bound(site: Site, year: int) -> Contradiction | None:
    """An exact figure, and 近 a lower one."""
    first, second = site.sentence("form", year), site.sentence("also", year)
    value = int(first.mentions[0].value or 0) if first else 0
    if first is None or second is None or value < 20:
        return None
    step = printing.step_of(value)
    below = Decimal((value - 1) // step * step)
    text = "近" + printed_as(site, second.mentions[0], below, year).text
    wrong = with_figure(second, 0, Printed(text, below, None, below, "nearly"), below)
    return Contradiction((first, wrong), wrong.mentions[0], first.mentions[0])


def rate(site: Site, year: int) -> Contradiction | None:
    """A rate that is not the quotient of the two counts before it."""
    whole = site.figures[site.metric].level.get(year)
    if not whole or whole < 10:
        return None
    telling = site.telling(year)
    words, rate_words = site.words.metrics[site.metric], site.words.metrics[site.table["rate"]]
    done = int(whole) * 9 // 10
    true = (Decimal(done) * 100 / Decimal(whole)).quantize(CENT)
    printed = [
        printing.exact(whole, words, telling.style), printing.exact(done, words, telling.style),
        printing.exact(true + 5, rate_words, telling.style),
    ]  # fmt: skip
    text = site.table["form"]
    mentions: list[Mention] = []
    for slot, said, metric in zip(("{level}", "{done}", "{rate}"), printed, (words, words, rate_words), strict=True):
        of = site.metric if slot == "{done}" else ""
        mentions.append(
            Mention(
                metric.id, metric.measure, None, year, said.value, None, None, "exact", metric.unit,
                f"{site.metric}/{site.table['kind']}/form", said.text, text.index(slot), narrowed=bool(of), of=of,
            )
        )  # fmt: skip
        text = text.replace(slot, said.text)
    clean = (*mentions[:2], mentions[2]._replace(value=true))
    return Contradiction((Sentence(text, tuple(mentions), true=clean),), mentions[2], mentions[1])


def as_is(site: Site, year: int) -> Contradiction | None:
    """The words contradict the true figures that they stand between."""
    sentence = site.sentence("form", year)
    return Contradiction((sentence,), sentence.mentions[1], sentence.mentions[0]) if sentence else None


def plan_without_result(site: Site, year: int) -> Contradiction | None:
    sentence = site.sentence("form", year)
    return Contradiction((sentence,), sentence.mentions[0], None) if sentence else None


def below_county(site: Site, year: int) -> Contradiction | None:
    """A prefecture's figure is lower than that of one of its counties alone."""
    sentence = site.sentence("form", year)
    said = [(county.document(year), county.sentence("form", year)) for county in site.counties()]
    stated = [(document, other.mentions[0]) for document, other in said if other]
    if sentence is None or not stated:
        return None
    document, against = max(stated, key=lambda other: other[1].value or 0)
    value = ((against.value or Decimal(0)) * Decimal(str(site.table["times"]))).to_integral_value(ROUND_FLOOR)
    if not value:
        return None
    wrong = with_figure(sentence, 0, printed_as(site, sentence.mentions[0], value, year), value)
    return Contradiction((wrong,), wrong.mentions[0], against, document)


PLANTS: dict[str, Callable[[Site, int], Contradiction | None]] = {
    "alter": alter, "repeat": repeat, "zero": zero, "bound": bound, "rate": rate, "as_is": as_is,
    "plan": plan_without_result, "below_county": below_county,
}  # fmt: skip


def last_years(site: Site, year: int) -> Sentence | None:
    """Return what the report before this one says of the metric, where reports of other years say it."""
    before = "other_years" in site.table and year - 1 in site.years
    return site.sentence("other_years", year - 1) if before else None


def plant(site: Site, planting: Planting) -> None:
    """Plant one contradiction in one year of a bureau, in the first year that allows it."""
    if site.bureau.is_whole and site.table.get("counties_only"):
        return
    plan = site.table["plant"] == "plan"
    years = site.years[:-1] if plan else site.years[1:] or site.years
    start = site.telling(0).random.randrange(len(years)) if years else 0
    for year in (*years[start:], *years[:start]):
        contradiction = PLANTS[site.table["plant"]](site, year)
        if contradiction is None:
            continue
        planting.silent |= {said.metric for sentence in contradiction.sentences for said in sentence.mentions}
        planting.sentences[year] += [("plans" if plan else site.section, said) for said in contradiction.sentences]
        for other in site.years:
            clean = site.sentence("other_years", other) if "other_years" in site.table and other != year else None
            if clean:
                planting.sentences[other].append((site.section, clean))
        planting.rows.append(row_of(site, year, contradiction))
        return


def row_of(site: Site, year: int, contradiction: Contradiction) -> tuple[object, ...]:
    """Return the row of planted.csv: what is wrong, and what it contradicts in this document or last year's."""
    wrong, against = contradiction.wrong, contradiction.against
    document = contradiction.document or site.document(year)
    before = last_years(site, year)
    if against is None and before is not None:
        against, document = before.mentions[0], site.document(year - 1)
    other = (document, against.text, number(against.value)) if against else ("", "", "")
    what = (wrong.metric, wrong.measure, wrong.year, wrong.text, number(wrong.value))
    return (site.document(year), site.table["kind"], *what, *other, contradiction.sentences[-1].text)


def kinds_for(place: int, count: int, kinds: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the kinds of a bureau: each kind at least once among all bureaus, one kind a bureau where they are many."""
    for number_of_kind in range(place % len(kinds), len(kinds), max(min(count, len(kinds)), 1)):
        yield kinds[number_of_kind]


def planted_in(
    words: Words, bureau: Bureau, figures: Figures, years: Sequence[int], seed: int, place: int, count: int,
    below: tuple[tuple[Bureau, Figures], ...] = (),
) -> Planting:  # fmt: skip
    """Plant what falls to the bureau at this place among so many; `below` are the counties' bureaus that report."""
    planting = Planting()
    for table in kinds_for(place, count, words.contradictions):
        plant(Site(words, bureau, figures, years, seed, table, below), planting)
    return planting
