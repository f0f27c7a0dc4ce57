"""Tables as text: what counts as one, and its cells in rows and columns of the source."""

import pytest

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import table_of
from bureau_metrics.reading.delimited import blocks_of_delimited, is_delimited
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits


def blocks(text: str):
    return blocks_of_delimited(text, Budget(ReadingLimits()))


ROWS = [["指标", "2023年", "2024年"], ["新建水库（座）", "2", "3"], ["治理河道（公里）", "8.5", "12.5"]]

TABLES = [
    ("commas", "指标,2023年,2024年\n新建水库（座）,2,3\n治理河道（公里）,8.5,12.5\n", ROWS),
    ("tabs", "指标\t2023年\t2024年\n新建水库（座）\t2\t3\n治理河道（公里）\t8.5\t12.5", ROWS),
    ("semicolons", "指标;2023年;2024年\n新建水库（座）;2;3\n治理河道（公里）;8.5;12.5\n", ROWS),
    ("Windows line ends", "\r\n".join(",".join(row) for row in ROWS), ROWS),
    ("byte-order mark", "\ufeff" + "\n".join(",".join(row) for row in ROWS), ROWS),
    ("a delimiter that is declared", "sep=;\n" + "\n".join(";".join(row) for row in ROWS), ROWS),
    (
        "thousands in quotation marks",
        '项目,金额\n供水,"1,234.5"\n防汛,"2,000"\n',
        [["项目", "金额"], ["供水", "1,234.5"], ["防汛", "2,000"]],
    ),
    (
        "a comma, a quotation mark and a line end in cells",
        '项目,座数\n"甲,乙",1\n"""丙""\n库",2\n',
        [["项目", "座数"], ["甲,乙", "1"], ['"丙"\n库', "2"]],
    ),
    (
        "blank cells and dashes among the figures",
        "乡镇,水井\n城关镇,12\n车村镇,\n白河镇,—\n",
        [["乡镇", "水井"], ["城关镇", "12"], ["车村镇", ""], ["白河镇", "—"]],
    ),
    (
        "remarks with sentences",
        "乡镇,水井,备注\n城关镇,12,新打3口。\n车村镇,5,无变化。\n",
        [["乡镇", "水井", "备注"], ["城关镇", "12", "新打3口。"], ["车村镇", "5", "无变化。"]],
    ),
]


@pytest.mark.parametrize(("text", "rows"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES])
def test_a_table_is_read_cell_by_cell(text, rows):
    assert is_delimited(text)
    assert blocks(text) == [table_of(rows)]


def test_blank_rows_keep_their_number():
    [table] = blocks("乡镇,水井\n,\n城关镇,12\n\n车村镇,5\n")
    assert {(cell.row, cell.text) for cell in table.cells if cell.column == 1} == {
        (1, "乡镇"),
        (3, "城关镇"),
        (5, "车村镇"),
    }


PROSE = [
    ("a report", "2024年工作总结\n全年新建水库3座，治理河道12.5公里。\n完成投资1.2亿元，增长8%。\n"),
    ("commas of the keyboard", "全年新建水库3座,治理河道12公里。\n完成投资1亿元,增长8%。\n新增就业50人,下降2%。\n"),
    ("one comma a line, without full stops", "一是强化监管,严格执法\n二是优化服务,方便群众\n三是加强宣传,营造氛围\n"),
    ("semicolons", "新建水库3座;\n治理河道12公里;\n完成投资1亿元;\n"),
    ("tabs that set lines in", "\t全年新建水库3座。\n\t治理河道12公里。\n\t完成投资1亿元。\n"),
    ("a header and one row", "指标,2024年\n新建水库,3\n"),
    ("one column", "指标\n3\n5\n"),
    ("rows of different lengths", "指标,2024年\n水库,3\n河道,4,5\n"),
    ("a quotation mark that never ends", '指标,2024年\n"水库,3\n河道,4\n'),
    ("a table of Markdown", "| 指标 | 2024年 |\n| --- | --- |\n| 水库 | 3 |\n"),
    ("Markdown", "# 总结\n\n新建水库3座，治理河道。\n\n- 水库, 3座\n- 河道, 4条\n"),
    ("a table without figures", "姓名,职务\n甲,局长\n乙,副局长\n"),
    ("nothing", ""),
    ("separators only", ",,\n,,\n,,\n"),
]


@pytest.mark.parametrize("text", [case[1] for case in PROSE], ids=[case[0] for case in PROSE])
def test_anything_else_is_no_table(text):
    assert not is_delimited(text)
    with pytest.raises(UnreadableDocument) as caught:
        blocks(text)
    assert caught.value.reason == RejectionReason.DAMAGED


def test_a_long_report_is_given_up_early():
    assert not is_delimited("全年新建水库3座,治理河道12公里。\n" + "完成投资1亿元。\n" * 1_000_000)


def test_a_table_of_many_rows_looks_at_the_clock():
    ticks = iter(range(10_000))
    budget = Budget(ReadingLimits(clock=lambda: float(next(ticks)), seconds=2))
    with pytest.raises(UnreadableDocument) as caught:
        blocks_of_delimited("乡镇,水井\n" + "城关镇,12\n" * 20_000, budget)
    assert caught.value.reason == RejectionReason.TOO_SLOW
