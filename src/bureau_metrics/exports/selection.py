"""Which years, metrics and bureaus an export holds: what the filters say, looked up in the warehouse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bureau_metrics.exports.files import ExportError
from bureau_metrics.regions import Division, find_division
from bureau_metrics.warehouse import ask, sql_file
from bureau_metrics.wording import wording

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

_YEARS = re.compile(r"([0-9]{4})(?:[-–—~～至]([0-9]{4}))?")
_CODE = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person asks for; an empty filter asks for everything.

    Several words of one filter widen it, several filters narrow each other. `years` holds years and ranges
    (2022-2024), `metrics` and `families` ids or names, `bureaus` ids, full names or printed names, `regions` codes of
    GB/T 2260 or names, which stand for all below them too.
    """

    years: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    bureaus: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.years, self.metrics, self.families, self.bureaus, self.regions))


@dataclass(frozen=True, slots=True)
class Selection:
    """The years, metric ids and bureau ids that an export holds; None stands for all, open facts included."""

    years: tuple[int, ...] | None = None
    metrics: tuple[str, ...] | None = None
    bureaus: tuple[str, ...] | None = None

    def parameters(self) -> dict[str, Any]:
        """Return the values of `$years`, `$metrics` and `$bureaus` in the SQL of the exports."""
        chosen = {"years": self.years, "metrics": self.metrics, "bureaus": self.bureaus}
        return {name: None if values is None else list(values) for name, values in chosen.items()}


EVERYTHING = Selection()


def selected(connection: Connection, filters: Filters) -> Selection:
    """Look up what the filters say in the warehouse that a connection shows.

    Raises:
        ExportError: a year is none, a word is no metric, family, bureau or region here (the message names near ones),
            a region's name is that of several, or the filters together leave nothing.
    """
    metrics = _meet(
        "--metric and --family have no metric in common",
        _all_of(filters.metrics, lambda word: _named(connection, "metric", word)),
        _all_of(filters.families, lambda word: _metrics_of_family(connection, word)),
    )
    bureaus = _meet(
        "--bureau and --region have no bureau in common",
        _all_of(filters.bureaus, lambda word: _named(connection, "bureau", word)),
        _all_of(filters.regions, lambda word: _bureaus_of_region(connection, word)),
    )
    years = {year for word in filters.years for year in _years(word)}
    return Selection(tuple(sorted(years)) if filters.years else None, metrics, bureaus)


def _all_of(words: Iterable[str], find: Callable[[str], list[str]]) -> set[str] | None:
    """Return everything that one of the words stands for, None without words."""
    found = [find(word.strip()) for word in words]
    return {item for items in found for item in items} if found else None


def _meet(nothing: str, left: set[str] | None, right: set[str] | None) -> tuple[str, ...] | None:
    if left is None or right is None:
        chosen = right if left is None else left
        return None if chosen is None else tuple(sorted(chosen))
    if not left & right:
        raise ExportError(f"nothing to export: {nothing}")
    return tuple(sorted(left & right))


def _years(word: str) -> range:
    found = _YEARS.fullmatch("".join(word.split()))
    if found is None:
        raise ExportError(f"--year {word}: write a year or a range of years, as 2024 or 2022-2024")
    first, last = int(found[1]), int(found[2] or found[1])
    if first > last:
        raise ExportError(f"--year {word}: the range ends before it begins; write {last}-{first}")
    return range(first, last + 1)


def _rows(connection: Connection, name: str, **parameters: object) -> list[tuple[Any, ...]]:
    return ask(connection, sql_file("exports/filters", name), parameters).fetchall()


def _named(connection: Connection, kind: str, word: str) -> list[str]:
    """Return the ids that a word names, looked up by `filters/<kind>_names.sql`."""
    rows = _rows(connection, f"{kind}_names", word=word)
    found = [row[0] for row in rows if row[2]]
    if not found:
        raise _unknown(kind, word, [row[1] for row in rows])
    return found


def _metrics_of_family(connection: Connection, word: str) -> list[str]:
    names = wording()["family"]
    rows = _rows(connection, "family_names", word={name: family for family, name in names.items()}.get(word, word))
    found = [row[0] for row in rows if row[2]]
    if not found:
        near = [family for family, name in names.items() if word in name] or [row[1] for row in rows]
        raise _unknown("family", word, (f"{family} {names.get(family, '')}".strip() for family in near))
    return [row[0] for row in _rows(connection, "metrics_of_families", families=found)]


def _bureaus_of_region(connection: Connection, word: str) -> list[str]:
    if _CODE.fullmatch(word):
        found = {word: [row[0] for row in _rows(connection, "bureaus_of_region", code=word)]}
        divisions: tuple[Division, ...] = ()
    else:
        divisions = find_division(word)
        codes = [division.code for division in divisions]
        found = {code: [row[0] for row in _rows(connection, "bureaus_of_region", code=code)] for code in codes}
    here = {code: bureaus for code, bureaus in found.items() if bureaus}
    if len(here) > 1:
        names = "; ".join(f"{one.code} {one.full_name}" for one in divisions if one.code in here)
        raise ExportError(f"--region {word} is the name of several; give the code: {names}")
    if not here:
        raise _unknown("region", word, [row[1] for row in _rows(connection, "region_names", word=word)])
    return next(iter(here.values()))


def _unknown(kind: str, word: str, near: Iterable[str]) -> ExportError:
    names = "; ".join(dict.fromkeys(near))
    return ExportError(f"--{kind} {word}: no such {kind} in this warehouse" + (f"; near: {names}" if names else ""))
