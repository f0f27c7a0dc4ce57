"""Markdown → blocks: marks go, figures stay."""

import pytest

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Paragraph, table_of
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.markdown import blocks_of_markdown, is_markdown


def blocks(text: str):
    return blocks_of_markdown(text, Budget(ReadingLimits()))


HEADINGS = [
    ("# 工作总结\n", [Paragraph("工作总结", 1)]),
    ("### 一、主要成效 ###\n", [Paragraph("一、主要成效", 3)]),
    ("工作总结\n====\n", [Paragraph("工作总结", 1)]),
    ("主要成效\n----\n", [Paragraph("主要成效", 2)]),
    ("# **工作**总结\n新建水库3座。\n", [Paragraph("工作总结", 1), Paragraph("新建水库3座。")]),
    ("全年新建水库3座。\n---\n", [Paragraph("全年新建水库3座。")]),
    ("#水库\n", [Paragraph("#水库")]),
]


@pytest.mark.parametrize(("text", "expected"), HEADINGS)
def test_headings_have_levels(text, expected):
    assert blocks(text) == expected


INLINE = [
    ("完成投资**1.2亿元**，增长__8%__。", "完成投资1.2亿元，增长8%。"),
    ("**“放管服”改革**深入推进，*12项*事项下放。", "“放管服”改革深入推进，12项事项下放。"),
    ("推进**“一件事”**改革**15**项。", "推进“一件事”改革15项。"),
    ("面积3*4*5米，2**3为8。", "面积3*4*5米，2**3为8。"),
    ("容积 3 * 4 立方米，变量a_b_c。", "容积 3 * 4 立方米，变量a_b_c。"),
    ("详见[年报](http://example.org/2024.html)第3页。", "详见年报第3页。"),
    ("![图1](a.png)新建水库3座。", "新建水库3座。"),
    ("~3座~ `代码12` 结束。", "~3座~ 代码12 结束。"),
    ("新建水库<b>3</b>座&nbsp;。<!-- 12 -->", "新建水库3座\xa0。"),
    (r"编号\#3，星号\*。", "编号#3，星号*。"),
    ("完成投资\n1.2亿元，全年新建\n水库3座。", "完成投资1.2亿元，全年新建水库3座。"),
    ("GDP growth\nrate 5%", "GDP growth rate 5%"),
    ("新建水库3座。\n治理河道12公里。", "新建水库3座。\n治理河道12公里。"),
    ("（一）水库建设\n全年新建3座。", "（一）水库建设\n全年新建3座。"),
    ("水库3座  \n河道12公里", "水库3座\n河道12公里"),
    ("水库3座<br>河道12公里", "水库3座\n河道12公里"),
    ("> 引文12条。", "引文12条。"),
]


@pytest.mark.parametrize(("text", "expected"), INLINE)
def test_marks_go_and_figures_stay(text, expected):
    assert blocks(text) == [Paragraph(expected)]


def test_bullets_go_and_numbers_stay():
    text = "- 水库3座\n* 河道12公里\n+ 投资1亿元\n\n1. 防汛\n2. 抗旱\n   - 打井5口\n\n3) 供水\n"
    assert [block.text for block in blocks(text)] == [
        "水库3座",
        "河道12公里",
        "投资1亿元",
        "1. 防汛",
        "2. 抗旱",
        "打井5口",
        "3) 供水",
    ]


def test_a_table_with_pipes():
    text = "表1\n\n| 指标 | **2024年** |\n|:---|---:|\n| 水库 | 3<br>座 |\n| 河道 |\n"
    assert blocks(text) == [Paragraph("表1"), table_of([["指标", "2024年"], ["水库", "3 座"], ["河道", ""]])]


def test_code_and_markup_keep_their_text():
    text = "# 附\n\n```\n水库 3\n河道 **12**\n```\n\n    缩进 5\n\n<div>投资1亿元</div>\n\n***\n"
    assert [block.text for block in blocks(text)] == ["附", "水库 3\n河道 **12**", "缩进 5", "投资1亿元"]


IS_MARKDOWN = [
    ("# 工作总结\n", True),
    ("前言\n\n## 一、成效\n", True),
    ("| 指标 | 数 |\n|---|---|\n| 水库 | 3 |\n", True),
    ("指标 | 数\n--- | ---\n水库 | 3\n", True),
    ("2024年工作总结\n全年新建水库3座。\n", False),
    ("#1机组发电\n", False),
    ("水库 | 河道\n3 | 12\n", False),
    ("| --- |\n水库3座\n", False),
    ("水库 | 河道\n-----\n", False),
    ("- 水库3座\n- 河道12公里\n", False),
    ("3*4*5，**重点**。\n-----\n", False),
    ("工作总结 # 终稿\n", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), IS_MARKDOWN)
def test_plain_text_is_not_taken_for_markdown(text, expected):
    assert is_markdown(text) is expected


HOSTILE = [
    "[" * 40_000,
    "*a " * 20_000,
    "> " * 20_000,
    "`" * 20_000,
    "![" * 15_000,
    "|a\n" * 10_000,
    "\x00# \x0b",
    "<" * 40_000,
    "-|" * 50_000 + "x",
    " " * 50_000 + "x",
    "<!--" * 50_000,
    "水<!--" * 2_000,
    "<p " * 50_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:3].strip() + "…" for text in HOSTILE])
def test_hostile_text_is_read_all_the_same(text):
    assert isinstance(blocks(text), list)
    assert is_markdown(text + "\n# 总结")


def test_a_long_text_is_read_in_parts_without_loss():
    paragraph = "全年新建**水库**3座，治理河道12公里。"
    text = "# 总结\n\n" + f"{paragraph}\n\n" * 20_000
    found = blocks(text)
    assert found[0] == Paragraph("总结", 1)
    assert found[1:] == [Paragraph(paragraph.replace("*", ""))] * 20_000


def test_the_clock_is_looked_at_between_paragraphs():
    ticks = iter(range(10_000))
    budget = Budget(ReadingLimits(clock=lambda: float(next(ticks)), seconds=5))
    with pytest.raises(UnreadableDocument) as caught:
        blocks_of_markdown("# 标题\n\n" + "新建水库3座。\n\n" * 50, budget)
    assert caught.value.reason == RejectionReason.TOO_SLOW
