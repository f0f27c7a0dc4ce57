"""PDF files with a text layer → paragraphs and tables in reading order; every file is typeset here."""

import io
import random
import re
import tracemalloc
import unicodedata
import zlib
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, SimpleDocTemplate
from reportlab.platypus import Paragraph as Flowing
from reportlab.platypus import Table as Ruled

from bureau_metrics import extract
from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Cell, Paragraph, Table, compose
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.pdf import blocks_of_pdf
from bureau_metrics.reading.pdf.unified import unified

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4
LEFT, TOP, SIZE, LEADING = 72, 120, 16, 28
MEASURE = 28
"""Characters on a full line."""


class Sheets:
    """A PDF file on which lines are put where a test wants them; `at` counts points from the top."""

    def __init__(self, **options):
        self.file = io.BytesIO()
        self.canvas = canvas.Canvas(self.file, pagesize=A4, **options)

    def put(self, text, at, left=LEFT, size=SIZE):
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(left, HEIGHT - at, text)
        return self

    def lines(self, *lines, at=TOP, left=LEFT, size=SIZE):
        """Put lines below one another; a line that begins with two ideographic blanks is indented."""
        for number, line in enumerate(lines):
            text = line.lstrip("　")
            self.put(text, at + number * LEADING, left + size * (len(line) - len(text)), size)
        return self

    def next_page(self):
        self.canvas.showPage()
        return self

    def data(self):
        self.canvas.showPage()
        self.canvas.save()
        return self.file.getvalue()


def read(data, **limits):
    return blocks_of_pdf(data, Budget(ReadingLimits(**limits)))


def texts(data):
    return [block.text for block in read(data) if isinstance(block, Paragraph)]


def filled(text):
    """Lines of a paragraph, broken after each full measure whatever stands there, the first one indented."""
    text = "　　" + text
    return [text[start : start + MEASURE] for start in range(0, len(text), MEASURE)]


LONG = "全年组织开展安全生产检查，督促企业整改隐患，会同有关部门建立长效机制，守住不发生重特大事故的底线。"
FULL = "全县各乡镇和有关部门按照年初部署抓好各项任务落实取得成效，"
assert len(FULL) == MEASURE + 1
FULL = FULL[1:]

JOINED = [
    ("a paragraph over lines", filled(LONG), [LONG]),
    ("two paragraphs, told by their indent", [*filled(LONG), *filled(LONG)], [LONG, LONG]),
    ("a full last line", ["　　" + FULL[2:-1] + "。", *filled(LONG)], [FULL[2:-1] + "。", LONG]),
    ("a number in two", [FULL[:-1] + "12", "34家企业参加。"], [FULL[:-1] + "1234家企业参加。"]),
    ("a number after its comma", [FULL[:-1] + "1,", "234家企业参加。"], [FULL[:-1] + "1,234家企业参加。"]),
    ("a number after its point", [FULL[:-1] + "3.", "5%的目标完成。"], [FULL[:-1] + "3.5%的目标完成。"]),
    ("a number before its point", [FULL[:-1] + "3", ".5%的目标完成。"], [FULL[:-1] + "3.5%的目标完成。"]),
    (
        "headings of all kinds",
        ["　　一、总体情况", "　　（一）主要成效", "　　1.加强领导", "　　2、落实责任", "第三章 附则"],
        ["一、总体情况", "（一）主要成效", "1.加强领导", "2、落实责任", "第三章附则"],
    ),
    (
        "an item set in under its number",
        [f"1.{FULL[:-1]}", "　　按时完成。", *filled(LONG)],
        [f"1.{FULL[:-1]}按时完成。", LONG],
    ),
    ("a full heading before a paragraph", ["　　" + FULL[2:-1] + "好", *filled(LONG)], [FULL[2:-1] + "好", LONG]),
    ("a clause that ends near the margin", [FULL[:-2] + "；", "其次抓好整改。"], [FULL[:-2] + "；其次抓好整改。"]),
    (
        "a numbered item inside a sentence",
        ["　　" + FULL[2:-3] + "要做到", "2、3月集中整治，4月总结。"],
        [FULL[2:-3] + "要做到2、3月集中整治，4月总结。"],
    ),
    (
        "a short line ends a paragraph",
        ["总体进展顺利。", "下一步继续推进。", FULL],
        ["总体进展顺利。", "下一步继续推进。", FULL],
    ),
    ("a line that ends in a comma goes on", ["经研究，", "现报告如下。", FULL], ["经研究，现报告如下。", FULL]),
    ("blanks around digits", ["新增企业 1320 家，增长 9.3% 。", FULL], ["新增企业1320家，增长9.3%。", FULL]),
    ("blanks between Latin words", ["引进 Big Data 企业 3 家", FULL], ["引进Big Data企业3家", FULL]),
    ("two numbers beside each other", ["2023 2024", FULL], ["2023 2024", FULL]),
    ("a spaced title", ["工 作 总 结", FULL], ["工作总结", FULL]),
    ("radicals", ["⻓江⽔质⺠⽣⾏政⻝品⻢铃薯农⼾", FULL], ["长江水质民生行政食品马铃薯农户", FULL]),
    ("full-width digits stay", ["新增１２家", FULL], ["新增１２家", FULL]),
]


