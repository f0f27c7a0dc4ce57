"""One automaton that finds place names and names of government bodies in a text, in a single pass."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import ahocorasick

from bureau_metrics import regions

CORPS = "新疆生产建设兵团"


@dataclass(frozen=True, slots=True)
class Token:
    """A name in a text: offsets (end exclusive), and what it names.

    `body` is the canonical name of a government body, else None; `place` tells that the name is one of a place;
    `bound` that the body counts only right behind a place or a level word.
    """

    start: int
    end: int
    name: str
    body: str | None
    place: bool
    bound: bool


@dataclass(frozen=True, slots=True)
class BureauNames:
    """The word lists of `bureau_names.toml`, compiled."""

    bodies: frozenset[str]
    national: frozenset[str]
    level: re.Pattern[str]
    level_endings: dict[str, str]
    other_places: frozenset[str]
    word_goes_on: dict[str, str]
    followed_by: tuple[str, ...]
    superior: re.Pattern[str]
    areas: tuple[str, ...]
    unlisted: re.Pattern[str]
    prefixes: tuple[str, ...]
    never_inside: re.Pattern[str]
    organ: re.Pattern[str]


@lru_cache(maxsize=1)
def bureau_names() -> BureauNames:
    """Return the word lists, loaded once."""
    data = _data()
    levels = sorted(data["levels"], key=len, reverse=True)
    endings = sorted(data["unlisted"]["endings"], key=len, reverse=True)
    cues = "|".join(data["not_the_body"]["superior_cues"])
    return BureauNames(
        bodies=frozenset(data["bodies"]),
        national=frozenset(data["national"]["names"]),
        level=re.compile(f"(?:{'|'.join(levels)})$"),
        level_endings=data["levels"],
        other_places=frozenset(data["other_places"]["before"]),
        word_goes_on=data["word_goes_on"],
        followed_by=tuple(data["not_the_body"]["followed_by"]),
        superior=re.compile(f"(?:[、和及与，]?[一-鿿]{{0,14}})?的?[一-鿿]{{0,6}}(?:{cues})"),
        areas=tuple(data["unlisted"]["areas"]),
        unlisted=re.compile(f"[一-鿿、]{{1,24}}?(?:{'|'.join(endings)})(?=关于|[0-9(（]|二[〇○零]|年|$)"),
        prefixes=tuple(data["national"]["superior_prefixes"]),
        never_inside=re.compile("|".join(data["phrases"]["never_inside"])),
        organ=re.compile("|".join(data["phrases"]["organs"])),
    )


def tokens(text: str) -> list[Token]:
    """Return the names in `text`, from left to right, the longest at each place, none overlapping."""
    found = []
    for end, (name, body, place, bound) in _automaton().iter_long(text):
        start = end + 1 - len(name)
        if body and _word_goes_on(text, name, end + 1):
            continue
        found.append(Token(start, end + 1, name, body, place, bound))
    return found


def _word_goes_on(text: str, name: str, end: int) -> bool:
    """Say whether the last character of a short name rather begins the next word (市民委 in 市民委托)."""
    return len(name) <= 3 and text[end : end + 1] in (bureau_names().word_goes_on.get(name[-1]) or "\0")


@lru_cache(maxsize=1)
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    for name in regions.divisions_by_name():
        automaton.add_word(name, (name, None, True, False))
    for corps in regions.corps_divisions():
        for name in (corps.name, *corps.short_names):
            automaton.add_word(name, (name, None, True, False))
    for name in (CORPS, "兵团"):
        automaton.add_word(name, (name, None, True, False))
    data = _data()
    for bound, table in ((False, data["bodies"]), (True, data["only_behind_a_place"])):
        for canonical, short_names in table.items():
            for name in (*([] if bound else [canonical]), *short_names):
                automaton.add_word(name, (name, canonical, False, bound))
    for name in data["national"]["names"]:
        automaton.add_word(name, (name, name, False, False))
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(files("bureau_metrics").joinpath("data", "bureau_names.toml").read_text(encoding="utf-8"))
