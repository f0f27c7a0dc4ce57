"""Words of time: the marks in a sentence, and through them the year and period of a fact."""

from datetime import date

import pytest

from bureau_metrics.extraction import extract_document, text_document
from bureau_metrics.identity import identify
from bureau_metrics.models import Fact, Identity
from bureau_metrics.numerals import fold
from bureau_metrics.periods import TimeMark, time_marks

REPORT_YEAR = 2024


def marks_of(text: str) -> list[TimeMark]:
    return time_marks(fold(text), 0, len(text), REPORT_YEAR)


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


# text, the year meant, first and last day of the stretch that is named
MARKS = [
    pytest.param("2024年办案", 2024, None, None, id="a year in digits"),
    pytest.param("2022年度办案", 2022, None, None, id="年度"),
    pytest.param("二〇二四年办案", 2024, None, None, id="a year in Chinese digits"),
    pytest.param("二零二三年办案", 2023, None, None, id="the same with 零"),
    pytest.param("今年办案", 2024, None, None, id="今年 is the report's year"),
    pytest.param("年内办案", 2024, None, None, id="年内"),
    pytest.param("2021年全年办案", 2021, None, None, id="全年 behind a year is that year's"),
    pytest.param("2021年，全年办案", 2021, None, None, id="the same behind a comma"),
    pytest.param("去年办案", 2023, None, None, id="去年"),
    pytest.param("上年办案", 2023, None, None, id="上年"),
    pytest.param("明年办案", 2025, None, None, id="明年"),
    pytest.param("上半年办案", 2024, "2024-01-01", "2024-06-30", id="上半年"),
    pytest.param("下半年办案", 2024, "2024-07-01", "2024-12-31", id="下半年"),
    pytest.param("2023年上半年办案", 2023, "2023-01-01", "2023-06-30", id="a half of another year"),
    pytest.param("前三季度办案", 2024, "2024-01-01", "2024-09-30", id="前三季度"),
    pytest.param("前两季度办案", 2024, "2024-01-01", "2024-06-30", id="前两季度"),
    pytest.param("第三季度办案", 2024, "2024-07-01", "2024-09-30", id="one quarter"),
    pytest.param("一季度办案", 2024, "2024-01-01", "2024-03-31", id="a quarter without 第"),
    pytest.param("1—9月办案", 2024, "2024-01-01", "2024-09-30", id="a span of months"),
    pytest.param("1-11月份办案", 2024, "2024-01-01", "2024-11-30", id="月份"),
    pytest.param("1月至6月办案", 2024, "2024-01-01", "2024-06-30", id="月 on both sides"),
    pytest.param("3月办案", 2024, "2024-03-01", "2024-03-31", id="one month"),
    pytest.param("2月份办案", 2024, "2024-02-01", "2024-02-29", id="a February of a leap year"),
    pytest.param("截至9月底办案", 2024, None, "2024-09-30", id="截至 has an end only"),
    pytest.param("截至12月初办案", 2024, None, "2024-12-10", id="月初 is the tenth"),
    pytest.param("截至11月中旬办案", 2024, None, "2024-11-20", id="中旬 is the twentieth"),
    pytest.param("截至2024年12月31日办案", 2024, None, "2024-12-31", id="a whole date"),
    pytest.param("截止2022年底办案", 2022, None, "2022-12-31", id="截止 and 年底"),
    pytest.param("截至去年底办案", 2023, None, "2023-12-31", id="去年底"),
    pytest.param("截至年末办案", 2024, None, "2024-12-31", id="年末 of the report's year"),
]


