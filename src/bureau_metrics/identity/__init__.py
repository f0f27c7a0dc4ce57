"""Who published a report, for which place and about which year, each with its evidence and how sure it is."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bureau_metrics import regions
from bureau_metrics.identity.kinds import Kind, kind_of, opening_kind, words
from bureau_metrics.identity.layout import Layout, Piece, Zone, lay_out
from bureau_metrics.identity.mentions import Mention, find_mentions
from bureau_metrics.identity.names import bureau_names
from bureau_metrics.identity.places import Place
from bureau_metrics.identity.placing import Placement, place_bureau
from bureau_metrics.identity.report_check import looks_like_report, objection
from bureau_metrics.identity.years import DayStated, YearStated, published_on, report_year
from bureau_metrics.models import Confidence, Document, Evidence, Identity

if TYPE_CHECKING:
    from bureau_metrics.manifest import ManifestRow

__all__ = ["identify", "looks_like_report", "objection"]

_MANIFEST = Evidence("manifest")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one document says of itself, before it is put together."""

    layout: Layout
    mentions: list[Mention]
    places: list[Place]
    kind: tuple[Kind, Evidence] | None
    published: DayStated | None
    year: YearStated | None


def identify(document: Document, override: ManifestRow | None = None) -> Identity:
    """Return the identity that a document states; a manifest row overrules it field by field.

    A field that the document does not settle is None and named in `doubts`; the confidence is then low. A bureau
    without a settled place gets an id of its own, so that it is never pooled with another document's.
    """
    reading = _read_head(document.text)
    if override is not None:
        reading = _overrule(reading, override)
    bureau, placement = _bureau_and_place(reading, override)
    if not _settled(bureau, placement):
        reading = _with_body(reading)
        bureau, placement = _bureau_and_place(reading, override)
    return _identity(document.document_id, bureau, placement, reading, override)


def _read_head(text: str) -> _Reading:
    layout = lay_out(text)
    pieces = [layout.title, layout.above, *layout.sources, *layout.header_pieces(), *layout.signature_pieces()]
    found = [find_mentions(piece) for piece in pieces if piece is not None]
    sent_to = [place for piece in layout.addressee_pieces() for place in find_mentions(piece)[1]]
    published = published_on(layout)
    return _Reading(
        layout,
        mentions=[mention for mentions, _ in found for mention in mentions],
        places=[*(place for _, places in found for place in places), *sent_to],
        kind=_kind(layout),
        published=published,
        year=report_year(layout, published),
    )


def _with_body(reading: _Reading) -> _Reading:
    """Add what the running text mentions, the opening told from what stands further down."""
    mentions, places = find_mentions(reading.layout.body)
    end = reading.layout.opening[-1].end if reading.layout.opening else 0
    zoned = [mention._replace(zone=Zone.OPENING) if mention.start < end else mention for mention in mentions]
    return replace(reading, mentions=[*reading.mentions, *zoned], places=[*reading.places, *places])


def _bureau_and_place(reading: _Reading, override: ManifestRow | None) -> tuple[Mention | None, Placement | None]:
    bureau = _bureau_of(override) or _own_bureau(reading)
    year = reading.year.year if reading.year else None
    return bureau, _placement(bureau, reading, override, year)


def _settled(bureau: Mention | None, placement: Placement | None) -> bool:
    """Say whether head and end of the document settle who speaks, so that its running text need not be searched."""
    if bureau is None or placement is None or placement.confidence != Confidence.HIGH:
        return False
    return bureau.listed and bureau.zone != Zone.SOURCE


def _kind(layout: Layout) -> tuple[Kind, Evidence] | None:
    if layout.title is not None and (found := kind_of(layout.title.text)):
        return found[0], Evidence(Zone.TITLE, *layout.title.span(found[1], found[2]))
    for line in layout.opening:
        if found := opening_kind(line.text):
            return found[0], Evidence(Zone.OPENING, line.start + found[1], line.start + found[2])
    return None


def _overrule(reading: _Reading, row: ManifestRow) -> _Reading:
    return replace(
        reading,
        year=YearStated(row.year, _MANIFEST) if row.year else reading.year,
        published=DayStated(row.published, _MANIFEST) if row.published else reading.published,
    )


