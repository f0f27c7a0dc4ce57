"""The stages of a run as plain functions: discover, extract a batch, load, audit, publish, export. Knows no Prefect."""

from __future__ import annotations

from bureau_metrics.pipeline.addresses import take_lists
from bureau_metrics.pipeline.planning import NothingToRead, discover
from bureau_metrics.pipeline.records import DocumentOutcome, Plan, RunRequest, RunSummary, State, limits_of
from bureau_metrics.pipeline.reviewing import Reviewed, apply_review
from bureau_metrics.pipeline.stages import (
    Loaded,
    Stages,
    audit,
    export,
    extract_all,
    extract_batch,
    extraction_processes,
    load,
    publish,
    run_direct,
    run_stages,
)

__all__ = [
    "DocumentOutcome",
    "Loaded",
    "NothingToRead",
    "Plan",
    "Reviewed",
    "RunRequest",
    "RunSummary",
    "Stages",
    "State",
    "apply_review",
    "audit",
    "discover",
    "export",
    "extract_all",
    "extract_batch",
    "extraction_processes",
    "limits_of",
    "load",
    "publish",
    "run_direct",
    "run_stages",
    "take_lists",
]
