"""Candidates for a number's metric: a head of the catalogue beside it, with the cues that its term asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bureau_metrics.catalogue import Metric
from bureau_metrics.catalogue.vocabulary import BoundTerm, Role
from bureau_metrics.facts.view import Hit, Span, View, Zone, residue
from bureau_metrics.lexicon import words
from bureau_metrics.mentions import Kind, Mention
from bureau_metrics.models import Confidence
from bureau_metrics.units import conversion

# Beyond this many characters between noun and number a match is less sure.
FAR = 14
# How far back a noun or a cue may have been said, in characters.
CARRY = 90


class Match(NamedTuple):
    """A metric found for a number: the head's span, the words of the term (head + cues), and how sure that is."""

    metric: Metric
    term: str
    head: Span
    confidence: Confidence
    rule: str


class Candidate(NamedTuple):
    """A head in the text with one of its terms; `carried` is 1 where a cue was said before the clause."""

    hit: Hit
    term: BoundTerm
    carried: int
    nearness: int
    cues: tuple[int, ...] = ()


def accepts(metric: Metric, mention: Mention) -> bool:
    """Whether a metric counts in the mention's unit; a number without a unit is left to the noun beside it."""
    if mention.kind is Kind.BARE:
        return metric.unit == "元" if mention.printed else metric.unit not in ("%", "元")
    if mention.kind is Kind.PERCENT:
        return metric.unit == "%"
    if mention.kind in (Kind.POINTS, Kind.MULTIPLE, Kind.RANK):
        return False
    return (
        mention.printed in metric.counters
        or mention.unit in metric.counters
        or mention.unit == metric.unit
        or conversion(metric.unit, mention.printed) is not None
    )


def by_end(hits: list[Hit]) -> list[Hit]:
    """Order hits from the last to the first, the longer of two that end together first, without those inside others."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    # Where the earliest of the hits begins that end behind the present one.
    leftmost = same_end = hits[-1][1]
    end = -1
    for hit in sorted(hits, key=_last_first):
        if hit[1] != end:
            leftmost, same_end, end = min(leftmost, same_end), hit[0], hit[1]
        if hit[0] <= leftmost:
            kept.append(hit)
    return kept


def _last_first(hit: Hit) -> tuple[int, int]:
    return -hit[1], hit[0]


def nearest(
    view: View,
    mention: Mention,
    heads: list[Hit],
    zone: Zone,
    anchor: int,
    fits: Callable[[Hit], bool] | None = None,
) -> Candidate | None:
    """Return the best candidate: a head whose cues stand in the clause before one whose cues were said earlier.

    `fits` says of a head, nearest first, whether it may be the number's noun at all.
    """
    fallback: Candidate | None = None
    for hit in heads:
        if fits is not None and not fits(hit):
            continue
        options = [
            found
            for term in view.vocabulary.heads[hit[2]]
            if accepts(term.metric, mention)
            and (found := candidate(view, hit, term, zone.clause, anchor, zone.pre[0])) is not None
        ]
        if not options:
            continue
        best = min(options, key=preference) if len(options) > 1 else options[0]
        if not best.carried:
            return best
        fallback = fallback or best
    return fallback


def preference(candidate: Candidate) -> tuple[int, int, int, int]:
    """Return the order among the terms of a head: said in the clause, more cues, nearer cues, earlier entry."""
    return (
        candidate.carried,
        -len(candidate.term.cues) if not candidate.carried else 0,
        candidate.nearness,
        candidate.term.order,
    )


def candidate(
    view: View, hit: Hit, term: BoundTerm, clause: Span, anchor: int, own: int | None = None
) -> Candidate | None:
    """Return a head as a candidate for a term, or None where a cue is missing or an excluded word is in the clause."""
    begin, stop = min(clause[0], hit[0]), max(clause[1], hit[1])
    own = begin if own is None else own
    present = view.present
    for group in term.cues:
        if group.isdisjoint(present) and group.isdisjoint(view.topic):
            return None
    if term.excludes and _excluded(view, hit, term, (begin, stop), anchor):
        return None
    carried, nearness = 0, 0
    cues: list[int] = []
    for group in term.cues:
        near = [
            (abs(other[0] - hit[0]), other[2])
            for other in view.within(begin, stop)
            if other[2] in group and _apart(hit, other) and not _noun_of_another(view, other, anchor)
        ]
        if not near and _bare_noun(view, hit, min(own, hit[0]), anchor):
            low = max(view.start, begin - CARRY)
            near = [(hit[0] - other[0] + 100, other[2]) for other in view.within(low, begin) if other[2] in group]
            carried = 1
        if not near and carried_topic(view, group, hit, min(own, hit[0]), anchor):
            near, carried = [(TOPIC_DISTANCE, min(group & view.topic))], 2
        if not near:
            return None
        distance, cue = min(near)
        nearness += distance
        cues.append(cue)
    return Candidate(hit, term, carried, nearness, tuple(cues))


# A topic that only the heading names is farther than any word of the sentence.
TOPIC_DISTANCE = 400


def carried_topic(view: View, group: frozenset[int], hit: Hit, start: int, anchor: int) -> bool:
    """Whether the heading of the section gives a bare noun its cue: （二）依申请公开。收到申请1件."""
    return not group.isdisjoint(view.topic) and _bare_noun(view, hit, start, anchor)


def _excluded(view: View, hit: Hit, term: BoundTerm, clause: Span, anchor: int) -> bool:
    """Whether an excluded word stands in the clause, or overlaps the head; behind the next number it is that one's."""
    if term.excludes.isdisjoint(view.present):
        return False
    begin, stop = clause
    stop = min(
        [stop, *(mention.start for mention in view.mentions if anchor < mention.start and hit[1] <= mention.start)]
    )
    return any(
        other[2] in term.excludes
        and not (hit[0] <= other[0] and other[1] <= hit[1])
        and not _bracketed(view, other, hit, stop)
        for other in view.hits
        if (begin <= other[0] and other[1] <= stop) or (other[0] < hit[1] and hit[0] < other[1])
    )


