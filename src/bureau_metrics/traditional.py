"""Traditional characters to simplified ones, one to one, so that offsets never move."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

# A name may hold a traditional character or two (乾, 於); a text that is written in them holds many.
_LEAST = 5
_FIRST_PLANE = 0xFFFF


def simplified(text: str) -> str:
    """Return a text in simplified characters where it is written in traditional ones; any other text as it is."""
    found = _traditional().finditer(text)
    if sum(1 for _ in zip(range(_LEAST), found, strict=False)) < _LEAST:
        return text
    return text.translate(_table())


@cache
def _traditional() -> re.Pattern[str]:
    # Characters beyond the first plane would make the set a list that is searched one by one.
    return re.compile(f"[{''.join(chr(number) for number in _table() if number <= _FIRST_PLANE)}]")


@cache
def _table() -> dict[int, str]:
    """Return the table of OpenCC, with the first simplified form of each character."""
    lines = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    forms = ((pair[0], pair[1].split(" ")[0]) for pair in pairs)
    return {ord(old): new for old, new in forms if len(old) == len(new) == 1 and old != new}
