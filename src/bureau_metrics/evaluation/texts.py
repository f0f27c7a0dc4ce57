"""Evaluation of gold that holds its own texts: each is read as a document of its own."""

from __future__ import annotations

from collections.abc import Sequence

from bureau_metrics.evaluation.gold import GoldText
from bureau_metrics.evaluation.scoring import Evaluation, evaluate
from bureau_metrics.extraction import extract_document, text_document
from bureau_metrics.identity import identify
from bureau_metrics.models import Fact


def evaluate_texts(texts: Sequence[GoldText]) -> Evaluation:
    """Extract the facts of each text and hold them against its gold facts; a text without any is gold too."""
    predicted: list[Fact] = []
    for gold in texts:
        document = text_document(gold.text, gold.id)
        predicted.extend(extract_document(document, identify(document)).facts)
    return evaluate([fact for gold in texts for fact in gold.facts], predicted, [gold.id for gold in texts])
