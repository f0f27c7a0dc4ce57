"""PDF page → its glyphs, ruling lines and pictures, turned upright and measured from the top left corner in points."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.pdf.unified import unified

_MOST_GLYPHS = 200_000
_MOST_RULINGS = 20_000
_MOST_EDGES_OF_A_PATH = 2000
_DEEPEST_FORM = 5
_CHECKED_EVERY = 1000
_STRAIGHT = 1.0
_THICKEST_RULING = 3.0
_SHORTEST_RULING = 4.0
_LARGE_GLYPH = 1.5
_LIGHT = 0.7
_TRANSPARENT = 0.6
_TURNED_ASTRAY = math.radians(5)
_PICTURE_OF_A_PAGE = 0.25
_HYPHENS = (0x02, 0xAD)  # PDFium says 2 for a hyphen at the end of a line
_UNSEEN = (0x0D, 0x0A, 0x200B, 0xFEFF)
_UNKNOWN = (0, 0xFFFE, 0xFFFF)
_LAST_CHARACTER = 0x10FFFF


class Glyph(NamedTuple):
    """A character, or a blank, and its box; `base` is the baseline, from the top; `order` is its place in the file."""

    char: str
    left: float
    right: float
    base: float
    size: float
    order: int


class Ruling(NamedTuple):
    """A straight line along one axis: where it stands on the other axis, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on a page; `is_blank` when nothing is drawn on it at all."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]
    has_picture: bool
    is_blank: bool


