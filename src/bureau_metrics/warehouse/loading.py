"""Staged batches into a candidate: one transaction, set-based SQL straight from the gzip JSON lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bureau_metrics.regions import division_history
from bureau_metrics.staged_batch import (
    DOCUMENTS,
    FACTS,
    LEDGER,
    REJECTIONS,
    STAGED_FILES,
    SUMMARY,
    BatchSummary,
    StagingError,
    batch_summary,
)
from bureau_metrics.warehouse.connection import Connection, beijing, last_run, transaction, writing
from bureau_metrics.warehouse.errors import StagedFileError, one_line
from bureau_metrics.warehouse.records import CatalogueMetric, LoadCounts, RunRecord
from bureau_metrics.warehouse.sql import sql_files

_FILE_VARIABLES = {
    "document_files": DOCUMENTS,
    "fact_files": FACTS,
    "ledger_files": LEDGER,
    "rejection_files": REJECTIONS,
}


def load_batches(
    candidate: Path,
    batches: Sequence[Path],
    run: RunRecord,
    metrics: Iterable[CatalogueMetric] | None = None,
    *,
    gone: Sequence[str] = (),
) -> LoadCounts:
    """Load staged batches into a candidate in one transaction.

    Loading what the candidate holds already changes no row and leaves no trace of the run. After an error the candidate
    is as it was.

    Args:
        candidate: a file from `prepare_candidate`.
        batches: folders from `stage_batch`; of two sources with one document id the first is taken, the other rejected.
        run: the run that this is part of.
        metrics: metrics for `dim_metric`; default: those of the catalogue.
        gone: ids of documents to close, because their sources are gone.

    Raises:
        StagedFileError: a batch is missing, cut off, or does not hold what it says.
        WarehouseError: the candidate cannot be opened.
    """
    known = _catalogue_metrics() if metrics is None else metrics
    with _at_least_one(batches) as folders, writing(candidate) as connection, transaction(connection):
        try:
            _stage(connection, folders, known, gone)
            _check(connection)
        except (duckdb.Error, StagingError) as error:
            raise StagedFileError(f"cannot read the staged batches: {one_line(error)}") from None
        counts = _counts(connection)
        if counts.changed:
            _apply(connection, run, counts)
        return counts


def _catalogue_metrics() -> Iterable[CatalogueMetric]:
    from bureau_metrics.catalogue import load_catalogue

    return load_catalogue().metrics


@contextmanager
def _at_least_one(batches: Sequence[Path]) -> Iterator[list[Path]]:
    """Give the folders of the batches, or an empty batch: DuckDB cannot read no file at all."""
    if batches:
        yield [folder.absolute() for folder in batches]
        return
    with TemporaryDirectory() as name:
        empty = Path(name)
        for file in STAGED_FILES:
            (empty / file).write_bytes(gzip.compress(b""))
        summary = BatchSummary("", "", documents=0, facts=0, rejections=0, characters=0, longest_record=0)
        (empty / SUMMARY).write_text(json.dumps(asdict(summary)), encoding="utf-8")
        yield [empty]


def _stage(
    connection: Connection, folders: Sequence[Path], metrics: Iterable[CatalogueMetric], gone: Sequence[str]
) -> None:
    longest = max(batch_summary(folder).longest_record for folder in folders)
    for variable, staged in _FILE_VARIABLES.items():
        names = [_literal_path(folder / staged) for folder in folders]
        connection.execute(f"SET VARIABLE {variable} = $names", {"names": names})
    connection.execute("SET VARIABLE longest_record = $bytes", {"bytes": max(longest + 1, 1 << 20)})
    connection.execute("SET VARIABLE catalogue_metrics = $json", {"json": _metrics_json(metrics)})
    connection.execute("SET VARIABLE divisions = $json", {"json": _divisions_json()})
    connection.execute("SET VARIABLE gone_documents = $json", {"json": json.dumps(list(gone), ensure_ascii=False)})
    for file in sql_files("load/stage"):
        connection.execute(file.text)


def _metrics_json(metrics: Iterable[CatalogueMetric]) -> str:
    rows = [
        {
            "metric": metric.id,
            "family": metric.family,
            "name_zh": metric.name_zh,
            "name_en": metric.name_en,
            "unit": metric.unit,
            "measure": str(metric.measure),
            "scope": str(metric.scope),
            "additive": metric.additive,
            "note": metric.note or None,
        }
        for metric in metrics
    ]
    return json.dumps(rows, ensure_ascii=False)


@cache
def _divisions_json() -> str:
    rows = [
        {
            "division_code": division.code,
            "division": division.name,
            "full_name": division.full_name,
            "level": division.level,
            "parent_code": division.parent_code,
            "valid_from": division.valid_from,
            "valid_to": division.valid_to,
        }
        for division in division_history()
    ]
    return json.dumps(rows, ensure_ascii=False)


def _check(connection: Connection) -> None:
    for check in sql_files("load/check"):
        found = connection.execute(check.text).fetchone()
        if found is not None:
            raise StagedFileError(f"{found[0]}: {found[1]}; delete that staging folder and run again")


def _counts(connection: Connection) -> LoadCounts:
    answer = connection.execute("FROM load_count")
    names = [column[0] for column in answer.description or ()]
    row = answer.fetchone()
    assert row is not None
    return LoadCounts(**dict(zip(names, row, strict=True)))


def _apply(connection: Connection, run: RunRecord, counts: LoadCounts) -> None:
    run_id = record_run(connection, run)
    for file in sql_files("load/apply"):
        connection.execute(file.text)
    connection.execute(
        "UPDATE etl_run SET (documents_new, documents_changed, documents_closed, facts_new, facts_closed, rejected_new)"
        " = (?, ?, ?, ?, ?, ?) WHERE run_id = ?",
        (
            counts.documents_new,
            counts.documents_changed,
            counts.documents_closed,
            counts.facts_new,
            counts.facts_closed,
            counts.rejected_new,
            run_id,
        ),
    )


def record_run(connection: Connection, run: RunRecord) -> int:
    """Return the number of the run in `etl_run`, and set the variable `run_id`; the row is made on the first change."""
    row = connection.execute("SELECT run_id FROM etl_run WHERE run_key = ?", (run.run_key,)).fetchone()
    run_id = int(row[0]) if row else last_run(connection) + 1
    if row is None:
        about = [
            run.run_key,
            beijing(run.started_at),
            run.product_version,
            run.extractor_fingerprint,
            list(run.sources),
        ]
        connection.execute(
            "INSERT INTO etl_run (run_id, run_key, started_at, product_version, extractor_fingerprint, sources)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [run_id, *about],
        )
    connection.execute("SET VARIABLE run_id = $run_id", {"run_id": run_id})
    return run_id


def _literal_path(path: Path) -> str:
    """Return a path that DuckDB takes literally, though it reads wildcards in file names."""
    return "".join(f"[{letter}]" if letter in "[*?" else letter for letter in str(path))
