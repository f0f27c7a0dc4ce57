"""Workbooks → tables: what a person sees in the visible cells, in rows and columns of the source."""

import io
import struct
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlwt

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Cell, Paragraph, Table, table_of
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.sheets import blocks_of_spreadsheet
from bureau_metrics.reading.sheets.number_format import built_in, number_text

ROWS = [["指标", "2024年"], ["新建水库（座）", 3], ["增长", 0.123]]
READ = [["指标", "2024年"], ["新建水库（座）", "3"], ["增长", "12.3%"]]


def blocks(data: bytes, limits: ReadingLimits | None = None):
    return blocks_of_spreadsheet(data, Budget(limits or ReadingLimits()))


def saved(book) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def packed(parts: dict) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def xlsx(rows=ROWS) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if rows is ROWS:
        book.active["B3"].number_format = "0.0%"
    return saved(book)


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            style = xlwt.easyxf(num_format_str="0.0%") if cell == 0.123 else xlwt.Style.default_style
            sheet.write(row, column, cell, style)
    return saved(book)


ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def ods(tables: str, styles: str = "") -> bytes:
    content = (
        f"<office:document-content {ODS_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def ods_table(rows: str, name: str = "表", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def ods_row(*cells: str, attributes: str = "") -> str:
    inside = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row {attributes}>{inside}</table:table-row>"


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(data)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsb(cells: bytes) -> bytes:
    styles = record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 164) + wide("0.0%")) + record(616)
    styles += record(617, struct.pack("<I", 2))
    styles += b"".join(record(47, struct.pack("<HHHHHHHH", 0, code, 0, 0, 0, 0, 0, 0)) for code in (0, 164)) + record(
        618
    )
    sheets = record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("表")) + record(144)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": record(131) + record(153, bytes(12)) + sheets + record(132),
            "xl/_rels/workbook.bin.rels": relations,
            "xl/styles.bin": styles,
            "xl/sharedStrings.bin": record(159, struct.pack("<II", 1, 1))
            + record(19, b"\0" + wide("指标"))
            + record(160),
            "xl/worksheets/sheet1.bin": record(129)
            + record(148, bytes(16))
            + record(145)
            + cells
            + record(146)
            + record(130),
        }
    )


def xlsb_row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIH", number - 1, 0, 300) + bytes([0, 0x10 if hidden else 0, 0]) + bytes(4))


def xlsb_cell(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column - 1, style) + value)


XLSB = xlsb(
    xlsb_row(1)
    + xlsb_cell(7, 1, struct.pack("<I", 0))
    + xlsb_cell(6, 2, wide("2024年"))
    + xlsb_row(2)
    + xlsb_cell(8, 1, wide("新建水库（座）") + bytes(6))
    + xlsb_cell(2, 2, struct.pack("<I", 3 << 2 | 2))
    + xlsb_row(3)
    + xlsb_cell(6, 1, wide("增长"))
    + xlsb_cell(5, 2, struct.pack("<d", 0.123), 1)
    + xlsb_row(4, hidden=True)
    + xlsb_cell(6, 1, wide("藏"))
)

ODS = ods(
    ods_table(
        ods_row("指标", "2024年")
        + ods_row("新建水库（座）", "3")
        + "<table:table-row><table:table-cell><text:p>增<text:span>长</text:span></text:p></table:table-cell>"
        '<table:table-cell office:value-type="percentage" office:value="0.1234"><text:p>12.3%</text:p>'
        "</table:table-cell></table:table-row>"
    )
)

FORMATS = [("xlsx", xlsx()), ("xls", xls()), ("xlsb", XLSB), ("ods", ODS)]


@pytest.mark.parametrize("data", [case[1] for case in FORMATS], ids=[case[0] for case in FORMATS])
def test_the_same_table_in_every_format(data):
    assert blocks(data) == [table_of(READ)]