@pytest.mark.parametrize(("text", "year", "first", "last"), MARKS)
def test_a_word_of_time_names_a_stretch(text: str, year: int, first: str | None, last: str | None) -> None:
    (mark,) = marks_of(text)
    assert (mark.year, mark.period_start, mark.period_end) == (year, day(first), day(last))
    assert mark.as_of is text.startswith("截")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("较2023年增长5%", id="较 names a baseline"),
        pytest.param("比去年多5件", id="比"),
        pytest.param("与上年同期相比增加", id="与…相比"),
        pytest.param("上年结转27件", id="carried over into this year"),
        pytest.param("是2022年的1.6倍", id="a multiple's base"),
        pytest.param("百年大计", id="年 in a word"),
        pytest.param("青年干部", id="年 in a noun"),
    ],
)
def test_a_baseline_is_no_time_of_the_sentence(text: str) -> None:
    assert marks_of(text) == []


def test_a_title_names_no_time() -> None:
    text = "印发《2022年工作要点》3份"
    assert time_marks(text, 0, len(text), REPORT_YEAR, [(text.index("《"), text.index("》") + 1)]) == []


def test_without_a_report_year_nothing_is_guessed() -> None:
    (mark,) = time_marks("今年办案", 0, 4, None)
    assert mark.year is None
    assert time_marks("2022年办案", 0, 7, None)[0].year == 2022


def facts_of(text: str, published: date | None = date(2025, 3, 28)) -> list[Fact]:
    """Return the facts of a text out of a report about 2024 that was published in March 2025."""
    document = text_document(text)
    return list(extract_document(document, Identity("bureau", report_year=REPORT_YEAR, published=published)).facts)


# text, numeral of the fact, its year, period_start, period_end
PERIODS = [
    pytest.param(
        "召开党组会议37次。",
        "37次",
        2024,
        "2024-01-01",
        "2024-12-31",
        id="a flow without time: the report's whole year",
    ),
    pytest.param("2022年召开党组会议37次。", "37次", 2022, "2022-01-01", "2022-12-31", id="a year of its own"),
    pytest.param("二〇二三年召开党组会议37次。", "37次", 2023, "2023-01-01", "2023-12-31", id="in Chinese digits"),
    pytest.param("去年召开党组会议37次。", "37次", 2023, "2023-01-01", "2023-12-31", id="去年"),
    pytest.param("上半年召开党组会议19次。", "19次", 2024, "2024-01-01", "2024-06-30", id="上半年"),
    pytest.param("前三季度召开党组会议28次。", "28次", 2024, "2024-01-01", "2024-09-30", id="前三季度"),
    pytest.param("1—9月，召开党组会议28次。", "28次", 2024, "2024-01-01", "2024-09-30", id="a span of months"),
    pytest.param("6月召开党组会议3次。", "3次", 2024, "2024-06-01", "2024-06-30", id="one month"),
    pytest.param("截至9月底，召开党组会议28次。", "28次", 2024, "2024-01-01", "2024-09-30", id="截至9月底, a flow"),
    pytest.param("截至12月初，召开党组会议33次。", "33次", 2024, "2024-01-01", "2024-12-10", id="截至12月初"),
    pytest.param("截至目前，召开党组会议40次。", "40次", 2024, "2024-01-01", "2025-03-28", id="截至目前: published"),
    pytest.param(
        "自2021年以来，召开党组会议120次。", "120次", 2024, "2021-01-01", "2025-03-28", id="自2021年以来 runs up to now"
    ),
    pytest.param("十四五期间，召开党组会议120次。", "120次", 2024, "2021-01-01", "2025-03-28", id="a five-year plan"),
    pytest.param(
        "“十四五”期间，召开党组会议120次。",
        "120次",
        2024,
        "2021-01-01",
        "2025-03-28",
        id="a five-year plan in quotation marks",
    ),
    pytest.param(
        "一季度办理行政许可120件、二季度150件。",
        "120件",
        2024,
        "2024-01-01",
        "2024-03-31",
        id="the first of two quarters",
    ),
    pytest.param(
        "一季度办理行政许可120件、二季度150件。", "150件", 2024, "2024-04-01", "2024-06-30", id="the second quarter"
    ),
    pytest.param(
        "2021年至2024年，共培育高新技术企业60家。",
        "60家",
        2024,
        "2021-01-01",
        "2024-12-31",
        id="a span of years",
    ),
    pytest.param(
        "2023年10月至2024年9月，办理信访件86件。",
        "86件",
        2024,
        "2023-10-01",
        "2024-09-30",
        id="months of two years",
    ),
    pytest.param(
        "自2022年以来，办理信访件86件。", "86件", 2024, "2022-01-01", "2025-03-28", id="自…以来 with another year"
    ),
    pytest.param(
        "“十三五”期间，办理信访件86件。",
        "86件",
        2020,
        "2016-01-01",
        "2020-12-31",
        id="a plan gone by",
    ),
    pytest.param("2024年1月至6月，办理信访件86件。", "86件", 2024, "2024-01-01", "2024-06-30", id="months with a year"),
    pytest.param("截至2025年1月底，共有法律顾问5名。", "5名", 2025, None, "2025-01-31", id="a stock of the next year"),
    pytest.param(
        "召开党组会议12次，其中上半年5次、下半年7次。", "5次", 2024, "2024-01-01", "2024-06-30", id="a part's own time"
    ),
    pytest.param(
        "召开党组会议12次，其中上半年5次、下半年7次。", "7次", 2024, "2024-07-01", "2024-12-31", id="the other part's"
    ),
    # stocks: an as-of day in period_end, None where it is unsaid
    pytest.param("现有法律顾问4名。", "4名", 2024, None, None, id="a stock without a day"),
    pytest.param("截至9月底，共有法律顾问4名。", "4名", 2024, None, "2024-09-30", id="a stock at the end of September"),
    pytest.param("截至2023年底，共有法律顾问3名。", "3名", 2023, None, "2023-12-31", id="a stock of the year before"),
    pytest.param("截至目前，共有法律顾问4名。", "4名", 2024, None, "2025-03-28", id="a stock of now"),
    # one sentence, several years
    pytest.param(
        "2023年召开党组会议30次，2024年召开37次。", "30次", 2023, "2023-01-01", "2023-12-31", id="first of two"
    ),
    pytest.param(
        "2023年召开党组会议30次，2024年召开37次。", "37次", 2024, "2024-01-01", "2024-12-31", id="second of two"
    ),
    pytest.param(
        "2024年召开党组会议37次，较2023年增加5次。",
        "37次",
        2024,
        "2024-01-01",
        "2024-12-31",
        id="a baseline moves nothing",
    ),
    pytest.param(
        "受理行政许可申请86件（含上年结转27件）。",
        "27件",
        2024,
        "2024-01-01",
        "2024-12-31",
        id="carried over is this year's",
    ),
]


