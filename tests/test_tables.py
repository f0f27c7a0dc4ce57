"""Tables are read as tables: a row label, a column heading and a cell are a fact with the unit of the heading."""

from collections.abc import Sequence

import pytest

from bureau_metrics.extraction import extract_document
from bureau_metrics.identity import identify
from bureau_metrics.models import Disposition, Document, Extraction, plain_decimal
from bureau_metrics.reading.content import Block, Cell, Paragraph, Table, compose, table_of

_SCIENCE = "fiscal_science_expenditure"
TITLE = Paragraph("嵩县科学技术局2024年工作总结", level=1)


def table(*rows: str) -> Table:
    return table_of([row.split("|") for row in rows])


def document(*blocks: Block) -> Document:
    text, layout = compose([TITLE, *blocks])
    return Document("report", "report.docx", text, "0" * 64, format="docx", layout=layout)


def read(*blocks: Block) -> Extraction:
    report = document(*blocks)
    return extract_document(report, identify(report))


def figures(extraction: Extraction) -> list[tuple[object, ...]]:
    return [
        (fact.row, fact.column, fact.metric, plain_decimal(fact.value), fact.unit, fact.measure.value, fact.year)
        for fact in extraction.facts
        if fact.value is not None
    ]


TABLES: list[tuple[str, Sequence[Block], list[tuple[object, ...]]]] = [
    (
        "the unit in the row's label",
        [table("项目|数量", "行政处罚（件）|27", "罚没金额（万元）|12.6")],
        [
            (2, 2, "administrative_penalty_cases", "27", "件", "flow", 2024),
            (3, 2, "fines_amount", "126000", "元", "flow", 2024),
        ],
    ),
    (
        "the unit in the column's heading",
        [table("单位|技术合同成交额（亿元）", "全县|12.5")],
        [(2, 2, "technology_contract_value", "1250000000", "元", "flow", 2024)],
    ),
    (
        "a column of units and a column a year",
        [table("指标|单位|2024年|2023年", "高新技术企业|家|35|30")],
        [
            (2, 3, "high_tech_enterprises", "35", "家", "stock", 2024),
            (2, 4, "high_tech_enterprises", "30", "家", "stock", 2023),
        ],
    ),
    (
        "the unit stated above the table",
        [Paragraph("表1 资金情况（单位：万元）"), table("项目|2024年", "技术合同成交额|300")],
        [(2, 2, "technology_contract_value", "3000000", "元", "flow", 2024)],
    ),
    (
        "growth in a column of its own",
        [table("指标|数量（家）|同比增长（%）", "高新技术企业|35|-3.5")],
        [
            (2, 2, "high_tech_enterprises", "35", "家", "stock", 2024),
            (2, 3, "high_tech_enterprises", "-3.5", "%", "growth", 2024),
        ],
    ),
    (
        "a stated zero",
        [table("项目|数量（件）", "行政强制|0")],
        [(2, 2, "administrative_compulsion_cases", "0", "件", "flow", 2024)],
    ),
    ("an empty cell and a dash are no zero", [table("项目|数量（件）", "行政强制|", "行政处罚|-", "行政许可|——")], []),
    (
        "the counter at the end of the heading",
        [table("信息内容|本年制发件数|现行有效件数", "行政规范性文件|3|12")],
        [
            (2, 2, "normative_documents_issued", "3", "件", "flow", 2024),
            (2, 3, "normative_documents_in_force", "12", "件", "stock", 2024),
        ],
    ),
    (
        "其中 in a heading is part of the column before",
        [table("区域|高新技术企业（家）|其中：新认定（家）", "城东区|35|5")],
        [
            (2, 2, "high_tech_enterprises", "35", "家", "stock", 2024),
            (2, 3, "high_tech_enterprises", "5", "家", "flow", 2024),
        ],
    ),
    (
        "a unit that looks like a figure",
        [table("指标|单位|全年累计", "粮食产量|万吨|12.5", "技术合同成交额|亿元|3")],
        [
            (2, 3, "grain_output", "125000", "吨", "flow", 2024),
            (3, 3, "technology_contract_value", "300000000", "元", "flow", 2024),
        ],
    ),
    (
        "a unit behind the figure",
        [table("高新技术企业|35|家", "技术合同成交额|2.5|亿元")],
        [
            (1, 2, "high_tech_enterprises", "35", "家", "stock", 2024),
            (2, 2, "technology_contract_value", "250000000", "元", "flow", 2024),
        ],
    ),
    (
        "labels and figures in turn",
        [table("项目|数量|项目|数量", "高新技术企业（家）|35|行政处罚（件）|12")],
        [
            (2, 2, "high_tech_enterprises", "35", "家", "stock", 2024),
            (2, 4, "administrative_penalty_cases", "12", "件", "flow", 2024),
        ],
    ),
    ("several figures of one label and no heading", [table("行政处罚|12|7|5", "行政许可|30|20|10")], []),
    (
        "a column of change in per cent, one in things",
        [table("指标|2024年|增减（%）|比上年增加", "高新技术企业（家）|35|16.7|5")],
        [
            (2, 2, "high_tech_enterprises", "35", "家", "stock", 2024),
            (2, 3, "high_tech_enterprises", "16.7", "%", "growth", 2024),
            (2, 4, "high_tech_enterprises", "5", "家", "change", 2024),
        ],
    ),
    (
        "a rank before the label",
        [table("排名|类别|数量", "1|行政处罚（件）|12")],
        [(2, 3, "administrative_penalty_cases", "12", "件", "flow", 2024)],
    ),
    (
        "a place in an order",
        [table("指标|2024年（%）|位次", "财政科技支出增速|5.6|3")],
        [(2, 2, _SCIENCE, "5.6", "%", "growth", 2024), (2, 3, _SCIENCE, "3", "位", "rank", 2024)],
    ),
    (
        "a sentence beside the figures, and rows below it",
        [table("项目|2024年|说明", "行政处罚（件）|12|开展专项执法，成效明显。", "高新技术企业（家）|35|")],
        [
            (2, 2, "administrative_penalty_cases", "12", "件", "flow", 2024),
            (3, 2, "high_tech_enterprises", "35", "家", "stock", 2024),
        ],
    ),
    (
        "the nation beside the county",
        [table("指标|全国|全县", "行政处罚（件）|5000|12")],
        [(2, 2, None, "5000", "件", "stock", 2024), (2, 3, "administrative_penalty_cases", "12", "件", "flow", 2024)],
    ),
    ("numbers of telephones", [table("单位|办公电话", "执法大队|66310000")], []),
    (
        "how many kinds of licence there are, and how many were granted",
        [table("信息内容|上一年项目数量|本年增/减|处理决定数量", "行政许可|12|+2|218")],
        [(2, 4, "licences_granted", "218", "件", "flow", 2024)],
    ),
    (
        "a second heading below the first rows",
        [
            Table(
                (
                    Cell("第二十条第（五）项", 1, 1, 1, 2),
                    Cell("信息内容", 2, 1),
                    Cell("本年处理决定数量", 2, 2),
                    Cell("行政许可", 3, 1),
                    Cell("218", 3, 2),
                    Cell("第二十条第（六）项", 4, 1, 1, 2),
                    Cell("信息内容", 5, 1),
                    Cell("本年处理决定数量", 5, 2),
                    Cell("行政处罚", 6, 1),
                    Cell("56", 6, 2),
                )
            )
        ],
        [
            (3, 2, "licences_granted", "218", "件", "flow", 2024),
            (6, 2, "administrative_penalty_cases", "56", "件", "flow", 2024),
        ],
    ),
]


