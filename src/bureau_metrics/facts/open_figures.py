"""Open figures, named by their own noun; and numbers that count nothing: articles, thresholds, cells."""

from __future__ import annotations

import re

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.labels import label_before, label_behind
from bureau_metrics.facts.stock_or_flow import open_stock_or_flow
from bureau_metrics.facts.view import Draft, View, Zone, label_end, residue
from bureau_metrics.lexicon import words
from bureau_metrics.mentions import Kind, Mention
from bureau_metrics.models import Confidence, Qualifier


def is_denied_article(view: View, mention: Mention, zone: Zone) -> bool:
    """全年没有开展一场讲座 says none, not one."""
    return mention.article and (
        _NOT_ONE.search(view.folded, max(view.start, mention.start - 3), mention.start) is not None
        or bool(view.with_role(zone.clause[0], mention.start, Role.NEGATION))
    )


# 不漏一户、不落一人
_NOT_ONE = re.compile("不[一-龥]{1,2}$")


def name_open_figure(view: View, index: int, draft: Draft, mention: Mention, zone: Zone) -> bool:
    """Name an open fact by its own noun; False where the numeral is an article or a number without a noun."""
    if is_denied_article(view, mention, zone):
        return False
    if mention.article and (zone.post[1] > zone.post[0] or zone.noun_end <= zone.pre[0]):
        return False
    if mention.kind is Kind.DURATION and not _lasted(view, mention):
        return False
    if mention.qualifier.value.startswith("at_") and mention.unit in words("units", "sizes") and _limit(view, zone):
        return False
    behind = residue(view, *zone.post) if zone.post[1] > zone.post[0] else 0
    own = view.folded[zone.pre[0] : zone.noun_end].strip()
    if behind > 0 and (behind > 1 or not own):
        draft.label = label_behind(view, *zone.post)
        draft.rule = "open_noun_behind"
    elif residue(view, zone.pre[0], zone.noun_end) > 0:
        draft.label = label_before(view, zone.pre[0], max(zone.noun_end, label_end(view.folded, *zone.pre)))
        draft.rule = "open_noun_before"
    else:
        _borrow_label(view, index, draft)
    if draft.label is None or draft.label[0] >= draft.label[1]:
        # 惠及3.3万人 has a verb and no noun: the verb names it.
        draft.label = label_before(view, zone.pre[0], zone.noun_end) if own else zone.clause
    if mention.kind is Kind.BARE and (draft.label is None or not _bare_allowed(view, zone)):
        return False
    draft.measure = open_stock_or_flow(view, zone, mention, index in view.levels)
    draft.confidence = Confidence.LOW if mention.kind is Kind.BARE else Confidence.MEDIUM
    if mention.printed in words("grammar", "own_list"):
        draft.unit, draft.rule = "", "own_list"
    return True


def _borrow_label(view: View, index: int, draft: Draft) -> None:
    for earlier in range(index - 1, -1, -1):
        other = view.drafts.get(earlier)
        if other is not None and other.label is not None:
            draft.label, draft.rule = other.label, "open_noun_carried_on"
            return


def _bare_allowed(view: View, zone: Zone) -> bool:
    """A number without a unit is a figure only behind a noun (查处案件1326，)."""
    return residue(view, zone.pre[0], zone.noun_end) > 1


def ends_clause(view: View, mention: Mention) -> bool:
    """Whether the clause ends behind a number, and no cell of a table begins before it."""
    after = view.folded[mention.end : mention.end + 1]
    before = view.folded[max(view.start, mention.start - 3) : mention.start]
    level = _LEVEL_FOLLOWS.match(view.folded, mention.end) is not None
    return (after == "" or after in "，。；、,）（\n和及与" or level) and "|" not in before


# 粉丝量由1.9万增至3.4万
_LEVEL_FOLLOWS = re.compile("[增减升降提扩涨跌][长加少高低大]?[到至为]")


# 连续2年无违纪记录的对象: how long says who is meant.
_OF_SUCH = re.compile(r"[^，。；]{0,16}的[一-龥]{0,6}(?:对象|企业|单位|人员|个人|学生|家庭|机构|主体|项目|案件)")


def _lasted(view: View, mention: Mention) -> bool:
    before = view.folded[max(view.start, mention.start - 6) : mention.start]
    durations = words("units", "durations", "fact_before")
    if mention.printed in words("units", "durations", "never") or _OF_SUCH.match(view.folded, mention.end, view.end):
        return False
    return any(before.endswith(word) for word in durations) and not view.folded.startswith(
        ("内", "以内", "之内"), mention.end
    )


# 对公民处以1万元以上罚款、对法人处以10万元以上罚款的案件: amounts that say which cases are meant.
_DEFINED = re.compile(r"[^，。；0-9]{0,6}(?:、[^，。；]{0,16})?的(?:案件|行为|处罚|决定|情形|项目|企业|事项|单位)")


# 货值不足3000元的由监管所办理
_SUCH = re.compile("的，?(?:由|须|应|可|予以|给予|一律|不得|不予|按)")


# 含80名学生以上的教学点: the bound stands behind the noun.
_BOUND_BEHIND_NOUN = re.compile("[一-龥]{1,4}以[上下内]的[一-龥]")


def defines_cases(view: View, mention: Mention) -> bool:
    """Whether a bound says which cases, bodies or people are meant, and is no figure of its own."""
    if _BOUND_BEHIND_NOUN.match(view.folded, mention.end):
        return True
    if mention.qualifier not in (Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.MORE_THAN):
        return False
    # 培训不少于2场次的单位达到95%
    if view.folded.startswith(words("grammar", "of_entities"), mention.end) or _SUCH.match(view.folded, mention.end):
        return True
    return mention.unit == "元" and _DEFINED.match(view.folded, mention.end, view.end) is not None


def _limit(view: View, zone: Zone) -> bool:
    """投资500万元以上项目20个: the amount defines which projects are counted."""
    return zone.post[1] > zone.post[0] and residue(view, *zone.post) > 1
