"""Which division a bureau belongs to: what its own name says, else what the document's other place names settle.

Nothing is guessed: a name of several divisions is resolved only by a parent that the document names, and a bureau
without a place only by a place that fits its level word and has no rival.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bureau_metrics import regions
from bureau_metrics.identity.mention import Mention
from bureau_metrics.identity.names import CORPS, bureau_names
from bureau_metrics.identity.pieces import Zone
from bureau_metrics.identity.places import Place, is_corps
from bureau_metrics.models import Confidence

if TYPE_CHECKING:
    from bureau_metrics.regions import CorpsDivision, Division

_HEADER_ZONES = frozenset({Zone.TITLE, Zone.ABOVE, Zone.SOURCE, Zone.CRUMB, Zone.HEADER, Zone.SIGNATURE})


_COUNTY_WORDS = frozenset({"县", "区", "旗"})
_RARE_LEVELS = {"州": 1, "盟": 1, "省": 2, "自治区": 2}
"""Levels of which a report hardly names another place and not its own, each with how often it must name it."""
_CORPS_UNITS = ("团", "场")
_TOWN_BODIES = ("镇人民政府", "乡人民政府", "苏木人民政府", "街道办事处")


class Placement(NamedTuple):
    """A place that has been settled: a division, a division of the corps, or (both None) the corps as a whole.

    `owner` is the division whose body has its branch here (洛阳市 of 洛阳市生态环境局嵩县分局).
    """

    place: Place | None
    division: Division | None
    corps: CorpsDivision | None = None
    confidence: Confidence = Confidence.HIGH
    owner: Division | None = None

    @property
    def key(self) -> str:
        """What a bureau's id begins with: the six-digit code, or the corps' own name where there is none."""
        if self.division is not None:
            return self.division.code
        return self.corps.name if self.corps else CORPS

    @property
    def name(self) -> str:
        """The place as a bureau's canonical name begins with it (重庆市九龙坡区, 义马市, 第三师图木舒克市)."""
        if self.corps is not None:
            return self.corps.printed_name
        if self.division is None:
            return CORPS
        above = regions.parent(self.division)
        is_district = self.division.level == "county" and self.division.name.endswith("区")
        in_municipality = above is not None and above.level == "province" and above.name.endswith("市")
        return f"{above.name}{self.division.name}" if above and (is_district or in_municipality) else self.division.name

    @property
    def full_name(self) -> str:
        """The chain of names from the province down."""
        if self.division is not None:
            return self.division.full_name
        return f"{CORPS}{self.corps.name}" if self.corps else CORPS

    @property
    def level(self) -> str:
        """The administrative level; a division of the corps ranks as a prefecture, whatever the level of its city."""
        if self.corps is not None:
            return "prefecture"
        return self.division.level if self.division else "province"


def place_bureau(
    bureau: Mention, mentions: Sequence[Mention], places: Sequence[Place], year: int | None
) -> Placement | None:
    """Return where `bureau` belongs, or None if the document leaves it open."""
    if bureau.unknown_place:
        return None
    if bureau.branch:
        return _place_branch(bureau, places, year)
    if bureau.place is not None:
        stated = _settle(bureau.place, places, year)
        return None if bureau.area and stated is not None and _is_wide(stated) else stated
    if bureau.level == "兵团":
        return Placement(None, None)
    if bureau.printed.endswith(bureau_names().as_printed):  # 拱北海关: its name says nothing of where it lies
        return None
    return _by_evidence(bureau, mentions, places, year)


def _by_evidence(
    bureau: Mention, mentions: Sequence[Mention], places: Sequence[Place], year: int | None
) -> Placement | None:
    """Return the place that the rest of the document gives a bureau without one, or None."""
    is_town = bureau.area and bureau.body.endswith(_TOWN_BODIES)
    level = "师市" if _is_corps_unit(bureau) else bureau.level or _level_said(bureau, mentions)
    for evidence, confidence, needed in _evidence(bureau, mentions, places):
        settled = _only_one(evidence, level, places, year)
        if is_town:  # 昆明市五华区: a town lies in the lower one
            settled = {key: found for key, found in settled.items() if not _has_counties(found[0])}
        if len(settled) > 1:
            return None
        for placement, count in settled.values():
            if count >= needed or not _may_be_the_parent(level, placement):
                return placement._replace(confidence=confidence)
    return None


def _level_said(bureau: Mention, mentions: Sequence[Mention]) -> str:
    """Return the county's level word by which the text names the bureau that its head gives bare (县民政局)."""
    said = {m.level for m in mentions if m.body == bureau.body and m.level and not m.another}
    return said.pop() if len(said) == 1 and said <= _COUNTY_WORDS else ""