@pytest.mark.parametrize(("lines", "expected"), [case[1:] for case in JOINED], ids=[case[0] for case in JOINED])
def test_lines_become_paragraphs(lines, expected):
    # A full paragraph before says where the margins are.
    sheet = Sheets().lines(*filled(LONG), *lines)
    assert texts(sheet.data())[1:] == expected


def test_latin_words_and_hyphens_over_a_line_break():
    lines = ["the bureau has opened its inter-", "national office and many branch", "houses in 2024"]
    assert texts(Sheets().lines(*lines).data()) == [
        "the bureau has opened its international office and many branch houses in 2024"
    ]


def test_a_paragraph_over_a_page_break_is_one_and_belongs_to_the_page_of_its_start():
    first, second = filled(LONG)[:1], filled(LONG)[1:]
    sheet = Sheets().lines(*filled(LONG), *first).next_page().lines(*second, *filled(LONG))
    blocks = read(sheet.data())
    assert [(block.text, block.page) for block in blocks] == [(LONG, 1), (LONG, 1), (LONG, 2)]


FURNITURE = ["- {} -", "— {} —", "第{}页", "第 {} 页 共 4 页", "{}/4", "{}", "·{}·"]


@pytest.mark.parametrize("shape", FURNITURE)
def test_page_numbers_and_running_headers_go(shape):
    sheet = Sheets()
    for page in range(1, 5):
        sheet.put("嵩县水利局2024年度报告", 50, size=9).put(f"年度报告　第{page}部分", 50, left=400, size=9)
        sheet.lines(*filled(LONG)).put(shape.format(page), HEIGHT - 45, left=WIDTH / 2, size=10).next_page()
    assert texts(sheet.data()) == [LONG] * 4


def test_a_number_that_is_no_page_number_stays():
    sheet = Sheets()
    for page, figure in enumerate((9, 40, 7), 1):
        sheet.put(f"第{page}季度收入{figure}万元", 60).lines(*filled(LONG)).next_page()
    assert [text for text in texts(sheet.data()) if "季度" in text] == [
        "第1季度收入9万元",
        "第2季度收入40万元",
        "第3季度收入7万元",
    ]


def test_footnotes_wait_for_the_end_of_the_paragraph_that_the_page_breaks():
    first, second = filled(LONG)[:1], filled(LONG)[1:]
    sheet = Sheets().lines(*filled(LONG), *first).put("①数据来自统计公报。", 700, size=10)
    blocks = read(sheet.next_page().lines(*second, *filled(LONG)).data())
    assert [block.text for block in blocks] == [LONG, LONG, "①数据来自统计公报。", LONG]


def test_a_raised_mark_is_no_digit_of_the_number_before_it():
    sheet = Sheets().lines(*filled(LONG)).put("高新技术企业4508", 400).put("3", 393, left=72 + 16 * 8 + 1, size=8)
    sheet.put("治理面积12km", 440).put("2", 433, left=72 + 16 * 6.8, size=8)
    assert texts(sheet.data())[1:] == ["高新技术企业4508³", "治理面积12km²"]


def test_watermarks_go():
    sheet = Sheets().lines(*filled(LONG))
    sheet.canvas.saveState()
    sheet.canvas.translate(200, 400)
    sheet.canvas.rotate(40)
    sheet.put("内部资料", HEIGHT, left=0, size=16)
    sheet.canvas.restoreState()
    sheet.canvas.setFillGray(0.85)
    sheet.put("仅供参考", 500, left=200, size=60)
    assert texts(sheet.data()) == [LONG]


def test_bold_letters_printed_twice_count_once():
    sheet = Sheets().lines(*filled(LONG)).put("新增11家", 400).put("新增11家", 400, left=LEFT + 0.4)
    assert texts(sheet.data())[1:] == ["新增11家"]


