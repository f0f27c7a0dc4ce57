"""Elements of a page → paragraphs and tables, with the lines and blanks that the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block, Cell, Paragraph, Table
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.web.furniture import (
    LONGEST_LABEL,
    cleaned_byline,
    closes_article,
    counts_readers,
    is_byline,
    is_furniture,
    opens_others,
)
from bureau_metrics.reading.web.tree import Element

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SOURCE_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SOURCE_LINE_END = re.compile(r"[\r\n]")
# A line end of the source is a blank between words and digits, and nothing beside Chinese characters.
_SOFT = "\v"
_WIDE = "\u2018-\u201d\u2026\u3001-\u9fff\uf900-\ufaff\uff01-\uffee"
_SOFT_BLANKS = re.compile(f"[ {_SOFT}]+")
_BLANKS = re.compile(r"\s+")
_INDENT = re.compile(rf"[ {_SOFT}]*[\u00a0\u2002-\u200a\u3000]")
_HAN = re.compile(f"[{_WIDE}]")

_ENUMERATOR = re.compile(
    r"[(（]?(?:[一二三四五六七八九十百]+|\d{1,3}|[①-⑳])[)）、.．\s]|第[一二三四五六七八九十百\d]+[章节条部]|[①-⑳●■◆▲★]"
)
_SENTENCE = re.compile(r"[。；！？]")
_LINE_ENDS = "。；！？：;!?:…”"
_GOES_ON = "，、,"
_OPENING_BRACKETS = tuple("[【(（")
_SHORTEST_WRAPPED = 20
_LONGEST_WRAPPED = 60
_LONGEST_HEADING = 40
_MOST_COLUMNS = 1000
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
# [1] or ① between a figure and its unit only points to a note.
_FOOTNOTE = re.compile(r"[\[［〔【(（]?\s*(?:注\s*)?\d{1,3}\s*[\]］〕】)）]|注\d{0,2}|[①-⑳*＊※]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DECIMAL_LIST = ("", "1", "decimal")


def blocks_of(element: Element, budget: Budget) -> list[Block]:
    """Return the blocks of an element without the furniture in it."""
    writer = _Writer(budget)
    writer.children(element)
    writer.flush()
    return _without_tail(writer)


def _without_tail(writer: _Writer) -> list[Block]:
    for closing in writer.closings:
        if not any(is_prose(block) for block in writer.blocks[closing:]):
            return writer.blocks[:closing]
    for opening in writer.others:
        before, after = (sum(map(is_prose, part)) for part in (writer.blocks[:opening], writer.blocks[opening:]))
        if before >= 2 * after:
            return writer.blocks[:opening]
    return writer.blocks


def is_prose(block: Block) -> bool:
    """Say whether a block says something: a sentence of some length, or a table."""
    return isinstance(block, Table) or (len(block.text) >= 30 and _SENTENCE.search(block.text) is not None)


@dataclass(slots=True)
class _Writer:
    budget: Budget
    in_cell: bool = False
    blocks: list[Block] = field(default_factory=list)
    closings: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)
    prefix: str = ""
    level: int | None = None
    preformatted: bool = False

    def children(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.pieces.append(child if self.preformatted else _SOURCE_BLANKS.sub(_blank, child))
            else:
                self.element(child)

    def element(self, element: Element) -> None:
        if element.is_furniture or element.tag == "br":
            self.pieces.append("\n")
        elif element.tag == "sup":
            raised = element.text().strip()
            self.pieces.append("" if _FOOTNOTE.fullmatch(raised) else raised.translate(_SUPERSCRIPT))
        elif element.tag == "table":
            self.flush()
            self.table(element)
        elif element.is_block:
            self.block(element)
        else:
            self.children(element)

    def block(self, element: Element) -> None:
        self.flush()
        outer = self.level, self.preformatted
        self.level = _HEADINGS.get(element.tag, self.level)
        self.preformatted = self.preformatted or element.tag == "pre"
        if element.tag == "ol":
            self.numbers.update(_numbers_of(element))
        self.prefix = self.numbers.get(id(element), "")
        self.children(element)
        self.flush()
        self.level, self.preformatted = outer
        self.prefix = ""

    def flush(self) -> None:
        """Make paragraphs of the text since the last block."""
        text, self.pieces = _INVISIBLE.sub("", "".join(self.pieces)), []
        lines = _paragraphs(text.replace("\r", "").split("\n"), is_one=self.level is not None)
        for line in lines:
            if closes_article(line):
                self.closings.append(len(self.blocks))
            if opens_others(line) and not self.in_cell:
                self.others.append(len(self.blocks))
            kept = cleaned_byline(line) if is_byline(line) or counts_readers(line) else line
            is_label = self.in_cell and len(kept) <= LONGEST_LABEL and kept[:1] not in _OPENING_BRACKETS
            if kept and (is_label or not is_furniture(kept)):
                number = "" if _ENUMERATOR.match(kept) else self.prefix
                self.blocks.append(Paragraph(number + kept, self.level))
                self.prefix = ""

    def table(self, element: Element) -> None:
        rows, captions = _rows_of(element)
        for caption in captions:
            self.block(caption)
        grid = [[(cell, self.cell(cell)) for cell in row] for row in rows]
        contents = [blocks for row in grid for _, blocks in row]
        if element.attributes.get("role") == "presentation" or _is_layout(grid):
            self.blocks.extend(block for blocks in contents for block in blocks)
        elif any(contents):
            self.blocks.append(Table(tuple(_placed(grid, self.budget))))

    def cell(self, element: Element) -> list[Block]:
        self.budget.check()
        if element.is_furniture:
            return []
        writer = _Writer(self.budget, in_cell=True)
        writer.children(element)
        writer.flush()
        self.closings.extend(len(self.blocks) for _ in writer.closings)
        return writer.blocks


def _paragraphs(lines: Sequence[str], *, is_one: bool) -> list[str]:
    """Return the paragraphs that lines ended by <br> make; a heading is one whatever its lines."""
    indented = [bool(_INDENT.match(line)) for line in lines]
    cleaned = [_cleaned(line) for line in lines]
    longest = max(map(len, cleaned), default=0)
    found = [cleaned[:1]]
    for (before, line), starts in zip(pairwise(cleaned), indented[1:], strict=True):
        if before and line and (is_one or (not starts and _goes_on(before, line, longest))):
            found[-1].append(line)
        else:
            found.append([line])
    return [text for text in map(joined, found) if text]


def _goes_on(before: str, line: str, longest: int) -> bool:
    """Say whether a line ended by <br> ends inside a sentence: after or at a comma, or as full as wrapped text is."""
    if before[-1] in _LINE_ENDS or _ENUMERATOR.match(line) or is_byline(before) or is_byline(line):
        return False
    is_full = len(before) >= max(_SHORTEST_WRAPPED, 0.85 * longest) and longest <= _LONGEST_WRAPPED
    is_sentence = "，" in before and (len(before) > _LONGEST_HEADING or not _ENUMERATOR.match(before))
    return is_full or is_sentence or before[-1] in _GOES_ON


def _cleaned(line: str) -> str:
    return _BLANKS.sub(" ", _SOFT_BLANKS.sub(_shown_blank, line)).strip()


def _blank(blanks: re.Match[str]) -> str:
    return _SOFT if _SOURCE_LINE_END.search(blanks[0]) else " "


def _shown_blank(blanks: re.Match[str]) -> str:
    line, start, end = blanks.string, *blanks.span()
    beside_wide = _HAN.match(line[max(0, start - 1) : start]) or _HAN.match(line[end : end + 1])
    return "" if _SOFT in blanks[0] and beside_wide else " "


def joined(lines: Iterable[str]) -> str:
    """Return lines as one; a blank only where neither side is a Chinese character."""
    parts: list[str] = []
    for line in filter(None, lines):
        if parts and not _HAN.match(parts[-1][-1]) and not _HAN.match(line):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _numbers_of(parent: Element) -> Iterator[tuple[int, str]]:
    """Yield the number that the page shows before each item of an ordered list ("2. "), by the item's id."""
    if (parent.attributes.get("type") or "") not in _DECIMAL_LIST or _is_bare(parent):
        return
    number = _whole(parent.attributes.get("start"), 1) - 1
    for child in parent.children:
        if isinstance(child, Element) and child.tag == "li":
            number = _whole(child.attributes.get("value"), number + 1)
            if not _is_bare(child):
                yield id(child), f"{number}. "


