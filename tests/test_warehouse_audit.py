"""What the checks flag, what they leave alone, and that a flag never changes a figure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from staged_records import decide, report, run, said, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import Connection, auditing, run_query, sql_files
from bureau_metrics.warehouse.connection import writing

HTE, RND, TRAIN = "high_tech_enterprises", "rnd_expenditure", "training_sessions"


def hte(value: int, **fields: Any):
    """Levels of high-tech enterprises, all in one sentence: so many as the value says."""
    return said("企业100家，其中37家、60家、30家、8家、50家、120家、40家。", f"{value}家", HTE, value, **fields)


def alone(value: object, text: str, metric: str = HTE, **fields: Any):
    return said(f"（{sorted(fields)}）为{text}。", text, metric, value, **fields)


LARGE = alone("2170000000", "21.7亿元", RND)

# name → (reports, check, severity, figure, other figure); the check is None where nothing may be found
CASES: dict[str, tuple[tuple[Any, ...], tuple[str, str, str, str] | None]] = {
    "a part above its whole": (
        (report("d", "局", hte(100), hte(120, part_of=0)),),
        ("parts_against_whole", "error", "100 家", "120"),
    ),
    "parts that together exceed the whole": (
        (report("d", "局", hte(100), hte(60, part_of=0), hte(50, part_of=0)),),
        ("parts_against_whole", "warning", "100 家", "60 + 50 = 110"),
    ),
    "parts that nearly fill the whole": (
        (report("d", "局", hte(100), hte(60, part_of=0), hte(37, part_of=0)),),
        ("closed_list_of_parts", "notice", "100 家", "37 + 60 = 97"),
    ),
    "three parts just short of the whole": (
        (report("d", "局", hte(100), hte(60, part_of=0), hte(30, part_of=0), hte(8, part_of=0)),),
        ("closed_list_of_parts", "notice", "100 家", "60 + 30 + 8 = 98"),
    ),
    "parts that fill the whole": ((report("d", "局", hte(100), hte(60, part_of=0), hte(40, part_of=0)),), None),
    "some of the parts": ((report("d", "局", hte(100), hte(30, part_of=0), hte(8, part_of=0)),), None),
    "parts in another unit": ((report("d", "局", hte(100), hte(120, part_of=0, unit="%")),), None),
    "parts of a whole without an upper bound": (
        (report("d", "局", hte(100, lower=100, qualifier="more_than"), hte(120, part_of=0)),),
        None,
    ),
    "two levels in one document": (
        (report("d", "局", alone(18, "18家"), alone(20, "20家")),),
        ("same_metric_differs", "warning", "18 家", "20 家"),
    ),
    "two flows in one document": (
        (report("d", "局", alone(2, "2场", TRAIN), alone(5, "5场", TRAIN)),),
        ("same_metric_differs", "notice", "2 场", "5 场"),
    ),
    "a level and a bound that admits it": (
        (report("d", "局", alone(18, "18家"), alone(15, "15余家", lower=15, qualifier="more_than")),),
        None,
    ),
    "a level and a bound that excludes it": (
        (report("d", "局", alone(18, "18家"), alone(20, "超20家", lower=20, qualifier="more_than")),),
        ("bound_excludes_figure", "warning", "18 家", "more_than 20 家"),
    ),
    "levels of different days": (
        (report("d", "局", alone(18, "18家", period_end="2024-06-30"), alone(20, "20家", period_end="2024-09-30")),),
        None,
    ),
    "a narrowed level": ((report("d", "局", alone(18, "18家"), alone(3, "3家", narrowed=True)),), None),
    "a report that restates the year before": (
        (
            report("a", "局", alone(18, "18家"), year=2023),
            report("b", "局", alone(20, "20家", year=2023), year=2024),
        ),
        ("documents_differ", "warning", "18 家", "20 家"),
    ),
    "a report that repeats the year before": (
        (
            report("a", "局", alone(18, "18家"), year=2023),
            report("b", "局", alone(18, "18家", year=2023), year=2024),
        ),
        None,
    ),
    "two bureaus that differ": ((report("a", "甲局", alone(18, "18家")), report("b", "乙局", alone(20, "20家"))), None),
    "a growth that the levels do not give": (
        (
            report("a", "局", alone(100, "100家"), year=2023),
            report("b", "局", alone(120, "120家"), alone(25, "25%", measure="growth", of=0), year=2024),
        ),
        ("growth_against_levels", "warning", "25 %", "100 to 120 = 20 %"),
    ),
    "a growth that is rounded": (
        (
            report("a", "局", alone(300, "300家"), year=2023),
            report("b", "局", alone(359, "359家"), alone("19.7", "19.7%", measure="growth", of=0), year=2024),
        ),
        None,
    ),
    "a growth beyond its rounding": (
        (
            report("a", "局", alone(300, "300家"), year=2023),
            report("b", "局", alone(359, "359家"), alone("19.9", "19.9%", measure="growth", of=0), year=2024),
        ),
        ("growth_against_levels", "warning", "19.9 %", "300 to 359 = 19.67 %"),
    ),
    "a growth of levels that are rounded to a tenth of 亿": (
        (
            report("a", "局", alone("1680000000", "16.8亿元", RND), year=2023),
            report(
                "b",
                "局",
                alone("2170000000", "21.7亿元", RND),
                alone("29.5", "29.5%", RND, measure="growth"),
                year=2024,
            ),
        ),
        None,
    ),
    "a growth beyond the rounding of such levels": (
        (
            report("a", "局", alone("1680000000", "16.8亿元", RND), year=2023),
            report(
                "b", "局", alone("2170000000", "21.7亿元", RND), alone("32", "32%", RND, measure="growth"), year=2024
            ),
        ),
        ("growth_against_levels", "warning", "32 %", "1680000000 to 2170000000 = 29.17 %"),
    ),
    "ten thousand times the year before": (
        (
            report("a", "局", alone("5624", "5624元", RND), year=2023),
            report("b", "局", alone("56240000", "5624万元", RND), year=2024),
        ),
        ("unit_slip", "warning", "56240000 元", "5624 元"),
    ),
    "a hundred times the year before": (
        (
            report("a", "局", alone("5624", "5624元", RND), year=2023),
            report("b", "局", alone("562400", "56.24万元", RND), year=2024),
        ),
        None,
    ),
    "a ten thousandth of two other years": (
        (
            report("a", "局", alone("56240000", "5624万元", RND), year=2022),
            report("b", "局", alone("5800", "5800元", RND), year=2023),
            report("c", "局", alone("61000000", "6100万元", RND), year=2024),
        ),
        ("unit_slip", "warning", "5800 元", "56240000 元"),
    ),
    "a hundred million times the year before": (
        (
            report("a", "局", alone("21.7", "21.7元", RND), year=2023),
            report("b", "局", alone("2450000000", "24.5亿元", RND), year=2024),
        ),
        ("unit_slip", "warning", "2450000000 元", "21.7 元"),
    ),
    "ten times two other years": (
        (
            report("a", "局", alone(24, "24场", TRAIN), year=2022),
            report("b", "局", alone(26, "26场", TRAIN), year=2023),
            report("c", "局", alone(270, "270场", TRAIN), year=2024),
        ),
        ("outlier_own_years", "notice", "270 场", "2022: 24, 2023: 26"),
    ),
    "years that grow": (
        (
            report("a", "局", alone(24, "24场", TRAIN), year=2022),
            report("b", "局", alone(70, "70场", TRAIN), year=2023),
            report("c", "局", alone(210, "210场", TRAIN), year=2024),
        ),
        None,
    ),
    "small counts that vary": (
        (
            report("a", "局", alone(1, "1场", TRAIN), year=2022),
            report("b", "局", alone(2, "2场", TRAIN), year=2023),
            report("c", "局", alone(12, "12场", TRAIN), year=2024),
        ),
        None,
    ),
    "a restated amount within the rounding": (
        (
            report("a", "局", alone("2168000000", "21.68亿元", RND), year=2023),
            report("b", "局", alone("2170000000", "21.7亿元", RND, year=2023), year=2024),
        ),
        None,
    ),
    "a half year above its year": (
        (
            report(
                "d",
                "局",
                said("上半年30场。", "30场", TRAIN, 30, period_end="2024-06-30"),
                said("全年24场。", "24场", TRAIN, 24),
            ),
        ),
        ("part_year_above_whole", "warning", "30 场", "24 场"),
    ),
    "a half year within its year": (
        (
            report(
                "d",
                "局",
                said("上半年20场。", "20场", TRAIN, 20, period_end="2024-06-30"),
                said("全年24场。", "24场", TRAIN, 24),
            ),
        ),
        None,
    ),
    "more added than there are": (
        (report("d", "局", said("新增500家。", "500家", HTE, 500, measure="flow"), alone(400, "400家")),),
        ("added_above_total", "warning", "500 家", "400 家"),
    ),
    "as many added as there are": (
        (report("d", "局", said("新增400家。", "400家", HTE, 400, measure="flow"), alone(400, "400家")),),
        None,
    ),
    "more added than nearly so many": (
        (
            report(
                "d",
                "局",
                said("新增500家。", "500家", HTE, 500, measure="flow"),
                alone(400, "400余家", lower=400, qualifier="more_than"),
            ),
        ),
        None,
    ),
    "a plan without a result": (
        (
            report("a", "局", alone(30, "30家", year=2024, status="planned"), year=2023),
            report("b", "局", alone(3, "3场", TRAIN), year=2024),
        ),
        ("plan_without_result", "notice", "30 家", "not reported"),
    ),
    "a plan whose result is a growth": (
        (
            report("a", "局", alone(30, "30家", year=2024, status="planned"), year=2023),
            report("b", "局", alone(5, "5%", measure="growth"), year=2024),
        ),
        None,
    ),
    "a plan whose year is not reported yet": (
        (report("a", "局", alone(30, "30家", year=2024, status="planned"), year=2023),),
        None,
    ),
    "a rank before the first": (
        (report("d", "局", alone(0, "第0位", "innovation_ranking")),),
        ("rank_below_one", "error", "0 位", "1.."),
    ),
    "the first rank": ((report("d", "局", alone(1, "第一位", "innovation_ranking")),), None),
    "a rate above a hundred": (
        (report("d", "局", alone("118", "118%", "law_exam_pass_rate")),),
        ("rate_out_of_range", "warning", "118 %", "0..100 %"),
    ),
    "a rate of a hundred": ((report("d", "局", alone("100", "100%", "law_exam_pass_rate")),), None),
}


def apart(number: int, reports: tuple[Any, ...]) -> list[Any]:
    """The reports of a case as those of bureaus of its own."""
    return [
        replace(item, document_id=f"{number}-{item.document_id}", bureau=f"{number}{item.bureau}", bureau_id=None)
        for item in reports
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("audit")
    home = Home.at(folder / "home")
    reports = [each for number, (items, _) in enumerate(CASES.values()) for each in apart(number, items)]
    run(home, stage(folder / "batch", *reports), audited=True)
    return home


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    return run_query(home, sql).rows


@pytest.mark.parametrize("name", CASES)
def test_what_is_flagged(home: Home, name: str) -> None:
    number = list(CASES).index(name)
    found = rows(
        home,
        "SELECT check_name, severity, figure, other_figure FROM audit_finding"
        f" WHERE split_part(document_id, '-', 1) = '{number}'",
    )
    expected = CASES[name][1]
    assert found == ([] if expected is None else [expected])


class TestPeers:
    """Twelve bureaus of one level and year that report much the same, and what stands out among them."""

    @staticmethod
    def found(tmp_path: Path, *others: Any, peers: int = 12) -> list[tuple[object, ...]]:
        home = Home.at(tmp_path / "home")
        alike = [
            report(
                f"p{n}",
                f"局{n}",
                alone(20 + 2 * n, f"{20 + 2 * n}场", TRAIN),
                alone(10**9 + n * 10**8, f"{10 + n}亿元", RND),
            )
            for n in range(peers)
        ]
        run(home, stage(tmp_path / "batch", *alike, *others), audited=True)
        return rows(home, "SELECT check_name, severity, document_id FROM audit_finding ORDER BY ALL")

    def test_a_bureau_far_from_all_others(self, tmp_path: Path) -> None:
        assert self.found(tmp_path, report("x", "某局", alone(900, "900场", TRAIN))) == [
            ("outlier_against_peers", "notice", "x")
        ]

    def test_a_slip_of_the_unit_without_other_years(self, tmp_path: Path) -> None:
        assert self.found(tmp_path, report("x", "某局", alone(123000, "12.3万元", RND))) == [
            ("unit_slip", "notice", "x")
        ]

    def test_a_bureau_that_is_always_large(self, tmp_path: Path) -> None:
        large = [report(f"x{year}", "某局", alone(900, "900场", TRAIN), year=year) for year in (2023, 2024)]
        assert self.found(tmp_path, *large) == []

    def test_too_few_peers(self, tmp_path: Path) -> None:
        assert self.found(tmp_path, report("x", "某局", alone(900, "900场", TRAIN)), peers=5) == []


def test_a_finding_names_both_facts_and_both_sentences(home: Home) -> None:
    found = rows(
        home,
        "SELECT f.sentence = a.sentence, f.other_sentence = b.sentence FROM audit_finding AS f"
        " JOIN observation AS a ON a.fact_id = f.fact_id JOIN observation AS b ON b.fact_id = f.other_fact_id",
    )
    alone_with_itself = {"rate_out_of_range", "rank_below_one", "plan_without_result"}
    assert len(found) == len([case for case in CASES.values() if case[1] and case[1][0] not in alone_with_itself])
    assert set(found) == {(True, True)}


def test_findings_come_and_go_and_never_change_a_figure(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    doubtful = report("d", "局", alone(18, "18家"), alone(20, "20家"))
    first = run(home, stage(tmp_path / "a", doubtful), audited=True)
    again = run(home, stage(tmp_path / "b", doubtful), audited=True)
    assert (first.audited.findings_new, again.audited.findings_new, again.audited.findings_open) == (1, 0, 1)
    assert not again.publication.published
    assert rows(home, "SELECT value FROM observation ORDER BY start") == [(18,), (20,)]
    cleared = run(home, stage(tmp_path / "c", report("d", "局", alone(18, "18家"))), audited=True)
    assert (cleared.audited.findings_closed, cleared.audited.findings_open) == (1, 0)
    assert rows(home, "SELECT valid_from_run, valid_to_run FROM audit_finding") == [(1, 2)]
    returned = run(home, stage(tmp_path / "d", doubtful), audited=True)
    assert returned.audited.findings_new == 1
    assert rows(home, "SELECT valid_from_run, valid_to_run FROM audit_finding ORDER BY ALL") == [(1, 2), (3, None)]


FOUND = (
    "SELECT check_name, severity, document_id, figure, other_figure, message FROM audit_finding WHERE {} ORDER BY ALL"
)

_OF_LEVELS = (
    "SELECT bureau_id, metric, measure, scope, year, value, lower, upper, qualifier, unit, extraction_id, fact_id"
)
LEVELS_KEPT = f"{_OF_LEVELS} FROM audited_level ORDER BY bureau_id DESC, fact_id"
LEVELS = (
    f"{_OF_LEVELS} FROM best_figure WHERE state = 'value' AND measure IN ('stock', 'flow')"
    " AND period_kind = 'whole_year' AND value > 0 ORDER BY bureau_id DESC, fact_id"
)


def test_the_file_can_be_checkpointed_as_soon_as_an_audit_is_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB does so by itself where much has changed; views that were asked over other tables must not hinder it."""

    @contextmanager
    def eager(candidate: Path) -> Iterator[Connection]:
        with writing(candidate) as connection:
            connection.execute("SET checkpoint_threshold = '1KB'")
            yield connection

    monkeypatch.setattr(auditing, "writing", eager)
    home = Home.at(tmp_path / "home")
    doubtful = report("d", "局", alone(18, "18家"), alone(20, "20家"))
    assert run(home, stage(tmp_path / "a", doubtful), audited=True).audited.findings_new == 1
    columns = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    untouched = Home.at(tmp_path / "untouched")
    run(untouched, stage(tmp_path / "b", doubtful))
    assert rows(home, columns) == rows(untouched, columns)


