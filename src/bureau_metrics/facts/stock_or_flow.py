"""Whether a figure is a level at a moment or what happened in the period."""

from __future__ import annotations

from bureau_metrics.catalogue import Metric
from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.view import Hit, Span, View, Zone
from bureau_metrics.lexicon import words
from bureau_metrics.mentions import Kind, Mention
from bureau_metrics.models import Measure


def stock_or_flow(view: View, metric: Metric, zone: Zone, start: int, head: Span) -> Measure:
    """Return the metric's default stock_or_flow, unless words near the number say otherwise (新增 flow, 现有 stock)."""
    if metric.measure is Measure.STOCK:
        # 63件发明获得授权, 5600户新设主体: behind the number the verb or the head itself may say it.
        limit = max(head[1], zone.post[1]) if head[0] >= start else start
        # 培育的独角兽已有5家, 等级评定等4项: such a verb describes; 新认定的 still says when.
        marks = [
            hit
            for hit in (*_before_bracket(view, zone), *view.with_role(zone.clause[0], limit, Role.NEW | Role.TOTAL))
            if view.folded[hit[1]] not in "的、等" or "新" in view.vocabulary.words[hit[2]]
        ]
        last = max(marks, key=lambda hit: (hit[1], hit[1] - hit[0]), default=None)
        if last is not None and view.role(last) & Role.NEW and _up_to_now(view, last):
            return Measure.STOCK
        if last is None and _goes_on_with_flow(view, zone, start):
            return Measure.FLOW
        return Measure.FLOW if last is not None and view.role(last) & Role.NEW else Measure.STOCK
    if metric.measure is Measure.FLOW and _in_force(view, zone, max(start, head[0])):
        return Measure.STOCK
    return metric.measure


def _before_bracket(view: View, zone: Zone) -> list[Hit]:
    """Return the words of 新获批（重组）11家 that stand before the bracket that opens the number's clause."""
    if zone.pre[0] >= zone.clause[0]:
        return []
    return view.with_role(zone.pre[0], view.folded.find("（", zone.pre[0]), Role.NEW | Role.TOTAL)


def _in_force(view: View, zone: Zone, end: int) -> bool:
    """Whether a word of holding stands before a figure, and no verb acts on what is held (退还预付卡余额62万元)."""
    held = view.with_role(zone.pre[0], end, Role.IN_FORCE)
    return any(
        not any(word in view.folded[zone.pre[0] : hit[0]] for word in words("grammar", "releasing")) for hit in held
    )


def _goes_on_with_flow(view: View, zone: Zone, start: int) -> bool:
    """Whether a list goes on without a verb of its own: 新增小巨人3家，专精特新企业45家."""
    earlier = [index for index, mention in enumerate(view.mentions) if mention.start < start and index in view.drafts]
    if not earlier or view.with_role(zone.pre[0], start, Role.VERB | Role.TOTAL):
        return False
    last = view.drafts[earlier[-1]]
    joined = view.folded[last.end : zone.pre[0]].strip("，、和及与 ") == ""
    return joined and last.measure is Measure.FLOW and last.metric is not None and last.metric.measure is Measure.STOCK


def _up_to_now(view: View, verb: Hit) -> bool:
    """截至2024年底累计培育8200家 counts all that there are; 全年累计培育20家 those of the year."""
    return view.folded[verb[0] - 2 : verb[0]] == "累计" and any(
        word in view.folded[view.start : verb[0]] for word in words("grammar", "up_to_now")
    )


def open_stock_or_flow(view: View, zone: Zone, mention: Mention, level: bool) -> Measure:
    """Return flow for an open figure, stock where it is held, or counts bodies or people without a verb.

    `level` marks a number of 由16个减至14个, whose verb tells of the way from one level to the other.
    """
    lead = view.folded[zone.clause[0] : mention.start]
    if level and mention.printed in words("grammar", "held_counters") + words("grammar", "level_counters"):
        return Measure.STOCK
    if mention.kind is Kind.DURATION or any(word in lead for word in words("grammar", "held")):
        return Measure.STOCK
    if view.with_role(zone.clause[0], zone.clause[1], Role.VERB):
        return Measure.FLOW
    return Measure.STOCK if mention.printed in words("grammar", "held_counters") else Measure.FLOW
