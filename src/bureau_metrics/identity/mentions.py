"""Bureau names and place names as a document mentions them, with the zone in which each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from bureau_metrics import regions
from bureau_metrics.identity.layout import Piece, Zone
from bureau_metrics.identity.names import CORPS, Token, bureau_names, short_name_at, tokens

_LONGEST_RESIDUE = 20
_CLAUSE_ENDS = "\n 　，,。；;："
_HAN = re.compile("[一-鿿]")
_RESIDUE = re.compile("[一-鿿（）()、]*")
_YEAR_BETWEEN = re.compile("(?:[0-9]{4}|[二一][〇○零九一二三四五六七八]{3})年度?")
_OWN_ZONES = frozenset({Zone.TITLE, Zone.ABOVE, Zone.SOURCE, Zone.SIGNATURE})
_PLACE_LIKE = re.compile("[一-鿿]+[市县旗区]")


class Place(NamedTuple):
    """A run of place names side by side (重庆市九龙坡区): offsets into the document, end exclusive.

    `quoted` tells that the run begins a quoted title (《重庆市九龙坡区…》), `organ` that an organ of the place follows
    (义马市委), `behind` is what follows, for a title's sake.
    """

    zone: Zone
    start: int
    end: int
    names: tuple[str, ...]
    quoted: bool = False
    organ: bool = False
    behind: str = ""


class Mention(NamedTuple):
    """A bureau as it is mentioned: offsets into the document, end exclusive.

    `printed` is the name with its place or level word, `body` the canonical name without them, `level` the level word
    that stands for the place (市科技局), `place` the place named. The rest tells how far the mention can be trusted:
    `area`: the body governs or serves but an area of the place (a town, a development zone); `listed`: the vocabulary
    has the body; `another`: the sentence names it beside or above the one that reports (会同市公安局); `quoted`: the
    name begins a quoted title; `bare`: running text gives neither place nor level word (，司法厅坚持…);
    `unknown_place`: something like a district stands before the body which no list of divisions has.
    """

    zone: Zone
    start: int
    end: int
    printed: str
    body: str
    level: str = ""
    place: Place | None = None
    area: bool = False
    listed: bool = True
    another: bool = False
    quoted: bool = False
    bare: bool = False
    unknown_place: bool = False

    @property
    def name(self) -> str:
        """The canonical name as far as the mention itself gives it: with the place or level word that it names."""
        return f"{''.join(self.place.names) if self.place else self.level}{self.body}"


class _Run(NamedTuple):
    """A place with its span within the piece."""

    start: int
    end: int
    place: Place


def find_mentions(piece: Piece) -> tuple[list[Mention], list[Place]]:
    """Return the bureaus and the places that a piece mentions, each in the order of the text."""
    found = tokens(piece.text)
    runs = _place_runs(piece, found)
    mentions = list(_listed(piece, found, runs))
    if piece.zone in _OWN_ZONES and not mentions:
        unlisted = _unlisted(piece, runs)
        mentions = [unlisted] if unlisted else []
    return mentions, [run.place for run in runs]


def is_corps(place: Place) -> bool:
    """Say whether the run names the Xinjiang corps as a whole."""
    return place.names[-1] in (CORPS, "兵团")


def _place_runs(piece: Piece, found: list[Token]) -> list[_Run]:
    """Return the runs of adjacent place names, a short name that begins a title or source line among them."""
    runs: list[list[Token]] = []
    start = _start_of_name(piece)
    first = short_name_at(piece.text, start) if piece.zone in _OWN_ZONES else None
    if first and not any(token.start < start + len(first) for token in found if token.end > start):
        runs.append([Token(start, start + len(first), first, None, place=True, bound=False)])
    bodies = {token.start for token in found if token.body}
    for token in found:
        if not token.place:
            continue
        before = runs[-1][-1] if runs and runs[-1][-1].end == token.start else None
        if token.name in regions.ordinary_nouns() and not _is_place_here(piece, token, before, bodies, start):
            continue
        if before is not None:
            runs[-1].append(token)
        else:
            runs.append([token])
    return [_run(piece, run) for run in runs]


def _is_place_here(piece: Piece, token: Token, before: Token | None, bodies: set[int], start: int) -> bool:
    """Say whether an ordinary noun is a place: under the one before it, or as the first word of a body's name."""
    if before is not None:
        return regions.has_below(before.name, token.name)
    if piece.zone in _OWN_ZONES and token.start == start:
        return True
    begins = token.start == 0 or not _HAN.match(piece.text[token.start - 1])
    return begins and token.end in bodies