def test_two_columns_are_read_one_after_the_other():
    column = "按照年初部署抓好任务落实，各项工作取得明显成效，群众满意度持续提高，完成投资300万元。"
    lines = ["　　" + column[:10], *(column[start : start + 12] for start in range(10, len(column), 12))]
    sheet = Sheets().put("嵩县水利局工作简报", 90, left=200)
    sheet.lines(*lines, at=150, left=60).lines(*lines, at=158, left=310)
    assert texts(sheet.data()) == ["嵩县水利局工作简报", column, column]


def test_a_page_that_lies_on_its_side():
    sheet = Sheets()
    sheet.canvas.rotate(90)
    sheet.canvas.translate(0, -WIDTH)
    for number, line in enumerate(filled(LONG)):
        sheet.put(line.lstrip("　"), HEIGHT - 400 + number * LEADING, left=LEFT + (32 if number == 0 else 0))
    assert texts(sheet.data()) == [LONG]


def test_headings_are_those_of_the_bookmarks_and_of_larger_type():
    sheet = Sheets().put("年度工作报告", 80, left=200, size=26).put("总体情况", 150, left=104, size=20)
    sheet.lines(*filled(LONG), at=200).put("附件说明", 500)
    sheet.canvas.bookmarkPage("a")
    sheet.canvas.addOutlineEntry("附件 说明", "a", level=0)
    levels = {block.text: block.level for block in read(sheet.data())}
    assert levels == {"年度工作报告": 1, "总体情况": 2, LONG: None, "附件说明": 1}


def ruled(rows, style=(), width=None, **options):
    file = io.BytesIO()
    grid = [("FONT", (0, 0), (-1, -1), FONT, 12), ("GRID", (0, 0), (-1, -1), 0.5, colors.black), *style]
    table = Ruled(rows, colWidths=width, style=grid, **options)
    before = Flowing("各县区完成情况如下。", ParagraphStyle("body", fontName=FONT, fontSize=14, leading=22))
    after = Flowing("以上数据截至年底。", ParagraphStyle("body", fontName=FONT, fontSize=14, leading=22))
    SimpleDocTemplate(file, pagesize=A4).build([before, table, after])
    return file.getvalue()


def test_a_ruled_table():
    blocks = read(ruled([["地区", "企业数", "增长"], ["东湖区", "1,320", "9.3%"], ["西山区", "", "-2.1%"]]))
    first, table, last = blocks
    assert (first.text, last.text) == ("各县区完成情况如下。", "以上数据截至年底。")
    assert table.page == 1
    assert [cell.text for cell in table.cells] == [
        *("地区", "企业数", "增长"), *("东湖区", "1,320", "9.3%"), *("西山区", "", "-2.1%"),
    ]  # fmt: skip
    assert compose(blocks)[0] == (
        "各县区完成情况如下。\n地区 | 企业数 | 增长\n东湖区 | 1,320 | 9.3%\n西山区 |  | -2.1%\n以上数据截至年底。\n"
    )


def test_merged_cells():
    rows = [["地区", "企业", ""], ["", "总数", "新增"], ["东湖区", "30", "4"]]
    table = read(ruled(rows, [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0))]))[1]
    assert table.cells == (
        Cell("地区", 1, 1, row_span=2),
        Cell("企业", 1, 2, column_span=2),
        Cell("总数", 2, 2),
        Cell("新增", 2, 3),
        Cell("东湖区", 3, 1),
        Cell("30", 3, 2),
        Cell("4", 3, 3),
    )


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("新增高新技术\n企业", "新增高新技术企业"),
        ("30\n40", "30\n40"),
        ("1,212,345,678,\n901", "1,212,345,678,901"),
        ("完成。\n较好。", "完成。\n较好。"),
    ],
)
def test_lines_in_a_cell(printed, expected):
    table = read(ruled([["指标", "数值"], [printed, "1"]], width=[85, 60]))[1]
    assert table.cells[2].text == expected


def test_a_table_over_pages_is_one_with_its_header_once():
    rows = [["序号", "单位名称", "完成数"], *([str(n), f"第{n}中学", str(n * 7)] for n in range(1, 81))]
    blocks = read(ruled(rows, repeatRows=1))
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [[table.cells[at : at + 3] for at in range(0, len(table.cells), 3)] for table in tables] == [
        [tuple(Cell(text, r, c) for c, text in enumerate(row, 1)) for r, row in enumerate(rows, 1)]
    ]


