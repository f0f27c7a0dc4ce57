"""The characters of a Word document: its text elements, symbols and formulas as one would type them."""

from __future__ import annotations

import re

from bureau_metrics.reading.word.package import Element, attribute, name_of

_FORMULA_SIGNS = {"den": "/", "sup": "^", "sub": "_"}
_LAYOUT_BLANKS = re.compile(r"[\t\r\n]+")
# Signs without a width of their own would stand inside numbers: soft hyphens, joiners, byte-order marks.
_UNSEEN = str.maketrans({"\u00a0": " ", "\u2011": "-"} | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PRIVATE = range(0xF000, 0xF100)
_SYMBOL_FONT = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0x6D: "μ"}


def plain_text(element: Element, raised: bool) -> str:
    """Return the text of a `w:t`; digits that are `raised` become raised characters, so that 10⁴ is no 104."""
    text = element.text or ""
    if attribute(element, "space") != "preserve":
        text = text.strip(" \t\r\n")
    text = _LAYOUT_BLANKS.sub(" ", text).translate(_UNSEEN)
    return text.translate(_RAISED) if raised and text.isascii() and text.isdigit() else text


def symbol(element: Element) -> str:
    """Return the character of a symbol; one that only its font knows leaves a blank, so that numbers stay apart."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return " "
    if code in _PRIVATE or attribute(element, "font") == "Symbol":
        return _SYMBOL_FONT.get(code & 0xFF, " ") if attribute(element, "font") == "Symbol" else " "
    return chr(code) if code < 0xD800 or 0xF900 <= code < 0x110000 else " "


def formula(element: Element) -> str:
    """Return a formula in one line, 1/2 and 10^4."""
    parts = (_FORMULA_SIGNS.get(name_of(e), (e.text or "") if name_of(e) == "t" else "") for e in element.iter())
    return "".join(parts).strip()