def test_in_small_parts_the_same_is_found(home: Home, tmp_path: Path) -> None:
    reports = [each for number, (items, _) in enumerate(CASES.values()) for each in apart(number, items)]
    other = Home.at(tmp_path / "home")
    run(other, stage(tmp_path / "batch", *reports), audited=True, facts_in_part=25)
    everything = FOUND.format("true")
    assert rows(other, everything) == rows(home, everything)


def test_what_a_run_changed_is_looked_at_anew_and_the_same_stands_as_if_all_was(tmp_path: Path) -> None:
    """Bureaus that the second run leaves alone keep their findings, a new outlier among all bureaus is found."""
    changed, standing = Home.at(tmp_path / "changed"), FOUND.format("valid_to_run IS NULL")
    peers = [report(f"p{n}", f"局{n}", alone(20 + 2 * n, f"{20 + 2 * n}场", TRAIN)) for n in range(12)]
    left_alone = report("l", "丙局", alone(18, "18家"), alone(20, "20家"))
    before = report("c", "丁局", alone(30, "30家"), alone(31, "31家"), alone(24, "24场", TRAIN))
    after = report("c", "丁局", alone(40, "40家"), alone(42, "42家"), alone(900, "900场", TRAIN))
    run(changed, stage(tmp_path / "a", *peers, left_alone, before), audited=True)
    second = run(changed, stage(tmp_path / "b", after), audited=True)
    assert (second.audited.findings_new, second.audited.findings_closed) == (2, 1)
    at_once = Home.at(tmp_path / "at_once")
    run(at_once, stage(tmp_path / "c", *peers, left_alone, after), audited=True)
    assert rows(changed, standing) == rows(at_once, standing)
    assert {row[0] for row in rows(changed, standing)} == {"same_metric_differs", "outlier_against_peers"}
    assert rows(changed, LEVELS_KEPT) == rows(changed, LEVELS)


