"""Counts and amounts: the noun that each belongs to, and what kind of figure it is."""

from __future__ import annotations

import re
from decimal import Decimal

from bureau_metrics.catalogue import Metric
from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.audiences import audience
from bureau_metrics.facts.candidates import Match, accepts
from bureau_metrics.facts.labels import label_before, label_behind, narrows, with_qualifiers
from bureau_metrics.facts.matching import inherited, match
from bureau_metrics.facts.owners import is_of_another_body
from bureau_metrics.facts.rates import baseline, direction, signed
from bureau_metrics.facts.view import Draft, Hit, Span, View, Zone, label_end, residue
from bureau_metrics.lexicon import words
from bureau_metrics.models import Confidence, Measure, Qualifier
from bureau_metrics.qualifiers import bounds
from bureau_metrics.quantities import Kind, Mention
from bureau_metrics.units import conversion


def count(view: View, index: int, mention: Mention, zone: Zone) -> Draft | None:
    """Return the draft of a count or amount, or None where the numeral turns out to count nothing."""
    draft = Draft.of_mention(mention, Measure.FLOW, "open_number")
    moved = _rank_moved(view, index, draft, mention, zone)
    if moved:
        return draft
    if mention.kind is Kind.BARE and not _ends_clause(view, mention):
        # 12329服务专线, | 35 |: a number without a counter that runs into a noun or a cell is no figure of a sentence.
        return None
    found = _by_order(view, index, mention)
    if found is None and not _denied_article(view, mention, zone):
        found = match(view, mention, zone)
    if found is None and _has_no_noun(view, zone):
        found = (
            _level_behind_growth(view, index, mention, zone)
            or inherited(view, mention, zone)
            or _from_sentence_before(view, index, mention)
        )
    found = audience(view, index, mention, zone, found)
    if found is None and (kind := _kind_of_noun_before(view, mention, zone)) is not None:
        _take(view, draft, kind, zone)
        draft.label, draft.narrowed = (zone.pre[0], zone.noun_end), True
        return draft
    if found is not None and is_of_another_body(view, found, mention.start):
        draft.label = with_qualifiers(view, zone.pre[0], found.head)
        draft.measure = Measure.STOCK if not view.with_role(*zone.clause, Role.NEW) else Measure.FLOW
        draft.rule = "figure_of_another_body"
        return draft
    if _defines_cases(view, mention):
        return None
    if found is not None:
        _take(view, draft, found, zone)
    elif not _open(view, index, draft, mention, zone):
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


def _denied_article(view: View, mention: Mention, zone: Zone) -> bool:
    """全年没有开展一场讲座 says none, not one."""
    return mention.article and (
        _NOT_ONE.search(view.folded, max(view.start, mention.start - 3), mention.start) is not None
        or bool(view.with_role(zone.clause[0], mention.start, Role.NEGATION))
    )


# 不漏一户、不落一人
_NOT_ONE = re.compile("不[一-龥]{1,2}$")


def _level_behind_growth(view: View, index: int, mention: Mention, zone: Zone) -> Match | None:
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


def _kind_of_noun_before(view: View, mention: Mention, zone: Zone) -> Match | None:
    """Return the noun before for a number with a mere kind before it: 一审行政应诉案件14件，二审6件."""
    own = view.folded[zone.pre[0] : zone.noun_end].strip()
    if zone.post[1] > zone.post[0] or not (own in words("grammar", "kinds") or _ONLY_A_NAME.fullmatch(own)):
        return None
    return inherited(view, mention, zone)


# 公共服务类“体质监测”1项、“场馆查询”1项
_ONLY_A_NAME = re.compile("“[^“”]{1,40}”?")


def _by_order(view: View, index: int, mention: Mention) -> Match | None:
    """Return the noun of the figure at the same place before 分别: 新增A62家、B5家，保有量分别增至274家和31家."""
    figure = view.figure_by_order(index)
    if figure is None or figure.metric is None or figure.label is None or not accepts(figure.metric, mention):
        return None
    verb = view.shared_verbs.get(index)
    if verb is not None and not _LEVEL_BEHIND.match(view.folded, verb[1]):
        return None
    return Match(figure.metric, figure.term or "", figure.label, Confidence.MEDIUM, "noun_by_order")


_LEVEL_BEHIND = re.compile("[到至为]")


def _has_no_noun(view: View, zone: Zone) -> bool:
    if view.folded[zone.pre[0] : zone.noun_end].strip() in words("grammar", "events"):
        return False
    said = view.folded.startswith(words("grammar", "predicate_adverbs"), zone.post[0])
    behind = residue(view, *zone.post) if zone.post[1] > zone.post[0] and not said else 0
    return behind <= 1 and residue(view, zone.pre[0], zone.noun_end) <= 1


