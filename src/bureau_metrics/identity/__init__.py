"""Who published a report, for which place and about which year, each with its evidence and how sure it is."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bureau_metrics import regions
from bureau_metrics.identity.mention import Mention
from bureau_metrics.identity.mentions import find_mentions
from bureau_metrics.identity.names import bureau_names
from bureau_metrics.identity.pieces import Piece, Zone
from bureau_metrics.identity.placing import Placement, place_alone, place_bureau
from bureau_metrics.identity.report_check import looks_like_report, objection
from bureau_metrics.identity.speaker import customary_author, own_bureau
from bureau_metrics.identity.statements import Reading, read_head, with_body
from bureau_metrics.identity.years import DayStated, YearStated
from bureau_metrics.models import Confidence, Document, Evidence, Identity
from bureau_metrics.traditional import simplified

if TYPE_CHECKING:
    from bureau_metrics.manifest import ManifestRow

__all__ = ["identify", "looks_like_report", "objection"]

_MANIFEST = Evidence("manifest")

_CONCLUDED = (Zone.CRUMB, Zone.OPENING, Zone.CONTACT, Zone.BODY)


def identify(document: Document, override: ManifestRow | None = None) -> Identity:
    """Return the identity that a document states; a manifest row overrules it field by field.

    A field that the document does not settle is None and named in `doubts`; the confidence is then low. A bureau
    without a settled place gets an id of its own, so that it is never pooled with another document's.
    """
    reading = read_head(simplified(document.text))
    if override is not None:
        reading = _overrule(reading, override)
    bureau, placement = _bureau_and_place(reading, override)
    if not _settled(bureau, placement):
        reading = with_body(reading)
        bureau, placement = _bureau_and_place(reading, override)
    return _identity(document, bureau, placement, reading, override)


def _bureau_and_place(reading: Reading, override: ManifestRow | None) -> tuple[Mention | None, Placement | None]:
    year = reading.year.year if reading.year else None
    bureau = _by_its_name_then(_bureau_of(override) or own_bureau(reading), year)
    placement = _placement(bureau, reading, override, year)
    return _by_its_name_there(bureau, placement), placement


def _by_its_name_then(bureau: Mention | None, year: int | None) -> Mention | None:
    """Return the bureau under the name that it had in the year (交通局 in 2008), where the same is a short form now."""
    if bureau is None or year is None:
        return bureau
    for now, name, until in bureau_names().former:
        if bureau.body == now and year <= until and bureau.printed.endswith(name):
            return bureau._replace(body=name)
    return bureau


def _by_its_name_there(bureau: Mention | None, placement: Placement | None) -> Mention | None:
    """Return the bureau under the name that is the full one in its province (重庆市交通局), a short form elsewhere."""
    if bureau is None or placement is None:
        return bureau
    for elsewhere, name, provinces in bureau_names().full_in:
        if bureau.body == elsewhere and bureau.printed.endswith(name) and placement.key.startswith(provinces):
            return bureau._replace(body=name)
    return bureau


def _settled(bureau: Mention | None, placement: Placement | None) -> bool:
    """Say whether head and end of the document settle who speaks, so that its running text need not be searched."""
    if bureau is None or placement is None or placement.confidence != Confidence.HIGH:
        return False
    return bureau.listed and bureau.zone not in (Zone.SOURCE, Zone.CRUMB)


def _overrule(reading: Reading, row: ManifestRow) -> Reading:
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


def _placement(
    bureau: Mention | None, reading: Reading, override: ManifestRow | None, year: int | None
) -> Placement | None:
    if override is not None and override.division:
        found = regions.find_division(override.division, year)
        corps = next((c for c in regions.corps_divisions() if c.code == found[0].code), None) if found else None
        return Placement(None, found[0], corps) if len(found) == 1 else None
    if bureau is None:
        return place_alone(reading.places, year)
    return place_bureau(bureau, reading.mentions, reading.places, year)


def _identity(
    document: Document,
    bureau: Mention | None,
    placement: Placement | None,
    reading: Reading,
    override: ManifestRow | None,
) -> Identity:
    national = bureau is not None and bureau.body in bureau_names().national
    doubts = _doubts(bureau, placement, reading, national=national)
    division = placement.division if placement else None
    return Identity(
        bureau_id=_bureau_id(document.document_id, bureau, placement, national=national),
        bureau=_canonical(bureau, placement),
        bureau_printed=_printed(bureau, document.text, override),
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


def _printed(bureau: Mention | None, text: str, override: ManifestRow | None) -> str | None:
    """Return the bureau's name as it is printed, in the characters of the document (辰溪縣小龍門鄉)."""
    if bureau is None or (override is not None and override.bureau):
        return bureau.printed if bureau else None
    as_written = text[bureau.start : bureau.end]
    return (
        as_written
        if simplified(as_written) != as_written and len(as_written) == len(bureau.printed)
        else bureau.printed
    )


def _level(bureau: Mention | None, placement: Placement | None, *, national: bool) -> str:
    """Return the level of the bureau: unknown for a town's or a zone's, which are below or beside the division's."""
    if national:
        return "national"
    if placement is None or bureau is None or bureau.area or (bureau.branch and placement.owner is None):
        return "unknown"
    return placement.level


def _doubts(
    bureau: Mention | None, placement: Placement | None, reading: Reading, *, national: bool
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
    bureau: Mention | None, placement: Placement | None, reading: Reading, doubts: tuple[str, ...]
) -> Confidence:
    if doubts:
        return Confidence.LOW
    concluded = (
        (bureau is not None and (bureau.zone in _CONCLUDED or not bureau.listed))
        or (bureau is not None and bureau.zone == Zone.ABOVE and _may_be_the_site(bureau, reading))
        or (placement is not None and placement.confidence != Confidence.HIGH)
        or (reading.year is not None and not reading.year.outright)
    )
    return Confidence.MEDIUM if concluded else Confidence.HIGH


def _may_be_the_site(bureau: Mention, reading: Reading) -> bool:
    """Say whether the name over the text may be the site's alone: no title, or one of a report by custom another's."""
    author = customary_author(reading)
    return reading.layout.title is None or (author is not None and author.body != bureau.body)


def _evidence(
    bureau: Mention | None, placement: Placement | None, reading: Reading, override: ManifestRow | None
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
