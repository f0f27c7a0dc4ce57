"""Tables to statements: a row label, a column heading and a figure say together what a sentence would say.

Each figure of a table becomes a short sentence of its own (高新技术企业数35家), which is read by the same rules as
prose. An empty cell, or one with a dash, says nothing: it is no zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from bureau_metrics.lexicon import words
from bureau_metrics.numerals import NUMERAL
from bureau_metrics.text_layout import PlacedCell, PlacedTable
from bureau_metrics.units import printed_units


class Statement(NamedTuple):
    """What one cell says: a sentence, the figure's span in it (end exclusive), the cell, and the figure's in the text.

    `row_label` are the words of the row, "" where it is the row of totals, which `total` marks.
    """

    text: str
    start: int
    end: int
    cell: PlacedCell
    figure: tuple[int, int]
    row_label: str
    total: bool


@cache
def _figure() -> re.Pattern[str]:
    """A cell that is a figure and nothing else: 35, 1,234.5, -3.2%, 约20万元, 23家（次）."""
    return re.compile(
        rf"(?P<figure>(?:约|近|超|逾|≥|≤)? ?[-+]?(?:{NUMERAL.pattern})[余多]?[万亿]*"
        rf"(?P<unit>(?:{printed_units()})(?:（次）)?)?(?:以上|以内|左右)?)"
    )


@cache
def _unit_in_heading() -> re.Pattern[str]:
    """（万元）, （单位：件）, 、家 behind a heading."""
    return re.compile(
        rf"[（(](?:计量)?(?:单位)?[：:]?(?P<unit>[十百千]?[万亿]?(?:{printed_units()})(?:/(?:{printed_units()}))?)[）)]"
    )


@cache
def _unit_stated() -> re.Pattern[str]:
    return re.compile(rf"(?:计量)?单位[：:] ?(?P<unit>[十百千]?[万亿]?(?:{printed_units()}))")


@cache
def _whole_unit() -> re.Pattern[str]:
    return re.compile(rf"[十百千]?[万亿]?(?:{printed_units()})")


# 2024年, 2024年1-9月, 2024年末
_YEAR = re.compile(
    r"(?:19|20)[0-9]{2} ?年(?:[0-9]{1,2}(?:-[0-9]{1,2})?月|度|末|底|上半年|全年)?|(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])"
)
_RELATIVE_YEAR = re.compile("上年同期|去年同期|上年度?|去年|本年度?|当年|今年")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:年|[-./][0-9]{1,2})")
_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[、.．](?![0-9])|#)"
)
# 其中：新认定
_PART = re.compile("(?:其中|其中的|#)[：:，、]?")
# 制发件数, 培训人数: the counter stands in the heading.
_COUNTER_AT_END = re.compile("(?P<counter>[件个家户人项次宗起份场期条篇])(?:数|次)$")


@dataclass(slots=True)
class _Row:
    cells: list[PlacedCell]
    own: list[PlacedCell]

    def filled(self, text: str) -> list[PlacedCell]:
        return [cell for cell in self.own if text[cell.start : cell.end] not in words("tables", "blank")]


@dataclass(slots=True)
class _State:
    """What stands above the present row: headings by column, the unit stated for the table, the label of the group."""

    width: int
    stated_unit: str = ""
    headings: list[_Row] = field(default_factory=list)
    after_data: bool = False
    group: str = ""
    caption: str = ""
    # The label of the last row that was no 其中, and the names of its kind.
    last_label: str = ""


def statements(folded: str, table: PlacedTable) -> Iterator[Statement]:
    """Yield what the figures of a table say, in order of place.

    `folded` is the folded text that the cells' offsets refer to. What stands in the line above may state the unit.
    """
    rows = list(_rows(table))
    state = _State(max(cell.column + cell.column_span - 1 for cell in table.cells), _unit_above(folded, table.start))
    for row in rows:
        filled = row.filled(folded)
        figures = [cell for cell in filled if _is_figure(folded, cell) and not _numbers_rows(folded, state, cell)]
        if figures and not (len(figures) == len(filled) and not state.headings and not _keyed(row, figures)):
            yield from _of_row(folded, state, row, figures)
            state.after_data = True
        elif filled:
            _heading(folded, state, row, filled)


def _rows(table: PlacedTable) -> Iterator[_Row]:
    """Yield the rows, each with the cells that reach into it from above."""
    numbers = sorted({cell.row for cell in table.cells})
    for number in numbers:
        cells = [cell for cell in table.cells if cell.row <= number < cell.row + cell.row_span]
        yield _Row(sorted(cells, key=_column), [cell for cell in table.cells if cell.row == number])


def _column(cell: PlacedCell) -> int:
    return cell.column


def _text(folded: str, cell: PlacedCell) -> str:
    return folded[cell.start : cell.end].strip()


def _is_figure(folded: str, cell: PlacedCell) -> bool:
    text = _text(folded, cell)
    return bool(text) and _figure().fullmatch(text) is not None and not _DATE.match(text) and not _YEAR.fullmatch(text)


def _keyed(row: _Row, figures: Sequence[PlacedCell]) -> bool:
    return any(cell not in figures for cell in row.cells)


def _heading(folded: str, state: _State, row: _Row, filled: list[PlacedCell]) -> None:
    """Take a row without figures: a caption, the label of a group of rows, or a line of the heading."""
    first = filled[0]
    text = _text(folded, first)
    unit = _unit_stated().search(" ".join(_text(folded, cell) for cell in filled))
    if unit:
        state.stated_unit = unit.group("unit")
    if len(filled) == 1 and (first.column_span >= state.width or not state.headings):
        state.caption, state.headings, state.after_data, state.group = text, [], False, ""
    elif len(filled) == 1 and first.column == 1 and state.headings:
        state.group = text
    else:
        state.headings = [row] if state.after_data else [*state.headings, row]
        state.after_data, state.group = False, ""


def _heading_parts(folded: str, state: _State, cell: PlacedCell) -> list[str]:
    """Return the headings over a cell, from the top; behind 其中 the heading of the column that it is a part of too."""
    parts: list[str] = []
    for row in state.headings:
        for above in row.cells:
            if above.column <= cell.column < above.column + above.column_span:
                text = _text(folded, above)
                if _PART.match(text):
                    wholes = [_text(folded, other) for other in row.cells if other.column < above.column]
                    parts += [other for other in wholes if not _PART.match(other)][-1:]
                if text and text not in parts:
                    parts.append(_PART.sub("", text))
    return parts


def _numbers_rows(folded: str, state: _State, cell: PlacedCell) -> bool:
    """Whether a column only numbers the rows, or explains them."""
    parts = [part.replace(" ", "") for part in _heading_parts(folded, state, cell)]
    return bool(parts) and parts[-1] in (*words("tables", "row_numbers"), *words("tables", "remarks"))


def _of_row(folded: str, state: _State, row: _Row, figures: list[PlacedCell]) -> Iterator[Statement]:
    first = figures[0].column
    leading = [cell for cell in row.cells if cell.column < first and not _is_figure(folded, cell)]
    leading = [cell for cell in leading if _text(folded, cell) not in words("tables", "blank")]
    unit, labels = _row_unit(folded, state, leading)
    for cell in figures:
        yield _statement(folded, state, cell, labels, unit)


def _row_unit(folded: str, state: _State, leading: list[PlacedCell]) -> tuple[str, list[str]]:
    """Return the unit that a column of units gives the row, and the row's labels without it."""
    unit = ""
    labels: list[str] = []
    for cell in leading:
        parts = _heading_parts(folded, state, cell)
        text = _text(folded, cell)
        if (parts and parts[-1].replace(" ", "") in words("tables", "units")) or (
            labels and _whole_unit().fullmatch(text)
        ):
            unit = text
        elif _PART.match(text):
            labels += [state.last_label, _PART.sub("", text)]
        elif not _numbers_rows(folded, state, cell):
            state.last_label = _ENUMERATOR.sub("", text)
            labels.append(state.last_label)
    return unit, [label for label in labels if label]


