"""Who reports: bureaus of real divisions, a prefecture's beside those of all its counties."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

import bureau_metrics

DIVISIONS = Path(bureau_metrics.__file__).parent / "data" / "divisions.csv"
AREAS = {
    "自治州": "全州",
    "自治县": "全县",
    "地区": "全地区",
    "盟": "全盟",
    "旗": "全旗",
    "县": "全县",
    "区": "全区",
    "市": "全市",
}
SHORT = {"科学技术局": "科技局", "市场监督管理局": "市场监管局", "农业农村局": "农业农村局"}


@dataclass(frozen=True)
class Division:
    """A division of today: GB/T 2260 code, own name, the name with all above it but the province."""

    code: str
    name: str
    long_name: str


@dataclass(frozen=True)
class Bureau:
    """A bureau of a division. `is_whole`: a prefecture's, whose jurisdiction is that of the counties together."""

    division: Division
    body: str
    is_whole: bool

    @cached_property
    def name(self) -> str:
        return self.division.long_name + self.body

    @property
    def short_name(self) -> str:
        """Return the name as a title may shorten it."""
        return self.division.long_name + SHORT.get(self.body, self.body)

    @cached_property
    def area(self) -> str:
        """Return the words for the whole jurisdiction: 全市."""
        return next(words for ending, words in AREAS.items() if self.division.name.endswith(ending))


@dataclass(frozen=True)
class Region:
    """The bureaus of one kind in a prefecture: the prefecture's own first, then all its counties'."""

    whole: Bureau
    counties: tuple[Bureau, ...]


@cache
def prefectures() -> dict[str, tuple[Division, tuple[Division, ...]]]:
    """Return the prefectures of today by code, each with all its counties."""
    with DIVISIONS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not row["valid_to"]]
    names = {row["code"]: row["name"] for row in rows if row["level"] == "prefecture"}
    counties = defaultdict(list)
    for row in rows:
        if row["level"] == "county" and row["parent_code"] in names:
            long_name = names[row["parent_code"]] + row["name"]
            counties[row["parent_code"]].append(Division(row["code"], row["name"], long_name))
    return {code: (Division(code, name, name), tuple(counties[code])) for code, name in names.items() if counties[code]}


def region_of(code: str, body: str) -> Region:
    whole, counties = prefectures()[code]
    return Region(Bureau(whole, body, True), tuple(Bureau(county, body, False) for county in counties))


def regions(bodies: list[str], first: list[str]) -> Iterator[Region]:
    """Yield regions without end of repetition: each body in turn, the named prefectures first, then all others."""
    codes = [*first, *(code for code in sorted(prefectures()) if code not in first)]
    for shift in range(len(bodies)):
        for place, code in enumerate(codes):
            yield region_of(code, bodies[(place + shift) % len(bodies)])


def regions_of(count: int, bodies: list[str], first: list[str]) -> list[tuple[Region, int]]:
    """Return the regions that hold so many bureaus, each with the number of its bureaus that report.

    Raises ValueError where there are not so many bureaus.
    """
    chosen: list[tuple[Region, int]] = []
    left = count
    for region in islice(regions(bodies, first), None):
        if left <= 0:
            return chosen
        taken = min(left, 1 + len(region.counties))
        chosen.append((region, taken))
        left -= taken
    if left > 0:
        raise ValueError(f"there are only {count - left} bureaus: --bureaus {count} is too many")
    return chosen
