"""Rich text (RTF, which many files named .doc are): text, headings, numbers and tables as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block, Paragraph
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.rich_text.tables import Row, table_of_rows
from bureau_metrics.reading.rich_text.tokens import code_page, decoded, tokens
from bureau_metrics.reading.word.numbering import numbered, with_gap
from bureau_metrics.reading.word.styles import level_by_name

_DEEPEST = 2000

# Destinations whose content is no text of the page; all others that are marked as ignorable are left out too.
_LEFT_OUT = frozenset((
    *("colortbl", "info", "annotation", "pict", "objdata", "shprslt", "sp", "xe", "rxe", "tc", "txe", "nonesttables"),
    *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "listtable", "bkmkstart"),
    *("ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "listoverridetable", "bkmkend", "fonttbl"),
))  # fmt: skip
_TEXT_THOUGH_IGNORABLE = frozenset(("shpinst", "shptxt", "footnote", "fldinst", "shppict"))
_SIGNS = {
    "tab": " ", "line": "\n", "emspace": " ", "enspace": " ", "qmspace": " ", "nestcell": " ", "nestrow": "\n",
    "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SIGNS_OF_ONE = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_PARAGRAPH_ENDS = frozenset(("par", "sect", "cell", "row"))
_CELL_MERGES = frozenset(("clmgf", "clmrg", "clvmgf", "clvmrg"))
_PAGE_FIELDS = ("PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WHERE_TEXT_GOES = ("body", "footnote", "shptxt", "listtext", "pntext", "fldinst", "stylesheet")
_ASIDE = ("footnote", "shptxt")
_END_OF_ASIDE = "\x00"


def blocks_of_rich_text(data: bytes, budget: Budget) -> list[Block]:
    """Return the paragraphs and tables of an RTF file, its notes at the end.

    Raises UnreadableDocument (`damaged`, `too_slow`, `no_text`, `empty`).
    """
    if not data.startswith(b"{\\rtf"):
        raise _damaged("it does not begin as one")
    reader = _Reader(data, budget)
    reader.read()
    blocks = reader.blocks()
    if not blocks and b"\\pict" in data:
        raise UnreadableDocument(
            RejectionReason.NO_TEXT, "an RTF document that holds only pictures", "give the report with its text"
        )
    if not blocks:
        raise UnreadableDocument(
            RejectionReason.EMPTY, "an RTF document without any text", "check that it was saved completely"
        )
    return blocks


def _damaged(what: str) -> UnreadableDocument:
    return UnreadableDocument(
        RejectionReason.DAMAGED,
        f"a damaged RTF document: {what}",
        "open it in Word or WPS, save it as docx and give that file",
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within a pair of braces: where text goes ("" is nowhere) and how it looks."""

    target: str = "body"
    font: int | None = None
    fallback: int = 1
    unseen: frozenset[str] = frozenset()
    raised: bool = False


