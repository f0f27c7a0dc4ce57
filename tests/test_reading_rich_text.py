"""Rich text: what Word, WPS and LibreOffice write as RTF reads as the page shows it."""

import random

import pytest

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Cell, Paragraph, Table
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.rich_text import blocks_of_rich_text

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f13\fnil\fcharset134 SimSun;}{\f3\fnil\fcharset2 Symbol;}}"
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 own;}{\s2 heading 2;}}"


def gbk(text: str) -> str:
    """A text as Word writes it in a Chinese font: bytes of GBK."""
    return "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in text.encode("gbk"))


def units(text: str) -> str:
    """A text as numbers of UTF-16, each with a question mark for old programs."""
    pairs = text.encode("utf-16-be")
    return "".join(f"\\u{int.from_bytes(pairs[i : i + 2], 'big', signed=True)}?" for i in range(0, len(pairs), 2))


def file(body: str, head: str = FONTS + STYLES, page: int = 936) -> bytes:
    return f"{{\\rtf1\\ansi\\ansicpg{page}\\deff0{head}\r\n{body}}}".encode("ascii")


def read(data: bytes, **limits):
    return blocks_of_rich_text(data, Budget(ReadingLimits(**limits)))


def text_of(body: str, **options) -> str:
    return "|".join(block.text for block in read(file(body, **options)))


ROAD = "修建公路{}公里。"
A, B = (gbk(half) for half in ROAD.split("{}"))
IN_A_SENTENCE = [
    ("a number in a font of its own", r"{\f0 12.5}", "12.5"),
    ("a line end of the file in a number", "12\r\n.5", "12.5"),
    ("a tracked deletion", r"{\deleted 77.7}{\revised 88.8}", "88.8"),
    ("hidden text, and no longer hidden", r"{\v 7\v0 8}", "8"),
    ("a tab", r"\tab ", " "),
    ("a line break", r"\line ", "\n"),
    ("hyphens", r"3\_5\-0", "3-50"),
    ("a raised digit", r"10{\super 4}", "10⁴"),
    ("a field", r"{\field{\*\fldinst REF km}{\fldrslt 8}}", "8"),
    ("a page number", r"{\field{\*\fldinst { PAGE }}{\fldrslt 7}}8", "8"),
    ("a comment, a bookmark, a picture", r"{\*\annotation 7}{\*\bkmkstart x}{\pict 77ff}8", "8"),
    ("binary data", "{\\pict\\bin3 }}}}8", "8"),
    ("a dingbat", r"{\f3 \'b7}8", "8"),
    ("braces", r"\{8\}", "{8}"),
]


@pytest.mark.parametrize(("content", "shown"), [c[1:] for c in IN_A_SENTENCE], ids=[c[0] for c in IN_A_SENTENCE])
def test_a_sentence_reads_as_the_page_shows_it(content, shown):
    assert text_of(rf"\pard\f13 {A}{content}{B}\par") == ROAD.format(shown)


ENCODED = [
    ("GBK in a Chinese font", rf"\f13 {gbk('全年造林')}", 1252),
    ("GBK by the code page of the document", rf"\f0 {gbk('全年造林')}", 936),
    ("UTF-16 units with a replacement each", units("全年造林"), 1252),
    ("UTF-16 units with two bytes to skip", r"\uc2 " + units("全年造林").replace("?", r"\'c8\'ab"), 936),
    ("no replacements at all", r"{\uc0 " + units("全年造林").replace("?", " ") + "}", 936),
]


@pytest.mark.parametrize(("body", "page"), [case[1:] for case in ENCODED], ids=[case[0] for case in ENCODED])
def test_chinese_however_it_is_written(body, page):
    assert text_of(body, page=page) == "全年造林"


def test_characters_beyond_the_first_plane_and_second_bytes_that_look_like_letters():
    assert text_of(units("𠮷") + r"\f13 \'81A") == "𠮷" + b"\x81A".decode("gbk")


def test_headings_by_outline_level_or_name_of_the_style():
    body = rf"\pard\s1 {A}\par\pard\s2 {A}\par\pard\outlinelevel2 {A}\par\pard {A}\par"
    assert [block.level for block in read(file(body))] == [1, 2, 3, None]