def _from_sentence_before(view: View, index: int, mention: Mention) -> Match | None:
    """收到复议申请85件。现已审结67件: the first number of a sentence without a noun is said of the sentence before."""
    lead = view.folded[view.start : mention.start]
    if (
        index
        or not view.before
        or len(lead) > _SHORT_LEAD
        or not view.with_role(view.start, mention.start, Role.VERB | Role.PARTS)
    ):
        return None
    for draft in reversed(view.before):
        if draft.metric is not None and draft.term and accepts(draft.metric, mention) and draft.measure in _LEVELS:
            return Match(
                draft.metric, draft.term, (mention.start, mention.start), Confidence.LOW, "noun_of_sentence_before"
            )
    return None


_LEVELS = (Measure.STOCK, Measure.FLOW)
_SHORT_LEAD = 16


def _take(view: View, draft: Draft, found: Match, zone: Zone) -> None:
    metric = found.metric
    draft.metric, draft.term, draft.confidence, draft.rule = metric, found.term, found.confidence, found.rule
    draft.label = with_qualifiers(view, zone.pre[0] if found.head[0] < draft.start else zone.post[0], found.head)
    text = view.folded[draft.label[0] : draft.label[1]]
    head = view.folded[found.head[0] : found.head[1]]
    draft.narrowed = head in metric.partial or narrows(text, head)
    to_metric_unit(draft, metric)
    draft.measure = measure(view, metric, zone, draft.start, found.head)


def to_metric_unit(draft: Draft, metric: Metric) -> None:
    """Give a draft the metric's canonical unit, converting the value where the printed unit is another size of it."""
    factor = conversion(metric.unit, draft.mention.printed) if draft.mention else None
    if factor is not None:
        draft.value, draft.lower, draft.upper = (_times(x, factor) for x in (draft.value, draft.lower, draft.upper))
    draft.unit = metric.unit


def _times(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if value is None else value * factor


def measure(view: View, metric: Metric, zone: Zone, start: int, head: Span) -> Measure:
    """Return the metric's default measure, unless words near the number say otherwise (新增 flow, 现有 stock)."""
    if metric.measure is Measure.STOCK:
        # 63件发明获得授权, 5600户新设主体: behind the number the verb or the head itself may say it.
        limit = max(head[1], zone.post[1]) if head[0] >= start else start
        # 培育的独角兽已有5家, 等级评定等4项: such a verb describes; 新认定的 still says when.
        marks = [
            hit
            for hit in view.with_role(zone.clause[0], limit, Role.NEW | Role.TOTAL)
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


def _open(view: View, index: int, draft: Draft, mention: Mention, zone: Zone) -> bool:
    """Name an open fact by its own noun; False where the numeral is an article or a number without a noun."""
    if _denied_article(view, mention, zone):
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
    draft.measure = _open_measure(view, zone, mention)
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


def _ends_clause(view: View, mention: Mention) -> bool:
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


def _defines_cases(view: View, mention: Mention) -> bool:
    if mention.qualifier not in (Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.MORE_THAN):
        return False
    # 培训不少于2场次的单位达到95%
    if view.folded.startswith(words("grammar", "of_entities"), mention.end):
        return True
    return mention.unit == "元" and _DEFINED.match(view.folded, mention.end, view.end) is not None


def _limit(view: View, zone: Zone) -> bool:
    """投资500万元以上项目20个: the amount defines which projects are counted."""
    return zone.post[1] > zone.post[0] and residue(view, *zone.post) > 1


def _open_measure(view: View, zone: Zone, mention: Mention) -> Measure:
    lead = view.folded[zone.clause[0] : mention.start]
    if mention.kind is Kind.DURATION or any(word in lead for word in words("grammar", "held")):
        return Measure.STOCK
    if view.with_role(zone.clause[0], zone.clause[1], Role.VERB):
        return Measure.FLOW
    return Measure.STOCK if mention.printed in words("grammar", "held_counters") else Measure.FLOW


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
    previous = view.figure_by_order(index) or next(
        (
            view.drafts[i]
            for i in sorted(view.drafts, reverse=True)
            if view.drafts[i].unit == draft.unit and i not in view.years_said
        ),
        None,
    )
    if previous is not None and (index in view.figure_of or residue(view, zone.pre[0], verb[0]) <= 1):
        draft.subject, draft.metric, draft.term, draft.label = previous, previous.metric, previous.term, previous.label
    signed(draft, bool(view.role(verb) & Role.DOWN))
    return draft