def _is_corps_unit(bureau: Mention) -> bool:
    """Say whether it is a regiment or farm of the corps (106团), which lies in one of the corps' divisions."""
    return bureau.area and bureau.body.endswith(_CORPS_UNITS)


def _alone_as_source(places: Sequence[Place]) -> list[Place]:
    """Return the places that a source line names without a body (来源：嵩县)."""
    return [place for place in places if place.zone == Zone.SOURCE and not place.behind]


def place_alone(places: Sequence[Place], year: int | None) -> Placement | None:
    """Return where a report of an unknown body belongs: to the one place of its page's site, title or source."""
    begin = [place for place in places if place.zone == Zone.TITLE and not place.quoted][:1]
    for evidence in ([place for place in places if place.site], begin, _alone_as_source(places)):
        settled = _only_one(evidence, "", places, year)
        if len(settled) == 1:
            placement, _ = next(iter(settled.values()))
            return placement._replace(confidence=Confidence.MEDIUM)
    return None


def _is_wide(placement: Placement) -> bool:
    """Say whether a zone or town could lie anywhere in the place: a province without being a city."""
    return placement.corps is None and placement.level == "province" and not placement.name.endswith("市")


def _has_counties(placement: Placement) -> bool:
    """Say whether a town cannot lie right below the place, as it does in 东莞市."""
    division = placement.division
    return division is not None and placement.corps is None and regions.is_divided(division.code)


def _place_branch(bureau: Mention, places: Sequence[Place], year: int | None) -> Placement | None:
    """Return the place that a branch is named after, below the body's own (嵩县分局); a zone lies in the body's own."""
    upper = _settle(bureau.place, places, year) if bureau.place else None
    stem = bureau_names().branch_ending.sub("", bureau.branch)
    named = regions.called(stem, year)
    if not named:
        return upper
    if upper is not None and upper.division is not None:
        above = upper.division.code
        named = tuple(d for d in named if any(a.code == above for a in regions.ancestors(d, year)))
    in_full = any(division.name in place.names for place in places for division in named)
    if len(named) == 1 and (upper is not None or named[0].name == stem or in_full):
        owner = upper.division if upper is not None else regions.parent(named[0], year)
        return Placement(bureau.place, named[0], owner=owner)
    return None


def _evidence(
    bureau: Mention, mentions: Sequence[Mention], places: Sequence[Place]
) -> Iterable[tuple[list[Place], Confidence, int]]:
    """Yield groups of places that may be the bureau's, the strongest first, each with how often one must be named."""

    def same(test: Callable[[Mention], bool]) -> list[Place]:
        return [m.place for m in mentions if m.place and m.body == bureau.body and not m.another and test(m)]

    yield same(lambda mention: mention.zone in _HEADER_ZONES), Confidence.HIGH, 1
    yield [place for place in places if place.zone in (Zone.TITLE, Zone.ABOVE)], Confidence.HIGH, 1
    yield _alone_as_source(places), Confidence.MEDIUM, 1
    if bureau.body in bureau_names().governments:
        yield [place for place in places if place.session and place.zone == Zone.HEADER], Confidence.MEDIUM, 1
    yield [place for place in places if place.registered], Confidence.MEDIUM, 1
    yield [place for place in places if place.site], Confidence.MEDIUM, 1
    yield same(lambda mention: mention.zone == Zone.OPENING), Confidence.MEDIUM, 1
    yield same(lambda mention: mention.zone == Zone.CONTACT), Confidence.MEDIUM, 1
    yield same(lambda mention: mention.zone == Zone.BODY), Confidence.MEDIUM, 2
    yield [place for place in places if place.quoted or place.organ], Confidence.MEDIUM, 2
    if (bureau.area and bureau.body.endswith(_TOWN_BODIES)) or _is_corps_unit(bureau):
        yield [place for place in places if place.zone == Zone.OPENING], Confidence.MEDIUM, 1
    if bureau.level:
        yield [place for place in places if place.numbered], Confidence.MEDIUM, 1
    if bureau.level in _RARE_LEVELS:
        often = Counter(place.names[-1] for place in places)
        yield [place for place in places if often[place.names[-1]] >= _RARE_LEVELS[bureau.level]], Confidence.MEDIUM, 1