def _bracketed(view: View, other: Hit, hit: Hit, stop: int) -> bool:
    """Whether a word stands in a bracket closed before the number: 高新技术企业（含培育库）：35家."""
    opening = view.folded.rfind("（", hit[1], other[0])
    return opening >= 0 and view.folded.find("）", other[1], stop) >= 0


def _bare_noun(view: View, hit: Hit, start: int, anchor: int) -> bool:
    """Whether a head may take its cue from before: 宣讲10期,参加企业1000家 may, 座谈会覆盖50家企业 may not."""
    # 研究人事、项目建设等议题10项: a list that 等 closes only describes the noun.
    if _another_verb(view, start, hit):
        return False
    before = 0 if view.folded[hit[0] - 1 : hit[0]] == "等" else residue(view, start, hit[0])
    return before + residue(view, hit[1], max(anchor, hit[1])) <= 2


def _another_verb(view: View, start: int, hit: Hit) -> bool:
    """Whether the noun has a verb of its own, so that no earlier one is carried on: 约谈企业两家, but 参加企业90家."""
    verbs = view.with_role(start, hit[0], Role.VERB) if start < hit[0] else []
    return any(verb[1] == hit[0] and view.vocabulary.words[verb[2]] in words("grammar", "events") for verb in verbs)


def _noun_of_another(view: View, cue: Hit, anchor: int) -> bool:
    """Whether a cue behind the number is itself counted: 重大行政决策0项、政策文件1份、合法性审查1件."""
    if cue[0] < anchor:
        return False
    following = [mention for mention in view.mentions if mention.start > anchor]
    listed = "、" in view.folded[anchor : cue[0]] or any(mention.start < cue[0] for mention in following)
    return listed and any(
        mention.start >= cue[1] and residue(view, cue[1], mention.start) == 0 for mention in following
    )


def _apart(hit: Hit, other: Hit) -> bool:
    return other[1] <= hit[0] or other[0] >= hit[1]


def result_of(view: View, candidate: Candidate, rule: str, distance: int) -> Match:
    """Return the match of a chosen candidate; far nouns and carried cues make it less sure."""
    confidence = Confidence.HIGH
    if candidate.carried or distance > FAR:
        confidence = Confidence.MEDIUM
    if candidate.carried and distance > FAR:
        confidence = Confidence.LOW
    return Match(
        candidate.term.metric,
        " + ".join(view.vocabulary.words[word] for word in (candidate.hit[2], *candidate.cues)),
        (candidate.hit[0], candidate.hit[1]),
        confidence,
        rule,
    )
