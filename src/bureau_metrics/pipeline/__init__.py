"""The stages of a run as plain functions: discover, extract a batch, load, audit, publish, export. Knows no Prefect."""

from __future__ import annotations

from bureau_metrics.pipeline.addresses import take_lists
from bureau_metrics.pipeline.exporting import ExportFormat, ExportRequest, export_formats
from bureau_metrics.pipeline.extracting import BatchReport, extract_all, extract_logged
from bureau_metrics.pipeline.extraction_processes import (
    ExtractBatch,
    ExtractionProcesses,
    WorkerDied,
    extraction_ahead,
    processes_of,
)
from bureau_metrics.pipeline.failure_notices import Failed, tell_of_failure
from bureau_metrics.pipeline.gone_documents import PruneRefused
from bureau_metrics.pipeline.planning import NothingToRead, discover
from bureau_metrics.pipeline.records import Cluster, Plan, RunRequest, limits_of
from bureau_metrics.pipeline.retention import Leftover, leftovers, remove
from bureau_metrics.pipeline.reviewing import Reviewed, apply_review
from bureau_metrics.pipeline.run_summary import DocumentOutcome, RunSummary, State
from bureau_metrics.pipeline.shared_storage import extract_on_worker, fetch_batch, forget_plans, share_plan
from bureau_metrics.pipeline.stages import Loaded, Stages, audit, export, load, publish, run_direct, run_stages
from bureau_metrics.staging.plans import extract_batch

__all__ = [
    "BatchReport",
    "Cluster",
    "DocumentOutcome",
    "ExportFormat",
    "ExportRequest",
    "ExtractBatch",
    "ExtractionProcesses",
    "Failed",
    "Leftover",
    "Loaded",
    "NothingToRead",
    "Plan",
    "PruneRefused",
    "Reviewed",
    "RunRequest",
    "RunSummary",
    "Stages",
    "State",
    "WorkerDied",
    "apply_review",
    "audit",
    "discover",
    "export",
    "export_formats",
    "extract_all",
    "extract_batch",
    "extract_logged",
    "extract_on_worker",
    "extraction_ahead",
    "fetch_batch",
    "forget_plans",
    "leftovers",
    "limits_of",
    "load",
    "processes_of",
    "publish",
    "remove",
    "run_direct",
    "run_stages",
    "share_plan",
    "take_lists",
    "tell_of_failure",
]
