"""Numbers that share nouns: A、B分别为x、y, and 由X增至Y."""

from __future__ import annotations

import re

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.verbs_in_order import name_by_verb, only_verbs
from bureau_metrics.facts.view import Draft, Span, View, residue, trimmed
from bureau_metrics.lexicon import words
from bureau_metrics.mentions import Kind
from bureau_metrics.models import Measure

# 涉及, 普及, 及时, 总和 and 和解 are words; what joins stands between two nouns.
_ITEM_END = re.compile(r"、|以及|(?<![总调平缓共])和(?![解谐平睦])|(?<![涉普惠触波提顾以])及(?![时格第早其])|与(?!会)")
_JOINED = re.compile(r"[、和及与，以 ]*(?:(?<=[、和及与，])(?:增长|下降|上升|减少|增加|提高|降低|回落))?")
_YEAR_NAME = re.compile(r"[而其中在与 ]*((?:19|20)[0-9]{2}) ?年?")
_FROM = re.compile(
    r"(?:由|从)(?P<noun>[^，。；、0-9]{2,8}?)??(?P<when>上年的?|去年的?|(?:19|20)[0-9]{2}年的?|原来的?|原|年初的?|最初的?)?$"
)
_TO_ENDS = ("到", "至", "为", "成", "了", "的")
_TO = re.compile(r"，?[^，。；、0-9]{0,8}(?:到|至|为|成)(?:了|现在的|目前的|今年的)?$")


def share_by_order(view: View) -> None:
    """Give each number behind 分别 the noun at its place before it; a list of another length stays unresolved."""
    for hit in view.with_role(view.start, view.end, Role.RESPECTIVELY):
        behind = _numbers_behind(view, hit[1])
        first = view.mentions[behind[0]].start if behind else view.end
        if len(behind) < 2 or "其中" in view.folded[hit[1] : first]:
            continue
        bare = residue(view, hit[1], first) == 0
        if bare and _figures_before(view, hit[0], behind):
            _share_verb(view, hit[1], behind)
            continue
        if _years_before_noun(view, hit[0], behind):
            continue
        names = _names_before(view, hit[0])
        if names is not None and _baselines_by_order(view, names, behind):
            _share_verb(view, hit[1], behind)
            continue
        if names is not None and not _years_by_order(view, names, behind) and bare:
            _nouns_by_order(view, names, behind)
            _share_verb(view, hit[1], behind)


def share_names(view: View) -> None:
    """Give numbers joined by 、 and 和 the nouns listed before them: 重点实验室、工程中心和联盟8个、21个和5个."""
    index = 0
    while index < len(view.mentions):
        behind = _numbers_behind(view, view.mentions[index].start)
        index = behind[-1] + 1 if behind else index + 1
        if len(behind) < 2 or behind[0] in view.levels or any(place in view.figure_of for place in behind):
            continue
        first = view.mentions[behind[0]].start
        names = _names_before(view, first)
        if names is None or len(names) != len(behind) or not _nouns(view, names):
            continue
        view.nouns_in_order.append(behind)
        _nouns_by_order(view, names, behind)


def _nouns(view: View, names: list[Span]) -> bool:
    """Whether each name of a list is a noun of some metric, so that it is no list of modifiers."""
    return all(any(not view.role(hit) & Role.VERB for hit in view.heads(*span)) for span in names)


def _years_by_order(view: View, names: list[Span], behind: list[int]) -> bool:
    """Read 2023年、2024年分别办理1200件、1350件."""
    years = [_YEAR_NAME.fullmatch(view.folded, *span) for span in names]
    if len(years) != len(behind) or not all(years):
        return False
    view.years_said.update(zip(behind, (int(year.group(1)) for year in years if year), strict=True))
    view.years_apart.append((names[0][0], names[-1][1]))
    return True


_COMPARED = re.compile(r"(?P<subject>[^，。；]*?)(?:较|比|与)(?P<base>(?:(?:19|20)[0-9]{2}年|上年|去年|前年)(?:同期)?)")
_BASE = re.compile(r"((?:19|20)[0-9]{2}年|上年|去年|前年)(?:同期)?(?:相比)?")


def _baselines_by_order(view: View, names: list[Span], behind: list[int]) -> bool:
    """Read 较2022年、2023年分别下降12%、8%: one noun for all, and what each is measured against by order."""
    first = _COMPARED.fullmatch(view.folded, *names[0])
    others = [_BASE.fullmatch(view.folded, *span) for span in names[1:]]
    if first is None or len(names) != len(behind) or not all(others):
        return False
    noun = first.span("subject")
    view.years_apart.append((noun[1], names[-1][1]))
    for index, base in zip(behind, [first.group("base"), *(other.group(1) for other in others if other)], strict=True):
        view.baselines[index] = base.removesuffix("同期")
        view.zones[index].pre = noun
        view.zones[index].noun_end = trimmed(view.folded, *noun)
    return True


