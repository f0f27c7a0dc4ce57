"""Lines that stand somewhere on a page → the paragraphs that were broken into them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from bureau_metrics.reading.content import Paragraph

# Lengths in font sizes: how far a line must be set in to begin a paragraph, how far it may stay from the right margin
# without ending one, how much farther than usual two lines of a paragraph never stand apart.
_INDENT = 0.8
_RAGGED = 2.5
_WIDE_STEP = 1.5
_SIZE_RATIO = 1.15
_PAGE_NUMBER = re.compile(
    r"[\s\-—–－―·•~～]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／，,共]+\s*[0-9]{1,4}\s*页?)?[\s\-—–－―·•~～]*$"
)
_DIGITS = re.compile(r"[0-9]+")
_FEWEST_RUNNING = 3
_FULL_PAGE = 6
_HAN_OR_MARK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…]")
_NUMBER_GOES_ON = re.compile(r"[0-9.．,%％‰]")
_SENTENCE_END = re.compile(r"[。！？；：]$")
_HEADING_NUMBER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}[章节部]"
)


@dataclass(frozen=True, slots=True)
class PositionedLine:
    """A line of a page: its text, from where to where it goes, its baseline from the top, its font size, its page.

    `is_row` says that it is a row of cells, not a line of prose.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int
    is_row: bool = False


def paragraphs(lines: Iterable[PositionedLine]) -> list[Paragraph]:
    """Return the paragraphs of lines in reading order, without page numbers and what runs along on every page.

    A paragraph goes on where the line before reaches the right margin, and may do so on the next page.
    """
    kept = without_furniture(list(lines))
    margins = _margins_of_pages(kept)
    steps = _usual_step(kept)
    found: list[Paragraph] = []
    previous: PositionedLine | None = None
    for line in kept:
        if previous is not None and _goes_on(previous, line, margins, steps):
            found[-1] = Paragraph(joined(found[-1].text, line.text), page=found[-1].page)
        else:
            found.append(Paragraph(line.text.strip(), page=line.page))
        previous = line
    return found


def joined(text: str, more: str) -> str:
    """Return two lines of a sentence as one: without a blank beside Han characters or inside a number."""
    text, more = text.rstrip(), more.lstrip()
    if not text or not more:
        return text + more
    if _HAN_OR_MARK.match(text[-1]) or _HAN_OR_MARK.match(more[0]):
        return text + more
    inside_number = _NUMBER_GOES_ON.match(text[-1]) and _NUMBER_GOES_ON.match(more[0])
    return text + more if inside_number else f"{text} {more}"


def without_furniture(lines: Sequence[PositionedLine]) -> list[PositionedLine]:
    """Return the lines without page numbers at the edges of pages and without running headers and footers."""
    pages = [list(of_page) for _, of_page in groupby(lines, key=lambda line: line.page)]
    edges = Counter(key for page in pages for key in {_masked(line) for line in (page[0], page[-1])})
    running = {key for key, count in edges.items() if count >= _FEWEST_RUNNING and 2 * count > len(pages)}
    return [line for page in pages for line in _without_edges(page, running)]


def _without_edges(page: list[PositionedLine], running: set[tuple[str, int]]) -> Iterator[PositionedLine]:
    def is_furniture(line: PositionedLine) -> bool:
        return bool(_PAGE_NUMBER.match(line.text)) or _masked(line) in running

    first, last = 0, len(page)
    while first < last and is_furniture(page[first]):
        first += 1
    while last > first and is_furniture(page[last - 1]):
        last -= 1
    return iter(page[first:last])


def _masked(line: PositionedLine) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text.strip()), round(line.y)


def _margins_of_pages(lines: Sequence[PositionedLine]) -> dict[int, tuple[float, float]]:
    """Return the margins of each page; a page with a few lines only has those of the full pages."""
    pages = {page: list(of_page) for page, of_page in groupby(lines, key=lambda line: line.page)}
    margins = {page: _margins(of_page) for page, of_page in pages.items()}
    full = Counter(margins[page] for page, of_page in pages.items() if len(of_page) >= _FULL_PAGE)
    usual = full.most_common(1)
    return {page: usual[0][0] if usual and len(pages[page]) < _FULL_PAGE else found for page, found in margins.items()}


def _margins(lines: Sequence[PositionedLine]) -> tuple[float, float]:
    """Return where the prose of a page begins and ends: the left edge that most lines share, the farthest right."""
    prose = [line for line in lines if not line.is_row] or list(lines)
    lefts = Counter(round(line.x0) for line in prose)
    common = max(lefts.values())
    left = min(x for x, count in lefts.items() if count >= max(2, common // 2) or common == 1)
    return float(left), max(line.x1 for line in prose)


def _usual_step(lines: Sequence[PositionedLine]) -> float:
    steps = sorted(
        below.y - above.y for above, below in pairwise(lines) if above.page == below.page and below.y > above.y
    )
    return steps[len(steps) // 2] if steps else 0.0


def _goes_on(
    previous: PositionedLine, line: PositionedLine, margins: dict[int, tuple[float, float]], step: float
) -> bool:
    if previous.is_row or line.is_row or _HEADING_NUMBER.match(line.text):
        return False
    size = max(previous.size, 1e-3)
    if not 1 / _SIZE_RATIO <= line.size / size <= _SIZE_RATIO:
        return False
    left, _ = margins[line.page]
    _, right = margins[previous.page]
    if line.x0 > left + _INDENT * size or previous.x1 < right - _RAGGED * size:
        return False
    if previous.page != line.page:
        return not _SENTENCE_END.search(previous.text.rstrip())
    return 0 < line.y - previous.y <= max(_WIDE_STEP * step, 2 * size)
