"""Bodies that the vocabulary does not have, by what their names end in: towns, zones, farms of the corps, customs."""

from __future__ import annotations

import re

from bureau_metrics.identity.clauses import clauses
from bureau_metrics.identity.mention import Mention
from bureau_metrics.identity.names import bureau_names
from bureau_metrics.identity.pieces import Piece
from bureau_metrics.identity.places import Run, start_of_name

_SHORTEST_OWN_NAME = 2
_SHORTEST_BARE_NAME = 3
_OPENED, _CLOSED = re.compile("[（(]"), re.compile("[）)]")
_HAN_NAME = re.compile("[一-鿿（）()、]*")


def unlisted_body(piece: Piece, runs: list[Run]) -> Mention | None:
    """Return a body that the vocabulary does not know, behind the place, area or level word that begins the piece."""
    start = start_of_name(piece)
    run = next((run for run in runs if run.start == start), None)
    begins = run.end if run else start
    corps_unit = bureau_names().corps_unit.match(piece.text, begins)
    match = corps_unit or bureau_names().unlisted.match(piece.text, begins)
    if match is None or not (corps_unit or is_name(match.group())):
        return None
    name = match.group()
    level = "" if run else next((level for level in bureau_names().level_endings if name.startswith(level)), "")
    governs = _governs(name)
    area = bool(governs or corps_unit) or any(area in name for area in bureau_names().areas)
    if governs and (clauses().towns_in_general.fullmatch(name) or name.startswith(bureau_names().zones_to_be)):
        return None
    if run is None and any(start < inner.start < match.end() for inner in runs):  # 共青团嵩县委
        return None
    if run is None and not level and not area and not _has_a_name_of_its_own(name):
        return None
    return Mention(
        piece.zone,
        *piece.span(start, match.end()),
        printed=piece.text[start : match.end()],
        body=_written_out(name[len(level) :]) + governs,
        level=level,
        place=run.place if run else None,
        area=area,
        listed=False,
    )


def bare_name(piece: Piece) -> str | None:
    """Return the name without place or level word that begins the piece (移民局2011年工作总结)."""
    match = bureau_names().unlisted.match(piece.text, start_of_name(piece))
    return match.group() if match and is_name(match.group()) and len(match.group()) >= _SHORTEST_BARE_NAME else None


def is_name(text: str) -> bool:
    """Say whether this may be a name: no phrase runs into it (义马市关于加强科技局…), no bracket breaks it."""
    whole = len(_OPENED.findall(text)) == len(_CLOSED.findall(text))
    return whole and bool(_HAN_NAME.fullmatch(text)) and not _a_phrase_runs_in(text)


def _a_phrase_runs_in(text: str) -> bool:
    never_inside = bureau_names().never_inside
    match = never_inside.search(text)
    if match and match.span() == (0, 1) and text.endswith(bureau_names().governed_towns):  # 向阳街道, 对坊乡人民政府
        match = never_inside.search(text, 1)
    return match is not None


def _written_out(name: str) -> str:
    """Return the name with the short form that it ends in written out (科协)."""
    short = next((short for short in bureau_names().short_endings if name.endswith(short)), "")
    return name.removesuffix(short) + bureau_names().short_endings[short] if short else name


def _governs(name: str) -> str:
    """Return what governs the town or zone that is named alone, or nothing."""
    by_ending = {**bureau_names().towns, **bureau_names().zones}
    return next((body for ending, body in by_ending.items() if name.endswith(ending)), "")


def _has_a_name_of_its_own(name: str) -> bool:
    """Say whether the body is known by its name alone, wherever it lies (拱北海关)."""
    ending = next((ending for ending in bureau_names().as_printed if name.endswith(ending)), name)
    return len(name) >= len(ending) + _SHORTEST_OWN_NAME
