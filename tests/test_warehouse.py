"""What a run over staged batches loads, and what changes from run to run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from staged_records import (
    FINGERPRINT,
    METRICS,
    ONE,
    TWENTY,
    TWO,
    all_rows,
    file_names,
    report,
    rows,
    run,
    said,
    stage,
)

from bureau_metrics.models import Disposition, LedgerEntry
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import (
    extracted_state,
    summary,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


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
    before, file = all_rows(home), home.published.resolve()
    second = run(home, batch)
    assert first.publication.published
    assert not second.publication.published
    assert not second.loaded.changed
    assert home.published.resolve() == file
    assert all_rows(home) == before
    assert file_names(home) == sorted((home.published.name, file.name))


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