_YEARS_AND_NOUN = re.compile(r"(?P<years>(?:(?:19|20)[0-9]{2}年?[、和及与])+(?:19|20)[0-9]{2}年)(?=[一-龥])")


def _years_before_noun(view: View, end: int, behind: list[int]) -> bool:
    """Read 2022年、2023年行政许可办件量分别为1100件、1200件: years by order, one noun for all."""
    start = view.clause(end)[0]
    found = _YEARS_AND_NOUN.match(view.folded, start, end)
    years = re.findall(r"(?:19|20)[0-9]{2}", found.group("years")) if found else []
    if found is None or len(years) != len(behind) or residue(view, found.end(), end) == 0:
        return False
    view.years_said.update(zip(behind, (int(year) for year in years), strict=True))
    for index in behind:
        view.zones[index].pre = (found.end(), end)
        view.zones[index].noun_end = trimmed(view.folded, found.end(), end)
    return True


def _nouns_by_order(view: View, names: list[Span], behind: list[int]) -> None:
    if len(names) != len(behind):
        view.unresolved.update(dict.fromkeys(behind, "respectively_mismatch"))
        return
    if only_verbs(view, names):
        name_by_verb(view, names, behind)
    _share_unit(view, behind)
    view.nouns_in_order.append(behind)
    for index, span in zip(behind, names, strict=True):
        zone = view.zones[index]
        # 国家级、省级和市级创新平台: the noun of the last name is everyone's.
        named = any(not view.role(hit) & Role.VERB for hit in view.heads(*span))
        own = view.folded[span[0] : span[1]].endswith(words("grammar", "own_noun_ends"))
        zone.pre = span if named or own else names[-1]
        zone.noun_end = trimmed(view.folded, *zone.pre)
        zone.post = (zone.post[0], zone.post[0])


def _numbers_behind(view: View, start: int) -> list[int]:
    """Return the mentions that follow in one list, joined by 、 and 和 only."""
    found: list[int] = []
    for index, mention in enumerate(view.mentions):
        if mention.start < start:
            continue
        if found and not _JOINED.fullmatch(view.folded[view.mentions[found[-1]].end : mention.start]):
            break
        if not found and mention.start - start > 12:
            break
        found.append(index)
    return found


_FIRST_OF_LIST = re.compile("前[两二三四五2345][项者类个]")


def _figures_before(view: View, end: int, behind: list[int]) -> bool:
    """Read N家，M家，同比分别增长P、Q: as many figures stand before 分别 as behind it, and no noun between."""
    if behind[0] < len(behind):
        return False
    earlier = range(behind[0] - len(behind), behind[0])
    if _FIRST_OF_LIST.search(view.folded, view.mentions[behind[0] - 1].end, end):
        # 21件、8件和66件，前两项分别下降: the first of the list just before.
        first = behind[0] - 1
        while first and _JOINED.fullmatch(view.folded[view.mentions[first - 1].end : view.mentions[first].start]):
            first -= 1
        view.figure_of.update(zip(behind, range(first, behind[0]), strict=False))
        return behind[0] - first >= len(behind)
    if residue(view, view.mentions[earlier[-1]].end, end) > 1:
        return False
    view.figure_of.update(zip(behind, earlier, strict=True))
    return True


def _names_before(view: View, end: int) -> list[Span] | None:
    start, stop = view.clause(end)[0], end
    if residue(view, start, stop) <= 1 and start > view.start and not _YEAR_NAME.match(view.folded, start, stop):
        # 行政许可、行政确认事项，分别为3项、5项: the list stands in the clause before.
        stop = start - 1
        start = view.clause(max(view.start, stop - 1))[0]
    if any(start <= mention.start and mention.end <= stop for mention in view.mentions):
        return None
    names: list[Span] = []
    position = start
    for match in _ITEM_END.finditer(view.folded, start, stop):
        names.append((position, match.start()))
        position = match.end()
    names.append((position, stop))
    return [span for span in names if span[1] > span[0]] or None


def _share_unit(view: View, behind: list[int]) -> None:
    """Give 2 and 9 of 2、9和17个 the counter that only the last number prints."""
    last = view.mentions[behind[-1]]
    for index in behind[:-1]:
        mention = view.mentions[index]
        if mention.kind is Kind.BARE and not mention.printed:
            view.mentions[index] = mention._replace(kind=last.kind, unit=last.unit, printed=last.printed)


