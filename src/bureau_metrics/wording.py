"""What coded terms are called where people read Chinese: `more_than` → 超过. The words stand in `data/wording.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.resources import files

from bureau_metrics.models import plain_decimal


@cache
def wording() -> dict[str, dict[str, str]]:
    """Return all words: by kind of term (`measure`, `severity`, …), then by term."""
    resource = files("bureau_metrics") / "data" / "wording.toml"
    return tomllib.loads(resource.read_text(encoding="utf-8"))


def word_for(kind: str, term: str) -> str:
    """Return the Chinese word of a term, or the term itself where there is none."""
    return wording()[kind].get(term, term)


def heading_in_words(name: str, measure: str | None, scope: str | None, units: Iterable[str]) -> str:
    """Return what a column of figures is called: name, measure and scope where given, and its units in brackets."""
    parts = [name]
    parts += [word_for(kind, term) for kind, term in (("measure", measure), ("scope", scope)) if term]
    printed = sorted(set(units) - {""})
    return "·".join(parts) + (f"（{'/'.join(printed)}）" if printed else "")


def number_in_words(value: Decimal | None, lower: Decimal | None, upper: Decimal | None, qualifier: str) -> str:
    """Return a figure as people write it: its number behind its qualifier, or its bounds where it has no number."""
    if value is not None:
        return word_for("qualifier", qualifier).format(number=grouped(value))
    sides = {name: grouped(bound) for name, bound in (("lower", lower), ("upper", upper)) if bound is not None}
    shape = "both" if len(sides) == 2 else next(iter(sides), "neither")
    return word_for("bounds", shape).format(**sides)


def reading_in_words(reading: str) -> str:
    """Return how to read a figure as people say it: `more_than` → 超过, `range 3..5` → 3～5, nothing for nothing."""
    codes, _, whom = reading.partition("relative_to=")
    words: list[str] = []
    for code in codes.split():
        lower, dots, upper = code.partition("..")
        if not dots:
            words.append(word_for("reading", code))
        elif lower and upper:
            words[-1:] = [f"{words[-1]} {lower}～{upper}".strip()] if words else [f"{lower}～{upper}"]
        else:  # one bound says by itself what the qualifier before it says: at_most ..5
            words[-1:] = [word_for("bounds", "lower" if lower else "upper").format(lower=lower, upper=upper)]
    if whom:
        words.append(word_for("reading", "relative_to").format(whom=whom))
    return "，".join(filter(None, words))


def finding_figure_in_words(figure: str) -> str:
    """Return a figure of the audit in Chinese: `at_least 10 场` → 至少 10 场, `3..5 次` → 3～5 次."""
    return _BETWEEN_BOUNDS.sub(
        "～", _finding_words().sub(lambda code: word_for("finding_figure", code[0]), figure)
    ).strip()


_BETWEEN_BOUNDS = re.compile(r"(?<=\d)\.\.(?=\d)")


@cache
def _finding_words() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, wording()['finding_figure']))})\b")


def grouped(value: Decimal) -> str:
    """Return a decimal with commas between thousands, exact, without exponent and trailing zeros."""
    return format(Decimal(plain_decimal(value)), ",f")
