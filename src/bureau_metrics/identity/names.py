"""One automaton that finds place names and names of government bodies in a text, in a single pass."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import ahocorasick_rs

from bureau_metrics import regions
from bureau_metrics.lexicon import alternation

CORPS = "新疆生产建设兵团"

_PLACE_ENDINGS = "省市区县州盟旗"
_LONGEST_SHORT_NAME = 6
_SURROGATE = re.compile("[\ud800-\udfff]")


class Token(NamedTuple):
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

    national: frozenset[str]
    spellings: dict[str, list[str]]
    former: tuple[tuple[str, str, int], ...]
    full_in: tuple[tuple[str, str, tuple[str, ...]], ...]
    level: re.Pattern[str]
    level_endings: dict[str, str]
    other_places: frozenset[str]
    word_goes_on: dict[str, tuple[str, ...]]
    followed_by: tuple[str, ...]
    areas: tuple[str, ...]
    area_owners: tuple[str, ...]
    unlisted: re.Pattern[str]
    branch: re.Pattern[str]
    branch_ending: re.Pattern[str]
    unit: re.Pattern[str]
    offices: tuple[str, ...]
    before_a_name: re.Pattern[str]
    towns: dict[str, str]
    governed_towns: tuple[str, ...]
    zones: dict[str, str]
    short_endings: dict[str, str]
    zones_to_be: tuple[str, ...]
    zone: re.Pattern[str]
    corps_unit: re.Pattern[str]
    joining: tuple[str, ...]
    governments: frozenset[str]
    governing: tuple[str, ...]
    named_bodies: tuple[str, ...]
    as_printed: tuple[str, ...]
    second: tuple[str, ...]
    begin_anew: re.Pattern[str]
    never_inside: re.Pattern[str]


@lru_cache(maxsize=1)
def bureau_names() -> BureauNames:
    """Return the word lists, loaded once."""
    data = bureau_data()
    towns, zones, short = (data["unlisted"][key] for key in ("towns", "zones", "short_endings"))
    endings = alternation([*data["unlisted"]["endings"], *short, *towns, *zones])
    name_ends = f"(?=[0-9(（]|[二一][〇○零九]|{alternation(data['unlisted']['followed_by'])}|$)"
    branches, units = ("|".join(data["units"][key]) for key in ("branches", "endings"))
    areas, owners = data["unlisted"]["areas"], tuple(data["unlisted"]["area_owners"])
    return BureauNames(
        national=frozenset(data["national"]["bodies"]),
        spellings=data["spellings"],
        former=tuple((entry["now"], name, entry["until"]) for name, entry in data["full_name_until"].items()),
        full_in=tuple((x["elsewhere"], name, tuple(x["provinces"])) for name, x in data["full_name_in"].items()),
        level=re.compile(f"(?:{alternation(data['levels'])})$"),
        level_endings=data["levels"],
        other_places=frozenset(data["other_places"]["before"]),
        word_goes_on={last: tuple(characters) for last, characters in data["word_goes_on"].items()},
        followed_by=tuple(data["not_the_body"]["followed_by"]),
        area_owners=owners,
        areas=tuple(area + owner for area in areas for owner in ("", *owners)),
        unlisted=re.compile(f"[一-鿿、（）()]{{0,24}}?(?:{endings}){name_ends}"),
        branch=re.compile(f"([一-鿿]{{1,12}}?)(?:{branches})"),
        branch_ending=re.compile(f"(?:{branches})$"),
        unit=re.compile(f"[一-鿿]{{0,16}}?(?:{units}){name_ends}"),
        offices=tuple(data["units"]["offices"]),
        before_a_name=re.compile("|".join([*data["phrases"]["begin_anew"], *data["superior"]["prefixes"]])),
        towns=towns,
        governed_towns=tuple(town + body for town, owner in towns.items() for body in ("", owner)),
        zones=zones,
        short_endings=short,
        zone=re.compile(f"[一-鿿]{{0,10}}?(?:{'|'.join(zones)})"),
        zones_to_be=tuple(data["unlisted"]["zones_to_be"]["before"]),
        corps_unit=re.compile(f"{data['unlisted']['corps_units']['pattern']}{name_ends}"),
        governments=frozenset(data["only_behind_a_place"]),
        governing=tuple(name for body, shorts in data["only_behind_a_place"].items() for name in (body, *shorts)),
        joining=tuple(data["unlisted"]["joining"]),
        named_bodies=tuple(data["unlisted"]["named_bodies"]),
        as_printed=tuple(data["unlisted"]["as_printed"]),
        second=tuple(data["unlisted"]["second"]),
        begin_anew=re.compile("|".join(data["phrases"]["begin_anew"])),
        never_inside=re.compile("|".join(data["phrases"]["never_inside"])),
    )


def tokens(text: str) -> list[Token]:
    """Return the names in `text`, from left to right, the longest at each place, none overlapping.

    A short place name without an ending (杭州, 九龙坡) counts only right before another name.
    """
    found: list[Token] = []
    for start, end, name in _matches(text):
        if found and start < found[-1].end:
            continue
        body, bound = _bodies().get(name, (None, False))
        if body is not None and _word_goes_on(text, name, body, end):
            continue
        short = _short_name_before(text, start, found[-1].end if found else 0)
        if short and not name.startswith(tuple(bureau_names().towns)):  # 东湖街道办事处 need not lie in 东湖区
            found.append(Token(start - len(short), start, short, None, place=True, bound=False))
        found.append(Token(start, end, name, body, place=body is None, bound=bound))
    return found


def _matches(text: str) -> list[tuple[int, int, str]]:
    """Return all names in the text with their spans, overlapping ones too: by start, the longer first."""
    automaton, names = _automaton()
    # The automaton searches UTF-8, which has no halves of surrogate pairs.
    found = automaton.find_matches_as_indexes(_SURROGATE.sub("\ufffd", text), overlapping=True)
    return sorted(((start, end, names[number]) for number, start, end in found), key=lambda m: (m[0], -m[1]))


def short_name_at(text: str, start: int) -> str | None:
    """Return the short place name (天津, 常德) that begins at `start`, the longest."""
    lengths = range(_LONGEST_SHORT_NAME, 1, -1)
    return next((text[start : start + n] for n in lengths if text[start : start + n] in _short_names()), None)


def _short_name_before(text: str, end: int, not_before: int) -> str | None:
    """Return the short place name that ends at `end`."""
    for length in range(_LONGEST_SHORT_NAME, 1, -1):
        if end - length >= not_before and text[end - length : end] in _short_names():
            return text[end - length : end]
    return None


def _word_goes_on(text: str, name: str, body: str, end: int) -> bool:
    """Say whether a short name's last character, or a ministry's, rather begins a word (市民委托, 生态环境部门)."""
    may_go_on = len(name) <= 3 or body in bureau_names().national
    return may_go_on and text.startswith(bureau_names().word_goes_on.get(name[-1], ()), end)


@lru_cache(maxsize=1)
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    """Return the automaton of all names, with the names by number."""
    names = tuple(sorted({*_places(), *_bodies()}))
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.Standard), names


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Return the place names that end as places do: full names, short ones such as 恩施州, and the corps' own."""
    corps = [name for division in regions.corps_divisions() for name in (division.name, *division.short_names)]
    ending = tuple(_PLACE_ENDINGS)
    named = {name for name in regions.divisions_by_name() if name.endswith(ending)}
    return frozenset({*named, *regions.full_names(), *corps, CORPS, "兵团"})


@lru_cache(maxsize=1)
def _short_names() -> frozenset[str]:
    return frozenset(regions.divisions_by_name()) - _places()


@lru_cache(maxsize=1)
def _bodies() -> dict[str, tuple[str, bool]]:
    """Return each name of a body with its canonical form and whether it counts only right behind a place."""
    data = bureau_data()
    listed = [*data["bodies"].items(), *data["national"]["bodies"].items(), *data["spellings"].items()]
    bodies = {other: (name, False) for name, others in listed for other in (name, *others)}
    bound = {short: (name, True) for name, shorts in data["only_behind_a_place"].items() for short in shorts}
    return bodies | bound


@lru_cache(maxsize=1)
def bureau_data() -> dict[str, Any]:
    """Return `bureau_names.toml` as it is, loaded once."""
    return tomllib.loads(files("bureau_metrics").joinpath("data", "bureau_names.toml").read_text(encoding="utf-8"))
