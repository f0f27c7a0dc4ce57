"""A run over staged batches: what it loads, what it leaves alone, and that it is all or nothing."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from staged_records import FINGERPRINT, METRICS, report, run, run_record, said, stage

from bureau_metrics.models import Disposition, LedgerEntry
from bureau_metrics.settings import Home
from bureau_metrics.staged_batch import DOCUMENTS, FACTS, SUMMARY
from bureau_metrics.warehouse import (
    IntegrityError,
    StagedFileError,
    WarehouseError,
    discard,
    extracted_state,
    load_batches,
    open_read_only,
    prepare_candidate,
    publish,
    run_query,
    summary,
)

HIGH_TECH = said("全市现有高新技术企业18家。", "18家", "high_tech_enterprises", 18)
SMES = said("科技型中小企业达到1000余家。", "1000余家", "tech_smes", 1000, lower=1000, qualifier="more_than")
TWENTY = said("高新技术企业20家。", "20家", "high_tech_enterprises", 20)
ONE = report("one", "甲市科学技术局", HIGH_TECH, SMES)
TWO = report("two", "乙市科学技术局", TWENTY, division_code="650200")


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


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    return run_query(home, sql).rows


def dump(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but what was applied when."""
    tables = rows(home, "SELECT table_name FROM duckdb_tables() ORDER BY ALL")
    return {str(name): rows(home, f"FROM {name} ORDER BY ALL") for (name,) in tables if name != "schema_migration"}


def files(home: Home) -> list[str]:
    return sorted(path.name for path in home.warehouse.iterdir())


# What a run loads


def test_a_run_loads_documents_facts_bureaus_and_metrics(home: Home, tmp_path: Path) -> None:
    done = run(home, stage(tmp_path / "a", ONE), stage(tmp_path / "b", TWO))
    assert (done.loaded.documents_new, done.loaded.facts_new, done.publication.published) == (2, 3, True)
    assert rows(home, "SELECT document_id, value, lower, upper, sentence FROM observation ORDER BY ALL") == [
        ("one", 18, None, None, "全市现有高新技术企业18家。"),
        ("one", 1000, 1000, None, "科技型中小企业达到1000余家。"),
        ("two", 20, None, None, "高新技术企业20家。"),
    ]
    assert rows(home, "SELECT bureau, division_code, known FROM dim_bureau ORDER BY ALL") == [
        ("乙市科学技术局", "650200", True),
        ("甲市科学技术局", "650100", True),
    ]
    assert rows(home, "SELECT division_code, province_code FROM dim_region ORDER BY ALL") == [
        ("650100", "650000"),
        ("650200", "650000"),
    ]
    assert rows(home, "SELECT disposition, sum(numerals) FROM ledger_count GROUP BY ALL") == [("fact", 3)]
    assert (summary(home).documents, summary(home).facts, summary(home).cells) == (2, 3, 3)


def test_a_second_run_of_the_same_sources_changes_no_row_and_publishes_nothing(home: Home, tmp_path: Path) -> None:
    batch = stage(tmp_path / "a", ONE, TWO, rejected=(("broken", "empty"),))
    first = run(home, batch)
    before, file = dump(home), home.published.resolve()
    second = run(home, batch)
    assert first.publication.published
    assert not second.publication.published
    assert not second.loaded.changed
    assert home.published.resolve() == file
    assert dump(home) == before
    assert files(home) == sorted((home.published.name, file.name))


def test_a_run_over_nothing_makes_an_empty_warehouse_with_all_its_views(home: Home) -> None:
    done = run(home)
    assert done.publication.published
    assert rows(home, "FROM cross_bureau") == []
    assert summary(home).documents == 0


def test_a_figure_keeps_every_digit(home: Home, tmp_path: Path) -> None:
    exact = "1234567890123456789012345678.0123456789"
    run(home, stage(tmp_path / "a", report("one", "甲", said("投入9元。", "9元", "rnd_expenditure", exact))))
    assert [str(value) for (value,) in rows(home, "SELECT value FROM observation")] == [exact]


