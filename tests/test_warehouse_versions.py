"""A warehouse of any earlier version is brought to this one without loss."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from bureau_metrics.warehouse import schema
from bureau_metrics.warehouse.schema import migrate
from bureau_metrics.warehouse.sql import sql_files

FIRST = 12  # the first version that a person could have; before it a table was missing
VERSIONS = range(FIRST, len(sql_files("schema")))

ROWS = {
    "etl_run": "(run_id, run_key, started_at, product_version, extractor_fingerprint, sources)"
    " VALUES (1, 'a', TIMESTAMP '2025-01-01', '0.1', 'f', ['reports'])",
    "dim_metric": "VALUES ('party_group_meetings', 'meetings', '党组会议次数', 'Party group meetings', '次', 'flow',"
    " 'bureau', TRUE, NULL, TRUE)",
    "dim_bureau": "VALUES ('410325-水利局', '嵩县水利局', '嵩县水利局', '410325', '河南省洛阳市嵩县', 'county', TRUE)",
    "dim_document": "VALUES ('a.txt', 'h', 'a.txt', 'a.txt', 'txt', 'utf-8', 14, '召开党组会议12次。', 1)",
    "extraction": "(extraction_id, document_id, content_hash, source_key, extractor_fingerprint, confirmed_fingerprint,"
    " identity_hash, bureau_id, bureau, division_code, level, report_year, confidence, doubts, facts_hash, ledger_hash,"
    " facts, valid_from_run) VALUES (1, 'a.txt', 'h', 'k', 'f', 'f', 'i', '410325-水利局', '嵩县水利局', '410325',"
    " 'county', 2024, 'high', [], 'x', 'y', 1, 1)",
    "fact_observation": '(extraction_id, fact_id, mention_id, document_id, document, start, "end", text, metric, label,'
    " narrowed, value, qualifier, unit, measure, status, year, sentence_start, sentence_end, sentence, section, rule,"
    " confidence) VALUES (1, 'f1', 'm1', 'a.txt', 'a.txt', 6, 9, '12次', 'party_group_meetings', '党组会议', FALSE, 12,"
    " 'exact', '次', 'flow', 'actual', 2024, 0, 10, '召开党组会议12次。', '', 'number_after_noun', 'high')",
    "rejected_document": "VALUES ('b.pdf', 'b.pdf', 'unsupported_format', 'a PDF', 'save it as text', 1, NULL)",
    "review_decision": "(decision_id, document_id, decision, field, decided_value, reviewer, decided_at,"
    " valid_from_run) VALUES ('d', 'a.txt', 'correct', 'year', '2024', '王', TIMESTAMP '2025-01-02', 1)",
}


SINCE_14 = {
    "metric_version": "VALUES ('party_group_meetings', 'meetings', '党组会议次数', 'Party group meetings', '次',"
    " 'flow', 'bureau', TRUE, NULL, TRUE, 1, NULL)"
}


def rows_of(version: int) -> dict[str, str]:
    return ROWS | SINCE_14 if version >= 14 else ROWS


def of_version(path: Path, version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a warehouse as the version with so many migrations made it, with a row in each of its tables."""
    files = {"schema": sql_files("schema")[: version + 1], "views": ()}
    with monkeypatch.context() as patched, duckdb.connect(str(path)) as connection:
        patched.setattr(schema, "sql_files", files.__getitem__)
        migrate(connection)
        for table, row in rows_of(version).items():
            connection.execute(f"INSERT INTO {table} {row}")


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_is_lost_and_every_view_answers(version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.duckdb"
    of_version(path, version, monkeypatch)
    with duckdb.connect(str(path)) as connection:
        before = {table: connection.execute(f"FROM {table}").fetchall() for table in rows_of(version)}
        assert migrate(connection)
        assert not migrate(connection)
        for table, rows in before.items():
            width = len(rows[0])
            assert [row[:width] for row in connection.execute(f"FROM {table}").fetchall()] == rows
        assert connection.execute("SELECT bureau, year, value::INTEGER FROM cross_bureau").fetchall() == [
            ("嵩县水利局", 2024, 12)
        ]
        assert connection.execute("SELECT count(*) FROM observations_as_of(1)").fetchone() == (1,)
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        for (view,) in views:
            connection.execute(f"FROM {view}").fetchall()
        assert len(views) > 15
