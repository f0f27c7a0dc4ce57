"""What reviewers decide about figures and documents, recorded from run to run. What was read is never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bureau_metrics.warehouse.connection import beijing, transaction, writing
from bureau_metrics.warehouse.loading import record_run
from bureau_metrics.warehouse.records import RunRecord
from bureau_metrics.warehouse.sql import sql_files


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about a figure, a numeral or the identity of a document; of a correction, one corrected field.

    `mention_id` is None where it is about the document; `metric` and `measure` are those that the reviewer saw, both
    None for a numeral and a document. `decision` is accept, reject, correct or withdraw; `note` says why.
    """

    document_id: str
    mention_id: str | None
    metric: str | None
    measure: str | None
    subject: str
    sentence: str
    decision: str
    field: str | None
    decided_value: str | None
    reviewer: str
    note: str


@dataclass(frozen=True, slots=True)
class DecisionCounts:
    """What recording decisions changed: rows added and rows closed."""

    new: int = 0
    closed: int = 0

    @property
    def changed(self) -> bool:
        """True when a row was changed."""
        return bool(self.new or self.closed)


def record_decisions(candidate: Path, decisions: Sequence[Decision], run: RunRecord) -> DecisionCounts:
    """Record decisions in a candidate in one transaction; the same ones once more change no row.

    What was decided before about the same figure or document is closed.

    Raises:
        WarehouseError: the candidate cannot be opened.
    """
    with writing(candidate) as connection, transaction(connection):
        rows = json.dumps([asdict(decision) for decision in decisions], ensure_ascii=False)
        connection.execute("SET VARIABLE decisions = $rows", {"rows": rows})
        *compare, apply = sql_files("load/decide")
        for file in compare:
            connection.execute(file.text)
        found = dict(connection.execute("SELECT change, count(*) FROM decision_change GROUP BY change").fetchall())
        counts = DecisionCounts(found.get("new", 0), found.get("closed", 0))
        if counts.changed:
            record_run(connection, run)
            connection.execute("SET VARIABLE decided_at = $moment", {"moment": beijing(run.started_at)})
            connection.execute(apply.text)
        return counts
