"""Wholes and parts: 共5项,其中行政确认2项; （含 M）; 包括; a list of named kinds right behind the total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bureau_metrics.catalogue import Metric
from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.view import Draft, View
from bureau_metrics.lexicon import words
from bureau_metrics.models import Measure

_LEVELS = (Measure.STOCK, Measure.FLOW)


def mark_parts(view: View) -> None:
    """Point each part to its whole: behind 其中, 含, 包括, 分别为, in a bracket behind the total, or behind a colon."""
    drafts = [view.drafts[index] for index in sorted(view.drafts)]
    for opening, limit in _openings(view, drafts):
        before = [draft for draft in drafts if draft.end <= opening and draft.measure in _LEVELS]
        if _DIVISION_END.search(view.folded, view.start, opening):
            # A second division is of the same total, and of no part of the first.
            before = [draft for draft in before if draft.whole is None]
        if not before:
            # 公开信息309条。其中，通知公告13条: the total stands in the sentence before.
            before = [draft for draft in view.before if draft.measure in _LEVELS]
        totals: dict[int, Decimal] = {}
        for part in drafts:
            if opening <= part.start and part.end <= limit and not _ends_list(view, part):
                _point(view, part, before, totals)
    _mark_kinds(drafts)
    for draft in drafts:
        if draft.subject is not None and draft.metric is None:
            # The growth of a part has the metric that the part has by its whole.
            draft.metric, draft.term = draft.subject.metric, draft.subject.term
            draft.narrowed = draft.subject.narrowed


def _mark_kinds(drafts: list[Draft]) -> None:
    """Point the kinds named right behind a total to it, where they add up: 复议案件4件,撤销1件,维持3件."""
    for place, whole in enumerate(drafts):
        if whole.metric is None or whole.value is None or whole.whole is not None or whole.measure not in _LEVELS:
            continue
        kinds: list[Draft] = []
        for draft in drafts[place + 1 :]:
            if draft.metric is not whole.metric or draft.rule != "noun_carried_on" or draft.whole is not None:
                break
            kinds.append(draft)
            if len(kinds) > 1 and sum(kind.value or 0 for kind in kinds) == whole.value:
                for kind in kinds:
                    kind.whole, kind.narrowed = whole, True
                break


def _openings(view: View, drafts: list[Draft]) -> Iterator[tuple[int, int]]:
    """Yield where lists of parts begin and where they end at the latest: a closing bracket, or the sentence's end."""
    folded = view.folded
    for draft in drafts:
        following = folded[draft.end : draft.end + 1]
        if following == "（":
            # 收到申请85件（通过网上申请8件）
            closing = folded.find("）", draft.end, view.end)
            yield draft.end, closing if closing >= 0 else view.end
        elif following == "：":
            yield draft.end, view.end
        # 2418项政务服务事项中，2331项进驻大厅
        stop = view.clause(draft.end)[1] if draft.end < view.end else draft.end
        if folded[stop - 1] == "中" and draft.end < stop <= draft.end + _NOUN_REACH:
            yield stop, view.end
    for division in _DIVIDED.finditer(folded, view.start, view.end):
        yield division.end(), view.end
    for hit in view.with_role(view.start, view.end, Role.PARTS):
        word, lead = view.vocabulary.words[hit[2]], folded[hit[0] - 1 : hit[0]]
        if "其中" in word or (lead in _AFTER and any(draft.end <= hit[0] <= draft.end + 1 for draft in drafts)):
            opening = folded.rfind("（", view.start, hit[0])
            closing = folded.find("）", hit[0], view.end)
            inside = opening > folded.rfind("）", view.start, hit[0]) and closing >= 0
            yield hit[1], closing if inside else view.end


# 发生56起，按案件类型分，盗伐3起、滥伐53起
_DIVIDED = re.compile(r"按照?[^，。；：0-9]{1,10}?(?:划分|分类|来分|来看|分|看)(?=[一-龥，：])[，：]?")
_DIVISION_END = re.compile(_DIVIDED.pattern + "$")
_NOUN_REACH = 24
_AFTER = tuple("，、（：；0123456789家户件个项人次场期份条名元%亩")


def _ends_list(view: View, part: Draft) -> bool:
    lead = view.folded[max(view.clause(part.start)[0], view.start) : part.start]
    return lead.startswith((*words("grammar", "part_list_ends"), *words("grammar", "no_parts")))


def _point(view: View, part: Draft, before: list[Draft], totals: dict[int, Decimal]) -> None:
    """Make a draft a part of the nearest total before the list that counts in its unit and has room for it."""
    whole = next((draft for draft in reversed(before) if _same_unit(part, draft)), None)
    if whole is None or part.measure not in _LEVELS:
        return
    if whole.value is not None and part.value is not None:
        # Parts may overlap (党员20人,女性12人), but once they add up to the total its list is closed.
        # A number that is greater than the total, or a new metric behind ；, is none of its parts and closes it too.
        said = totals.get(id(whole), Decimal(0))
        foreign = part.metric not in (None, whole.metric) and "；" in view.folded[whole.end : part.start]
        if said == whole.value or part.value > whole.value or foreign:
            totals[id(whole)] = whole.value
            return
        totals[id(whole)] = said + part.value
    part.whole = whole
    if not part.unit:
        # 奖补2180万元，其中平台奖励350万: the 元 is said once.
        part.unit = whole.unit
    if _of_its_own(view, part):
        return
    if whole.metric is not None and (part.metric is None or _only_a_topic(part, whole.metric)):
        # A part without a metric of its own is a narrowed figure of the whole's metric.
        part.metric, part.term, part.unit = whole.metric, whole.term, whole.unit
        part.rule = "part_of_whole"
        part.measure = part.measure if _added(view, part) else whole.measure
    if part.metric is whole.metric and part.metric is not None:
        part.narrowed = True


def _of_its_own(view: View, part: Draft) -> bool:
    return part.label is not None and view.folded[part.label[0] : part.label[1]] in words(
        "grammar", "kinds_of_their_own"
    )


def _added(view: View, part: Draft) -> bool:
    """高企达300家,其中新增30家: the part is a flow of its own."""
    return bool(view.with_role(view.clause(part.start)[0], part.start, Role.NEW))


def _only_a_topic(draft: Draft, whole: Metric) -> bool:
    """公开信息406条,其中政策解读1条: counted in the whole's unit, not its own, the noun names a topic of the whole."""
    printed = draft.mention.printed if draft.mention else ""
    return draft.metric is not None and printed == whole.unit != draft.metric.unit


def _same_unit(draft: Draft, whole: Draft) -> bool:
    printed = draft.mention.printed if draft.mention else ""
    other = whole.mention.printed if whole.mention else ""
    if printed in ("万", "亿") and whole.unit == "元":
        return True
    return printed == other or (draft.unit == whole.unit and draft.unit != "")
