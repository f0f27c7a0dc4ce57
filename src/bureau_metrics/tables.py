"""Tables to statements: a row label, a column heading and a figure say together what a sentence would say.

Each figure of a table becomes a short sentence of its own (高新技术企业数35家), which is read by the same rules as
prose. An empty cell, or one with a dash, says nothing: it is no zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bureau_metrics.lexicon import words
from bureau_metrics.table_words import (
    GROWN,
    PART,
    RANKED,
    change_in,
    figure_pattern,
    is_blank,
    is_figure,
    is_part,
    is_total,
    is_unit,
    stated_unit,
    time_and_names,
    unit_of,
    without_number,
)
from bureau_metrics.text_layout import PlacedCell, PlacedTable

__all__ = ["Statement", "is_unit", "statements"]


# 全省, 全县 stay in the sentence: they say whose figure it is.
_WHOLE = "全"


class Statement(NamedTuple):
    """What one cell says: a sentence, the figure's span in it (end exclusive), the cell, and the figure's in the text.

    `unit` is what stands behind the figure in the sentence; `change` are its words of a change, "" for a level.
    `label` are all words of row and column that name what is counted; `row_label` those of the row, "" where it is the
    row of totals, which `total` marks. `labels` are the row's labels, the widest first. `narrowed` says that the words
    name a part of what the sentence counts, `part` that the row is one of the row before (其中).
    """

    text: str
    start: int
    end: int
    cell: PlacedCell
    figure: tuple[int, int]
    unit: str
    change: str
    label: str
    row_label: str
    labels: tuple[str, ...]
    total: bool
    narrowed: bool
    part: bool


@dataclass(slots=True)
class _Row:
    cells: list[PlacedCell]
    own: list[PlacedCell]

    def filled(self, text: str) -> list[PlacedCell]:
        return [cell for cell in self.own if not is_blank(text[cell.start : cell.end])]


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


class _Labelled(NamedTuple):
    """A figure's cell with the labels of its row and the unit that the row states for it."""

    cell: PlacedCell
    labels: tuple[str, ...]
    unit: str
    part: bool


def statements(folded: str, table: PlacedTable) -> Iterator[Statement]:
    """Yield what the figures of a table say, in order of place.

    `folded` is the folded text that the cells' offsets refer to. What stands in the line above may state the unit.
    """
    rows = list(_rows(table))
    state = _State(max(cell.column + cell.column_span - 1 for cell in table.cells), _unit_above(folded, table.start))
    for row in rows:
        filled = row.filled(folded)
        figures = [cell for cell in filled if is_figure(_text(folded, cell)) and not _numbers_rows(folded, state, cell)]
        if figures and not (len(figures) == len(filled) and not state.headings and not _keyed(row, figures)):
            yield from _of_row(folded, state, row, figures)
            state.after_data = True
        elif filled:
            _heading(folded, state, row, filled)


def _rows(table: PlacedTable) -> Iterator[_Row]:
    """Yield the rows, each with the cells that reach into it from above."""
    own: dict[int, list[PlacedCell]] = {}
    for cell in table.cells:
        own.setdefault(cell.row, []).append(cell)
    reaching: list[PlacedCell] = []
    for number, cells in sorted(own.items()):
        reaching = [cell for cell in reaching if number < cell.row + cell.row_span] + cells
        yield _Row(sorted(reaching, key=_column), cells)


def _column(cell: PlacedCell) -> int:
    return cell.column


def _text(folded: str, cell: PlacedCell) -> str:
    return folded[cell.start : cell.end].strip()


def _keyed(row: _Row, figures: Sequence[PlacedCell]) -> bool:
    return any(cell not in figures for cell in row.cells)


def _heading(folded: str, state: _State, row: _Row, filled: list[PlacedCell]) -> None:
    """Take a row without figures: a caption, the label of a group of rows, or a line of the heading."""
    first = filled[0]
    text = _text(folded, first)
    state.stated_unit = stated_unit(" ".join(_text(folded, cell) for cell in filled)) or state.stated_unit
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
                if PART.match(text):
                    wholes = [_text(folded, other) for other in row.cells if other.column < above.column]
                    parts += [other for other in wholes if not PART.match(other)][-1:]
                if text and text not in parts:
                    parts.append(PART.sub("", text))
    return parts


def _nearest_heading(folded: str, state: _State, cell: PlacedCell) -> str:
    return "".join(_heading_parts(folded, state, cell)[-1:]).replace(" ", "")


def _numbers_rows(folded: str, state: _State, cell: PlacedCell) -> bool:
    """Whether a column only numbers the rows, or explains them."""
    heading = _nearest_heading(folded, state, cell)
    return heading in (*words("tables", "row_numbers"), *words("tables", "remarks"))


def _holds_units(folded: str, state: _State, cell: PlacedCell) -> bool:
    return _nearest_heading(folded, state, cell) in words("tables", "units")


