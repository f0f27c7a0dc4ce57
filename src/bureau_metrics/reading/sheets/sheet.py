"""A sheet of a workbook as its readers take it out: the texts of its cells and which of them are merged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bureau_metrics.reading.content import Cell, Table

Place = tuple[int, int]
"""A row and a column, from 1."""

CELL_COST = 64
"""What a cell with text counts for against the bytes that a source may unpack to: many small cells take memory, too."""

# Blank cells are filled in where the sheet is a table; cells strewn over a million rows are none.
_MOST_BLANKS_A_CELL = 20
_BLANKS_ALWAYS = 10_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its cells with text, and how many rows and columns each merged cell covers."""

    name: str
    texts: Mapping[Place, str]
    spans: Mapping[Place, Place] = field(default_factory=dict)

    def table(self) -> Table | None:
        """Return the table of the sheet in rows and columns of the source, or None where there is nothing in it.

        Rows and columns without any text are left out, and so is what a merged cell covers.
        """
        covered = set(self._covered())
        texts = {place: text for place, text in self.texts.items() if place not in covered and text.strip()}
        if not texts:
            return None
        rows = sorted({row for row, _ in texts})
        columns = sorted({column for _, column in texts})
        places: Iterable[Place] = sorted(texts)
        if len(rows) * len(columns) <= _MOST_BLANKS_A_CELL * len(texts) + _BLANKS_ALWAYS:
            places = [(row, column) for row in rows for column in columns if (row, column) not in covered]
        return Table(tuple(Cell(texts.get(place, ""), *place, *self.spans.get(place, (1, 1))) for place in places))

    def _covered(self) -> Iterable[Place]:
        """Yield the cells with text, or beside some, that stand behind a merged cell."""
        rows = sorted({row for row, _ in self.texts})
        columns = sorted({column for _, column in self.texts})
        left = _MOST_BLANKS_A_CELL * len(self.texts) + _BLANKS_ALWAYS
        for (row, column), (height, width) in self.spans.items():
            left -= len(_within(rows, row, height)) * len(_within(columns, column, width))
            if left < 0:  # merged cells that lie upon each other
                return
            for covered_row in _within(rows, row, height):
                for covered_column in _within(columns, column, width):
                    if (covered_row, covered_column) != (row, column):
                        yield covered_row, covered_column


def _within(numbers: list[int], first: int, count: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_left(numbers, first + count)]
