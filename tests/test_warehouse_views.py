"""The rules of the tables for people, case by case: which figure stands in a cell, and what a cell says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from staged_records import Report, report, run, said, stage

from bureau_metrics.models import Disposition, LedgerEntry
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import run_query

HTE, SME, LIT, TRAIN, RND = (
    "high_tech_enterprises",
    "tech_smes",
    "administrative_litigation_cases",
    "training_sessions",
    "rnd_expenditure",
)
HALF = {"period_end": date(2024, 6, 30)}


def hte(value: object, text: str = "9家", **fields: Any):
    """One figure for high-tech enterprises, in a sentence of its own."""
    words = ",".join(f"{name}={field}" for name, field in fields.items())
    return said(f"高新技术企业{text}（{value}{words}）。", text, HTE, value, **fields)


# name of the case → (what the report says, the expected cell or None)
# cell: state, value, lower, upper, qualifier, mentions, agreeing, conflicting
CELLS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...] | None]] = {
    "one exact figure": ((hte(18),), ("value", 18, None, None, "exact", 1, 1, 0)),
    "a bounded figure": (
        (hte(1000, "1000余家", lower=1000, qualifier="more_than"),),
        ("value", 1000, 1000, None, "more_than", 1, 1, 0),
    ),
    "a range has no single value": (
        (hte(None, "3—5家", lower=3, upper=5, qualifier="range"),),
        ("value", None, 3, 5, "range", 1, 1, 0),
    ),
    "exact before bounded": (
        (hte(1000, lower=1000, qualifier="more_than"), hte(1012)),
        ("value", 1012, None, None, "exact", 2, 2, 0),
    ),
    "bounded before vague": (
        (hte(None, lower=20, upper=99, qualifier="vague"), hte(30, lower=30, qualifier="more_than")),
        ("value", 30, 30, None, "more_than", 2, 2, 0),
    ),
    "whole before narrowed": ((hte(3, narrowed=True), hte(18)), ("value", 18, None, None, "exact", 2, 1, 0)),
    "narrowed everywhere": (
        (hte(3, narrowed=True), hte(4, narrowed=True)),
        ("parts_only", None, None, None, None, 2, 0, 0),
    ),
    "a narrowed zero is no zero of the whole": (
        (hte(0, narrowed=True),),
        ("parts_only", None, None, None, None, 1, 0, 0),
    ),
    "a stated zero": ((hte(0),), ("stated_zero", 0, None, None, "exact", 1, 1, 0)),
    "whole year before part of the year": (
        (hte(12, **HALF), hte(18, lower=18, qualifier="at_least")),
        ("value", 18, 18, None, "at_least", 2, 1, 0),
    ),
    "the whole metric of half a year before a part of it all year": (
        (hte(5, narrowed=True), hte(18, **HALF)),
        ("value", 18, None, None, "exact", 2, 1, 0),
    ),
    "surer before first": ((hte(17, confidence="low"), hte(18)), ("value", 18, None, None, "exact", 2, 1, 1)),
    "first of equals": ((hte(17), hte(18)), ("value", 17, None, None, "exact", 2, 1, 1)),
    "said twice": ((hte(18, "18家"), hte(18, "十八家")), ("value", 18, None, None, "exact", 2, 2, 0)),
    "bounds that admit the figure agree": (
        (hte(495), hte(500, upper=500, qualifier="nearly"), hte(490, lower=490, qualifier="more_than")),
        ("value", 495, None, None, "exact", 3, 3, 0),
    ),
    "bounds that exclude the figure conflict": (
        (hte(505), hte(500, upper=500, qualifier="less_than")),
        ("value", 505, None, None, "exact", 2, 1, 1),
    ),
    "planned figures stay out": ((hte(30, status="planned"), hte(60, status="required")), None),
    "a part of a whole stays out": (
        (hte(20), hte(8, part_of=0)),
        ("value", 20, None, None, "exact", 1, 1, 0),
    ),
    "a figure of an unknown year stays out": ((hte(20, year=None),), None),
    "default scope where none is said": (
        (hte(20), hte(20, scope="jurisdiction")),
        ("value", 20, None, None, "exact", 2, 2, 0),
    ),
    "another scope is another cell": (
        (hte(20), hte(3, scope="bureau")),
        ("value", 20, None, None, "exact", 1, 1, 0),
    ),
    "another year is another cell": ((hte(20), hte(15, year=2023)), ("value", 20, None, None, "exact", 1, 1, 0)),
}

# relative_to, year → whether growth counts
GROWTH = {
    (None, 2024): True,
    ("上年", 2024): True,
    ("去年同期", 2024): True,
    ("同比", 2024): True,
    ("2023年", 2024): True,
    ("2023年末", 2024): True,
    ("2023", 2024): True,
    ("2022年", 2024): False,
    ("2023年", 2025): False,
    ("上月", 2024): False,
    ("全省", 2024): False,
    ("目标", 2024): False,
    ("2020—2023年", 2024): False,
}

# first day, last day of a flow of 2024 → how much of the year, or None where it is no figure of that year
PERIODS = {
    (None, None): "whole_year",
    (date(2024, 1, 1), date(2024, 12, 31)): "whole_year",
    (None, date(2024, 12, 31)): "whole_year",
    (date(2024, 1, 1), date(2025, 1, 15)): "whole_year",
    (date(2024, 1, 1), date(2024, 9, 30)): "part_year",
    (date(2024, 7, 1), date(2024, 12, 31)): "part_year",
    (date(2024, 1, 1), None): "part_year",
    (date(2021, 1, 1), date(2024, 12, 31)): None,
}


def growth_of(number: int, relative_to: str | None, year: int) -> Report:
    words = said("高新技术企业增长18%。", "18%", HTE, 18, measure="growth", relative_to=relative_to, year=year)
    return report(f"growth-{number}", f"增长{number}局", words)


def period_of(number: int, start: date | None, end: date | None) -> Report:
    words = said("举办培训6场。", "6场", TRAIN, 6, period_start=start, period_end=end)
    return report(f"period-{number}", f"期间{number}局", words)


TREND = (
    report("trend-2023", "趋势局", hte(100, "100家"), hte(50, "50余家", scope="bureau"), year=2023),
    report(
        "trend-2024",
        "趋势局",
        said("高新技术企业120家，增长20%。", "120家", HTE, 120),
        said("高新技术企业120家，增长20%。", "20%", HTE, 20, measure="growth", of=0),
        said("科技型中小企业60家，增长50%。", "60家", SME, 60),
        said("科技型中小企业60家，增长50%。", "50%", SME, 50, measure="growth", of=2),
        said("科技型中小企业2023年为50家。", "50家", SME, 50, year=2023),
        said("举办培训10余场。", "10余场", TRAIN, 10, lower=10, qualifier="more_than"),
        said("2023年举办培训8场。", "8场", TRAIN, 8, year=2023),
        said("争取高新技术企业达到150家。", "150家", HTE, 150, status="planned", year=2025),
        said("计划2024年培育110家。", "110家", HTE, 110, status="planned", year=2024),
        said("开展法治长廊参观4处。", "4处", None, 4, label="法治长廊", unit="处"),
        said("约有不明之数7。", "7", None, 7, label="不明之数", confidence="low"),
    ),
)
OPEN_NUMERAL = LedgerEntry(0, 2, "高新", Disposition.UNRESOLVED, "no_rule")
DOUBTFUL = replace(
    report("doubtful", None, hte(5), division_code=None, doubts=("bureau", "division")), ledger=(OPEN_NUMERAL,)
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("views")
    home = Home.at(folder / "home")
    reports = [report(f"cell-{n}", f"单元{n}局", *sayings) for n, (sayings, _) in enumerate(CELLS.values())]
    reports += [growth_of(number, *case) for number, case in enumerate(GROWTH)]
    reports += [period_of(number, *case) for number, case in enumerate(PERIODS)]
    run(home, stage(folder / "batch", *reports, *TREND, DOUBTFUL, rejected=(("broken", "empty"),)))
    return home


def rows(home: Home, sql: str, **parameters: object) -> list[tuple[object, ...]]:
    return run_query(home, sql, parameters).rows


@pytest.mark.parametrize("name", CELLS)
def test_the_cell_of_a_metric(home: Home, name: str) -> None:
    number = list(CELLS).index(name)
    found = rows(
        home,
        "SELECT state, value, lower, upper, qualifier, mentions, agreeing, conflicting FROM cross_bureau"
        " WHERE bureau = $bureau AND metric = $metric AND measure = 'stock' AND scope = 'jurisdiction' AND year = 2024",
        bureau=f"单元{number}局",
        metric=HTE,
    )
    expected = CELLS[name][1]
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize(("relative_to", "year"), GROWTH)
def test_growth_counts_only_against_the_year_before(home: Home, relative_to: str | None, year: int) -> None:
    number = list(GROWTH).index((relative_to, year))
    found = rows(home, "SELECT value FROM cross_bureau WHERE bureau = $bureau", bureau=f"增长{number}局")
    assert bool(found) == GROWTH[relative_to, year]


@pytest.mark.parametrize(("start", "end"), PERIODS)
def test_how_much_of_its_year_a_flow_covers(home: Home, start: date | None, end: date | None) -> None:
    number = list(PERIODS).index((start, end))
    found = rows(home, "SELECT period_kind FROM cross_bureau WHERE bureau = $bureau", bureau=f"期间{number}局")
    assert found == ([] if PERIODS[start, end] is None else [(PERIODS[start, end],)])


def test_a_cell_shows_the_sentence_and_the_fact_it_comes_from(home: Home) -> None:
    ((sentence, text, known),) = rows(
        home,
        "SELECT c.sentence, o.text, c.bureau_known FROM cross_bureau AS c JOIN observation AS o USING (fact_id)"
        " WHERE c.bureau = '单元1局'",
    )
    assert sentence.startswith("高新技术企业1000余家")
    assert text == "1000余家"
    assert known


def test_trend_sets_a_year_beside_the_one_before(home: Home) -> None:
    trend = rows(
        home,
        "SELECT metric, value, previous_value, comparable, difference, growth, stated_growth FROM metric_trend"
        " JOIN dim_metric AS m USING (metric, scope) WHERE bureau = '趋势局' AND year = 2024 ORDER BY metric",
    )
    assert trend == [
        (HTE, 120, 100, True, 20, 20, 20),
        (SME, 60, 50, True, 10, 20, 50),
        (TRAIN, 10, 8, False, None, None, None),
    ]


def test_growth_check_holds_stated_growth_against_the_levels(home: Home) -> None:
    checked = rows(
        home,
        "SELECT metric, stated_growth, previous_level, level, computed_growth, agrees FROM growth_check"
        " WHERE bureau = '趋势局' ORDER BY metric",
    )
    assert checked == [(HTE, 20, 100, 120, 20, True), (SME, 50, 50, 60, 20, False)]


def test_plans_stand_beside_the_results_of_their_year(home: Home) -> None:
    plans = rows(home, "SELECT year, value, actual_value FROM plans_and_rules WHERE bureau = '趋势局' ORDER BY year")
    assert plans == [(2024, 110, 120), (2025, 150, None)]


def test_coverage_tells_a_zero_from_silence(home: Home) -> None:
    states = dict(rows(home, "SELECT metric, state FROM coverage WHERE bureau = '单元8局' AND year = 2024"))
    assert states[HTE] == "stated_zero"
    assert states[TRAIN] == "not_reported"
    assert LIT not in states, "nobody reports it, so nobody is asked"


def test_coverage_says_in_what_else_a_metric_is_reported(home: Home) -> None:
    found = rows(
        home, "SELECT state, reported_instead FROM coverage WHERE bureau = '增长0局' AND metric = $metric", metric=HTE
    )
    assert found == [("not_reported", "growth@jurisdiction")]


def test_open_labels_count_what_the_catalogue_lacks(home: Home) -> None:
    found = rows(home, "SELECT label, unit, mentions, documents FROM open_labels WHERE label = '法治长廊'")
    assert found == [("法治长廊", "处", 1, 1)]


def test_the_review_queue_holds_all_that_waits_for_a_person(home: Home) -> None:
    kinds = rows(
        home,
        "SELECT kind, document_id FROM review_queue WHERE document_id IN ('doubtful', 'broken', 'trend-2024')"
        " AND kind <> 'audit' ORDER BY kind",
    )
    assert kinds == [
        ("identity", "doubtful"),
        ("low_confidence", "trend-2024"),
        ("rejected", "broken"),
        ("unresolved", "doubtful"),
    ]


def test_an_unsettled_bureau_is_marked_and_kept_apart(home: Home) -> None:
    found = rows(home, "SELECT bureau, bureau_printed, bureau_known FROM cross_bureau WHERE document_id = 'doubtful'")
    assert found == [(None, "市科技局", False)]


def test_a_document_counts_its_facts_and_open_numerals(home: Home) -> None:
    found = rows(
        home,
        "SELECT facts, metric_facts, metrics, numerals, unresolved FROM document_summary WHERE name = 'doubtful.txt'",
    )
    assert found == [(1, 1, 1, 2, 1)]
