"""Which metric a number belongs to: the nearest head that takes its counter, with its cues in reach."""

from __future__ import annotations

import re
from functools import cache

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.candidates import (
    CARRY,
    FAR,
    Candidate,
    Match,
    by_end,
    candidate,
    nearest,
    preference,
    result_of,
)
from bureau_metrics.facts.view import Hit, Span, View, Zone, residue
from bureau_metrics.lexicon import alternation, words
from bureau_metrics.mentions import Mention

# Characters that may be left between a noun and its number beside verbs and connectors. More is another noun
# (纠纷调解委员会26件), unless the head is a verb with its object behind it (检查校外培训机构22次).
_SMALL_REST = 2


def match(view: View, mention: Mention, zone: Zone) -> Match | None:
    """Return the metric of a number from the noun behind it or before it, or None where its own noun names none."""
    behind = _behind(view, mention, zone)
    before = _before(view, mention, zone)
    if before and not behind and _led_by_preposition(view, before, mention, zone):
        before = None
    if behind and before:
        # A chain without commas (高企20家科技型中小企业30家): the noun behind belongs to the next number.
        gap = behind.hit[0] - mention.end
        if _owned_by_next(view, behind.hit) or (gap > 0 and zone.noun_end == before.hit[1] and gap > 4):
            behind = None
    if behind and not before and _runs_on(view, behind.hit) and residue(view, zone.pre[0], zone.noun_end) > 1:
        # 行政给付5项行政奖励2项: an unknown noun before, and the known one behind is the next number's.
        behind = None
    chosen = behind or before
    if chosen is None:
        return None
    rule = "number_before_noun" if chosen is behind else "number_after_noun"
    distance = chosen.hit[0] - mention.end if chosen is behind else zone.noun_end - chosen.hit[1]
    return result_of(view, chosen, rule, distance)


# 法律顾问到14个村授课: the noun behind the number is counted, and the noun before acts on it.
_PREPOSITION = re.compile(r"(?:到|赴|向|对|给|与|同|从|由|让)[^，。；、]{0,2}$")


def _led_by_preposition(view: View, before: Candidate, mention: Mention, zone: Zone) -> bool:
    lead = view.folded[before.hit[1] : mention.start]
    return (
        not view.role(before.hit) & Role.VERB
        and _PREPOSITION.search(lead) is not None
        and zone.post[1] > zone.post[0]
        and residue(view, *zone.post) > 0
    )


def inherited(view: View, mention: Mention, zone: Zone) -> Match | None:
    """Return the metric that an earlier noun of the sentence gives to a number without a noun of its own."""
    begin = max(view.start, zone.pre[0] - CARRY, _last_own_noun(view, mention))
    if any(other.end == mention.start for other in view.mentions):
        # 移送4宗6人: the second number is said of the same event, whose noun stands in the same clause.
        begin = max(begin, zone.clause[0])
    heads = [hit for hit in view.heads(begin, zone.pre[0]) if not _in_closed_bracket(view, hit, zone.pre[0])]
    found = nearest(view, mention, by_end(heads), zone, zone.pre[0])
    return result_of(view, found, "noun_carried_on", FAR + 1) if found else None


def _in_closed_bracket(view: View, hit: Hit, position: int) -> bool:
    """Whether a noun stands in a bracket closed before: 受理投诉310件（含信访12件），办结305件 are complaints."""
    closing = view.folded.find("）", hit[1], position)
    opening = view.folded.find("（", hit[1], position)
    return closing >= 0 and (opening < 0 or closing < opening)


def _last_own_noun(view: View, mention: Mention) -> int:
    """Return where the noun of the last number that has its own begins: what is unsaid is that one, none before."""
    for index in range(len(view.mentions) - 1, -1, -1):
        draft = view.drafts.get(index)
        if view.mentions[index].start >= mention.start or draft is None or draft.rule not in _OWN_NOUN_RULES:
            continue
        if "）" not in view.folded[draft.end : mention.start] or "（" in view.folded[draft.end : mention.start]:
            return view.zones[index].pre[0]
    return view.start


_OWN_NOUN_RULES = frozenset(["open_noun_before", "open_noun_behind", "number_after_noun", "number_before_noun"])