def _bureau_of(row: ManifestRow | None) -> Mention | None:
    """Return the bureau that a manifest names, read like a source line."""
    if row is None or not row.bureau:
        return None
    found, _ = find_mentions(Piece(Zone.SOURCE, row.bureau, range(len(row.bureau))))
    return found[0] if found else Mention(Zone.SOURCE, 0, len(row.bureau), row.bureau, row.bureau, listed=False)


def _own_bureau(reading: _Reading) -> Mention | None:
    """Return the bureau that speaks: by title, the line above it, signature, source line, opening, else the text."""
    own = [mention for mention in reading.mentions if not mention.another and not mention.quoted]
    by_zone = {zone: [m for m in own if m.zone == zone and not m.bare] for zone in Zone}
    if _speaks_as_bureau(reading.layout):  # a government over the title is then the site's name
        by_zone[Zone.ABOVE] = [m for m in by_zone[Zone.ABOVE] if m.body not in bureau_names().governments]
    for zone in (Zone.TITLE, Zone.ABOVE):
        if by_zone[zone]:
            return by_zone[zone][0]
    government = _government(reading)
    signed = sorted(by_zone[Zone.SIGNATURE], key=_signs_second)
    if signed and not (government and _signs_second(signed[0])):
        return signed[0]
    if government is not None:
        return government
    running = [*by_zone[Zone.OPENING], *by_zone[Zone.BODY]]
    often = Counter(mention.body for mention in running)
    for mention in by_zone[Zone.SOURCE]:
        if not often or mention.body in often:
            return mention
    if by_zone[Zone.OPENING]:
        return max(by_zone[Zone.OPENING], key=lambda mention: often[mention.body])
    if by_zone[Zone.SOURCE]:
        return by_zone[Zone.SOURCE][0]
    return _most_named(running, 2) or _most_named([mention for mention in own if mention.bare], 3)


def _signs_second(mention: Mention) -> bool:
    return mention.body.endswith(bureau_names().second)


def _most_named(mentions: Sequence[Mention], at_least: int) -> Mention | None:
    """Return the first mention of the body that is named most, if it is named often and has no equal."""
    ranked = Counter(mention.body for mention in mentions).most_common(2)
    if not ranked or ranked[0][1] < at_least or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return next(mention for mention in mentions if mention.body == ranked[0][0])


def _government(reading: _Reading) -> Mention | None:
    """Return the body that a place's report is by custom that of, where the title names the place alone."""
    title = reading.layout.title
    places = [*reading.places]
    place = next((place for place in places if place.zone in (Zone.TITLE, Zone.ABOVE)), None)
    if place is None and reading.kind is not None and reading.kind[0].looks_back:
        place = next((place for place in places if place.session and place.zone == Zone.HEADER), None)
    body = reading.kind[0].body if reading.kind else None
    if title is None or place is None or body is None or _speaks_as_bureau(reading.layout):
        return None
    if place.behind and not words().names_the_place_alone.match(place.behind):
        return None
    printed = "".join(place.names)
    return Mention(place.zone, place.start, place.end, printed, body, place=place, listed=False)


def _speaks_as_bureau(layout: Layout) -> bool:
    return bool(words().self_words.search(layout.body.text))


def _placement(
    bureau: Mention | None, reading: _Reading, override: ManifestRow | None, year: int | None
) -> Placement | None:
    if override is not None and override.division:
        found = regions.find_division(override.division, year)
        corps = next((c for c in regions.corps_divisions() if c.code == found[0].code), None) if found else None
        return Placement(None, found[0], corps) if len(found) == 1 else None
    return place_bureau(bureau, reading.mentions, reading.places, year) if bureau else None


