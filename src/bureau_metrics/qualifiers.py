"""Words that turn a number into a bound: 近, 超过, 不少于 before it, 以上 and 左右 behind it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from bureau_metrics.lexicon import alternation, lexicon, words
from bureau_metrics.models import Qualifier


@cache
def _after_words() -> dict[str, Qualifier]:
    return {word: Qualifier(name) for name, group in lexicon("qualifiers")["after"].items() for word in group}


def qualifier_behind(word: str) -> Qualifier:
    """Return the qualifier of a word behind the unit (以上 → at_least)."""
    return _after_words()[word]


@cache
def _before_words() -> dict[str, Qualifier]:
    return {word: Qualifier(name) for name, group in lexicon("qualifiers")["before"].items() for word in group}


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(_before_words())}) ?$")


def qualifier_before(folded: str, start: int) -> tuple[int, Qualifier | None]:
    """Return where a qualifier before the numeral at `start` begins, and which it is; `start` and None without one."""
    match = _before().search(folded[max(0, start - 5) : start])
    if match is None:
        return start, None
    word = match.group().rstrip()
    # 上 bounds only 上百, 上千; a word that ends in 近 or 约 (附近, 预约, 节约) is none.
    position = start - len(match.group())
    if word == "上" and (folded[start] not in "百千万亿" or (position and folded[position - 1] in "以之")):
        return start, None
    if position and len(word) == 1 and folded[position - 1] in words("qualifiers", "ends_of_words"):
        return start, None
    return position, _before_words()[word]


def bounds(qualifier: Qualifier, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Return the lower and upper bound that a qualifier states of a value."""
    if qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return value, None
    if qualifier in (Qualifier.NEARLY, Qualifier.AT_MOST, Qualifier.LESS_THAN):
        return None, value
    return None, None
