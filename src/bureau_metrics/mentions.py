"""A quantity as the grammar sees it: its span, numbers, unit and qualifier."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from bureau_metrics.models import Qualifier
from bureau_metrics.qualifiers import bounds, qualifier_before
from bureau_metrics.units import MULTIPLE, PERCENT, POINTS, duration_units


class Kind(StrEnum):
    """What sort of quantity the grammar saw."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    MULTIPLE = "multiple"
    RANK = "rank"
    DURATION = "duration"
    BARE = "bare"


class Mention(NamedTuple):
    """A quantity as the grammar saw it, with what the attachment to a noun needs to know.

    Offsets are code points, end exclusive; `numeral` is where its first numeral starts. `printed` is the counter as
    printed (万 or 亿 of a number without a unit), `article` whether 一 and its counter may be an article (一支队伍).
    """

    start: int
    end: int
    numeral: int
    kind: Kind
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: Qualifier
    unit: str
    printed: str
    article: bool = False


def kind_of(unit: str, printed: str) -> Kind:
    """Return the kind of a quantity in a canonical unit, printed as given."""
    if unit == PERCENT:
        return Kind.PERCENT
    if unit == POINTS:
        return Kind.POINTS
    if unit == MULTIPLE:
        return Kind.MULTIPLE
    if not unit:
        return Kind.BARE
    return Kind.DURATION if printed in duration_units() else Kind.COUNT


_SIGNED = (Kind.PERCENT, Kind.POINTS, Kind.BARE)


# -3.2% and 负3.2%, but not 正负5% or 肩负3项任务.
_MINUS = re.compile(r"(?:^|[^0-9-])-$|(?:^|[^正肩担抱背胜自])负$")


def qualified(
    folded: str,
    start: int,
    stop: int,
    kind: Kind,
    low: Decimal,
    high: Decimal,
    unit: str,
    printed: str,
    behind: Qualifier,
    article: bool = False,
) -> Mention:
    """Join what stands before and behind the numeral to one qualifier, and set the bounds by it."""
    position, front = qualifier_before(folded, start)
    if _MINUS.search(folded[max(0, start - 2) : start]) and (kind in _SIGNED or folded[start - 1] == "负"):
        position, low, high = start - 1, -low, -high
    # 约22000余, 近3000余 and 不少于…以上: the word behind wins over one before that only blurs.
    blurred = front in (None, Qualifier.ABOUT, Qualifier.NEARLY)
    qualifier = behind if behind is not Qualifier.EXACT and blurred else front or behind
    lower, upper = bounds(qualifier, low)
    return Mention(position, stop, start, kind, low, lower, upper, qualifier, unit, printed, article and front is None)
