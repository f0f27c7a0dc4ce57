"""Text to quantities: numeral, unit and qualifier with its span; and the disposition of every other numeral."""

from __future__ import annotations

import re
import sys
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

from bureau_metrics.date_numerals import Ruling
from bureau_metrics.dispositions import dispose
from bureau_metrics.mentions import Kind, Mention
from bureau_metrics.models import Disposition, Quantity
from bureau_metrics.numerals import CHINESE, fold, numeral_spans
from bureau_metrics.phrases import Stretch, protected_spans, set_phrases
from bureau_metrics.quantity_grammar import SEVERAL, bare_number, quantity_at
from bureau_metrics.rank_grammar import first_place

__all__ = ["Numeral", "Scan", "find_quantities", "scan"]


class Numeral(NamedTuple):
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


class _Cursor:
    """Walks along stretches that stand in order, and says which of them holds a numeral."""

    def __init__(self, stretches: list[Stretch]) -> None:
        self._stretches = [*stretches, _BEYOND]
        self._place = 0

    def holding(self, start: int, end: int) -> Ruling | None:
        """Return the ruling of the stretch that holds the span; spans are asked for in order of start."""
        stretches, place = self._stretches, self._place
        while stretches[place][1] <= start:
            place += 1
        self._place = place
        first, last, ruling = stretches[place]
        return ruling if first <= start and end <= last else None


def scan(folded: str) -> Scan:
    """Return the mentions of a folded text and the ruling of every other numeral, in one pass over its numerals."""
    protected = protected_spans(folded)
    phrases, quoted = _Cursor(set_phrases(folded)), _Cursor([(start, end, _QUOTED) for start, end in protected])
    mentions: list[Mention] = []
    numerals: list[Numeral] = []
    consumed = -1
    firsts = deque(match.span(1) for match in _FIRST_PLACE.finditer(folded))
    for start, end in numeral_spans(folded):
        while firsts and firsts[0][0] < start:
            mentions.append(first_place(*firsts.popleft()))
        if start < consumed:
            numerals.append(Numeral(start, end, None, len(mentions) - 1))
            continue
        ruling = phrases.holding(start, end) or quoted.holding(start, end) or dispose(folded, start, end)
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


_QUOTED = (Disposition.NAME, "title_or_quotation")
_BEYOND = (sys.maxsize, sys.maxsize, _QUOTED)
# Seven digits and more without separator or unit are cells of a flattened table.
_FUSED = re.compile(r"[0-9]{7,}|[0-9]{13,}\.[0-9]+")
# 居首位 and 列榜首 are first places without a numeral.
_FIRST_PLACE = re.compile(r"(?:居|列|排名?|蝉联|稳坐)[^，。；、\n]{0,8}?(首位|榜首)")


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
        for m in scan(folded).mentions or _number_alone(folded)
        if not m.article
    ]


def _number_alone(folded: str) -> list[Mention]:
    """Read a text that is nothing but a number (十五点七, 四亿); inside a sentence such a number counts nothing."""
    start, end = len(folded) - len(folded.lstrip(" 负-")), len(folded.rstrip(" 余多"))
    if [(start, end)] != list(numeral_spans(folded)):
        return []
    mention = bare_number(folded, start, end)
    return [mention] if mention else []
