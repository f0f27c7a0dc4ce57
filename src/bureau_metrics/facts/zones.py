"""The zones of a sentence's numbers: where the noun of each may stand."""

from __future__ import annotations

import re

from bureau_metrics.facts.view import Span, View, Zone, trimmed


def zones(view: View) -> None:
    """Work out the zones of every mention of the sentence."""
    mentions = view.mentions
    for index, mention in enumerate(mentions):
        previous = mentions[index - 1].end if index else view.start
        following = mentions[index + 1].start if index + 1 < len(mentions) else view.end
        clause = view.clause(mention.start)
        begin = max(clause[0], previous)
        begin = _behind_joint(view.folded, begin, mention.start, index > 0 and begin == previous)
        if index and begin == previous < mention.start - 1 and _JOINT_BEFORE.search(view.folded, begin, mention.start):
            # 对8个合同、3件文件和5项决策进行审查: what stands before the joint is the noun of the number before.
            begin = mention.start
        noun_end = trimmed(view.folded, begin, mention.start)
        if noun_end <= begin < mention.start or (begin == mention.start and view.folded[begin - 1 : begin] == "）"):
            begin, noun_end = _reach_over(view, begin, previous)
        after = _over_bracket(view.folded, mention.end, view.end)
        if after > mention.end:
            stop = min([view.clause(after)[1], *(other.start for other in mentions if other.start >= after)])
            view.zones[index] = Zone((begin, mention.start), (after, stop), clause, noun_end)
            continue
        stop = min(view.clause(mention.end)[1] if mention.end < view.end else mention.end, following)
        if stop < mention.end or view.folded[mention.end : mention.end + 1] in ("、", "，", "；", "。", "", "）", "（"):
            stop = mention.end
        view.zones[index] = Zone((begin, mention.start), (mention.end, max(stop, mention.end)), clause, noun_end)


_JOINT_BEFORE = re.compile("(?:、|以及|(?<![总饱缓调平])和|(?<![涉普惠触波顾提以])及|(?<![参])与)$")


def _behind_joint(folded: str, start: int, end: int, follows_number: bool) -> int:
    """Return where the noun begins behind 、 or 和; 及 and 和 join only behind a number (及时率 and 和解 are words)."""
    joints = "、 和及与" if follows_number else "、 "
    while start < end and folded[start] in joints:
        joints = "、 " if folded[start] in "和及与" else joints
        start += 1
    return start


# 4次（每季度一次）“双随机”执法检查: the noun goes on behind the bracket.
_BRACKET = re.compile(r"（[^（）。；0-9]{1,16}）(?=[“一-龥])(?![和及与])")


def _over_bracket(folded: str, offset: int, limit: int) -> int:
    bracket = _BRACKET.match(folded, offset, limit) if folded[offset : offset + 1] == "（" else None
    return bracket.end() if bracket else offset


def _reach_over(view: View, begin: int, previous: int) -> Span:
    """Look over a colon or a bracket for the noun: 高新技术企业（含培育库）：35家."""
    folded = view.folded
    position = begin
    while position > previous and folded[position - 1] in "：） ":
        if folded[position - 1] == "）":
            opening = folded.rfind("（", previous, position)
            if opening < 0:
                break
            position = opening
        else:
            position -= 1
    if position == begin:
        return begin, begin
    clause = view.clause(max(view.start, position - 1))
    start = max(clause[0], previous)
    start = _behind_joint(folded, start, position, start == previous)
    return start, trimmed(folded, start, position)