@dataclass(frozen=True, slots=True)
class _Upright:
    """Turns points of a page whose text runs in one of four directions (quarter turns, counter-clockwise)."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarters == 0:
            return x - self.left, self.top - y
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


def page_content(page: pdfium.PdfPage, number: int, budget: Budget) -> PageContent:
    """Return what stands on a page, without watermarks (turned askew, or large and light)."""
    text_page = page.get_textpage()
    try:
        count = max(0, text_page.count_chars())
        _refuse_crowd(count, number)
        budget.unpack(4 * count)
        directions = [_direction(text_page, index) for index in range(count)]
        quarters = _main_direction(directions)
        upright = _Upright(quarters, *page.get_mediabox())
        kept = [index for index, direction in enumerate(directions) if direction == quarters]
        budget.check()
        glyphs = tuple(_without_light(text_page, list(_glyphs(text_page, kept, upright))))
    finally:
        text_page.close()
    horizontal, vertical = _rulings(page, upright, budget)
    area, objects = _pictures(page)
    width, height = upright.size
    has_picture = area > _PICTURE_OF_A_PAGE * width * height
    return PageContent(number, width, height, glyphs, horizontal, vertical, has_picture, not objects)


def _refuse_crowd(count: int, number: int) -> None:
    if count > _MOST_GLYPHS:
        raise UnreadableDocument(
            RejectionReason.TOO_LARGE,
            f"page {number} holds {count:,} characters, more than the {_MOST_GLYPHS:,} that a page may have",
            "print the report to a new PDF file with ordinary pages",
        )


def _direction(text_page: pdfium.PdfTextpage, index: int) -> int | None:
    """Return the quarter turns of a glyph, or None where it stands askew or is made up by the library."""
    if raw.FPDFText_IsGenerated(text_page, index) == 1:
        return None
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text_page, index, matrix):
        return None
    angle = math.atan2(matrix.b, matrix.a)
    quarters = round(angle / (math.pi / 2))
    return quarters % 4 if abs(angle - quarters * math.pi / 2) < _TURNED_ASTRAY else None


def _main_direction(directions: list[int | None]) -> int:
    counted = Counter(direction for direction in directions if direction is not None)
    return counted.most_common(1)[0][0] if counted else 0


def _glyphs(text_page: pdfium.PdfTextpage, indexes: list[int], upright: _Upright) -> Iterator[Glyph]:
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = raw.c_double(), raw.c_double()
    for index in indexes:
        char = _char(raw.FPDFText_GetUnicode(text_page, index))
        if not raw.FPDFText_GetLooseCharBox(text_page, index, box) or not char:
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        raw.FPDFText_GetMatrix(text_page, index, matrix)
        size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
        first, _ = upright.point(box.left, box.bottom)
        second, _ = upright.point(box.right, box.top)
        _, base = upright.point(x.value, y.value)
        if all(map(math.isfinite, (first, second, base, size))) and size > 0:
            yield Glyph(char, min(first, second), max(first, second), base, size, index)


def _char(code: int) -> str:
    if code in _UNKNOWN or 0xD800 <= code < 0xE000:  # no character is known for the glyph
        return "\ufffd"
    if code in _HYPHENS:
        return "-"
    if code in _UNSEEN or code > _LAST_CHARACTER:
        return ""
    char = chr(code)
    return " " if char.isspace() else unified(char)


def _without_light(text_page: pdfium.PdfTextpage, glyphs: list[Glyph]) -> Iterator[Glyph]:
    """Leave out large pale letters; pale ones of ordinary size are the heads of coloured tables."""
    usual = median(glyph.size for glyph in glyphs) if glyphs else 0.0
    for glyph in glyphs:
        if glyph.size < _LARGE_GLYPH * usual or not _is_light(text_page, glyph.order):
            yield glyph


def _is_light(text_page: pdfium.PdfTextpage, index: int) -> bool:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not raw.FPDFText_GetFillColor(text_page, index, red, green, blue, alpha):
        return False
    brightness = (0.3 * red.value + 0.6 * green.value + 0.1 * blue.value) / 255
    return brightness > _LIGHT or alpha.value < _TRANSPARENT * 255


def _pictures(page: pdfium.PdfPage) -> tuple[float, int]:
    """Return the area of the pictures on a page, and how many things are drawn on it."""
    area, count = 0.0, 0
    for count, drawn in enumerate(page.get_objects(max_depth=1), 1):
        if drawn.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            left, bottom, right, top = drawn.get_bounds()
            area += abs((right - left) * (top - bottom))
        if count > _MOST_RULINGS:
            break
    return area, count


def _rulings(page: pdfium.PdfPage, upright: _Upright, budget: Budget) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...]]:
    """Return the horizontal and the vertical lines of a page; none at all from a drawing with very many of them."""
    horizontal, vertical = list[Ruling](), list[Ruling]()
    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST_FORM)
    for count, path in enumerate(paths):
        if count % _CHECKED_EVERY == 0:
            budget.check()
        for start, end in _edges(path):
            (x0, y0), (x1, y1) = upright.point(*start), upright.point(*end)
            if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _SHORTEST_RULING:
                horizontal.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _SHORTEST_RULING:
                vertical.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        if count > _MOST_RULINGS or len(horizontal) + len(vertical) > _MOST_RULINGS:
            return (), ()
    return tuple(horizontal), tuple(vertical)


Point = tuple[float, float]


def _edges(path: pdfium.PdfObject) -> Iterator[tuple[Point, Point]]:
    """Yield the straight strokes of a path; a thin filled box is a stroke, a large one is a coloured ground."""
    fill, stroke = c_int(), c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or raw.FPDFPath_CountSegments(path) > _MOST_EDGES_OF_A_PATH:
        return
    for outline in _outlines(path):
        if stroke.value:
            yield from pairwise(outline)
        elif fill.value and len(outline) > 2:
            xs, ys = [x for x, _ in outline], [y for _, y in outline]
            left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
            if min(right - left, top - bottom) <= _THICKEST_RULING:
                x, y = (left + right) / 2, (bottom + top) / 2
                yield ((left, y), (right, y)) if right - left > top - bottom else ((x, bottom), (x, top))


def _outlines(path: pdfium.PdfObject) -> Iterator[list[Point]]:
    matrices = list(_matrices(path))
    outline = list[Point]()
    x, y = c_float(), c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        for matrix in matrices:
            point = matrix.on_point(*point)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield outline
            outline = []
        outline.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    yield outline


def _matrices(path: pdfium.PdfObject) -> Iterator[pdfium.PdfMatrix]:
    drawn = path
    while drawn is not None:
        yield drawn.get_matrix()
        drawn = drawn.container
