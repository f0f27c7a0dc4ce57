"""Tables inside plain text: where lines of cells between tabs or upright strokes stand; the text itself stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bureau_metrics.text_layout import NO_LAYOUT, PlacedCell, PlacedTable, TextLayout

_DELIMITERS = "\t|｜"
_FEWEST_COLUMNS = 2
_FEWEST_ROWS = 2
_LONGEST_CELL = 60
_SENTENCE = re.compile("[。；！？]")
# 来源：县水利局 | 日期：2025-01-16 is a line of statements, no row of cells.
_STATEMENT = re.compile("[：:].*[^）)]$")
_DIGIT = re.compile("[0-9０-９]")
_FIGURE = re.compile(r"\s*[+\-—–]?\s*[0-9０-９][0-9０-９,，.．]*\s*(?:[%％‰]|[\u4e00-\u9fff]{1,4})?\s*")
_YEAR = re.compile(r"\s*(?:19|20)[0-9]{2}\s*(?:年.{0,6})?\s*")


class _Line(NamedTuple):
    """A line of cells: the delimiter between them and the span of each, end exclusive."""

    delimiter: str
    cells: tuple[tuple[int, int], ...]


def layout_of_text(text: str) -> TextLayout:
    """Return where the tables of a plain text stand: lines one below the other that hold as many cells, with figures.

    A line of another number of cells ends a table; what is no table for sure remains prose.
    """
    if not any(delimiter in text for delimiter in _DELIMITERS):
        return NO_LAYOUT
    tables = [
        table
        for (delimiter, _), lines in groupby(_lines(text), key=lambda line: (line.delimiter, len(line.cells)))
        if delimiter and (table := _table(text, list(lines))) is not None
    ]
    return TextLayout(tables=tuple(tables)) if tables else NO_LAYOUT


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield _line(text, start, end)
        start = end + 1


def _line(text: str, start: int, end: int) -> _Line:
    """Return the cells of a line; a line of prose, or a blank one, has none and no delimiter."""
    line = text[start:end]
    delimiter = next((mark for mark in _DELIMITERS if mark in line.strip()), "")
    if not delimiter:
        return _Line("", ())
    cells: list[tuple[int, int]] = []
    offset = start
    for part in line.split(delimiter):
        left = offset + len(part) - len(part.lstrip())
        cells.append((left, max(left, offset + len(part.rstrip()))))
        offset += len(part) + 1
    if delimiter != "\t" and line.strip().startswith(delimiter) and line.strip().endswith(delimiter):
        cells = cells[1:-1]  # | a | b |: the outer strokes part nothing
    texts = [text[left:right] for left, right in cells]
    return _Line(delimiter, tuple(cells)) if _are_cells(texts) else _Line("", ())


def _are_cells(texts: Sequence[str]) -> bool:
    """Say whether the parts of a line are cells: several that are filled, all short, no sentence among them."""
    return (
        sum(map(bool, texts)) >= _FEWEST_COLUMNS
        and all(len(text) <= _LONGEST_CELL and not _SENTENCE.search(text) for text in texts)
        and not all(_STATEMENT.search(text) for text in texts if text)
    )


def _table(text: str, lines: Sequence[_Line]) -> PlacedTable | None:
    rows = [[text[left:right] for left, right in line.cells] for line in lines]
    if len(rows) < _FEWEST_ROWS or _has_figures(rows[0]) or not any(_has_figures(row) for row in rows[1:]):
        return None
    cells = tuple(
        PlacedCell(left, right, row, column)
        for row, line in enumerate(lines, 1)
        for column, (left, right) in enumerate(line.cells, 1)
    )
    end = text.find("\n", cells[-1].end)
    return PlacedTable(text.rfind("\n", 0, cells[0].start) + 1, len(text) if end < 0 else end + 1, cells)


def _has_figures(row: Sequence[str]) -> bool:
    """Say whether a cell of a row is a figure, years aside: they may be headings."""
    return any(_DIGIT.search(cell) and _FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in row)
