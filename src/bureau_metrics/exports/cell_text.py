"""One value as the text of a CSV cell: exact, and harmless in a spreadsheet."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from bureau_metrics.models import plain, plain_decimal

_SIGNS = frozenset("=+-@＝＋－＠\ufeff\u200b")
_STARTS_A_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")


def cell_text(value: Any) -> str:
    """Return a value as a CSV cell: null blank, decimals plain, text that would run as a formula behind an apostrophe.

    A number stays a number, a negative one too, and so does a text that is nothing but a number.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if is_formula(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return str(plain(value))


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet may run a text as a formula.

    So it may with a sign at the front, also a full-width one (＝) or one behind blanks, and with a tab or a line end,
    which it drops.
    """
    if text[:1] not in _SIGNS and not text[:1].isspace():
        return False
    return _STARTS_A_FORMULA.match(text) is not None and not _NUMBER.fullmatch(text)
