"""The bytes of one source → its canonical text and layout, by the format that they declare themselves to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block, compose
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.plain_text import canonical, decode
from bureau_metrics.reading.recognition import TEXT, Format, recognise
from bureau_metrics.text_layout import NO_LAYOUT, TextLayout

# Format → the module and function that read it; loaded when first needed, since some libraries are large.
_READERS = {
    "pdf": ("pdf", "blocks_of_pdf"),
    "docx": ("word", "blocks_of_word"),
    "doc": ("word.old", "blocks_of_old_word"),
    "rtf": ("rich_text", "blocks_of_rich_text"),
    "xlsx": ("sheets", "blocks_of_spreadsheet"),
    "xlsb": ("sheets", "blocks_of_spreadsheet"),
    "xls": ("sheets", "blocks_of_spreadsheet"),
    "ods": ("sheets", "blocks_of_spreadsheet"),
    "ofd": ("ofd", "blocks_of_ofd"),
}
_WEB_PAGES = ("html", "mhtml")


@dataclass(frozen=True, slots=True)
class ReadText:
    """What was read: the format's name, its encoding, the canonical text and where everything stands in it."""

    format: str
    encoding: str
    text: str
    layout: TextLayout = NO_LAYOUT


def text_of(data: bytes, budget: Budget) -> ReadText:
    """Return the text of a source's bytes; raises UnreadableDocument with the reason why there is none."""
    format_ = recognise(data)
    if format_ is None:
        return _plain(data, budget)
    if format_.name in _WEB_PAGES:
        return _web_page(data, format_, budget)
    if format_.name == "encrypted":
        raise UnreadableDocument(RejectionReason.ENCRYPTED, "protected by a password", format_.hint)
    if format_.name not in _READERS:
        raise UnreadableDocument(
            RejectionReason.UNSUPPORTED_FORMAT, f"{format_.title}, which cannot be read", format_.hint
        )
    return _composed(format_.name, "", _reader(format_.name)(data, budget))


def _reader(name: str) -> Callable[[bytes, Budget], list[Block]]:
    module, function = _READERS[name]
    reader: Callable[[bytes, Budget], list[Block]] = getattr(
        import_module(f"bureau_metrics.reading.{module}"), function
    )
    return reader


def _plain(data: bytes, budget: Budget) -> ReadText:
    """Read plain text: as it is, tables among its lines, or as the table or the Markdown that it plainly is."""
    from bureau_metrics.reading.delimited import blocks_of_delimited, is_delimited
    from bureau_metrics.reading.markdown import blocks_of_markdown, is_markdown
    from bureau_metrics.reading.text_tables import layout_of_text

    decoded, encoding = decode(data)
    text = canonical(decoded)
    if is_delimited(text):
        return _composed("csv", encoding, blocks_of_delimited(text, budget))
    if is_markdown(text):
        return _composed("md", encoding, blocks_of_markdown(text, budget))
    return ReadText(TEXT, encoding, text, layout_of_text(text))


def _web_page(data: bytes, format_: Format, budget: Budget) -> ReadText:
    from bureau_metrics.reading.web import blocks_of_web_page, objection_to_page

    page = blocks_of_web_page(data, budget)
    objection = objection_to_page(page)
    if objection is not None:
        raise UnreadableDocument(
            RejectionReason.NOT_A_REPORT, objection, "save the page of the report itself, or name it in a manifest"
        )
    return _composed(format_.name, page.encoding, page.blocks)


def _composed(name: str, encoding: str, blocks: list[Block]) -> ReadText:
    text, layout = compose(blocks)
    return ReadText(name, encoding, canonical(text), layout)
