"""What a slot of a form can say of a metric: its printed words and the mentions that they are.

- `level`, `rise` and `fall` (a level above or below last year's), `total` (of the whole jurisdiction), `last` (last
  year's), `back` (an earlier year's), `added`, `narrow` (of a part of the metric only)
- `full` (a rate of 100%, printed before), `since` (growth against an earlier year than the last)
- `growth`, `change` (with the words and what they are against), `course` (由16件减少到14件)
- `within` (a part, of the form's own metric), `part` (one part), `parts` (all parts, which make the whole)
- `zero` (none, said by the words around), `part_year`
- `plan`, `plan_added`, `plan_range` (for the next year)

A role returns None where it cannot be said: no growth against none, no decrease where there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from benchmarks.reports import printing
from benchmarks.reports.figures import HUNDRED, WHOLE_KEY, Figures, Number, growth
from benchmarks.reports.printing import Printed
from benchmarks.reports.style import Style
from benchmarks.reports.truth import Mention
from benchmarks.reports.words import MetricWords, Words

PIECE = tuple[str, "Mention | None"]
UP, DOWN = ("增长", "上升", "增长"), ("下降", "减少", "下降")
AGAINST = ("同比", "比上年", "较上年", "较去年")
BOUNDED_SHARE, BOUNDED_FROM = 0.14, 60
BOUND_KINDS = ("surplus", "exceeds", "nearly", "about")
PART_OF_YEAR = Decimal("0.46")
ZERO = Printed("", Decimal(0), None, None)


class Telling(NamedTuple):
    """Who tells what of which year: all that a slot needs. `scope` is what the form's words say, `form` its name."""

    words: Words
    figures: Figures
    style: Style
    year: int
    back_year: int
    random: Random
    form: str = ""
    scope: str | None = None
    owner: str = ""
    may_bound: bool = False

    def level(self, metric: str, year: int) -> Number | None:
        series = self.figures.get(metric)
        return None if series is None else series.level.get(year)


def mention(telling: Telling, words: MetricWords, printed: Printed, **differing: Any) -> Mention:
    """Make the mention of a printed figure: of the metric's own measure and the telling's year by default."""
    said = Mention(
        metric=words.id, measure=words.measure, scope=telling.scope, year=telling.year, value=printed.value,
        lower=printed.lower, upper=printed.upper, qualifier=printed.qualifier, unit=words.unit, form=telling.form,
        text=printed.text,
    )  # fmt: skip
    return said._replace(**differing) if differing else said


def said_exactly(telling: Telling, words: MetricWords, value: Number, **differing: Any) -> list[PIECE]:
    printed = printing.exact(value, words, telling.style)
    return [(printed.text, mention(telling, words, printed, **differing))]


