"""Counters, money and percentages: printed unit → canonical unit and factor."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from bureau_metrics.lexicon import alternation, lexicon, words

ONE = Decimal(1)
PERCENT = "%"
POINTS = "个百分点"
MULTIPLE = "倍"
RANK = "位"


@cache
def printed_units() -> str:
    """Return the regex alternation of every counter and unit, the longest first."""
    table = lexicon("units")
    return alternation(
        [*table["counters"], *table["synonyms"], *table["money"], *table["durations"]["units"], "%", "‰"]
    )


@cache
def canonical(printed: str) -> tuple[str, Decimal]:
    """Return the canonical unit of a printed one and the factor to it (`万元` → `元`, 10000)."""
    table = lexicon("units")
    whole, stroke, per = printed.partition("/")
    if whole in table["money"]:
        unit, factor = table["money"][whole]
        return unit + stroke + per, Decimal(factor)
    if printed == "‰":
        return PERCENT, Decimal("0.1")
    if printed == "成":
        return PERCENT, Decimal(10)
    return table["synonyms"].get(printed, printed), ONE


@cache
def conversion(unit: str, printed: str) -> Decimal | None:
    """Return the factor from a printed unit to a metric's unit (亩 from 公顷 is 15), or None where there is none."""
    factor = lexicon("units")["conversions"].get(unit, {}).get(printed)
    return None if factor is None else Decimal(factor)


@cache
def duration_units() -> frozenset[str]:
    """Return the units of time, whose quantities are facts only where something is said to have lasted."""
    return frozenset(words("units", "durations", "units"))


@cache
def article_counters() -> frozenset[str]:
    """Return the counters with which 一 may be an article (一支队伍) and not a count."""
    return frozenset(words("units", "articles", "counters"))