def test_a_row_that_a_page_breaks_is_one():
    sheet = Sheets()
    for rows in (
        (("序号", "单位", "完成数"), ("1", "县第一中学和", "12")),
        (("", "附属小学", ""), ("2", "县医院", "34")),
    ):
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.canvas.rect(LEFT + 120 * column, 600 - 40 * number, 120, 40)
                sheet.put(text, HEIGHT - 612 + 40 * number, left=LEFT + 120 * column + 5)
        sheet.next_page()
    (table,) = read(sheet.data())
    assert [cell.text for cell in table.cells] == [
        *("序号", "单位", "完成数"), *("1", "县第一中学和附属小学", "12"), *("2", "县医院", "34"),
    ]  # fmt: skip


def test_a_column_that_stands_alone_on_the_last_page():
    column = "按照年初部署抓好任务落实，各项工作取得明显成效，群众满意度持续提高，完成投资300万元。"
    lines = ["　　" + column[:10], *(column[start : start + 12] for start in range(10, len(column), 12))]
    sheet = Sheets().lines("　　" + FULL[2:], "抓好落实。", at=90, left=60)
    sheet.lines(*lines, at=150, left=60).lines(*lines, at=150, left=310).next_page().lines(*lines, at=90, left=60)
    assert texts(sheet.data()) == [FULL[2:] + "抓好落实。", column, column, column]