NUMBERS = [
    (18.0, "General", "18"),
    (0.1 + 0.2, "General", "0.3"),
    (1e20, "General", "100000000000000000000"),
    (0.00005, "General", "0.00005"),
    (0.123, "0.0%", "12.3%"),
    (0.12345, "0.00%", "12.35%"),
    (-0.05, "0%", "-5%"),
    (-0.05, "0.0%;[Red]0.0%", "-5.0%"),
    (1234567.5, "#,##0.00", "1234567.50"),
    (-1234.5, "#,##0.00_);(#,##0.00)", "-1234.50"),
    (1234567, "#,##0,", "1235"),
    (1234567, "0.0,,", "1.2"),
    (12345, "0!.0000", "1.2345"),
    (12345, '0!.0,"万"', "1.2万"),
    (123456, '[>=10000]0!.0,"万";0', "12.3万"),
    (1234, '[>=10000]0!.0,"万";0', "1234"),
    (5, '0"人"', "5人"),
    (5, 'General"人"', "5人"),
    (3.14, "[$¥-804]#,##0.00", "¥3.14"),
    (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0"),
    (-3.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-3.50"),
    (7, ";;;", ""),
    (7, "@", "7"),
    (0.1, "#.##", "0.1"),
    (123, "000000", "000123"),
    (12345.678, "0.00E+00", "12345.678"),
    (0.5, "# ?/?", "0.5"),
    (45356, "yyyy-mm-dd", "2024-03-05"),
    (45356, 'yyyy"年"m"月"d"日"', "2024-03-05"),
    (45356, "[$-804]yyyy\\-mm\\-dd;@", "2024-03-05"),
    (45356, 'yyyy"年"m"月"', "2024年3月"),
    (45356, 'm"月"d"日"', "3月5日"),
    (45356, 'yyyy"年"', "2024年"),
    (45356.354167, "yyyy/m/d h:mm", "2024-03-05 08:30"),
    (0.354167, "h:mm", "08:30"),
    (1.5, "[h]:mm", "36:00"),
    (-1, "yyyy-mm-dd", "-1"),
    (1e12, "yyyy-mm-dd", "1000000000000"),
    (45356, "", "45356"),
    (float("inf"), "0.0", ""),
    (1e300, "0.00", "1E+300"),
]


@pytest.mark.parametrize(("value", "code", "text"), NUMBERS)
def test_a_number_reads_as_its_format_shows_it(value, code, text):
    assert number_text(value, code) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "45356"), (10, "4535600.00%"), (14, "2024-03-05"), (57, "2024年3月"), (9999, "45356")]
)
def test_formats_that_are_known_by_number(number, text):
    assert number_text(45356, built_in(number)) == text


def test_days_count_from_1904_where_the_workbook_says_so():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = date(2024, 3, 5)
    assert blocks(saved(book)) == [table_of([["2024-03-05"]])]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5, 8, 30), "2024-03-05 08:30:00"),  # noqa: DTZ001 - a cell has no time zone
        (time(8, 30), "08:30:00"),
        (True, "TRUE"),
        ("第一行\n第二行", "第一行\n第二行"),
    ],
)
def test_values_of_other_kinds(value, text):
    assert blocks(xlsx([[value]])) == [table_of([[text]])]


SHEET = '<sheet name="表" r:id="a"/>'


def sheet_xml(inside: str, **parts: str) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return packed(
        {
            "xl/workbook.xml": f'<workbook {space} xmlns:r="{RELATION}"><sheets>{SHEET}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<R><R Id="a" Type="{RELATION}/worksheet" Target="worksheets/s.xml"/></R>',
            "xl/worksheets/s.xml": f"<worksheet {space}>{inside}</worksheet>",
            **parts,
        }
    )


def test_formulas_give_their_last_value_and_errors_are_blank():
    row = (
        '<row><c><f>1+2</f><v>3</v></c><c t="str"><f>A1</f><v>水库</v></c><c t="e"><v>#REF!</v></c>'
        '<c t="inlineStr"><is><r><t>河</t></r><r><t>道_x000A_</t></r><rPh><t>he</t></rPh></is></c>'
        '<c t="d"><v>2024-03-05</v></c></row>'
    )
    [table] = blocks(sheet_xml(f"<sheetData>{row}</sheetData>"))
    assert [(cell.column, cell.text) for cell in table.cells] == [
        (1, "3"),
        (2, "水库"),
        (4, "河道\n"),
        (5, "2024-03-05"),
    ]


def merged_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for place, value in {"B2": "2024年水利统计", "B3": "水库", "C3": "河道", "B4": 3, "C4": 12}.items():
        sheet[place] = value
    sheet.merge_cells("B2:C2")
    return saved(book)


def merged_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write_merge(1, 1, 1, 2, "2024年水利统计")
    for row, column, value in ((2, 1, "水库"), (2, 2, "河道"), (3, 1, 3), (3, 2, 12)):
        sheet.write(row, column, value)
    return saved(book)


def merged_ods() -> bytes:
    blank = "<table:table-cell/>"
    return ods(
        ods_table(
            ods_row() + f'<table:table-row>{blank}<table:table-cell table:number-columns-spanned="2">'
            "<text:p>2024年水利统计</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"
            + ods_row("水库", "河道").replace("<table:table-cell>", f"{blank}<table:table-cell>", 1)
            + ods_row("3", "12").replace("<table:table-cell>", f"{blank}<table:table-cell>", 1)
        )
    )


