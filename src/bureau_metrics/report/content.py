"""What stands on the report, read from the warehouse and put in order: sources, families of figures, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, TypeVar

from bureau_metrics.exports import EVERYTHING, Selection, answered
from bureau_metrics.report.bars import BarChart, bar_chart
from bureau_metrics.report.figures import Figure
from bureau_metrics.wording import heading_in_words

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

SOURCES_AT_MOST = 500
FINDINGS_AT_MOST = 200
LINES_AT_MOST = 300
"""Bureaus and years of one family. A page with more is no longer for reading; it says how many it left out."""

COLUMNS_AT_ONCE = 6
"""Metrics side by side in one table: as many as fit on a printed page."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Source:
    """A source that was read or rejected; `reasons` say what is in doubt or why it was rejected."""

    state: str
    document_id: str
    bureau: str | None
    report_year: int | None
    facts: int | None
    unresolved: int | None
    reasons: tuple[str, ...]
    detail: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Two figures that contradict each other, each with its sentence where it has one."""

    severity: str
    check_name: str
    bureau: str
    document_id: str
    metric: str | None
    year: int | None
    figure: str
    sentence: str
    other_figure: str
    other_sentence: str | None
    message: str
    fact_id: str
    other_fact_id: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One bureau and year of a table, with a figure or None for each column."""

    bureau: str
    known: bool
    year: int
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Some columns of a family, side by side."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of metrics: its tables, its figures in their order, and bars where there is a use for them."""

    name: str
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    chart: BarChart | None
    lines_left_out: int


@dataclass(frozen=True, slots=True)
class Content:
    """All that stands on the report; `states` counts all sources by state, also those left out."""

    states: dict[str, int]
    sources: tuple[Source, ...]
    families: tuple[Family, ...]
    findings: tuple[Finding, ...]
    findings_left_out: int

    @property
    def figures(self) -> int:
        """Number of figures on the report."""
        return sum(len(family.figures) for family in self.families)

    @property
    def sources_left_out(self) -> int:
        """Number of sources that are counted and not listed."""
        return sum(self.states.values()) - len(self.sources)


def read_content(connection: Connection, selection: Selection = EVERYTHING) -> Content:
    """Read what the report shows of what is selected."""
    states: Counter[str] = Counter()
    sources: list[Source] = []
    for values in _records(connection, "report_documents", selection):
        states[values["state"]] += 1
        if len(sources) < SOURCES_AT_MOST:
            sources.append(Source(**{**values, "reasons": tuple(values["reasons"])}))
    findings = [Finding(**values) for values in _records(connection, "findings", selection)]
    figures = (Figure(**values) for values in _records(connection, "report_figures", selection))
    families = tuple(_family(name, list(members)) for name, members in groupby(figures, key=lambda one: one.family))
    left_out = max(0, len(findings) - FINDINGS_AT_MOST)
    return Content(dict(states), tuple(sources), families, tuple(findings[:FINDINGS_AT_MOST]), left_out)


def _records(connection: Connection, name: str, selection: Selection) -> Iterator[dict[str, Any]]:
    answer = answered(connection, name, selection)
    return (dict(zip(answer.names, row, strict=True)) for row in answer.rows)


def _family(name: str, figures: Sequence[Figure]) -> Family:
    keys = sorted({figure.line_key for figure in figures})
    shown = frozenset(keys[:LINES_AT_MOST])
    figures = [figure for figure in figures if figure.line_key in shown]
    columns = [list(members) for _key, members in groupby(figures, key=lambda one: one.column_key)]
    tables = tuple(_table(some) for some in _batches(columns, COLUMNS_AT_ONCE))
    in_order = tuple(figure for table in tables for line in table.lines for figure in line.figures if figure)
    return Family(name, tables, in_order, bar_chart(figures), len(keys) - len(shown))


def _batches(rows: Sequence[Row], size: int) -> Iterator[tuple[Row, ...]]:
    remaining = iter(rows)
    while batch := tuple(islice(remaining, size)):
        yield batch


def _table(columns: Sequence[Sequence[Figure]]) -> Table:
    by_line = [{figure.line_key: figure for figure in column} for column in columns]
    of_line = {figure.line_key: figure for column in columns for figure in column}
    lines = tuple(
        Line(
            of_line[key].bureau,
            of_line[key].bureau_known,
            of_line[key].year,
            tuple(cells.get(key) for cells in by_line),
        )
        for key in sorted(of_line)
    )
    return Table(tuple(_heading(column) for column in columns), lines)


def _heading(column: Sequence[Figure]) -> str:
    first = column[0]
    measure = first.measure if first.other_measure else None
    scope = first.scope if first.other_scope else None
    return heading_in_words(first.name_zh, measure, scope, (figure.unit for figure in column))
