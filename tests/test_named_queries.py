"""What the named queries answer, on reports made by hand: regions, doubtful figures, growth, open labels, review."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import named_query, run_query

HTE, SME, LIT = "high_tech_enterprises", "tech_smes", "administrative_litigation_cases"
COUNTIES = ("652701", "652702", "652722")


def hte(text: str, value: object, **fields: object):
    return said(f"全市高新技术企业{text}。", text, HTE, value, **fields)


def open_figure(name: str):
    return said("建成法治长廊4处。", "4处", None, 4, label="法治长廊", unit="处", measure="stock", section=name)


PEERS = tuple(
    report(f"peer{number}", f"同级{number}局", hte(f"{value}家", value), division_code=f"44{number:02d}00")
    for number, value in enumerate((90, 100, 110, 120, 5000), start=1)
)
REPORTS = (
    report("one23", "甲局", hte("80家", 80), year=2023, division_code=COUNTIES[0]),
    report(
        "one24",
        "甲局",
        hte("100家", 100),
        hte("104家", 104),
        said("高新技术企业增长50%。", "50%", HTE, 50, measure="growth"),
        said("上半年科技型中小企业30家。", "30家", SME, 30, period_end=date(2024, 6, 30)),
        said("力争高新技术企业达到150家。", "150家", HTE, 150, status="planned", year=2025),
        said("不明之数7。", "7", None, 7, label="不明之数", confidence="low"),
        open_figure("甲"),
        division_code=COUNTIES[0],
    ),
    report(
        "two24",
        "乙局",
        hte("20余家", 20, lower=20, qualifier="more_than"),
        said("没有行政诉讼案件。", "行政诉讼案件", LIT, 0),
        open_figure("乙"),
        division_code=COUNTIES[1],
    ),
    report("three24", "丙局", said("行政诉讼2件。", "2件", LIT, 2), division_code=COUNTIES[2]),
    report("own24", "州局", hte("300家", 300), division_code="652700"),
    report("doubt", None, hte("5家", 5), division_code=None, doubts=("bureau", "division")),
    *PEERS,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("named")
    home = Home.at(folder / "home")
    run(home, stage(folder / "batch", *REPORTS), audited=True)
    return home


def answer(home: Home, name: str, columns: str, **parameters: object) -> list[tuple[object, ...]]:
    """The named columns of a named query's answer."""
    return run_query(home, named_query(name), parameters).chosen(columns.split()).rows


def test_regional_sums(home: Home) -> None:
    columns = "child_level value lower upper reporting published existing conflicting parent_value admitted"
    assert answer(home, "regional_sums", columns, metric=HTE, year=2024, parent="652700") == [
        ("county", None, 120, None, 2, 3, 4, 1, 300, True)
    ]
    assert answer(
        home, "regional_sums", "child_level", metric=HTE, year="2024", parent="650000", level="prefecture"
    ) == [("prefecture",)]


def test_regional_parts_shows_the_gaps(home: Home) -> None:
    columns = "division state value lower text"
    assert answer(home, "regional_parts", columns, metric=HTE, year=2024, parent="652700") == [
        ("阿拉山口市", "bounded", 20, 20, "20余家"),
        ("博乐市", "conflicting", None, 100, "100家"),
        ("精河县", "not_said", None, None, None),
        ("温泉县", "no_report", None, None, None),
    ]


def test_part_year_figures(home: Home) -> None:
    columns = "bureau metric period_end value stands_in_cell"
    assert answer(home, "part_year_figures", columns) == [("甲局", SME, date(2024, 6, 30), 30, True)]
    assert answer(home, "part_year_figures", columns, metric=HTE) == []


def test_conflicting_mentions(home: Home) -> None:
    columns = "bureau metric year figure other_figure other_sentence"
    assert answer(home, "conflicting_mentions", columns) == [
        ("甲局", HTE, 2024, "100 家", "104 家", "全市高新技术企业104家。")
    ]
    assert answer(home, "conflicting_mentions", columns, year=2023) == []


def test_growth_stated_against_computed(home: Home) -> None:
    columns = "bureau previous_level level computed_growth stated_growth agrees"
    assert answer(home, "growth_stated_against_computed", columns) == [("甲局", 80, 100, Decimal("25.00"), 50, False)]


def test_open_labels(home: Home) -> None:
    assert answer(home, "open_labels", "label bureaus example") == [("法治长廊", 2, "建成法治长廊4处。")]
    assert [row[0] for row in answer(home, "open_labels", "label", least=1)] == ["法治长廊", "不明之数"]


def test_coverage_by_family(home: Home) -> None:
    columns = "family bureaus bureaus_reporting metrics figures stated_zeros not_reported share_said"
    found = answer(home, "coverage_by_family", columns, year=2024)
    assert ("enforcement", 10, 2, 1, 1, 1, 8, Decimal("20.0")) in found


def test_outliers(home: Home) -> None:
    columns = "bureau value median bureaus times_median"
    assert answer(home, "outliers", columns, metric=HTE) == [("同级5局", 5000, 110, 7, Decimal("45.455"))]
    assert answer(home, "outliers", columns, times=100) == []
    assert answer(home, "outliers", columns, bureaus=50) == []


def test_documents_to_review(home: Home) -> None:
    columns = "document_id urgency identity unsure_figures"
    found = answer(home, "documents_to_review", columns)
    assert found[0] == ("doubt", 1, 1, 0)
    assert ("one24", 1) in [(document, unsure) for document, _, _, unsure in found]
    assert answer(home, "documents_to_review", "document_id", urgency=1) == [("doubt",)]


def test_findings(home: Home) -> None:
    columns = "check_name bureau figure"
    assert ("growth_against_levels", "甲局", "50 %") in answer(home, "findings", columns)
    assert {row[0] for row in answer(home, "findings", columns, check="growth_against_levels")} == {
        "growth_against_levels"
    }
    assert answer(home, "findings", columns, year=2019) == []


def test_the_sentences_behind_a_figure(home: Home) -> None:
    columns = "year status figure sentence"
    found = answer(home, "sentences", columns, bureau="甲局", metric=HTE)
    assert found[0] == (2025, "planned", "150 家", "力争高新技术企业达到150家。")
    assert [row[2] for row in found] == ["150 家", "100 家", "104 家", "50 %", "80 家"]
    assert len(answer(home, "sentences", columns, bureau="甲局", metric=HTE, year=2023)) == 1


def test_an_earlier_run_answers_as_it_was(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    run(home, stage(tmp_path / "a", *REPORTS))
    run(home, stage(tmp_path / "b", report("two24", "乙局", hte("7家", 7), division_code=COUNTIES[1])))
    arguments = {"metric": HTE, "year": 2024, "parent": "652700"}
    states = [
        run_query(home, named_query("regional_sums"), arguments, as_of=as_of).chosen(["lower", "upper"]).rows
        for as_of in (1, 2)
    ]
    assert states == [[(120, None)], [(107, 111)]]
