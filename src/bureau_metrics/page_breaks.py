"""Text that a page broke: blanks between the characters of words, numbers on lines of their own, page numbers in words.

Readers of pages and of PDF files leave such breaks. Here they are closed before a text is read, and what is found is
moved back to its place in the canonical text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from bureau_metrics.models import Disposition, Extraction, Fact, LedgerEntry
from bureau_metrics.numerals import numeral_spans
from bureau_metrics.units import printed_units

Span = tuple[int, int]

# 信 息 公 开: four characters and more with blanks between them.
_SPACED = re.compile(r"(?:(?:[一-龥，。、；：（）%]|[0-9.]+) ){4,}[一-龥0-9，。、；：（）%]")
_LEAST_BLANKS = 4
_BLANK = re.compile(" +")
# 發(fā)展: pages for learners, and copies of pages by machines, print the sound behind a character.
_SOUND = re.compile(r"（[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńň]{1,7}）(?<=[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňa-z]）)")
# Patterns begin with the line break itself: that is what a search finds fast.
_AT_LINE_BREAK = (
    # A page number between two lines of one sentence: 其⏎- 3 -⏎中.
    r"\n(?<=[一-龥、，]\n)\n* *(?:- ?[0-9]{1,3} ?-|第 ?[0-9]{1,3} ?页(?: ?[/共，]+ ?[0-9]{1,3} ?页)?) *\n+(?=[一-龥])",
    # A line that begins with a comma goes on.
    r"\n(?<=[^\n，。；、：！？]\n)\n* *(?=[，。；、])",
    # A line that ends in a comma goes on, too.
    r"\n(?<=[，、]\n)\n* *(?=[^\s])",
    # 16⏎.5⏎%
    r"\n(?<=[0-9]\n)\n*(?=\.[0-9]|[%％])|\n(?<=[一-龥]\n)\n* *(?=[0-9]+\n*\.?[0-9]*\n*[%％])",
    # 2023⏎年⏎3⏎月
    r"\n(?<=[0-9]\n)\n*(?=[年月日](?![0-9一-龥]))|\n(?<=[年月]\n)\n*(?=[0-9]{1,2}\n+[月日])",
)


@cache
def _line_breaks() -> re.Pattern[str]:
    """Line breaks inside a sentence; 检查企业⏎286⏎家次⏎，: a number on lines of its own, or whose line ends it."""
    number = r"[0-9][0-9,]*(?:\.[0-9]+)? ?[余多万亿]*"
    unit = rf"(?![年月日])(?:{printed_units()})"
    ends = r"\n* *(?:[，。；、]|\n|$)"
    before = rf"\n(?<=[一-龥]\n)\n* *(?={number}(?:\n+ *{unit}{ends}|{unit}\n* *[，。；、]))"
    between = rf"\n(?<=[0-9余多万亿]\n)\n* *(?={unit}{ends})"
    return re.compile("|".join([*_AT_LINE_BREAK, before, between]))


@dataclass(frozen=True, slots=True)
class ClosedText:
    """A text without the breaks of its page; `offsets` gives the canonical place of each of its characters."""

    text: str
    offsets: tuple[int, ...]
    dropped: tuple[Span, ...]

    def place(self, start: int, end: int) -> Span:
        """Return the canonical span (end exclusive) of a span of the closed text."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]

    def closed_place(self, offset: int) -> int:
        """Return where a canonical offset stands in the closed text."""
        return bisect_left(self.offsets, offset)


def closed(folded: str, is_word: Callable[[str, int], bool] | None = None) -> ClosedText | None:
    """Return a folded text with its breaks closed, or None where it has none.

    `is_word(text, place)` says whether a known word of `text` runs over `place`: then a line that ends there goes on.
    """
    gaps = sorted({*_gaps(folded), *(_inside_words(folded, is_word) if is_word else ())})
    if not gaps:
        return None
    offsets: list[int] = []
    position = 0
    for start, end in gaps:
        offsets.extend(range(position, start))
        position = max(position, end)
    offsets.extend(range(position, len(folded)))
    text = "".join([folded[offset] for offset in offsets])
    return ClosedText(text, (*offsets, len(folded)), tuple(gap for gap in gaps if not folded[slice(*gap)].isspace()))


# 外国人来华工⏎作许可, 法律顾⏎2⏎问: a line, or a page with its number, ends inside a word.
_BETWEEN_LINES = re.compile(r"\n(?<=[一-龥]\n)\n?(?: *-? ?[0-9]{1,3} ?-? *\n+)?(?=[一-龥])")
_AROUND = 8


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(printed_units())


_SHORTEST_FULL_LINE = 12


def _inside_words(folded: str, is_word: Callable[[str, int], bool]) -> Iterator[Span]:
    for match in _BETWEEN_LINES.finditer(folded):
        start, end = match.span()
        if not match.group().isspace() and _unit().match(folded, end):
            # 企业⏎286⏎家次: the number is counted, and 企业家 is no word here.
            continue
        if start - folded.rfind("\n", 0, start) > _SHORTEST_FULL_LINE:
            before = folded[max(0, start - _AROUND) : start]
            if is_word(before + folded[end : end + _AROUND], len(before)):
                yield start, end


def _gaps(folded: str) -> Iterator[Span]:
    if folded.count(" ") >= _LEAST_BLANKS:
        for run in _SPACED.finditer(folded):
            yield from (match.span() for match in _BLANK.finditer(folded, *run.span()))
    if "（" in folded:
        yield from (match.span() for match in _SOUND.finditer(folded))
    yield from (match.span() for match in _line_breaks().finditer(folded))


def restored(extraction: Extraction, broken: ClosedText, canonical: str) -> Extraction:
    """Return an extraction of the closed text with its offsets and texts in the canonical one."""
    facts = tuple(_fact(fact, broken, canonical) for fact in extraction.facts)
    ledger = [_entry(entry, broken, canonical) for entry in extraction.ledger]
    for start, end in broken.dropped:
        for first, last in numeral_spans(canonical[start:end]):
            place = (start + first, start + last)
            entry = LedgerEntry(*place, canonical[slice(*place)], Disposition.PAGE_FURNITURE, "page_number")
            ledger.insert(bisect_left(ledger, entry.start, key=_start), entry)
    return Extraction(facts, tuple(ledger))


def _start(entry: LedgerEntry) -> int:
    return entry.start


def _fact(fact: Fact, broken: ClosedText, canonical: str) -> Fact:
    start, end = broken.place(fact.start, fact.end)
    sentence_start, sentence_end = broken.place(fact.sentence_start, fact.sentence_end)
    return fact._replace(
        start=start,
        end=end,
        text=canonical[start:end],
        of=None if fact.of is None else broken.offsets[fact.of],
        part_of=None if fact.part_of is None else broken.offsets[fact.part_of],
        sentence_start=sentence_start,
        sentence_end=sentence_end,
    )


def _entry(entry: LedgerEntry, broken: ClosedText, canonical: str) -> LedgerEntry:
    start, end = broken.place(entry.start, entry.end)
    return entry._replace(start=start, end=end, text=canonical[start:end])
