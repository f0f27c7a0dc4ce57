"""Gains and losses against an accepted earlier evaluation, which is kept as a JSON file under version control.

The file lists by key what was right and what was spurious when somebody last accepted the result, with its F1; a key is
document:start-end:metric:measure, with `open` for a fact without metric. It stands beside the gold file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bureau_metrics.evaluation.gold import GoldError, base_name

if TYPE_CHECKING:
    from bureau_metrics.evaluation.scoring import Evaluation, Statement


@dataclass(frozen=True, slots=True)
class AcceptedResult:
    """What was right and what was spurious in an evaluation, as sets of keys, and its F1 over mapped facts (0 to 1)."""

    right: frozenset[str]
    spurious: frozenset[str]
    mapped_f1: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference between an evaluation and the accepted one, as sorted keys.

    `gained` are gold facts that are right now and were not; `lost` were right, are still gold, and are not right now.
    `f1_before` and `f1_now` are the F1 over mapped facts, 0 to 1.
    """

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    new_spurious: tuple[str, ...]
    gone_spurious: tuple[str, ...]
    f1_before: float
    f1_now: float

    @property
    def falls(self) -> bool:
        """Whether F1 is lower than in the accepted result."""
        return self.f1_now < self.f1_before

    @property
    def is_worse(self) -> bool:
        """Whether anything was lost or newly invented, whatever else was gained."""
        return bool(self.lost or self.new_spurious)


def accepted_beside(gold: Path) -> Path:
    """Return where the accepted result of a gold file lies: gold.jsonl → gold.accepted.json."""
    return gold.with_suffix(".accepted.json")


def result_of(evaluation: Evaluation) -> AcceptedResult:
    """Return the part of an evaluation that an accepted result keeps."""
    right = (fact for index, fact in enumerate(evaluation.gold) if evaluation.is_right(index))
    mapped_f1 = float(evaluation.summary()["mapped_f1"] or 0)
    return AcceptedResult(frozenset(map(_key, right)), frozenset(map(_key, evaluation.spurious)), mapped_f1)


def compare(evaluation: Evaluation, accepted: AcceptedResult) -> Comparison:
    """Return what an evaluation gains and loses against an accepted result; gold removed since then is no loss."""
    now, gold = result_of(evaluation), frozenset(map(_key, evaluation.gold))
    return Comparison(
        gained=tuple(sorted(now.right - accepted.right)),
        lost=tuple(sorted((accepted.right & gold) - now.right)),
        new_spurious=tuple(sorted(now.spurious - accepted.spurious)),
        gone_spurious=tuple(sorted(accepted.spurious - now.spurious)),
        f1_before=accepted.mapped_f1,
        f1_now=now.mapped_f1,
    )


def load_accepted(path: Path | str) -> AcceptedResult:
    """Read an accepted result; raises GoldError naming the file where it is missing or not of the expected form."""
    try:
        record = json.loads(Path(path).read_text(encoding="utf-8"))
        return AcceptedResult(frozenset(record["right"]), frozenset(record["spurious"]), float(record["mapped_f1"]))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise GoldError(
            f"{path}: not an accepted result ({error!r}); accept the current evaluation to write one"
        ) from error


def save_accepted(result: AcceptedResult, path: Path | str) -> None:
    """Write an accepted result as sorted JSON, one key a line; the file is replaced whole or not at all."""
    target = Path(path)
    record = {"mapped_f1": result.mapped_f1, "right": sorted(result.right), "spurious": sorted(result.spurious)}
    draft = target.with_name(target.name + ".part")
    draft.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    draft.replace(target)


def _key(fact: Statement) -> str:
    return f"{base_name(fact.document)}:{fact.start}-{fact.end}:{fact.metric or 'open'}:{fact.measure.value}"