def _start_of_name(piece: Piece) -> int:
    """Return where a name may begin in a title or line: behind 国家税务总局 and the like."""
    start = 0
    while prefix := next((p for p in bureau_names().prefixes if piece.text.startswith(p, start)), None):
        start += len(prefix)
    return start


def _run(piece: Piece, run: list[Token]) -> _Run:
    start, end = run[0].start, run[-1].end
    place = Place(
        piece.zone,
        *piece.span(start, end),
        names=tuple(token.name for token in run),
        quoted=start > 0 and piece.text[start - 1] in "《〈",
        organ=bool(bureau_names().organ.match(piece.text, end)),
        behind=piece.text[end : end + _LONGEST_RESIDUE],
    )
    return _Run(start, end, place)


def _listed(piece: Piece, found: list[Token], runs: list[_Run]) -> Iterator[Mention]:
    """Yield the mentions of bodies that the vocabulary has, each with the place between it and the body before it."""
    not_before, passed = 0, 0
    for token, following in zip_longest(found, found[1:]):
        if token.body is None:
            continue
        while passed < len(runs) and runs[passed].end <= token.start:
            passed += 1
        run = runs[passed - 1] if passed and runs[passed - 1].start >= not_before else None
        mention = _mention(piece, token, following, run, not_before)
        if mention is not None:
            yield mention
        not_before = token.end


def _mention(piece: Piece, token: Token, following: Token | None, run: _Run | None, not_before: int) -> Mention | None:
    if piece.text.startswith(bureau_names().followed_by, token.end):
        return None
    if token.body in bureau_names().national:
        return _national(piece, token, following)
    if run is not None:
        residue = _residue(piece, run.end, token)
        if residue is not None:
            return _placed(piece, token, run, residue)
    before = piece.text[max(not_before, token.start - _LONGEST_RESIDUE) : token.start]
    if piece.zone in _OWN_ZONES:
        return _own_unplaced(piece, token, before)
    return _running_unplaced(piece, token, before) or _bare(piece, token)


def _placed(piece: Piece, token: Token, run: _Run, residue: str) -> Mention:
    area = residue.endswith(bureau_names().areas)
    like_a_place = bool(_PLACE_LIKE.fullmatch(residue)) and token.body not in bureau_names().named_bodies
    return Mention(
        piece.zone,
        *piece.span(run.start, token.end),
        printed=_YEAR_BETWEEN.sub("", piece.text[run.start : token.end]),
        body=residue + (token.body or ""),
        place=run.place,
        area=area or (bool(residue) and token.body in bureau_names().named_bodies),
        another=_is_another(piece, run.start, token.end),
        quoted=run.place.quoted,
        unknown_place=like_a_place and not area,
    )


def _residue(piece: Piece, end_of_place: int, token: Token) -> str | None:
    """Return what stands between a place and a body and belongs to the body (高新技术产业开发区); None if no name."""
    between = piece.text[end_of_place : token.start]
    if not between:
        return ""
    if len(between) > _LONGEST_RESIDUE:
        return None
    residue = _YEAR_BETWEEN.sub("", between)
    if token.bound or not _is_name(residue):
        return None if residue else ""
    if piece.zone in _OWN_ZONES or token.body in bureau_names().named_bodies:
        return residue
    return residue if residue.endswith((*bureau_names().areas, *bureau_names().joining)) else None