def subject(view: View, start: int, end: int) -> Match | None:
    """Return the metric whose head stands last in a span, whatever it is counted in (for growth and ranks)."""
    heads = view.heads(start, end)
    for hit in by_end(heads):
        options = [
            found
            for term in view.vocabulary.heads[hit[2]]
            if (found := candidate(view, hit, term, (start, end), hit[1])) is not None
        ]
        if options:
            best = min(options, key=preference)
            return result_of(view, best, "subject_before_rate", max(0, end - hit[1] - 8))
    return None


def denied(view: View, start: int, end: int, clause: Span, rates: bool = False) -> Match | None:
    """Return the metric of a denied noun (没有X案件): the longest head that ends last, with cues inside the noun first.

    Behind the head only a word for the thing at large may follow (矛盾纠纷排查调处案件), no other noun (复议机关意见).
    `rates` looks for a rate (败诉率) instead of a thing.
    """
    heads = view.heads(start, end)
    for hit in by_end(heads):
        if hit[1] < end and not view.folded[hit[1] : end].endswith(words("zeros", "general_nouns")):
            continue
        options = []
        for term in view.vocabulary.heads[hit[2]]:
            found = candidate(view, hit, term, (start, end), hit[1]) or candidate(view, hit, term, clause, hit[1])
            if found is not None and (term.metric.unit == "%") is rates:
                options.append(found)
        if options:
            # 无行政许可事项 denies items, not cases: of two metrics with one head the one that counts in 项.
            best = min(options, key=lambda found: (_counts_otherwise(view, hit, found), preference(found)))
            return result_of(view, best, "denied_noun", 0)
    return None


def _counts_otherwise(view: View, hit: Hit, found: Candidate) -> bool:
    return view.folded[hit[0] : hit[1]].endswith("事项") and found.term.metric.unit != "项"


def _behind(view: View, mention: Mention, zone: Zone) -> Candidate | None:
    start, end = zone.post
    if end <= start:
        return None
    stop = _predicate(view, start, end, mention.printed)
    heads = view.heads(start, stop)
    if any(_becomes(view, start, hit) for hit in view.with_role(start, stop, Role.VERB)):
        heads = [hit for hit in heads if _BECOME.fullmatch(view.folded, hit[1], stop)]
    listed = view.folded.find("、", start, stop)
    if listed > 0 and (first := [hit for hit in heads if hit[1] == listed]):
        # 4家重点实验室、技术创新中心: the noun at the number, before the ones that are joined to it.
        heads = first
    return nearest(view, mention, sorted(heads, key=_last_first)[:_NEAREST_BEHIND], zone, start)


# No noun phrase holds more heads that could be meant.
_NEAREST_BEHIND, _NEAREST_JOINED = 6, 4


def _last_first(hit: Hit) -> tuple[int, int]:
    return -hit[1], hit[0]


def _predicate(view: View, start: int, end: int, counter: str) -> int:
    """Return where the noun behind a number ends: before the next verb, unless the verb only qualifies it (从事…的…).

    A counter of times stands before the verb itself (8次召开会议); one of bodies or people counts no verb (14个村授课).
    """
    times = counter in words("grammar", "times")
    bodies = counter in words("grammar", "held_counters")
    folded = view.folded
    for hit in view.with_role(start, end, Role.VERB):
        if _becomes(view, start, hit):
            # 4家企业入选省级瞪羚企业: what the enterprises became is what is counted.
            return end
    passive = _PASSIVE.search(folded, start + 1, end)
    end = passive.start() if passive else end
    for hit in view.with_role(start, end, Role.VERB | Role.NEGATION):
        if view.role(hit) & Role.NEGATION and hit[0] > start:
            # 3件应诉案件无一败诉: what is denied of the noun is no part of it; 未成年人 is a word.
            if any(o[0] <= hit[0] < o[1] for o in view.with_role(start, end, Role.FALSE_NEGATION)):
                continue
            return hit[0]
        if any(head[0] <= hit[0] and hit[1] <= head[1] and head != hit for head in view.heads(start, end)):
            continue
        particle = folded.find("的", hit[1], end)
        if particle >= 0 and (hit[0] == start or particle - hit[1] <= 12):
            continue
        if hit[0] == start and (times or view.vocabulary.heads[hit[2]]):
            continue
        if view.vocabulary.heads[hit[2]] and hit[1] >= end and not bodies:
            # 12次文化设施检查: the verb at the end is the noun that is counted.
            continue
        return hit[0]
    return end


