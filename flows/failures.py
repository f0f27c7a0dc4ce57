"""A failed flow run calls for help, where the settings name whom: an address or a command."""

from __future__ import annotations

from typing import Any

from prefect import get_run_logger

from bureau_metrics.pipeline import Failed, tell_of_failure
from bureau_metrics.settings import Settings


def call_for_help(flow: Any, flow_run: Any, state: Any) -> None:
    """Tell of a failed or crashed flow run; that nobody could be told is a line in its log."""
    failed = Failed(flow=flow.name, run=flow_run.name, state=state.name, message=state.message or "")
    for trouble in tell_of_failure(failed, Settings()):
        get_run_logger().error(trouble)