@pytest.mark.parametrize("make", [merged_xlsx, merged_xls, merged_ods])
def test_merged_cells_stand_once_in_their_place_of_the_source(make):
    cells = (
        Cell("2024年水利统计", 2, 2, 1, 2),
        Cell("水库", 3, 2),
        Cell("河道", 3, 3),
        Cell("3", 4, 2),
        Cell("12", 4, 3),
    )
    assert blocks(make()) == [Table(cells)]


def test_what_is_hidden_stays_out_of_an_xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["指标", "内部", "2024年"], ["水库", "x", 3], ["藏", "x", 9]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    for state in ("hidden", "veryHidden"):
        other = book.create_sheet(state)
        other["A1"], other.sheet_state = "藏", state
    [table] = blocks(saved(book))
    assert [(cell.text, cell.row, cell.column) for cell in table.cells] == [
        ("指标", 1, 1),
        ("2024年", 1, 3),
        ("水库", 2, 1),
        ("3", 2, 3),
    ]


def test_what_is_hidden_stays_out_of_an_xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, value in enumerate(("指标", "内部", "2024年")):
        sheet.write(0, column, value)
    sheet.write(1, 0, "藏")
    sheet.row(1).hidden = True
    sheet.col(1).hidden = True
    other = book.add_sheet("藏")
    other.write(0, 0, "藏")
    other.visibility = 1
    [table] = blocks(saved(book))
    assert [cell.text for cell in table.cells] == ["指标", "2024年"]


def test_what_is_hidden_stays_out_of_an_ods():
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    rows = ods_row("指标", "内部", "2024年") + ods_row("藏", "藏", "藏", attributes='table:visibility="filter"')
    data = ods(
        ods_table(columns + rows) + ods_table(ods_row("藏"), attributes='table:style-name="h"'),
        style,
    )
    [table] = blocks(data)
    assert [(cell.text, cell.column) for cell in table.cells] == [("指标", 1), ("2024年", 3)]


def test_sheets_are_named_where_several_have_something_in_them():
    book = openpyxl.Workbook()
    book.active.title = "水库"
    book.active["A1"] = 3
    book.create_sheet("空")
    book.create_sheet("河道")["B2"] = 12
    assert blocks(saved(book)) == [
        Paragraph("水库", 2),
        table_of([["3"]]),
        Paragraph("河道", 2),
        Table((Cell("12", 2, 2),)),
    ]


def test_rows_repeated_in_an_ods_are_written_out_where_they_have_text():
    blank = ods_row(attributes='table:number-rows-repeated="1048576"')
    [table] = blocks(ods(ods_table(ods_row("同", attributes='table:number-rows-repeated="2"') + blank + ods_row("末"))))
    assert [(cell.text, cell.row) for cell in table.cells] == [("同", 1), ("同", 2), ("末", 1_048_579)]


ODS_CELLS = [
    ('office:value-type="date" office:date-value="2024-03-05"', "05/03/24", "2024-03-05"),
    ('office:value-type="date" office:date-value="2024-03-05T08:30:00"', "5.3. 8:30", "2024-03-05 08:30"),
    ('office:value-type="date" office:date-value="2024-03-01"', "2024年3月", "2024年3月"),
    ('table:formula="of:=1/0"', "#DIV/0!", ""),
    ("", "一<text:s text:c='2'/>二<text:line-break/>三", "一  二\n三"),
    ("", "三<text:note>注</text:note>座", "三座"),
]


@pytest.mark.parametrize(("attributes", "shown", "text"), ODS_CELLS)
def test_cells_of_an_ods(attributes, shown, text):
    cell = (
        f"<table:table-row><table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell></table:table-row>"
    )
    [table] = blocks(ods(ods_table(ods_row("水库") + cell + ods_row("末"))))
    assert [cell.text for cell in table.cells if cell.row == 2] == ([text] if text else [])


def corners_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, 1)
    sheet.write(65535, 255, 2)
    return saved(book)


CORNERS = [
    sheet_xml(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    ),
    corners_xls(),
    xlsb(
        xlsb_row(1)
        + xlsb_cell(2, 1, struct.pack("<I", 1 << 2 | 2))
        + xlsb_row(1_048_576)
        + xlsb_cell(2, 16_384, struct.pack("<I", 2 << 2 | 2))
    ),
]


@pytest.mark.parametrize("data", CORNERS, ids=["xlsx", "xls", "xlsb"])
def test_two_cells_in_far_corners_cost_nothing(data):
    [table] = blocks(data)
    assert [cell.text for cell in table.cells if cell.text] == ["1", "2"]
    assert len(table.cells) == 4


