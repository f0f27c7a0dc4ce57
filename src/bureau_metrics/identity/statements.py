"""What one document says of itself: the bodies, places, days and years that stand in its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bureau_metrics import regions
from bureau_metrics.identity.clauses import clauses
from bureau_metrics.identity.kinds import Kind, kind_of, opening_kind, words
from bureau_metrics.identity.layout import Layout, lay_out
from bureau_metrics.identity.mention import Mention
from bureau_metrics.identity.mentions import find_mentions, is_another
from bureau_metrics.identity.names import bureau_names, short_name_at
from bureau_metrics.identity.pieces import Line, Piece, Zone, slice_of
from bureau_metrics.identity.places import Place
from bureau_metrics.identity.unlisted import bare_name
from bureau_metrics.identity.years import DayStated, YearStated, published_on, report_year
from bureau_metrics.models import Evidence

_LONGEST_SUBJECT = 30
_PAPER_NUMBER = re.compile(r"(?<![一-鿿])([一-鿿])[一-鿿]{1,8}[〔\[［(（]20[0-9]{2}[〕\]］)）]")


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
    named = [layout.title, layout.above, *layout.sources, *layout.path_pieces()]
    pieces = [*named, *layout.header_pieces(), *layout.signature_pieces()]
    found = [find_mentions(piece) for piece in pieces if piece is not None]
    sent_to = [place for piece in layout.addressee_pieces() for place in find_mentions(piece)[1]]
    published = published_on(layout)
    kind = _kind(layout)
    year = report_year(layout, published, looks_back=kind is not None and kind[0].looks_back)
    registered = _registered(layout.header, year.year if year else None)
    return Reading(
        layout,
        mentions=[mention for mentions, _ in found for mention in mentions],
        places=[*(place for _, places in found for place in places), *sent_to, *registered, *_numbered(layout.header)],
        kind=kind,
        published=published,
        year=year,
    )


def with_body(reading: Reading) -> Reading:
    """Add what the running text mentions, the opening told from what stands further down."""
    body = reading.layout.body
    mentions, places = find_mentions(body)
    rooms = [body.span(*match.span()) for match in clauses().address.finditer(body.text)]
    mentions = [m for m in mentions if not any(start <= m.start < end for start, end in rooms)]
    mentions += [found for name in _names_without_a_place(reading) for found in _in_full(name, body, places)]
    end = reading.layout.opening[-1].end if reading.layout.opening else 0
    zoned = [mention._replace(zone=Zone.OPENING) if mention.start < end else mention for mention in mentions]
    zoned = [*_subject(reading.layout), *zoned]
    asked = [mention for piece in _contacts(reading.layout) for mention in find_mentions(piece)[0]]
    opened = (place._replace(zone=Zone.OPENING) if place.start < end else place for place in places)
    places = [*reading.places, *opened, *_praised(body), *_numbered(reading.layout.opening)]
    return replace(reading, mentions=[*reading.mentions, *zoned, *asked], places=places)


def _praised(body: Piece) -> Iterator[Place]:
    """Yield the places that a slogan names by their short names (法治岳阳)."""
    for match in clauses().slogans.finditer(body.text):
        if name := short_name_at(body.text, match.end()):
            span = body.span(match.end(), match.end() + len(name))
            yield Place(Zone.BODY, *span, (name,), organ=True)


def _subject(layout: Layout) -> list[Mention]:
    """Return the body that the first sentence is about, its name read as in a source line (2024年，嵩县水利局坚持…)."""
    for line in layout.opening[:1]:
        before = words().first_words.match(line.text)
        start = before.end() if before else 0
        behind = clauses().predicate.search(line.text, start, start + _LONGEST_SUBJECT)
        if behind is not None:
            named, _ = find_mentions(slice_of(Zone.SOURCE, line.text, start, behind.start(), line.start))
            return [m._replace(zone=Zone.OPENING) for m in named[:1] if m.start == line.start + start and _is_whole(m)]
    return []


def _is_whole(mention: Mention) -> bool:
    names = bureau_names()
    if mention.level:
        return mention.body not in names.governments
    return (mention.place is not None and not mention.area) or mention.body in names.national


def _names_without_a_place(reading: Reading) -> set[str]:
    """Return the names by which the head gives a body that no list has, without its place (移民局2011年工作总结)."""
    unlisted = (m for m in reading.mentions if not m.listed and m.place is None and not m.area)
    bare = bare_name(reading.layout.title) if reading.layout.title else None
    return {*(mention.printed.removeprefix(mention.level) for mention in unlisted), *([bare] if bare else [])}


def _in_full(name: str, body: Piece, places: Iterable[Place]) -> Iterator[Mention]:
    """Yield where the running text gives such a name behind a place (2011年，嵩县移民局…)."""
    begins = body.offsets[0] if body.text else 0
    for place in places:
        if place.behind.startswith(name):
            end = place.end + len(name)
            another = is_another(body, place.start - begins, end - begins)
            printed = body.text[place.start - begins : end - begins]
            yield Mention(Zone.BODY, place.start, end, printed, name, place=place, listed=False, another=another)


def _contacts(layout: Layout) -> list[Piece]:
    """Return the names of the bodies with which the opening asks its reader to get in touch, without their offices."""
    pieces: list[Piece] = []
    for line in layout.opening:
        for match in clauses().contact.finditer(line.text):
            office = clauses().answering_office.search(match[1])
            end = match.start(1) + (office.start() if office else len(match[1]))
            pieces.append(slice_of(Zone.CONTACT, line.text, match.start(1), end, line.start))
    return pieces


def _registered(header: Iterable[Line], year: int | None) -> list[Place]:
    """Return the divisions that registration numbers over the report name (索引号 11410325…/2025-00009)."""
    places: list[Place] = []
    for code, start, end in _said(header, words().registration):
        if division := regions.by_code(code, year):
            chain = [*reversed(regions.ancestors(division, year)), division]
            places.append(Place(Zone.HEADER, start, end, tuple(above.name for above in chain), registered=True))
    return places


def _numbered(lines: Iterable[Line]) -> Iterator[Place]:
    """Yield the provinces whose signs begin the numbers of papers (沪民防〔2021〕28号)."""
    for sign, start, end in _said(lines, _PAPER_NUMBER):
        if province := regions.paper_signs().get(sign):
            yield Place(Zone.HEADER, start, end, (province,), numbered=True)


def _said(lines: Iterable[Line], pattern: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Yield what the first group of a pattern takes in each place, with its span in the document."""
    for line in lines:
        for match in pattern.finditer(line.text):
            yield match[1], line.start + match.start(1), line.start + match.end(1)


def _kind(layout: Layout) -> tuple[Kind, Evidence] | None:
    if layout.title is not None and (found := kind_of(layout.title.text)):
        return found[0], Evidence(Zone.TITLE, *layout.title.span(found[1], found[2]))
    for line in layout.opening:
        if found := opening_kind(line.text):
            return found[0], Evidence(Zone.OPENING, line.start + found[1], line.start + found[2])
    for crumb in reversed([*layout.path_pieces()]):
        if found := kind_of(crumb.text):
            return found[0], Evidence(Zone.CRUMB, *crumb.span(found[1], found[2]))
    return None
