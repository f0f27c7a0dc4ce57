"""The exported files, byte for byte where it matters: order, blanks, bounds, formulas, numbers."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.exports import ExportError, cell_text, export_all
from bureau_metrics.models import FACT_FIELDS
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import WarehouseMissing


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


def exported(home: Home, tmp_path: Path, *reports) -> Path:
    run(home, stage(tmp_path / "batch", *reports))
    folder = tmp_path / "exports"
    export_all(home, folder)
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


ALPHA = report(
    "alpha",
    "甲市科学技术局",
    said("现有高新技术企业18家。", "18家", "high_tech_enterprises", 18),
    said("新认定高新技术企业5家。", "5家", "high_tech_enterprises", 5, measure="flow"),
    said("高新技术企业同比下降3.5%。", "3.5%", "high_tech_enterprises", "-3.5", measure="growth"),
    said("科技型中小企业1000余家。", "1000余家", "tech_smes", 1000, lower=1000, qualifier="more_than"),
    said("没有发生行政诉讼案件。", "行政诉讼案件", "administrative_litigation_cases", 0),
)
BETA = report(
    "beta",
    "乙市科学技术局",
    said("举办培训3—5场。", "3—5场", "training_sessions", None, lower=3, upper=5, qualifier="range"),
    said("投入研发经费21.7亿元。", "21.7亿元", "rnd_expenditure", "2170000000"),
    said("本局高新技术企业2家。", "2家", "high_tech_enterprises", 2, scope="bureau"),
    said("住宿类企业入库7家。", "7家", "tech_smes", 7, narrowed=True),
    said("上半年行政诉讼2件。", "2件", "administrative_litigation_cases", 2, period_end=date(2024, 6, 30)),
    said(
        "创新排名位居全省前三。", "前三", "innovation_ranking", None, upper=3, qualifier="at_most", relative_to="全省"
    ),
    division_code="650200",
)
SILENT = report("silent", "丙市科学技术局", division_code="650300", content=b"nothing")


def test_cross_bureau_has_one_row_a_bureau_and_year_and_one_column_a_metric(home: Home, tmp_path: Path) -> None:
    folder = exported(home, tmp_path, ALPHA, BETA, SILENT)
    header, *lines = (folder / "cross_bureau.csv").read_text(encoding="utf-8-sig").splitlines()
    assert header == (
        "bureau_id,bureau,division_code,division,year,"
        "administrative_litigation_cases,administrative_litigation_cases:bound,"
        "high_tech_enterprises,high_tech_enterprises@bureau,high_tech_enterprises:flow,high_tech_enterprises:growth,"
        "tech_smes,tech_smes:bound,rnd_expenditure,innovation_ranking,innovation_ranking:bound,"
        "training_sessions,training_sessions:bound"
    )
    assert lines == [
        "bureau-甲市科学技术局,甲市科学技术局,650100,某市,2024,0,,18,,5,-3.5,1000,more_than,,,,,",
        (
            "bureau-乙市科学技术局,乙市科学技术局,650200,某市,2024,2,part_year,,2,,,,parts_only,2170000000,,"
            "at_most ..3 relative_to=全省,,range 3..5"
        ),
        "bureau-丙市科学技术局,丙市科学技术局,650300,某市,2024,,,,,,,,,,,,,",
    ]


def test_observations_hold_every_field_of_every_fact_in_the_order_of_the_text(home: Home, tmp_path: Path) -> None:
    rows = table(exported(home, tmp_path, BETA, ALPHA) / "observations.csv")
    assert tuple(rows[0])[: len(FACT_FIELDS)] == FACT_FIELDS
    assert [row["document_id"] for row in rows] == ["alpha"] * 5 + ["beta"] * 6
    assert [int(row["start"]) for row in rows[:5]] == sorted(int(row["start"]) for row in rows[:5])
    first, fifth = rows[0], rows[4]
    assert (first["text"], first["value"], first["lower"], first["narrowed"]) == ("18家", "18", "", "false")
    assert (first["bureau"], first["division_code"], first["report_year"]) == ("甲市科学技术局", "650100", "2024")
    assert first["sentence"] == "现有高新技术企业18家。"
    assert (fifth["value"], fifth["period_start"], fifth["period_end"]) == ("0", "2024-01-01", "2024-12-31")


def test_files_begin_with_a_byte_order_mark_and_end_lines_with_a_line_feed(home: Home, tmp_path: Path) -> None:
    for path in exported(home, tmp_path, ALPHA).iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert data.endswith(b"\n")


def test_the_same_reports_give_the_same_bytes_in_whatever_order_they_were_loaded(tmp_path: Path) -> None:
    bytes_of = []
    for number, reports in enumerate(((ALPHA, BETA), (BETA, ALPHA))):
        folder = tmp_path / str(number)
        exported(Home.at(folder / "home"), folder, *reports)
        bytes_of.append({path.name: path.read_bytes() for path in (folder / "exports").iterdir()})
    assert bytes_of[0] == bytes_of[1]


def test_a_bureau_that_is_not_settled_has_its_own_row_and_printed_name(home: Home, tmp_path: Path) -> None:
    figure = said("高新技术企业9家。", "9家", "high_tech_enterprises", 9)
    unknown = [
        report(name, None, figure, division_code=None, bureau_id=f"unknown-{name}", doubts=("bureau",))
        for name in ("p", "q")
    ]
    rows = table(exported(home, tmp_path, *unknown) / "cross_bureau.csv")
    assert [(row["bureau_id"], row["bureau"], row["division_code"]) for row in rows] == [
        ("unknown-p", "市科技局", ""),
        ("unknown-q", "市科技局", ""),
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "true"),
        (Decimal("-3.5000000000"), "-3.5"),
        (Decimal("2170000000.0000000000"), "2170000000"),
        (Decimal(100), "100"),
        (Decimal("0E-10"), "0"),
        (Decimal("1E+9"), "1000000000"),
        (-7, "-7"),
        (date(2024, 6, 30), "2024-06-30"),
        ("高新技术企业", "高新技术企业"),
        ("1000余家", "1000余家"),
        ("=1+1", "'=1+1"),
        ("+86 10", "'+86 10"),
        ("-cmd|'/c calc'!A0", "'-cmd|'/c calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1家", "'－1家"),
        ("＠A1", "'＠A1"),
        ("\t=1", "'\t=1"),
        ("\rA", "'\rA"),
        (" =1+1", "' =1+1"),
        ("\ufeff=1+1", "'\ufeff=1+1"),
        ("　高新技术企业", "　高新技术企业"),
        ("", ""),
        ("-3", "-3"),
        ("-3%", "-3%"),
        ("-3-2", "'-3-2"),
    ],
)
def test_a_cell_is_a_number_or_harmless_text(value: object, expected: str) -> None:
    assert cell_text(value) == expected


def test_formulas_in_reports_reach_no_spreadsheet(home: Home, tmp_path: Path) -> None:
    evil = said("=HYPERLINK(1)企业3家。", "3家", None, 3, label="=HYPERLINK(1)企业", section="@标题")
    (row,) = table(exported(home, tmp_path, report("evil", "+甲市", evil)) / "observations.csv")
    assert row["label"] == "'=HYPERLINK(1)企业"
    assert row["section"] == "'@标题"
    assert row["sentence"] == "'=HYPERLINK(1)企业3家。"
    assert row["bureau"] == "'+甲市"


def test_a_folder_that_cannot_be_written_is_one_line_and_leaves_nothing_behind(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "batch", ALPHA))
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(ExportError, match=r"cannot write .*observations\.csv") as raised:
        export_all(home, blocked)
    assert "\n" not in str(raised.value)
    (tmp_path / "taken" / "observations.csv").mkdir(parents=True)
    with pytest.raises(ExportError):
        export_all(home, tmp_path / "taken")
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["observations.csv"]


def test_without_a_warehouse_the_message_says_how_to_make_one(home: Home, tmp_path: Path) -> None:
    with pytest.raises(WarehouseMissing, match="bureau-metrics run"):
        export_all(home, tmp_path / "exports")
