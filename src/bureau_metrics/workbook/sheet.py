"""A worksheet that is being written: text that is never a formula, exact numbers, comments, and widths that fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
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

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # fixed: the bytes depend on the warehouse alone
_SIGNIFICANT_DIGITS = 15
_TEXT_AT_MOST = 32_767
_WIDTHS = (15, 44)
_SENTENCE_WIDTH = 60
_SENTENCE_AT_MOST = 600
_DAY = "yyyy-mm-dd"
_QUOTABLE = frozenset({"heading", "code", "text", "wrapped"})
_WRAPPING = frozenset({"heading", "code", "wrapped"})
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Sheet:
    """A worksheet, how wide its columns have become, and its comments written and left out."""

    workbook: Workbook
    worksheet: Worksheet
    formats: dict[str, Format]
    widths: dict[int, int] = field(default_factory=dict)
    comments: int = 0
    comments_left_out: int = 0

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """Write text, as text whatever it looks like, and marked as such where an edit would make a formula of it."""
        kind = f"{style}_quoted" if is_formula(text) and style in _QUOTABLE else style
        self.worksheet.write_string(row, column, safe_text(text), self._format(kind))
        if style == "wrapped":
            self.widths[column] = _SENTENCE_WIDTH
        elif style not in _WRAPPING:
            self._widen(column, text)

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
        """Set the widths of the columns."""
        for column, width in self.widths.items():
            self.worksheet.set_column(column, column, width)

    def _widen(self, column: int, text: str) -> None:
        least, most = _WIDTHS
        wanted = 2 + sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
        self.widths[column] = min(max(wanted, self.widths.get(column, least)), most)

    def _format(self, style: str) -> Format:
        if style not in self.formats:
            self.formats[style] = self.workbook.add_format({"num_format": style, "valign": "top"})
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
