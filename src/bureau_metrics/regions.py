"""Administrative divisions of China by GB/T 2260 code, from 1980 on, and the divisions of the Xinjiang corps.

The tables are CSV files of the package (see `data/SOURCES.md`), loaded once. A name may belong to several divisions
(鼓楼区) and a code to several names over the years: lookups return all candidates, choosing is the caller's affair.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

_PLACE_WORDS = "place_words.toml"


@dataclass(frozen=True, slots=True)
class Division:
    """One division under one name: a row of the GB/T 2260 lists for an unbroken run of years.

    `level` is province, prefecture or county; `full_name` the chain of names from the province down. `valid_from` and
    `valid_to` are the first and last year of the run, both inclusive; `valid_to` is None while it is in force.
    """

    code: str
    name: str
    level: str
    parent_code: str | None
    full_name: str
    valid_from: int
    valid_to: int | None = None

    def in_force(self, year: int) -> bool:
        """Say whether the division bore this name and code in `year`."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CorpsDivision:
    """A division (师) of the Xinjiang corps; `city` and `code` are None for the two that have no city."""

    name: str
    short_names: tuple[str, ...]
    city: str | None
    code: str | None
    printed_name: str


def _rows(file_name: str) -> Iterable[dict[str, str]]:
    text = files("bureau_metrics").joinpath("data", file_name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@lru_cache(maxsize=1)
def division_history() -> tuple[Division, ...]:
    """Return every division under every name since 1980, ordered by code and year."""
    return tuple(
        Division(
            row["code"],
            row["name"],
            row["level"],
            row["parent_code"] or None,
            row["full_name"],
            int(row["valid_from"]),
            int(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in _rows("divisions.csv")
    )


@lru_cache(maxsize=1)
def divisions() -> tuple[Division, ...]:
    """Return one division a code (`dim_region`), ordered by code: the one in force, else its last bearer."""
    latest: dict[str, Division] = {}
    for division in division_history():
        latest[division.code] = division
    return tuple(latest.values())


@lru_cache(maxsize=1)
def corps_divisions() -> tuple[CorpsDivision, ...]:
    """Return the divisions (师) of the Xinjiang corps."""
    return tuple(
        CorpsDivision(
            row["name"],
            tuple(row["short_names"].split()),
            row["city"] or None,
            row["code"] or None,
            row["printed_name"],
        )
        for row in _rows("corps_divisions.csv")
    )


@lru_cache(maxsize=1)
def divisions_by_name() -> Mapping[str, tuple[Division, ...]]:
    """Return all divisions that ever bore a name, by that name; short forms (杭州, 恩施州, 九龙坡) count as names.

    The short form of an autonomous county may be the full name of the county before it (宽甸县): it means both, each in
    its years.
    """
    found: dict[str, list[Division]] = defaultdict(list)
    for division in division_history():
        found[division.name].append(division)
    for is_county in (False, True):  # 乌鲁木齐 is the city, though there is a county of the name
        taken = set(found)
        for division in division_history():
            if (division.level == "county") is is_county:
                for short in _short_names(division):
                    if short not in taken or short.endswith(division.name[-1]):
                        found[short].append(division)
    for short, code in _place_words()["short_names"].items():
        found[short].extend(division for division in division_history() if division.code == code)
    return {name: tuple(candidates) for name, candidates in found.items()}


@lru_cache(maxsize=1)
def full_names() -> frozenset[str]:
    """Return every full name of a division (乌鲁木齐市), without the short forms."""
    return frozenset(division.name for division in division_history())


@lru_cache(maxsize=1)
def ordinary_nouns() -> frozenset[str]:
    """Return the names of divisions that are also ordinary nouns (老城区): places only behind their parent's name."""
    return frozenset(_place_words()["ordinary_nouns"]["names"])


@lru_cache(maxsize=1)
def county_words() -> frozenset[str]:
    """Return the names of counties without their endings that are also words (公安): they begin no name."""
    return frozenset(_place_words()["county_words"]["names"])


@lru_cache(maxsize=4096)
def is_divided(code: str) -> bool:
    """Say whether counties or districts lie below the division with this code; those that have gone count too."""
    return any(division.parent_code == code for division in division_history())


@lru_cache(maxsize=4096)
def has_below(name: str, below: str) -> bool:
    """Say whether a division of the name `below` ever stood under one that bears, or is called by, `name`."""
    codes = {division.code for division in divisions_by_name().get(name, ())}
    lower = divisions_by_name().get(below, ())
    return any(codes & {above.code for above in ancestors(division)} for division in lower)


def in_year(candidates: Iterable[Division], year: int | None) -> tuple[Division, ...]:
    """Return the candidates in force in `year`, else in the year after, else in the year before, one a code.

    A report is printed in the year after; and a county that became a city in December was one until then, though the
    list of the year's end has the city. Without a year: those in force today, else all.
    """
    pool = tuple(candidates)
    if year is None:
        chosen = [division for division in pool if division.valid_to is None] or list(pool)
    else:
        runs = ([division for division in pool if division.in_force(near)] for near in (year, year + 1, year - 1))
        chosen = next((run for run in runs if run), [])
    return tuple({division.code: division for division in chosen}.values())


def called(name: str, year: int | None = None) -> tuple[Division, ...]:
    """Return the divisions with this name and the counties with this name without its ending (涧西, 浦东)."""
    return in_year((*divisions_by_name().get(name, ()), *_counties_by_stem().get(name, ())), year)


@lru_cache(maxsize=4096)
def is_county_of_province(stem: str, province: str) -> bool:
    """Say whether one county alone of the province, no municipality, is called so without its ending (浙江 + 乐清)."""
    codes = {d.code for d in divisions_by_name().get(province, ()) if d.level == "province" and d.name[-1] != "市"}
    counties = [d for d in called(stem) if d.level == "county" and d.name not in ordinary_nouns()]
    return sum(bool(codes & {above.code for above in ancestors(county)}) for county in counties) == 1


@lru_cache(maxsize=1)
def _counties_by_stem() -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = defaultdict(list)
    for division in division_history():
        ending = next((end for end in _place_words()["endings"] if division.name.endswith(end)), "")
        if division.level == "county" and ending:
            found[division.name.removesuffix(ending)].append(division)
    return {stem: tuple(counties) for stem, counties in found.items()}


def by_code(code: str, year: int | None = None) -> Division | None:
    """Return the division with this six-digit code in `year`, else the last that bore the code; None if none did."""
    holders = _by_code().get(code, ())
    chosen = in_year(holders, year) or holders[-1:]
    return chosen[-1] if chosen else None


@lru_cache(maxsize=1)
def _by_code() -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = defaultdict(list)
    for division in division_history():
        found[division.code].append(division)
    return {code: tuple(holders) for code, holders in found.items()}


def parent(division: Division, year: int | None = None) -> Division | None:
    """Return the division right above, as it was in `year`; None above a province."""
    return by_code(division.parent_code, year or division.valid_to) if division.parent_code else None


def ancestors(division: Division, year: int | None = None) -> tuple[Division, ...]:
    """Return the divisions above, nearest first."""
    above: list[Division] = []
    current = parent(division, year)
    while current is not None:
        above.append(current)
        current = parent(current, year)
    return tuple(above)


def find_division(text: str, year: int | None = None) -> tuple[Division, ...]:
    """Return the divisions that a person may mean by a code, a name, a short name or a chain (重庆市九龙坡区).

    Exactly one result is an answer; several are an ambiguous name, none an unknown one.
    """
    wanted = "".join(text.split())
    if wanted.isdigit():
        division = by_code(wanted, year)
        return (division,) if division else ()
    for corps in corps_divisions():
        if corps.code and wanted in (corps.name, corps.printed_name, *corps.short_names):
            division = by_code(corps.code, year)
            return (division,) if division else ()
    exact = in_year((d for d in division_history() if d.full_name == wanted), year)
    return exact or in_year(divisions_by_name().get(wanted, ()), year) or _find_chain(wanted, year)


def _find_chain(wanted: str, year: int | None) -> tuple[Division, ...]:
    """Return the divisions whose name ends the chain and whose ancestors' names make up what stands before it."""
    names = divisions_by_name()
    for start in range(1, len(wanted) - 1):
        head, tail = wanted[:start], wanted[start:]
        if tail not in names:
            continue
        heads = {division.code for division in find_division(head, year)}
        found = [d for d in in_year(names[tail], year) if heads & {above.code for above in ancestors(d, year)}]
        if found:
            return tuple(found)
    return ()


@lru_cache(maxsize=1)
def paper_signs() -> Mapping[str, str]:
    """Return the provinces by the signs with which the numbers of their offices' papers begin (沪 → 上海市)."""
    signs: dict[str, str] = _place_words()["paper_signs"]
    return signs


def _short_names(division: Division) -> tuple[str, ...]:
    """Return the short forms of a division: without its ending and without ethnic names.

    Counties shorten only to three characters and more: 义马 or 安全 in running text says nothing of 义马市 or 安县.
    """
    words = _place_words()
    ending = next((end for end in words["endings"] if division.name.endswith(end)), "")
    stem = division.name[: len(division.name) - len(ending)]
    bare = _without_ethnic_names(stem, tuple(words["ethnic_names"]))
    kept = {stem, bare, *([bare + ending[-1], bare + ending] if bare != stem else [])}
    shortest = 3 if division.level == "county" else 2
    return tuple(sorted(name for name in kept if len(name) >= shortest and name != division.name))


def _without_ethnic_names(stem: str, ethnic_names: tuple[str, ...]) -> str:
    # All at once first: most names end in none of them.
    while stem.endswith(ethnic_names) and (
        ending := next((name for name in ethnic_names if stem.endswith(name) and len(stem) - len(name) >= 2), "")
    ):
        stem = stem.removesuffix(ending)
    return stem


@lru_cache(maxsize=1)
def _place_words() -> dict[str, Any]:
    text = files("bureau_metrics").joinpath("data", _PLACE_WORDS).read_text(encoding="utf-8")
    return tomllib.loads(text)
