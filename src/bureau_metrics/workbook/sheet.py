"""A worksheet that is being written: text that is never a formula, exact numbers, comments, and widths that fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from bureau_metrics.exports import CellSource
from bureau_metrics.models import plain_decimal
from bureau_metrics.rendering import is_formula
from bureau_metrics.wording import grouped

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COMMENTS_AT_MOST = 5_000
"""Comments in one workbook; with more of them Excel gets slow to open."""

ROWS_AT_MOST, COLUMNS_AT_MOST = 1_048_576, 16_384

YEAR = "0"
"""Number format of years: no comma between thousands."""

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # fixed: the bytes depend on the warehouse alone
_SIGNIFICANT_DIGITS = 15
_TEXT_AT_MOST = 32_767
_WIDTHS = (6, 44)
_HEADING_WIDTH = 15
_SENTENCE_WIDTH = 44
_LINE_HEIGHT, _HEIGHT_AT_MOST = 16, 400
_SENTENCE_AT_MOST = 600
_DAY = "yyyy-mm-dd"
_QUOTABLE = frozenset({"heading", "code", "text", "wrapped"})
_WRAPPING = frozenset({"heading", "wrapped"})
_A4 = 9
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Sheet:
    """A worksheet, how wide its columns have become, and its comments written and left out."""

    workbook: Workbook
    worksheet: Worksheet
    formats: dict[str, Format]
    widths: dict[int, int] = field(default_factory=dict)
    wrapping: list[tuple[int, int, str]] = field(default_factory=list)
    comments: int = 0
    comments_left_out: int = 0

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """Write text, as text whatever it looks like, and marked as such where an edit would make a formula of it."""
        kind = f"{style}_quoted" if is_formula(text) and style in _QUOTABLE else style
        self.worksheet.write_string(row, column, safe_text(text), self._format(kind))
        if style in _WRAPPING:
            self.wrapping.append((row, column, text))
        if style == "wrapped":
            self.widths[column] = _SENTENCE_WIDTH
        else:
            self._widen(column, text, _HEADING_WIDTH if style in ("heading", "code") else _WIDTHS[1])

    def number(self, row: int, column: int, value: Decimal | int, style: str | None = None) -> None:
        """Write a number that a spreadsheet keeps exactly, any other as text."""
        exact = safe_number(value)
        if exact is None:
            self.text(row, column, plain_decimal(Decimal(value)), "number_text")
            return
        # A Decimal, not a float: XlsxWriter prints 9.3 of a float as 9.300000000000001.
        self.worksheet.write_number(row, column, exact, self._format(style or _number_format(exact)))
        self._widen(column, grouped(exact))

    def day(self, row: int, column: int, value: date) -> None:
        """Write a date as a date."""
        self.worksheet.write_datetime(row, column, value, self._format(_DAY))
        self._widen(column, value.isoformat())

    def source(self, row: int, column: int, source: CellSource) -> None:
        """Put the sentence behind a figure as a comment, up to the limit."""
        if self.comments >= COMMENTS_AT_MOST:
            self.comments_left_out += 1
            return
        self.comments += 1
        sentence = source.sentence
        if len(sentence) > _SENTENCE_AT_MOST:
            sentence = sentence[:_SENTENCE_AT_MOST] + "…"
        note = f"{sentence}\n— {source.text}\n— {source.document_id}\n— {source.fact_id}"
        lines = 4 + len(sentence) // 22
        options = {"width": 320, "height": 20 * lines, "font_name": "SimSun", "font_size": 10, "author": ""}
        self.worksheet.write_comment(row, column, safe_text(note), options)

    def finish(self) -> None:
        """Set the widths of the columns, and the heights of the rows in which text runs over several lines."""
        for column, width in self.widths.items():
            self.worksheet.set_column(column, column, width)
        set_heights(self.worksheet, ((row, text, self.widths[column]) for row, column, text in self.wrapping))

    def _widen(self, column: int, text: str, most: int = _WIDTHS[1]) -> None:
        known = self.widths.get(column, _WIDTHS[0])
        self.widths[column] = max(known, min(_cells_of(text) + 3, most))

    def _format(self, style: str) -> Format:
        if style not in self.formats:
            side = {"align": "center"} if style == YEAR else {}  # else it touches the text beside it
            self.formats[style] = self.workbook.add_format({"num_format": style, "valign": "top", **side})
        return self.formats[style]


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """Open a workbook for writing, in which nothing is taken for a formula or an address."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with path.open("wb") as file, Workbook(file, options) as workbook:
            workbook.set_properties({"created": _CREATED, "comments": "Bureau Metrics"})
            yield workbook
    except FileCreateError as error:
        raise OSError(str(error)) from None


def set_heights(worksheet: Worksheet, wrapping: Iterable[tuple[int, str, int]]) -> None:
    """Make rows as high as their text needs: (row, text, width of its column) of each cell that wraps.

    Excel does so by itself where no height is said; LibreOffice and others cut the text.
    """
    lines: dict[int, int] = {}
    for row, text, width in wrapping:
        needed = sum(-(-max(_cells_of(line), 1) // (width - 2)) for line in text.split("\n"))
        lines[row] = max(lines.get(row, 1), needed)
    for row, count in lines.items():
        if count > 1:
            worksheet.set_row(row, min(_LINE_HEIGHT * count, _HEIGHT_AT_MOST))


def set_print(worksheet: Worksheet, header_rows: int, front_columns: int = 0, *, one_page_wide: bool = False) -> None:
    """Set how a sheet is printed: A4 across, headers and front columns on each page, pages numbered."""
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.set_footer("&C&P / &N")
    worksheet.repeat_rows(0, header_rows - 1)
    if front_columns:
        worksheet.repeat_columns(0, front_columns - 1)
    if one_page_wide:
        worksheet.fit_to_pages(1, 0)


def _cells_of(text: str) -> int:
    """Return how wide a text is printed: a Chinese character takes the place of two digits."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def formats(workbook: Workbook) -> dict[str, Format]:
    """Return the formats of text; those of numbers are made as they are met."""
    heading: dict[str, object] = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F7", "bottom": 1}
    styles: dict[str, dict[str, object]] = {
        "heading": heading,
        "code": {**heading, "bold": False, "font_color": "#5A6472", "font_size": 9},
        "text": {"valign": "top"},
        "wrapped": {"valign": "top", "text_wrap": True},
        "number_text": {"valign": "top", "align": "right", "num_format": "@"},
    }
    quoted = {f"{name}_quoted": {**styles[name], "quote_prefix": True} for name in sorted(_QUOTABLE)}
    return {name: workbook.add_format(style) for name, style in {**styles, **quoted}.items()}


def _number_format(value: Decimal) -> str:
    places = max(0, -int(value.as_tuple().exponent))
    return "#,##0" + ("." + "0" * places if places else "")


def safe_text(text: str) -> str:
    """Return text as a cell can hold it: without characters that XML cannot hold, up to the longest."""
    return _NO_XML.sub(" ", text)[:_TEXT_AT_MOST]


def safe_number(value: Decimal | int) -> Decimal | None:
    """Return a number that a spreadsheet keeps exactly, without trailing zeros; None for one that it would round."""
    exact = Decimal(plain_decimal(Decimal(value)))
    return exact if len(exact.normalize().as_tuple().digits) <= _SIGNIFICANT_DIGITS else None
