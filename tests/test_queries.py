"""Questions to the warehouse: the named queries, free SQL within limits, and clear words when it goes wrong."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import (
    QueryError,
    QueryLimits,
    QueryTimeout,
    WarehouseError,
    WarehouseMissing,
    extracted_state,
    named_query,
    open_read_only,
    run_query,
)

HTE, SME, LIT = "high_tech_enterprises", "tech_smes", "administrative_litigation_cases"


def hte(text: str, value: int, **fields: object):
    return said(f"高新技术企业{text}。", text, HTE, value, **fields)


REPORTS = (
    report("a23", "甲局", hte("100家", 100), year=2023),
    report(
        "a24",
        "甲局",
        hte("120家", 120),
        said("没有行政诉讼案件。", "行政诉讼案件", LIT, 0),
        said("力争今年达到110家。", "110家", HTE, 110, status="planned"),
        said("明年达到150家。", "150家", HTE, 150, status="planned", year=2025),
    ),
    report("b24", "乙局", hte("300余家", 300, lower=300, qualifier="more_than"), division_code="650200"),
    report("c24", "丙局", hte("80家", 80), said("行政诉讼2件。", "2件", LIT, 2), division_code="650300"),
    report("d24", "丁局", said("高新技术企业新增5家。", "5家", HTE, 5, measure="flow"), division_code="650400"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("queries")
    home = Home.at(folder / "home")
    run(home, stage(folder / "batch", *REPORTS))
    return home


def answer(home: Home, name: str, *columns: str, **parameters: object) -> list[tuple[object, ...]]:
    """The named columns of a named query's answer."""
    result = run_query(home, named_query(name).sql, parameters)
    places = [result.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in result.rows]


def test_how_many_high_tech_enterprises_each_bureau_reports_with_bounds_and_sentence(home: Home) -> None:
    columns = ("bureau", "year", "measure", "value", "lower", "upper", "qualifier", "sentence")
    assert answer(home, "high_tech_enterprises", *columns) == [
        ("乙局", 2024, "stock", 300, 300, None, "more_than", "高新技术企业300余家。"),
        ("甲局", 2024, "stock", 120, None, None, "exact", "高新技术企业120家。"),
        ("丙局", 2024, "stock", 80, None, None, "exact", "高新技术企业80家。"),
        ("丁局", 2024, "flow", 5, None, None, "exact", "高新技术企业新增5家。"),
        ("甲局", 2023, "stock", 100, None, None, "exact", "高新技术企业100家。"),
    ]


def test_ranking_gives_places_to_exact_figures_and_lists_bounded_ones_behind(home: Home) -> None:
    assert answer(home, "rank_bureaus", "place", "bureau", "value", "lower", metric=HTE, year=2024) == [
        (1, "甲局", 120, None),
        (2, "丙局", 80, None),
        (None, "乙局", 300, 300),
    ]


def test_year_on_year(home: Home) -> None:
    found = answer(home, "year_on_year", "bureau", "year", "previous_value", "value", "growth", metric=HTE)
    assert ("甲局", 2024, 100, 120, Decimal("20.00")) in found
    assert ("乙局", 2024, None, 300, None) in found


def test_who_does_not_report(home: Home) -> None:
    assert answer(home, "not_reporting", "bureau", "reported_instead", metric=HTE, year=2024) == [
        ("丁局", "flow@jurisdiction")
    ]
    assert answer(home, "not_reporting", "bureau", metric=LIT, year=2024) == [("乙局",), ("丁局",)]


def test_stated_zeros_are_not_silences(home: Home) -> None:
    assert answer(home, "stated_zeros", "bureau", "metric", "sentence", year=2024) == [
        ("甲局", LIT, "没有行政诉讼案件。")
    ]


def test_plans_against_results(home: Home) -> None:
    columns = ("bureau", "planned", "actual", "reached")
    assert answer(home, "plans_against_results", *columns, year=2024) == [("甲局", 110, 120, True)]
    assert answer(home, "plans_against_results", *columns, year=2025) == [("甲局", 150, None, None)]


