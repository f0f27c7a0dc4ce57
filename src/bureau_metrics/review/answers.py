"""The review workbook taken back: what a person filled in, checked row by row before anything is applied."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from bureau_metrics.review.corrections import Corrections, NotACorrection
from bureau_metrics.review.known import Known, known_to
from bureau_metrics.review.sheets import (
    DECISION,
    DOCUMENTS,
    HEADER_ROWS,
    KEY,
    REASON,
    REVIEWER,
    SHEETS,
    ReviewSheet,
    Subject,
    subject_of,
)
from bureau_metrics.warehouse import Decision
from bureau_metrics.wording import word_for, wording

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

_ERRORS_SHOWN = 10
_NEEDS_REASON = ("reject", "correct")


class ReviewError(Exception):
    """A workbook that cannot be applied; the message names the sheet and the row of each mistake."""


@dataclass(frozen=True, slots=True)
class _Row:
    sheet: ReviewSheet
    number: int
    cells: Mapping[str, Any]

    def text(self, code: str) -> str:
        value = self.cells.get(code)
        return "" if value is None else str(value).strip()

    @property
    def is_answered(self) -> bool:
        codes = (DECISION, *self.sheet.corrections, REASON)
        return any(self.text(code) for code in codes)

    def wrong(self, what: str) -> str:
        return f"sheet {word_for('review_sheet', self.sheet.name)}, row {self.number}: {what}"


def read_answers(path: Path, connection: Connection, reviewer: str | None = None) -> list[Decision]:
    """Return the decisions that a workbook holds, in the order of its rows.

    Args:
        path: the workbook, as `export_review_workbook` wrote it and somebody filled it in.
        connection: the warehouse that the decisions are about.
        reviewer: who decided, in rows that do not say it.

    Raises:
        ReviewError: the file is no such workbook, or rows of it cannot be applied; then none is.
    """
    rows = [row for row in _rows(path) if row.is_answered]
    subjects = [(subject_of(row.text(KEY)), row) for row in rows]
    known = known_to(connection, [subject for subject, _ in subjects if subject is not None])
    decisions: list[Decision] = []
    mistakes: list[str] = []
    decided: dict[Subject, int] = {}
    for subject, row in subjects:
        try:
            checked = _known_subject(subject, row, known)
            if checked in decided:
                raise NotACorrection(f"row {decided[checked]} is about the same; keep one of them")
            decided[checked] = row.number
            decisions += _decisions(row, checked, known, reviewer)
        except NotACorrection as mistake:
            mistakes.append(row.wrong(str(mistake)))
    if mistakes:
        more = f"; and {len(mistakes) - _ERRORS_SHOWN} more" if len(mistakes) > _ERRORS_SHOWN else ""
        raise ReviewError(f"{path}: nothing was applied: " + "; ".join(mistakes[:_ERRORS_SHOWN]) + more)
    return decisions


def _rows(path: Path) -> Iterator[_Row]:
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise ReviewError(f"{path}: no such file (check the path)") from None
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        raise ReviewError(f"{path}: no Excel workbook (give the xlsx that review export wrote)") from None
    try:
        for sheet in SHEETS:
            name = word_for("review_sheet", sheet.name)
            if name in workbook.sheetnames:
                yield from _rows_of(path, sheet, workbook[name].iter_rows(values_only=True))
        if not any(word_for("review_sheet", sheet.name) in workbook.sheetnames for sheet in SHEETS):
            raise ReviewError(f"{path}: no sheet of a review workbook (give the xlsx that review export wrote)")
    finally:
        workbook.close()


def _rows_of(path: Path, sheet: ReviewSheet, rows: Iterator[tuple[Any, ...]]) -> Iterator[_Row]:
    codes: list[str] = []
    for number, cells in enumerate(rows, start=1):
        if number == HEADER_ROWS:
            codes = [str(cell).strip() if cell is not None else "" for cell in cells]
            missing = [code for code in (DECISION, *sheet.corrections, REASON, REVIEWER, KEY) if code not in codes]
            if missing:
                where = word_for("review_sheet", sheet.name)
                raise ReviewError(f"{path}: sheet {where}, row 2: the column {missing[0]} is gone (export it again)")
        elif number > HEADER_ROWS:
            yield _Row(sheet, number, dict(zip(codes, cells, strict=False)))


def _known_subject(subject: Subject | None, row: _Row, known: Known) -> Subject:
    if subject is None:
        raise NotACorrection("its last column was changed, so nobody knows what it is about; export the workbook again")
    if subject not in known.subjects:
        raise NotACorrection(f"this warehouse has no such {_kind(row)}; was it exported from another one?")
    return subject


def _kind(row: _Row) -> str:
    return "document" if row.sheet is DOCUMENTS else "figure"


def _decisions(row: _Row, subject: Subject, known: Known, reviewer: str | None) -> Iterator[Decision]:
    code = _decision_code(row)
    name = row.text(REVIEWER) or (reviewer or "").strip()
    if not name:
        raise NotACorrection(f"{word_for('review_column', REVIEWER)} is empty: write who decided")
    if code in _NEEDS_REASON and not row.text(REASON):
        raise NotACorrection(f"{word_for('review_column', REASON)} is empty: write why")
    filled = {field: row.cells[column] for column, field in row.sheet.corrections.items() if row.text(column)}
    if code != "correct" and filled:
        raise NotACorrection(
            f"a correction stands in it, but {word_for('review_column', DECISION)} is not "
            f"{word_for('review_decision', 'correct')}"
        )
    words = known.subjects[subject]
    fields: list[tuple[str | None, str | None]] = [(None, None)]
    if code == "correct":
        fields = [*Corrections(subject, words.unit, known).checked(filled)]
    for field, value in fields:
        yield Decision(
            subject.document_id, subject.mention_id, subject.metric, subject.measure, words.subject, words.sentence,
            code, field, value, name, row.text(REASON),
        )  # fmt: skip


def _decision_code(row: _Row) -> str:
    said = row.text(DECISION)
    if not said:
        raise NotACorrection(f"{word_for('review_column', DECISION)} is empty, but something else is filled in")
    codes = {word: code for code, word in wording()["review_decision"].items() if code in row.sheet.decisions}
    codes |= {code: code for code in row.sheet.decisions}
    if said not in codes:
        choices = "、".join(word_for("review_decision", code) for code in row.sheet.decisions)
        raise NotACorrection(f"{said!r} is no decision: choose one of {choices}")
    return codes[said]
