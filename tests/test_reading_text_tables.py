"""Tables among the lines of a plain text: rows of cells between tabs or upright strokes; the text stays as it is."""

import pytest

from bureau_metrics.extraction import extract_document
from bureau_metrics.identity import identify
from bureau_metrics.reading import document_from_bytes
from bureau_metrics.text_layout import NO_LAYOUT

TITLE = "嵩县科学技术局2024年工作总结\n\n"
AFTER = "\n全年召开党组会议24次。\n"


def read(rows: str, encoding: str = "utf-8"):
    return document_from_bytes((TITLE + rows + AFTER).encode(encoding), name="report.txt", document_id="report")


def facts(rows: str):
    document = read(rows)
    found = extract_document(document, identify(document)).facts
    return [(document.text[fact.start : fact.end], fact.metric, fact.year, fact.row, fact.column) for fact in found]


MEETINGS = ("24次", "party_group_meetings", 2024, None, None)
ROWS = [
    (
        "tabs, a column a year",
        "指标\t单位\t2024年\t2023年\n高新技术企业\t家\t35\t30\n",
        [("35", "high_tech_enterprises", 2024, 2, 3), ("30", "high_tech_enterprises", 2023, 2, 4)],
    ),
    (
        "strokes, the unit in the line above",
        "单位：件\n类别 | 数量\n行政处罚 | 12\n行政许可 | 30\n",
        [("12", "administrative_penalty_cases", 2024, 2, 2), ("30", "licences_granted", 2024, 3, 2)],
    ),
    (
        "outer strokes and an empty cell",
        "| 类别 | 数量（件） | 备注 |\n| 行政处罚 | 12 |  |\n",
        [("12", "administrative_penalty_cases", 2024, 2, 2)],
    ),
    ("full-width strokes", "类别｜数量（件）\n行政处罚｜12\n", [("12", "administrative_penalty_cases", 2024, 2, 2)]),
]


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
def test_rows_of_cells_are_a_table(rows, expected):
    assert facts(rows) == [*expected, MEETINGS]


def test_the_text_and_its_offsets_stay():
    rows = "指标\t单位\t2024年\r\n高新技术企业\t家\t35\r\n".replace("\r", "")
    document = read(rows, "gb18030")
    assert document.text == TITLE + rows + AFTER
    (table,) = document.layout.tables
    assert document.text[table.start : table.end] == rows


NO_TABLES = [
    ("sentences behind a tab", "\t办理行政处罚12件。\n\t办理行政许可30件。\n"),
    ("one line", "行政处罚 | 12\n"),
    ("no heading", "行政处罚 | 12\n行政许可 | 30\n"),
    ("no figures", "首页 | 新闻 | 公开\n联系 | 地图 | 帮助\n"),
    ("statements", "来源：县水利局 | 日期：2025-01-16\n编辑：张三 | 浏览：123\n"),
    ("rows of different lengths", "类别 | 数量\n行政处罚 | 12 | 7\n"),
    ("a list of contents", "一、主要成效\t1\n二、工作打算\t5\n"),
]


@pytest.mark.parametrize("rows", [case[1] for case in NO_TABLES], ids=[case[0] for case in NO_TABLES])
def test_other_lines_are_no_table(rows):
    assert read(rows).layout is NO_LAYOUT