def test_cells_strewn_along_a_diagonal_are_not_filled_up():
    rows = "".join(
        f'<row r="{n}"><c r="{openpyxl.utils.get_column_letter(n)}{n}"><v>1</v></c></row>' for n in range(1, 5001)
    )
    [table] = blocks(sheet_xml(f"<sheetData>{rows}</sheetData>"))
    assert len(table.cells) == 5000


def test_merged_cells_upon_each_other_cost_nothing():
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 2001))
    merged = '<mergeCell ref="A1:XFD1048576"/>' + "".join(f'<mergeCell ref="A{n}:A9999"/>' for n in range(2, 2000))
    [table] = blocks(sheet_xml(f"<sheetData>{cells}</sheetData><mergeCells>{merged}</mergeCells>"))
    assert table.cells[0] == Cell("1", 1, 1, 1_048_576, 16_384)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


def xls_with_password() -> bytes:
    """The first records of a workbook that has a FILEPASS record."""
    data = xls()
    begin = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = begin + 20
    return data[:after] + b"\x2f\x00\x06\x00" + bytes(6) + data[after + 10 :]


REFUSED = [
    ("no cell with anything", xlsx([[None]]), RejectionReason.NO_TEXT),
    ("an encrypted xlsx", ENCRYPTED, RejectionReason.ENCRYPTED),
    ("an encrypted xls", xls_with_password(), RejectionReason.ENCRYPTED),
    (
        "an encrypted ods",
        packed({"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x01\x02"}),
        RejectionReason.ENCRYPTED,
    ),
    ("entities", packed({"content.xml": f"{BOMB}<a>&b;</a>"}), RejectionReason.UNSAFE),
    ("entities in UTF-16", packed({"content.xml": f"{BOMB}<a>&b;</a>".encode("utf-16")}), RejectionReason.UNSAFE),
    ("some other archive", packed({"a.txt": "a"}), RejectionReason.DAMAGED),
    ("no archive", b"PK\x03\x04 nothing", RejectionReason.DAMAGED),
    ("an xls of zeros", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), RejectionReason.DAMAGED),
    ("a cell in no column", sheet_xml('<sheetData><row r="x"/></sheetData>'), RejectionReason.DAMAGED),
]


@pytest.mark.parametrize(("data", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(UnreadableDocument) as caught:
        blocks(data)
    assert caught.value.reason == reason
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_bomb_is_given_up_while_it_is_unpacked():
    data = sheet_xml("<sheetData/>" + " " * 20_000_000)
    with pytest.raises(UnreadableDocument) as caught:
        blocks(data, ReadingLimits(unpacked_bytes=1_000_000))
    assert caught.value.reason == RejectionReason.TOO_LARGE


SMALL_CELLS = [
    ("xlsx", sheet_xml("<sheetData><row>" + "<c><v>1</v></c>" * 16_000 + "</row></sheetData>")),
    ("xlsb", xlsb(xlsb_row(1) + b"".join(xlsb_cell(2, n, b"\x06\0\0\0") for n in range(1, 16_000)))),
    (
        "ods",
        ods(
            ods_table(
                ods_row("1").replace("<table:table-cell>", '<table:table-cell table:number-columns-repeated="999">')
                * 16
            )
        ),
    ),
]


@pytest.mark.parametrize("data", [case[1] for case in SMALL_CELLS], ids=[case[0] for case in SMALL_CELLS])
def test_many_small_cells_cost_more_than_their_bytes(data):
    assert len(blocks(data)[0].cells) >= 15_984
    with pytest.raises(UnreadableDocument) as caught:
        blocks(data, ReadingLimits(unpacked_bytes=900_000))
    assert caught.value.reason == RejectionReason.TOO_LARGE


def test_sheets_count_as_pages():
    book = openpyxl.Workbook()
    for _ in range(4):
        book.create_sheet()
    with pytest.raises(UnreadableDocument) as caught:
        blocks(saved(book), ReadingLimits(pages=3))
    assert caught.value.reason == RejectionReason.TOO_LARGE


@pytest.mark.parametrize("data", [case[1] for case in FORMATS], ids=[case[0] for case in FORMATS])
def test_broken_files_fail_in_one_way_only(data):
    step = max(1, len(data) // 60)
    broken = [data[:end] for end in range(1, len(data), step)]
    broken += [data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :] for at in range(0, len(data), step)]
    for version in broken:
        try:
            assert blocks(version)
        except UnreadableDocument as failure:
            assert failure.hint  # noqa: PT017 - whether it fails at all depends on the byte
