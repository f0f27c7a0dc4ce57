"""The exported files, byte for byte where it matters: order, blanks, bounds, formulas, numbers."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from staged_records import METRICS, report, run, said, stage

from bureau_metrics.exports import CsvStyle, ExportError, export_all, write_csv, write_csv_files
from bureau_metrics.models import FACT_FIELDS
from bureau_metrics.rendering import cell_text
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import WarehouseError, WarehouseMissing, open_for_export


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


def styled(home: Home, folder: Path, style: CsvStyle) -> dict[str, bytes]:
    with open_for_export(home) as connection:
        return {file.path.name: file.path.read_bytes() for file in write_csv_files(connection, folder, style=style)}


def test_the_long_table_has_a_row_a_figure_with_its_bounds_and_its_sentence(home: Home, tmp_path: Path) -> None:
    rows = table(exported(home, tmp_path, ALPHA, BETA, SILENT) / "cross_bureau_long.csv")
    assert [
        (row["bureau"], row["metric"], row["measure"], row["state"], row["value"], row["reading"]) for row in rows
    ] == [
        ("甲市科学技术局", "administrative_litigation_cases", "flow", "stated_zero", "0", ""),
        ("甲市科学技术局", "high_tech_enterprises", "flow", "value", "5", ""),
        ("甲市科学技术局", "high_tech_enterprises", "growth", "value", "-3.5", ""),
        ("甲市科学技术局", "high_tech_enterprises", "stock", "value", "18", ""),
        ("甲市科学技术局", "tech_smes", "stock", "value", "1000", "more_than"),
        ("乙市科学技术局", "administrative_litigation_cases", "flow", "value", "2", "part_year"),
        ("乙市科学技术局", "high_tech_enterprises", "stock", "value", "2", ""),
        ("乙市科学技术局", "tech_smes", "stock", "parts_only", "", "parts_only"),
        ("乙市科学技术局", "rnd_expenditure", "flow", "value", "2170000000", ""),
        ("乙市科学技术局", "innovation_ranking", "rank", "value", "", "at_most ..3 relative_to=全省"),
        ("乙市科学技术局", "training_sessions", "flow", "value", "", "range 3..5"),
    ]
    first = rows[4]
    assert (first["lower"], first["upper"], first["qualifier"], first["unit"]) == ("1000", "", "more_than", "家")
    assert (first["agreeing"], first["conflicting"], first["review"]) == ("1", "0", "")
    assert (first["document_id"], first["text"], first["sentence"]) == ("alpha", "1000余家", "科技型中小企业1000余家。")


def test_the_long_table_says_of_each_figure_what_the_wide_one_says(home: Home, tmp_path: Path) -> None:
    folder = exported(home, tmp_path, ALPHA, BETA, SILENT)
    wide = [
        (line["bureau_id"], line["year"], re.split("[:@]", column)[0], line[column], line.get(f"{column}:bound", ""))
        for line in table(folder / "cross_bureau.csv")
        for column in list(line)[5:]
        if not column.endswith(":bound") and (line[column] or line.get(f"{column}:bound"))
    ]
    columns = ("bureau_id", "year", "metric", "value", "reading")
    long = [tuple(row[column] for column in columns) for row in table(folder / "cross_bureau_long.csv")]
    assert sorted(wide) == sorted(long)


@pytest.mark.parametrize(
    ("style", "mark", "line_end"),
    [
        (CsvStyle(), b"\xef\xbb\xbf", b"\n"),
        (CsvStyle(newline="crlf"), b"\xef\xbb\xbf", b"\r\n"),
        (CsvStyle(newline="crlf", encoding="gb18030"), b"", b"\r\n"),
    ],
)
def test_line_ends_and_encoding_can_be_chosen(
    home: Home, tmp_path: Path, style: CsvStyle, mark: bytes, line_end: bytes
) -> None:
    plain = exported(home, tmp_path, ALPHA, BETA)
    for name, data in styled(home, tmp_path / "styled", style).items():
        assert data.startswith(b"\xef\xbb\xbf") is bool(mark)
        assert data.endswith(line_end)
        assert data.count(b"\r") == (data.count(b"\n") if line_end == b"\r\n" else 0)
        assert data.decode(style.encoding).replace("\r\n", "\n") == (plain / name).read_text(encoding="utf-8-sig")


def test_chinese_headers_stand_over_the_same_cells_and_no_two_are_alike(home: Home, tmp_path: Path) -> None:
    plain = exported(home, tmp_path, ALPHA, BETA)
    for name, data in styled(home, tmp_path / "styled", CsvStyle(header="zh")).items():
        header, *lines = data.decode("utf-8-sig").splitlines()
        codes, *same = (plain / name).read_text(encoding="utf-8-sig").splitlines()
        assert lines == same
        names = header.split(",")
        assert len(set(names)) == len(names) == len(codes.split(","))
        assert not [one for one in names if one.isascii()], name
    header = (tmp_path / "styled" / "cross_bureau.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.split(",")[:5] == ["单位代码", "单位", "行政区划代码", "行政区划", "年度"]
    assert "high_tech_enterprises(中文)·增速（%）,tech_smes(中文)（家）,tech_smes(中文)（家）·读法" in header


def test_two_metrics_of_one_chinese_name_have_their_codes_behind_it(home: Home, tmp_path: Path) -> None:
    class Alike(type(METRICS[0])):  # type: ignore[misc]
        name_zh = "企业数"

    alike = tuple(
        Alike(metric.id) if metric.id in ("high_tech_enterprises", "tech_smes") else metric for metric in METRICS
    )
    run(home, stage(tmp_path / "batch", ALPHA), metrics=alike)
    header = styled(home, tmp_path, CsvStyle(header="zh"))["cross_bureau.csv"].decode("utf-8-sig").splitlines()[0]
    assert "企业数（家）[high_tech_enterprises],企业数·当年量（家）" in header
    assert "企业数（家）[tech_smes],企业数（家）[tech_smes]·读法" in header


@pytest.mark.parametrize("name", ["=1+1", "＝A1", "+cmd", "@x", "\t=1", "-2+3"])
def test_headers_are_harmless_too(tmp_path: Path, name: str) -> None:
    write_csv(tmp_path / "a.csv", [name, "value"], [[name, Decimal(-3)]])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [[f"'{name}", "value"], [f"'{name}", "-3"]]


def test_a_warehouse_of_another_version_is_one_line_that_says_what_to_do(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "batch", ALPHA))
    with duckdb.connect(str(home.published.resolve())) as connection:
        connection.execute("DROP MACRO figure_reading")
    with pytest.raises(WarehouseError, match=r"another version .* bureau-metrics run SOURCE") as raised:
        export_all(home, tmp_path / "exports")
    assert "\n" not in str(raised.value)
