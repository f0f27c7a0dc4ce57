"""Nouns that a number leaves unsaid: those of figures before it, in its sentence or in the one before."""

from __future__ import annotations

import re

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.candidates import Match, accepts
from bureau_metrics.facts.matching import inherited
from bureau_metrics.facts.view import View, Zone, residue
from bureau_metrics.lexicon import words
from bureau_metrics.mentions import Mention
from bureau_metrics.models import Confidence, Measure


def noun_of_growth(view: View, index: int, mention: Mention, zone: Zone) -> Match | None:
    """Return the noun of the growth just before a bare level: 资产总额同比下降4%，为920亿元."""
    growth = view.drafts.get(index - 1)
    if growth is None or growth.measure not in (Measure.GROWTH, Measure.CHANGE) or growth.subject is not None:
        return None
    lead = view.folded[zone.clause[0] : mention.start].strip()
    if growth.metric is None or growth.label is None or lead not in ("为", "达", "达到", "至", "是", "达到了"):
        return None
    if not accepts(growth.metric, mention):
        return None
    return Match(growth.metric, growth.term or "", growth.label, Confidence.MEDIUM, "noun_carried_on")


def noun_of_kind(view: View, mention: Mention, zone: Zone) -> Match | None:
    """Return the noun before for a number with a mere kind before it: 一审行政应诉案件14件，二审6件.

    An outcome in quotation marks may be said of the sentence before: 收到信息公开申请20件。“部分公开”3件.
    """
    own = view.folded[zone.pre[0] : zone.noun_end].strip()
    if zone.post[1] > zone.post[0] or not (own in words("grammar", "kinds") or _ONLY_A_NAME.fullmatch(own)):
        return None
    return inherited(view, mention, zone) or (_level_before(view, mention) if own.startswith("“") else None)


# 公共服务类“体质监测”1项、“场馆查询”1项
_ONLY_A_NAME = re.compile("“[^“”]{1,40}”?")


def noun_by_order(view: View, index: int, mention: Mention) -> Match | None:
    """Return the noun of the figure at the same place before 分别: 新增A62家、B5家，保有量分别增至274家和31家.

    Where verbs stand in that order, it is what the number's own verb makes of the noun.
    """
    if index in view.named_in_order:
        return view.named_in_order[index]
    figure = view.figure_by_order(index)
    if figure is None or figure.metric is None or figure.label is None or not accepts(figure.metric, mention):
        return None
    verb = view.shared_verbs.get(index)
    if verb is not None and not _LEVEL_BEHIND.match(view.folded, verb[1]):
        return None
    return Match(figure.metric, figure.term or "", figure.label, Confidence.MEDIUM, "noun_by_order")


_RULE_BEHIND = re.compile("的?(?:规定|要求|标准|制度|目标|任务)")
_LEVEL_BEHIND = re.compile("[到至为]")


def has_no_noun(view: View, zone: Zone) -> bool:
    """Whether a number stands without a noun of its own, before it or behind it."""
    if view.folded[zone.pre[0] : zone.noun_end].strip() in words("grammar", "events"):
        return False
    said = view.folded.startswith(words("grammar", "predicate_adverbs"), zone.post[0]) or (
        # 高于每人不少于60学时的规定: what was demanded is the noun before.
        _RULE_BEHIND.fullmatch(view.folded, *zone.post) is not None
    )
    behind = residue(view, *zone.post) if zone.post[1] > zone.post[0] and not said else 0
    return behind <= 1 and residue(view, zone.pre[0], zone.noun_end) <= 1


def noun_of_sentence_before(view: View, index: int, mention: Mention) -> Match | None:
    """收到复议申请85件。现已审结67件: the first number of a sentence without a noun is said of the sentence before."""
    lead = view.folded[view.start : mention.start]
    if (
        index
        or not view.before
        or len(lead) > _SHORT_LEAD
        or not view.with_role(view.start, mention.start, Role.VERB | Role.PARTS)
    ):
        return None
    return _level_before(view, mention)


def _level_before(view: View, mention: Mention) -> Match | None:
    for draft in reversed(view.before):
        if draft.metric is not None and draft.term and accepts(draft.metric, mention) and draft.measure in _LEVELS:
            return Match(
                draft.metric, draft.term, (mention.start, mention.start), Confidence.LOW, "noun_of_sentence_before"
            )
    return None


_LEVELS = (Measure.STOCK, Measure.FLOW)


_SHORT_LEAD = 16
