"""Facts of tables: each cell's statement read like a sentence, and its facts put back on the cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bureau_metrics.facts.assembly import Reader
from bureau_metrics.lexicon import words
from bureau_metrics.mentions import Mention
from bureau_metrics.models import Confidence, Fact, Measure
from bureau_metrics.numerals import fold
from bureau_metrics.quantities import scan
from bureau_metrics.structure import Section, Sentence, Structure
from bureau_metrics.tables import Statement, statements
from bureau_metrics.text_layout import PlacedTable

_OF_TABLES = "\x1ftables"


def table_facts(reader: Reader, tables: tuple[PlacedTable, ...], parts: Structure) -> Iterator[Fact]:
    """Yield the facts of the figures in tables; `reader` is the one that reads the prose around them.

    A fact stands on the figure of its cell; its sentence is the row. No table is as sure as a sentence: the confidence
    is medium at most.
    """
    said = [[*statements(reader.folded, table)] for table in _whole(tables)]
    text = "\n".join(statement.text for table in said for statement in table)
    if not text:
        return
    folded = fold(text)
    scanned = scan(folded)
    # An id of its own, so that a sentence of the same words is another fact.
    document = replace(reader.document, document_id=reader.document.document_id + _OF_TABLES, text=text)
    own = Reader(document, folded, reader.vocabulary, reader.time, scanned.protected, reader.provincial, reader.bureau)
    start = 0
    for table in said:
        found: list[tuple[Statement, Fact]] = []
        for statement in table:
            fact = _read(own, statement, start, scanned.mentions, parts.section_at(statement.cell.start))
            start += len(statement.text) + 1
            if fact is not None and not (statement.change and fact.measure in _LEVELS):
                found.append((statement, _placed(fact, statement, reader)))
        yield from _with_totals(_with_levels(found))


def _whole(tables: tuple[PlacedTable, ...]) -> Iterator[PlacedTable]:
    """Yield the tables of the source: those that prose parts as one, so that a heading holds for all its rows."""
    whole: PlacedTable | None = None
    for table in tables:
        if whole is not None and table.continues:
            whole = whole._replace(end=table.end, cells=whole.cells + table.cells)
            continue
        if whole is not None:
            yield whole
        whole = table
    if whole is not None:
        yield whole


def _read(
    own: Reader, statement: Statement, start: int, mentions: tuple[Mention, ...], section: Section
) -> Fact | None:
    """Return the fact of a statement that begins at `start` of the statements' own text."""
    end = start + len(statement.text)
    own.before = []
    facts, _ = own.read(
        Sentence(start, end),
        section,
        [mention for mention in mentions if start <= mention.start < end],
        own.vocabulary.hits(own.folded, start, end),
    )
    return next(
        (fact for fact in facts if fact.start < start + statement.end and start + statement.start < fact.end), None
    )


def _with_levels(found: list[tuple[Statement, Fact]]) -> list[tuple[Statement, Fact]]:
    """Say of what each growth, change and rank is: the nearest figure before it in its row, of its year and label."""
    related: list[tuple[Statement, Fact]] = []
    for index, (statement, fact) in enumerate(found):
        if fact.measure in (Measure.GROWTH, Measure.CHANGE, Measure.RANK):
            levels = (
                level.start
                for other, level in reversed(found[:index])
                if (other.cell.row, other.labels, level.year) == (statement.cell.row, statement.labels, fact.year)
                and level.measure in _LEVELS
            )
            fact = fact._replace(of=next(levels, None))  # noqa: PLW2901 - the same fact, told what it is of
        related.append((statement, fact))
    return related


def _with_totals(found: list[tuple[Statement, Fact]]) -> Iterator[Fact]:
    """Make the figures of a column parts of what they are parts of: 其中 of the row before, the others of a total."""
    totals = _totals(found)
    before: dict[int, Fact] = {}
    for statement, fact in found:
        column = statement.cell.column
        wider = (statement.labels[:length] for length in range(len(statement.labels) - 1, -1, -1))
        keys = ((column, labels) for labels in wider)
        whole = next((totals[key] for key in keys if totals.get(key, fact) is not fact), None)
        if statement.part:
            whole = before.get(column, whole)
        else:
            before[column] = fact
        if whole is None or whole.unit != fact.unit or fact.measure not in _ADDITIVE:
            yield fact
        else:
            same = statement.part and fact.metric is not None and fact.metric == whole.metric
            yield fact._replace(part_of=whole.start, narrowed=fact.narrowed or (same and fact.measure is whole.measure))


def _totals(found: list[tuple[Statement, Fact]]) -> dict[tuple[int, tuple[str, ...]], Fact]:
    """Return the totals by column and the labels under which they add up."""
    totals: dict[tuple[int, tuple[str, ...]], Fact] = {}
    for statement, fact in found:
        key = (statement.cell.column, statement.labels[:-1])
        if statement.total and (key not in totals or statement.labels[-1] not in words("tables", "subtotals")):
            totals[key] = fact
    return totals


_ADDITIVE = (Measure.STOCK, Measure.FLOW)
_LEVELS = (*_ADDITIVE, Measure.RATIO)


def _placed(fact: Fact, statement: Statement, reader: Reader) -> Fact:
    start, end = statement.figure
    row_start = reader.folded.rfind("\n", 0, start) + 1
    row_end = reader.folded.find("\n", end)
    return fact._replace(
        document_id=reader.document.document_id,
        start=start,
        end=end,
        text=reader.document.text[start:end],
        label=fact.label if fact.metric and not statement.narrowed else statement.label,
        narrowed=fact.narrowed or bool(fact.metric and (statement.narrowed or _narrows(fact, statement))),
        of=None,
        part_of=None,
        sentence_start=row_start,
        sentence_end=row_end if row_end >= 0 else len(reader.folded),
        rule="table_cell",
        confidence=fact.confidence if fact.confidence is not Confidence.HIGH else Confidence.MEDIUM,
    )


def _narrows(fact: Fact, statement: Statement) -> bool:
    """Whether the metric's noun stands in the column's heading, so that the row only says which part of it."""
    row = statement.row_label
    nouns = [noun for noun in (fact.term or "").split(" + ") if noun]
    return bool(row and nouns) and not any(noun in row or row in noun for noun in nouns)
