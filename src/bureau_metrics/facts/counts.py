"""Counts and amounts: the noun that each belongs to, and what kind of figure it is."""

from __future__ import annotations

import re
from decimal import Decimal

from bureau_metrics.catalogue import Metric
from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.audiences import audience
from bureau_metrics.facts.candidates import Match, accepts
from bureau_metrics.facts.labels import narrows, with_qualifiers
from bureau_metrics.facts.matching import inherited, match
from bureau_metrics.facts.open_figures import defines_cases, ends_clause, is_denied_article, name_open_figure
from bureau_metrics.facts.owners import is_of_another_body
from bureau_metrics.facts.rates import baseline, direction, signed
from bureau_metrics.facts.stock_or_flow import stock_or_flow
from bureau_metrics.facts.unsaid_nouns import (
    has_no_noun,
    noun_by_order,
    noun_of_growth,
    noun_of_kind,
    noun_of_sentence_before,
)
from bureau_metrics.facts.view import Draft, View, Zone, residue
from bureau_metrics.lexicon import words
from bureau_metrics.mentions import Kind, Mention
from bureau_metrics.models import Measure, Qualifier
from bureau_metrics.qualifiers import bounds
from bureau_metrics.units import conversion


def count(view: View, index: int, mention: Mention, zone: Zone) -> Draft | None:
    """Return the draft of a count or amount, or None where the numeral turns out to count nothing."""
    draft = Draft.of_mention(mention, Measure.FLOW, "open_number")
    moved = _rank_moved(view, index, draft, mention, zone)
    if moved:
        return draft
    if mention.kind is Kind.BARE and not ends_clause(view, mention):
        # 12329服务专线, | 35 |: a number without a counter that runs into a noun or a cell is no figure of a sentence.
        return None
    found = noun_by_order(view, index, mention)
    if found is None and not is_denied_article(view, mention, zone):
        found = match(view, mention, zone)
    if found is None and has_no_noun(view, zone):
        found = (
            noun_of_growth(view, index, mention, zone)
            or inherited(view, mention, zone)
            or noun_of_sentence_before(view, index, mention)
        )
    found = audience(view, index, mention, zone, found)
    if found is None and (kind := noun_of_kind(view, mention, zone)) is not None:
        _take(view, draft, kind, zone)
        quoted = view.folded[zone.pre[0]] == "“" and view.folded.startswith("”", zone.noun_end)
        draft.label, draft.narrowed = (zone.pre[0], zone.noun_end + quoted), True
        return draft
    if found is not None and is_of_another_body(view, found, mention.start):
        draft.label = with_qualifiers(view, zone.pre[0], found.head)
        draft.measure = Measure.STOCK if not view.with_role(*zone.clause, Role.NEW) else Measure.FLOW
        draft.rule = "figure_of_another_body"
        return draft
    if defines_cases(view, mention):
        return None
    if found is not None:
        _take(view, draft, found, zone)
    elif not name_open_figure(view, index, draft, mention, zone):
        return None
    return _changed(view, index, _bounded(view, draft, mention, zone), mention, zone)


def _rank_moved(view: View, index: int, draft: Draft, mention: Mention, zone: Zone) -> bool:
    """Read 较上年上升6位 behind a rank as a change of places."""
    if mention.printed not in ("位", "名", "个"):
        return False
    before = view.folded[zone.pre[0] : mention.start]
    if not before.endswith(words("grammar", "rank_changes")):
        return False
    if mention.printed == "个" and not view.folded.startswith("位次", mention.end):
        return False
    ranks = [view.drafts[i] for i in range(index) if i in view.drafts and view.drafts[i].measure is Measure.RANK]
    if not ranks and not re.search("排名|位次|名次", view.folded[view.start : mention.start]):
        return False
    draft.measure, draft.unit, draft.rule = Measure.CHANGE, "位", "change_of_rank"
    draft.relative_to = baseline(view, zone.clause[0], mention.start)
    if ranks:
        draft.subject, draft.metric, draft.term, draft.label = (
            ranks[-1],
            ranks[-1].metric,
            ranks[-1].term,
            ranks[-1].label,
        )
    signed(draft, before.endswith(words("grammar", "rank_falls")))
    return True


