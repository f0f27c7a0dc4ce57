"""What the parameters of flows may be (names of files, never their content), and what a flow run is called."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from prefect.runtime import deployment, flow_run
from pydantic import AfterValidator, Field

from bureau_metrics.pipeline import RunRequest

LONGEST_NAME = 4096
MOST_NAMES = 1000
SOURCES_NAMED = 2
BEIJING = ZoneInfo("Asia/Shanghai")


def _nothing_unfilled(name: str) -> str:
    """Refuse what a template of prefect.yaml leaves where its environment variable was not set."""
    if not name.strip() or "{{" in name:
        raise ValueError("a source is empty: set BUREAU_METRICS_SOURCES before `prefect deploy`")
    return name


Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_nothing_unfilled)]
Sources = Annotated[list[Name], Field(min_length=1, max_length=MOST_NAMES)]
Words = Annotated[tuple[Name, ...], Field(max_length=MOST_NAMES)]


def etl_parameters(request: RunRequest) -> dict[str, Any]:
    """Return the parameters of `etl` that a request stands for, as JSON has them."""
    return {
        "sources": list(request.sources),
        "home": str(request.home),
        "manifest": str(request.manifest) if request.manifest else None,
        "prune": request.prune,
        "engine": request.engine.value,
    }


def run_name() -> str:
    """Return the name of the flow run at hand: its moment in Beijing time, its deployment if any, and its sources."""
    started = (flow_run.scheduled_start_time or datetime.now(BEIJING)).astimezone(BEIJING)
    parameters: dict[str, Any] = flow_run.parameters or {}
    sources = [PurePath(str(source)).name or str(source) for source in parameters.get("sources", ())]
    named = " ".join(sources[:SOURCES_NAMED]) + (" …" if len(sources) > SOURCES_NAMED else "")
    return " ".join(filter(None, (f"{started:%Y-%m-%d %H:%M}", deployment.name, named)))
