"""Words of denial: where they stand, and how far what they deny reaches."""

from __future__ import annotations

import re
from functools import cache

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.view import Hit, Span, View
from bureau_metrics.lexicon import alternation, words

_CONTINUES = re.compile(r"，(?:以及|及|和|或|也|亦)")


# No sentence denies more often; a run of 无无无 is no sentence, and would cost the square of its length.
MOST_DENIALS = 40


@cache
def list_tail() -> re.Pattern[str]:
    """等情况发生, 的出现 and 等 behind a denied list are no part of it."""
    things = r"等(?:情况|问题|现象|情形|事项|案件|事件)"
    happening = alternation(words("zeros", "happening"))
    return re.compile(rf"(?:{things})?(?:的)?(?:{happening})$|等(?:情况|问题|现象|情形)?$")


@cache
def _denial() -> re.Pattern[str]:
    return re.compile(alternation(words("zeros", "negations")))


def denials(folded: str) -> list[int]:
    """Return where the words of denial begin in a text."""
    return [match.start() for match in _denial().finditer(folded)]


# 主要短板是：部分乡镇没有开展普法活动
_SHORTCOMING = re.compile(
    r"(?:短板|不足|差距|弱项|薄弱环节|困难|问题)(?:之处)?(?:主要)?(?:是|有|在于|表现|体现|如下|：|包括)"
)


def falls_short(view: View, hit: Hit) -> bool:
    """Whether a denial tells of a shortcoming named before it in the sentence, and states no zero."""
    return _SHORTCOMING.search(view.folded, view.start, hit[0]) is not None


# 对没有依据、能以其他材料证明的事项一律取消: the denial says which things are meant.
_SINGLED_OUT = re.compile("(?:对|对于|针对|凡|凡是|将|把)$")


def singles_out(view: View, hit: Hit) -> bool:
    """Whether a denial only says which things a clause speaks of, and states no zero."""
    if not _SINGLED_OUT.search(view.folded, max(view.start, hit[0] - 2), hit[0]):
        return False
    return view.folded.find("的", hit[1], view.clause(hit[1])[1]) > 0


def negations(view: View) -> list[Hit]:
    """Return the words of denial, the longest at each place, without 无需, 未成年 and their like."""
    false = view.with_role(view.start, view.end, Role.FALSE_NEGATION)
    found: list[Hit] = []
    for hit in view.with_role(view.start, view.end, Role.NEGATION):
        if any(
            other[0] <= hit[0] < other[1] and not (other[0] == hit[0] and view.folded.startswith("需要", other[0] + 1))
            for other in false
        ):
            continue
        if found and found[-1][0] <= hit[0] and hit[1] <= found[-1][1]:
            continue
        if found and found[-1][0] == hit[0]:
            found.pop()
        if view.folded[hit[0]] in "无零" and hit[1] - hit[0] == 1 and not begins_denial(view, hit[0]):
            continue
        if (
            view.vocabulary.words[hit[2]] in words("zeros", "immediate")
            and not _head_at(view, hit[1])
            and not _reason(view, hit, view.clause(hit[1])[1])
        ):
            continue
        found.append(hit)
    return found


def _head_at(view: View, offset: int) -> bool:
    """Whether a metric's noun begins right here (均未败诉); 均未完成整改 denies no thing."""
    return any(hit[0] == offset for hit in view.heads(offset, view.end))


def begins_denial(view: View, offset: int, linked: bool = False) -> bool:
    """Whether 无 or 零 begins a denial of its own, and no word (清零, 有无, 一百零五, 零散)."""
    before = view.folded[offset - 1 : offset] if offset > view.start else ""
    if linked:
        return not re.match(r"[0-9〇一二三四五六七八九十百千万亿清归]", before or " ")
    if view.folded[offset] == "零":
        after = view.folded[offset + 1 : offset + 2]
        return (
            not re.match(r"[0-9〇一二三四五六七八九十百千万亿清归为从到除保的成社限批]", before or " ")
            and bool(re.match(r"[一-龥]", after))
            and after not in "一二三四五六七八九"
        )
    # 三无产品, 有无, 毫无
    return before == "" or before not in "有毫从全若并仅二三四五六七八九"


def denied_phrase(view: View, hit: Hit) -> Span:
    """Return the denied phrase: from the denial to the end of its clause, or on where the list goes on (，以及…)."""
    end = view.clause(hit[1])[1]
    while True:
        more = _CONTINUES.match(view.folded, end)
        if more is None or end >= view.end or view.with_role(end, view.clause(end + 1)[1], Role.NEGATION):
            break
        end = view.clause(more.end())[1]
    following = [m.start for m in view.mentions if hit[1] <= m.start < end and not m.article]
    if following:
        end = min(following)
    # 零事故、信访零上访: another denial in the list ends this one, with the noun that leads to it.
    items = [_item_of(view, hit[1], h) for h in view.with_role(hit[1], end, Role.NEGATION) if h[0] > hit[1]]
    stop = min([end, *(item for item in items if item)])
    reason = _reason(view, hit, stop)
    return reason.end() if reason else hit[1], stop


@cache
def _consequence() -> re.Pattern[str]:
    return re.compile(alternation(words("zeros", "consequences")))


def _reason(view: View, hit: Hit, end: int) -> re.Match[str] | None:
    """Return the verb behind a reason: 未因政务公开被提起行政诉讼 denies what the reason led to."""
    if "因" not in (view.folded[hit[1] - 1], view.folded[hit[1] : hit[1] + 1]):
        return None
    return next(iter(reversed(list(_consequence().finditer(view.folded, hit[1], end)))), None)


def _item_of(view: View, start: int, hit: Hit) -> int:
    """Return where the item of a list begins that holds a further denial, or 0 where it is no item of its own."""
    if view.folded[hit[0] - 1] in "、，":
        return hit[0]
    return view.folded.rfind("、", start, hit[0]) + 1 if view.folded[hit[0]] == "零" else 0
