"""Structure: what a section speaks of by its heading, the heading path, and where sentences begin and end."""

from itertools import pairwise

import pytest

from bureau_metrics.numerals import fold
from bureau_metrics.structure import Section, SectionKind, structure

REPORT_YEAR = 2024


def section_of(text: str, words: str) -> Section:
    """Return the section that holds the words, in a report about 2024."""
    folded = fold(text)
    return structure(folded, REPORT_YEAR).section_at(folded.index(fold(words)))


KINDS = {
    "results": [
        "一、2024年工作开展情况",
        "一、主要做法和成效",
        "一、依法履行职责情况",
        "（一）深入学习贯彻新思想",
        "1.加强组织领导",
        # a word of plans inside a heading that looks back
        "一、年度工作计划落实情况",
        "二、重点任务完成情况",
        "一、2024年主要工作回顾",
    ],
    "plans": [
        "三、下一步工作打算",
        "四、2025年工作计划",
        "四、2025年重点工作",
        "三、明年工作思路",
        "五、下步工作安排",
        "三、今后努力方向",
        "（三）下一步改进措施",
    ],
    "shortcomings": [
        "二、存在的主要问题",
        "三、工作中的不足和困难",
        "二、存在问题及原因",
        "二、短板弱项",
        "（二）存在的不足",
    ],
    "mixed": [
        "三、存在的问题和下一步打算",
        "三、存在不足及2025年工作思路",
        "四、主要问题和改进措施",
    ],
}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [pytest.param(heading, kind, id=f"{kind}: {heading}") for kind, headings in KINDS.items() for heading in headings],
)
def test_a_heading_says_what_its_section_speaks_of(heading: str, kind: str) -> None:
    text = f"某市某局2024年法治政府建设情况报告\n{heading}\n组织培训3场。\n"
    assert section_of(text, "组织培训").kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            "全年培训3场。\n下一步工作打算\n组织培训3场。", "plans", id="a short line of its own, without a number"
        ),
        pytest.param("全年培训3场。\n存在问题\n组织培训3场。", "shortcomings", id="the same for shortcomings"),
        pytest.param("全年办案3件。下一步，我局将组织培训3场。", "plans", id="an opener in mid-paragraph"),
        pytest.param("一、成效。全年办案3件。二、下一步打算。组织培训3场。", "plans", id="a page without line breaks"),
        pytest.param("二、存在问题：法规不熟。三、下步计划：组织培训3场。", "plans", id="inline, behind a colon"),
        pytest.param("三、2025年工作计划\n（一）强化学习\n组织培训3场。", "plans", id="below a heading of plans"),
        pytest.param(
            "二、存在问题\n（一）学习不深\n组织培训3场。", "shortcomings", id="below a heading of shortcomings"
        ),
        pytest.param("二、问题和打算\n组织培训3场。", "results", id="neither word alone is a heading word"),
        pytest.param(
            "三、下步打算\n多学习。\n四、其他情况\n组织培训3场。", "results", id="the next heading ends plans"
        ),
        pytest.param("（二）推进年度工作计划\n组织培训3场。", "results", id="a plan as the topic of a lower heading"),
        pytest.param("一、2022年以来的工作\n组织培训3场。", "results", id="a heading with a year gone by"),
    ],
)
def test_kinds_without_a_plain_heading(text: str, kind: str) -> None:
    assert section_of(text, "组织培训").kind == kind


def test_the_heading_path_names_every_level_above() -> None:
    text = (
        "一、主要成效\n引言。\n（一）依法行政\n甲句。\n1.制度建设\n乙句。\n（1）公平竞争\n丙句。\n"
        "（二）行政执法\n丁句。\n二、下一步打算\n戊句。\n"
    )
    assert {word: section_of(text, word).path for word in ("引言", "甲句", "乙句", "丙句", "丁句", "戊句")} == {
        "引言": "一、主要成效",
        "甲句": "一、主要成效 / （一）依法行政",
        "乙句": "一、主要成效 / （一）依法行政 / 1.制度建设",
        "丙句": "一、主要成效 / （一）依法行政 / 1.制度建设 / （1）公平竞争",
        "丁句": "一、主要成效 / （二）行政执法",
        "戊句": "二、下一步打算",
    }


def test_a_text_without_headings_is_one_section_of_results() -> None:
    (section,) = structure("全年培训3场。", REPORT_YEAR).sections
    assert section == Section(0, 7, "", SectionKind.RESULTS, None)


def test_a_heading_hands_its_year_down() -> None:
    text = "三、2025年工作计划\n（一）强化学习\n组织培训3场。"
    assert section_of(text, "组织培训").year == 2025


def test_sections_follow_one_another_without_gaps() -> None:
    text = fold("标题\n一、成效\n办案3件。\n（一）执法\n检查5次。\n二、打算\n培训2场。\n")
    sections = structure(text, REPORT_YEAR).sections
    assert sections[0].start == 0
    assert sections[-1].end == len(text)
    assert all(before.end == after.start for before, after in pairwise(sections))


SENTENCES = [
    pytest.param("甲。乙。", ["甲。", "乙。"], id="full stops end sentences"),
    pytest.param("甲！乙？丙", ["甲！", "乙？", "丙"], id="so do exclamation and question marks"),
    pytest.param("甲，乙；丙。", ["甲，乙；丙。"], id="commas and semicolons do not"),
    pytest.param("标题\n  正文。\n", ["标题", "正文。"], id="a line end does, and white space belongs to none"),
    pytest.param("　　甲。\n\n　　乙。", ["甲。", "乙。"], id="full-width indents"),
    pytest.param("增长43.58%，达3.6万元。", ["增长43.58%，达3.6万元。"], id="a decimal point ends nothing"),
    pytest.param("", [], id="nothing"),
    pytest.param(" \n \n", [], id="only white space"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences_are_cut_at_their_ends(text: str, expected: list[str]) -> None:
    found = structure(fold(text), None).sentences
    assert [text[sentence.start : sentence.end] for sentence in found] == expected


def test_every_offset_of_a_sentence_leads_to_it() -> None:
    text = "办案3件。培训2场。"
    parts = structure(text, None)
    assert {parts.sentence_at(offset).start for offset in range(5)} == {0}
    assert {parts.sentence_at(offset).start for offset in range(5, 10)} == {5}


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("召开会议37次，", id="at a comma"),
        pytest.param("办案12件；", id="at a semicolon"),
        pytest.param("1234567", id="not inside a number, unless nothing else is there"),
        pytest.param("高新技术企业", id="anywhere, where there is no punctuation"),
    ],
)
def test_a_page_without_full_stops_is_cut_into_pieces(piece: str) -> None:
    text = piece * 1000
    found = structure(text, None).sentences
    assert "".join(text[sentence.start : sentence.end] for sentence in found) == text
    assert max(sentence.end - sentence.start for sentence in found) <= 800


def test_a_cut_keeps_numbers_whole() -> None:
    text = ("科" * 7 + "12345") * 200
    found = structure(text, None).sentences
    assert len(found) > 1
    assert all(text[sentence.start].isalpha() or text[sentence.start - 1].isalpha() for sentence in found[1:])
