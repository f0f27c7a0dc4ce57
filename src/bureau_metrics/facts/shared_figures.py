"""One figure said of several things (参考率、合格率均为100%, 行政复议、行政诉讼均为0件): each gets it, on one span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bureau_metrics.facts.candidates import Match
from bureau_metrics.facts.labels import label_before
from bureau_metrics.facts.matching import denied, subject
from bureau_metrics.facts.view import Draft, Span, View, Zone, label_end
from bureau_metrics.lexicon import words
from bureau_metrics.models import Confidence

# Between two rates; 及 of 及时率 and 及格率 joins nothing.
_RATE_JOINT = re.compile(r"(?<=[率度例])(?:以及|[、和与]|及(?![时格]))")
_COUNT_JOINT = re.compile(r"以及|[、和与及]")
_EACH = re.compile(r"均(?:为|是|达|达到)$")
_TOTAL = re.compile(r"(?:共计?|合计|总计|一共|总数)(?:为|达|有)?$")


def share_rates(view: View, draft: Draft, zone: Zone) -> None:
    """Say 参考率、合格率均为100% of each rate: the draft keeps the first, twins take the others."""
    begin, stop = zone.pre[0], label_end(view.folded, *zone.pre)
    spans = list(_between(_RATE_JOINT, view.folded, begin, stop))
    if len(spans) < 2 or not all(
        view.folded[start:end].endswith(words("grammar", "rate_ends")) for start, end in spans
    ):
        return
    for place, (start, end) in enumerate(spans):
        target = draft if place == 0 else replace(draft)
        named = subject(view, start, end)
        if named is not None and named.metric.unit == "%":
            take(target, named)
        else:
            target.metric, target.term, target.label = None, None, label_before(view, start, end)
        if place:
            view.doubled.append(target)


def share_counts(view: View) -> None:
    """Say 行政复议、行政诉讼均为0件 of each metric of that unit in the list; 共3件 of several is doubtful for any."""
    for index, draft in list(view.drafts.items()):
        zone = view.zones.get(index)
        if zone is None or draft.metric is None or draft.mention is None or draft.metric.unit == "%":
            continue
        if each := _EACH.search(view.folded, zone.pre[0], draft.start):
            _say_of_each(view, draft, list(_named(view, draft, zone.pre[0], each.start())))
        elif total := _TOTAL.search(view.folded, zone.pre[0], draft.start):
            named = {match.metric.id for match in _named(view, draft, zone.pre[0], total.start())}
            if len(named) > 1:
                # One of them may stand for all (集中学习和中心组学习共18次), or none: a person has to look.
                draft.confidence, draft.rule = Confidence.LOW, "total_of_several"


def _named(view: View, draft: Draft, begin: int, stop: int) -> Iterator[Match]:
    """Yield the metrics, counted like the draft's, that the things of a list name."""
    for start, end in _between(_COUNT_JOINT, view.folded, begin, stop):
        named = denied(view, start, end, (begin, draft.end)) if end > start else None
        if named is not None and draft.metric is not None and named.metric.unit == draft.metric.unit:
            yield named


def _say_of_each(view: View, draft: Draft, named: list[Match]) -> None:
    taken = {draft.metric.id} if draft.metric else set()
    for match in named:
        if match.metric.id not in taken:
            taken.add(match.metric.id)
            twin = replace(draft)
            take(twin, match)
            twin.rule = draft.rule
            view.doubled.append(twin)


def take(draft: Draft, found: Match) -> None:
    """Give a draft the metric that was found for it."""
    draft.metric, draft.term, draft.confidence, draft.rule = found.metric, found.term, found.confidence, found.rule
    draft.label = found.head


def _between(joint: re.Pattern[str], folded: str, begin: int, stop: int) -> Iterator[Span]:
    """Yield the spans that joints part."""
    for match in joint.finditer(folded, begin, stop):
        yield begin, match.start()
        begin = match.end()
    yield begin, stop