@pytest.mark.parametrize(("blocks", "expected"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES])
def test_a_cell_is_a_fact(blocks: Sequence[Block], expected: list[tuple[object, ...]]) -> None:
    assert figures(read(*blocks)) == expected


def test_a_fact_stands_on_its_cell_and_in_its_row() -> None:
    report = document(table("指标|单位|2024年", "高新技术企业|家|35"))
    (fact,) = extract_document(report, identify(report)).facts
    assert report.text[fact.start : fact.end] == "35"
    assert report.text[fact.sentence_start : fact.sentence_end] == "高新技术企业 | 家 | 35"
    assert (fact.confidence.value, fact.rule) == ("medium", "table_cell")


def test_rows_of_places_are_narrowed_parts_of_their_total() -> None:
    extraction = read(table("序号|区域|高新技术企业（家）", "1|城东区|35", "2|城西区|12", "3|合计|47"))
    east, west, total = extraction.facts
    assert [(fact.narrowed, fact.part_of) for fact in (east, west, total)] == [
        (True, total.start),
        (True, total.start),
        (False, None),
    ]


RELATED = [
    ("against the year before", "比上年增长（%）", "上年", "15", "%"),
    ("against a year that is named", "比2023年增长（%）", "2023年", "15", "%"),
    ("against what is not said", "同比增长（%）", None, "15", "%"),
    ("in things", "比上年增减", "上年", "15", "家"),
]