def _only_one(
    evidence: list[Place], level: str, places: Sequence[Place], year: int | None
) -> dict[str, tuple[Placement, int]]:
    """Return the settled places that fit the level word, by key, each with how often it is named."""
    found: dict[str, tuple[Placement, int]] = {}
    for place in evidence:
        placement = _settle(place, places, year)
        if placement is not None and _fits(level, placement):
            first, count = found.get(placement.key, (placement, 0))
            found[placement.key] = (first, count + 1)
    return found


def _fits(level: str, placement: Placement) -> bool:
    """Say whether a level word (市 in 市科技局) can stand for the place."""
    ending = bureau_names().level_endings.get(level)
    if ending is None:
        return True
    if ending == "corps":
        return placement.corps is not None
    division = placement.division
    if division is None or (placement.corps is not None and ending != "市"):
        return False
    wide = division.level != "county" and ending == "区"  # 地区 and 自治区 end like a district
    return division.name.endswith(ending) and not wide


def _may_be_the_parent(level: str, placement: Placement) -> bool:
    """Say whether the place might be the one above: a county-level city too says 市局 and names its prefecture."""
    is_municipality = placement.level == "province" and placement.name.endswith("市")
    return level in ("", "市") and placement.level != "county" and not (level and is_municipality)


def _settle(place: Place, places: Sequence[Place], year: int | None) -> Placement | None:
    """Return the one division that a run of names means, or None."""
    if is_corps(place):
        return Placement(place, None)
    for corps in regions.corps_divisions():
        if {corps.name, *corps.short_names} & set(place.names):
            return Placement(place, regions.by_code(corps.code, year) if corps.code else None, corps)
    candidates = _candidates(place, year)
    if len(candidates) > 1:
        chosen = _by_parents(candidates, places, year)
        return Placement(place, chosen, _corps_of(chosen), Confidence.MEDIUM) if chosen else None
    if not candidates:
        return None
    return Placement(place, candidates[0], _corps_of(candidates[0]))


def _candidates(place: Place, year: int | None) -> tuple[Division, ...]:
    """Return what a run of names may mean in `year`, else in the year after or before (南通市通州区 in 2008)."""
    years = (None,) if year is None else (year, year + 1, year - 1)
    found = next((found for near in years if (found := _candidates_in(place, near))), ())
    return _with_the_newly_made(place, found, year)


def _with_the_newly_made(place: Place, candidates: tuple[Division, ...], year: int | None) -> tuple[Division, ...]:
    """Add what was made in the year after, before the report was printed, unless it followed on one of the name."""
    if year is None or not candidates or any(division.valid_to == year for division in candidates):
        return candidates
    codes = {division.code for division in candidates}
    made = [d for d in _candidates_in(place, year + 1) if d.valid_from == year + 1 and d.code not in codes]
    return (*candidates, *made)


def _candidates_in(place: Place, year: int | None) -> tuple[Division, ...]:
    """Return what the last name of a run may mean, given the names before it."""
    names = regions.divisions_by_name()
    last = place.names[-1]
    candidates = regions.in_year(names[last], year) if last in names else regions.called(last, year)
    for name in place.names[-2::-1]:
        above = {division.code for division in regions.in_year(names.get(name, ()), year)}
        below = tuple(d for d in candidates if above & {a.code for a in (d, *regions.ancestors(d, year))})
        # 伊犁州塔城地区: the lists know no division between a province and its prefectures, the print does
        provinces = {code[:2] for code in above}
        candidates = below or tuple(division for division in candidates if division.code[:2] in provinces)
    return candidates


def _by_parents(candidates: Sequence[Division], places: Sequence[Place], year: int | None) -> Division | None:
    """Return the one candidate whose prefecture or province the document names, looking in its head and end first."""
    groups = (
        [place for place in places if place.zone in _HEADER_ZONES],
        [place for place in places if place.quoted or place.organ],
        list(places),
    )
    for group in groups:
        codes = {division.code for place in group for name in place.names for division in _named(name, year)}
        for depth in (0, 1):  # the nearest parent first: 南京市 says more than 江苏省
            above = [(division, regions.ancestors(division, year)[depth : depth + 1]) for division in candidates]
            supported = [division for division, parents in above if parents and parents[0].code in codes]
            if supported:
                return supported[0] if len(supported) == 1 else None
    return None


def _named(name: str, year: int | None) -> tuple[Division, ...]:
    found = regions.in_year(regions.divisions_by_name().get(name, ()), year)
    return found if len({division.code for division in found}) == 1 else ()


def _corps_of(division: Division) -> CorpsDivision | None:
    return next((corps for corps in regions.corps_divisions() if corps.code == division.code), None)