def _of_row(folded: str, state: _State, row: _Row, figures: list[PlacedCell]) -> Iterator[Statement]:
    labelled = list(_labelled(folded, state, row, figures))
    level_unit = ""
    for item in labelled:
        parts = _heading_parts(folded, state, item.cell)
        alone = sum(other.labels == item.labels for other in labelled) == 1
        # Several figures of one label, and no heading over them: nothing says which is which.
        is_number = not item.labels and bool(parts) and change_in(parts[-1]) == RANKED
        if (parts and not is_number) or (item.labels and alone):
            # 2024年（家） | 比上年增减: the change is in the unit of the level before it.
            of_level = level_unit if parts and change_in(parts[-1]) else ""
            statement = _statement(folded, state, item._replace(unit=item.unit or of_level), parts)
            level_unit = level_unit if statement.change else statement.unit
            yield statement


def _labelled(folded: str, state: _State, row: _Row, figures: list[PlacedCell]) -> Iterator[_Labelled]:
    """Yield each figure with the labels before it: those of the row, or its own where label and figure alternate."""
    pending: list[PlacedCell] = []
    opening: PlacedCell | None = None
    unit, labels, part = "", list[str](), False
    for index, cell in enumerate(row.cells):
        text = _text(folded, cell)
        if cell in figures:
            if pending and (opening is None or _alternates(folded, state, pending[0], opening)):
                opening = pending[0]
                unit, labels = _row_unit(folded, state, pending)
                part = any(PART.match(_text(folded, label)) for label in pending)
            pending = []
            yield _Labelled(cell, tuple(labels), unit or _unit_behind(folded, state, row.cells[index + 1 :]), part)
        elif not is_blank(text) and not is_figure(text):
            pending.append(cell)


def _alternates(folded: str, state: _State, cell: PlacedCell, opening: PlacedCell) -> bool:
    heading = _nearest_heading(folded, state, cell)
    return not is_unit(_text(folded, cell)) and heading == _nearest_heading(folded, state, opening)


def _unit_behind(folded: str, state: _State, following: Sequence[PlacedCell]) -> str:
    """Return the unit in the cell behind a figure (35 | 家)."""
    text = _text(folded, following[0]) if following else ""
    heading = _nearest_heading(folded, state, following[0]) if following else ""
    return text if is_unit(text) and (not heading or heading in words("tables", "units")) else ""


def _row_unit(folded: str, state: _State, leading: list[PlacedCell]) -> tuple[str, list[str]]:
    """Return the unit that a column of units gives the row, and the row's labels without it."""
    unit = ""
    labels: list[str] = []
    whole = state.last_label
    for cell in leading:
        text = _text(folded, cell)
        if (_holds_units(folded, state, cell) and len(leading) > 1) or (labels and is_unit(text)):
            unit = text
        elif PART.match(text):
            labels += [whole, PART.sub("", text)]
        elif not _numbers_rows(folded, state, cell):
            state.last_label = without_number(text)
            labels.append(state.last_label)
    return unit, [label for label in labels if label]


def _statement(folded: str, state: _State, item: _Labelled, parts: list[str]) -> Statement:
    cell, labels = item.cell, item.labels
    text = folded[cell.start : cell.end]
    match = figure_pattern().fullmatch(text.strip())
    assert match is not None
    said = [part for part in [state.group, *labels, *parts] if part]
    change = change_in(parts[-1]) if parts else ""
    unit = "" if match.group("unit") else unit_of(said, item.unit, state.stated_unit)
    time, names = time_and_names(said[:-1] if change else said)
    names = sorted((name for name in names if not is_total(name) or name[0] == _WHOLE), key=_names_no_whole)
    counted = [name for name in names if not is_part(name)] or [state.caption or "".join(names)]
    if not match.group("unit"):
        unit = "%" if change.endswith(GROWN) else "位" if change == RANKED else unit
    lead = time + "".join(counted) + change
    figure = match.group("figure") + unit
    total = bool(labels) and is_total(labels[-1])
    return Statement(
        lead + figure + "。",
        len(lead),
        len(lead) + len(figure),
        cell,
        _figure_span(text, match.group("figure"), cell),
        match.group("unit") or unit,
        change,
        "".join(names) or state.caption or "".join(said),
        "" if total else "".join(time_and_names(labels)[1]),
        labels,
        total,
        any(map(is_part, names)) or any(word in part for part in said for word in words("tables", "carried")),
        item.part,
    )


def _names_no_whole(name: str) -> bool:
    return name[0] != _WHOLE


def _figure_span(text: str, figure: str, cell: PlacedCell) -> tuple[int, int]:
    begin = cell.start + len(text) - len(text.lstrip())
    return begin, begin + len(figure)


def _unit_above(folded: str, start: int) -> str:
    """Return the unit that the two lines above a table state (单位：万元)."""
    return stated_unit(" ".join(folded[max(0, start - 80) : start].rstrip("\n").split("\n")[-2:]))
