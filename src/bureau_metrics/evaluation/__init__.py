"""Facts against gold: precision, recall and F1 over all, by metric and by field; every mistake; gains and losses.

Three steps: `load_gold` reads what people wrote, `evaluate` pairs it with what was extracted, and `compare` holds the
outcome against an accepted earlier one.
"""

from bureau_metrics.evaluation.acceptance import (
    AcceptedResult,
    Comparison,
    compare,
    load_accepted,
    result_of,
    save_accepted,
)
from bureau_metrics.evaluation.gold import GoldError, GoldFact, GoldText, load_gold, load_gold_texts
from bureau_metrics.evaluation.scoring import Evaluation, Mistake, Score, Statement, evaluate

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
    "compare",
    "evaluate",
    "load_accepted",
    "load_gold",
    "load_gold_texts",
    "result_of",
    "save_accepted",
]
