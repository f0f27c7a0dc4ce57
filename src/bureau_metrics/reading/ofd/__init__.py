"""OFD documents (GB/T 33190): text that stands at places of a page → paragraphs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import ofdkit

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.ofd.positioned_lines import PositionedLine, paragraphs
from bureau_metrics.reading.zip_package import ZipPackage, damage_told, refuse_many_tags

_KIND = "an OFD document"
_COMPOSITE, _UNIT = b"CompositeObject", b"CompositeGraphicUnit"
_DEEPEST = 32
_MOST_ELEMENTS = 10_000_000
# Lengths in font sizes: runs of one line, a blank between words, cells of a row; in millimetres: off the page.
_SAME_LINE = 0.5
_WORD_GAP = 0.25
_CELL_GAP = 1.5
_OFF_PAGE = 2.0
_SMALLEST = 1.0
_CELL_JOINT = "  "


def blocks_of_ofd(data: bytes, budget: Budget) -> list[Block]:
    """Return the paragraphs of an OFD document, page by page; raises UnreadableDocument (`no_text` for a scan)."""
    _refuse_unsafe(ZipPackage(data, budget, _KIND))
    with damage_told(_KIND):
        try:
            lines = list(_lines(data, budget))
        except ofdkit.OFDLimitError:
            raise _unsafe("parts that are too large or declare XML entities") from None
    found = paragraphs(lines)
    if not any(paragraph.text for paragraph in found):
        raise UnreadableDocument(
            RejectionReason.NO_TEXT,
            "an OFD document without text, most likely scanned pages",
            "recognise its text with an OCR program, or give the document that it was made from",
        )
    return list(found)


def _unsafe(what: str) -> UnreadableDocument:
    return UnreadableDocument(
        RejectionReason.UNSAFE, f"{_KIND} with {what}", "print it anew from its source and give that file"
    )


def _refuse_unsafe(package: ZipPackage) -> None:
    """Unpack all parts once within the budget, and refuse graphics that would be drawn millions of times."""
    largest, most_uses = 0, 0
    for name in package.names():
        part = package.bytes_of(name).replace(b"\0", b"")
        if part.lstrip()[:1] == b"<":
            refuse_many_tags(part)
        if _UNIT in part:
            largest = max(largest, _largest_unit(package, name) if _COMPOSITE in part else part.count(b"<"))
        most_uses = max(most_uses, part.count(_COMPOSITE))
    if largest * most_uses > _MOST_ELEMENTS:
        raise _unsafe("graphics within graphics without end")


def _largest_unit(package: ZipPackage, name: str) -> int:
    """Return the most elements that one graphic comes to with the graphics inside it, as deep as they are followed."""
    units: dict[str, tuple[int, list[str]]] = {}
    for unit in package.root(name).iter("{*}CompositeGraphicUnit"):
        inner = [element.get("ResourceID", "") for element in unit.iter("{*}CompositeObject")]
        units[unit.get("ID", "")] = (sum(1 for _ in unit.iter()), inner)
    sizes = dict.fromkeys(units, 0)
    for _ in range(_DEEPEST):
        sizes = {
            key: min(_MOST_ELEMENTS + 1, own + sum(sizes.get(other, 0) for other in inner))
            for key, (own, inner) in units.items()
        }
    return max(sizes.values(), default=0)


def _lines(data: bytes, budget: Budget) -> Iterator[PositionedLine]:
    with ofdkit.open(data) as document:
        pages = list(document.pages)
        document.pages.clear()  # each page is forgotten once it is read
        for number in range(1, len(pages) + 1):
            budget.page()
            page = pages.pop(0)
            for runs in _runs_by_line(_visible_runs(page)):
                line = _line(runs, number)
                if line.text:
                    yield line


def _visible_runs(page: ofdkit.Page) -> list[ofdkit.TextRun]:
    """Return the runs on the page, each once: bold print is often the same run drawn twice."""
    left, top, width, height = page.box
    runs: dict[tuple[str, int, int], ofdkit.TextRun] = {}
    for run in page.runs:
        on_page = -_OFF_PAGE <= run.x - left <= width + _OFF_PAGE and -_OFF_PAGE <= run.y - top <= height + _OFF_PAGE
        if on_page and run.text.strip():
            runs.setdefault((run.text, round(run.x * 2), round(run.y * 2)), run)
    return list(runs.values())


def _runs_by_line(runs: Sequence[ofdkit.TextRun]) -> Iterator[list[ofdkit.TextRun]]:
    line: list[ofdkit.TextRun] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        if line and run.y - line[0].y > _SAME_LINE * max(min(run.size, line[0].size), _SMALLEST):
            yield sorted(line, key=lambda run: run.x)
            line = []
        line.append(run)
    if line:
        yield sorted(line, key=lambda run: run.x)


def _line(runs: Sequence[ofdkit.TextRun], page: int) -> PositionedLine:
    pieces = [runs[0].text]
    for before, run in itertools.pairwise(runs):
        gap = (run.x - before.x - before.width) / max(min(before.size, run.size), _SMALLEST)
        if gap > _CELL_GAP:
            pieces.append(run.text)
        elif gap > _WORD_GAP and pieces[-1][-1].isascii() and run.text[0].isascii():
            pieces[-1] += f" {run.text}"
        else:
            pieces[-1] += run.text
    pieces = [piece.strip() for piece in pieces]
    spaced = all(len(piece) == 1 and not piece.isascii() for piece in pieces)  # 工  作  总  结: a title set wide
    return PositionedLine(
        text=("" if spaced else _CELL_JOINT).join(pieces),
        x0=runs[0].x,
        x1=max(run.x + run.width for run in runs),
        y=runs[0].y,
        size=max(run.size for run in runs),
        page=page,
        is_row=len(pieces) > 1 and not spaced,
    )
