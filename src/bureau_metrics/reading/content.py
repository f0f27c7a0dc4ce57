"""What a reader takes out of a file: paragraphs and tables in reading order, and how they become one canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bureau_metrics.text_layout import PlacedCell, PlacedHeading, PlacedPage, PlacedTable, TextLayout

CELL_JOINT = " | "
"""What stands between two cells of a table row in the canonical text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line ends inside it stay lines. `level` is that of a heading, 1 the highest; `page` is from 1."""

    text: str
    level: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the source has it; `row` and `column` from 1, those of its first row and column where it is merged."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its cells in order of row and column, each merged cell once, empty ones too. `page` is from 1."""

    cells: tuple[Cell, ...]
    page: int | None = None


Block = Paragraph | Table


def table_of(rows: Sequence[Sequence[str]], page: int | None = None) -> Table:
    """Return the table of rows of texts without merged cells."""
    cells = [Cell(text, r, c) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)]
    return Table(tuple(cells), page)


# A cell with a sentence in it is prose that was laid out as a table.
_PROSE = re.compile(r"[。；！？]|[^\s]{60}")
_FIGURE = re.compile(r"[-+]?\d[\d,.]*\s*(?:[%％]|[\u4e00-\u9fff]{1,3})?")
_BLANKS = re.compile(r"\s+")
_LINE_END = re.compile(r"\s*\n\s*")


@dataclass(slots=True)
class _Composer:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    page: int | None = None
    pages: list[PlacedPage] = field(default_factory=list)
    headings: list[PlacedHeading] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)
    prose_cells: list[PlacedCell] = field(default_factory=list)

    def add(self, text: str) -> tuple[int, int]:
        """Add text to the document and return its span."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def on_page(self, page: int | None) -> None:
        if page is not None and page != self.page:
            self.pages.append(PlacedPage(self.length, page))
            self.page = page

    def paragraph(self, block: Paragraph) -> None:
        text = _LINE_END.sub("\n", block.text.strip())
        if not text:
            return
        self.on_page(block.page)
        span = self.add(text)
        self.add("\n")
        if block.level is not None:
            self.headings.append(PlacedHeading(*span, block.level))

    def table(self, block: Table) -> None:
        self.on_page(block.page)
        rows: dict[int, list[Cell]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell)
        narrow = max((cell.column for cell in block.cells), default=1) == 1
        begin, placed, before = self.length, list[PlacedCell](), len(self.tables)
        for _, cells in sorted(rows.items()):
            sentences = [cell for cell in cells if narrow or _PROSE.search(cell.text)]
            others = [cell for cell in cells if cell not in sentences] if sentences else cells
            if sentences and not _holds_figures(others):
                sentences, others = cells, []
            if any(cell.text.strip() for cell in others):
                placed.extend(self._row(others))
            if sentences:
                self._close_table(begin, placed, before)
                self._prose_row(sentences)
                begin, placed = self.length, []
        self._close_table(begin, placed, before)

    def _close_table(self, begin: int, placed: list[PlacedCell], before: int) -> None:
        if placed:
            self.tables.append(PlacedTable(begin, self.length, tuple(placed), len(self.tables) > before))

    def _prose_row(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            text = _LINE_END.sub("\n", cell.text.strip())
            if text:
                span = self.add(text)
                self.add("\n")
                self.prose_cells.append(PlacedCell(*span, cell.row, cell.column, cell.row_span, cell.column_span))

    def _row(self, cells: Sequence[Cell]) -> Iterable[PlacedCell]:
        for index, cell in enumerate(cells):
            if index:
                self.add(CELL_JOINT)
            span = self.add(_BLANKS.sub(" ", cell.text.strip()))
            yield PlacedCell(*span, cell.row, cell.column, cell.row_span, cell.column_span)
        self.add("\n")


def _holds_figures(cells: Iterable[Cell]) -> bool:
    """Say whether the short cells of a row with a sentence are a label and its figures, not only the row's number."""
    filled = [cell for cell in cells if cell.text.strip()]
    return len(filled) > 1 and any(cell.column > 1 and _FIGURE.fullmatch(cell.text.strip()) for cell in filled)


def compose(blocks: Iterable[Block]) -> tuple[str, TextLayout]:
    """Return the canonical text of blocks, a paragraph and a table row a line, and where everything stands in it.

    A cell with a sentence is written as prose, a line of its own, and so are the cells beside it that hold no figures.
    """
    composer = _Composer()
    for block in blocks:
        if isinstance(block, Table):
            composer.table(block)
        else:
            composer.paragraph(block)
    return "".join(composer.parts), TextLayout(
        tuple(composer.pages), tuple(composer.headings), tuple(composer.tables), tuple(composer.prose_cells)
    )
