"""Page furniture: running headers and footers and page numbers, which stand on the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bureau_metrics.reading.pdf.columns import Item
from bureau_metrics.reading.pdf.lines import Line

_OUTER_LINES = 3
_REPEATED = 0.4
_FEWEST_REPEATS = 2
_EDGE = 0.13
_SAME_HEIGHT = 3.0
_NUMBER = re.compile(r"\d+")
_ROMAN = r"[ivxⅰ-ⅻⅠ-Ⅻ]{1,6}"
_PAGE_NUMBER = re.compile(
    rf"[-—–－―─·•~]+\s*(?:\d{{1,4}}|{_ROMAN})\s*[-—–－―─·•~]+"
    r"|第\s*\d{1,4}\s*页(?:[\s/／,，|]*共\s*\d{1,4}\s*页)?"
    r"|(?:共\s*\d{1,4}\s*页[\s/／,，|]*)第\s*\d{1,4}\s*页"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"
    rf"|(?i:page)\s*\d{{1,4}}(?:\s*of\s*\d{{1,4}})?|{_ROMAN}"
)
Key = tuple[str, int]


def without_furniture(pages: Sequence[Sequence[Item]], heights: Sequence[float]) -> list[list[Item]]:
    """Return the items of pages without running headers, footers and page numbers."""
    edges = [_outer_lines(items, height) for items, height in zip(pages, heights, strict=True)]
    counted = Counter(key for lines in edges for key in {key for line in lines for key in _keys(line)})
    enough = max(_FEWEST_REPEATS, _REPEATED * sum(1 for items in pages if items))
    kept = list[list[Item]]()
    for items, lines, height in zip(pages, edges, heights, strict=True):
        repeated = {line for line in lines if any(counted[key] >= enough for key in _keys(line))}
        numbers = {line for line in lines if _is_page_number(line, lines, height, repeated)}
        kept.append([item for item in items if item not in repeated and item not in numbers])
    return kept


def _outer_lines(items: Sequence[Item], height: float) -> list[Line]:
    """Return the first and last lines of a page, near its edges, from top to bottom."""
    ordered = sorted(items, key=lambda item: item.base)
    first, last = ordered[:_OUTER_LINES], ordered[-_OUTER_LINES:]
    at_top = [item for item in first if isinstance(item, Line) and item.base < _EDGE * height]
    at_end = [item for item in last if isinstance(item, Line) and item.base > (1 - _EDGE) * height]
    return [*at_top, *(line for line in at_end if line not in at_top)]


def _keys(line: Line) -> Iterator[Key]:
    """Yield what a line has in common with those of other pages: its text, or its text but for the page's number."""
    text = line.text.replace(" ", "")
    for height in (int(line.base // _SAME_HEIGHT), int(line.base // _SAME_HEIGHT) + 1):
        yield text, height
        for match in _NUMBER.finditer(text):
            if len(match.group()) <= 4:
                offset = int(match.group()) - line.page
                yield f"{text[: match.start()]}#{offset}#{text[match.end() :]}", height


def _is_page_number(line: Line, lines: Sequence[Line], height: float, repeated: set[Line]) -> bool:
    """Return whether an outermost line is nothing but a page number, in a shape that nothing else has."""
    beside = [other for other in lines if other not in repeated]
    is_outermost = bool(beside) and line in (beside[0], beside[-1])
    if not is_outermost:
        return False
    bare = line.text == str(line.page) and line.base > (1 - _EDGE) * height
    return bare or bool(_PAGE_NUMBER.fullmatch(line.text.strip()))
