"""The workbook that a reviewer fills in: each doubtful figure with its sentence, why it is doubtful, and a drop-down.

Text is written as text and never runs as a formula. Equal warehouses give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bureau_metrics.exports import ExportError, complete_or_absent, fetched
from bureau_metrics.review.sheets import DOCUMENTS, FIGURES, HEADER_ROWS, KEY, NUMERALS, ReviewSheet, Subject
from bureau_metrics.warehouse import ask, sql_file
from bureau_metrics.wording import finding_figure_in_words, number_in_words, word_for, wording
from bureau_metrics.workbook.sheet import formats, opened, safe_number, safe_text, set_heights, set_print

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bureau_metrics.warehouse import Connection

REVIEW_WORKBOOK = "review.xlsx"

_WIDTHS = {
    "sentence": 54, "words": 60, "other_sentences": 50, "doubt": 36, "document_id": 36, "document": 36, "label": 18,
    "bureau": 20, "metric": 22, "reason": 24,
}  # fmt: skip
_WIDTH, _NARROW = 14, 8
_NARROW_COLUMNS = ("urgency", "page", "year", "unit", "narrowed")
_CHOICES = {
    "measure_new": ("measure", ("stock", "flow", "growth", "change", "ratio", "rank")),
    "scope_new": ("scope", ("jurisdiction", "bureau")),
    "status_new": ("status", ("actual", "planned", "required")),
    "narrowed_new": ("answer", ("true", "false")),
}
_ROWS_AT_MOST = 200_000


def export_review_workbook(
    connection: Connection, path: Path, *, documents: Sequence[str] = (), with_decided: bool = False
) -> int:
    """Write what waits for a person as a workbook to decide in; return the number of rows over all its sheets.

    Args:
        connection: a published warehouse.
        path: the file to write.
        documents: ids of documents all of whose figures are wanted.
        with_decided: with the figures that somebody has decided on.

    Raises:
        ExportError: the file cannot be written.
    """
    figures = {"documents": list(documents), "with_decided": with_decided}
    with complete_or_absent(path) as temporary, opened(temporary) as workbook:
        rows, styles = 0, _formats(workbook)
        for sheet, records in (
            (FIGURES, map(_figure, _records(connection, "review_figures", figures))),
            (DOCUMENTS, map(_document, _records(connection, "review_documents"))),
            (NUMERALS, map(_numeral, _records(connection, "review_numerals"))),
        ):
            rows += _write(workbook, sheet, records, styles)
        _write_metrics(workbook, connection, styles["heading"])
        _write_notes(workbook)
    return rows


def _records(
    connection: Connection, name: str, parameters: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    answer = ask(connection, sql_file("exports", name), parameters or {})
    columns = [column[0] for column in answer.description or ()]
    for row in fetched(answer):
        yield dict(zip(columns, row, strict=True))


def _figure(record: dict[str, Any]) -> dict[str, Any]:
    subject = Subject(record["document_id"], record["mention_id"], record["metric_read"], record["measure_read"])
    value, lower, upper = record["value"], record["lower"], record["upper"]
    return {
        **record,
        "metric": record["name_zh"] or record["metric_read"],
        "bounds": number_in_words(None, lower, upper, "exact") if lower is not None or upper is not None else None,
        "value": value,
        "measure": word_for("measure", record["measure_read"]),
        "scope": record["scope"] and word_for("scope", record["scope"]),
        "status": record["status"] and word_for("status", record["status"]),
        "narrowed": word_for("answer", "true") if record["narrowed"] else None,
        "doubt": "\n".join(_doubts(record)),
        KEY: subject.written(),
    }


def _doubts(record: dict[str, Any]) -> Iterator[str]:
    for check, figures in zip(record["checks"] or (), record["against"] or (), strict=True):
        yield f"{word_for('check', check)}：{finding_figure_in_words(figures)}"
    if record["low_confidence"]:
        yield word_for("review_doubt", "low_confidence")
    if record["decided"]:
        state = "decided" if record["state"] == "applied" else record["state"]
        yield word_for("review_doubt", state).format(decision=word_for("review_decision", record["decided"]))


def _document(record: dict[str, Any]) -> dict[str, Any]:
    doubts = [word_for("doubt", code) for code in record["doubts"].split()]
    place = " ".join(filter(None, (record["division"], record["division_code"])))
    return {
        **record,
        "doubt": "、".join(doubts) or word_for("review_doubt", "identity_low"),
        "division": place,
        "published": record["published"] and record["published"].isoformat(),
        KEY: Subject(record["document_id"]).written(),
    }


def _numeral(record: dict[str, Any]) -> dict[str, Any]:
    doubt = word_for("review_doubt", record["disposition"])
    return {**record, "doubt": doubt, KEY: Subject(record["document_id"], record["mention_id"]).written()}


def _write(workbook: Workbook, sheet: ReviewSheet, records: Iterator[dict[str, Any]], styles: dict[str, Format]) -> int:
    worksheet = workbook.add_worksheet(word_for("review_sheet", sheet.name))
    _write_header(worksheet, sheet, styles)
    row, wrapping = HEADER_ROWS, []
    for record in records:
        if row >= _ROWS_AT_MOST:
            raise ExportError(f"more than {_ROWS_AT_MOST:,} figures to look at; export those of some documents")
        for column, code in enumerate(sheet.columns):
            _write_cell(worksheet, row, column, record.get(code), styles["key" if code == KEY else _style(sheet, code)])
        wrapping += [(row, text, _width(code)) for code in sheet.said if isinstance(text := record.get(code), str)]
        row += 1
    _add_choices(worksheet, sheet, max(row, HEADER_ROWS + 1))
    set_heights(worksheet, wrapping)
    set_print(worksheet, HEADER_ROWS)
    worksheet.freeze_panes(HEADER_ROWS, sheet.frozen)
    worksheet.autofilter(HEADER_ROWS - 1, 0, max(row - 1, HEADER_ROWS - 1), len(sheet.columns) - 1)
    return row - HEADER_ROWS


def _formats(workbook: Workbook) -> dict[str, Format]:
    """Return the formats of the other workbook, and those of what is to be filled in."""
    heading = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#FFF3CD", "bottom": 1}
    return formats(workbook) | {
        "answer_heading": workbook.add_format(heading),
        "answer": workbook.add_format({"valign": "top", "text_wrap": True, "bg_color": "#FFFBF0"}),
        "key": workbook.add_format({"valign": "top", "font_color": "#B0B7C0", "font_size": 8}),
    }


def _style(sheet: ReviewSheet, code: str) -> str:
    return "wrapped" if code in sheet.said else "answer"


def _width(code: str) -> int:
    return _WIDTHS.get(code, _NARROW if code in _NARROW_COLUMNS else _WIDTH)


def _write_header(worksheet: Worksheet, sheet: ReviewSheet, styles: dict[str, Format]) -> None:
    for column, code in enumerate(sheet.columns):
        style = "heading" if code in (*sheet.said, KEY) else "answer_heading"
        worksheet.write_string(0, column, word_for("review_column", code), styles[style])
        worksheet.write_string(1, column, code, styles["code"])
        worksheet.set_column(column, column, _width(code))


def _write_cell(worksheet: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
    if value is None or value == "":
        worksheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        worksheet.write_string(row, column, safe_text(value), style)
    elif (number := safe_number(value)) is not None:
        worksheet.write_number(row, column, number, style)
    else:
        worksheet.write_string(row, column, safe_text(str(value)), style)


def _add_choices(worksheet: Worksheet, sheet: ReviewSheet, end: int) -> None:
    """Give the answer columns their drop-downs."""
    lists = {
        "decision": [word_for("review_decision", code) for code in sheet.decisions],
        **{code: [word_for(kind, term) for term in terms] for code, (kind, terms) in _CHOICES.items()},
    }
    for column, code in enumerate(sheet.columns):
        if code in lists:
            worksheet.data_validation(HEADER_ROWS, column, end, column, {"validate": "list", "source": lists[code]})
        elif code == "metric_new":
            source = f"='{word_for('review_sheet', 'metrics')}'!$A$2:$A$1000"
            options = {"validate": "list", "source": source, "error_type": "warning"}
            worksheet.data_validation(HEADER_ROWS, column, end, column, options)


def _write_metrics(workbook: Workbook, connection: Connection, heading: Format) -> None:
    worksheet = workbook.add_worksheet(word_for("review_sheet", "metrics"))
    for column, name in enumerate(("name_zh", "metric", "unit", "measure", "note")):
        worksheet.write_string(0, column, word_for("workbook_codebook", name), heading)
    for row, record in enumerate(_records(connection, "review_metrics"), start=1):
        cells = (
            record["name_zh"],
            record["metric"],
            record["unit"],
            word_for("measure", record["measure"]),
            record["note"],
        )
        for column, value in enumerate(cells):
            worksheet.write_string(row, column, safe_text(value or ""))
    worksheet.set_column(0, 1, 28)
    worksheet.freeze_panes(1, 0)


def _write_notes(workbook: Workbook) -> None:
    worksheet = workbook.add_worksheet(word_for("review_sheet", "notes"))
    for row, note in enumerate(wording()["review_notes"].values()):
        worksheet.write_string(row, 0, note)
    worksheet.set_column(0, 0, 120)