_OWN_VERB = 3


def _share_verb(view: View, start: int, behind: list[int]) -> None:
    first = view.mentions[behind[0]]
    verbs = view.with_role(start, first.start, Role.UP | Role.DOWN)
    if verbs and first.kind in (Kind.PERCENT, Kind.POINTS, Kind.COUNT):
        for index in behind:
            mention = view.mentions[index]
            own = view.with_role(max(start, mention.start - _OWN_VERB), mention.start, Role.UP | Role.DOWN)
            # 分别增长12%、下降8.5%: each its own verb, where it has one.
            view.shared_verbs[index] = own[-1] if own and own[-1][1] == mention.start else verbs[0]


def from_and_to(view: View) -> None:
    """Read 由16个减至14个 as two levels of one noun: the first is the year before's, unless another is said."""
    for index in range(len(view.mentions) - 1):
        first, second = view.mentions[index], view.mentions[index + 1]
        between = view.folded[first.end : second.start]
        if len(between) > 12 or between[-1:] not in _TO_ENDS or not _TO.fullmatch(between):
            continue
        zone = view.zones[index]
        before = _FROM.search(view.folded[zone.pre[0] : first.start])
        if before is None:
            continue
        opening = before.start() if not before.group("noun") else before.end("noun")
        noun = (zone.pre[0], zone.pre[0] + opening)
        for place in (index, index + 1):
            view.zones[place].pre = noun
            view.zones[place].noun_end = trimmed(view.folded, *noun)
        if residue(view, *view.zones[index + 1].post) == 0:
            view.zones[index].post = (first.end, first.end)
        view.levels |= {index, index + 1}
        year = re.search(r"[0-9]{4}", before.group())
        view.years_back[index] = int(year.group()) if year else 1


# 2023年的100家, 比去年的98件: the year before the number is that number's alone.
_YEAR_OF_NUMBER = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2})年|(?P<before>去年|上年)(?:同期)?)的$|(?P<then>去年|上年)(?:同期(?:为|是)?|[为是])$"
    r"|其中，?(?P<among>(?:19|20)[0-9]{2})年$"
)
# 去年同期立案75件: the year before for all of its clause.
_SAME_PERIOD_CLAUSE = re.compile(r"(?:而|其中)?(?:去年|上年|上一年)同期(?![相增减上下提])")


def say_years(view: View, report_year: int | None) -> None:
    """Note the year that stands right before a number, with 的, as that number's own."""
    for index, mention in enumerate(view.mentions):
        if mention.kind is Kind.MULTIPLE:
            # 是2022年的1.6倍 compares with that year.
            continue
        clause = view.clause(mention.start)[0]
        if report_year is not None and _SAME_PERIOD_CLAUSE.match(view.folded, clause, mention.start):
            view.years_said[index] = report_year - 1
            continue
        if view.folded[mention.start - 1 : mention.start] not in ("的", "期", "为", "是", "年"):
            continue
        said = _YEAR_OF_NUMBER.search(view.folded[max(view.start, mention.start - 8) : mention.start])
        if said and (said.group("year") or said.group("among")):
            view.years_said[index] = int(said.group("year") or said.group("among"))
            if said.group("among"):
                view.years_apart.append((mention.start - 5, mention.start))
        elif said and report_year is not None:
            view.years_said[index] = report_year - 1


def narrow_kinds(view: View) -> None:
    """Mark figures of one metric under several names as parts of it: 建议、提案分别为5件、9件."""
    for behind in view.nouns_in_order:
        drafts = [view.drafts[index] for index in behind if index in view.drafts]
        for draft in drafts:
            alike = [other for other in drafts if other.metric is draft.metric and other.measure is draft.measure]
            if draft.metric is not None and len(alike) > 1:
                draft.narrowed = True


def keep_levels(view: View, drafts: dict[int, Draft]) -> None:
    """Give the first level of 由X至Y the year that is printed with it, else the year before the second's."""
    for index, years in view.years_back.items():
        if index in drafts and drafts[index].measure not in (Measure.GROWTH, Measure.CHANGE):
            if years > 1:
                drafts[index].year_said = years
            else:
                drafts[index].years_back = years
            other = drafts.get(index + 1)
            if other is not None:
                drafts[index].measure = other.measure
                if drafts[index].metric is None:
                    drafts[index].metric, drafts[index].term = other.metric, other.term
                    drafts[index].unit = other.unit
