"""The true figures of a bureau: a series for each metric, that grows or varies from year to year within reason."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.reports.places import Region
from benchmarks.reports.words import MetricWords, Words

Number = Decimal | int
YEARS_BEFORE = 3
WHOLE = 2.0  # how much more a prefecture's bureau does itself than a county's
WHOLE_KEY = "@whole"  # behind a metric: the figure of the whole jurisdiction
HUNDRED = Decimal(100)
NONE_UP_TO = 100  # who has more of something in other years does not go without it in one


@dataclass(frozen=True)
class Series:
    """Levels by year, and for a stock what was added within the year."""

    level: dict[int, Number]
    added: dict[int, int]


Figures = dict[str, Series]


def rounded(value: float, *, money: bool) -> int:
    """Round so that the figure can be printed exactly in 万 or 亿."""
    whole = round(value)
    if money:
        step = 1_000_000 if whole >= 100_000_000 else 10_000 if whole >= 1_000_000 else 1000
    else:
        step = 100 if whole >= 10_000 else 1
    return whole // step * step


def rate_series(words: MetricWords, years: Sequence[int], random: Random) -> Series:
    low, high = words.rate or (0, 0)
    digits = 2 if high < 10 else 1
    value = random.uniform(low, high)
    level: dict[int, Number] = {}
    for year in years:
        level[year] = round(Decimal(str(value)), digits)
        value = min(max(value + random.uniform(-0.04, 0.06) * (high - low), low), high)
    return Series(level, {})


def count_series(words: MetricWords, years: Sequence[int], random: Random, factor: float) -> Series:
    low, high = words.first or words.money or (0, 0)
    value = math.exp(random.uniform(math.log(low), math.log(high))) * factor
    level: dict[int, Number] = {}
    for year in years:
        none = words.zero and random.random() < words.zero and value <= NONE_UP_TO
        level[year] = 0 if none else max(1, rounded(value, money=bool(words.money)))
        value = max(value * (1 + random.uniform(*words.drift) / 100), low)
    return Series(level, added_of(level, random))


def added_of(level: dict[int, Number], random: Random) -> dict[int, int]:
    """Return what was added each year, given that some of the stock went away."""
    added: dict[int, int] = {}
    for year, now in level.items():
        before = level.get(year - 1)
        if before:
            gone = int(int(before) * random.uniform(0.01, 0.04))
            added[year] = min(max(int(now) - int(before) + gone, 0), int(now))
    return added


def bureau_figures(words: Words, body: str, years: Sequence[int], random: Random, factor: float) -> Figures:
    """Draw the series of all metrics that such a bureau reports."""
    figures: Figures = {}
    own = [metric for metric in words.metrics.values() if metric.reported_by(body)]
    for metric in own:
        if metric.rate:
            figures[metric.id] = rate_series(metric, years, random)
        elif not metric.total_of and not metric.share_of:
            figures[metric.id] = count_series(metric, years, random, factor)
    for metric in own:
        if metric.share_of:
            share = random.uniform(*metric.share) / 100
            whole = figures[metric.share_of].level
            figures[metric.id] = Series({year: max(1, int(int(value) * share)) for year, value in whole.items()}, {})
        if metric.total_of:
            figures[metric.id] = Series(total([figures[part].level for part in metric.total_of]), {})
    return figures


def total(levels: Sequence[dict[int, Number]]) -> dict[int, Number]:
    return {year: sum(level[year] for level in levels) for year in levels[0]}


def sum_of(counties: Sequence[Series]) -> Series:
    """Return what the counties have together; what was added, in the years in which it is known of all of them."""
    years = set.intersection(*(set(series.added) for series in counties))
    added = {year: sum(series.added[year] for series in counties) for year in sorted(years)}
    return Series(total([series.level for series in counties]), added)


def region_figures(words: Words, region: Region, years: Sequence[int], seed: int) -> list[Figures]:
    """Return the figures of a region's bureaus: the prefecture's first, with the sums of the counties'."""
    span = range(years[0] - YEARS_BEFORE, years[-1] + 2)
    body = region.whole.body
    drawn = [
        bureau_figures(words, body, span, Random(f"{seed}/figures/{bureau.name}"), WHOLE if bureau.is_whole else 1.0)
        for bureau in (region.whole, *region.counties)
    ]
    for metric in words.metrics.values():
        if metric.summed and metric.id in drawn[0]:
            drawn[0][metric.id] = sum_of([figures[metric.id] for figures in drawn[1:]])
        if "whole" in metric.others and metric.id in drawn[0]:
            drawn[0][metric.id + WHOLE_KEY] = Series(total([figures[metric.id].level for figures in drawn]), {})
    return drawn


def growth(now: Number, before: Number) -> Decimal | None:
    """Return the growth in per cent with one decimal, or None where there is none to state."""
    if not before:
        return None
    value = round((Decimal(now) / Decimal(before) - 1) * HUNDRED, 1)
    return value or None