def _statement(folded: str, state: _State, cell: PlacedCell, labels: list[str], row_unit: str) -> Statement:
    text = folded[cell.start : cell.end]
    match = _figure().fullmatch(text.strip())
    assert match is not None
    parts = _heading_parts(folded, state, cell)
    said = [part for part in [state.group, *labels, *parts] if part]
    unit = "" if match.group("unit") else _unit_of(said, row_unit, state.stated_unit)
    time, names = _time_and_names(said)
    total = any(label.replace(" ", "") in words("tables", "totals") for label in labels)
    names = [name for name in names if name.replace(" ", "") not in words("tables", "totals")]
    growth = bool(parts) and _plain(parts[-1]) in words("tables", "growth")
    lead = time + "".join(names)
    if growth:
        lead, unit = time + "".join(names[:-1] or names) + "同比增长", "" if match.group("unit") else "%"
    elif not names:
        lead = time + state.caption
    figure = match.group("figure") + unit
    return Statement(
        lead + figure + "。",
        len(lead),
        len(lead) + len(figure),
        cell,
        _figure_span(text, match, cell),
        "" if total else "".join(labels),
        total,
    )


def _figure_span(text: str, match: re.Match[str], cell: PlacedCell) -> tuple[int, int]:
    begin = cell.start + len(text) - len(text.lstrip())
    return begin, begin + len(match.group("figure"))


def _unit_of(said: list[str], row_unit: str, stated: str) -> str:
    for part in reversed(said):
        found = _unit_in_heading().search(part)
        if found:
            return found.group("unit")
        if counter := _COUNTER_AT_END.search(_plain(part)):
            return counter.group("counter")
        if _plain(part).endswith(("率", "比重", "占比", "比例")):
            return "%"
    return row_unit or stated


def _plain(heading: str) -> str:
    return _BRACKETS.sub("", heading).replace(" ", "")


def _time_and_names(said: list[str]) -> tuple[str, list[str]]:
    """Split labels and headings into the words of time, the last of which counts, and the names of what is counted."""
    time = ""
    names: list[str] = []
    for part in said:
        text = _plain(part)
        found = _YEAR.search(text) or _RELATIVE_YEAR.match(text)
        if found:
            time = _time(found.group())
            text = text.replace(found.group(), "", 1)
        text = _COUNTER_AT_END.sub("", text.strip("：:、，-"))
        if text and text not in words("tables", "generic"):
            names.append(text)
    return time, names


def _time(said: str) -> str:
    """Return the words of time as a sentence has them; 本年 says no more than the report's own year."""
    if said[0] in "本当今":
        return ""
    return said if "年" in said else f"{said}年"


def is_unit(text: str) -> bool:
    """Say whether a cell holds nothing but a unit (亿元, 人次)."""
    return _whole_unit().fullmatch(text.strip()) is not None


def _unit_above(folded: str, start: int) -> str:
    """Return the unit that the two lines above a table state (单位：万元)."""
    above = folded[max(0, start - 80) : start].rstrip("\n").split("\n")[-2:]
    found = _unit_stated().search(" ".join(above))
    return found.group("unit") if found else ""
