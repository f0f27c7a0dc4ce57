"""Word documents: what the printed page shows becomes text, whatever stands beside it in the file does not."""

import io
import random
import tracemalloc
import zipfile

import pytest
from word_files import STRICT, cell, docx, paragraph, part, run, table, zipped

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Cell, Paragraph, Table
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.word import blocks_of_word


def read(data: bytes, **limits):
    return blocks_of_word(data, Budget(ReadingLimits(**limits)))


def lines(*blocks: str, **parts: str) -> list[str]:
    """The texts of a document's paragraphs; a table is its cells."""
    read_blocks = read(docx(*blocks, **parts))
    return [b.text if isinstance(b, Paragraph) else [cell.text for cell in b.cells] for b in read_blocks]


def field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(text: str) -> str:
    return f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"


KM = run("修建公路") + "{}" + run("公里。")
IN_A_SENTENCE = [
    ("split runs", run("12") + run(".5"), "12.5"),
    ("a tracked insertion", f"<w:ins>{run('88.8')}</w:ins>", "88.8"),
    ("a tracked deletion", "<w:del><w:r><w:delText>77.7</w:delText></w:r></w:del>" + run("88.8"), "88.8"),
    ("a deletion with text in it", f"<w:del>{run('77.7')}</w:del>" + run("88.8"), "88.8"),
    ("an insertion that was deleted again", f"<w:ins><w:del>{run('7')}</w:del></w:ins>{run('8')}", "8"),
    ("moved away, moved here", f"<w:moveFrom>{run('7')}</w:moveFrom><w:moveTo>{run('8')}</w:moveTo>", "8"),
    ("hidden text", run("7", "<w:vanish/>") + run("8", '<w:vanish w:val="0"/>'), "8"),
    ("a hyperlink", f"<w:hyperlink>{run('8')}</w:hyperlink>", "8"),
    ("a smart tag in a content control", (f"<w:sdt><w:sdtPr/><w:sdtContent><w:smartTag>{run('8')}</w:smartTag>"
     "</w:sdtContent></w:sdt>"), "8"),
    ("the prompt of a content control", ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
     f"{run('单击此处')}</w:sdtContent></w:sdt>{run('8')}"), "8"),
    ("writing direction", f"<w:bdo>{run('1')}</w:bdo><w:dir>{run('2')}</w:dir>", "12"),
    ("a tab", "<w:r><w:tab/></w:r>", " "),
    ("a line break", "<w:r><w:br/></w:r>", "\n"),
    ("a non-breaking hyphen", run("3") + "<w:r><w:noBreakHyphen/></w:r>" + run("5"), "3-5"),
    ("a soft hyphen", run("3") + "<w:r><w:softHyphen/></w:r>" + run("5"), "35"),
    ("signs without width", run("1\u200b2\ufeff3\u00ad4"), "1234"),
    ("a result of a field", field(" REF km ", "8"), "8"),
    ("a page number", field(" PAGE \\* MERGEFORMAT ", "7") + run("8"), "8"),
    ("a field in a field", field(" IF 1 ", "8") + field("PAGEREF _Toc1", "7"), "8"),
    ("a field that never ends", '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
     + run("8"), "8"),
    ("a simple field", f'<w:fldSimple w:instr="SEQ 表">{run("8")}</w:fldSimple>', "8"),
    ("a simple page field", f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>{run("8")}', "8"),
    ("a comment's mark", '<w:r><w:commentReference w:id="0"/></w:r>' + run("8"), "8"),
    ("a phonetic guide", f"<w:r><w:ruby><w:rt>{run('qi')}</w:rt><w:rubyBase>{run('七')}</w:rubyBase></w:ruby></w:r>",
     "七"),
    ("a symbol of the symbol font", '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("8"), "≥8"),
    ("a symbol of a picture font", run("7") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("8"), "7 8"),
    ("an ordinary symbol", '<w:r><w:sym w:font="宋体" w:char="2103"/></w:r>', "℃"),
    ("no code of a symbol", '<w:r><w:sym w:font="宋体" w:char="zz"/></w:r>' + run("8"), " 8"),
    ("a symbol in alternatives", ('<w:r><mc:AlternateContent><mc:Choice><w16se:symEx w16se:char="2460"/></mc:Choice>'
     "<mc:Fallback><w:t>①</w:t></mc:Fallback></mc:AlternateContent></w:r>"), "①"),
    ("a raised digit", run("10") + run("4", '<w:vertAlign w:val="superscript"/>'), "10⁴"),
    ("a fraction", ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
     "</m:oMath>"), "1/2"),
    ("line ends of the XML", "<w:r><w:t>\n   8\n  </w:t></w:r>", "8"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "shown"), [c[1:] for c in IN_A_SENTENCE], ids=[c[0] for c in IN_A_SENTENCE])
