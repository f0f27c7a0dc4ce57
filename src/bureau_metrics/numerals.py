"""Numeral text to exact decimals; the only importer of cn2an.

cn2an is trusted with one thing only: a pure Chinese integer that the grammar has isolated. Arabic digits with 万 and 亿
multiply as decimals here, because cn2an's smart mode drops digits and returns floats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import cn2an

from bureau_metrics.traditional import simplified

FOLD = str.maketrans(
    {
        **{chr(0xFF10 + i): str(i) for i in range(10)},
        "％": "%",
        "﹪": "%",
        "．": ".",
        "＋": "+",
        "＆": "&",
        ";": "；",
        ":": "：",
        "(": "（",
        ")": "）",
        "∼": "~",
        "～": "~",
        "—": "-",
        "–": "-",
        "－": "-",
        "─": "-",
        "―": "-",
        "‐": "-",
        "‑": "-",
        "•": "·",
        "・": "·",
        "\u3000": " ",
        "\u00a0": " ",
        "\t": " ",
    }
)
"""Character folding, one to one, so that offsets never move."""
_FOLDED = tuple((chr(character), plain) for character, plain in FOLD.items())

# Half a surrogate pair is no character; the automata search UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")
_LIST_COMMA = re.compile(r",(?![0-9])|(?<![0-9]),")


def fold(text: str) -> str:
    """Return the text with its characters folded one to one: half-width punctuation, full-width digits, dashes.

    A half-width comma between digits stays, because it may group thousands; every other one becomes a full-width comma.
    """
    folded = simplified(_SURROGATE.sub("\ufffd", text))
    # One look for each character is faster than a table asked for every character of a text that has few of them.
    for character, plain in _FOLDED:
        folded = folded.replace(character, plain)
    return _LIST_COMMA.sub("，", folded) if "," in folded else folded


CHINESE = "〇零一二两三四五六七八九十百千万亿廿"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10**4), "亿": Decimal(10**8)}

# A scale behind Arabic digits: 万, 亿, 万亿, 千万; 百 and 千 alone only where they begin no unit (千瓦, 百分点).
_OF_UNIT = "[瓦克米伏焦卡分赫帕]"
SCALE = rf"(?:[十百千]?[万亿]{{1,2}}|百(?![分货米])|千(?!{_OF_UNIT}))"
# 1.2024年…: an enumerator glued to a year is two numerals.
_ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]+)(?:\.(?!(?:19|20)[0-9]{2}年)[0-9]+)?"
NUMERAL = re.compile(
    rf"{_ARABIC}(?:{SCALE}(?:[0-9]+(?:\.[0-9]+)?{SCALE})*)?"
    # 二十五千克, 一百千瓦: the 千 of a unit is no part of the number.
    rf"|[一二两三四五六七八九]千(?=米)|[{CHINESE}]+(?:(?<!千)|(?!{_OF_UNIT}))(?:点[〇零一二三四五六七八九]+[万亿]*)?"
    rf"|[{CHINESE}]+"
)
"""One numeral: Arabic digits (thousands separators, decimals, scales) or a run of Chinese numeral characters."""

_RUN = re.compile(rf"[0-9{CHINESE}]+")


def numeral_spans(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the numerals of a folded text, in order, end exclusive."""
    position = 0
    # Runs of the characters are found many times faster than the numerals, each of which begins in one.
    for run in _RUN.finditer(folded):
        start, stop = run.span()
        start = max(start, position)
        if stop - start == 1 and folded[start] in CHINESE and not folded.startswith("点", stop):
            yield start, stop
            continue
        while start < stop:
            match = NUMERAL.match(folded, start)
            assert match is not None
            yield match.span()
            start = position = match.end()


_LONGEST = 1000  # nobody wrote such a numeral, and its value may be beyond what can be held
_PART = re.compile(r"([0-9.]+)([十百千万亿]*)")
_ADJACENT = re.compile(r"(.*?)([一二两三四五六七八九])([二三四五六七八九])([十百千]?)([万亿]*)")


@dataclass(frozen=True, slots=True)
class Number:
    """The value of a numeral: one number (`lower == upper`), or two side by side that mean a range (三五 → 3 to 5)."""

    lower: Decimal
    upper: Decimal

    @property
    def is_range(self) -> bool:
        """Whether the numeral names two bounds rather than one value."""
        return self.lower != self.upper


@lru_cache(maxsize=4096)
def parse_numeral(text: str) -> Number | None:
    """Return the exact value of a folded numeral (`1,132.92亿`, `两千零五十`), or None where it has none."""
    if not text or len(text) > _LONGEST:
        return None
    if text[0] in "0123456789":
        return _exact(_arabic(text.replace(",", "").replace("，", "")))
    if "点" in text:
        return _exact(_spoken_decimal(text))
    return _adjacent(text) or _exact(_chinese_integer(text))


def _exact(value: Decimal | None) -> Number | None:
    return None if value is None else Number(value, value)


def _arabic(text: str) -> Decimal | None:
    total = Decimal(0)
    for digits, scales in _PART.findall(text):
        if digits.count(".") > 1:
            return None
        part = Decimal(digits)
        for scale in scales:
            part *= SCALES[scale]
        total += part
    return total


def _spoken_decimal(text: str) -> Decimal | None:
    whole, _, rest = text.partition("点")
    digits = rest.rstrip("万亿")
    integer = _chinese_integer(whole)
    if integer is None:
        return None
    value = integer + Decimal("0." + "".join(str(_DIGITS[c]) for c in digits))
    for scale in rest[len(digits) :]:
        value *= SCALES[scale]
    return value


def _chinese_integer(text: str) -> Decimal | None:
    if not any(c in SCALES or c == "廿" for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    scale = Decimal(1)
    # 百余 and 千名 leave the one unsaid; 百万 and 千亿 multiply.
    while text and text[0] in "百千万亿" and all(c in "百千万亿" for c in text):
        scale *= SCALES[text[0]]
        text = text[1:]
    if not text:
        return scale
    while len(text) > 2 and text[-1] in "万亿" and text[-2] in "万亿":
        # 四万万
        scale *= SCALES[text[-1]]
        text = text[:-1]
    try:
        return Decimal(cn2an.cn2an(("一" + text) if text[0] in "百千万亿" else text, "normal")) * scale
    except (ValueError, KeyError):
        return None


def _adjacent(text: str) -> Number | None:
    """Read 两三, 三五, 七八十, 十七八 as the two bounds of a range; 二〇二四 and 一二三 are none."""
    match = _ADJACENT.fullmatch(text)
    if match is None:
        return None
    head, low, high, scale, whole = match.groups()
    first, second = _DIGITS[low], _DIGITS[high]
    if (head and head[-1] not in SCALES) or (second - first != 1 and (first, second) != (3, 5)):
        return None
    base = _chinese_integer(head) if head else Decimal(0)
    if base is None:
        return None
    step = SCALES[scale] if scale else Decimal(1)
    if head and head[-1] in "百千万亿" and not scale:
        # 一百二三十: the digits stand in the place that the scale behind them names; without one, one below the head.
        step = Decimal(1) if whole else SCALES[head[-1]] / 10
    # 十七八万: 万 and 亿 at the end multiply all of it.
    factor = Decimal(1)
    for character in whole:
        factor *= SCALES[character]
    return Number((base + first * step) * factor, (base + second * step) * factor)