def _take(view: View, draft: Draft, found: Match, zone: Zone) -> None:
    metric = found.metric
    draft.metric, draft.term, draft.confidence, draft.rule = metric, found.term, found.confidence, found.rule
    draft.label = with_qualifiers(view, zone.pre[0] if found.head[0] < draft.start else zone.post[0], found.head)
    text = view.folded[draft.label[0] : draft.label[1]]
    head = view.folded[found.head[0] : found.head[1]]
    carried = view.folded[view.start : draft.start].endswith(words("narrowing", "carried"))
    draft.narrowed = head in metric.partial or narrows(text, head) or carried
    to_metric_unit(draft, metric)
    draft.measure = stock_or_flow(view, metric, zone, draft.start, found.head)


def to_metric_unit(draft: Draft, metric: Metric) -> None:
    """Give a draft the metric's canonical unit, converting the value where the printed unit is another size of it."""
    factor = conversion(metric.unit, draft.mention.printed) if draft.mention else None
    if factor is not None:
        draft.value, draft.lower, draft.upper = (_times(x, factor) for x in (draft.value, draft.lower, draft.upper))
    draft.unit = metric.unit


def _times(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if value is None else value * factor


_BOUND_BEFORE_VERB = re.compile(r"(?P<least>至少|最少|不少于)|(?P<most>至多|最多|不超过)")


def _bounded(view: View, draft: Draft, mention: Mention, zone: Zone) -> Draft:
    """Read the bound that stands before the verb: 每季度至少召开1次."""
    if mention.qualifier is not Qualifier.EXACT or draft.value is None:
        return draft
    found = _BOUND_BEFORE_VERB.search(view.folded, zone.pre[0], mention.start)
    if found is None:
        return draft
    if residue(view, found.end(), mention.start) or not view.with_role(found.end(), mention.start, Role.VERB):
        return draft
    draft.qualifier = Qualifier.AT_LEAST if found.group("least") else Qualifier.AT_MOST
    draft.lower, draft.upper = bounds(draft.qualifier, draft.value)
    return draft


def _changed(view: View, index: int, draft: Draft, mention: Mention, zone: Zone) -> Draft:
    """Turn 较上年增加15家 and 同比减少5件 into a change; 新增15家 stays what was added."""
    verb = view.shared_verbs.get(index) or direction(view, mention, zone)
    if verb is None or mention.kind is Kind.BARE:
        return draft
    against = baseline(view, zone.clause[0], mention.start)
    based = bool(view.with_role(zone.clause[0], verb[0], Role.BASE)) or against is not None
    word = view.vocabulary.words[verb[2]]
    if not based and (word not in ("增加", "减少", "下降", "上升", "增长") or not (view.drafts or draft.metric)):
        return draft
    if draft.term is not None and word in draft.term:
        # 申报资料减少4份: what was cut is the metric itself.
        return draft
    draft.measure = Measure.CHANGE
    draft.relative_to = against
    draft.rule = "change_of_count"
    previous = view.figure_by_order(index) or _level_of_change(view, draft, mention)
    if previous is not None and (index in view.figure_of or residue(view, zone.pre[0], verb[0]) <= 1):
        if previous.metric is not None and draft.unit != previous.unit and accepts(previous.metric, mention):
            # 获得荣誉十一项，比上年增加一项: the change is counted in the unit of its metric.
            to_metric_unit(draft, previous.metric)
        draft.subject, draft.metric, draft.term, draft.label = previous, previous.metric, previous.term, previous.label
    signed(draft, bool(view.role(verb) & Role.DOWN))
    return draft


def _level_of_change(view: View, draft: Draft, mention: Mention) -> Draft | None:
    """Return the last figure before a change that is counted in its unit, as printed or as its metric has it."""
    for index in sorted(view.drafts, reverse=True):
        earlier = view.drafts[index]
        counted = earlier.unit == draft.unit or (earlier.metric is not None and accepts(earlier.metric, mention))
        if counted and index not in view.years_said:
            return earlier
    return None
