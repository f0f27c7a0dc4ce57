"""Sums over regions: which divisions are added up in which year, with what bounds, beside what the parent says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from staged_records import Report, report, run, said, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import loading, run_query

HTE, SME, RATE = "high_tech_enterprises", "tech_smes", "law_exam_pass_rate"
# 博尔塔拉 with its counties: three until 2011, 阿拉山口市 from 2012 on.
BORTALA, BOLE, ALASHANKOU, JINGHE, WENQUAN = "652700", "652701", "652702", "652722", "652723"
NAME = "博尔塔拉蒙古自治州"
COUNTIES = (BOLE, ALASHANKOU, JINGHE, WENQUAN)


def figure(value: object, text: str = "9家", metric: str = HTE, **fields: Any):
    """One figure of the whole jurisdiction, in a sentence of its own."""
    words = ",".join(f"{name}={field}" for name, field in fields.items())
    sentence = f"全市{metric}{text}（{value}{words}）。"
    return said(sentence, text, metric, value, **{"scope": "jurisdiction", **fields})


def of(code: str, *figures: Any, bureau: str = "科技局", **fields: Any) -> Report:
    year = fields.get("year", 2024)
    return report(f"{code}-{bureau}-{year}", f"{code}{bureau}", *figures, division_code=code, **fields)


def more_than(value: int):
    return figure(value, f"{value}余家", lower=value, qualifier="more_than")


def nearly(value: int):
    return figure(value, f"近{value}家", upper=value, qualifier="nearly")


def about(value: int):
    return figure(value, f"约{value}家", qualifier="about")


def counties(*figures: Any) -> list[Report]:
    return [
        of(code, figure(value) if isinstance(value, int) else value)
        for code, value in zip(COUNTIES, figures, strict=False)
    ]


def home_with(folder: Path, *reports: Report, audited: bool = False) -> Home:
    home = Home.at(folder / "home")
    run(home, stage(folder / "batch", *reports), audited=audited)
    return home


TOTALS = "reporting, published, existing, value, lower, upper"


def totals(home: Home, columns: str = TOTALS, where: str = "TRUE", as_of: int | None = None) -> list[tuple[Any, ...]]:
    return run_query(
        home, f"SELECT {columns} FROM regional_total WHERE {where} ORDER BY parent_code, child_level, year", as_of=as_of
    ).rows


# what the counties say → reporting, published, existing, value, lower, upper
SUMS: dict[str, tuple[list[Report], tuple[Any, ...]]] = {
    "exact figures": (counties(10, 20, 30, 40), (4, 4, 4, 100, 100, 100)),
    "a stated zero is a figure": (counties(10, 0, 30, 40), (4, 4, 4, 80, 80, 80)),
    "a county without a report": (counties(10, 20, 30), (3, 3, 4, 60, 60, 60)),
    "a county that does not say it": (
        [*counties(10, 20), of(JINGHE, figure(5, metric=SME))],
        (2, 3, 4, 30, 30, 30),
    ),
    "bounded below": (counties(10, more_than(20)), (2, 2, 4, None, 30, None)),
    "bounded above": (counties(10, nearly(20)), (2, 2, 4, None, None, 30)),
    "bounded on both sides": (
        counties(10, figure(None, "3—5家", lower=3, upper=5, qualifier="range")),
        (2, 2, 4, None, 13, 15),
    ),
    "about says nothing certain": (counties(10, about(20)), (2, 2, 4, None, None, None)),
    "two bureaus that agree": (
        [*counties(10, 20), of(BOLE, figure(10), bureau="发改委")],
        (2, 2, 4, 30, 30, 30),
    ),
    "two bureaus, one exact": (
        [of(BOLE, more_than(100)), of(BOLE, figure(103), bureau="发改委")],
        (1, 1, 4, 103, 103, 103),
    ),
    "two bureaus that contradict each other": (
        [*counties(10, 20), of(BOLE, figure(12), bureau="发改委")],
        (2, 2, 4, None, 30, 32),
    ),
    "a bureau that contradicts itself": ([of(BOLE, figure(10), figure(12))], (1, 1, 4, None, 10, 12)),
    "half a year is left out": (
        [*counties(10), of(JINGHE, figure(7, period_end=date(2024, 6, 30)))],
        (1, 2, 4, 10, 10, 10),
    ),
    "a part of the metric is left out": ([*counties(10), of(JINGHE, figure(7, narrowed=True))], (1, 2, 4, 10, 10, 10)),
    "a part of a whole is left out": (
        [of(BOLE, figure(10), figure(4, "4家", part_of=0))],
        (1, 1, 4, 10, 10, 10),
    ),
    "planned figures are left out": ([of(BOLE, figure(10), figure(99, status="planned"))], (1, 1, 4, 10, 10, 10)),
    "the bureau's own affairs are left out": (
        [*counties(10), of(JINGHE, figure(7, scope="bureau"))],
        (1, 2, 4, 10, 10, 10),
    ),
    "a bureau that is not settled is left out": (
        [*counties(10), report("doubt", None, figure(7), division_code=JINGHE, doubts=("bureau",))],
        (1, 2, 4, 10, 10, 10),
    ),
    "a figure beyond all measure is left out": (
        [*counties(10), of(JINGHE, figure("9999999999999999999999999999"))],
        (1, 2, 4, 10, 10, 10),
    ),
}


def in_year(report_: Report, year: int) -> Report:
    """The same report about another year: cases stand side by side in one warehouse, each in a year of its own."""
    ends = [saying.fields.get("period_end") for saying in report_.sayings]
    sayings = [
        replace(saying, fields={**saying.fields, **({"period_end": end.replace(year=year)} if end else {})})
        for saying, end in zip(report_.sayings, ends, strict=True)
    ]
    return replace(report_, document_id=f"{report_.document_id}-{year}", year=year, sayings=tuple(sayings))


FIRST = 2013  # from then on the prefecture has its four counties


@pytest.fixture(scope="module")
def sums(tmp_path_factory: pytest.TempPathFactory) -> Home:
    cases = enumerate((reports for reports, _ in SUMS.values()), start=FIRST)
    return home_with(tmp_path_factory.mktemp("sums"), *(in_year(one, year) for year, case in cases for one in case))


@pytest.mark.parametrize("name", SUMS)
def test_the_sum_of_the_counties_of_a_prefecture(name: str, sums: Home) -> None:
    year = FIRST + list(SUMS).index(name)
    where = f"parent_code = '{BORTALA}' AND metric = '{HTE}' AND year = {year}"
    assert totals(sums, where=where) == [SUMS[name][1]]


def test_what_is_left_out_is_counted_and_explained(tmp_path: Path) -> None:
    home = home_with(
        tmp_path, *counties(10), of(JINGHE, figure(7, period_end=date(2024, 6, 30))), of(WENQUAN, more_than(3))
    )
    assert totals(home, "exact, left_out, at_least, sum_of_exact", f"parent_code = '{BORTALA}'") == [(1, 1, 13, 10)]
    reasons = run_query(
        home, "SELECT division, left_out, fact_id IS NOT NULL FROM division_figure WHERE state = 'left_out'"
    ).rows
    assert reasons == [("精河县", "part_year", True)]


def test_rates_and_ranks_are_never_summed(tmp_path: Path) -> None:
    growth = figure(18, "18%", measure="growth")
    home = home_with(
        tmp_path, of(BOLE, figure(95, "95%", metric=RATE), growth), of(JINGHE, figure(90, "90%", metric=RATE))
    )
    assert totals(home) == []


class TestDivisionsByYear:
    @pytest.mark.parametrize(("year", "existing"), [(2011, 3), (2012, 4), (2024, 4)])
    def test_a_county_counts_from_the_year_that_it_was_made(self, tmp_path: Path, year: int, existing: int) -> None:
        home = home_with(tmp_path, of(BOLE, figure(5), year=year))
        assert totals(home, "year, existing", f"parent_code = '{BORTALA}'") == [(year, existing)]

    @pytest.mark.parametrize(("year", "expected"), [(2009, (1, 1, 18)), (2010, None)])
    def test_an_abolished_district_counts_in_its_years(
        self, tmp_path: Path, year: int, expected: tuple[int, ...] | None
    ) -> None:
        home = home_with(tmp_path, of("110103", figure(5), year=year))
        assert totals(home, "reporting, published, existing", "parent_code = '110000'") == (
            [expected] if expected else []
        )

    def test_a_county_that_became_a_district_is_known_under_both_codes(self, tmp_path: Path) -> None:
        later = of("110118", figure(9), figure(7, year=2013))
        home = home_with(tmp_path, later, of("110117", figure(1, year=2013)))
        assert totals(home, "year, value, existing", "parent_code = '110000'") == [(2013, 8, 16), (2024, 9, 16)]
        found = run_query(
            home, "SELECT division_code, division FROM division_figure WHERE year = 2013 ORDER BY ALL"
        ).rows
        assert found == [("110117", "平谷区"), ("110228", "密云县")]

    @pytest.mark.parametrize(
        ("code", "successor"),
        [("632126", "630223"), ("110228", "110118"), ("110103", None), ("142200", "140900"), (BOLE, None)],
        ids=["another prefecture", "another ending", "merged", "prefecture that became a city", "in force"],
    )
    def test_where_a_place_goes_on(self, tmp_path: Path, code: str, successor: str | None) -> None:
        home = home_with(tmp_path, of(BOLE, figure(1)))
        sql = "SELECT arg_max(successor, valid_from) FROM division_shown WHERE division_code = $code"
        assert run_query(home, sql, {"code": code}).rows == [(successor,)]


class TestLevels:
    def test_districts_stand_right_below_a_municipality(self, tmp_path: Path) -> None:
        home = home_with(tmp_path, of("110105", figure(5)), of("110108", figure(6)))
        assert totals(home, "parent, child_level, value, reporting, existing, whole") == [
            ("北京市", "county", 11, 2, 16, True)
        ]

    def test_prefectures_and_counties_right_below_a_province_are_added_up_together_too(self, tmp_path: Path) -> None:
        jiyuan, luoyang, yima = of("419001", figure(4)), of("410300", figure(100)), of("411281", figure(3))
        home = home_with(tmp_path, jiyuan, luoyang, yima)
        assert totals(home, "parent, child_level, value, reporting, existing, whole") == [
            ("河南省", "county", 7, 2, 157, True),
            ("河南省", "prefecture", 100, 1, 17, False),
            ("河南省", "right_below", 104, 2, 18, True),
            ("三门峡市", "county", 3, 1, 6, True),
        ]

    def test_cities_of_the_corps_stand_right_below_their_region(self, tmp_path: Path) -> None:
        home = home_with(tmp_path, of("659003", figure(2)), of("650100", figure(50)))
        assert totals(home, "child_level, value", "parent_code = '650000'") == [
            ("county", 2),
            ("prefecture", 50),
            ("right_below", 52),
        ]

    def test_cities_without_counties_leave_a_gap_at_the_level_of_counties(self, tmp_path: Path) -> None:
        home = home_with(tmp_path, of("440103", figure(2)))
        assert totals(home, "child_level, whole", "parent_code = '440000'") == [("county", False)]

    def test_a_prefecture_is_no_part_of_itself(self, tmp_path: Path) -> None:
        home = home_with(tmp_path, of(BORTALA, figure(50)))
        assert totals(home, "parent_code") == [("650000",), ("650000",)]


# counties, the prefecture's own figure → difference, admitted, a finding
BESIDE: dict[str, tuple[tuple[Any, ...], Any, tuple[Any, ...], bool]] = {
    "equal": ((10, 20, 30, 40), figure(100), (0, True), False),
    "all report and fall short": ((10, 20, 30, 40), figure(120), (20, False), True),
    "all report and exceed": ((10, 20, 30, 40), figure(90), (-10, False), True),
    "some report and fall short": ((10, 20, 30), figure(120), (60, True), False),
    "some report and exceed already": ((10, 20, 30), figure(50), (-10, False), True),
    "bounds admit": ((10, 20, 30, more_than(40)), figure(120), (None, True), False),
    "bounds exclude": ((10, 20, 30, more_than(40)), figure(90), (None, False), True),
    "not bounded below is not below zero": ((10, 20, nearly(30)), figure(29), (None, False), True),
    "the prefecture's bounds admit": ((10, 20, 30, 40), more_than(99), (None, True), False),
    "the prefecture's bounds exclude": ((10, 20, 30, 40), more_than(110), (None, False), True),
    "rounding explains it": ((4000, 4000, 3000, 980), figure(12000, "1.2万家"), (20, True), False),
    "rounding does not explain it": ((4000, 4000, 2000, 980), figure(12000, "1.2万家"), (1020, False), True),
    "nothing to compare": ((10, 20), figure(5, metric=SME), (None, None), False),
}


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Home:
    cases = enumerate(([*counties(*figures), of(BORTALA, own)] for figures, own, *_ in BESIDE.values()), start=FIRST)
    reports = [in_year(one, year) for year, case in cases for one in case]
    return home_with(tmp_path_factory.mktemp("beside"), *reports, audited=True)


@pytest.mark.parametrize("name", BESIDE)
def test_a_sum_stands_beside_the_figure_of_the_parent(name: str, beside: Home) -> None:
    _, _, expected, is_found = BESIDE[name]
    year = FIRST + list(BESIDE).index(name)
    where = f"parent_code = '{BORTALA}' AND metric = '{HTE}' AND year = {year}"
    assert totals(beside, "difference, admitted", where) == [expected]
    sql = f"SELECT severity FROM audit_finding WHERE check_name = 'regional_total_differs' AND year = {year}"
    assert run_query(beside, sql).rows == ([("warning",)] if is_found else [])


def test_a_finding_names_the_terms_and_questions_the_parents_figure(tmp_path: Path) -> None:
    reports = [*counties(30, more_than(20), 10), of(BORTALA, figure(50))]
    home = home_with(tmp_path, *reports, audited=True)
    columns = "document_id, figure, other_figure, message"
    found = run_query(home, f"SELECT {columns} FROM audit_finding WHERE check_name = 'regional_total_differs'").rows
    assert found == [
        (
            f"{BORTALA}-科技局-2024",
            "50 家",
            "博乐市 30 + 阿拉山口市 more_than 20 + 精河县 10 = 60.. 家",
            f"The sum over 3 of 4 divisions (county) of {NAME} exceeds the figure of {NAME} for {HTE} of 2024.",
        )
    ]


def test_a_level_that_is_a_part_of_the_province_is_not_held_against_it(tmp_path: Path) -> None:
    provinces_own = of("460000", figure(100))
    cities = [of(code, figure(10)) for code in ("460100", "460200", "460300", "460400")]
    home = home_with(tmp_path, provinces_own, *cities, audited=True)
    rows = totals(home, "child_level, whole, reporting = existing, admitted")
    assert rows == [("prefecture", False, True, True), ("right_below", True, False, True)]
    assert run_query(home, "FROM audit_finding WHERE check_name = 'regional_total_differs'").rows == []


class TestFromRunToRun:
    def test_loading_the_same_again_changes_nothing(self, tmp_path: Path) -> None:
        home, batch = Home.at(tmp_path / "home"), stage(tmp_path / "a", *counties(10, 20))
        assert run(home, batch).loaded.divisions_changed > 7000
        again = run(home, batch)
        assert (again.loaded.divisions_changed, again.publication.published) == (0, False)

    def test_an_earlier_state_has_its_own_sums(self, tmp_path: Path) -> None:
        home = home_with(tmp_path, *counties(10, 20))
        run(home, stage(tmp_path / "b", of(BOLE, figure(15)), of(WENQUAN, figure(1))))
        where = f"parent_code = '{BORTALA}'"
        assert [totals(home, "value, reporting", where, as_of=as_of) for as_of in (1, 2)] == [[(30, 2)], [(36, 3)]]

    def test_other_lists_close_what_they_no_longer_say(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        home = home_with(tmp_path, *counties(10, 20))
        lists = [row for row in json.loads(loading._divisions_json()) if row["division_code"] != WENQUAN]
        monkeypatch.setattr(loading, "_divisions_json", lambda: json.dumps(lists))
        done = run(home, stage(tmp_path / "b", *counties(10, 20)))
        assert (done.loaded.divisions_changed, done.publication.published) == (1, True)
        where = f"parent_code = '{BORTALA}'"
        assert [totals(home, "value, existing", where, as_of=as_of) for as_of in (1, 2)] == [[(30, 4)], [(30, 3)]]

    def test_a_warehouse_from_before_has_sums_of_its_earlier_runs_too(self, tmp_path: Path) -> None:
        home, batch = Home.at(tmp_path / "home"), stage(tmp_path / "a", *counties(10, 20))
        run(home, batch)
        with duckdb.connect(str(home.published.resolve())) as connection:
            connection.execute("DELETE FROM schema_migration WHERE name = 'schema/016_dim_division'")
            connection.execute("DROP TABLE dim_division")
        run(home, batch)
        assert [totals(home, "value", as_of=as_of) for as_of in (1, 2, None)] == [totals(home, "value")] * 3
        assert totals(home, "value")
