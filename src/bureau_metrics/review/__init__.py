"""What waits for a person, out of the warehouse and back: the review queue as CSV, and a workbook to decide in.

`export_review_workbook` writes the workbook, `read_answers` reads the decisions that somebody filled in. Applying them
is the concern of `pipeline`.
"""

from __future__ import annotations

from bureau_metrics.review.answers import ReviewError, read_answers
from bureau_metrics.review.known import Known, known_to
from bureau_metrics.review.queue import REVIEW_QUEUE, export_review_queue
from bureau_metrics.review.workbook import REVIEW_WORKBOOK, export_review_workbook

__all__ = [
    "REVIEW_QUEUE",
    "REVIEW_WORKBOOK",
    "Known",
    "ReviewError",
    "export_review_queue",
    "export_review_workbook",
    "known_to",
    "read_answers",
]
