"""Automatic numbers of paragraphs, written out as the reader of the page sees them: "一、", "（二）", "3."."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bureau_metrics.reading.word.package import Element, attribute, child, is_on, name_of, number_of, value_of

_LEVELS = 9
_LONGEST_PATTERN = 60  # it is repeated at every paragraph of the list
_PLACE = re.compile(r"%([1-9])")
# Whatever these end, the page sets no visible gap after them, although a tab follows.
_WIDE_END = re.compile(r"[、，。．：）】〕》]$")
_DIGIT_AT_END = re.compile(r"[0-9.．]$")

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = {"chineseLegalSimplified": "零壹贰叁肆伍陆柒捌玖", "ideographLegalTraditional": "零壹貳參肆伍陸柒捌玖"}
_STEMS = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_POSITIONAL = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}
_COUNTING = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
# Number format → the first sign and how many follow it.
_SIGNS = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def numeral(number: int, number_format: str) -> str:
    """Return a number in a number format of Word; in one that nobody uses in Chinese text, in plain digits."""
    if number_format in ("none", "bullet"):
        return ""
    if number_format in _COUNTING:
        return _counted(number, _DIGITS, "十百千")
    if number_format in _FORMAL_DIGITS:
        return _counted(number, _FORMAL_DIGITS[number_format], "拾佰仟")
    if number_format in _POSITIONAL:
        return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))
    if number_format.endswith("Letter"):
        return _cased(chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 % 9 + 1), number_format)
    if number_format.endswith("Roman"):
        return _cased(_roman(number), number_format)
    return _sign(number, number_format)


def _sign(number: int, number_format: str) -> str:
    if number_format in _STEMS:
        stems = _STEMS[number_format]
        return stems[(number - 1) % len(stems)]
    first, count = _SIGNS.get(number_format, ("", 0))
    if 1 <= number <= count:
        return chr(ord(first) + number - 1)
    plain = f"{number:02}" if number_format == "decimalZero" else str(number)
    return plain.translate(_WIDE) if number_format.startswith("decimalFullWidth") else plain


def _counted(number: int, digits: str, places: str) -> str:
    if not 0 < number < 10_000:
        return str(number)
    words, zero = "", False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit == "0":
            zero = bool(words)
            continue
        words += ("零" if zero else "") + digits[int(digit)] + (places[place - 1] if place else "")
        zero = False
    return words[1:] if 10 <= number < 20 and places[0] == "十" else words


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    letters = ""
    for worth, letter in _ROMAN:
        letters += letter * (number // worth)
        number %= worth
    return letters


def _cased(letters: str, number_format: str) -> str:
    return letters.lower() if number_format.startswith("lower") else letters


@dataclass(frozen=True, slots=True)
class NumberedLevel:
    """One level of a list: where it starts, how its number is written, and before which levels it starts anew."""

    start: int = 1
    number_format: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    plain_digits: bool = False
    gap: bool = True
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A `w:num`: the definition that it counts in, levels and starts of its own."""

    definition: str
    levels: dict[int, NumberedLevel]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, _List] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, number_id: str, style: str) -> int:
        """Return the level of a list that belongs to a paragraph style (from 0)."""
        known = self.lists.get(number_id)
        levels = known.levels if known else {}
        return next((index for index, level in levels.items() if level.style == style), 0)

    def label(self, number_id: str, index: int) -> str:
        """Count one paragraph and return its number with what separates it from the text; "" for a bullet."""
        known = self.lists.get(number_id)
        if known is None or not 0 <= index < _LEVELS:
            return ""
        counters = self.counters.setdefault(known.definition, [None] * _LEVELS)
        level = known.levels.get(index, NumberedLevel())
        if index in known.starts and (number_id, index) not in self.started:
            counters[index] = None
        self.started.add((number_id, index))
        before = counters[index]
        counters[index] = known.starts.get(index, level.start) if before is None else before + 1
        for deeper in range(index + 1, _LEVELS):
            restart = known.levels.get(deeper, NumberedLevel()).restart
            if restart is None or index < restart:
                counters[deeper] = None
        return _written(known, level, counters)


def _written(known: _List, level: NumberedLevel, counters: list[int | None]) -> str:
    if level.number_format == "bullet":
        return ""

    def number(place: re.Match[str]) -> str:
        index = int(place[1]) - 1
        shown = known.levels.get(index, NumberedLevel())
        count = counters[index]
        return numeral(
            shown.start if count is None else count, "decimal" if level.plain_digits else shown.number_format
        )

    label = _PLACE.sub(number, level.pattern).strip()
    return with_gap(label) if level.gap else label


def with_gap(label: str) -> str:
    """Return the number of a paragraph with the blank that stands between it and the text, if there is one."""
    return f"{label} " if label and not _WIDE_END.search(label) else label


def numbered(label: str, text: str) -> str:
    """Return a text with its number before it, never so that two numbers become one ("1." and "2024年")."""
    if label and _DIGIT_AT_END.search(label) and text[:1].isdigit():
        return f"{label} {text}"
    return label + text


def numbering_of(root: Element | None, lists_of_styles: dict[str, str]) -> Numbering:
    """Return the lists that numbering.xml defines; `lists_of_styles` are the lists that numbering styles refer to."""
    definitions = dict[str, Element]()
    numbers = dict[str, Element]()
    for element in root if root is not None else ():
        if name_of(element) == "abstractNum":
            definitions[attribute(element, "abstractNumId") or ""] = element
        elif name_of(element) == "num":
            numbers[attribute(element, "numId") or ""] = element
    targets = {number_id: value_of(element, "abstractNumId") or "" for number_id, element in numbers.items()}
    lists = dict[str, _List]()
    for number_id, element in numbers.items():
        target = targets[number_id]
        style = value_of(definitions.get(target), "numStyleLink")
        if style is not None:  # the definition stands elsewhere, behind a style
            target = targets.get(lists_of_styles.get(style, ""), target)
        lists[number_id] = _list_of(element, target, definitions.get(target))
    return Numbering(lists)


def _list_of(number: Element, target: str, definition: Element | None) -> _List:
    levels = _levels_in(definition) if definition is not None else {}
    starts = dict[int, int]()
    for override in number:
        index = number_of(attribute(override, "ilvl"))
        if name_of(override) != "lvlOverride" or index is None:
            continue
        levels.update(_levels_in(override))
        start = number_of(value_of(override, "startOverride"))
        if start is not None:
            starts[index] = start
    return _List(target, levels, starts)


def _levels_in(parent: Element) -> dict[int, NumberedLevel]:
    found = dict[int, NumberedLevel]()
    for level in parent:
        index = number_of(attribute(level, "ilvl"))
        if name_of(level) == "lvl" and index is not None and 0 <= index < _LEVELS:
            found[index] = _level_of(level)
    return found


def _level_of(level: Element) -> NumberedLevel:
    start = number_of(value_of(level, "start"))
    # A format of Word's own ("001, 002") stands in an alternative; its fallback is digits.
    number_format = value_of(level, "numFmt") or value_of(level, "AlternateContent", "Fallback", "numFmt") or "decimal"
    return NumberedLevel(
        start=0 if start is None else start,
        number_format=number_format,
        pattern=(value_of(level, "lvlText") or "")[:_LONGEST_PATTERN],
        restart=number_of(value_of(level, "lvlRestart")),
        plain_digits=bool(is_on(child(level, "isLgl"))),
        gap=value_of(level, "suff") != "nothing",
        style=value_of(level, "pStyle"),
    )
