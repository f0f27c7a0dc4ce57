"""Growth, change, shares, multiples and ranks: figures that say something of another figure."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.candidates import Match
from bureau_metrics.facts.labels import label_before, label_behind
from bureau_metrics.facts.matching import inherited, match, subject
from bureau_metrics.facts.owners import is_of_another_body
from bureau_metrics.facts.shared_figures import share_rates, take
from bureau_metrics.facts.view import Draft, Hit, View, Zone, label_end, residue
from bureau_metrics.lexicon import alternation, words
from bureau_metrics.mentions import Kind, Mention
from bureau_metrics.models import Confidence, Measure, Qualifier
from bureau_metrics.rank_grammar import DOUBLING
from bureau_metrics.units import POINTS

_TO_LEVEL = re.compile(r"(?:了)?(?:到|至|为)")
_BETWEEN = re.compile(r"[了达到近约超有幅率为“”\" ]*")
_BASELINE = re.compile(
    r"(?:较|(?<![同环])比|与)(?P<base>[^，。；]{1,12}?)(?:同期)?(?:相比)?，?"
    r"(?=(?:年均)?[增下上提降减多少压缩扩翻]|高|低|前进|进步|进位|后退|跃升)"
    r"|(?:与|同)(?P<compared>[^，。；]{1,10}?)(?:同期)?相比，|(?P<sequential>环比)"
)
# 比上年净增, 较去年大幅下降: the manner belongs to the verb.
_MANNER = re.compile(r"(?:净|略|又|再|大幅|明显|显著|小幅|稳步|分别|共|均|累计)+$")
# 研究与试验发展经费 and 占比 hold such characters; a baseline begins with a time or a place.
_BASE_BEHIND_NOUN = re.compile(
    r"(?:同比|环比|(?:较|(?<!占)比|与)(?=[上去前年历往同全20一十基预目计])|较|(?<![占同环对])比(?![例重]))[^，。；]*$"
)
_SAME_PERIOD = re.compile(r"(?:同期|度)$")
_FASTER = re.compile(r"(?:高于|低于|快于|慢于|高出|超出|多于)")


def rate(view: View, index: int, mention: Mention, zone: Zone) -> Draft | None:
    """Return the draft of a percentage, percentage points, multiple or rank; None for a count."""
    if mention.kind is Kind.RANK:
        return _rank(view, index, mention, zone)
    if mention.kind not in (Kind.PERCENT, Kind.POINTS, Kind.MULTIPLE):
        return None
    if mention.printed == DOUBLING:
        return _doubling(view, index, mention, zone)
    verb = view.shared_verbs.get(index) or (None if index in view.levels else direction(view, mention, zone))
    if mention.kind is Kind.POINTS:
        return _points(view, index, mention, zone, verb)
    if verb is not None:
        cut = _cut(view, mention, zone, verb)
        return cut or _growth(view, index, mention, zone, verb)
    return _ratio(view, index, mention, zone)


def direction(view: View, mention: Mention, zone: Zone) -> Hit | None:
    """Return the word of growth or fall right before the number; 增长到 and 降至 give a level, not a growth."""
    found = None
    for hit in view.with_role(zone.pre[0], mention.start, Role.UP | Role.DOWN):
        between = view.folded[hit[1] : mention.start]
        if _TO_LEVEL.match(between) and not between.startswith("为"):
            continue
        if between.startswith("率") and view.vocabulary.words[hit[2]] not in words("grammar", "growth_rates"):
            continue
        # The longest word that ends last: 增幅 before 增, 年均增长 before 增长.
        if _BETWEEN.fullmatch(between) and (found is None or hit[1] > found[1]):
            found = hit
    return found


def baseline(view: View, start: int, end: int) -> str | None:
    """Return what a growth is measured against, as printed (上年, 2020年, 环比), or None where it is unsaid."""
    if start - 1 > view.start and view.folded[start - 3 : start] == "相比，":
        # 与去年同期相比，投诉减少120件: the clause before is the baseline.
        start = view.clause(start - 2)[0]
    found = list(_BASELINE.finditer(view.folded, start, end))
    if not found:
        return None
    base = found[-1].group("base") or found[-1].group("compared") or found[-1].group("sequential")
    return _SAME_PERIOD.sub("", _MANNER.sub("", base)) or base


def signed(draft: Draft, falls: bool) -> None:
    """Turn a fall into a negative figure; the bound on its size becomes the bound on the other side."""
    if not falls:
        return
    draft.value = None if draft.value is None else -draft.value
    lower, upper = draft.lower, draft.upper
    draft.lower = None if upper is None else -upper
    draft.upper = None if lower is None else -lower


def _falls(view: View, verb: Hit | None) -> bool:
    return verb is not None and bool(view.role(verb) & Role.DOWN)


def _cut(view: View, mention: Mention, zone: Zone, verb: Hit) -> Draft | None:
    """A rate that is itself a cut (办理时限压缩60%) is a ratio of its own metric, not a fall of another."""
    if view.vocabulary.words[verb[2]] not in words("grammar", "cut") or mention.kind is not Kind.PERCENT:
        return None
    found = match(view, mention, zone) or inherited(view, mention, zone)
    if found is None or found.metric.unit != "%":
        return None
    draft = Draft.of_mention(mention, Measure.RATIO, "rate_of_cut")
    take(draft, found)
    return draft


def _growth(view: View, index: int, mention: Mention, zone: Zone, verb: Hit) -> Draft:
    draft = Draft.of_mention(mention, Measure.GROWTH, "growth_of_subject", "%")
    if mention.kind is Kind.MULTIPLE:
        for name in ("value", "lower", "upper"):
            number: Decimal | None = getattr(draft, name)
            setattr(draft, name, None if number is None else number * 100)
    _attach(view, index, draft, zone, verb[0])
    signed(draft, _falls(view, verb))
    draft.relative_to = view.baselines.get(index) or baseline(view, zone.clause[0], mention.start)
    return draft


def _doubling(view: View, index: int, mention: Mention, zone: Zone) -> Draft:
    draft = Draft.of_mention(mention, Measure.GROWTH, "growth_of_subject", "%")
    _attach(view, index, draft, zone, mention.start)
    draft.relative_to = baseline(view, zone.clause[0], mention.end)
    return draft


def _points(view: View, index: int, mention: Mention, zone: Zone, verb: Hit | None) -> Draft:
    draft = Draft.of_mention(mention, Measure.CHANGE, "change_in_points", POINTS)
    compared = _FASTER.search(view.folded, zone.pre[0], mention.start)
    if compared is None:
        _attach(view, index, draft, zone, verb[0] if verb else zone.noun_end)
    else:
        # 增速高于全省2个百分点 is a distance to somebody else's figure.
        draft.label = label_before(view, zone.pre[0], compared.start())
        draft.relative_to = view.folded[compared.end() : mention.start].strip() or None
    signed(draft, _falls(view, verb))
    draft.relative_to = draft.relative_to or view.baselines.get(index) or baseline(view, zone.clause[0], mention.start)
    return draft


def _attach(view: View, index: int, draft: Draft, zone: Zone, end: int) -> None:
    """Hang a growth or change on the noun before its verb, or else on the figure just before."""
    start = zone.pre[0]
    end = min(end, zone.pre[1])
    base = _BASE_BEHIND_NOUN.search(view.folded[start:end])
    noun_end = start + base.start() if base else end
    by_order = view.figure_by_order(index)
    if by_order is not None:
        _of(draft, by_order)
        return
    named = subject(view, start, noun_end) if noun_end > start else None
    if named is not None:
        draft.metric, draft.term, draft.confidence = named.metric, named.term, named.confidence
        draft.label = named.head
        return
    previous = _previous(view, index, draft.measure)
    if residue(view, start, noun_end) <= 1 and previous is not None:
        _of(draft, previous)
        draft.rule = "growth_of_figure_before" if draft.measure is Measure.GROWTH else "change_of_figure_before"
        return
    if residue(view, start, noun_end) <= 1:
        named = subject(view, max(view.start, start - 60), start)
        if named is not None:
            draft.metric, draft.term, draft.label = named.metric, named.term, named.head
            draft.confidence = Confidence.MEDIUM
            return
    draft.label = label_before(view, start, noun_end)


def _of(draft: Draft, figure: Draft) -> None:
    """Make a draft the growth or change of another figure."""
    draft.subject = figure
    draft.metric, draft.term, draft.label = figure.metric, figure.term, figure.label
    draft.narrowed = figure.narrowed


def _previous(view: View, index: int, measure: Measure) -> Draft | None:
    """Return the level just before: a count or amount for growth, a rate for percentage points."""
    for earlier in range(index - 1, -1, -1):
        draft = view.drafts.get(earlier)
        if (
            earlier in view.years_said
            or draft is None
            or draft.measure in (Measure.GROWTH, Measure.CHANGE, Measure.RANK)
        ):
            continue
        if measure is Measure.CHANGE and draft.unit != "%":
            continue
        if (
            measure is Measure.GROWTH
            and draft.measure is Measure.RATIO
            and draft.metric is None
            and _level(view, earlier)
        ):
            # 完成投资12.8亿元，为计划的106.7%，同比增长9.1%: the amount grew, not its share.
            continue
        return draft
    return None


def _level(view: View, index: int) -> bool:
    levels = (Measure.STOCK, Measure.FLOW)
    return any(view.drafts[i].measure in levels for i in range(index) if i in view.drafts)


def _ratio(view: View, index: int, mention: Mention, zone: Zone) -> Draft:
    unit = "倍" if mention.kind is Kind.MULTIPLE else "%"
    draft = Draft.of_mention(mention, Measure.RATIO, "rate_of_noun", unit)
    if mention.kind is Kind.MULTIPLE:
        # 8.4亿元,是2022年的1.6倍 compares the figure before with an earlier one.
        of_what = re.search(
            r"(?:是|为|相当于)(?P<base>[^，。；]{1,14}?)的?[近约]?$", view.folded[zone.pre[0] : mention.start]
        )
        draft.relative_to = of_what.group("base") if of_what else None
        _attach(view, index, draft, zone, zone.pre[0] + of_what.start() if of_what else zone.noun_end)
        return draft
    found = match(view, mention, zone) if mention.kind is Kind.PERCENT else None
    named = view.folded[zone.pre[0] : label_end(view.folded, *zone.pre)].strip()
    own = len(named) > 1 and named.endswith(words("grammar", "rate_ends"))
    if found is None and not own and residue(view, zone.pre[0], zone.noun_end) == 0 and mention.kind is Kind.PERCENT:
        # 办结率较去年提升3个百分点，达到99%: the rate is the subject's.
        found = inherited(view, mention, zone)
    if found is not None and is_of_another_body(view, found, mention.start):
        draft.label, draft.rule = found.head, "figure_of_another_body"
        return draft
    if found is not None and not _foreign_share(view, found, zone):
        take(draft, found)
        share_rates(view, draft, zone)
        return draft
    if zone.post[1] > zone.post[0] and residue(view, *zone.post) > 1 and zone.noun_end <= zone.pre[0]:
        draft.label = label_behind(view, *zone.post)
    else:
        draft.label = label_before(view, zone.pre[0], label_end(view.folded, *zone.pre))
    share_rates(view, draft, zone)
    return draft


def _foreign_share(view: View, found: Match, zone: Zone) -> bool:
    """占投诉总量36.2% and 完成目标的118% are shares of a metric, unless the metric is a share itself (占GDP比重)."""
    between = view.folded[max(zone.pre[0], found.head[0] - 8) : zone.pre[1]]
    is_share = any("占" in head for term in found.metric.terms for head in term.heads)
    return "占" in between and not is_share


@cache
def _owners() -> re.Pattern[str]:
    return re.compile(alternation(words("grammar", "rank_owners")))


@cache
def _place_verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(set(words('contexts', 'rank_before')) - {'排名', '位次'})})+$")


# 全球创新指数排名，居第14位: the noun stands in the clause before, and no figure behind it.
_RANKING_BEFORE = re.compile("(?P<noun>[^，。；、：0-9]{2,20})(?:排名|位次|名次)，$")


def _rank(view: View, index: int, mention: Mention, zone: Zone) -> Draft:
    draft = Draft.of_mention(mention, Measure.RANK, "rank_of_figure_before")
    owners = list(_owners().finditer(view.folded, *zone.pre))
    # 居全省第三: the owner stands right before the place; 全球创新指数居第14位 has it inside the name of the index.
    owners = [owner for owner in owners if residue(view, owner.end(), zone.pre[1]) == 0]
    draft.relative_to = owners[-1].group() if owners else None
    start, end = zone.pre
    end = owners[-1].start() if owners else end
    ranking = _RANKING_BEFORE.search(view.folded, max(view.start, start - 40), start)
    if ranking and residue(view, start, end) <= 1:
        start, end = ranking.span("noun")
    named = subject(view, start, end) if end > start else None
    earlier = [view.drafts[i] for i in range(index - 1, -1, -1) if i in view.drafts]
    # 产量连续三年居全省前五 ranks the output, not the three years.
    previous = next(
        (draft for draft in earlier if draft.mention is None or draft.mention.kind is not Kind.DURATION), None
    )
    by_order = view.figure_by_order(index)
    if by_order is not None:
        _of(draft, by_order)
        return draft
    if named is not None:
        draft.metric, draft.term, draft.label, draft.rule = named.metric, named.term, named.head, "rank_of_subject"
    elif residue(view, start, end) <= 2 and previous is not None:
        # A rank qualifies a level; behind another rank (全省第二位、西部第一位) it is said of the same level.
        draft.subject = previous.subject if previous.measure is Measure.RANK else previous.subject or previous
        draft.metric, draft.term, draft.label = previous.metric, previous.term, previous.label
    else:
        place = _place_verb().search(view.folded[start:end])
        draft.label = label_before(view, start, start + place.start() if place and place.start() else end)
    if mention.qualifier is Qualifier.AT_MOST:
        draft.value = None
    return draft
