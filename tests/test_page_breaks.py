"""Breaks that a page put into a text: they are closed for reading, and every offset stays where the text has it."""

import pytest
from stated_facts import Stated, found, read, said

from bureau_metrics.models import Disposition
from bureau_metrics.numerals import fold
from bureau_metrics.page_breaks import closed

BROKEN = [
    pytest.param(
        "检查危化企业\n286\n家次\n，整改隐患\n1,045\n处\n。",
        [said("286\n家次", "inspected_entities", value="286"), said("1,045\n处", "hazards_rectified", value="1045")],
        id="number and unit on lines of their own",
    ),
    pytest.param(
        "检查社会单位\n2,845家\n，督促消除隐患。",
        [said("2,845家", "inspected_entities", value="2845")],
        id="a number whose line ends behind its unit",
    ),
    pytest.param(
        "共有公职律师186名，其\n- 3 -\n中市直部门74名。",
        [said("186名", "public_lawyers"), said("74名", "public_lawyers", part_of="186名")],
        id="a page number inside a word",
    ),
    pytest.param(
        "局 党 组 约 谈 科 所 负 责 人 12 人 次。",
        [said("12 人 次", "admonition_talks", value="12", unit="人次")],
        id="blanks between the characters",
    ),
]
WHOLE = [
    pytest.param("主要成效\n12项任务全部完成，办结率100%。", id="a heading before a line that begins with a number"),
    pytest.param("工作总结\n2024年，召开党组会议12次。", id="a title before a year"),
    pytest.param("行政许可 行政处罚 行政检查", id="words set apart by blanks"),
    pytest.param("罚款\n没收\n警告\n", id="a list without numbers"),
]


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_a_broken_text_gives_the_facts_of_the_whole_one(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected


@pytest.mark.parametrize("text", WHOLE)
def test_a_line_that_ends_by_itself_is_left_alone(text: str) -> None:
    assert closed(fold(text)) is None


def test_a_page_number_is_furniture_of_the_ledger() -> None:
    entries = read("共有公职律师186名，其\n- 3 -\n中市直部门74名。").ledger
    assert [(entry.text, entry.disposition) for entry in entries] == [
        ("186", Disposition.FACT),
        ("3", Disposition.PAGE_FURNITURE),
        ("74", Disposition.FACT),
    ]


def test_offsets_are_those_of_the_canonical_text() -> None:
    text = "检查危化企业\n286\n家次\n，整改隐患\n1,045\n处\n。"
    for fact in read(text).facts:
        assert text[fact.start : fact.end] == fact.text
        assert text[fact.sentence_start : fact.sentence_end].startswith("检查")


def test_a_word_over_a_line_end_is_whole() -> None:
    text = "二、引才工作取得了新的进展，为企业办理外国人来华工\n作许可145 件。"
    expected = [said("145 件", "foreign_work_permits", value="145")]
    assert found(text, expected) == expected
