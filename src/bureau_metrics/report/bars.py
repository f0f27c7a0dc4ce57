"""Bars for one metric of a family: the exact and undisputed figures of one whole year, of bureaus that are settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bureau_metrics.report.figures import Figure

BARS_AT_LEAST = 3
BARS_AT_MOST = 15
FULL_WIDTH = 300
"""Length of the longest bar in pixels."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bureau: its figure, and the length of its bar in pixels from 0 to 300."""

    figure: Figure
    value: Decimal
    width: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """The bars of one metric in one year, the longest first; `left_out` bureaus have shorter ones."""

    name_zh: str
    unit: str
    year: int
    bars: tuple[Bar, ...]
    left_out: int


def bar_chart(figures: Sequence[Figure]) -> BarChart | None:
    """Return bars for the metric and year that most bureaus report, or None where fewer than three can be compared."""
    groups: dict[tuple[str, int], list[Figure]] = {}
    for figure in figures:
        if _comparable(figure):
            groups.setdefault((figure.metric, figure.year), []).append(figure)
    # Of equally many bureaus the latest year, then the metric that comes first.
    _key, best = max(groups.items(), key=lambda group: (len(group[1]), group[0][1]), default=(None, []))
    longest = max((figure.value or Decimal(0) for figure in best), default=Decimal(0))
    if len(best) < BARS_AT_LEAST or not longest:
        return None
    ordered = sorted(best, key=lambda figure: (-(figure.value or 0), figure.line_key))
    bars = tuple(_bar(figure, longest) for figure in ordered[:BARS_AT_MOST])
    return BarChart(best[0].name_zh, best[0].unit, best[0].year, bars, len(best) - len(bars))


def _bar(figure: Figure, longest: Decimal) -> Bar:
    value = figure.value or Decimal(0)
    return Bar(figure, value, int((value / longest * FULL_WIDTH).to_integral_value()))


def _comparable(figure: Figure) -> bool:
    return (
        figure.additive
        and figure.bureau_known
        and not (figure.other_measure or figure.other_scope)
        and figure.measure in ("stock", "flow")
        and figure.period_kind == "whole_year"
        and figure.qualifier == "exact"
        and not figure.conflicting
        and figure.value is not None
        and figure.value >= 0
    )