# 48项行政处罚权被写入权力清单: what the noun went into is not what is counted; 经营, 理由 and 在建 are words.
_PASSIVE = re.compile(
    "被(?![告征扶保害申])|(?<![理缘自事])由(?!于)|(?<![曾已])经(?![营济费过验理纪开])|(?<![存所内现潜实旨正])在(?![岗建库职校线编册营籍读])"
)


def _becomes(view: View, start: int, verb: Hit) -> bool:
    if view.vocabulary.words[verb[2]] not in words("grammar", "becoming"):
        return False
    subject = _MANNER.sub("", view.folded[start : verb[0]].removeprefix("户"))
    return subject in words("grammar", "becomes")


# 入选省级瞪羚企业名单 names what they became; 入选民营企业500强 another thing.
_BECOME = re.compile('(?:名单|行列|称号|榜单?|培育库|库|认定|资格|企业|项目|平台|单位|公示|备案|[”" 类级])*')
# 企业首次通过, 单位被认定为
_MANNER = re.compile("(?:首次|成功|顺利|再次|均|被|新|先后|陆续|已)+$")


def _before(view: View, mention: Mention, zone: Zone) -> Candidate | None:
    start, end = zone.pre
    means = _instruments().search(view.folded, start, end) is not None
    heads = view.heads(start, end)
    if not heads:
        return None

    def fits(hit: Hit) -> bool:
        return bool(view.role(hit) & Role.VERB or _beside(view, hit, zone.noun_end)) and not (
            means and _instrument(view, hit, start, end)
        )

    found = nearest(view, mention, by_end(heads), zone, end, fits)
    return _first_of_coordination(view, mention, zone, found) if found else None


def _beside(view: View, hit: Hit, noun_end: int) -> bool:
    """Whether only small words stand between a noun and its number, or a noun of its kind (党委会、局办会41次)."""
    joined = view.folded[hit[1] : noun_end]
    if joined.endswith(words("grammar", "facilities")):
        return False
    if residue(view, hit[1], noun_end) <= _SMALL_REST:
        return True
    if _NAMED.fullmatch(joined):
        return True
    return (
        joined[:1] in ("、", "和", "及", "与", "暨")
        and len(joined) <= _JOINED_NOUN
        and joined[-1:] == view.folded[hit[1] - 1]
    )


_JOINED_NOUN = 8
# 行政许可类“防空地下室审批”1项: the name of the one thing stands between.
_NAMED = re.compile("类?(?:“[^“”]{1,40}”?|《[^《》]{1,60}》?)[ ]?")


@cache
def _instruments() -> re.Pattern[str]:
    return re.compile(alternation(words("grammar", "instruments")))


def _instrument(view: View, hit: Hit, start: int, end: int) -> bool:
    """通过政务新媒体公开160条 counts what was published, not the means: a noun behind 通过 with the verb behind it."""
    lead = _instruments().search(view.folded, max(start, hit[0] - 10), hit[0])
    return lead is not None and bool(view.with_role(hit[1], end, Role.VERB))


def _first_of_coordination(view: View, mention: Mention, zone: Zone, found: Candidate) -> Candidate:
    """Give a number that is said of several coordinated nouns (集中学习及中心组学习10余次) to the first of them."""
    while True:
        earlier = [
            hit
            for hit in view.heads(zone.pre[0], found.hit[0])
            if view.folded[hit[1] : found.hit[0]].strip() in words("grammar", "coordinators")
        ]
        first = nearest(view, mention, by_end(earlier)[:_NEAREST_JOINED], zone, zone.pre[1]) if earlier else None
        if first is None or first.carried > found.carried:
            return found
        found = first


def _runs_on(view: View, hit: Hit) -> bool:
    return any(other.start == hit[1] for other in view.mentions)


def _owned_by_next(view: View, hit: Hit) -> bool:
    for other in view.mentions:
        if other.start >= hit[1]:
            return other.start - hit[1] <= 1
    return False
