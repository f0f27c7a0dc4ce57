"""Bureau names and place names as a document mentions them, with the zone in which each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bureau_metrics.identity.layout import Piece, Zone
from bureau_metrics.identity.names import CORPS, Token, bureau_names, tokens
from bureau_metrics.regions import ordinary_nouns

_LONGEST_RESIDUE = 20
_RESIDUE = re.compile("[一-鿿（）()、]*")
_YEAR_BETWEEN = re.compile("(?:[0-9]{4}|[二一][〇○零九一二三四五六七八]{3})年度?")
_OWN_ZONES = frozenset({Zone.TITLE, Zone.ABOVE, Zone.SOURCE, Zone.SIGNATURE})
_PLACE_LIKE = re.compile("[一-鿿]+(?:[市县旗]|(?<![发区园新])区)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A run of place names side by side (重庆市九龙坡区): offsets into the document, end exclusive.

    `quoted` tells that the run begins a quoted title (《重庆市九龙坡区…》), `organ` that an organ of the place follows
    (义马市委).
    """

    zone: Zone
    start: int
    end: int
    names: tuple[str, ...]
    quoted: bool = False
    organ: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A bureau as it is mentioned: offsets into the document, end exclusive.

    `printed` is the name with its place or level word, `body` the canonical name without them, `level` the level word
    that stands for the place (市科技局), `place` the place named. `listed` tells that the vocabulary has the body,
    `another` that the sentence names it beside or above the one that reports (会同市公安局), `unknown_place` that
    something like a district stands before the body which no list of divisions has.
    """

    zone: Zone
    start: int
    end: int
    printed: str
    body: str
    level: str = ""
    place: Place | None = None
    listed: bool = True
    another: bool = False
    unknown_place: bool = False


def find_mentions(piece: Piece) -> tuple[list[Mention], list[Place]]:
    """Return the bureaus and the places that a piece mentions, each in the order of the text."""
    found = tokens(piece.text)
    runs = _place_runs(piece, found)
    mentions = [mention for i in range(len(found)) if (mention := _mention(piece, found, i, runs)) is not None]
    if piece.zone in _OWN_ZONES and not mentions:
        unlisted = _unlisted(piece, runs)
        mentions = [unlisted] if unlisted else []
    return mentions, [place for _, _, place in runs]


Run = tuple[int, int, Place]


def _place_runs(piece: Piece, found: list[Token]) -> list[Run]:
    """Return the runs of adjacent place names with their span within the piece."""
    runs: list[list[Token]] = []
    for token in found:
        if not token.place:
            continue
        if runs and runs[-1][-1].end == token.start:
            runs[-1].append(token)
        elif token.name not in ordinary_nouns() or (token.start == 0 and piece.zone in _OWN_ZONES):
            runs.append([token])
    return [_run(piece, run) for run in runs]


def _run(piece: Piece, run: list[Token]) -> Run:
    start, end = run[0].start, run[-1].end
    place = Place(
        piece.zone,
        *piece.span(start, end),
        names=tuple(token.name for token in run),
        quoted=start > 0 and piece.text[start - 1] in "《〈",
        organ=bool(bureau_names().organ.match(piece.text, end)),
    )
    return start, end, place


def _mention(piece: Piece, found: list[Token], i: int, runs: list[Run]) -> Mention | None:
    token = found[i]
    if token.body is None or piece.text.startswith(bureau_names().followed_by, token.end):
        return None
    if token.body in bureau_names().national:
        return _national(piece, token, found[i + 1 : i + 2])
    not_before = max((other.end for other in found[:i] if other.body), default=0)
    run = next(((s, e, place) for s, e, place in reversed(runs) if not_before <= s and e <= token.start), None)
    if run is not None:
        residue = _residue(piece, run[1], token)
        if residue is not None:
            return _placed(piece, token, run, residue)
    return _by_level(piece, token, not_before)


def _placed(piece: Piece, token: Token, run: Run, residue: str) -> Mention:
    start, _, place = run
    return Mention(
        piece.zone,
        *piece.span(start, token.end),
        printed=_YEAR_BETWEEN.sub("", piece.text[start : token.end]),
        body=residue + (token.body or ""),
        place=place,
        another=_is_another(piece, start, token.end),
        unknown_place=bool(_PLACE_LIKE.fullmatch(residue)) and not residue.endswith(bureau_names().areas),
    )


def _residue(piece: Piece, end_of_place: int, token: Token) -> str | None:
    """Return what stands between a place and a body and belongs to the body (高新技术产业开发区); None if no name."""
    between = piece.text[end_of_place : token.start]
    if not between:
        return ""
    if len(between) > _LONGEST_RESIDUE or token.bound:
        return None
    if piece.zone not in _OWN_ZONES and not between.endswith(bureau_names().areas):
        return None
    residue = _YEAR_BETWEEN.sub("", between)
    return residue if _RESIDUE.fullmatch(residue) and not bureau_names().never_inside.search(residue) else None


def _by_level(piece: Piece, token: Token, not_before: int) -> Mention | None:
    """Return the mention of a body behind a level word (市科技局), or alone at the start of a title or signature."""
    before = piece.text[max(not_before, token.start - _LONGEST_RESIDUE) : token.start]
    match = bureau_names().level.search(before)
    residue = ""
    if match is None and piece.zone in _OWN_ZONES and not token.bound:
        match, residue = _level_with_residue(before)
    if match is None:
        alone = piece.zone in _OWN_ZONES and not token.bound and token.start == 0
        return Mention(piece.zone, *piece.span(0, token.end), token.name, token.body or "") if alone else None
    level_start = token.start - len(before) + match.start()
    if match.start() and before[match.start() - 1] in bureau_names().other_places:
        return None
    return Mention(
        piece.zone,
        *piece.span(level_start, token.end),
        printed=piece.text[level_start : token.end],
        body=residue + (token.body or ""),
        level=match.group(),
        another=_is_another(piece, level_start, token.end),
    )


def _level_with_residue(before: str) -> tuple[re.Match[str] | None, str]:
    """Return the level word that begins a title and what stands between it and the body (县发展改革和 + 科技局)."""
    for level in bureau_names().level_endings:
        residue = before[len(level) :]
        if before.startswith(level) and _RESIDUE.fullmatch(residue) and not bureau_names().never_inside.search(residue):
            return re.match(re.escape(level), before), residue
    return None, ""


def _national(piece: Piece, token: Token, following: list[Token]) -> Mention | None:
    if piece.zone not in _OWN_ZONES or (following and following[0].place and following[0].start == token.end):
        return None
    return Mention(piece.zone, *piece.span(token.start, token.end), token.name, token.name)


def _unlisted(piece: Piece, runs: list[Run]) -> Mention | None:
    """Return a body that the vocabulary does not know, behind the place or level word with which the piece begins."""
    start = next((len(prefix) for prefix in bureau_names().prefixes if piece.text.startswith(prefix)), 0)
    run = next(((s, e, place) for s, e, place in runs if s == start), None)
    match = bureau_names().unlisted.match(piece.text, run[1] if run else start)
    if match is None or bureau_names().never_inside.search(match.group()):
        return None
    span = piece.span(start, match.end())
    printed = piece.text[start : match.end()]
    if run is not None:
        return Mention(piece.zone, *span, printed, match.group(), place=run[2], listed=False)
    for level in bureau_names().level_endings:
        if match.group().startswith(level):
            return Mention(piece.zone, *span, printed, match.group()[len(level) :], level=level, listed=False)
    return None


def _is_another(piece: Piece, start: int, end: int) -> bool:
    """Say whether running text names the body as one beside or above the one that reports."""
    if piece.zone in _OWN_ZONES:
        return False
    before = piece.text[max(0, start - 4) : start].endswith(bureau_names().others_before)
    return before or bureau_names().others_behind.match(piece.text, end) is not None


def is_corps(place: Place) -> bool:
    """Say whether the run names the Xinjiang corps as a whole."""
    return place.names[-1] in (CORPS, "兵团")
