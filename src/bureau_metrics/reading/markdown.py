"""Markdown: headings, tables and lists as blocks; marks of emphasis, links and bullets gone, figures untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from bureau_metrics.reading.content import Block, Paragraph, Table, table_of
from bureau_metrics.reading.limits import Budget

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_DASHES = re.compile(r"^[|:\- \t]+$", re.MULTILINE)
_BLOCK_BREAK = re.compile(r"</?(?:br|p|div|tr|li|h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# **“重点”**工作: between quotation marks and Han characters the format itself does not take them for emphasis.
_LEFT_OVER = re.compile(r"(?<![0-9*])\*\*(?!\*)|(?<!\*)\*\*(?![0-9*])")
_UNDERLINED = re.compile(r"(?<!_)__(?=[^\s_])([^_\n]+)__(?!_)")
_ASTERISKS = re.compile(r"\*+")
_SENTENCE_END = re.compile(r"[。！？；：…!?;:|]$")
_NEW_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.、](?![0-9])|[●•·※]"
)
_HAN_OR_MARK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LONG = 100_000
_LONGEST_HEADING = 60
_LONGEST_MARKED = 50_000
"""A paragraph longer than this keeps its marks: finding them takes time in the square of its length."""


def is_markdown(text: str) -> bool:
    """Return whether a text is Markdown: a line with a heading (# and a blank), or a table with its line of dashes."""
    if _HEADING.search(text):
        return True
    return any(
        "|-" in dashes[0].replace(" ", "").replace(":", "") and _has_header(text, dashes.start())
        for dashes in _DASHES.finditer(text)
    )


def _has_header(text: str, start: int) -> bool:
    """Return whether the line that ends where another starts has a pipe in it."""
    return "|" in text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start]


def blocks_of_markdown(text: str, budget: Budget) -> list[Block]:
    """Return the paragraphs and tables of a Markdown text in order; raises UnreadableDocument (`too_slow`)."""
    parser = _parser()
    return [block for part in _parts(text) for block in _Blocks(parser, parser.parse(part), budget).blocks()]


def _parts(text: str) -> Iterator[str]:
    """Cut a very long text between paragraphs, so that the clock is looked at while it is read."""
    start = 0
    while start < len(text):
        match = _BLANK_LINE.search(text, start + _LONG, start + 2 * _LONG)
        end = match.end() if match else text.find("\n", start + 2 * _LONG) + 1 or len(text)
        yield text[start:end]
        start = end


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable("inline")  # done here, block by block, with a look at the clock
    parser.inline.ruler.before("emphasis", "product", _product)
    return parser


def _product(state: StateInline, silent: bool) -> bool:
    """Take an asterisk between two figures (3*4) for a sign of multiplication."""
    match = _ASTERISKS.match(state.src, state.pos)
    if not match or not state.src[: state.pos][-1:].isdigit() or not state.src[match.end() :][:1].isdigit():
        return False
    if not silent:
        state.pending += match.group()
    state.pos = match.end()
    return True


class _Blocks:
    """Walks through the tokens of a text and puts its blocks together."""

    def __init__(self, parser: MarkdownIt, tokens: Sequence[Token], budget: Budget) -> None:
        self._parser, self._tokens, self._budget = parser, tokens, budget
        self._prefix = ""

    def blocks(self) -> Iterator[Block]:
        level: int | None = None
        index = 0
        while index < len(self._tokens):
            token = self._tokens[index]
            if token.type == "table_open":
                end = next(i for i in range(index, len(self._tokens)) if self._tokens[i].type == "table_close")
                yield self._table(self._tokens[index:end])
                index = end
            elif token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "list_item_open":
                self._prefix = f"{token.info}{token.markup} " if token.info else ""
            elif token.type == "inline":
                yield from self._paragraph(self._text(token.content), level)
                level = None
            elif token.type in ("fence", "code_block"):
                yield from self._paragraph(token.content, None)
            elif token.type == "html_block":
                yield from self._paragraph(_without_tags(token.content), None)
            index += 1

    def _paragraph(self, text: str, level: int | None) -> Iterator[Paragraph]:
        text = "\n".join(line.strip() for line in text.split("\n") if line.strip())
        if text:
            is_heading = level is not None and "\n" not in text and len(text) <= _LONGEST_HEADING
            prefix, self._prefix = self._prefix, ""
            yield Paragraph(prefix + text, level if is_heading and not text.endswith("。") else None)

    def _table(self, tokens: Sequence[Token]) -> Table:
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._text(token.content).replace("\n", " ").strip())
        return table_of(rows)

    def _text(self, source: str) -> str:
        """Return the text of a paragraph without its marks, a line where a sentence or an item ends."""
        self._budget.check()
        if len(source) > _LONGEST_MARKED:
            return _joined(source.split("\n"))
        tokens: list[Token] = []
        self._parser.inline.parse(source, self._parser, {}, tokens)
        return _joined("".join(_pieces(tokens)).split("\n"))


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n" if token.type == "softbreak" else "\n\n"
        elif token.type == "html_inline":
            yield _without_tags(token.content)
        elif token.type == "text":
            yield _UNDERLINED.sub(r"\1", _LEFT_OVER.sub("", token.content))
        elif token.type in ("code_inline", "text_special"):
            yield token.content


def _without_tags(html: str) -> str:
    kept, *commented = html.split("<!--")
    kept += "".join(part.partition("-->")[2] for part in commented)
    return _TAG.sub("", _BLOCK_BREAK.sub("\n\n", kept))


def _joined(lines: Sequence[str]) -> str:
    """Join the lines of a paragraph: a line end is none of the text, unless a sentence or an item ends there."""
    whole: list[list[str]] = []
    ended = True
    for line in (line.strip() for line in lines):
        if not line:
            ended = True
        elif ended or _SENTENCE_END.search(whole[-1][-1]) or _NEW_ITEM.match(line) or _NEW_ITEM.match(whole[-1][0]):
            whole.append([line])
            ended = False
        else:
            han = _HAN_OR_MARK.match(line) or _HAN_OR_MARK.match(whole[-1][-1][-1])
            whole[-1].append(line if han else f" {line}")
    return "\n".join("".join(parts) for parts in whole)
