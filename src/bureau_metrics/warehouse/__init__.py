"""The DuckDB warehouse: prepared, loaded, audited, published and read. The only room that imports duckdb."""

from __future__ import annotations

from bureau_metrics.warehouse.auditing import audit, audit_checks
from bureau_metrics.warehouse.connection import (
    STORAGE_VERSION,
    Connection,
    cursor_of,
    open_for_export,
    open_read_only,
    published_file,
)
from bureau_metrics.warehouse.decisions import Decision, DecisionCounts, record_decisions
from bureau_metrics.warehouse.errors import (
    IntegrityError,
    QueryError,
    QueryTimeout,
    StagedFileError,
    WarehouseBusy,
    WarehouseError,
    WarehouseMissing,
    WarehouseNotWritten,
)
from bureau_metrics.warehouse.history import candidate_changes, figure_changes
from bureau_metrics.warehouse.limits import OWN_LIMITS, QueryLimits, limited_process
from bureau_metrics.warehouse.lines import copy_lines
from bureau_metrics.warehouse.loading import load_batches
from bureau_metrics.warehouse.named_queries import NamedQuery, Parameter, named_queries, named_query
from bureau_metrics.warehouse.parquet import HeldAnswer, held_answer, query_to_parquet
from bureau_metrics.warehouse.publication import (
    VERSIONS_KEPT,
    discard,
    old_versions,
    prepare_candidate,
    publish,
    run_in_progress,
)
from bureau_metrics.warehouse.queries import (
    QueryResult,
    ask,
    ask_within,
    column_comments,
    extracted_state,
    run_query,
    run_shown,
    summary,
)
from bureau_metrics.warehouse.records import (
    AuditCounts,
    CatalogueMetric,
    LoadCounts,
    Publication,
    RunRecord,
    RunShown,
    WarehouseSummary,
    new_run,
)
from bureau_metrics.warehouse.schema import Described, described, empty_warehouse
from bureau_metrics.warehouse.sql import SqlFile, sql_file, sql_files, sql_folder

__all__ = [
    "OWN_LIMITS",
    "STORAGE_VERSION",
    "VERSIONS_KEPT",
    "AuditCounts",
    "CatalogueMetric",
    "Connection",
    "Decision",
    "DecisionCounts",
    "Described",
    "HeldAnswer",
    "IntegrityError",
    "LoadCounts",
    "NamedQuery",
    "Parameter",
    "Publication",
    "QueryError",
    "QueryLimits",
    "QueryResult",
    "QueryTimeout",
    "RunRecord",
    "RunShown",
    "SqlFile",
    "StagedFileError",
    "WarehouseBusy",
    "WarehouseError",
    "WarehouseMissing",
    "WarehouseNotWritten",
    "WarehouseSummary",
    "ask",
    "ask_within",
    "audit",
    "audit_checks",
    "candidate_changes",
    "column_comments",
    "copy_lines",
    "cursor_of",
    "described",
    "discard",
    "empty_warehouse",
    "extracted_state",
    "figure_changes",
    "held_answer",
    "limited_process",
    "load_batches",
    "named_queries",
    "named_query",
    "new_run",
    "old_versions",
    "open_for_export",
    "open_read_only",
    "prepare_candidate",
    "publish",
    "published_file",
    "query_to_parquet",
    "record_decisions",
    "run_in_progress",
    "run_query",
    "run_shown",
    "sql_file",
    "sql_files",
    "sql_folder",
    "summary",
]
