"""What the warehouse knows of the figures and documents that a workbook decides on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bureau_metrics.exports import export_sql
from bureau_metrics.review.sheets import Subject

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection


@dataclass(frozen=True, slots=True)
class Words:
    """What a subject says: the quantity as printed or the name of the document, its sentence, and its unit."""

    subject: str
    sentence: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """The subjects that the warehouse has, and its metrics: units by id, ids by Chinese name."""

    subjects: dict[Subject, Words]
    units: dict[str, str]
    by_name: dict[str, str]

    def metric(self, said: str) -> str | None:
        """Return the id of the metric of that id or Chinese name."""
        return said if said in self.units else self.by_name.get(said)


def known_to(connection: Connection, subjects: Iterable[Subject]) -> Known:
    """Return what the warehouse knows of these subjects."""
    wanted = list(subjects)
    parameters = {
        "mentions": [subject.mention_id for subject in wanted if subject.mention_id],
        "documents": [subject.document_id for subject in wanted if not subject.mention_id],
    }
    rows = connection.execute(export_sql("review_known"), parameters).fetchall()
    metrics = connection.execute("SELECT metric, name_zh, unit FROM dim_metric").fetchall()
    return Known(
        {Subject(*row[:4]): Words(*row[4:]) for row in rows},
        {metric: unit for metric, _, unit in metrics},
        {name: metric for metric, name, _ in metrics},
    )
