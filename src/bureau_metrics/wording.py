"""What coded terms are called where people read Chinese: `more_than` → 超过. The words stand in `data/wording.toml`."""

from __future__ import annotations

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


def grouped(value: Decimal) -> str:
    """Return a decimal with commas between thousands, exact, without exponent and trailing zeros."""
    return format(Decimal(plain_decimal(value)), ",f")
