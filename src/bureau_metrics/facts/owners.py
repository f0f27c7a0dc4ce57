"""Figures of other bodies: the nation's, the province's, a court's, beside those of the bureau."""

from __future__ import annotations

import re

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.candidates import Match
from bureau_metrics.facts.view import Hit, View
from bureau_metrics.lexicon import words

# What may stand before the subject of a clause: words of time only.
_SUBJECT_LEAD = re.compile(r"[ 0-9年月日底末初至截止目前今去本上度、“”]*")
# 提请市人大常委会审议3件: whom it was laid before.
_ADDRESSEE = re.compile(r"(?:提请|报请|提交|报送|呈报|报|向|送|邀请|配合|协助|接受)[^，。；、]{0,8}$")
# 区人民法院审结58件, 市人大常委会检查2次: the body stands at the head of the clause, a verb right behind it.
_BODY_LEAD = re.compile(r"[ 0-9年月日底末初至截止目前今去本上度、“”]*(?:[一-龥]{0,4}[省市区县州])?")


def is_of_another_body(view: View, found: Match, start: int) -> bool:
    """Whether the last subject named in the sentence is another body (全国高新技术企业达40万家), up to 我局 or 全市."""
    if not view.has_role(Role.OTHER_OWNER | Role.OTHER_BODY):
        return False
    other = _is_courts(view, found)
    limit = max(found.head[0], start if found.head[0] < start else 0)
    for hit in view.with_role(view.start, limit, Role.OTHER_OWNER | Role.JURISDICTION | Role.BUREAU):
        if not view.role(hit) & Role.OTHER_OWNER:
            other = False
        elif view.provincial and view.vocabulary.words[hit[2]] in words("grammar", "provincial_owner"):
            continue
        elif _SUBJECT_LEAD.fullmatch(view.folded, view.clause(hit[0])[0], hit[0]):
            # 获评全国先进集体1个, 承办全省会议3次 have the words inside the name of a thing, not as a subject.
            other = not view.folded.startswith(words("grammar", "owns_nothing_before"), hit[1]) and not _inside_head(
                view, hit
            )
    return other


def _is_courts(view: View, found: Match) -> bool:
    """Whether a court, a procuratorate or a congress is the clause's subject, and not the bureau itself."""
    start = view.clause(found.head[0])[0]
    for hit in view.with_role(start, found.head[0], Role.OTHER_BODY):
        if view.vocabulary.words[hit[2]][:2] in view.bureau:
            continue
        if _ADDRESSEE.search(view.folded, start, hit[0]):
            continue
        verbs = [verb for verb in view.with_role(hit[1], view.end, Role.VERB) if verb[0] == hit[1]]
        if verbs and _BODY_LEAD.fullmatch(view.folded, start, hit[0]):
            return True
    return False


def _inside_head(view: View, hit: Hit) -> bool:
    return any(head[0] <= hit[0] and hit[1] < head[1] for head in view.heads(hit[0], view.end))
