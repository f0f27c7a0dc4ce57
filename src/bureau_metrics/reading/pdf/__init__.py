"""PDF files with a text layer → paragraphs and tables in reading order.

PDFium, which reads the files, is not thread safe: no two threads of a process may read PDF files at the same time.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
from pypdfium2 import raw

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block, Paragraph
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.pdf.columns import Item, items_of, with_last_columns
from bureau_metrics.reading.pdf.furniture import without_furniture
from bureau_metrics.reading.pdf.glyphs import page_content
from bureau_metrics.reading.pdf.paragraphs import blocks_of_items
from bureau_metrics.reading.pdf.streams import count_unpacked

_MOST_BOOKMARKS = 10_000
_SMALLEST_TEXT_SHARE = 0.1
_LARGEST_GARBAGE_SHARE = 0.3
_FEWEST_CHARACTERS = 10
# What a Chinese report may be printed with; a font that does not tell its characters gives anything else.
_LEGIBLE = re.compile(
    r"[\t -~¡-ÿĀ-ǜɑɡΑ-ω　-〿㈀-㏿ㄅ-ㄩ㐀-鿿＀-￮‐-⁞₠-⃀℀-⅏⅐-↏←-⇿∀-⋿⌀-⏿①-⓿─-➿⁰-₎"
    "\U00020000-\U0003ffff]"
)
_UNREADABLE_PAGE = "已损坏，无法读取"
_DAMAGED_HINT = "open it in a PDF viewer and print it to a new PDF file, or get it from the publisher again"
_SCAN_HINT = "give a version with text, or run text recognition first"


@dataclass(frozen=True, slots=True)
class _Page:
    """The items of a page, and what kept its text from being read, if anything did."""

    items: tuple[Item, ...]
    height: float
    flaw: str | None
    is_blank: bool


def blocks_of_pdf(data: bytes, budget: Budget) -> list[Block]:
    """Return the paragraphs and tables of a PDF file, each with its page.

    Raises UnreadableDocument (`damaged`, `encrypted`, `no_text`, `too_large`, `too_slow`, `unsupported_format`). Must
    not run in two threads at once.
    """
    count_unpacked(data, budget)
    document = _opened(data)
    try:
        return _blocks(document, budget)
    except (pdfium.PdfiumError, ctypes.ArgumentError, OverflowError, RecursionError):
        raise UnreadableDocument(
            RejectionReason.DAMAGED, "the PDF file is damaged: its pages cannot be read", _DAMAGED_HINT
        ) from None
    finally:
        document.close()


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = error.err_code
    if code == raw.FPDF_ERR_PASSWORD:
        raise UnreadableDocument(
            RejectionReason.ENCRYPTED,
            "the PDF file is locked with a password",
            "open it with the password and save it without one",
        )
    if code == raw.FPDF_ERR_SECURITY:
        raise UnreadableDocument(
            RejectionReason.ENCRYPTED,
            "the PDF file is locked in a way that cannot be opened here",
            "open it in the program that it was made for and print it to a new PDF file",
        )
    raise UnreadableDocument(RejectionReason.DAMAGED, "the PDF file is damaged or cut off", _DAMAGED_HINT)


def _blocks(document: pdfium.PdfDocument, budget: Budget) -> list[Block]:
    pages = list(_pages(document, budget))
    _refuse_without_text(pages)
    bodies = with_last_columns(without_furniture([page.items for page in pages], [page.height for page in pages]))
    noted = [
        [Paragraph(f"［第{number}页{page.flaw}］", page=number)] if page.flaw else body
        for number, (page, body) in enumerate(zip(pages, bodies, strict=True), 1)
    ]
    return blocks_of_items(noted, _titles(document))


def _pages(document: pdfium.PdfDocument, budget: Budget) -> Iterator[_Page]:
    for index in range(len(document)):
        budget.page()
        try:
            page = document[index]
        except pdfium.PdfiumError:
            yield _Page((), 0.0, _UNREADABLE_PAGE, is_blank=False)
            continue
        try:
            content = page_content(page, index + 1, budget)
        finally:
            page.close()
        text = "".join(glyph.char for glyph in content.glyphs if glyph.char != " ")
        flaw = None
        if len(text) < _FEWEST_CHARACTERS and content.has_picture:
            flaw = "是图片，没有文字"
        elif len(text) - len(_LEGIBLE.findall(text)) > _LARGEST_GARBAGE_SHARE * len(text):
            flaw = "的字体没有字符编码，文字无法识别"
        items = () if flaw else tuple(items_of(content))
        yield _Page(items, content.height, flaw, is_blank=content.is_blank)


def _refuse_without_text(pages: Sequence[_Page]) -> None:
    drawn = [page for page in pages if not page.is_blank]
    if not drawn:
        raise UnreadableDocument(
            RejectionReason.EMPTY, "the PDF file has blank pages only", "check that it was saved completely"
        )
    if sum(1 for page in drawn if page.items) >= _SMALLEST_TEXT_SHARE * len(drawn):
        return
    if all(page.flaw == _UNREADABLE_PAGE for page in drawn):
        raise UnreadableDocument(
            RejectionReason.DAMAGED, "the PDF file is damaged: none of its pages can be read", _DAMAGED_HINT
        )
    if any(page.flaw and page.flaw.startswith("的字体") for page in drawn):
        detail = "the fonts of the PDF file do not say which characters they print: its text is unreadable"
    else:
        detail = "the pages are pictures, without text"
    raise UnreadableDocument(RejectionReason.NO_TEXT, detail, _SCAN_HINT)


def _titles(document: pdfium.PdfDocument) -> dict[str, int]:
    """Return the titles that the bookmarks name, without blanks, and their levels, 1 the highest."""
    titles = dict[str, int]()
    for bookmark in islice(document.get_toc(), _MOST_BOOKMARKS):
        title = re.sub(r"\s", "", _title(bookmark))
        if title:
            titles.setdefault(title, bookmark.level + 1)
    return titles


def _title(bookmark: pdfium.PdfBookmark) -> str:
    try:
        return str(bookmark.get_title())
    except UnicodeDecodeError:
        return ""
