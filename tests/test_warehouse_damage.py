"""A run is all or nothing: damaged batches and errors change nothing."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from staged_records import (
    METRICS,
    ONE,
    TWO,
    all_rows,
    file_names,
    report,
    rows,
    run,
    run_record,
    said,
    stage,
)

from bureau_metrics.settings import Home
from bureau_metrics.staged_batch import DOCUMENTS, FACTS, SUMMARY
from bureau_metrics.warehouse import (
    IntegrityError,
    StagedFileError,
    discard,
    load_batches,
    prepare_candidate,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with one published document, for tests that must not change it."""
    folder = tmp_path_factory.mktemp("settled")
    home = Home.at(folder / "home")
    run(home, stage(folder / "good", TWO))
    return home


def cut_off(folder: Path) -> None:
    path = folder / FACTS
    path.write_bytes(path.read_bytes()[:-20])


def broken_json(folder: Path) -> None:
    content = gzip.decompress((folder / DOCUMENTS).read_bytes())
    (folder / DOCUMENTS).write_bytes(gzip.compress(content[:40] + b"\n"))


def without_facts(folder: Path) -> None:
    (folder / FACTS).write_bytes(gzip.compress(b""))


def too_many_decimals(folder: Path) -> None:
    content = gzip.decompress((folder / FACTS).read_bytes())
    (folder / FACTS).write_bytes(gzip.compress(content.replace(b'"18"', b'"18.00000000001"')))


def unknown_metric(folder: Path) -> None:
    content = gzip.decompress((folder / FACTS).read_bytes())
    (folder / FACTS).write_bytes(gzip.compress(content.replace(b'"tech_smes"', b'"no_such_metric"')))


def unknown_measure(folder: Path) -> None:
    content = gzip.decompress((folder / FACTS).read_bytes())
    (folder / FACTS).write_bytes(gzip.compress(content.replace(b'"stock"', b'"stick"')))


def moved_span(folder: Path) -> None:
    facts = [json.loads(line) for line in gzip.decompress((folder / FACTS).read_bytes()).splitlines()]
    facts[0]["start"] -= 1
    (folder / FACTS).write_bytes(gzip.compress(b"".join(json.dumps(fact).encode() + b"\n" for fact in facts)))


def no_summary(folder: Path) -> None:
    (folder / SUMMARY).unlink()


def no_file(folder: Path) -> None:
    (folder / FACTS).unlink()


@pytest.mark.parametrize(
    ("damage", "error", "words"),
    [
        (cut_off, StagedFileError, "facts.jsonl.gz"),
        (broken_json, StagedFileError, "documents.jsonl.gz"),
        (without_facts, StagedFileError, "should have 2 facts"),
        (too_many_decimals, StagedFileError, r"18\.00000000001"),
        (unknown_metric, StagedFileError, "no_such_metric"),
        (no_summary, StagedFileError, "no whole staged batch"),
        (no_file, StagedFileError, "facts.jsonl.gz is missing"),
        (shutil.rmtree, StagedFileError, "no whole staged batch"),
        (unknown_measure, IntegrityError, "unknown qualifier, measure"),
        (moved_span, IntegrityError, "other words there"),
    ],
)
def test_a_damaged_batch_is_one_clear_line_and_changes_nothing(
    settled: Home, tmp_path: Path, damage: Callable[[Path], None], error: type[Exception], words: str
) -> None:
    before, kept = all_rows(settled), file_names(settled)
    batch = stage(tmp_path / "bad", ONE)
    damage(batch)
    with pytest.raises(error, match=words) as raised:
        run(settled, batch)
    assert "\n" not in str(raised.value)
    assert all_rows(settled) == before
    assert file_names(settled) == kept


def test_an_error_within_the_load_rolls_the_candidate_back(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(home, stage(tmp_path / "good", TWO))
    record = run_record()
    candidate = prepare_candidate(home, record)
    monkeypatch.setattr("bureau_metrics.warehouse.loading.record_run", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load_batches(candidate, [stage(tmp_path / "a", ONE)], record, METRICS)
    with duckdb.connect(str(candidate)) as connection:
        assert connection.execute("SELECT count(*) FROM extraction").fetchone() == (1,)
    discard(home, candidate)


def test_a_batch_in_a_folder_with_wildcards_in_its_name_is_read_literally(home: Home, tmp_path: Path) -> None:
    stage(tmp_path / "a1", TWO)
    assert run(home, stage(tmp_path / "a[12]?*'", ONE)).loaded.facts_new == 2


def test_a_very_long_document_is_loaded(home: Home, tmp_path: Path) -> None:
    long = said("高新技术企业" + "很" * 6_000_000 + "7家。", "7家", "high_tech_enterprises", 7)
    run(home, stage(tmp_path / "a", report("long", "甲", long)))
    assert rows(home, "SELECT text FROM observation") == [("7家",)]
    assert rows(home, "SELECT characters FROM dim_document") == [(6_000_009,)]
