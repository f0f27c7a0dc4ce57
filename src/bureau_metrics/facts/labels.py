"""The words that a number counts, and whether they name only a part of the metric."""

from __future__ import annotations

import re
from functools import cache

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.view import Span, View
from bureau_metrics.lexicon import alternation, words

_LEAD = ' 　、的了，“”"《》（）'
_EDGE = ' 　、和及与的了等，“”"《》（）'


def label_before(view: View, start: int, end: int) -> Span:
    """Return the noun phrase that ends at `end`: what stands behind the last verb of the span."""
    if view.folded.endswith(("排名", "位次", "名次"), start, end):
        return _stripped(view.folded, start, end)
    while any(hit[1] == end and hit[0] > start for hit in view.with_role(start, end, Role.VERB)):
        # 口袋公园建成28个: the verb behind the noun is no part of it, unless it makes the name of a rate (整改率).
        end = min(hit[0] for hit in view.with_role(start, end, Role.VERB) if hit[1] == end)
    begin = start
    for hit in view.with_role(start, end, Role.VERB | Role.NEW | Role.JURISDICTION | Role.BUREAU | Role.OTHER_OWNER):
        inside = any(head[0] < hit[0] and hit[1] <= head[1] for head in view.heads(start, end))
        if not inside and hit[1] < end - 1 and view.folded[hit[1]] not in words("grammar", "noun_makers"):
            begin = max(begin, hit[1])
    return _stripped(view.folded, begin, end) if begin < end else _stripped(view.folded, start, end)


def label_behind(view: View, start: int, end: int) -> Span:
    """Return the noun phrase that begins at `start`: up to a verb or 的, or behind the 的 of a relative clause."""
    folded = view.folded
    stop = end
    for hit in view.with_role(start, end, Role.VERB):
        if hit[0] == start:
            particle = folded.rfind("的", hit[1], end)
            return _stripped(folded, particle + 1, end) if particle >= 0 else _stripped(folded, start, end)
        stop = hit[0]
        break
    particle = folded.find("的", start, stop)
    if particle > start and folded[particle - 1] not in "级性型大好":
        stop = particle
    return _stripped(folded, start, stop)


def with_qualifiers(view: View, start: int, head: Span) -> Span:
    """Widen a head to the left over the words that qualify it, up to the last verb of the span."""
    if view.folded.endswith(("不予", "免予", "未予"), start, head[0]):
        # 不予许可 is no 许可.
        return head[0] - 2, head[1]
    if head[0] <= start or any(hit[1] == head[0] for hit in view.with_role(start, head[0], Role.VERB | Role.NEW)):
        return head
    begin, stop = label_before(view, start, head[0])
    text = view.folded[begin : head[0]]
    if stop < head[0] and view.folded[stop : head[0]].strip(' 的“”"'):
        return head
    if not text.strip(_EDGE) or re.search(r"[，；：。（）、]", text):
        return head
    return _stripped(view.folded, begin, head[1])


@cache
def _lead() -> re.Pattern[str]:
    """一是, 1-11月, 全年, 2024年 before a noun are no part of it."""
    dates = r"[一二三四五六七八九十]{1,2}是|(?:19|20)[0-9]{2}年度?|[0-9]{1,2}(?:-[0-9]{1,2})?月(?:份)?"
    return re.compile(rf"(?:{dates}|{alternation(words('grammar', 'label_leads'))})+")


def _stripped(folded: str, start: int, end: int) -> Span:
    lead = _lead().match(folded, start, end)
    start = lead.end() if lead and lead.end() < end else start
    while start < end and folded[start] in _LEAD:
        start += 1
    while end > start and folded[end - 1] in _EDGE:
        end -= 1
    # Both quotation marks of a pair, or neither: “宪法进万家”活动.
    for opening, closing in ("“”", "《》", "（）"):
        inside = folded[start:end]
        if inside.count(closing) > inside.count(opening) and folded[start - 1 : start] == opening:
            start -= 1
        if inside.count(opening) > inside.count(closing) and folded[end : end + 1] == closing:
            end += 1
    return start, end


@cache
def _narrowing() -> re.Pattern[str]:
    return re.compile(alternation(words("narrowing", "words")))


def narrows(text: str, head: str) -> bool:
    """Whether the words before the head restrict it to a part (省级重点实验室, 住宿投诉), not merely describe it."""
    qualifiers = text[: -len(head)] if head and text.endswith(head) else text
    return qualifiers != "" and _narrowing().search(qualifiers) is not None
