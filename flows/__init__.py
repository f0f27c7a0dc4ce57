"""Prefect flows: thin wrappers around the stages of `bureau_metrics.pipeline`. No extraction and no SQL in here."""

import atexit
import os
import sys


def _end_in_silence() -> None:
    """Leave the last word to the flow: DuckDB complains at the end of a process in which threads still hold it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


if getattr(getattr(sys.modules.get("__main__"), "__spec__", None), "name", "").startswith("prefect."):
    # A process that a runner or a worker has started for one flow run: what it says at its end goes to their terminal.
    atexit.register(_end_in_silence)