def test_a_sentence_reads_as_the_page_shows_it(content, shown):
    assert lines(paragraph(KM.format(content))) == [f"修建公路{shown}公里。"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert lines(paragraph("全年造林", deleted), paragraph("3万亩。"), paragraph("余")) == ["全年造林3万亩。", "余"]
    assert lines(paragraph("全年造林。", deleted), table(cell("甲") + cell("乙"))) == [["甲", "乙"], "全年造林。"]


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="县局章标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="zh"><w:name w:val="标题 3"/></w:style>
<w:style w:type="paragraph" w:styleId="custom"><w:name w:val="二级标题"/></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="lvl"><w:name w:val="条目"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="no"><w:name w:val="x"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/>
</w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="circle"><w:name w:val="y"/><w:basedOn w:val="circle"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="hid"><w:name w:val="z"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
LEVELS = [
    ("", None), ("1", 1), ("own", 1), ("zh", 3), ("custom", 2), ("t", 1), ("lvl", 4), ("no", None), ("circle", None),
    ("unknown", None),
]  # fmt: skip


@pytest.mark.parametrize(("style", "level"), LEVELS)
def test_headings_are_told_by_their_style(style, level):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    assert read(docx(paragraph("水利建设", named), styles=STYLES)) == [Paragraph("水利建设", level)]


def test_the_outline_level_of_the_paragraph_itself_comes_first():
    levels = [
        read(docx(paragraph("水利", f'<w:pStyle w:val="1"/><w:outlineLvl w:val="{stated}"/>'), styles=STYLES))[0].level
        for stated in ("1", "9", "x")
    ]
    assert levels == [2, None, 1]


def test_tables_of_contents_and_hidden_styles_are_left_out():
    contents = paragraph(run("一、水利建设") + "<w:r><w:tab/></w:r>" + run("3"), '<w:pStyle w:val="toc"/>')
    gallery = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"{gallery}<w:sdtContent>{paragraph('目录')}</w:sdtContent></w:sdt>"
    body = paragraph(run("旧稿", '<w:rStyle w:val="hid"/>') + run("新稿"))
    assert lines(contents, control, body, styles=STYLES) == ["新稿"]


def level(index: int, pattern: str, number_format: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def lists(*levels: str, numbers: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{numbers}'


def item(text: str, index: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{number}"/></w:numPr>')


REPORT = lists(
    level(0, "%1、", "chineseCountingThousand"),
    level(1, "（%2）", "chineseCounting"),
    level(2, "%3.", "decimal"),
    level(3, "(%4)", "decimal"),
)


def test_automatic_numbers_are_written_out_and_start_anew_below_a_new_heading():
    body = [("水利", 0), ("水库", 1), ("加固", 2), ("验收", 2), ("河道", 1), ("清淤", 2), ("交通", 0), ("公路", 1)]
    assert lines(*(item(*line) for line in body), numbering=REPORT) == [
        "一、水利", "（一）水库", "1. 加固", "2. 验收", "（二）河道", "1. 清淤", "二、交通", "（一）公路",
    ]  # fmt: skip


def test_a_number_never_grows_into_the_figure_after_it():
    tight = lists(level(0, "%1.", "decimal", '<w:suff w:val="nothing"/>'))
    assert lines(item("2024年"), item("造林"), numbering=tight) == ["1. 2024年", "2.造林"]


FORMATS = [
    ("chineseCounting", 1, "一"), ("chineseCounting", 10, "十"), ("chineseCountingThousand", 12, "十二"),
    ("chineseCountingThousand", 20, "二十"), ("chineseCountingThousand", 35, "三十五"),
    ("chineseCountingThousand", 105, "一百零五"), ("chineseCountingThousand", 110, "一百一十"),
    ("japaneseCounting", 21, "二十一"), ("ideographDigital", 12, "一二"), ("chineseLegalSimplified", 13, "壹拾叁"),
    ("ideographTraditional", 3, "丙"), ("ideographZodiac", 12, "亥"), ("decimal", 12, "12"), ("decimalZero", 3, "03"),
    ("decimalFullWidth", 12, "１２"), ("upperRoman", 14, "XIV"), ("lowerRoman", 9, "ix"), ("upperLetter", 27, "AA"),
    ("lowerLetter", 2, "b"), ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircleChinese", 21, "21"),
    ("decimalEnclosedParen", 2, "⑵"), ("ideographEnclosedCircle", 2, "㊁"), ("ordinal", 4, "4"), ("none", 4, ""),
    ("decimal", 0, "0"), ("upperRoman", 0, "0"), ("chineseCounting", 0, "0"),
]  # fmt: skip


@pytest.mark.parametrize(("number_format", "number", "written"), FORMATS)
def test_formats_of_numbers(number_format, number, written):
    numbering = lists(level(0, "第%1条、", number_format, start=number))
    assert lines(item("总则"), numbering=numbering) == [f"第{written}条、总则"]


def test_bullets_and_lists_that_do_not_exist_give_no_number():
    bullets = lists(level(0, "\uf0b7", "bullet"))
    assert lines(item("甲"), item("乙", 0, 7), item("丙", 0, 0), item("丁", 99), numbering=bullets) == [*"甲乙丙丁"]


def test_several_levels_in_one_number():
    numbering = lists(level(0, "第%1章", "chineseCounting"), level(1, "%1.%2", "decimal", "<w:isLgl/>"))
    body = [item("总则"), item("范围", 1), item("期限", 1), item("任务"), item("指标", 1)]
    assert lines(*body, numbering=numbering) == ["第一章 总则", "1.1 范围", "1.2 期限", "第二章 任务", "2.1 指标"]


def test_two_lists_of_one_definition_count_on_unless_they_start_anew():
    other = '<w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    found = [
        lines(item("甲"), item("乙"), item("丙", 0, 2), item("丁", 0, 2), numbering=REPORT + other.format(override))
        for override in ("", anew)
    ]
    assert found == [["一、甲", "二、乙", "三、丙", "四、丁"], ["一、甲", "二、乙", "一、丙", "二、丁"]]


def test_a_level_that_never_starts_anew():
    numbering = lists(level(0, "%1、", "chineseCounting"), level(1, "%2.", "decimal", '<w:lvlRestart w:val="0"/>'))
    body = [item("甲"), item("子", 1), item("乙"), item("丑", 1)]
    assert lines(*body, numbering=numbering) == ["一、甲", "1. 子", "二、乙", "2. 丑"]


def test_numbers_that_come_with_a_style():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="h{i}"><w:name w:val="heading {i}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for i in (1, 2)
    )
    numbering = lists(
        level(0, "%1、", "chineseCounting", '<w:pStyle w:val="h1"/>'),
        level(1, "（%2）", "chineseCounting", '<w:pStyle w:val="h2"/>'),
    )
    body = [paragraph(text, f'<w:pStyle w:val="{style}"/>') for text, style in (("水利", "h1"), ("水库", "h2"))]
    blocks = read(docx(*body, styles=styles, numbering=numbering))
    assert blocks == [Paragraph("一、水利", 1), Paragraph("（一）水库", 2)]


def test_a_list_whose_definition_stands_behind_a_style():
    styles = (
        '<w:style w:type="numbering" w:styleId="n"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="n"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level(0, "%1、", "chineseCounting")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert lines(item("甲"), styles=styles, numbering=numbering) == ["一、甲"]


def test_deleted_paragraphs_are_not_counted():
    deleted = item(f"<w:del>{run('旧')}</w:del>").replace("<w:pPr>", "<w:pPr><w:rPr><w:del/></w:rPr>")
    assert lines(item("甲"), deleted, item("乙"), numbering=REPORT) == ["一、甲", "二、乙"]


def test_numbers_in_the_first_column_of_a_table():
    rows = [cell(item("<w:r/>")) + cell(name) for name in ("水库", "河道")]
    assert lines(table(*rows), numbering=lists(level(0, "%1", "decimal"))) == [["1", "水库", "2", "河道"]]


def test_merged_cells_stand_once_with_what_they_cover():
    both, start, more = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    grid = table(
        cell("指标", both) + cell("完成"),
        cell("水利", start) + cell("水库") + cell("3"),
        cell("<w:p/>", more) + cell("河道") + cell("12.5"),
        cell("左", '<w:hMerge w:val="restart"/>') + cell("右", '<w:hMerge w:val="continue"/>') + cell("末"),
    )
    assert read(docx(grid)) == [
        Table((
            Cell("指标", 1, 1, 1, 2), Cell("完成", 1, 3),
            Cell("水利", 2, 1, 2, 1), Cell("水库", 2, 2), Cell("3", 2, 3),
            Cell("河道", 3, 2), Cell("12.5", 3, 3),
            Cell("左", 4, 1, 1, 2), Cell("末", 4, 3),
        ))
    ]  # fmt: skip


def test_a_span_beyond_what_word_allows_is_cut():
    cells = read(docx(table(cell("甲", '<w:gridSpan w:val="999999999"/>') + cell("乙"))))[0].cells
    assert [(c.column, c.column_span) for c in cells] == [(1, 63), (64, 1)]


def test_a_pattern_of_numbers_is_never_longer_than_a_line():
    endless = lists(level(0, "条" * 100_000, "decimal"))
    assert len(lines(item("甲"), numbering=endless)[0]) < 100


def test_rows_that_begin_later_and_cells_of_several_paragraphs():
    row = "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell(paragraph("指标") + paragraph("名称")) + cell("值")
    assert read(docx(table(row))) == [Table((Cell("指标\n名称", 1, 2), Cell("值", 1, 3)))]


def test_deleted_rows_and_rows_in_content_controls():
    rows = table("<w:trPr><w:del/></w:trPr>" + cell("旧") + cell("7"), cell("新") + cell("8"))
    control = f"<w:sdt><w:sdtContent><w:tr>{cell('增')}{cell('9')}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    assert lines(rows.replace("</w:tbl>", control)) == [["新", "8", "增", "9"]]


def test_a_table_in_a_cell_follows_the_table_around_it():
    inner = table(cell("内甲") + cell("内乙"))
    assert lines(table(cell("外甲") + cell(inner + paragraph("外乙")))) == [["外甲", "外乙"], ["内甲", "内乙"]]


def test_a_frame_around_the_report_is_no_table():
    heading = paragraph("水利建设", '<w:outlineLvl w:val="0"/>')
    inner = table(cell("水库") + cell("3"))
    expected = [Paragraph("水利建设", 1), Table((Cell("水库", 1, 1), Cell("3", 1, 2))), Paragraph("余")]
    assert read(docx(table(cell(heading + inner + paragraph("余"))))) == expected
    assert read(docx(table(cell(heading), cell(inner + paragraph("余"))))) == expected


TWICE = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_text_boxes_stand_once_after_their_paragraph():
    old = f"<w:r><w:pict><v:textbox>{box('旧框')}</v:textbox></w:pict></w:r>"
    body = paragraph(run("正") + TWICE.format(box("新框")) + old + run("文")), paragraph("后")
    assert lines(*body) == ["正文", "新框", "旧框", "后"]


def test_notes_stand_at_the_end_in_the_order_of_their_marks():
    def note(key: str, text: str) -> str:
        return f'<w:footnote w:id="{key}">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(text))}</w:footnote>'

    notes = note("0", "分隔") + note("2", "含乡道。") + note("3", "含林网。") + note("4", "已删。")
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'.format
    body = paragraph(run("公路") + mark(3) + run("12") + mark(2) + f"<w:del>{mark(4)}</w:del>")
    end = f'<w:endnote w:id="2">{paragraph("资料来源：县局。")}</w:endnote>'
    after = paragraph(run("余") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
    expected = ["公路12", "余", "含林网。", "含乡道。", "资料来源：县局。"]
    assert lines(body, after, footnotes=notes, endnotes=end) == expected


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


ORDINARY = docx(paragraph("全年新建水库3座。"), styles=STYLES, numbering=REPORT)
MEMBERS = {
    name: zipfile.ZipFile(io.BytesIO(ORDINARY)).read(name) for name in zipfile.ZipFile(io.BytesIO(ORDINARY)).namelist()
}
TYPES = '<Types><Override PartName="/content/text.xml" ContentType="application/vnd.ms-word.{}.main+xml"/></Types>'
PACKAGES = [
    ("ISO strict", docx(paragraph("全年新建水库3座。"), namespace=STRICT)),
    ("another name of the text", docx(paragraph("全年新建水库3座。"), main="word/document2.xml")),
    ("other capitals", zipped({name.replace("document.xml", "Document.XML"): c for name, c in MEMBERS.items()})),
    ("backslashes", zipped({name.replace("/", "\\"): content for name, content in MEMBERS.items()})),
    ("no relations", zipped({"word/document.xml": MEMBERS["word/document.xml"]})),
    ("told by its type only", zipped({"[Content_Types].xml": TYPES.format("document.macroEnabledTemplate"),
                                      "content/text.xml": MEMBERS["word/document.xml"]})),
    ("UTF-16", zipped({**MEMBERS, "word/document.xml": MEMBERS["word/document.xml"].decode()
                       .replace("UTF-8", "UTF-16").encode("utf-16")})),
]  # fmt: skip


@pytest.mark.parametrize("data", [case[1] for case in PACKAGES], ids=[case[0] for case in PACKAGES])
def test_packages_as_various_programs_write_them(data):
    assert read(data) == [Paragraph("全年新建水库3座。")]


def with_text(content: str | bytes, **more: str | bytes) -> bytes:
    return zipped({**MEMBERS, "word/document.xml": content, **more})


def locked(data: bytes) -> bytes:
    """The archive with the mark of a password at every member."""
    marked = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(mark)
        while position >= 0:
            marked[position + offset] |= 1
            position = data.find(mark, position + 1)
    return bytes(marked)


ENTITIES = '<!DOCTYPE w [<!ENTITY a "水">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("深") + "</w:tc></w:tr></w:tbl>" * 60
BROKEN = [
    ("nothing but a mark", b"PK\x03\x04", RejectionReason.DAMAGED),
    ("cut in the middle", ORDINARY[: len(ORDINARY) // 2], RejectionReason.DAMAGED),
    ("no text part", zipped({"word/styles.xml": part("styles", "")}), RejectionReason.DAMAGED),
    ("no body", with_text(part("document", "")), RejectionReason.DAMAGED),
    ("cut XML", with_text(MEMBERS["word/document.xml"][:-30]), RejectionReason.DAMAGED),
    ("no XML", with_text("全年新建水库3座。"), RejectionReason.DAMAGED),
    ("an empty part", with_text(""), RejectionReason.DAMAGED),
    ("tables without end", docx(DEEP), RejectionReason.DAMAGED),
    ("packed as Word never does", zipped(MEMBERS, zipfile.ZIP_LZMA), RejectionReason.DAMAGED),
    ("locked members", locked(ORDINARY), RejectionReason.ENCRYPTED),
    ("an encrypted package", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
     RejectionReason.ENCRYPTED),
    ("an entity", with_text(f'{ENTITIES}]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body>'
     "</w:document>"), RejectionReason.UNSAFE),
    ("a file of the machine", with_text('<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]><w>&f;</w>'),
     RejectionReason.UNSAFE),
    ("pictures only", with_text(part("document", "<w:body><w:p/></w:body>"), **{"word/media/image1.png": b"x"}),
     RejectionReason.NO_TEXT),
    ("no text at all", docx(paragraph(" ")), RejectionReason.EMPTY),
    ("too many members", zipped({f"m{i}": "" for i in range(20_001)}), RejectionReason.TOO_LARGE),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_what_cannot_be_read_says_why_and_what_to_do(data, reason):
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    assert caught.value.reason == reason
    assert caught.value.detail
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_entities_that_multiply_are_never_unfolded():
    bomb = with_text(f'{ENTITIES}]><w:document xmlns:w="w" w:x="&i;"><w:body/></w:document>')
    tracemalloc.start()
    with pytest.raises(UnreadableDocument):
        read(bomb)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_part_that_unpacks_beyond_the_limit_is_left_at_once():
    bomb = with_text(b"<w>" + b" " * 40_000_000)
    budget = Budget(ReadingLimits(unpacked_bytes=1_000_000))
    with pytest.raises(UnreadableDocument) as caught:
        blocks_of_word(bomb, budget)
    assert caught.value.reason == RejectionReason.TOO_LARGE
    assert budget.unpacked < 1_200_000


def test_a_mass_of_empty_marks_is_refused_before_it_fills_the_memory():
    with pytest.raises(UnreadableDocument, match="marks") as caught:
        read(with_text(b"<w>" + b"<a/>" * 3_100_000))
    assert caught.value.reason == RejectionReason.TOO_LARGE


def test_the_clock_is_looked_at():
    ticks = iter(range(10_000))
    with pytest.raises(UnreadableDocument) as caught:
        read(docx(*[paragraph("水")] * 300), clock=lambda: float(next(ticks)), seconds=100)
    assert caught.value.reason == RejectionReason.TOO_SLOW


def test_damage_of_any_kind_ends_in_blocks_or_a_reason():
    body = [item("水利"), table(cell("甲") + cell("乙")), paragraph(TWICE.format(box("框")))]
    parts = {"styles": STYLES, "numbering": REPORT}
    packed = docx(*body, **parts)
    plain = zipped(unzipped(packed), zipfile.ZIP_STORED)
    dice = random.Random(7)
    endings = {"blocks": 0, "reason": 0}
    for turn in range(600):
        broken = bytearray(plain if turn % 2 else packed)
        for _ in range(dice.randrange(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            read(bytes(broken[: dice.randrange(len(broken))] if turn % 5 == 0 else broken))
            endings["blocks"] += 1
        except UnreadableDocument:
            endings["reason"] += 1
    assert min(endings.values()) > 20
