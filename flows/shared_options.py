"""What all flows of this project are declared with: a name for each run, no stored results, a call for help."""

from __future__ import annotations

from typing import Any

from .failures import call_for_help
from .parameters import run_name

FLOW_OPTIONS: dict[str, Any] = {
    "flow_run_name": run_name,
    "persist_result": False,
    "on_failure": [call_for_help],
    "on_crashed": [call_for_help],
}