def test_a_figure_that_decimal_cannot_hold_goes_to_a_person_and_is_not_rounded(home: Home, tmp_path: Path) -> None:
    tiny = said("投入9元。", "9元", "rnd_expenditure", "0.12345678901")
    run(home, stage(tmp_path / "a", report("one", "甲", tiny, TWENTY)))
    assert rows(home, "SELECT text FROM observation") == [("20家",)]
    assert rows(home, "SELECT text, disposition, rule FROM ledger") == [("9元", "unreadable", "beyond_decimal_38_10")]


def test_two_reports_of_unknown_bureaus_are_never_pooled(home: Home, tmp_path: Path) -> None:
    unknown = [report(name, None, TWENTY, bureau_id=f"unknown-{name}", doubts=("bureau",)) for name in ("a", "b")]
    run(home, stage(tmp_path / "batch", *unknown))
    cells = rows(home, "SELECT bureau_id, mentions FROM cross_bureau ORDER BY ALL")
    assert cells == [("unknown-a", 1), ("unknown-b", 1)]


def test_of_two_sources_with_one_id_the_first_is_taken_and_the_other_rejected(home: Home, tmp_path: Path) -> None:
    other = report("one", "丙市科学技术局", TWENTY)
    done = run(home, stage(tmp_path / "a", ONE), stage(tmp_path / "b", other))
    assert rows(home, "SELECT bureau, text FROM observation ORDER BY start") == [
        ("甲市科学技术局", "18家"),
        ("甲市科学技术局", "1000余家"),
    ]
    assert rows(home, "SELECT document_id, reason FROM rejected_document") == [("one", "duplicate_document")]
    assert done.loaded.rejected_new == 1


# What changes from run to run


