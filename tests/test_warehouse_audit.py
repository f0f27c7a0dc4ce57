"""What the checks flag, what they leave alone, and that a flag never changes a figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import run_query, sql_files

HTE, RND, TRAIN = "high_tech_enterprises", "rnd_expenditure", "training_sessions"


def hte(value: int, **fields: Any):
    """Levels of high-tech enterprises, all in one sentence: so many as the value says."""
    return said("企业100家，其中60家、30家、8家、50家、120家、40家。", f"{value}家", HTE, value, **fields)


def alone(value: object, text: str, metric: str = HTE, **fields: Any):
    return said(f"为{text}（{sorted(fields)}）。", text, metric, value, **fields)


LARGE = alone("2170000000", "21.7亿元", RND)

# name → (reports, check, severity, figure, other figure); the check is None where nothing may be found
CASES: dict[str, tuple[tuple[Any, ...], tuple[str, str, str, str] | None]] = {
    "a part above its whole": (
        (report("d", "局", hte(100), hte(120, part_of=0)),),
        ("parts_against_whole", "error", "100 家", "120 = 120"),
    ),
    "parts that together exceed the whole": (
        (report("d", "局", hte(100), hte(60, part_of=0), hte(50, part_of=0)),),
        ("parts_against_whole", "warning", "100 家", "60 + 50 = 110"),
    ),
    "parts that nearly fill the whole": (
        (report("d", "局", hte(100), hte(60, part_of=0), hte(30, part_of=0)),),
        ("parts_against_whole", "notice", "100 家", "60 + 30 = 90"),
    ),
    "three parts just short of the whole": (
        (report("d", "局", hte(100), hte(60, part_of=0), hte(30, part_of=0), hte(8, part_of=0)),),
        ("parts_against_whole", "notice", "100 家", "60 + 30 + 8 = 98"),
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
        ("same_metric_differs", "warning", "18 家", "more_than 20 家"),
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


def test_every_check_is_shown_to_find_something() -> None:
    assert {case[1][0] for case in CASES.values() if case[1]} == {file.name for file in sql_files("audit")}


def test_a_finding_names_both_facts_and_both_sentences(home: Home) -> None:
    found = rows(
        home,
        "SELECT f.sentence = a.sentence, f.other_sentence = b.sentence FROM audit_finding AS f"
        " JOIN observation AS a ON a.fact_id = f.fact_id JOIN observation AS b ON b.fact_id = f.other_fact_id",
    )
    assert len(found) == len([case for case in CASES.values() if case[1] and case[1][0] != "rate_out_of_range"])
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
