"""Set phrases, titles and quotations: stretches of a folded text whose numerals count nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from bureau_metrics.date_numerals import Ruling
from bureau_metrics.lexicon import alternation, lexicon, words
from bureau_metrics.models import Disposition
from bureau_metrics.numerals import CHINESE
from bureau_metrics.regions import division_history

# 《…》 titles, “…” and 「…」 quotations; a quotation that runs over a full stop is speech with figures of its own.
_PROTECTED = re.compile(
    r"《[^《》\n]{1,120}》|〈[^〈〉\n]{1,80}〉|“[^“”。\n]{1,40}”|「[^「」。\n]{1,40}」|‘[^‘’。\n]{1,30}’|\"[^\"。\n]{1,30}\""
)


Stretch = tuple[int, int, Ruling]
"""A span (end exclusive) with the ruling on the numerals inside it."""


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[Ruling | None, ...]]:
    table = lexicon("phrases")
    entries: dict[str, Ruling | None] = {}
    for name in ("lexical", "indefinite", "ordinal", "name"):
        entries.update(dict.fromkeys(table[name], (Disposition(name), "set_phrase")))
    entries.update(dict.fromkeys(_places(), (Disposition.NAME, "place")))
    entries.update(dict.fromkeys(table["allow"]["words"]))
    automaton = ahocorasick_rs.AhoCorasick(list(entries), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, tuple(entries.values())


def _places() -> Iterator[str]:
    """Yield the names of divisions that hold a numeral (三门县, 九龙坡区), the long ones without their suffix too."""
    for name in {division.name for division in division_history()}:
        if any(character in CHINESE for character in name):
            yield name
            if len(name) > _SHORT_NAME:
                yield name[:-1]


_SHORT_NAME = 3


def protected_spans(folded: str) -> list[tuple[int, int]]:
    """Return the spans of titles and quotations, in order, end exclusive."""
    return [match.span() for match in _PROTECTED.finditer(folded)]


@cache
def _one_of_a_kind() -> re.Pattern[str]:
    """The counter behind 有一件。 and 为一件和五件: no 有一定, no 合而为一."""
    return re.compile(rf"(?:{alternation(words('units', 'counters'))})(?=[，。；、和及]|$)")


def set_phrases(folded: str) -> list[Stretch]:
    """Return the set phrases of a text, in order, with the ruling on their numerals."""
    automaton, rulings = _automaton()
    counted = words("qualifiers", "counts_after_all")
    return [
        (start, end, ruling)
        for index, start, end in automaton.find_matches_as_indexes(folded)
        # 上百家 and 近千 count, although 百家 or 十大 may stand in the list; 第一批 is an ordinal, 一批 no number.
        if (ruling := rulings[index]) is not None
        and not (start and folded[start - 1] in counted)
        and not (folded[end - 1] == "一" and _one_of_a_kind().match(folded, end))
    ]