def level(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value = telling.level(words.id, telling.year)
    if value is None:
        return None
    if telling.may_bound and not words.rate and value >= BOUNDED_FROM and telling.random.random() < BOUNDED_SHARE:
        printed = printing.bounded(int(value), telling.random.choice(BOUND_KINDS), words, telling.style)
        if printed:
            return [(printed.text, mention(telling, words, printed))]
    return said_exactly(telling, words, value)


def rise(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value, before = telling.level(words.id, telling.year), telling.level(words.id, telling.year - 1)
    return said_exactly(telling, words, value) if value and before and value > before else None


def fall(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value, before = telling.level(words.id, telling.year), telling.level(words.id, telling.year - 1)
    return said_exactly(telling, words, value) if value and before and value < before else None


def full(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    """The rate of all: said by a 100% that stands before the slot for two rates at once."""
    value = telling.level(words.id, telling.year)
    return [("", mention(telling, words, Printed("", HUNDRED, None, None)))] if value == HUNDRED else None


def whole(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value = telling.level(words.id + WHOLE_KEY, telling.year)
    return said_exactly(telling, words, value, scope="jurisdiction") if value else None


def last(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value = telling.level(words.id, telling.year - 1)
    return said_exactly(telling, words, value, year=telling.year - 1) if value else None


def back(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value = telling.level(words.id, telling.back_year)
    return said_exactly(telling, words, value, year=telling.back_year) if value else None


def added(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value = telling.figures[words.id].added.get(telling.year)
    return said_exactly(telling, words, value, measure="flow") if value else None


def stated_growth(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    now, before = telling.level(words.id, telling.year), telling.level(words.id, telling.year - 1)
    value = None if now is None or before is None else growth(now, before)
    if not value:
        return None
    verb = telling.random.choice(UP if value > 0 else DOWN)
    printed = Printed(f"{printing.plain(abs(value))}%", value, None, None)
    against = telling.random.choice(AGAINST)
    return [(against + verb, None), (printed.text, mention(telling, words, printed, measure="growth", unit="%"))]


def since(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    now, before = telling.level(words.id, telling.year), telling.level(words.id, telling.back_year)
    value = None if now is None or before is None else growth(now, before)
    if not value:
        return None
    printed = Printed(f"{printing.plain(abs(value))}%", value, None, None)
    against = f"{telling.back_year}年"
    said = mention(telling, words, printed, measure="growth", unit="%", against=against)
    return [(f"比{against}{'增长' if value > 0 else '下降'}", None), (printed.text, said)]


def change(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    now, before = telling.level(words.id, telling.year), telling.level(words.id, telling.year - 1)
    if now is None or before is None or now == before:
        return None
    value = Decimal(now) - Decimal(before)
    against = telling.random.choice(AGAINST)
    if words.rate:
        printed = Printed(f"{printing.plain(abs(value))}个百分点", value, None, None)
        verb, unit = "提高" if value > 0 else "下降", "个百分点"
    else:
        text = printing.exact(int(abs(value)), words, telling.style).text
        printed, unit = Printed(text, value, None, None), words.unit
        verb = telling.random.choice(("增加", "多") if value > 0 else ("减少", "少"))
    return [(against + verb, None), (printed.text, mention(telling, words, printed, measure="change", unit=unit))]


def course(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    now, before = telling.level(words.id, telling.year), telling.level(words.id, telling.year - 1)
    if not now or not before or now == before:
        return None
    verb = telling.random.choice(("增加到", "增至", "增加至") if now > before else ("减少到", "减至", "下降到"))
    first = said_exactly(telling, words, before, year=telling.year - 1)
    return [("由上年的", None), *first, (verb, None), *said_exactly(telling, words, now)]


def within(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value = telling.level(words.id, telling.year)
    return said_exactly(telling, words, value, of=telling.owner) if value else None


def part_values(whole: int, count: int) -> list[int]:
    """Cut a whole into falling parts that make it up: the same whole gives the same parts."""
    values: list[int] = []
    left = whole
    for _ in range(count - 1):
        values.append(left * 3 // 5)
        left -= values[-1]
    return [*values, left]


def part(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    whole = telling.level(words.id, telling.year)
    value = part_values(int(whole or 0), len(words.part_nouns))[0]
    return said_exactly(telling, words, value, of=words.id, narrowed=True) if value else None


def parts(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    values = part_values(int(telling.level(words.id, telling.year) or 0), len(words.part_nouns))
    if not all(values):
        return None
    pieces: list[PIECE] = []
    for noun, value in zip(words.part_nouns, values, strict=True):
        pieces.append((f"、{noun}" if pieces else noun, None))
        pieces += said_exactly(telling, words, value, of=words.id, narrowed=True)
    return pieces


def narrow(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value = part_values(int(telling.level(words.id, telling.year) or 0), len(words.part_nouns))[0]
    return said_exactly(telling, words, value, narrowed=True) if value else None


def zero(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    return [("", mention(telling, words, ZERO))] if telling.level(words.id, telling.year) == 0 else None


def part_year(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    value = int(Decimal(telling.level(words.id, telling.year) or 0) * PART_OF_YEAR)
    return said_exactly(telling, words, value, period="part_year") if value else None


def round_plan(value: int) -> int:
    return max(value // printing.step_of(value) * printing.step_of(value) if value >= 100 else value * 19 // 20, 1)


def planned(telling: Telling, words: MetricWords, value: Number | None, measure: str) -> list[PIECE] | None:
    if not value:
        return None
    differing = {"status": "planned", "year": telling.year + 1, "measure": measure}
    return said_exactly(telling, words, round_plan(int(value)), **differing)


def plan(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    return planned(telling, words, telling.level(words.id, telling.year + 1), words.measure)


def plan_added(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    return planned(telling, words, telling.figures[words.id].added.get(telling.year + 1), "flow")


def plan_range(telling: Telling, words: MetricWords) -> list[PIECE] | None:
    high = int(telling.level(words.id, telling.year + 1) or 0)
    low = high - max(high // 5, 1)
    if low <= 0:
        return None
    counter = telling.style.counter.get(words.id, words.unit)
    printed = Printed(f"{low}—{high}{counter}", None, Decimal(low), Decimal(high), "range")
    return [(printed.text, mention(telling, words, printed, status="planned", year=telling.year + 1))]


ROLES: dict[str, Callable[[Telling, MetricWords], list[PIECE] | None]] = {
    "level": level, "rise": rise, "fall": fall, "full": full, "total": whole, "since": since, "last": last,
    "back": back, "added": added, "growth": stated_growth, "change": change, "course": course, "within": within,
    "part": part, "parts": parts, "narrow": narrow, "zero": zero, "part_year": part_year, "plan": plan,
    "plan_added": plan_added, "plan_range": plan_range,
}  # fmt: skip
