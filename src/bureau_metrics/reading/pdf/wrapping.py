"""Where a line of a page goes on in the next one, and how the two are put together again."""

from __future__ import annotations

import re

from bureau_metrics.reading.pdf.lines import Line

_TOLERANCE = 0.3
_OPEN_TOLERANCE = -2.0
_HYPHENATED = re.compile(r"[A-Za-z]-$")


def wraps(line: Line, following: Line, right: float, *, is_open: bool = False) -> bool:
    """Return whether a line is full: the first word of the next one would not have fitted before the right margin.

    Where the sentence is open at the end of the line (`is_open`), a line that is nearly full is taken as full: what may
    stand where differs from program to program (4508家 as one word).
    """
    tolerance = _OPEN_TOLERANCE if is_open else _TOLERANCE
    return line.right + following.word > right + tolerance * line.size


def wrapped(text: str, following: str, ends_blank: bool = False) -> str:
    """Return two lines as one: 12⏎34家 is one number, two Latin words stay two, a hyphen at the end goes."""
    if not text or not following:
        return text + following
    last, first = text[-1], following[0]
    if not (last.isascii() and first.isascii()):
        return text + following
    if _HYPHENATED.search(text) and first.islower():
        return text[:-1] + following
    is_number = (last.isdigit() or last in ".,") and (first.isdigit() or first in ".,%")
    if is_number and not ends_blank:
        return text + following
    return f"{text} {following}"
