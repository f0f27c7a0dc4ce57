"""The one way in which reading fails: a reason from the short list, what was found, and what a person can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bureau_metrics.models import RejectionReason


class UnreadableDocument(Exception):
    """A source that cannot be taken; `reason`, `detail` and `hint` become its rejection."""

    def __init__(self, reason: RejectionReason, detail: str, hint: str) -> None:
        super().__init__(f"{detail} ({hint})" if hint else detail)
        self.reason = reason
        self.detail = detail
        self.hint = hint