def _identity(
    document_id: str,
    bureau: Mention | None,
    placement: Placement | None,
    reading: _Reading,
    override: ManifestRow | None,
) -> Identity:
    national = bureau is not None and bureau.body in bureau_names().national
    doubts = _doubts(bureau, placement, reading, national=national)
    division = placement.division if placement else None
    return Identity(
        bureau_id=_bureau_id(document_id, bureau, placement, national=national),
        bureau=_canonical(bureau, placement),
        bureau_printed=bureau.printed if bureau else None,
        division_code=division.code if division else None,
        division=placement.full_name if placement else None,
        level=_level(bureau, placement, national=national),
        report_year=reading.year.year if reading.year else None,
        published=reading.published.day if reading.published else None,
        kind=reading.kind[0].name if reading.kind else None,
        confidence=_confidence(bureau, placement, reading, doubts),
        doubts=doubts,
        evidence=_evidence(bureau, placement, reading, override),
    )


def _level(bureau: Mention | None, placement: Placement | None, *, national: bool) -> str:
    """Return the level of the bureau: unknown for a town's or a zone's, which are below or beside the division's."""
    if national:
        return "national"
    if placement is None or bureau is None or bureau.area or (bureau.branch and placement.owner is None):
        return "unknown"
    return placement.level


def _doubts(
    bureau: Mention | None, placement: Placement | None, reading: _Reading, *, national: bool
) -> tuple[str, ...]:
    missing = {
        "bureau": bureau is None,
        "division": placement is None and not national,
        "report_year": reading.year is None,
    }
    return tuple(field for field, is_missing in missing.items() if is_missing)


def _bureau_id(document_id: str, bureau: Mention | None, placement: Placement | None, *, national: bool) -> str:
    if bureau is not None and national:
        return f"national-{bureau.body}"
    if bureau is not None and placement is not None:
        return f"{placement.key}-{bureau.body}{bureau.branch}"
    name = bureau.name if bureau else ""
    return f"unplaced:{name}:{hashlib.sha256(document_id.encode()).hexdigest()[:8]}"


def _canonical(bureau: Mention | None, placement: Placement | None) -> str | None:
    if bureau is None:
        return None
    if bureau.body in bureau_names().as_printed:
        return bureau.printed
    names_an_area = bureau.area and bureau.place is not None and bureau.place.names[-1] not in regions.full_names()
    body = _own_name(bureau)
    if placement is None or names_an_area:  # 台州湾经济技术开发区 is no 台州市湾经济技术开发区
        return bureau.called(body)
    if bureau.branch:
        return f"{placement.owner.name if placement.owner else placement.name}{body}{bureau.branch}"
    return f"{placement.name}{body}"


def _own_name(bureau: Mention) -> str:
    """Return the body's name: a merged bureau's as it is printed (教育科技局), else the canonical one (科学技术局)."""
    spellings = bureau_names().spellings.get(bureau.body, ())
    return next((name for name in spellings if bureau.printed.endswith(name)), bureau.body)


def _confidence(
    bureau: Mention | None, placement: Placement | None, reading: _Reading, doubts: tuple[str, ...]
) -> Confidence:
    if doubts:
        return Confidence.LOW
    concluded = (
        (bureau is not None and (bureau.zone in (Zone.OPENING, Zone.BODY) or not bureau.listed))
        or (placement is not None and placement.confidence != Confidence.HIGH)
        or (reading.year is not None and not reading.year.outright)
    )
    return Confidence.MEDIUM if concluded else Confidence.HIGH


def _evidence(
    bureau: Mention | None, placement: Placement | None, reading: _Reading, override: ManifestRow | None
) -> dict[str, Evidence]:
    found: dict[str, Evidence | None] = {
        "bureau": Evidence(bureau.zone, bureau.start, bureau.end) if bureau else None,
        "division": _place_evidence(placement),
        "report_year": reading.year.evidence if reading.year else None,
        "published": reading.published.evidence if reading.published else None,
        "kind": reading.kind[1] if reading.kind else None,
    }
    if override is not None and override.bureau:
        found["bureau"] = _MANIFEST
    if override is not None and (override.division or (bureau and bureau.place and override.bureau)):
        found["division"] = _MANIFEST
    return {field: evidence for field, evidence in found.items() if evidence is not None}


def _place_evidence(placement: Placement | None) -> Evidence | None:
    place = placement.place if placement else None
    return Evidence(place.zone, place.start, place.end) if place else None