@pytest.mark.parametrize(
    ("heading", "relative_to", "value", "unit"), [row[1:] for row in RELATED], ids=[row[0] for row in RELATED]
)
def test_a_column_of_change_says_of_what_and_against_what(
    heading: str, relative_to: str | None, value: str, unit: str
) -> None:
    facts = read(table(f"指标|2024年（家）|{heading}", "高新技术企业|46|15")).facts
    level, change = facts
    assert (plain_decimal(change.value), change.unit, change.of, change.relative_to, change.year) == (
        value,
        unit,
        level.start,
        relative_to,
        2024,
    )


def test_a_row_that_says_among_them_is_a_part_of_the_row_it_goes_back_to() -> None:
    facts = read(table("指标|单位|数量", "社会组织|个|1643", "其中：社会团体|个|702", "养老机构|家|112")).facts
    assert [(fact.value, fact.part_of) for fact in facts] == [(1643, None), (702, facts[0].start), (112, None)]


def test_the_numbers_of_rows_count_nothing() -> None:
    extraction = read(table("序号|区域|高新技术企业（家）", "1|城东区|35", "2|城西区|12"))
    numbers = [entry for entry in extraction.ledger if entry.disposition is Disposition.ENUMERATOR]
    assert [entry.text for entry in numbers] == ["1", "2"]


def test_a_sentence_and_a_cell_of_the_same_words_are_two_facts() -> None:
    extraction = read(Paragraph("高新技术企业35家。"), table("项目|数量（家）", "高新技术企业|35"))
    assert len({fact.fact_id for fact in extraction.facts}) == 2


def test_a_cell_with_a_sentence_is_prose_with_a_row_and_a_column() -> None:
    extraction = read(table("内容|成效", "执法|全年办结行政处罚案件56件。"))
    (fact,) = extraction.facts
    assert (fact.metric, fact.row, fact.column, fact.rule) == (
        "administrative_penalty_cases",
        2,
        2,
        "number_after_noun",
    )


def test_pages_and_headings_of_the_format_reach_the_facts() -> None:
    report = document(
        Paragraph("工作成效", level=2, page=1),
        Paragraph("召开党组会议40次。", page=1),
        Paragraph("工作计划", level=2, page=2),
        Paragraph("召开党组会议50次。", page=2),
    )
    facts = extract_document(report, identify(report)).facts
    assert [(fact.section, fact.page, fact.status.value) for fact in facts] == [
        ("工作成效", 1, "actual"),
        ("工作计划", 2, "planned"),
    ]


