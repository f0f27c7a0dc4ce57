"""Bureau names as a document mentions them, with the zone in which each stands and the place that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from bureau_metrics import regions
from bureau_metrics.identity.clauses import clauses
from bureau_metrics.identity.mention import Mention
from bureau_metrics.identity.names import Token, bureau_names, short_name_at, tokens
from bureau_metrics.identity.pieces import Piece, Zone
from bureau_metrics.identity.places import ASIDE, OWN_ZONES, Place, Run, place_runs, start_of_name
from bureau_metrics.identity.unlisted import is_name, unlisted_body

_LONGEST_RESIDUE = 20
_CLAUSE_ENDS = "\n 　，,。；;："
_YEAR_BETWEEN = re.compile("(?:[0-9]{4}|[二一][〇○零九一二三四五六七八]{3})年度?")
# 2024年政府信息公开工作年度报告（嵩县车村镇人民政府）
_AT_THE_END = re.compile(r"(?<=.)[（(]([^（()）]{4,40})[)）]$")
_PLACE_LIKE = re.compile("[一-鿿]+[市县旗区]")
_PLACE_UNKNOWN = re.compile("[^年月日]{2,4}[市县旗区]")


def find_mentions(piece: Piece) -> tuple[list[Mention], list[Place]]:
    """Return the bureaus and the places that a piece mentions, each in the order of the text."""
    found = tokens(piece.text)
    runs = place_runs(piece, found)
    mentions = list(_listed(piece, found, runs))
    places = [run.place for run in runs]
    if piece.zone in OWN_ZONES and not mentions:
        unlisted = unlisted_body(piece, runs)
        mentions = [unlisted] if unlisted else []
    if piece.zone == Zone.TITLE and not mentions and (aside := _AT_THE_END.search(piece.text)):
        mentions, behind = find_mentions(Piece(Zone.TITLE, aside[1], piece.offsets[aside.start(1) : aside.end(1)]))
        places += behind
    return mentions, places


def _listed(piece: Piece, found: list[Token], runs: list[Run]) -> Iterator[Mention]:
    """Yield the mentions of bodies that the vocabulary has, each with the place between it and the body before it."""
    not_before, passed = 0, 0
    asides = [match.span() for match in ASIDE.finditer(piece.text) if match.start()] if piece.zone in OWN_ZONES else []
    for token, following in zip_longest(found, found[1:]):
        if token.body is None or any(start < token.start < end for start, end in asides):  # 应急管理局（人防办）
            continue
        while passed < len(runs) and runs[passed].end <= token.start:
            passed += 1
        run = runs[passed - 1] if passed and runs[passed - 1].start >= not_before else None
        if _is_only_the_owner(piece, token, following):
            continue
        mention = _mention(piece, token, following, run, not_before)
        if mention is not None:
            yield _with_unit(piece, token, following, mention) if mention.listed else mention
        not_before = token.end


def _is_only_the_owner(piece: Piece, token: Token, following: Token | None) -> bool:
    """Say whether a government is named only as the one whose office follows (南京市人民政府国有资产监督管理委员会).

    The same holds for what governs a zone, right before a body of the zone's (江北新区管委会行政审批局).
    """
    if token.name in bureau_names().area_owners and following is not None and following.start == token.end:
        return following.body is not None
    if token.body not in bureau_names().governments:
        return False
    office = bureau_names().unlisted.match(piece.text, token.end)
    return office is not None and is_name(office.group())


def _with_unit(piece: Piece, token: Token, following: Token | None, mention: Mention) -> Mention:
    """Add the branch or the unit of the body that follows its name and is the one that reports (公安局交通警察大队)."""
    branch = bureau_names().branch.match(piece.text, token.end)
    is_branch = branch is not None and bool(regions.called(branch[1]) or branch[1].endswith(bureau_names().areas))
    unit = branch if is_branch else bureau_names().unit.match(piece.text, token.end)
    if unit is None or not is_name(unit.group()) or not (is_branch or piece.zone == Zone.TITLE):
        return mention
    if not is_branch and following is not None and following.start < unit.end():  # 嵩县教育局嵩县财政局 are two
        return mention
    longer = mention._replace(end=piece.span(token.end, unit.end())[1], printed=mention.printed + unit.group())
    if is_branch:
        return longer._replace(branch=unit.group())
    return longer._replace(body=mention.body + unit.group(), listed=False)


def _mention(piece: Piece, token: Token, following: Token | None, run: Run | None, not_before: int) -> Mention | None:
    if piece.text.startswith(bureau_names().followed_by, token.end):
        return None
    if token.body in bureau_names().national:
        return _national(piece, token, following)
    if run is not None:
        residue = _residue(piece, run.end, token)
        if residue is not None:
            return _placed(piece, token, run, residue)
    before = piece.text[max(not_before, token.start - _LONGEST_RESIDUE) : token.start]
    if piece.zone in OWN_ZONES:
        return _own_unplaced(piece, token, before)
    return _running_unplaced(piece, token, before) or _bare(piece, token)


def _placed(piece: Piece, token: Token, run: Run, residue: str) -> Mention:
    area = residue.endswith(bureau_names().areas)
    like_a_place = bool(_PLACE_LIKE.fullmatch(residue)) and token.body not in bureau_names().named_bodies
    return Mention(
        piece.zone,
        *piece.span(run.start, token.end),
        printed=_YEAR_BETWEEN.sub("", piece.text[run.start : token.end]),
        body=_joined(residue, token),
        place=run.place,
        area=area or (bool(residue) and token.body in bureau_names().named_bodies),
        another=is_another(piece, run.start, token.end),
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
    residue = _without_owner(ASIDE.sub("", _YEAR_BETWEEN.sub("", between)), piece.text[end_of_place - 1])
    if token.bound or not is_name(residue):
        return None if residue else ""
    if piece.zone in OWN_ZONES or token.body in bureau_names().named_bodies:
        return residue
    return residue if residue.endswith((*bureau_names().areas, *bureau_names().joining)) else None


def _without_owner(residue: str, place_ending: str) -> str:
    """Return what stands between place and body without the government (嵩县人民政府水利局) or a second 县."""
    owner = next((name for name in bureau_names().governing if residue.startswith(name)), "")
    residue = residue[len(owner) :]
    return "" if residue == place_ending and residue in bureau_names().level_endings else residue


def _joined(residue: str, token: Token) -> str:
    """Return a body's name with what belongs to it; a short name inside a longer one stays (经济发展 + 科技局)."""
    governs = next((body for town, body in bureau_names().towns.items() if residue.endswith(town)), "")
    if token.body in bureau_names().governments and governs not in ("", token.body):  # 虹桥街道政府信息公开工作年度报告
        return residue + governs
    ends_before = not residue or residue.endswith((*bureau_names().areas, *bureau_names().joining))
    is_whole = ends_before or _PLACE_LIKE.fullmatch(residue) is not None
    return residue + ((token.body or "") if is_whole else token.name)


