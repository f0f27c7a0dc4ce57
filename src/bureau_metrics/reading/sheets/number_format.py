"""A stored number and its number format → the text that a person sees in the cell: 12.3%, 1.2万, 2024-03-05."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from functools import lru_cache

GENERAL = "General"

# Formats that a workbook names by number only; 27 to 58 as Chinese workbooks mean them.
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    **dict.fromkeys((14, 15, 30, 31), "yyyy-mm-dd"),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "m月d日"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "yyyy年m月"),
    **dict.fromkeys((18, 20, 32, 34, 55), "h:mm"),
    **dict.fromkeys((19, 21, 33, 35, 56), "h:mm:ss"),
    22: "yyyy-mm-dd hh:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<filler>[_*].)|\[\$(?P<coin>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<place>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r"|(?P<percent>%)|(?P<power>[Ee][+-])|(?P<clock>[ymdhs]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|[\\!].|\[[^\]]*\]|[^;])*', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?[0-9.]+)$")
_SIGNIFICANT = 15
_LONGEST_PLAIN = 30
_LAST_DAY = 2958466  # 10000-01-01: the first day that a spreadsheet cannot show
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a cell has no time zone

Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)

    def holds(self, number: Decimal) -> bool:
        assert self.condition is not None
        sign, limit = self.condition
        less, equal = number < limit, number == limit
        return {"<": less, "<=": less or equal, "=": equal, "<>": not equal, ">": not (less or equal), ">=": not less}[
            sign
        ]


def built_in(number: int) -> str:
    """Return the format that a workbook means by a number without saying it."""
    return _BUILT_IN.get(number, GENERAL)


def number_text(value: float, code: str, *, from_1904: bool = False) -> str:
    """Return the text of a number cell as its format shows it; without thousands separators, dates as 2024-03-05."""
    number = _plain_number(value)
    if number is None:
        return ""
    sections = _sections(code or GENERAL)
    section = _section_for(number, sections)
    if section.has("clock"):
        return _moment_text(number, section, from_1904) or plain_text(number)
    if section.has("power") or ("other", "/") in section.tokens or section.has("text"):
        return plain_text(number)
    shown = _shown(abs(number), section)
    if not any(character.isdigit() for character in shown):
        return "0" if number == 0 and section.tokens else shown  # accountants print a zero as a dash
    return f"-{shown}" if number < 0 and any(digit in shown for digit in "123456789") else shown


def plain_text(number: Decimal) -> str:
    """Return a number without exponent, blanks or trailing zeros (18, 0.3)."""
    if abs(number.adjusted()) > _LONGEST_PLAIN:
        return str(number)
    return format(number.normalize(), "f") if number else "0"


def _plain_number(value: float) -> Decimal | None:
    """Return the number that was typed or computed, without the binary noise of its storage (0.1 + 0.2 is 0.3)."""
    try:
        number = Decimal(f"{value:.{_SIGNIFICANT}g}")
    except (DecimalException, ValueError, OverflowError):
        return None
    return number if number.is_finite() else None


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    sections = []
    end = 0
    while end <= len(code):
        match = _SECTION.match(code, end)
        assert match is not None
        sections.append(_section(match.group()))
        end = match.end() + 1
    return tuple(sections)


def _section(code: str) -> _Section:
    tokens: list[Token] = []
    condition = None
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "", match.group(match.lastgroup or 0)
        if kind == "bracket":
            found = _CONDITION.match(text)
            if found and found[2].count(".") < 2 and found[2].strip("-."):
                condition = (found[1], Decimal(found[2]))
            elif text and set(text.lower()) <= set("hms"):
                tokens.append(("clock", f"[{text.lower()}]"))
        elif kind in ("quoted", "escaped", "coin"):
            tokens.append(("literal", text))
        elif kind == "other" and text == "@":
            tokens.append(("text", text))
        elif kind != "filler":
            tokens.append((kind, text.lower() if kind == "clock" else text))
    return _Section(tuple(tokens), condition)


def _section_for(number: Decimal, sections: tuple[_Section, ...]) -> _Section:
    if any(section.condition for section in sections):
        others = [section for section in sections if section.condition is None]
        holding = (section for section in sections if section.condition and section.holds(number))
        return next(holding, others[0] if others else _section(GENERAL))
    numeric = [section for section in sections if not section.has("text")] or list(sections)
    if number < 0 and len(numeric) > 1:
        return numeric[1]
    return numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]


def _shown(number: Decimal, section: _Section) -> str:
    tokens = section.tokens
    if section.has("general"):
        return _joined(plain_text(number) if kind == "general" else _literal(kind, text) for kind, text in tokens)
    places = [index for index, (kind, _) in enumerate(tokens) if kind == "place"]
    if not places:
        return _joined(_literal(kind, text) for kind, text in tokens)
    point = next((index for index, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    decimals = [text for kind, text in tokens[point:] if kind == "place"]
    percents = sum(kind == "percent" for kind, _ in tokens)
    scaled = number.scaleb(2 * percents - 3 * _scaling_commas(tokens))
    try:
        rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    except DecimalException:
        return plain_text(scaled)
    whole, _, fraction = format(rounded, "f").partition(".")
    shown = _whole_part(whole.lstrip("0"), tokens[:point]) + _fraction_part(fraction, tokens[point:])
    return f"0{shown}" if shown.startswith(".") else shown


def _scaling_commas(tokens: tuple[Token, ...]) -> int:
    """Count the commas right behind the last digit of the whole part or of all: each divides by a thousand."""
    kinds = "".join({"place": "0", "comma": ",", "point": "."}.get(kind, " ") for kind, _ in tokens)
    return sum(len(commas) for commas in re.findall(r"(?<=[0.])(,+)(?=[. ]|$)", kinds.replace(" ,", ",")))


def _whole_part(digits: str, tokens: tuple[Token, ...]) -> str:
    """Fill the digits in from the right, past literals between them: 12345 as 0!.0000 is 1.2345."""
    places = [index for index, (kind, _) in enumerate(tokens) if kind == "place"] or [len(tokens)]
    first, last = places[0], places[-1]
    left = list(digits)
    parts = []
    for index in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[index]
        if kind == "place":
            if left or text == "0":
                parts.append(left.pop() if left else "0")
            if index == first:
                parts.extend(reversed(left))
        elif index < first or index > last or left or ("place", "0") in tokens[:index]:
            parts.append(_literal(kind, text))
    return "".join(reversed(parts)).lstrip(" ")


def _fraction_part(digits: str, tokens: tuple[Token, ...]) -> str:
    places = [text for kind, text in tokens if kind == "place"]
    kept = len(digits)
    while kept and digits[kept - 1] == "0" and places[kept - 1] != "0":
        kept -= 1
    shown = f".{digits[:kept]}" if kept else ""
    return (shown + "".join(_literal(kind, text) for kind, text in tokens)).rstrip(" ")


def _literal(kind: str, text: str) -> str:
    if kind == "percent":
        return "%"
    # Brackets and signs mark negative numbers, which get their own sign.
    return text if kind in ("literal", "other") and text not in tuple("()（）-+") else ""


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts).strip()


def _moment_text(number: Decimal, section: _Section, from_1904: bool) -> str | None:
    """Return a date or time as far as its format shows it: 2024-03-05, 2024年3月, 3月5日, 08:30."""
    if not 0 <= number < _LAST_DAY - 1462:
        return None
    clock = "".join(text for kind, text in section.tokens if kind == "clock")
    seconds = int((number * 86400).to_integral_value(ROUND_HALF_UP))
    if "[" in clock:
        return f"{seconds // 3600}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if "s" in clock else "")
    moment = _FIRST_DAY[from_1904] + timedelta(seconds=seconds)
    date = _date_text(moment, clock)
    if date and number < 1:
        return None
    time = f"{moment:%H:%M:%S}" if "s" in clock else f"{moment:%H:%M}"
    if "h" not in clock and "s" not in clock:
        return date
    if "h" not in clock:
        return f"{seconds // 60}:{seconds % 60:02}"
    return f"{date} {time}" if date and seconds % 86400 else date or time


def _date_text(moment: datetime, clock: str) -> str:
    if "y" in clock and "d" in clock:
        return f"{moment:%Y-%m-%d}"
    if "y" in clock:
        return f"{moment.year}年{moment.month}月" if "m" in clock else f"{moment.year}年"
    if "d" in clock:
        return f"{moment.month}月{moment.day}日" if "m" in clock else f"{moment.day}日"
    return f"{moment.month}月" if "h" not in clock and "s" not in clock else ""
