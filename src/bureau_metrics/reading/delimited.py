"""Tables as text, a row a line, with commas, tabs or semicolons between the cells (CSV, TSV)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block, Cell, Table
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget

_DELIMITERS = "\t,;"
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 2
_SAMPLE_ROWS = 200
_LONGEST_HEADER_CELL = 60
_STEPS = 2000
_SENTENCE_MARK = re.compile(r"[。；！？，]")
_SENTENCE_END = re.compile(r"[。；！？]\s*$")
_NUMBER = re.compile(
    r"\s*[¥￥+\-—–]?\s*[0-9０-９][0-9０-９,，.．/:年月日\-]*\s*(?:[%％‰]|[\u4e00-\u9fff]{1,4})?\s*$|\s*[-—–/.…]*\s*$"
)
_LARGEST_PROSE_SHARE = 0.25
_SMALLEST_NUMBER_SHARE = 0.5
_DECLARED = re.compile(r"\ufeff?(?:sep=([\t,;])\r?\n)?")


def is_delimited(text: str) -> bool:
    """Return whether a text is a table: a header and two rows at least, all of as many cells, with numbers in them.

    Prose is none, however many commas it has: it has sentences at the ends of its lines and no column of numbers.
    """
    return _delimiter(text) is not None


def blocks_of_delimited(text: str, budget: Budget) -> list[Block]:
    """Return the table that a delimited text is; raises UnreadableDocument where it is none."""
    delimiter = _delimiter(text)
    if delimiter is None:
        raise UnreadableDocument(
            RejectionReason.DAMAGED,
            "a table as text (CSV) whose rows have different numbers of cells",
            "open it in a spreadsheet program, save it as xlsx and give that file",
        )
    cells: list[Cell] = []
    for number, row in enumerate(_rows(text, delimiter), 1):
        if number % _STEPS == 0:
            budget.check()
        if any(cell.strip() for cell in row):
            cells.extend(Cell(cell.strip(), number, column) for column, cell in enumerate(row, 1))
    return [Table(tuple(cells))]


def _delimiter(text: str) -> str | None:
    declared = _DECLARED.match(text)
    likely = declared[1] if declared and declared[1] else _DELIMITERS
    return next((delimiter for delimiter in likely if _is_table(text, delimiter)), None)


def _is_table(text: str, delimiter: str) -> bool:
    width = 0
    sample: list[list[str]] = []
    try:
        for row in _rows(text, delimiter):
            if not any(cell.strip() for cell in row):
                continue
            width = width or len(row)
            if len(row) != width or width < _FEWEST_COLUMNS:
                return False
            if len(sample) < _SAMPLE_ROWS:
                sample.append(row)
    except csv.Error:  # a quotation mark that is never closed
        return False
    return len(sample) >= _FEWEST_ROWS and _has_header(sample) and not _is_prose(sample) and _has_numbers(sample)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    return csv.reader(_lines(body), delimiter=delimiter, strict=True)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines one after another, so that a text that is no table is given up at its second line."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _has_header(rows: list[list[str]]) -> bool:
    return not any(_SENTENCE_MARK.search(cell) or len(cell) > _LONGEST_HEADER_CELL for cell in rows[0])


def _is_prose(rows: list[list[str]]) -> bool:
    ends = sum(bool(_SENTENCE_END.search(row[-1])) for row in rows[1:])
    return ends > _LARGEST_PROSE_SHARE * (len(rows) - 1) and len(rows[0]) == _FEWEST_COLUMNS


def _has_numbers(rows: list[list[str]]) -> bool:
    """Return whether some column holds numbers below its header, blanks and dashes among them allowed."""
    for column in range(len(rows[0])):
        cells = [row[column] for row in islice(rows, 1, None)]
        numbers = [cell for cell in cells if _NUMBER.match(cell)]
        if len(numbers) >= _SMALLEST_NUMBER_SHARE * len(cells) and any(
            re.search(r"[0-9０-９]", cell) for cell in numbers
        ):
            return True
    return False
