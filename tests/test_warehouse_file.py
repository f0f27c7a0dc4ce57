"""The published file: its format, its versions, and readers that keep it open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from staged_records import (
    METRICS,
    ONE,
    TWO,
    file_names,
    rows,
    run,
    run_record,
    stage,
)

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import (
    WarehouseError,
    discard,
    load_batches,
    open_for_export,
    open_read_only,
    prepare_candidate,
    publish,
    run_query,
)
from bureau_metrics.warehouse.connection import writing


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


def test_the_published_file_opens_in_duckdb_1_4(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", ONE))
    run(home, stage(tmp_path / "b", TWO))
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{home.published.resolve()}' AS published (READ_ONLY)")
        (tags,) = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'published'").fetchone()
    assert tags["storage_version"].startswith("v1.4.0")
    header = home.published.resolve().read_bytes()[:20]
    assert (header[8:12], int.from_bytes(header[12:], "little")) == (b"DUCK", 67), "67 is the format of DuckDB 1.4"


def test_a_warehouse_of_a_newer_version_is_refused(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", ONE))
    with duckdb.connect(str(home.published.resolve())) as connection:
        connection.execute("INSERT INTO schema_migration VALUES ('schema/999_future', 999, 'x', now()::TIMESTAMP)")
    with pytest.raises(WarehouseError, match="newer version"):
        run(home, stage(tmp_path / "b", TWO))


def test_a_file_that_is_no_warehouse_is_one_clear_line(home: Home, tmp_path: Path) -> None:
    home.warehouse.mkdir(parents=True)
    home.published.write_text("not a database")
    with pytest.raises(WarehouseError, match="cannot open") as raised:
        run(home, stage(tmp_path / "a", ONE))
    assert "\n" not in str(raised.value)
    with pytest.raises(WarehouseError, match="cannot open"):
        run_query(home, "SELECT 1")


def test_views_are_made_anew_when_their_sql_changed(home: Home, tmp_path: Path) -> None:
    batch = stage(tmp_path / "a", ONE)
    run(home, batch)
    with duckdb.connect(str(home.published.resolve())) as connection:
        connection.execute("UPDATE schema_migration SET checksum = 'old' WHERE name = 'views/23_observation'")
        connection.execute("CREATE OR REPLACE VIEW observation AS SELECT 1 AS outdated")
    done = run(home, batch)
    assert (done.loaded.changed, done.publication.published) == (False, True)
    assert rows(home, "SELECT count(*) FROM observation") == [(2,)]


def test_a_reader_keeps_what_it_has_open_while_others_are_published(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", ONE))
    with open_read_only(home) as reader:
        for number, name in enumerate(("b", "c", "d", "e")):
            run(home, stage(tmp_path / name, replace(TWO, document_id=f"two-{number}")))
        assert reader.execute("SELECT count(*) FROM observation").fetchone() == (2,)
        assert rows(home, "SELECT count(*) FROM observation") == [(6,)]


def test_the_last_three_versions_stay_on_disk(home: Home, tmp_path: Path) -> None:
    for number in range(5):
        run(home, stage(tmp_path / str(number), replace(TWO, document_id=f"two-{number}")))
    assert file_names(home) == [
        "bureau_metrics-000003.duckdb",
        "bureau_metrics-000004.duckdb",
        "bureau_metrics-000005.duckdb",
        "bureau_metrics.duckdb",
    ]
    assert home.published.resolve().name == "bureau_metrics-000005.duckdb"


def test_without_symlinks_the_file_itself_is_swapped(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, target: object) -> None:
        raise OSError("symlinks are not to be had")

    monkeypatch.setattr(Path, "symlink_to", refused)
    run(home, stage(tmp_path / "a", ONE))
    run(home, stage(tmp_path / "b", TWO))
    assert file_names(home) == ["bureau_metrics.duckdb"]
    assert rows(home, "SELECT count(*) FROM observation") == [(3,)]


def test_a_run_without_the_lock_publishes_nothing(home: Home, tmp_path: Path) -> None:
    record = run_record()
    candidate = prepare_candidate(home, record)
    load_batches(candidate, [stage(tmp_path / "a", ONE)], record, METRICS)
    with pytest.raises(WarehouseError, match="does not hold the lock"):
        publish(home, candidate, run_record("somebody-else"))
    assert not home.published.exists()
    discard(home, candidate)


@pytest.mark.parametrize("opened", [open_for_export, lambda home: writing(home.published.resolve())])
def test_too_little_memory_is_one_clear_line(home: Home, tmp_path: Path, opened: Any) -> None:
    run(home, stage(tmp_path / "a", ONE))

    def ask_for_much() -> None:
        with opened(home) as connection:
            connection.execute("SET memory_limit = '16MB'")
            connection.execute("SELECT list(range) FROM range(10000000)").fetchall()

    with pytest.raises(WarehouseError, match=r"more memory than \d+ bytes; set BUREAU_METRICS_MEMORY"):
        ask_for_much()
