"""Glyphs of a page → lines of text: what stands on one baseline, blanks and raised marks as the page means them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bureau_metrics.reading.pdf.glyphs import Glyph

_SAME_BASE = 0.45
_SPLIT = 1.8
"""How many characters wide the gap is from which a line falls apart into the cells of a row, or into columns."""
_MEANT_BLANK = 1.5
_LETTER_BLANK = 0.15
_DIGIT_BLANK = 0.25
_OVERPRINTED = 0.2
_RAISED_SIZE = 0.8
_RAISED = 0.15
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
# 通 知, 工 作 总 结: a title whose characters stand apart.
_SPACED = re.compile(r"(?:[一-龥] )+[一-龥]")
_OPENING = "（(《“‘〔［【「『"
_CLOSING = "，。、；：！？）》”’〕］】」』%％,.;:!?)"


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that stands apart; `word` is the width of its first word, which wraps as a whole."""

    text: str
    left: float
    right: float
    base: float
    size: float
    word: float
    ends_blank: bool = False
    page: int = 0
    width: float = 0.0
    column: int = 0


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Line]]:
    """Return the rows of a page from top to bottom, each as its parts from left to right."""
    rows = [_parts(row) for row in _by_base(glyphs)]
    return [row for row in rows if row]


def joined(row: Sequence[Line]) -> Line:
    """Return the parts of a row as one line, with blanks between them."""
    if len(row) == 1:
        return row[0]
    text = " ".join(part.text for part in row)
    text = text.replace(" ", "") if _SPACED.fullmatch(text) else text
    first, last = row[0], row[-1]
    size = max(row, key=lambda part: len(part.text)).size
    return Line(text, first.left, last.right, first.base, size, first.word, last.ends_blank, first.page, first.width)


def _by_base(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    row, base, size = list[Glyph](), 0.0, 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if row and glyph.base - base > _SAME_BASE * max(glyph.size, size):
            yield row
            row, size = [], 0.0
        # A raised mark comes before its line; the larger letters say where the line stands.
        if not row or (glyph.char != " " and glyph.size > size * 1.05):
            base, size = glyph.base, glyph.size
        row.append(glyph)
    yield row


def _parts(row: list[Glyph]) -> list[Line]:
    row = sorted(row, key=lambda glyph: glyph.left)
    visible = [glyph for glyph in row if glyph.char != " "]
    if not visible:
        return []
    size = median(glyph.size for glyph in visible)
    base = median(glyph.base for glyph in visible)
    parts, reach = [[row[0]]], row[0].right
    for glyph in row[1:]:
        if glyph.char != " " and parts[-1] and glyph.left - reach > _SPLIT * size:
            parts.append([])
        parts[-1].append(glyph)
        if glyph.char != " ":
            reach = max(reach, glyph.right) if len(parts[-1]) > 1 else glyph.right
    lines = (_line(part, base, size) for part in parts)
    return [line for line in lines if line is not None]


def _line(part: list[Glyph], base: float, row_size: float) -> Line | None:
    visible = [glyph for glyph in part if glyph.char != " "]
    if not visible:
        return None
    size = median(glyph.size for glyph in visible) or row_size
    text = _text(part, base, size)
    left = visible[0].left
    right = max(glyph.right for glyph in visible)
    return Line(text, left, right, base, size, _first_word(visible) - left, part[-1].char == " ")


def _text(part: list[Glyph], base: float, size: float) -> str:
    visible = list(_once(part, size))
    usual = _usual_gap(visible)
    pieces, before, blank = list[str](), None, False
    for glyph in visible:
        if glyph.char == " ":
            blank = True
            continue
        if before is not None:
            gap = glyph.left - before.right
            latin = before.char.isascii() and glyph.char.isascii()
            least = _DIGIT_BLANK if before.char.isdigit() and glyph.char.isdigit() else _LETTER_BLANK
            apart = blank or gap > usual + least * size
            apart = (latin and apart) or gap > usual + _MEANT_BLANK * size
            if apart and not _is_raised(glyph, base, size):
                pieces.append(" ")
        pieces.append(glyph.char.translate(_SUPERSCRIPTS) if _is_raised(glyph, base, size) else glyph.char)
        before, blank = glyph, False
    text = "".join(pieces)
    return text.replace(" ", "") if _SPACED.fullmatch(text) else text


def _usual_gap(glyphs: list[Glyph]) -> float:
    """Return the gap between neighbours of a line that is stretched to the margin."""
    visible = [glyph for glyph in glyphs if glyph.char != " "]
    gaps = [after.left - before.right for before, after in pairwise(visible)]
    return max(0.0, median(gaps)) if len(gaps) > 2 else 0.0


def _once(part: list[Glyph], size: float) -> Iterator[Glyph]:
    """Leave out glyphs that were printed twice to look bold; the two f of a ligature stand in one box, too."""
    before: Glyph | None = None
    for glyph in part:
        twice = before and before.char == glyph.char != " " and abs(glyph.left - before.left) < _OVERPRINTED * size
        if twice and before and not (glyph.char.isascii() and abs(glyph.order - before.order) == 1):
            continue
        yield glyph
        before = glyph


def _is_raised(glyph: Glyph, base: float, size: float) -> bool:
    """Return whether a character is small and high: the 2 of m², the mark of a footnote. It is no number then."""
    return glyph.size < _RAISED_SIZE * size and base - glyph.base > _RAISED * size


def _first_word(visible: list[Glyph]) -> float:
    """Return where the first word ends: letters and digits together, punctuation with what it belongs to."""
    end = 0
    while end < len(visible) - 1 and visible[end].char in _OPENING:
        end += 1
    while end < len(visible) - 1 and _is_one_word(visible[end].char, visible[end + 1].char):
        if visible[end + 1].left - visible[end].right > _DIGIT_BLANK * visible[end].size:
            break
        end += 1
    while end < len(visible) - 1 and visible[end + 1].char in _CLOSING:
        end += 1
    return visible[end].right


def _is_one_word(char: str, following: str) -> bool:
    return char.isascii() and following.isascii()
