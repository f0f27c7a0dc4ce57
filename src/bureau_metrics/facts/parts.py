"""Wholes and parts: 共5项,其中行政确认2项; （含 M）; 包括; a list of named kinds right behind the total."""

from __future__ import annotations

from decimal import Decimal

from bureau_metrics.catalogue import Metric
from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.view import Draft, View
from bureau_metrics.models import Measure

_LEVELS = (Measure.STOCK, Measure.FLOW)
_INDEPENDENT = ("新增", "另", "此外", "同时", "同比")


def mark_parts(view: View) -> None:
    """Point each part to its whole, where the text says 其中, 含, 包括, 分别为 or a colon follows the total."""
    order = sorted(view.drafts)
    for position, index in enumerate(order):
        whole = view.drafts[index]
        if whole.measure not in _LEVELS or whole.whole is not None or position + 1 >= len(order):
            continue
        opening = _opening(view, whole, view.drafts[order[position + 1]])
        if opening is not None:
            _collect(view, whole, [view.drafts[i] for i in order[position + 1 :]], opening)


def _opening(view: View, whole: Draft, following: Draft) -> int | None:
    """Return where the parts of a total end at the latest (a closing bracket, or the sentence's end), or None without parts."""
    folded = view.folded
    between = folded[whole.end : following.start]
    # 37次（其中第一议题12次）: the bracket closes the list of parts.
    bracket = between.find("（")
    limit = view.end
    if 0 <= bracket <= 6:
        closing = folded.find("）", whole.end)
        limit = closing if closing >= 0 else view.end
    for hit in view.with_role(whole.end, following.start, Role.PARTS):
        lead = folded[whole.end : hit[0]].strip()
        if lead.strip("，,；、（：:") == "" or (
            folded[hit[0] - 1] in "，；（：,、" and "其中" in view.vocabulary.words[hit[2]]
        ):
            return limit
    if between[:1] == "：" or (between[:1] == "（" and following.unit == whole.unit and following.end < limit):
        return limit
    return None


def _collect(view: View, whole: Draft, candidates: list[Draft], limit: int) -> None:
    total = Decimal(0)
    for draft in candidates:
        if draft.start >= limit:
            break
        if draft.measure not in _LEVELS and not (draft.metric and draft.metric is whole.metric):
            continue
        if draft.measure not in _LEVELS or not _same_unit(draft, whole):
            continue
        lead = view.folded[max(view.clause(draft.start)[0], view.start) : draft.start]
        if lead.startswith(_INDEPENDENT):
            break
        if whole.value is not None and draft.value is not None:
            if total + draft.value > whole.value and total > 0:
                break
            total += draft.value
        draft.whole = whole
        if whole.metric is not None and (draft.metric is None or _only_a_topic(draft, whole.metric)):
            # A part without a metric of its own is a narrowed figure of the whole's metric.
            draft.metric, draft.term, draft.unit = whole.metric, whole.term, whole.unit
            draft.narrowed, draft.rule = True, "part_of_whole"
        if draft.metric is whole.metric:
            draft.narrowed = True
            draft.measure = whole.measure
        if whole.value is not None and total == whole.value:
            break


def _only_a_topic(draft: Draft, whole: Metric) -> bool:
    """公开信息406条,其中政策解读1条: counted in the whole's unit and not in its own, the noun names a topic of the whole."""
    printed = draft.mention.printed if draft.mention else ""
    return draft.metric is not None and printed == whole.unit != draft.metric.unit


def _same_unit(draft: Draft, whole: Draft) -> bool:
    printed = draft.mention.printed if draft.mention else ""
    other = whole.mention.printed if whole.mention else ""
    return printed == other or (draft.unit == whole.unit and draft.unit != "")
