"""Stated zeros: 没有发生行政复议案件, 零投诉, 无违法违规现象; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from bureau_metrics.catalogue import Metric
from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.candidates import Match
from bureau_metrics.facts.denials import (
    MOST_DENIALS,
    begins_denial,
    denied_phrase,
    falls_short,
    list_tail,
    negations,
    singles_out,
)
from bureau_metrics.facts.labels import label_before
from bureau_metrics.facts.matching import denied
from bureau_metrics.facts.view import Draft, Hit, Span, View, trimmed
from bureau_metrics.lexicon import alternation, words
from bureau_metrics.models import Confidence, Measure, Qualifier
from bureau_metrics.structure import SectionKind

_ITEM = re.compile(r"、|以及|及其他|和|及|或者|或|与|并|，")


@cache
def _describing() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(words('zeros', 'describing'))})+")


@cache
def _zero_behind() -> re.Pattern[str]:
    """行政复议零发生, 投诉量为零: the denied noun stands before."""
    happening = alternation(words("zeros", "nothing_of_it"))
    link = r"(?P<link>保持|均为|达到|为|是|达)?"
    return re.compile(rf"{link}零(?:(?:{happening})|新增(?=[，。；、])|$|(?=[，。；、）]))")


def zeros(view: View) -> Iterator[Draft]:
    """Yield a draft of value 0 for each countable thing that the sentence denies."""
    if not view.has_role(Role.NEGATION):
        return
    if view.section.kind in (SectionKind.SHORTCOMINGS, SectionKind.MIXED):
        return
    done = view.start
    behind = list(_zeros_behind(view))
    yield from behind
    for hit in negations(view)[:MOST_DENIALS]:
        if (
            hit[0] < done
            or any(hit[0] == draft.said_at for draft in behind)
            or falls_short(view, hit)
            or singles_out(view, hit)
            or any(word in view.folded[hit[1] : view.end] for word in words("zeros", "criteria"))
        ):
            continue
        for span, found in _denied_things(view, hit):
            done = max(done, span[1])
            if not any(draft.start < span[1] and span[0] <= draft.end for draft in behind):
                yield _draft(span, found, hit[0])


def _zeros_behind(view: View) -> Iterator[Draft]:
    for found in _zero_behind().finditer(view.folded, view.start, view.end):
        zero = found.start() + len(found.group("link") or "")
        if (found.end() == zero + 1 and not found.group("link")) or not begins_denial(view, zero, linked=True):
            continue
        start = max([view.clause(zero)[0], *(m.end for m in view.mentions if m.end <= found.start())])
        rate = _rate_of_zero(view, zero, view.clause(zero)[0])
        if rate is not None:
            yield rate
            continue
        # 行政复议、行政诉讼均为零 denies each noun of the list.
        nouns = list(_listed(view.folded, start, found.start()))
        for noun, end in nouns if "均" in found.group() else nouns[-1:]:
            span = label_before(view, noun, trimmed(view.folded, noun, end))
            match_ = denied(view, noun, span[1], (start, found.end())) if span[1] > span[0] else None
            if span[1] - span[0] >= 2 and (match_ is not None or _countable(view.folded[span[0] : span[1]])):
                yield _draft(span, match_, zero)


def _rate_of_zero(view: View, zero: int, start: int) -> Draft | None:
    """Read 败诉率连续三年为零 as a rate of 0 %, printed as 零."""
    end = trimmed(view.folded, start, zero)
    rate = max((view.folded.rfind(word, start, end) for word in words("grammar", "rate_ends")), default=-1)
    found = denied(view, start, rate + 1, (start, zero), rates=True) if rate > start else None
    if found is None:
        return None
    draft = _draft((zero, zero + 1), found)
    draft.measure, draft.label, draft.rule = Measure.RATIO, found.head, "rate_of_zero"
    return draft


def _listed(folded: str, start: int, end: int) -> Iterator[Span]:
    while (comma := folded.find("、", start, end)) >= 0:
        yield start, comma
        start = comma + 1
    yield start, end


def _denied_things(view: View, hit: Hit) -> list[tuple[Span, Match | None]]:
    """Return the denied nouns with their metrics: one each where the metrics differ, else the whole phrase."""
    start, end = denied_phrase(view, hit)
    parts = list(_items(view, start, end))
    if not parts or view.folded[parts[-1][1] : parts[-1][2]].endswith(words("zeros", "lacking")):
        return []
    clause = (view.clause(hit[0])[0], end)
    # 重大信访事件 is a metric of its own where 信访事件 alone is none: the words before the noun count for the metric.
    named = [((begin, end), denied(view, full, end, clause)) for full, begin, end in parts]
    if view.folded[start] in "、和或及":
        # 未修改、废止规范性文件: the verb of the denial is the first item of the list.
        verb = hit[1] - len(view.vocabulary.words[hit[2]].lstrip("尚暂从均未没有"))
        named.insert(0, ((verb, hit[1]), None))
    if len(named) == 1:
        return [pair for pair in named if pair[1] is not None or _countable(view.folded[pair[0][0] : pair[0][1]])]
    return _distinct(view, named, clause)


def _distinct(view: View, named: list[tuple[Span, Match | None]], clause: Span) -> list[tuple[Span, Match | None]]:
    """Split a denied list: full nouns are one zero each, modifiers of a shared head only where metrics differ."""
    last_span, last = named[-1]
    result: list[tuple[Span, Match | None]] = []
    pending: list[Span] = []
    for span, own in named[:-1]:
        found = own or _by_shared_head(view, span, last)
        text = view.folded[span[0] : span[1]]
        full = _countable(text) and not text.endswith(words("zeros", "modifiers"))
        if (found is not None and (full or (last is not None and found.metric is not last.metric))) or full:
            result.append((span, found))
        else:
            # 废止和失效文件: a bare modifier belongs to the noun that ends the list.
            pending.append(span)
    first = pending[0] if pending and not result else last_span
    whole = (first[0], last_span[1])
    shared = denied(view, *whole, clause) if whole != last_span else last
    if shared is not None or _countable(view.folded[last_span[0] : last_span[1]]):
        result.append((whole, shared))
    return result


def _by_shared_head(view: View, modifier: Span, last: Match | None) -> Match | None:
    """Return the metric that a bare modifier makes of the head behind the list: 未修改、废止规范性文件."""
    if last is None:
        return None
    cues = {hit[2] for hit in view.within(*modifier)}
    for hit in view.heads(*last.head):
        for term in view.vocabulary.heads[hit[2]]:
            if len(term.cues) == 1 and term.cues[0] & cues and term.metric is not last.metric:
                return Match(term.metric, term.term.text, modifier, Confidence.MEDIUM, "denied_noun")
    return None


def _items(view: View, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    folded = view.folded
    tail = list_tail().search(folded[start:end])
    if tail and tail.start() > 0:
        end = start + tail.start()
    lead = start
    particle = folded.rfind("的", start, end)
    if particle > start and "、" not in folded[start:particle]:
        start = particle + 1
        noun = folded[start:end]
        lead = lead if noun in words("zeros", "general_nouns") and noun not in words("zeros", "states") else start
    position = start
    for match in [*_ITEM.finditer(folded, start, end), None]:
        stop = match.start() if match else end
        begin, until = _bare(folded, position, stop)
        if until - begin >= 2:
            # 没有移送司法机关的案件: the words before 的 count for the metric.
            yield min(position, begin) if position > start else lead, begin, until
        position = match.end() if match else end


def _bare(folded: str, start: int, end: int) -> Span:
    while start < end and folded[start] in ' “"”':
        start += 1
    while end > start and folded[end - 1] in ' ”"，、“':
        end -= 1
    modifier = _describing().match(folded, start, end)
    return (modifier.end() if modifier and modifier.end() < end else start), end


def _countable(text: str) -> bool:
    return text.endswith(words("zeros", "countable"))


def _measure(metric: Metric | None) -> Measure:
    return Measure.STOCK if metric is not None and metric.measure is Measure.STOCK else Measure.FLOW


def _draft(span: Span, found: Match | None, said_at: int | None = None) -> Draft:
    metric = found.metric if found else None
    return Draft(
        None,
        span[0],
        span[1],
        Decimal(0),
        None,
        None,
        Qualifier.EXACT,
        metric.unit if metric else "",
        _measure(metric),
        "stated_absence",
        metric=metric,
        term=found.term if found else None,
        label=span,
        said_at=said_at,
        confidence=Confidence.HIGH if metric else Confidence.MEDIUM,
    )