@pytest.mark.parametrize(("text", "numeral", "year", "first", "last"), PERIODS)
def test_a_fact_is_about_a_year_and_a_period(
    text: str, numeral: str, year: int, first: str | None, last: str | None
) -> None:
    (fact,) = (fact for fact in facts_of(text) if fact.text == numeral)
    assert (fact.year, fact.period_start, fact.period_end) == (year, day(first), day(last))


def test_now_is_unknown_where_nothing_says_when_the_report_was_published() -> None:
    (fact,) = facts_of("截至目前，共有法律顾问4名。", published=None)
    assert (fact.year, fact.period_end) == (2024, None)


def test_a_section_names_the_year_of_its_figures() -> None:
    text = "一、2023年工作回顾\n召开党组会议30次。\n二、2025年工作计划\n召开党组会议40次。\n"
    assert [(fact.text, fact.year, fact.status.value) for fact in facts_of(text)] == [
        ("30次", 2023, "actual"),
        ("40次", 2025, "planned"),
    ]


def test_the_report_year_is_read_from_the_text_itself() -> None:
    document = text_document("某市司法局2023年度法治政府建设情况报告\n一、主要成效\n召开党组会议30次。\n")
    (fact,) = extract_document(document, identify(document)).facts
    assert fact.year == 2023


def test_without_any_year_a_fact_has_none() -> None:
    document = text_document("召开党组会议30次。")
    (fact,) = extract_document(document, identify(document)).facts
    assert (fact.year, fact.period_start, fact.period_end) == (None, None, None)