def _is_name(text: str) -> bool:
    return bool(_RESIDUE.fullmatch(text)) and not bureau_names().never_inside.search(text)


def _own_unplaced(piece: Piece, token: Token, before: str) -> Mention | None:
    """Return a body without a place in a title, source line or signature: behind a level word, an area, or alone."""
    anew = max((match.end() for match in bureau_names().begin_anew.finditer(before)), default=0)
    head = before[anew:]
    level = next((level for level in bureau_names().level_endings if head.startswith(level)), "")
    residue = head[len(level) :]
    area = residue.endswith(bureau_names().areas)
    if not _is_name(residue) or (residue and not level and not area) or (token.bound and (residue or not level)):
        return None
    return Mention(
        piece.zone,
        *piece.span(token.start - len(head), token.end),
        printed=head + token.name,
        body=residue + (token.body or ""),
        level=level,
        area=area,
    )


def _running_unplaced(piece: Piece, token: Token, before: str) -> Mention | None:
    """Return a body right behind a level word in running text (市科技局, but not 全市科技局 or 高新区科技局)."""
    match = bureau_names().level.search(before)
    if match is None or before.endswith(bureau_names().areas):
        return None
    if match.start() and before[match.start() - 1] in bureau_names().other_places:
        return None
    start = token.start - len(match.group())
    return Mention(
        piece.zone,
        *piece.span(start, token.end),
        printed=piece.text[start : token.end],
        body=token.body or "",
        level=match.group(),
        another=token.body in bureau_names().governments or _is_another(piece, start, token.end),
    )


def _bare(piece: Piece, token: Token) -> Mention | None:
    """Return a body that begins a sentence or clause by its bare name (，司法厅坚持…)."""
    if token.bound or (token.start and piece.text[token.start - 1] not in _CLAUSE_ENDS):
        return None
    span = piece.span(token.start, token.end)
    another = _is_another(piece, token.start, token.end)
    return Mention(piece.zone, *span, token.name, token.body or "", another=another, bare=True)


def _national(piece: Piece, token: Token, following: Token | None) -> Mention | None:
    """Return a body of the whole nation, unless a place follows: then it is its branch there that is meant."""
    is_branch = following is not None and following.place and following.start == token.end
    if is_branch or short_name_at(piece.text, token.end):
        return None
    if piece.zone not in _OWN_ZONES:
        return _bare(piece, token)
    return Mention(piece.zone, *piece.span(token.start, token.end), token.name, token.name)


def _unlisted(piece: Piece, runs: list[_Run]) -> Mention | None:
    """Return a body that the vocabulary does not know, behind the place, area or level word that begins the piece."""
    start = _start_of_name(piece)
    run = next((run for run in runs if run.start == start), None)
    match = bureau_names().unlisted.match(piece.text, run.end if run else start)
    if match is None or not _is_name(match.group()):
        return None
    name = match.group()
    level = "" if run else next((level for level in bureau_names().level_endings if name.startswith(level)), "")
    town = next((body for ending, body in bureau_names().towns.items() if name.endswith(ending)), "")
    area = bool(town) or any(area in name for area in bureau_names().areas)
    if run is None and not level and not area:
        return None
    return Mention(
        piece.zone,
        *piece.span(start, match.end()),
        printed=piece.text[start : match.end()],
        body=name[len(level) :] + town,
        level=level,
        place=run.place if run else None,
        area=area,
        listed=False,
    )


def _is_another(piece: Piece, start: int, end: int) -> bool:
    """Say whether running text names the body as one beside or above the one that reports."""
    if piece.zone in _OWN_ZONES:
        return False
    before = piece.text[max(0, start - 4) : start].endswith(bureau_names().others_before)
    return before or bureau_names().others_behind.match(piece.text, end) is not None