def test_every_numeral_of_a_table_has_its_disposition() -> None:
    report = document(
        Paragraph("单位：万元"),
        table("序号|指标|单位|2024年", "1|技术合同成交额|亿元|12.5", "2|其他|—|-", "甲|乙|丙|7"),
    )
    ledger = extract_document(report, identify(report)).ledger
    assert {(entry.text, entry.disposition.value) for entry in ledger if entry.start > len(TITLE.text)} == {
        ("万", "lexical"),
        ("2024", "date"),
        ("1", "enumerator"),
        ("亿", "lexical"),
        ("12.5", "fact"),
        ("2", "enumerator"),
        ("7", "fact"),
    }


def test_the_year_of_a_row_narrows_nothing() -> None:
    extraction = read(table("年份|高新技术企业（家）", "2023年|30", "2024年|35"))
    assert [(fact.year, fact.narrowed) for fact in extraction.facts] == [(2023, False), (2024, False)]


def test_months_add_up_to_the_year() -> None:
    first, _, whole = read(table("月份|行政处罚（件）", "1月|5", "2月|6", "全年|11")).facts
    assert (first.period_end.isoformat() if first.period_end else None, first.part_of) == ("2024-01-31", whole.start)


def test_a_total_is_that_of_the_rows_under_the_same_label() -> None:
    rows = [
        Cell("项目", 1, 1, 1, 2),
        Cell("件数（件）", 1, 3),
        Cell("新收投诉", 2, 1, 1, 2),
        Cell("9", 2, 3),
        Cell("办理结果", 3, 1, 3),
        Cell("调解", 3, 2),
        Cell("4", 3, 3),
        Cell("驳回", 4, 2),
        Cell("3", 4, 3),
        Cell("总计", 5, 2),
        Cell("7", 5, 3),
    ]
    new, settled, refused, total = read(Table(tuple(rows))).facts
    assert [fact.part_of for fact in (new, settled, refused, total)] == [None, total.start, total.start, None]


def test_a_row_with_a_word_of_parts_is_part_of_the_row_before_and_no_total() -> None:
    rows = ("项目|金额（万元）", "合计|50", "其中：中央资金|20", "省级资金|30")
    total, central, provincial = read(table(*rows)).facts
    assert [fact.part_of for fact in (total, central, provincial)] == [None, total.start, total.start]


def test_who_asked_and_how_it_ended_narrow_what_is_counted() -> None:
    rows = [
        Cell("行政复议", 1, 1, 1, 3),
        Cell("结果维持", 2, 1),
        Cell("结果纠正", 2, 2),
        Cell("总计", 2, 3),
        Cell("2", 3, 1),
        Cell("0", 3, 2),
        Cell("2", 3, 3),
    ]
    facts = read(Table(tuple(rows))).facts
    assert {fact.metric for fact in facts} == {"administrative_reconsideration_cases"}
    assert [fact.narrowed for fact in facts] == [True, True, False]


def test_what_is_carried_over_is_no_plan_and_not_all_of_the_year() -> None:
    rows = (
        "项目|自然人|总计",
        "本年新收政府信息公开申请数量|5|8",
        "上年结转政府信息公开申请数量|0|1",
        "结转下年度继续办理|2|2",
    )
    facts = read(table(*rows)).facts
    assert [fact.narrowed for fact in facts if fact.metric == "disclosure_requests"] == [True, False, True, True]
    assert {fact.status.value for fact in facts} == {"actual"}


def test_an_open_figure_is_named_by_its_row_and_its_column() -> None:
    facts = read(table("乡镇|桥梁数|得分", "城关镇|12|98.5")).facts
    assert [fact.label for fact in facts] == ["城关镇桥梁数", "城关镇得分"]


def test_one_month_is_no_whole_year() -> None:
    month, whole = read(table("项目|本月|累计", "行政处罚（件）|2|11")).facts
    assert (month.narrowed, whole.narrowed) == (True, False)


def test_a_row_whose_only_figure_is_its_number_stays_prose() -> None:
    report = document(table("序号|项目|成效", "1|执法|全年办结行政处罚案件56件。"))
    assert report.text.splitlines()[-3:] == ["1", "执法", "全年办结行政处罚案件56件。"]
