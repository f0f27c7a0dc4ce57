"""Place names as a document mentions them: runs of names side by side, with the zone in which each stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from bureau_metrics import regions
from bureau_metrics.identity.clauses import clauses
from bureau_metrics.identity.names import CORPS, Token, bureau_names, short_name_at
from bureau_metrics.identity.pieces import Piece, Zone

OWN_ZONES = frozenset({Zone.TITLE, Zone.ABOVE, Zone.SOURCE, Zone.CRUMB, Zone.CONTACT, Zone.SIGNATURE})
_PAGE = (Zone.HEADER, Zone.ABOVE)

# What a title puts in brackets behind a place: 松北区（哈尔滨新区江北一体发展区）统计局.
ASIDE = re.compile("[（(][^（()）]*[)）]")

_BEHIND = 20
_LENGTHS_OF_STEMS = (4, 3, 2)
_LONGEST_KIND_OF_ZONE = 9  # 高新技术产业开发区
_HAN = re.compile("[一-鿿]")


class Place(NamedTuple):
    """A run of place names side by side (重庆市九龙坡区): offsets into the document, end exclusive.

    `quoted` tells that the run begins a quoted title (《重庆市九龙坡区…》), `organ` that an organ of the place follows
    (义马市委), `site` that it names the page's site, `behind` is what follows, for a title's sake; `session` that the
    place's congress follows, by its number (嵩县第十七届人民代表大会), or its head who reads the government's report
    (嵩县代县长); `registered` that a registration number says it, `numbered` that the
    sign before a paper's number does (沪民防〔2021〕28号).
    """

    zone: Zone
    start: int
    end: int
    names: tuple[str, ...]
    quoted: bool = False
    organ: bool = False
    behind: str = ""
    session: bool = False
    site: bool = False
    registered: bool = False
    numbered: bool = False


class Run(NamedTuple):
    """A place with its span within the piece, end exclusive."""

    start: int
    end: int
    place: Place


def is_corps(place: Place) -> bool:
    """Say whether the run names the Xinjiang corps as a whole."""
    return place.names[-1] in (CORPS, "兵团")


def place_runs(piece: Piece, found: list[Token]) -> list[Run]:
    """Return the runs of adjacent place names, a short name that begins a title or source line among them."""
    runs: list[list[Token]] = []
    start = start_of_name(piece)
    first = short_name_at(piece.text, start) if piece.zone in OWN_ZONES else None
    if first and piece.text.startswith(tuple(bureau_names().towns), start + len(first)):
        first = None  # 杏花岭镇 need not lie in 杏花岭区
    bodies = {token.start for token in found if token.body}
    if first is None and piece.zone in OWN_ZONES:
        first = _county_before_a_body(piece.text, start, bodies, alone=piece.zone == Zone.SOURCE)
    if first and not any(token.start < start + len(first) for token in found if token.end > start):
        runs.append([Token(start, start + len(first), first, None, place=True, bound=False)])
    asides = [match.span() for match in ASIDE.finditer(piece.text)] if piece.zone in OWN_ZONES else []
    for token in found:
        if not token.place or (runs and any(begin < token.start < end for begin, end in asides)):
            continue
        before = runs[-1][-1] if runs and runs[-1][-1].end == token.start else None
        if token.name in regions.ordinary_nouns() and not _is_place_here(piece, token, before, bodies, start):
            continue
        if before is not None and not _begins_above(before, token):
            runs[-1].append(token)
        else:
            runs.append([token])
    if piece.zone in OWN_ZONES:
        runs = [_with_zone_of_a_lower_place(piece, run, bodies) for run in runs]
    return [_run(piece, run) for run in runs]


def _begins_above(before: Token, token: Token) -> bool:
    """Say whether a name begins another run: 广州 behind 黄埔区 leads up, not down."""
    return regions.has_below(token.name, before.name) and not regions.has_below(before.name, token.name)


def _with_zone_of_a_lower_place(piece: Piece, run: list[Token], bodies: set[int]) -> list[Token]:
    """Add the short name of the lower place after which a zone is called (内蒙古 + 阿拉善高新区, 浙江 + 乐清开发区).

    The short name of a county, which alone says nothing, counts between its province and a zone or body.
    """
    end = run[-1].end
    short = short_name_at(piece.text, end)
    if short is None or not regions.has_below(run[-1].name, short):
        short = _county_at(piece.text, end, run[-1].name)
    if short is None:
        return run
    begins = end + len(short)
    if begins not in bodies and not bureau_names().zone.match(piece.text, begins):
        return run
    return [*run, Token(end, begins, short, None, place=True, bound=False)]


def _county_at(text: str, start: int, province: str) -> str | None:
    """Return the name without its ending of a province's only county of that name, the longest."""
    stems = (text[start : start + length] for length in _LENGTHS_OF_STEMS)
    return next((stem for stem in stems if regions.is_county_of_province(stem, province)), None)


def _county_before_a_body(text: str, start: int, bodies: set[int], *, alone: bool) -> str | None:
    """Return the county's name without its ending that begins a body's or zone's (平湖应急管理局, 太仓高新区).

    Where a source names nothing else it may stand `alone` (发布机构：云和).
    """
    stem = text[start : start + 2]
    end = start + len(stem)
    named = stem not in regions.county_words() and regions.called(stem)
    if not named or not any(division.name[-1] in "市县" for division in named):  # 东湖高新区 need not lie in 东湖区
        return None
    zone = bureau_names().zone.match(text, end)
    return (
        stem
        if end in bodies or (alone and end == len(text)) or (zone and zone.end() - end <= _LONGEST_KIND_OF_ZONE)
        else None
    )


def _is_place_here(piece: Piece, token: Token, before: Token | None, bodies: set[int], start: int) -> bool:
    """Say whether an ordinary noun is a place: under the one before it, or as the first word of a body's name."""
    if before is not None:
        return regions.has_below(before.name, token.name)
    if piece.zone in OWN_ZONES and token.start == start:
        return True
    begins = token.start == 0 or not _HAN.match(piece.text[token.start - 1])
    return begins and token.end in bodies


def start_of_name(piece: Piece) -> int:
    """Return where a name may begin in a title or line: behind a year, 关于, 国家税务总局 and the like."""
    start = 0
    while prefix := bureau_names().before_a_name.match(piece.text, start):
        start = prefix.end()
    return start


def _run(piece: Piece, run: list[Token]) -> Run:
    start, end = run[0].start, run[-1].end
    place = Place(
        piece.zone,
        *piece.span(start, end),
        names=tuple(token.name for token in run),
        quoted=start > 0 and piece.text[start - 1] in "《〈",
        organ=bool(clauses().organ.match(piece.text, end)),
        behind=piece.text[end : end + _BEHIND],
        session=bool(clauses().session.match(piece.text, end)),
        site=piece.zone == Zone.CRUMB or (piece.zone in _PAGE and bool(clauses().site.match(piece.text, end))),
    )
    return Run(start, end, place)
