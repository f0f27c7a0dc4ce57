"""Pairing and scores: how much is found, how much of it is right, and what exactly is missed, wrong or spurious.

A predicted fact answers a gold fact whose span it overlaps; each answers at most one. Nothing here reads a report or
runs the extractor.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from bureau_metrics.evaluation.gold import OPTIONAL_FIELDS, GoldFact, base_name
from bureau_metrics.models import Fact, plain

CORE_FIELDS = ("metric", "value", "lower", "upper", "unit", "qualifier", "measure", "status", "year")
NUMBER_FIELDS = ("value", "lower", "upper")

# A zero said without a numeral may be marked on any part of the denied noun: characters of slack on each side.
ZERO_REACH = 12
# A predicted span may be this many characters longer than the gold span; a longer one answers nothing.
LONGER_SPAN = 8
NUMERAL_CHARACTERS = frozenset("0123456789０零〇一二两三四五六七八九十")


Statement: TypeAlias = GoldFact | Fact
"""What is compared: a fact of the extractor, or one read back from a file."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of gold, predicted and right facts; rates run from 0 to 1, None where there is nothing to divide by."""

    gold: int
    predicted: int
    right: int

    @property
    def recall(self) -> float | None:
        """Right facts among the gold ones."""
        return _rate(self.right, self.gold)

    @property
    def precision(self) -> float | None:
        """Right facts among the predicted ones."""
        return _rate(self.right, self.predicted)

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision; 0 where nothing is right."""
        recall, precision = self.recall, self.precision
        return round(2 * recall * precision / (recall + precision), 4) if recall and precision else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """One gold fact missed or answered wrongly, or one prediction that answers none.

    `expected` and `found` hold the differing fields as printable strings, keyed by field name.
    """

    kind: Literal["missed", "wrong", "spurious"]
    document: str
    start: int
    text: str
    metric: str | None
    expected: dict[str, str]
    found: dict[str, str]


def evaluate(gold: Sequence[GoldFact], predicted: Sequence[Statement], documents: Iterable[str] = ()) -> Evaluation:
    """Pair predicted facts with gold ones and return what there is to say about them.

    `documents` names further documents that were read and hold no gold fact; a prediction in a document that neither
    `gold` nor `documents` knows is spurious all the same, and counted as such in the summary.
    """
    known = frozenset(fact.document for fact in gold) | {base_name(name) for name in documents}
    return Evaluation(tuple(gold), tuple(predicted), pair(gold, predicted), known)


@dataclass(frozen=True)
class Evaluation:
    """Gold and predicted facts with their pairing: `pairs` maps an index of `gold` to one of `predicted`."""

    gold: tuple[GoldFact, ...]
    predicted: tuple[Statement, ...]
    pairs: Mapping[int, int]
    documents: frozenset[str]

    def answer(self, index: int) -> Statement | None:
        """Return the prediction that answers the gold fact of that index, or None."""
        return self.predicted[self.pairs[index]] if index in self.pairs else None

    def is_found(self, index: int) -> bool:
        """Return whether the gold fact is answered with its value and bounds, whatever else is said of it."""
        return self._agrees(index, NUMBER_FIELDS)

    def is_right(self, index: int) -> bool:
        """Return whether a mapped fact is answered in all core fields, an open one in value, bounds and qualifier."""
        mapped = self.gold[index].metric is not None
        return self._agrees(index, CORE_FIELDS if mapped else (*NUMBER_FIELDS, "qualifier"))

    def summary(self) -> dict[str, int | float | None]:
        """Return the figures over all facts: counts as integers, rates from 0 to 1, None where nothing is to divide."""
        indices = range(len(self.gold))
        mapped_score, found = self._mapped(), sum(map(self.is_found, indices))
        open_gold = [i for i in indices if self.gold[i].metric is None]
        parts = [i for i in indices if self.gold[i].part_of is not None]
        named = sum(
            g.metric is not None and self._agrees(i, ("metric", *NUMBER_FIELDS)) for i, g in enumerate(self.gold)
        )
        return {
            "gold": len(self.gold),
            "predicted": len(self.predicted),
            "found_recall": _rate(found, len(self.gold)),
            "found_precision": _rate(found, len(self.predicted)),
            "span_precision": _rate(len(self.pairs), len(self.predicted)),
            "mapped_recall": mapped_score.recall,
            "mapped_precision": mapped_score.precision,
            "mapped_f1": mapped_score.f1,
            "metric_recall": _rate(named, mapped_score.gold),
            "open_recall": _rate(sum(map(self.is_right, open_gold)), len(open_gold)),
            "parts_recall": _rate(sum(self._agrees(i, ("part_of",)) for i in parts), len(parts)),
            "spurious": len(self.spurious),
            "mapped_spurious": sum(fact.metric is not None for fact in self.spurious),
            "unknown_documents": sum(base_name(fact.document) not in self.documents for fact in self.predicted),
        }

    def by_metric(self) -> dict[str, Score]:
        """Return the score of each metric that gold or prediction names, in order of the metric id."""
        gold = Counter(fact.metric for fact in self.gold)
        predicted = Counter(fact.metric for fact in self.predicted)
        right = Counter(fact.metric for index, fact in enumerate(self.gold) if self.is_right(index))
        metrics = sorted({metric for metric in (*gold, *predicted) if metric is not None})
        return {metric: Score(gold[metric], predicted[metric], right[metric]) for metric in metrics}

    def by_field(self) -> dict[str, Score]:
        """Return the score of each field over mapped and open facts together.

        A field that readers need not decide (`label`, `scope` …) is scored on the answered facts that state it.
        """
        scores = {}
        for name in (*CORE_FIELDS, "part_of"):
            right = sum(self._agrees(index, (name,)) for index in range(len(self.gold)))
            scores[name] = Score(len(self.gold), len(self.predicted), right)
        for name in OPTIONAL_FIELDS:
            stating = [index for index, fact in enumerate(self.gold) if name in fact.stated]
            answered = [index for index in stating if index in self.pairs]
            scores[name] = Score(len(stating), len(answered), sum(self._agrees(i, (name,)) for i in answered))
        return scores

    @cached_property
    def spurious(self) -> tuple[Statement, ...]:
        """Predictions that answer no gold fact."""
        used = set(self.pairs.values())
        return tuple(fact for index, fact in enumerate(self.predicted) if index not in used)

    @cached_property
    def errors(self) -> tuple[Mistake, ...]:
        """All that is missed, wrong in a core field, or spurious, in order of document and start."""
        mistakes = [mistake for index in range(len(self.gold)) if (mistake := self._mistake(index))]
        for fact in self.spurious:
            said = _printable(fact, ("metric", "value", "unit"))
            mistakes.append(Mistake("spurious", base_name(fact.document), fact.start, fact.text, fact.metric, {}, said))
        return tuple(sorted(mistakes, key=lambda mistake: (mistake.document, mistake.start, mistake.kind)))

    def _mapped(self) -> Score:
        gold = [index for index, fact in enumerate(self.gold) if fact.metric is not None]
        predicted = sum(fact.metric is not None for fact in self.predicted)
        return Score(len(gold), predicted, sum(map(self.is_right, gold)))

    def _agrees(self, index: int, names: Iterable[str]) -> bool:
        answer = self.answer(index)
        return answer is not None and not _differences(self.gold[index], answer, names)

    def _mistake(self, index: int) -> Mistake | None:
        fact, answer = self.gold[index], self.answer(index)
        if answer is None:
            expected = _printable(fact, CORE_FIELDS)
            return Mistake("missed", fact.document, fact.start, fact.text, fact.metric, expected, {})
        wrong = _differences(fact, answer, CORE_FIELDS)
        if not wrong:
            return None
        expected, found = _printable(fact, wrong), _printable(answer, wrong)
        return Mistake("wrong", fact.document, fact.start, fact.text, fact.metric, expected, found)


def pair(gold: Sequence[GoldFact], predicted: Sequence[Statement]) -> dict[int, int]:
    """Return gold index → predicted index, one to one: the best agreement first.

    A gold fact left without partner takes a taken one where that one's holder can move to a free partner.
    """
    pairs: dict[int, int] = {}
    holder: dict[int, int] = {}
    partners: defaultdict[int, list[int]] = defaultdict(list)
    for _, _, i, j in _candidates(gold, predicted):
        partners[i].append(j)
        if i not in pairs and j not in holder:
            pairs[i], holder[j] = j, i
    for i in range(len(gold)):
        if i not in pairs:
            _take_by_swap(i, partners, pairs, holder)
    return pairs


def overlaps(gold: GoldFact, predicted: Statement) -> bool:
    """Return whether a predicted span answers a gold span: the two overlap and the predicted one is not much longer.

    Around a zero said without a numeral ZERO_REACH characters of slack count as overlap, for the same metric only.
    """
    is_zero = gold.value == 0
    longest = gold.end - gold.start + LONGER_SPAN + (ZERO_REACH if is_zero else 0)
    if predicted.end - predicted.start > longest:
        return False
    noun_only = is_zero and predicted.value == 0 and not NUMERAL_CHARACTERS.intersection(gold.text)
    slack = ZERO_REACH if noun_only and gold.metric == predicted.metric else 0
    return gold.start - slack < predicted.end and predicted.start < gold.end + slack


def _candidates(gold: Sequence[GoldFact], predicted: Sequence[Statement]) -> list[tuple[int, int, int, int]]:
    """All overlapping pairs as (agreement, nearness, gold index, predicted index), the best first."""
    by_document: defaultdict[str, list[int]] = defaultdict(list)
    for j, fact in enumerate(predicted):
        by_document[base_name(fact.document)].append(j)
    found = [
        (_agreement(fact, predicted[j]), -abs(fact.start - predicted[j].start), i, j)
        for i, fact in enumerate(gold)
        for j in by_document[fact.document]
        if overlaps(fact, predicted[j])
    ]
    return sorted(found, reverse=True)


def _take_by_swap(i: int, partners: Mapping[int, list[int]], pairs: dict[int, int], holder: dict[int, int]) -> None:
    for j in partners.get(i, []):
        other = holder[j]
        free = next((k for k in partners[other] if k not in holder), None)
        if free is not None:
            pairs[other], holder[free] = free, other
            pairs[i], holder[j] = j, i
            return


def _agreement(gold: GoldFact, predicted: Statement) -> int:
    """Number of core fields that agree; the metric counts twice, for it decides which of two facts is meant."""
    return len(CORE_FIELDS) - len(_differences(gold, predicted, CORE_FIELDS)) + (gold.metric == predicted.metric)


def _differences(gold: GoldFact, predicted: Statement, names: Iterable[str]) -> list[str]:
    return [name for name in names if getattr(gold, name) != getattr(predicted, name)]


def _printable(fact: Statement, names: Iterable[str]) -> dict[str, str]:
    return {name: "null" if (value := plain(getattr(fact, name))) is None else str(value) for name in names}


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