@dataclass(slots=True)
class _Reader:
    data: bytes
    budget: Budget
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    code_page: str = "cp1252"
    charsets: dict[int, int] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    ignorable: bool = False
    skipped: int = 0
    raw: bytearray = field(default_factory=bytearray)
    texts: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _WHERE_TEXT_GOES})
    style: int = 0
    level: int | None = None
    in_table: bool = False
    row: Row = field(default_factory=Row)
    rows: list[Row] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    found: list[Block] = field(default_factory=list)

    def read(self) -> None:
        for token in tokens(self.data, self.budget):
            if token.brace:
                self._brace(token.brace)
            elif token.word:
                self._word(token.word.decode(), int(token.number) if token.number else None)
            elif token.sign:
                self._sign(token.sign)
            elif token.code:
                self._bytes(bytes([int(token.code, 16)]))
            elif token.plain:
                self._bytes(token.plain)
            if not self.stack:
                break
        if self.stack:
            raise _damaged("its end is missing")
        self._end_paragraph("par")

    def blocks(self) -> list[Block]:
        """Return what was found, with the notes at the end."""
        self._close_table()
        return [*self.found, *self._taken_aside("shptxt"), *self._taken_aside("footnote")]

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.skipped = 0
        if brace == b"{":
            if len(self.stack) > _DEEPEST:
                raise _damaged("its groups stand in groups without end")
            self.stack.append(self.group)
        else:
            before = self.group.target
            if before == "stylesheet":
                self._end_style()
            self.group = self.stack.pop()
            if before in _ASIDE and before != self.group.target:
                self.texts[before].append(_END_OF_ASIDE)
        self.ignorable = False

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.ignorable = True
        elif sign in (b"\r", b"\n"):
            self._end_paragraph("par")
        elif sign in _SIGNS_OF_ONE:
            self._text(_SIGNS_OF_ONE[sign])

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        self.skipped = 0
        ignorable, self.ignorable = self.ignorable, False
        if word == "u":
            self._text(chr((number or 0) & 0xFFFF))
            self.skipped = self.group.fallback
        elif word in _SIGNS:
            self._text(_SIGNS[word])
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph(word)
        elif not (self._destination(word, ignorable) or self._look(word, number)):
            self._place(word, number)

    def _destination(self, word: str, ignorable: bool) -> bool:
        """Turn to another destination; whether the word is one."""
        target = self.group.target
        if word in _LEFT_OUT or (ignorable and word not in _TEXT_THOUGH_IGNORABLE):
            target = ""
        elif word in self.texts and target:
            target = word
            if word not in _ASIDE:
                self.texts[word].clear()
        elif word == "fldrslt":
            instruction = "".join(self.texts["fldinst"]).upper().split()[:1]
            target = "" if any(name in _PAGE_FIELDS for name in instruction) else target
        else:
            return False
        self.group = replace(self.group, target=target)
        return True

    def _look(self, word: str, number: int | None) -> bool:
        """Take in how characters look and are coded; whether the word says so."""
        group = self.group
        if word == "f":
            self.group = replace(group, font=number)
        elif word == "fcharset" and group.font is not None:
            self.charsets[group.font] = number or 0
        elif word == "ansicpg":
            self.code_page = code_page(number)
        elif word == "uc":
            self.group = replace(group, fallback=max(0, number or 0))
        elif word in ("v", "deleted"):
            self.group = replace(group, unseen=group.unseen - {word} if number == 0 else group.unseen | {word})
        elif word == "plain":
            self.group = replace(group, unseen=frozenset(), raised=False)
        elif word in ("super", "nosupersub"):
            self.group = replace(group, raised=word == "super" and number != 0)
        else:
            return False
        return True

    def _place(self, word: str, number: int | None) -> None:
        """Take in what a paragraph or a row of a table is; in a note or a number that says nothing of the text."""
        if self.group.target == "stylesheet" and word == "s":
            self.style = number or 0
        elif self.group.target not in ("body", "stylesheet"):
            return
        elif word == "outlinelevel":
            self.level = (number or 0) + 1 if 0 <= (number or 0) < 9 else None
        elif word == "s":
            self.level = self.levels.get(number or 0)
        elif word in ("pard", "intbl"):
            self.level, self.in_table = (None, False) if word == "pard" else (self.level, True)
        else:
            self._row_word(word, number)

    def _row_word(self, word: str, number: int | None) -> None:
        if word == "trowd":
            self.row.begin()
        elif word in _CELL_MERGES:
            self.row.merges.add(word)
        elif word == "cellx":
            self.row.edge(number or 0)

    def _end_style(self) -> None:
        name = "".join(self.texts["stylesheet"]).strip().removesuffix(";")
        level = level_by_name(name) if self.level is None else self.level
        if level is not None:
            self.levels[self.style] = level
        self.texts["stylesheet"].clear()
        self.style, self.level = 0, None

    def _bytes(self, plain: bytes) -> None:
        used = min(self.skipped, len(plain))
        self.skipped -= used
        self.raw += plain[used:]

    def _flush(self) -> None:
        if self.raw:
            charset = self.charsets.get(self.group.font if self.group.font is not None else -1, 0)
            text = decoded(bytes(self.raw), charset, self.code_page)
            self.raw.clear()
            self._write(text)

    def _text(self, text: str) -> None:
        self._flush()
        self._write(text)

    def _write(self, text: str) -> None:
        if self.group.target in self.texts and not self.group.unseen:
            raised = self.group.raised and text.isascii() and text.isdigit()
            self.texts[self.group.target].append(text.translate(_RAISED) if raised else text)

    def _end_paragraph(self, word: str) -> None:
        self._flush()
        if self.group.target != "body" or self.group.unseen:
            if self.group.target in _ASIDE:
                self.texts[self.group.target].append("\n")
            return
        text = self._paragraph_text()
        if word in ("cell", "row") or self.in_table:
            self._end_in_table(word, text)
        elif text:
            self._close_table()
            self.found.append(Paragraph(text, self.level))
        if not self.in_table:
            self.found += self._taken_aside("shptxt")

    def _taken_aside(self, name: str) -> list[Block]:
        asides = _joined(self.texts[name]).split(_END_OF_ASIDE)
        self.texts[name].clear()
        return [Paragraph(text) for aside in asides if (text := aside.strip())]

    def _paragraph_text(self) -> str:
        text = _joined(self.texts["body"]).strip()
        label = _joined(self.texts["listtext"] or self.texts["pntext"]).strip()
        for name in ("body", "listtext", "pntext"):
            self.texts[name].clear()
        shown = with_gap(label) if any(character.isalnum() for character in label) else ""
        return numbered(shown, text).strip()

    def _end_in_table(self, word: str, text: str) -> None:
        if text:
            self.cell.append(text)
        if word == "cell":
            self.row.texts.append("\n".join(self.cell))
            self.cell.clear()
        elif word == "row":
            self.rows.append(self.row.finished())

    def _close_table(self) -> None:
        if self.rows:
            self.found += table_of_rows(self.rows)
            self.rows = []
        if self.cell:  # a paragraph that says it is in a table, and no cell ever ended
            self.found.append(Paragraph("\n".join(self.cell)))
            self.cell = []


def _joined(texts: list[str]) -> str:
    """Return the text; characters beyond the first plane were written in two halves."""
    return "".join(texts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
