"""Loads the words that decide an extraction: the TOML files of `catalogue/lexicon`.

The lexicon holds words as data (counters, qualifiers, negations, status cues, headings, set phrases); the grammar that
uses them is code. Each file is read once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the tables of `catalogue/lexicon/<name>.toml`.

    Raises `FileNotFoundError` where no such file is packaged and `tomllib.TOMLDecodeError` where it is broken.
    """
    resource = files("bureau_metrics") / "catalogue" / "lexicon" / f"{name}.toml"
    return tomllib.loads(resource.read_text(encoding="utf-8"))


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """Return one list of words of a lexicon file, for example `words("qualifiers", "before", "nearly")`."""
    table: Any = lexicon(name)
    for key in path:
        table = table[key]
    return tuple(table)


def alternation(choices: Iterable[str]) -> str:
    """Return a regex alternation of literal words, the longest first, so that the longest one wins."""
    return "|".join(re.escape(word) for word in sorted(set(choices), key=lambda word: (-len(word), word)))
