"""Text to quantities: numeral, unit and qualifier with its span; and the disposition of every other numeral."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass

from bureau_metrics.dispositions import Ruling, dispose
from bureau_metrics.models import Disposition, Quantity
from bureau_metrics.numerals import CHINESE, NUMERAL, fold
from bureau_metrics.phrases import phrase_cover, protected_spans
from bureau_metrics.quantity_grammar import SEVERAL, Kind, Mention, first_place, quantity_at

__all__ = ["Kind", "Mention", "Numeral", "Scan", "find_quantities", "scan"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """One numeral of the text (offsets end exclusive) with its ruling, or the number of the mention it belongs to."""

    start: int
    end: int
    ruling: Ruling | None
    mention: int | None


@dataclass(frozen=True, slots=True)
class Scan:
    """The mentions of a text in order, all of its numerals, and the spans of its titles and quotations."""

    mentions: tuple[Mention, ...]
    numerals: tuple[Numeral, ...]
    protected: list[tuple[int, int]]


def scan(folded: str) -> Scan:
    """Return the mentions of a folded text and the ruling of every other numeral, in one pass over its numerals."""
    protected = protected_spans(folded)
    protected_starts = [span[0] for span in protected]
    cover = phrase_cover(folded)
    mentions: list[Mention] = []
    numerals: list[Numeral] = []
    consumed = -1
    firsts = deque(match.span(1) for match in _FIRST_PLACE.finditer(folded))
    for start, end in _tokens(folded):
        while firsts and firsts[0][0] < start:
            mentions.append(first_place(*firsts.popleft()))
        if start < consumed:
            numerals.append(Numeral(start, end, None, len(mentions) - 1))
            continue
        ruling = _covered(start, end, protected, protected_starts, cover) or dispose(folded, start, end)
        mention = None if ruling else quantity_at(folded, start, end)
        if mention is not None and mention.kind is Kind.BARE and _FUSED.fullmatch(folded, start, end):
            mention, ruling = None, (Disposition.UNREADABLE, "long_run_of_digits")
        if mention is None:
            numerals.append(Numeral(start, end, ruling or _left_over(folded, start), None))
            continue
        mentions.append(mention)
        consumed = mention.end
        numerals.append(Numeral(start, end, None, len(mentions) - 1))
    mentions.extend(first_place(*span) for span in firsts)
    return Scan(tuple(mentions), tuple(numerals), protected)


# Seven digits and more without separator or unit are cells of a flattened table.
_FUSED = re.compile(r"[0-9]{7,}")
# 居首位 and 列榜首 are first places without a numeral.
_FIRST_PLACE = re.compile(r"(?:居|列|排名?|蝉联|稳坐)[^，。；、\n]{0,8}?(首位|榜首)")
_NUMBERED_YEAR = re.compile(r"[0-9]{1,2}\.(?=(?:19|20)[0-9]{2}年)")


def _tokens(folded: str) -> list[tuple[int, int]]:
    tokens = []
    for match in NUMERAL.finditer(folded):
        start, end = match.span()
        # 1.2024年…: an enumerator glued to a year is two numerals.
        numbered = _NUMBERED_YEAR.match(folded, start) if folded[end : end + 1] == "年" else None
        if numbered:
            tokens += [(start, numbered.end() - 1), (numbered.end(), end)]
        else:
            tokens.append((start, end))
    return tokens


def _covered(
    start: int,
    end: int,
    protected: list[tuple[int, int]],
    protected_starts: list[int],
    cover: dict[int, tuple[int, Disposition]],
) -> Ruling | None:
    if start in cover and cover[start][0] >= end:
        return cover[start][1], "set_phrase"
    index = bisect_right(protected_starts, start) - 1
    if index >= 0 and end <= protected[index][1]:
        return Disposition.NAME, "title_or_quotation"
    return None


def _left_over(folded: str, start: int) -> Ruling:
    """Rule on a numeral that no rule knew and that makes no quantity: Chinese characters are parts of words."""
    if folded[start] in CHINESE:
        if folded[start - 1 : start] in SEVERAL:
            return Disposition.INDEFINITE, "some"
        return Disposition.LEXICAL, "characters_of_a_word"
    return Disposition.UNRESOLVED, "number_without_a_noun"


def find_quantities(text: str) -> list[Quantity]:
    """Return every quantity of a text, in order.

    Offsets are code points into `text`, end exclusive; values and bounds are exact decimals in the canonical unit.
    Dates, ordinals, references, names and other numerals that count nothing are left out. Raises nothing on any text.
    """
    folded = fold(text)
    return [
        Quantity(m.start, m.end, text[m.start : m.end], m.value, m.lower, m.upper, m.unit, m.qualifier)
        for m in scan(folded).mentions
        if not m.article
    ]