def _is_bare(element: Element) -> bool:
    return "none" in (element.attributes.get("style") or "")


def _rows_of(table: Element) -> tuple[list[list[Element]], list[Element]]:
    """Return the cells of each row of a table, not those of tables in it, and its captions."""
    rows: list[list[Element]] = []
    captions: list[Element] = []
    pending = [child for child in reversed(table.children) if isinstance(child, Element)]
    while pending:
        element = pending.pop()
        if element.tag == "tr":
            rows.append([cell for cell in element.children if isinstance(cell, Element) and cell.tag in ("td", "th")])
        elif element.tag == "caption":
            captions.append(element)
        elif element.tag in ("tbody", "thead", "tfoot"):
            pending.extend(child for child in reversed(element.children) if isinstance(child, Element))
    return rows, captions


def _is_layout(grid: Sequence[Sequence[tuple[Element, list[Block]]]]) -> bool:
    """Say whether a table only puts text in its place: one column, or a cell with several paragraphs of text in it."""
    if all(len(row) <= 1 for row in grid):
        return True
    return any(_is_article(blocks) for row in grid for _, blocks in row)


def _is_article(blocks: Sequence[Block]) -> bool:
    if any(isinstance(block, Table) or block.level is not None for block in blocks):
        return True
    return len(blocks) > 1 and any(is_prose(block) for block in blocks)


def _placed(grid: Sequence[Sequence[tuple[Element, list[Block]]]], budget: Budget) -> Iterable[Cell]:
    """Yield the cells at their places, past those that reach down from the rows above."""
    free_from: dict[int, int] = {}  # column → first row that no cell above covers
    for row_number, row in enumerate(grid, 1):
        budget.check()
        column = 1
        for element, blocks in row:
            while free_from.get(column, 0) > row_number:
                column += 1
            columns = max(1, _whole(element.attributes.get("colspan"), 1))
            rows = _whole(element.attributes.get("rowspan"), 1) or len(grid)  # rowspan=0: down to the last row
            rows = max(1, min(rows, len(grid) - row_number + 1))
            _refuse_wide(column + columns)
            for covered in range(column, column + columns) if rows > 1 else ():
                free_from[covered] = row_number + rows
            yield Cell(_text_of_cell(blocks), row_number, column, rows, columns)
            column += columns


def _refuse_wide(columns: int) -> None:
    if columns > _MOST_COLUMNS:
        raise UnreadableDocument(
            RejectionReason.DAMAGED,
            f"a table of more than {_MOST_COLUMNS:,} columns",
            "open the page in a browser, check the table, and save the page again",
        )


def _text_of_cell(blocks: Sequence[Block]) -> str:
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    return "\n".join(texts) if any(_SENTENCE.search(text) for text in texts) else joined(texts)


def _whole(text: str | None, default: int) -> int:
    """Return a number out of an attribute, or the default for what is none."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else default
