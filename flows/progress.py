"""How far a run is, as an artifact that its page in Prefect shows while it runs."""

from __future__ import annotations

from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

STEPS = 20
"""The artifact is written at most so often: each time is a call to the server."""


class Progress:
    """Counts the batches of a run, and tells the server every few of them; a single one is not worth telling."""

    def __init__(self, batches: int) -> None:
        self._batches = batches
        self._done = 0
        self._told = 0
        self._artifact: UUID | None = None

    def advance(self) -> None:
        """Count one batch more."""
        self._done += 1
        step = self._done * STEPS // self._batches
        if self._batches > 1 and step > self._told:
            self._told = step
            self._tell(100.0 * self._done / self._batches)

    def _tell(self, percent: float) -> None:
        if self._artifact is None:
            description = f"Batches extracted, of {self._batches}"
            self._artifact = create_progress_artifact(percent, key="bureau-metrics-progress", description=description)  # type: ignore[assignment]
        else:
            update_progress_artifact(self._artifact, percent)
