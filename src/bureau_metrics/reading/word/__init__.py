"""Word documents (docx, docm, dotx): the text as the printed page shows it, with headings, numbers and tables.

Tracked insertions are in, deletions out; fields show their results; headers, footers, comments and tables of contents
are furniture. Notes stand at the end, as paragraphs of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block, Paragraph
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.word.characters import formula, plain_text, symbol
from bureau_metrics.reading.word.numbering import Numbering, numbered, numbering_of
from bureau_metrics.reading.word.package import (
    Element,
    WordPackage,
    attribute,
    child,
    damaged,
    is_on,
    name_of,
    number_of,
    value_of,
)
from bureau_metrics.reading.word.styles import Styles, outline_level, styles_of
from bureau_metrics.reading.word.tables import table_grid

_DEEPEST = 25
_WRAPPERS = frozenset(
    ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "fldSimple", "sdtContent", "ruby", "rubyBase")
)
_LEFT_OUT = frozenset(("del", "moveFrom", "rt"))
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PAGE_FIELDS = frozenset(("PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"))


def blocks_of_word(data: bytes, budget: Budget) -> list[Block]:
    """Return the paragraphs and tables of a docx file.

    Raises UnreadableDocument (`damaged`, `encrypted`, `unsafe`, `too_large`, `too_slow`, `no_text`, `empty`).
    """
    package = WordPackage.open(data, budget)
    main = package.main_part()
    body = child(package.root(main), "body")
    if body is None:
        raise damaged("it has no text body")
    styles = styles_of(package.root_of(main, "styles"))
    lists_of_styles = {key: style.list_id for key, style in styles.by_id.items() if style.list_id is not None}
    numbering = numbering_of(package.root_of(main, "numbering"), lists_of_styles)
    reader = _Reader(styles, numbering, budget)
    blocks = reader.blocks(body)
    for kind in ("footnote", "endnote"):
        blocks += reader.notes_of(kind, package.root_of(main, f"{kind}s"))
    if not blocks:
        raise _without_text(package.holds_pictures())
    return blocks


def _without_text(pictures: bool) -> UnreadableDocument:
    if pictures:
        return UnreadableDocument(
            RejectionReason.NO_TEXT,
            "a Word document that holds only pictures",
            "give the report with its text, not as a scan",
        )
    return UnreadableDocument(
        RejectionReason.EMPTY, "a Word document without any text", "check that it was saved completely"
    )


@dataclass(slots=True)
class _Field:
    """A field that is being passed: its instruction until `separate`, its result after it."""

    instruction: str = ""
    in_result: bool = False

    def shows(self) -> bool:
        return self.in_result and not _is_of_pages(self.instruction)


@dataclass(slots=True)
class _Line:
    """The text of a paragraph while it is read, and the text boxes that hang on it."""

    hidden: bool
    parts: list[str] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def add(self, text: str) -> None:
        if all(passed.shows() for passed in self.fields):
            self.parts.append(text)

    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    budget: Budget
    note_ids: dict[str, list[str]] = field(default_factory=lambda: {"footnote": [], "endnote": []})

    def blocks(self, container: Element, depth: int = 0, in_cell: bool = False) -> list[Block]:
        if depth > _DEEPEST:
            raise damaged("tables stand in tables without end")
        found = list[Block]()
        carried = ""  # the text of paragraphs whose mark was deleted: it belongs to the next one
        for element in _visible(container):
            self.budget.check()
            name = name_of(element)
            if name == "p":
                carried, blocks = self._paragraph(element, carried, depth, in_cell)
                found += blocks
            elif name == "tbl":
                found += self._table(element, depth)
        return [*found, Paragraph(carried)] if carried.strip() else found

    def notes_of(self, kind: str, root: Element | None) -> list[Block]:
        """Return the notes that the text refers to, in that order; those of deleted text are not among them."""
        notes = {attribute(note, "id"): note for note in root} if root is not None else {}
        ids = dict.fromkeys(self.note_ids[kind])
        return [block for key in ids if key in notes for block in self.blocks(notes[key])]

    def _paragraph(self, element: Element, carried: str, depth: int, in_cell: bool) -> tuple[str, list[Block]]:
        """Return what is carried over to the next paragraph, and what is complete."""
        properties = child(element, "pPr")
        style = value_of(properties, "pStyle") or self.styles.default
        if self.styles.is_contents(style):
            return carried, []
        line = _Line(self.styles.is_hidden(style))
        self._read(element, line)
        boxes = [block for box in line.boxes for block in self.blocks(box, depth + 1)]
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            return carried + line.text(), boxes
        text = (carried + line.text()).strip()
        if not text and is_on(child(mark, "vanish")):
            return "", boxes
        label = self._label(properties, style)
        if text or (in_cell and label):
            stated = outline_level(properties)
            level = self.styles.heading_level(style) if stated is None else stated or None
            return "", [Paragraph(numbered(label, text).strip(), level), *boxes]
        return "", boxes

    def _label(self, properties: Element | None, style: str | None) -> str:
        stated = child(properties, "numPr")
        list_id, level = value_of(stated, "numId"), number_of(value_of(stated, "ilvl"))
        if list_id is None and (inherited := self.styles.list_of(style)):
            list_id, inherited_level, owner = inherited
            level = inherited_level if level is None else level
            level = self.numbering.level_of_style(list_id, owner) if level is None else level
        return self.numbering.label(list_id, level or 0) if list_id is not None else ""

    def _read(self, parent: Element, line: _Line) -> None:
        for element in _visible(parent):
            name = name_of(element)
            if name == "r":
                self._run(element, line)
            elif name in ("oMath", "oMathPara"):
                line.add(formula(element))
            elif name in ("drawing", "pict", "object"):
                line.boxes += _boxes(element)

    def _run(self, run: Element, line: _Line) -> None:
        self.budget.check()
        properties = child(run, "rPr")
        stated = is_on(child(properties, "vanish"))
        styled = value_of(properties, "rStyle")
        if stated if stated is not None else line.hidden or (styled is not None and self.styles.is_hidden(styled)):
            return
        raised = value_of(properties, "vertAlign") == "superscript"
        for item in _visible(run):
            name = name_of(item)
            if name == "t":
                line.add(plain_text(item, raised))
            elif name in _SIGNS:
                line.add(_SIGNS[name])
            elif name == "r":
                self._run(item, line)
            else:
                self._mark(item, name, line)

    def _mark(self, item: Element, name: str, line: _Line) -> None:
        """Take what stands in a run beside its text."""
        if name in ("sym", "symEx"):
            line.add(symbol(item))
        elif name == "fldChar":
            _turn_field(line.fields, attribute(item, "fldCharType"))
        elif name == "instrText" and line.fields and not line.fields[-1].in_result:
            line.fields[-1].instruction += item.text or ""
        elif name in ("footnoteReference", "endnoteReference"):
            self.note_ids[name.removesuffix("Reference")].append(attribute(item, "id") or "")
        elif name in ("drawing", "pict", "object"):
            line.boxes += _boxes(item)

    def _table(self, element: Element, depth: int) -> list[Block]:
        def read(cell: Element) -> list[Block]:
            return self.blocks(cell, depth + 1, in_cell=True)

        rows = (row for row in _visible(element) if name_of(row) == "tr")
        return table_grid(rows, _visible, read).blocks()


def _visible(parent: Element) -> Iterator[Element]:
    """Yield the children as the page shows them: wrappers are opened, alternatives decided, deletions left out."""
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        name = name_of(element)
        if name in _LEFT_OUT:
            continue
        if name == "AlternateContent":
            waiting.extend(reversed(_alternative(element)))
        elif name == "sdt":
            content = child(element, "sdtContent")
            if content is not None and not _is_furniture(child(element, "sdtPr")):
                waiting.append(content)
        elif name not in _WRAPPERS:
            yield element
        elif not _is_of_pages(attribute(element, "instr") or ""):
            waiting.extend(reversed(element))


def _is_of_pages(instruction: str) -> bool:
    """Whether a field shows a page number or their count."""
    return any(name in _PAGE_FIELDS for name in instruction.upper().split()[:1])


def _alternative(element: Element) -> list[Element]:
    """Return the children of the first alternative that has any: they all say the same."""
    return next((list(choice) for choice in element if len(choice)), [])


def _is_furniture(properties: Element | None) -> bool:
    """Whether a content control shows its own prompt ("click here to enter text") or the table of contents."""
    if is_on(child(properties, "showingPlcHdr")):
        return True
    return value_of(properties, "docPartObj", "docPartGallery") == "Table of Contents"


def _boxes(element: Element) -> list[Element]:
    """Return the contents of text boxes in a drawing, those of grouped shapes too."""
    found, waiting = list[Element](), [element]
    while waiting:
        inner = waiting.pop()
        name = name_of(inner)
        if name == "txbxContent":
            found.append(inner)
        else:
            waiting.extend(reversed(_alternative(inner) if name == "AlternateContent" else list(inner)))
    return found


def _turn_field(fields: list[_Field], kind: str | None) -> None:
    if kind == "begin":
        fields.append(_Field())
    elif kind == "separate" and fields:
        fields[-1].in_result = True
    elif kind == "end" and fields:
        fields.pop()
