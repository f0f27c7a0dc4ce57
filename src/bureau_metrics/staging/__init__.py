"""Many documents into staged batches, the contract itself as gzip JSON lines."""

from __future__ import annotations

from bureau_metrics.staged_batch import BatchSummary, StagingError, batch_summary
from bureau_metrics.staging.batches import (
    Failure,
    SourceFile,
    StagingOptions,
    file_hash,
    source_file,
    source_key,
    stage_batch,
)

__all__ = [
    "BatchSummary",
    "Failure",
    "SourceFile",
    "StagingError",
    "StagingOptions",
    "batch_summary",
    "file_hash",
    "source_file",
    "source_key",
    "stage_batch",
]
