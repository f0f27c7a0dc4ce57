"""The audience of an event: 宣讲10场，上百家企业参加 and 执法培训2期，培训480人 count those who came to just that."""

from __future__ import annotations

import re
from functools import cache

from bureau_metrics.catalogue import Metric
from bureau_metrics.facts.candidates import Match, accepts
from bureau_metrics.facts.view import View, Zone
from bureau_metrics.lexicon import alternation, words
from bureau_metrics.mentions import Mention
from bureau_metrics.models import Confidence


def audience(view: View, index: int, mention: Mention, zone: Zone, found: Match | None) -> Match | None:
    """Return the audience of the event named just before, where the number says no more than that people came.

    A metric found by a noun of its own with its cues stays; `found` is returned where there is no such event.
    """
    metric = _audience_of_last_event(view, index, mention)
    if metric is None or (found is not None and not _says_no_more(view, metric, found)):
        return found
    if found is None and not _came(view, mention, zone):
        return None
    place = found.head if found is not None else (mention.start, mention.start)
    return Match(metric, found.term if found else metric.of_event, place, Confidence.MEDIUM, "audience_of_event")


def _audience_of_last_event(view: View, index: int, mention: Mention) -> Metric | None:
    for earlier in range(index - 1, max(-1, index - 3), -1):
        draft = view.drafts.get(earlier)
        if draft is None or draft.metric is None:
            return None
        if not draft.metric.of_event:
            options = view.vocabulary.audiences.get(draft.metric.id, ())
            return next((metric for metric in options if accepts(metric, mention)), None)
    return None


def _says_no_more(view: View, metric: Metric, found: Match) -> bool:
    """Whether a noun is a bare word for coming; 培训 is one behind a training only (宣讲6场，培训企业1500家次)."""
    if not found.metric.of_event:
        return False
    head = view.folded[found.head[0] : found.head[1]]
    return head in words("grammar", "coming") and ("培训" not in head or metric.family == found.metric.family)


def _came(view: View, mention: Mention, zone: Zone) -> bool:
    """Whether nothing but coming is said: 参训90人, 上百家企业参加, or a second number of the event (452次1万人次)."""
    beside = zone.pre[0] == mention.start and zone.post[1] <= zone.post[0]
    before = view.folded[zone.pre[0] : zone.noun_end].strip()
    coming = before.startswith(words("grammar", "coming")) and len(before) <= _LONGEST_COMING
    return beside or coming or _coming_behind().match(view.folded, *zone.post) is not None


# 覆盖特殊群体300余人次
_LONGEST_COMING = 8


@cache
def _coming_behind() -> re.Pattern[str]:
    people = alternation(words("grammar", "people"))
    return re.compile(rf"(?:{people})?(?:{alternation(words('grammar', 'coming'))})")