def _own_unplaced(piece: Piece, token: Token, before: str) -> Mention | None:
    """Return a body without a place in a title, source line or signature: behind a level word, an area, or alone."""
    first = token.start - len(before)
    anew = [match.end() for match in bureau_names().begin_anew.finditer(piece.text, first, token.end)]
    head = piece.text[max((end for end in anew if end <= token.start), default=first) : token.start]
    level = next((level for level in bureau_names().level_endings if head.startswith(level)), "")
    residue = head[len(level) :]
    area = residue.endswith(bureau_names().areas)
    unfounded = (residue and not level) or (token.bound and (residue or not level))
    unknown_place = not area and not level and _is_a_place_unknown(residue, token)
    if not is_name(residue) or (unfounded and not area and not unknown_place):
        return None
    return Mention(
        piece.zone,
        *piece.span(token.start - len(head), token.end),
        printed=head + token.name,
        body=_joined(residue, token),
        level=level,
        area=area,
        unknown_place=unknown_place,
    )


def _is_a_place_unknown(residue: str, token: Token) -> bool:
    """Say whether a body stands behind what is a place by its ending alone, one that no table has (呼中区教育局)."""
    if token.bound or residue[-2:-1] in bureau_names().other_places or token.body in bureau_names().named_bodies:
        return False
    return _PLACE_UNKNOWN.fullmatch(residue) is not None


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
        another=is_another(piece, start, token.end)
        or (token.body in bureau_names().governments and not _commissions(piece, start, token.end)),
    )


def _bare(piece: Piece, token: Token) -> Mention | None:
    """Return a body that begins a sentence or clause by its bare name (，司法厅坚持…)."""
    if token.bound or (token.start and piece.text[token.start - 1] not in _CLAUSE_ENDS):
        return None
    span = piece.span(token.start, token.end)
    another = is_another(piece, token.start, token.end)
    return Mention(piece.zone, *span, token.name, token.body or "", another=another, bare=True)


def _national(piece: Piece, token: Token, following: Token | None) -> Mention | None:
    """Return a body of the whole nation, unless a place follows: then it is its branch there that is meant."""
    is_branch = following is not None and following.place and following.start == token.end
    if is_branch or short_name_at(piece.text, token.end):
        return None
    if piece.zone not in OWN_ZONES:
        return _bare(piece, token)
    if agency := bureau_names().unlisted.match(piece.text, token.end):
        return _agency(piece, token, agency) if is_name(agency.group()) else None
    before = piece.text[: token.start]
    anew = max((match.end() for match in bureau_names().begin_anew.finditer(before)), default=0)
    if anew != token.start and start_of_name(piece) != token.start:
        return None
    return Mention(piece.zone, *piece.span(token.start, token.end), token.name, token.body or "")


def _agency(piece: Piece, token: Token, agency: re.Match[str]) -> Mention:
    """Return a ministry's agency with a name of its own (水利部黄河水利委员会); the ministry's office speaks for it."""
    if agency.group() in bureau_names().offices:
        return Mention(piece.zone, *piece.span(token.start, agency.end()), token.name, token.body or "")
    name = token.name + agency.group()
    span = piece.span(token.start, agency.end())
    return Mention(piece.zone, *span, name, name, listed=False, unknown_place=True)


def is_another(piece: Piece, start: int, end: int) -> bool:
    """Say whether running text names the body as one beside or above the one that reports."""
    if piece.zone in OWN_ZONES or _commissions(piece, start, end):
        return False
    listed = piece.text.endswith("、", 0, start) or piece.text.startswith(("、", "等"), end)
    before = listed or piece.text[max(0, start - 4) : start].endswith(clauses().others_before)
    return before or clauses().others_behind.match(piece.text, end) is not None


def _commissions(piece: Piece, start: int, end: int) -> bool:
    """Say whether the report is read on the body's behalf (我受区人民政府的委托)."""
    before, behind = clauses().commission
    return piece.text.endswith(before, 0, start) and behind.match(piece.text, end) is not None
