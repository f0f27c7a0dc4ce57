"""What one document says of itself: the bodies, places, days and years that stand in its parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bureau_metrics.identity.kinds import Kind, kind_of, opening_kind
from bureau_metrics.identity.layout import Layout, lay_out
from bureau_metrics.identity.mentions import Mention, find_mentions
from bureau_metrics.identity.pieces import Zone
from bureau_metrics.identity.places import Place
from bureau_metrics.identity.years import DayStated, YearStated, published_on, report_year
from bureau_metrics.models import Evidence


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says of itself, before it is put together."""

    layout: Layout
    mentions: list[Mention]
    places: list[Place]
    kind: tuple[Kind, Evidence] | None
    published: DayStated | None
    year: YearStated | None


def read_head(text: str) -> Reading:
    """Return what head and end of a document say, its running text left out."""
    layout = lay_out(text)
    pieces = [layout.title, layout.above, *layout.sources, *layout.header_pieces(), *layout.signature_pieces()]
    found = [find_mentions(piece) for piece in pieces if piece is not None]
    sent_to = [place for piece in layout.addressee_pieces() for place in find_mentions(piece)[1]]
    published = published_on(layout)
    return Reading(
        layout,
        mentions=[mention for mentions, _ in found for mention in mentions],
        places=[*(place for _, places in found for place in places), *sent_to],
        kind=_kind(layout),
        published=published,
        year=report_year(layout, published),
    )


def with_body(reading: Reading) -> Reading:
    """Add what the running text mentions, the opening told from what stands further down."""
    mentions, places = find_mentions(reading.layout.body)
    end = reading.layout.opening[-1].end if reading.layout.opening else 0
    zoned = [mention._replace(zone=Zone.OPENING) if mention.start < end else mention for mention in mentions]
    return replace(reading, mentions=[*reading.mentions, *zoned], places=[*reading.places, *places])


def _kind(layout: Layout) -> tuple[Kind, Evidence] | None:
    if layout.title is not None and (found := kind_of(layout.title.text)):
        return found[0], Evidence(Zone.TITLE, *layout.title.span(found[1], found[2]))
    for line in layout.opening:
        if found := opening_kind(line.text):
            return found[0], Evidence(Zone.OPENING, line.start + found[1], line.start + found[2])
    return None
