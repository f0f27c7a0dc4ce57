"""How a figure is printed: Arabic or Chinese numerals, in full or in 万 and 亿, with its counter, exact or bounded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from benchmarks.reports.figures import Number
from benchmarks.reports.style import Style
from benchmarks.reports.words import MetricWords

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
WAN, YI = 10_000, 100_000_000
HAN_UP_TO = 99


@dataclass(frozen=True)
class Printed:
    """A printed figure and what it means."""

    text: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str = "exact"


def plain(value: Number) -> str:
    """Return digits without an exponent or idle zeros."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def han(value: int) -> str:
    """Write a whole number below 10,000 in Chinese: 105 → 一百零五, 12 → 十二."""
    digits = str(value)
    text = ""
    for place, digit in enumerate(digits):
        power = len(digits) - place - 1
        if digit != "0":
            text += DIGITS[int(digit)] + PLACES[power]
        elif text and not text.endswith("零") and digits[place:].strip("0"):
            text += "零"
    return text.removeprefix("一") if 10 <= value < 20 else text or "零"


def counted(value: int, counter: str, style: Style) -> tuple[str, str]:
    """Return numeral and counter of a count, as the bureau writes them."""
    if style.han and 0 < value <= HAN_UP_TO:
        return "两" if value == 2 else han(value), counter
    if value >= WAN and style.wan:
        size, word = (YI, "亿") if value >= YI else (WAN, "万")
        return plain(Decimal(value) / size), word + counter
    return str(value), counter


def of_money(value: int, style: Style) -> tuple[str, str]:
    if value >= YI and style.wan:
        return plain(Decimal(value) / YI), "亿元"
    return plain(Decimal(value) / WAN), "万元"


def numeral_and_unit(value: Number, words: MetricWords, style: Style) -> tuple[str, str]:
    if words.rate:
        return plain(value), "%"
    if words.money:
        return of_money(int(value), style)
    return counted(int(value), style.counter.get(words.id, words.unit), style)


def exact(value: Number, words: MetricWords, style: Style) -> Printed:
    """Print a figure as it is."""
    numeral, unit = numeral_and_unit(value, words, style)
    number = Decimal(value)
    return Printed(numeral + unit, number, None, None)


def step_of(value: int) -> int:
    return int(10 ** max(len(str(value)) - 2, 1))


def bounded(value: int, kind: str, words: MetricWords, style: Style) -> Printed | None:
    """Print a round figure that bounds the true one: 500余家, 超过500家, 近500家. None where it is round already."""
    step = step_of(value)
    below, above = value // step * step, -(-value // step) * step
    if below in {above, 0}:
        return None
    said = above if kind == "nearly" or (kind == "about" and above - value < value - below) else below
    numeral, unit = numeral_and_unit(said, words, style)
    number = Decimal(said)
    if kind == "nearly":
        return Printed(f"近{numeral}{unit}", number, None, number, "nearly")
    if kind == "about":
        return Printed(f"约{numeral}{unit}", number, None, None, "about")
    text = f"超过{numeral}{unit}" if kind == "exceeds" or words.money else surplus(numeral, unit)
    return Printed(text, number, number, None, "more_than")


def surplus(numeral: str, unit: str) -> str:
    """Put 余 where it belongs: 500余家, 1.2万余家."""
    return f"{numeral}万余{unit[1:]}" if unit.startswith("万") else f"{numeral}余{unit}"
