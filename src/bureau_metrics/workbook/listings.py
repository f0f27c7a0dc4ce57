"""The sheets that list rows of the warehouse under a frozen header: findings of the audit, code book, sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_range

from bureau_metrics.exports import Answer, ExportError, Selection, answered
from bureau_metrics.wording import finding_figure_in_words, word_for
from bureau_metrics.workbook import sheet as limits
from bureau_metrics.workbook.sheet import Sheet, set_print

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

_SENTENCES = frozenset({"sentence", "other_sentence", "message", "note"})
_AUDIT_FROZEN, _CODEBOOK_FROZEN, _SOURCES_FROZEN = 3, 2, 1
_CODED = {"family": "family", "measure": "measure", "scope": "scope"}
_FIGURES = frozenset({"figure", "other_figure"})
_IN_WORDS = {"severity": "severity", "check_name": "check"}


def write_findings(sheet: Sheet, connection: Connection, selection: Selection) -> None:
    """Write the contradictions that the audit found, each with both figures and both sentences."""
    _write_listing(sheet, answered(connection, "findings", selection), "column", _AUDIT_FROZEN)


def write_codebook(sheet: Sheet, connection: Connection, selection: Selection) -> None:
    """Write the metrics, with their units and what counts."""
    _write_listing(sheet, answered(connection, "codebook", selection), "workbook_codebook", _CODEBOOK_FROZEN)


def write_sources(sheet: Sheet, connection: Connection, selection: Selection) -> None:
    """Write the documents that were read, with the hash of their bytes."""
    _write_listing(sheet, answered(connection, "sources", selection), "column", _SOURCES_FROZEN)


def _write_listing(sheet: Sheet, answer: Answer, words: str, frozen: int) -> None:
    for place, name in enumerate(answer.names):
        sheet.text(0, place, word_for(words, name), "heading")
    row = 0
    for row, record in enumerate(answer.rows, start=1):
        if row >= limits.ROWS_AT_MOST:
            raise ExportError("more rows than a worksheet holds; export CSV, or choose fewer: --year, --region")
        for place, (name, value) in enumerate(zip(answer.names, record, strict=True)):
            _write_value(sheet, row, place, name, value)
    last = len(answer.names) - 1
    sheet.worksheet.freeze_panes(1, frozen)
    set_print(sheet.worksheet, header_rows=1, one_page_wide=True)
    sheet.worksheet.autofilter(0, 0, row, last)
    sheet.worksheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, row, last)})


def _write_value(sheet: Sheet, row: int, place: int, name: str, value: Any) -> None:
    if value is None or value == []:
        return
    if isinstance(value, bool):
        sheet.text(row, place, word_for("answer", str(value).lower()))
    elif isinstance(value, int | Decimal):
        sheet.number(row, place, value, limits.YEAR if name in ("year", "report_year") else None)
    elif isinstance(value, date):
        sheet.day(row, place, value)
    else:
        sheet.text(row, place, _text(name, value), "wrapped" if name in _SENTENCES else "text")


def _text(name: str, value: Any) -> str:
    """Return a text or a list of doubts, a coded term in words, with the code behind it where it is one to look up."""
    if isinstance(value, list):
        return "、".join(word_for("doubt", str(item)) for item in value)
    text = str(value)
    if name in _FIGURES:
        return finding_figure_in_words(text)
    if name in _IN_WORDS:
        return word_for(_IN_WORDS[name], text)
    if name in _CODED and (word := word_for(_CODED[name], text)) != text:
        return f"{word} {text}"
    return text