def test_automatic_numbers_are_those_that_the_writer_left_in_the_file():
    body = "".join(rf"\pard\s1{{\listtext\pard\plain {label}\tab}}{A}\par" for label in (gbk("一、"), "2.", r"\'b7"))
    assert read(file(body)) == [Paragraph(text, 1) for text in ("一、修建公路", "2. 修建公路", "修建公路")]


def test_notes_at_the_end_boxes_after_their_paragraph_headers_nowhere():
    note = rf"{{\super\chftn{{\footnote\pard\plain {gbk('含乡道。')}}}}}"
    box = rf"{{\shp{{\*\shpinst{{\sp{{\sn x}}{{\sv 1}}}}{{\shptxt\pard {gbk('框')}\par}}}}{{\shprslt 7}}}}"
    body = rf"{{\header 7}}\pard\s1 {A}{note}{box}{B}\par\pard {gbk('余')}\par"
    expected = [Paragraph("修建公路公里。", 1), Paragraph("框"), Paragraph("余"), Paragraph("含乡道。")]
    assert read(file(body)) == expected


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    assert text_of(rf"\pard {A}{{\deleted 7\par}}8{B}\par") == "修建公路8公里。"


def row(edges: str, *cells: str) -> str:
    return rf"\trowd{edges}" + "".join(rf"\pard\intbl {gbk(cell)}\cell" for cell in cells) + rf"\trowd{edges}\row"


def test_tables_with_merged_cells_and_edges_that_nearly_meet():
    body = (
        row(r"\cellx2000\cellx3000", "指标", "完成")
        + row(r"\clvmgf\cellx1000\cellx2010\cellx3000", "公路", "县道", "31")
        + row(r"\clvmrg\cellx1000\cellx1990\cellx3000", "", "乡道", "65.2")
        + row(r"\cellx1000\clmgf\cellx2000\clmrg\cellx3000", "合计", "96.2", "")
        + rf"\pard {gbk('余')}\par"
    )
    table = Table((
        Cell("指标", 1, 1, 1, 2), Cell("完成", 1, 3),
        Cell("公路", 2, 1, 2, 1), Cell("县道", 2, 2), Cell("31", 2, 3),
        Cell("乡道", 3, 2), Cell("65.2", 3, 3),
        Cell("合计", 4, 1), Cell("96.2", 4, 2, 1, 2),
    ))  # fmt: skip
    assert read(file(body)) == [table, Paragraph("余")]


def test_cells_of_several_paragraphs_and_a_frame_that_is_no_table():
    two = rf"\trowd\cellx1000\cellx2000\pard\intbl {A}\par {B}\cell\pard\intbl 8\cell\row"
    assert read(file(two)) == [Table((Cell("修建公路\n公里。", 1, 1), Cell("8", 1, 2)))]
    assert read(file(row(r"\cellx3000", "修建公路"))) == [Paragraph("修建公路")]


WHOLE = file(rf"\pard\s1 {A}12{B}\par" + row(r"\cellx1000\cellx2000", "公路", "31"))
REFUSED = [
    ("cut off", WHOLE[:-20], RejectionReason.DAMAGED),
    ("no rich text", "{全年造林}".encode(), RejectionReason.DAMAGED),
    ("groups without end", b"{\\rtf1" + b"{" * 5000, RejectionReason.DAMAGED),
    ("no text", file(r"\pard\par"), RejectionReason.EMPTY),
    ("a picture only", file(r"{\pict 77ff}"), RejectionReason.NO_TEXT),
]


@pytest.mark.parametrize(("data", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_says_why_and_what_to_do(data, reason):
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    assert caught.value.reason == reason
    assert caught.value.hint


def test_the_clock_is_looked_at():
    ticks = iter(range(100))
    with pytest.raises(UnreadableDocument) as caught:
        read(file(r"\pard 1\par" * 20_000), clock=lambda: float(next(ticks)), seconds=5)
    assert caught.value.reason == RejectionReason.TOO_SLOW


def test_damage_of_any_kind_ends_in_blocks_or_a_reason():
    dice = random.Random(5)
    endings = {"blocks": 0, "reason": 0}
    for _ in range(3000):
        broken = bytearray(WHOLE)
        for _ in range(dice.randrange(1, 8)):
            broken[dice.randrange(6, len(broken))] = dice.choice(b"{}\\'09au \x00\xff")
        try:
            read(bytes(broken))
            endings["blocks"] += 1
        except UnreadableDocument:
            endings["reason"] += 1
    assert min(endings.values()) > 100
