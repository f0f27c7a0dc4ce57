"""Facts against gold: precision, recall and F1 over all, by metric and by field; every mistake; gains and losses.

Three steps: `load_gold` reads what people wrote, `evaluate` pairs it with what was extracted, and `compare` holds the
outcome against an accepted earlier one.
"""

from bureau_metrics.evaluation.acceptance import (
    AcceptedResult,
    Comparison,
    accepted_beside,
    compare,
    load_accepted,
    result_of,
    save_accepted,
)
from bureau_metrics.evaluation.gold import GoldError, GoldFact, GoldText, load_gold, load_gold_texts
from bureau_metrics.evaluation.scoring import Evaluation, Mistake, Score, Statement, evaluate
from bureau_metrics.evaluation.texts import evaluate_texts

__all__ = [
    "AcceptedResult",
    "Comparison",
    "Evaluation",
    "GoldError",
    "GoldFact",
    "GoldText",
    "Mistake",
    "Score",
    "Statement",
    "accepted_beside",
    "compare",
    "evaluate",
    "evaluate_texts",
    "load_accepted",
    "load_gold",
    "load_gold_texts",
    "result_of",
    "save_accepted",
]