def test_the_levels_kept_from_audit_to_audit_are_those_that_stand(tmp_path: Path) -> None:
    """A figure that a person decided, a document that is gone, a report of another bureau than it was taken for."""
    home = Home.at(tmp_path / "home")
    first, moved = alone(18, "18家"), alone(20, "20家")
    run(home, stage(tmp_path / "a", report("a", "甲局", first), report("b", "乙局", moved)), audited=True)
    assert [row[0] for row in rows(home, LEVELS_KEPT)] == ["bureau-甲局", "bureau-乙局"]
    decide(home, "document_id = 'a'", "correct", "value", "19")
    assert rows(home, LEVELS_KEPT) == rows(home, LEVELS)
    run(home, stage(tmp_path / "b", report("b", "丙局", moved)), audited=True)
    assert [row[0] for row in rows(home, LEVELS_KEPT)] == ["bureau-甲局", "bureau-丙局"]
    run(home, stage(tmp_path / "none"), audited=True, gone=["a"])
    assert [row[0] for row in rows(home, LEVELS_KEPT)] == ["bureau-丙局"]
    assert rows(home, LEVELS_KEPT) == rows(home, LEVELS)


def test_another_audit_looks_at_all_bureaus_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home.at(tmp_path / "home")
    doubtful = report("d", "局", alone(18, "18家"), alone(20, "20家"))
    monkeypatch.setattr(auditing, "sql_files", lambda folder: () if folder == "audit" else sql_files(folder))
    run(home, stage(tmp_path / "a", doubtful), audited=True)
    assert rows(home, FOUND.format("true")) == []
    monkeypatch.undo()
    again = run(home, stage(tmp_path / "b", doubtful), audited=True)
    assert again.audited.findings_new == 1
    assert again.publication.published