def test_a_changed_document_closes_its_old_facts_and_keeps_them_readable(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", ONE))
    done = run(home, stage(tmp_path / "b", replace(ONE, sayings=(TWENTY,))))
    assert (done.loaded.documents_changed, done.loaded.facts_new, done.loaded.facts_closed) == (1, 1, 2)
    assert rows(home, "SELECT text FROM observation") == [("20家",)]
    assert rows(home, "SELECT text FROM observations_as_of(1) ORDER BY start") == [("18家",), ("1000余家",)]
    assert rows(home, "SELECT text FROM observations_as_of(2)") == [("20家",)]
    assert rows(home, "SELECT count(*) FROM fact_observation") == [(3,)]


def test_a_document_that_returns_to_an_older_version_is_current_again(home: Home, tmp_path: Path) -> None:
    first = stage(tmp_path / "a", ONE)
    for batch in (first, stage(tmp_path / "b", replace(ONE, sayings=(TWENTY,))), first):
        run(home, batch)
    assert rows(home, "SELECT text FROM observation ORDER BY start") == [("18家",), ("1000余家",)]
    assert rows(home, "SELECT count(*) FROM dim_document") == [(2,)]
    assert rows(home, "SELECT valid_from_run, valid_to_run FROM extraction ORDER BY ALL") == [(1, 2), (2, 3), (3, None)]


def test_another_extractor_that_reads_the_same_keeps_the_old_facts(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", ONE))
    done = run(home, stage(tmp_path / "b", ONE, fingerprint="another"), fingerprint="another")
    assert (done.loaded.extractions_confirmed, done.loaded.facts_new) == (1, 0)
    kept = rows(home, "SELECT extractor_fingerprint, confirmed_fingerprint FROM extraction")
    assert kept == [(FINGERPRINT, "another")]
    assert len(extracted_state(home, "another")) == 1
    assert extracted_state(home, FINGERPRINT) == frozenset()
    again = run(home, stage(tmp_path / "c", ONE, fingerprint="another"), fingerprint="another")
    assert not again.publication.published


def test_the_ledger_of_kept_facts_is_the_newer_one(home: Home, tmp_path: Path) -> None:
    open_numeral = LedgerEntry(0, 1, "全", Disposition.UNRESOLVED, "no_rule")
    run(home, stage(tmp_path / "a", replace(ONE, ledger=(open_numeral,))))
    run(home, stage(tmp_path / "b", ONE, fingerprint="another"), fingerprint="another")
    assert rows(home, "FROM ledger") == []
    assert rows(home, "SELECT disposition, numerals FROM ledger_count") == [("fact", 2)]


def test_an_identity_set_by_a_person_moves_the_facts_to_that_bureau(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", replace(ONE, bureau=None, bureau_id="unknown-1", doubts=("bureau",))))
    run(home, stage(tmp_path / "b", ONE))
    assert rows(home, "SELECT DISTINCT bureau FROM cross_bureau") == [("甲市科学技术局",)]
    assert rows(home, "SELECT DISTINCT bureau_id FROM observations_as_of(1)") == [("unknown-1",)]


def test_a_metric_renamed_in_the_catalogue_is_a_change_of_its_own(home: Home, tmp_path: Path) -> None:
    batch = stage(tmp_path / "a", ONE)
    run(home, batch)
    done = run(home, batch, metrics=(*METRICS[:-1], replace(METRICS[-1], note="a new note")))
    assert (done.loaded.metrics_changed, done.loaded.facts_new, done.publication.published) == (1, 0, True)
    done = run(home, batch, metrics=METRICS[:-1])
    assert done.publication.published
    assert rows(home, "SELECT metric FROM dim_metric WHERE NOT in_catalogue") == [(METRICS[-1].id,)]


def test_a_rejection_stands_until_the_document_is_read_or_fails_otherwise(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", TWO, rejected=(("one", "empty"),)))
    run(home, stage(tmp_path / "b", rejected=(("one", "binary"),)))
    run(home, stage(tmp_path / "c", ONE))
    standing = "SELECT reason, valid_from_run, valid_to_run FROM rejected_document ORDER BY valid_from_run"
    assert rows(home, standing) == [("empty", 1, 2), ("binary", 2, 3)]


def test_a_document_that_can_no_longer_be_read_keeps_its_last_good_facts(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", ONE))
    run(home, stage(tmp_path / "b", rejected=(("one", "empty"),)))
    assert rows(home, "SELECT count(*) FROM observation") == [(2,)]
    assert rows(home, "SELECT reason FROM rejected_document WHERE valid_to_run IS NULL") == [("empty",)]


# All or nothing


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
    before, kept = dump(settled), files(settled)
    batch = stage(tmp_path / "bad", ONE)
    damage(batch)
    with pytest.raises(error, match=words) as raised:
        run(settled, batch)
    assert "\n" not in str(raised.value)
    assert dump(settled) == before
    assert files(settled) == kept


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


# The file


def test_the_published_file_opens_in_duckdb_1_4(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", ONE))
    run(home, stage(tmp_path / "b", TWO))
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{home.published.resolve()}' AS published (READ_ONLY)")
        (tags,) = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'published'").fetchone()
    assert tags["storage_version"].startswith("v1.4.0")


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
        connection.execute("UPDATE schema_migration SET checksum = 'old' WHERE name = 'views/22_observation'")
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
    assert files(home) == [
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
    assert files(home) == ["bureau_metrics.duckdb"]
    assert rows(home, "SELECT count(*) FROM observation") == [(3,)]


def test_a_run_without_the_lock_publishes_nothing(home: Home, tmp_path: Path) -> None:
    record = run_record()
    candidate = prepare_candidate(home, record)
    load_batches(candidate, [stage(tmp_path / "a", ONE)], record, METRICS)
    with pytest.raises(WarehouseError, match="does not hold the lock"):
        publish(home, candidate, run_record("somebody-else"))
    assert not home.published.exists()
    discard(home, candidate)