def test_a_total_says_how_many_report_and_adds_bounds_apart(home: Home) -> None:
    columns = ("bureaus_reporting", "with_exact_figure", "sum_of_exact_figures", "sum_of_lower_bounds")
    assert answer(home, "total", *columns, metric=HTE, year=2024) == [(3, 2, 200, 300)]


def test_a_bureau_profile(home: Home) -> None:
    found = answer(home, "bureau_profile", "metric", "state", "value", bureau="丙局", year=2024)
    assert found == [(LIT, "value", 2), (HTE, "value", 80)]


def test_an_unknown_query_names_those_that_there_are() -> None:
    with pytest.raises(QueryError, match=r"there is no query named nonsense; there are: .*rank_bureaus"):
        named_query("nonsense")


def test_free_sql_answers_with_decimals_and_column_names(home: Home) -> None:
    result = run_query(home, "SELECT value, text FROM observation WHERE value > $least", {"least": 200})
    assert result.columns == ("value", "text")
    assert result.rows == [(Decimal(300), "300余家")]
    assert isinstance(result.rows[0][0], Decimal)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM observation", "nothing"),
        ("FROM no_such_table", "no_such_table"),
        ("SELECT $missing", r"value for \$missing"),
        ("SELECT 1; SELECT 2", "one query at a time"),
        ("", "empty"),
        ("-- a comment only", "empty"),
    ],
)
def test_what_goes_wrong_is_one_clear_line(home: Home, sql: str, words: str) -> None:
    with pytest.raises(QueryError, match=f"(?i){words}") as raised:
        run_query(home, sql)
    assert "\n" not in str(raised.value)


def test_a_query_that_runs_too_long_is_stopped(home: Home) -> None:
    endless = "SELECT count(*) FROM range(100000000000) AS a WHERE a.range % 7 = 3"
    with pytest.raises(QueryTimeout, match=r"longer than 0\.2 seconds"):
        run_query(home, endless, limits=QueryLimits(seconds=0.2))
    assert run_query(home, "SELECT 1").rows == [(1,)]


def test_an_answer_with_too_many_rows_is_refused_rather_than_cut(home: Home) -> None:
    with pytest.raises(QueryError, match="more than 10 rows"):
        run_query(home, "FROM range(11)", limits=QueryLimits(rows=10))
    assert len(run_query(home, "FROM range(10)", limits=QueryLimits(rows=10)).rows) == 10


def test_one_connection_answers_many_questions(home: Home) -> None:
    with open_read_only(home) as connection:
        assert run_query(connection, "SELECT 1").rows == [(1,)]
        with pytest.raises(QueryError):
            run_query(connection, "SELECT nonsense")
        assert run_query(connection, "SELECT 2").rows == [(2,)]


def test_without_a_warehouse_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    empty = Home.at(tmp_path / "empty")
    with pytest.raises(WarehouseMissing, match=r"no warehouse at .*; make one with: bureau-metrics run"):
        run_query(empty, "SELECT 1")
    assert extracted_state(empty, "any") == frozenset()
    assert not empty.root.exists()


def test_a_database_of_another_product_is_refused_in_one_line(home: Home, tmp_path: Path) -> None:
    import duckdb

    other = Home.at(tmp_path / "other")
    other.warehouse.mkdir(parents=True)
    duckdb.connect(str(other.published)).close()
    with pytest.raises(WarehouseError, match="no warehouse of this product"):
        extracted_state(other, "any")


def test_a_query_leaves_no_thread_behind(home: Home) -> None:
    """A thread that lets go of a connection while the process ends takes the process down."""
    before = threading.enumerate()
    with open_read_only(home) as connection:
        run_query(connection, "SELECT 1")
        assert threading.enumerate() == before
    assert threading.enumerate() == before
