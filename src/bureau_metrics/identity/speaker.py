"""Which of the bodies that a document names is the one that speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bureau_metrics.identity.kinds import words
from bureau_metrics.identity.layout import Layout
from bureau_metrics.identity.mentions import Mention
from bureau_metrics.identity.names import bureau_names
from bureau_metrics.identity.pieces import Zone
from bureau_metrics.identity.statements import Reading


def own_bureau(reading: Reading) -> Mention | None:
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


def _government(reading: Reading) -> Mention | None:
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
