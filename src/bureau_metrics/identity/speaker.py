"""Which of the bodies that a document names is the one that speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bureau_metrics.identity.clauses import clauses
from bureau_metrics.identity.kinds import words
from bureau_metrics.identity.layout import Layout
from bureau_metrics.identity.mention import Mention
from bureau_metrics.identity.mentions import find_mentions
from bureau_metrics.identity.names import bureau_names
from bureau_metrics.identity.pieces import Zone, slice_of
from bureau_metrics.identity.places import Place
from bureau_metrics.identity.statements import Reading

_FIRST_CLAUSES = 120


def own_bureau(reading: Reading) -> Mention | None:
    """Return the bureau that speaks.

    In this order: the title, the line above it, the signature, the place that the title names alone, the town that the
    first sentence is about, the source line, the page's path, the opening, and what else the text gives.
    """
    own = [mention for mention in reading.mentions if not mention.another and not mention.quoted]
    by_zone = {zone: [m for m in own if m.zone == zone and not m.bare] for zone in Zone}
    if _speaks_as_bureau(reading.layout):  # a government over the title is then the site's name
        by_zone[Zone.ABOVE] = [m for m in by_zone[Zone.ABOVE] if not _is_government(m)]
    if words().bureau_words.search(reading.layout.body.text):  # a zone in the title is then where the bureau is
        by_zone[Zone.TITLE] = [m for m in by_zone[Zone.TITLE] if not _is_bare_zone(m)]
    for zone in (Zone.TITLE, Zone.ABOVE):
        if by_zone[zone]:
            return by_zone[zone][0]
    government = customary_author(reading)
    signed = sorted(by_zone[Zone.SIGNATURE], key=_signs_second)
    if signed and not (government and _signs_second(signed[0])):
        return signed[0]
    return government or _speaking_town(reading.layout) or _below_the_head(reading, own, by_zone)


def _below_the_head(reading: Reading, own: list[Mention], by_zone: dict[Zone, list[Mention]]) -> Mention | None:
    """Return the bureau of a document whose title and signature name none."""
    opening = by_zone[Zone.OPENING]
    running = [*(m for m in opening if not _is_government(m)), *by_zone[Zone.BODY]]
    often = Counter(mention.body for mention in running)
    steps = [m for m in reversed(by_zone[Zone.CRUMB]) if not _is_government(m)]
    for mention in (*by_zone[Zone.SOURCE], *steps):
        if not often or mention.body in often:
            return mention
    if opening:
        return max(opening, key=lambda mention: often[mention.body])
    for mention in (*by_zone[Zone.SOURCE], *steps, *by_zone[Zone.CONTACT]):
        return mention
    return (
        _most_named(running, 2)
        or _most_named([mention for mention in own if mention.bare], 3)
        or _author_of_what_is_issued(reading)
        or _author_of_its_papers(reading)
        or _government_of_the_site(reading, by_zone[Zone.CRUMB])
        or _government_of_the_subject(reading)
    )


def _is_government(mention: Mention) -> bool:
    return mention.body in bureau_names().governments


def _is_bare_zone(mention: Mention) -> bool:
    return mention.printed.endswith(tuple(bureau_names().zones))


def _signs_second(mention: Mention) -> bool:
    return mention.body.endswith(bureau_names().second)


def _most_named(mentions: Sequence[Mention], at_least: int) -> Mention | None:
    """Return the first mention of the body that is named most, if it is named often and has no equal."""
    ranked = Counter(mention.body for mention in mentions).most_common(2)
    if not ranked or ranked[0][1] < at_least or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return next(mention for mention in mentions if mention.body == ranked[0][0])


def customary_author(reading: Reading) -> Mention | None:
    """Return the body that a place's report is by custom that of, where the title names the place alone."""
    title, places = reading.layout.title, reading.places
    place = next((place for place in places if place.zone in (Zone.TITLE, Zone.ABOVE)), None)
    if place is None and reading.kind is not None and reading.kind[0].looks_back:
        place = next((place for place in places if place.session and place.zone == Zone.HEADER), None)
    body = reading.kind[0].body if reading.kind else None
    if place is None or body is None or (body in bureau_names().governments and _speaks_as_bureau(reading.layout)):
        return None
    read_aloud = place.session and reading.kind is not None and reading.kind[0].looks_back
    if title is None and not read_aloud:
        return None
    if place.behind and not read_aloud and not words().names_the_place_alone.match(place.behind):
        return None
    return _of_the_place(place, body)


def _of_the_place(place: Place, body: str) -> Mention:
    printed = "".join(place.names)
    return Mention(place.zone, place.start, place.end, printed, body, place=place, listed=False)


def _speaking_town(layout: Layout) -> Mention | None:
    """Return the town that the first clauses are about, if they name no other (2024年，车村镇坚持…)."""
    found: dict[str, Mention] = {}
    for line in layout.opening[:1]:
        for match in clauses().subject_town.finditer(line.text, 0, _FIRST_CLAUSES):
            piece = slice_of(Zone.SOURCE, line.text, match.start(1), match.end(1), line.start)
            for mention in find_mentions(piece)[0]:
                found[mention.body] = mention._replace(zone=Zone.OPENING)
    return next(iter(found.values())) if len(found) == 1 else None


def _author_of_what_is_issued(reading: Reading) -> Mention | None:
    """Return the bureau whose report the title says is issued (关于印发《嵩县水利局2023年工作总结》的通知)."""
    title = reading.layout.title
    for mention in reading.mentions:
        if title is not None and mention.zone == Zone.TITLE and mention.quoted:
            before = title.text[: title.offsets.index(mention.start) - 1]
            if clauses().issues.search(before):
                return mention._replace(zone=Zone.BODY)
    return None


def _author_of_its_papers(reading: Reading) -> Mention | None:
    """Return the bureau that the titles of its own papers name, where the text says 我局 (印发《嵩县水利局…》)."""
    body = reading.layout.body
    start = body.offsets[0] if body.text else 0
    issued = [
        mention
        for mention in reading.mentions
        if mention.quoted
        and not mention.another
        and mention.zone in (Zone.OPENING, Zone.BODY)
        and clauses().issues.search(body.text, 0, mention.start - start - 1)
    ]
    said = words().self_words.search(body.text)
    if said is None or len({mention.body for mention in issued}) != 1 or not issued[0].body.endswith(said.group()[1]):
        return None
    return issued[0]._replace(zone=Zone.BODY)


def _government_of_the_site(reading: Reading, steps: Sequence[Mention]) -> Mention | None:
    """Return the government whose site the page's path begins with, for a kind of report that is by custom its own."""
    body = reading.kind[0].body if reading.kind else None
    if body not in bureau_names().governments or _speaks_as_bureau(reading.layout):
        return None
    return next((mention for mention in steps if mention.place is not None and mention.body == body), None)


def _government_of_the_subject(reading: Reading) -> Mention | None:
    """Return the government of the place that the first sentence is about, for a kind that is by custom its report."""
    body = reading.kind[0].body if reading.kind else None
    if body not in bureau_names().governments or _speaks_as_bureau(reading.layout):
        return None
    for line in reading.layout.opening[:1]:
        before = words().first_words.match(line.text)
        start = line.start + (before.end() if before else 0)
        for place in reading.places:
            if place.start == start and clauses().governs_and.match(place.behind):
                return _of_the_place(place._replace(zone=Zone.OPENING), body)
    return None


def _speaks_as_bureau(layout: Layout) -> bool:
    return bool(words().self_words.search(layout.body.text))
