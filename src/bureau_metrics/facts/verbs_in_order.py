"""What was done with one noun, by order: 起草、审核、备案规范性文件分别为4件、11件、49件."""

from __future__ import annotations

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.candidates import Match, accepts, candidate, preference, result_of
from bureau_metrics.facts.view import Span, View, residue

RULE = "verbs_in_order"


def only_verbs(view: View, names: list[Span]) -> bool:
    """Say whether the names before 分别 are verbs, the last of them with the noun of all."""
    *others, last = names
    begins = any(hit[0] == last[0] for hit in view.with_role(*last, Role.VERB))
    return begins and all(residue(view, *span) == 0 and view.with_role(*span, Role.VERB) for span in others)


def name_by_verb(view: View, names: list[Span], behind: list[int]) -> None:
    """Give each number the metric that its own verb makes of the noun; the numbers stay open where that is not certain.

    Certain is it where each verb gives a metric and no two the same: 受理、审结案件分别为 counts one thing twice over.
    """
    *others, last = names
    found = [_named(view, verb, last, index) for verb, index in zip(others, behind, strict=False)]
    metrics = {match.metric.id for match in found if match is not None}
    if None in found or len(metrics) < len(found):
        view.unresolved.update(dict.fromkeys(behind[:-1], RULE))
        return
    view.named_in_order.update(zip(behind, (match for match in found if match is not None), strict=False))


def _named(view: View, verb: Span, noun: Span, index: int) -> Match | None:
    """Return the metric of the noun whose cue is this verb and no other."""
    said = {hit[2] for hit in view.within(*verb)}
    options = [
        option
        for hit in view.heads(*noun)
        if not view.role(hit) & Role.VERB
        for term in view.vocabulary.heads[hit[2]]
        if accepts(term.metric, view.mentions[index])
        and term.cues
        and (option := candidate(view, hit, term, verb, noun[1], verb[0])) is not None
        and said.issuperset(option.cues)
    ]
    return result_of(view, min(options, key=preference), RULE, 0) if options else None
