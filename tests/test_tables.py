"""Tables are read as tables: a row label, a column heading and a cell are a fact with the unit of the heading."""

from collections.abc import Sequence

import pytest

from bureau_metrics.extraction import extract_document
from bureau_metrics.identity import identify
from bureau_metrics.models import Disposition, Document, Extraction, plain_decimal
from bureau_metrics.reading.content import Block, Cell, Paragraph, Table, compose, table_of

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