def test_a_table_open_at_its_sides():
    style = [
        ("FONT", (0, 0), (-1, -1), FONT, 12),
        ("LINEABOVE", (0, 0), (-1, -1), 1, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        ("LINEBEFORE", (1, 0), (1, -1), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black),
    ]
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build([Ruled([["地区", "企业数"], ["东湖区", "1320"]], style=style)])
    (table,) = read(file.getvalue())
    assert [(cell.text, cell.row, cell.column) for cell in table.cells] == [
        *(("地区", 1, 1), ("企业数", 1, 2)), *(("东湖区", 2, 1), ("1320", 2, 2)),
    ]  # fmt: skip


def test_columns_that_line_up_make_a_table_without_lines():
    sheet = Sheets().lines(*filled(LONG))
    rows = [["地区", "企业数", "增长"], ["东湖区", "1320", "9.3%"], ["西山区", "87", "2.1%"]]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.put(text, 400 + 30 * number, left=LEFT + 150 * column)
    table = read(sheet.data())[1]
    assert [cell.text for cell in table.cells] == [text for row in rows for text in row]


def test_a_frame_around_prose_is_no_table():
    sheet = Sheets().lines(*filled(LONG))
    sheet.canvas.rect(50, 50, WIDTH - 100, HEIGHT - 100)
    sheet.canvas.line(50, 700, WIDTH - 50, 700)
    assert texts(sheet.data()) == [LONG]


def picture(sheet):
    scan = ImageReader(Image.new("L", (60, 80), 200))
    sheet.canvas.drawImage(scan, 0, 0, WIDTH, HEIGHT)
    return sheet


def test_a_page_that_is_a_picture_is_said():
    sheet = picture(Sheets().lines(*filled(LONG)).next_page()).next_page().lines(*filled(LONG))
    assert [(block.text, block.page) for block in read(sheet.data())] == [
        (LONG, 1), ("［第2页是图片，没有文字］", 2), (LONG, 3),
    ]  # fmt: skip


def encrypted():
    secret = pdfencrypt.StandardEncryption("geheim", ownerPassword="eigner", strength=128)
    return Sheets(encrypt=secret).lines(LONG).data()


def without_characters():
    """A file whose font gives glyph numbers and does not say which characters they print."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length 96>>stream\nBT /F 16 Tf 72 700 Td <%s> Tj ET\nendstream" % (b"0E010E020E030E04" * 8),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/FontDescriptor 7 0 R/CIDSystemInfo 8 0 R>>",
        b"<</Type/FontDescriptor/FontName/X/Flags 4>>",
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, text) for number, text in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF"


def of_scans():
    sheet = Sheets()
    for _ in range(11):
        picture(sheet).next_page()
    return picture(sheet).data()


REFUSED = [
    ("pages that are pictures", of_scans(), RejectionReason.NO_TEXT, "pictures"),
    ("fonts without characters", without_characters(), RejectionReason.NO_TEXT, "fonts"),
    ("a password", encrypted(), RejectionReason.ENCRYPTED, "password"),
    ("a blank page", Sheets().data(), RejectionReason.EMPTY, "blank"),
    ("rubbish", b"%PDF-1.7\n" + bytes(range(256)) * 20, RejectionReason.DAMAGED, "damaged"),
    ("nothing but the first line", b"%PDF-1.7\n", RejectionReason.DAMAGED, "damaged"),
]


@pytest.mark.parametrize(("data", "reason", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_says_why(data, reason, said):
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    assert caught.value.reason == reason
    assert said in caught.value.detail
    assert caught.value.hint


def bomb(packed, filters):
    head = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
    stream = b"4 0 obj<</Filter[%s]/Length %d>>stream\n%s\nendstream endobj\n" % (filters, len(packed), packed)
    return head + page + stream + b"trailer<</Root 1 0 R/Size 5>>"


BLANKS = zlib.compress(bytes(40 << 20), 9)
BOMBS = [
    ("packed once", bomb(BLANKS, b"/FlateDecode")),
    ("packed twice", bomb(zlib.compress(BLANKS, 9), b"/FlateDecode/FlateDecode")),
    ("packed and spelled", bomb(BLANKS.hex().encode() + b">", b"/ASCIIHexDecode/FlateDecode")),
]


@pytest.mark.parametrize("data", [case[1] for case in BOMBS], ids=[case[0] for case in BOMBS])
def test_a_stream_that_unpacks_to_more_than_the_limit_is_never_unpacked(data):
    tracemalloc.start()
    with pytest.raises(UnreadableDocument) as caught:
        read(data, unpacked_bytes=8 << 20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.reason == RejectionReason.TOO_LARGE
    assert peak < 8 << 20


def test_pages_and_seconds_are_limited():
    sheet = Sheets()
    for _ in range(4):
        sheet.lines(LONG).next_page()
    data = sheet.data()
    with pytest.raises(UnreadableDocument) as pages:
        read(data, pages=3)
    ticks = iter(range(10_000))
    with pytest.raises(UnreadableDocument) as seconds:
        read(data, seconds=5, clock=lambda: float(next(ticks)))
    assert (pages.value.reason, seconds.value.reason) == (RejectionReason.TOO_LARGE, RejectionReason.TOO_SLOW)


def test_broken_files_are_read_or_refused():
    whole = ruled([["地区", "企业数"], ["东湖区", "1,320"]])
    draw = random.Random(7)
    outcomes = set()
    for round_ in range(150):
        data = bytearray(whole)
        if round_ % 3 == 0:
            del data[draw.randrange(len(data)) :]
        for _ in range(draw.randrange(1, 40) if round_ % 3 else 0):
            data[draw.randrange(len(data))] = draw.randrange(256)
        try:
            outcomes.add(type(read(bytes(data), unpacked_bytes=1 << 24)))
        except UnreadableDocument as failure:
            outcomes.add(failure.reason)
    assert {list, RejectionReason.DAMAGED} <= outcomes


def test_every_radical_is_known():
    nameless = [
        chr(code) for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)) if chr(code) == unified(chr(code))
    ]
    assert [char for char in nameless if unicodedata.name(char, "")] == ["⺀"]


REPORT = Path(__file__).parent.parent / "samples" / "常州市科学技术局2024.txt"


def typeset(text):
    """A report as offices print it: a header, page numbers, justified text with an indent, over several pages."""
    body = ParagraphStyle(
        "body", fontName=FONT, fontSize=18, leading=38, firstLineIndent=36, alignment=TA_JUSTIFY, wordWrap="CJK"
    )

    def furnish(page, _template):
        page.setFont(FONT, 9)
        page.drawCentredString(WIDTH / 2, HEIGHT - 40, "常州市科学技术局年度报告")
        page.drawCentredString(WIDTH / 2, 40, f"— {page.getPageNumber()} —")

    file = io.BytesIO()
    template = BaseDocTemplate(file, pagesize=A4)
    frame = Frame(80, 130, WIDTH - 160, HEIGHT - 260)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=furnish))
    template.build([Flowing(line, body) for line in text.splitlines() if line])
    return file.getvalue()


def test_a_report_gives_the_same_facts_printed_as_typed():
    text = REPORT.read_text(encoding="utf-8")
    blocks = read(typeset(text))
    printed, layout = compose(blocks)
    assert [page.number for page in layout.pages] == [1, 2, 3]
    assert printed.splitlines() == re.findall(r"\S+", text)
    figures = [[(f.value, f.unit, f.metric, f.year) for f in extract(version)] for version in (printed, text)]
    assert len(figures[0]) > 30
    assert figures[0] == figures[1]
