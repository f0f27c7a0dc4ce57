"""OFD documents → paragraphs: lines joined, page numbers and running headers gone."""

import io
import zipfile

import pytest

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Paragraph
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.ofd import blocks_of_ofd
from bureau_metrics.reading.ofd.positioned_lines import PositionedLine, joined, paragraphs

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE, LEFT, WIDTH = 5.0, 30.0, 30  # millimetres, millimetres, characters a line


def text_object(text: str, x: float, y: float, size: float = SIZE, more: str = "") -> str:
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 200 {size}" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {len(text)} {size}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def page(*objects: str) -> str:
    return (
        f"<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
        f"<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def ofd(*pages: str, **parts: str) -> bytes:
    entries = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    common = "<ofd:CommonData><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
    body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    members = {
        "OFD.xml": f"<ofd:OFD {SPACE}>{body}</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}>{common}<ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
        **{f"Doc_0/{name}.xml": content for name, content in parts.items()},
    }
    return packed(members)


def packed(members: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def blocks(data: bytes, limits: ReadingLimits | None = None):
    return blocks_of_ofd(data, Budget(limits or ReadingLimits()))


def texts(*objects: str) -> list[str]:
    return [block.text for block in blocks(ofd(page(*objects)))]


def set_out(text: str, top: float = 50.0) -> list[str]:
    """A paragraph set in lines of WIDTH characters, the first of them set in by two."""
    lines = [text[: WIDTH - 2], *(text[at : at + WIDTH] for at in range(WIDTH - 2, len(text), WIDTH))]
    return [
        text_object(line, LEFT + (0 if number else 2 * SIZE), top + number * 2 * SIZE)
        for number, line in enumerate(lines)
    ]


LONG = (
    "全年新建水库三座，治理河道二十五公里，完成投资一亿二千万元，占年度计划的百分之一百零五，"
    "比上年增长百分之八点五，群众满意度进一步提高。"
)
OTHER = (
    "下一步，全局上下将继续推进重点水利工程建设，加强河湖管理，确保全县防汛抗旱和供水安全，为经济社会发展提供有力支撑。"
)


def test_the_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart():
    first, second = set_out(LONG), set_out(OTHER, 50 + 6 * SIZE)
    title = text_object("二〇二四年工作总结", 70, 30, 8)
    assert texts(title, *first, *second) == ["二〇二四年工作总结", LONG, OTHER]


def test_a_paragraph_goes_on_over_the_page_and_furniture_is_left_out():
    lines = set_out(LONG)
    header = text_object("水利局年报", LEFT, 15)
    found = blocks(
        ofd(
            page(header, *lines[:2], text_object("- 1 -", 100, 285)),
            page(header, text_object(LONG[2 * WIDTH - 2 :], LEFT, 30), text_object("第2页 共3页", 100, 285)),
            page(header, *set_out(OTHER), text_object("3", 100, 285)),
        )
    )
    assert found == [Paragraph(LONG, page=1), Paragraph(OTHER, page=3)]


def test_characters_drawn_one_by_one_become_words():
    pieces = [text_object(character, LEFT + n * SIZE, 50) for n, character in enumerate("新建水库")]
    digits = [
        f'<ofd:TextObject ID="1" Boundary="{LEFT + 4 * SIZE + n * SIZE / 2} 45 5 5" Size="5">'
        f'<ofd:TextCode X="0" Y="5">{digit}</ofd:TextCode></ofd:TextObject>'
        for n, digit in enumerate("128座")
    ]
    assert texts(*pieces, *digits) == ["新建水库128座"]


LINES = [
    ("a title set wide", [("工", 50), ("作", 65), ("总", 80), ("结", 95)], "工作总结"),
    ("cells of a row stay apart", [("水库（座）", 30), ("三", 90), ("五", 120)], "水库（座）  三  五"),
    ("two figures stay apart", [("12", 30), ("34", 42)], "12 34"),
    ("drawn twice for bold print", [("水库", 30), ("水库", 30)], "水库"),
    ("objects out of order", [("河道", 40), ("治理", 30)], "治理河道"),
]


@pytest.mark.parametrize(("runs", "text"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_runs_of_a_line(runs, text):
    assert texts(*(text_object(run, x, 50) for run, x in runs)) == [text]


def test_text_off_the_page_is_not_seen():
    assert texts(text_object("水库", 30, 50), text_object("草稿", 30, 400)) == ["水库"]


JOINTS = [
    ("完成投资1", "2亿元", "完成投资12亿元"),
    ("增长8", ".5%", "增长8.5%"),
    ("全县 ", " 水库", "全县水库"),
    ("GDP", "growth", "GDP growth"),
    ("共有", "GDP", "共有GDP"),
    ("", "水库", "水库"),
]


@pytest.mark.parametrize(("text", "more", "whole"), JOINTS)
def test_two_lines_are_joined_without_a_blank_that_nobody_wrote(text, more, whole):
    assert joined(text, more) == whole


def line(text: str, x0: float = 0, x1: float = 100, y: float = 0, size: float = 5, page_: int = 1) -> PositionedLine:
    return PositionedLine(text, x0, x1, y, size, page_)


BREAKS = [
    ("the line before ends early", [line("一项", x1=60), line("二项", y=10), line("三项", y=20)], ["一项", "二项三项"]),
    ("set in", [line("一项"), line("二项", x0=10, y=10), line("三项", y=20)], ["一项", "二项三项"]),
    ("larger print", [line("标题", size=8), line("正文", y=10), line("续行", y=20)], ["标题", "正文续行"]),
    ("far below", [line("甲"), line("乙", y=10), line("丙", y=20), line("丁", y=60)], ["甲乙丙", "丁"]),
    ("a numbered heading", [line("前文"), line("一、水库", y=10), line("正文", y=20)], ["前文", "一、水库正文"]),
    (
        "a number inside the page is none of it",
        [line("甲", x1=50), line("25", y=10), line("乙。", y=20)],
        ["甲", "25乙。"],
    ),
]


@pytest.mark.parametrize(("lines", "expected"), [case[1:] for case in BREAKS], ids=[case[0] for case in BREAKS])
def test_where_a_paragraph_begins(lines, expected):
    assert [paragraph.text for paragraph in paragraphs(lines)] == expected


def test_no_lines_are_no_paragraphs():
    assert paragraphs([]) == []


def units(*bodies: str) -> str:
    inside = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>{body}</ofd:Content></ofd:CompositeGraphicUnit>'
        for n, body in enumerate(bodies)
    )
    return f"<ofd:Res {SPACE}><ofd:CompositeGraphicUnits>{inside}</ofd:CompositeGraphicUnits></ofd:Res>"


def use(number: int) -> str:
    return f'<ofd:CompositeObject ID="9" ResourceID="{number}" Boundary="0 0 210 297"/>'


def test_text_inside_a_graphic_is_read():
    data = ofd(page(use(0)), PublicRes=units(use(1), text_object("水利局文件", 30, 50)))
    assert blocks(data) == [Paragraph("水利局文件", page=1)]


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "cccccccccc">]>'
GOOD = ofd(page(*set_out(LONG)))
REFUSED = [
    ("a scan", ofd(page('<ofd:ImageObject ID="1" ResourceID="2" Boundary="0 0 210 297"/>')), RejectionReason.NO_TEXT),
    ("no pages", ofd(), RejectionReason.NO_TEXT),
    ("only a page number", ofd(page(text_object("- 1 -", 100, 285))), RejectionReason.NO_TEXT),
    ("entities", ofd(DOCTYPE + page(text_object("&b;", 30, 50))), RejectionReason.UNSAFE),
    ("graphics within themselves", ofd(page(use(0)), PublicRes=units(use(0) + use(0))), RejectionReason.UNSAFE),
    (
        "graphics many times over",
        ofd(page(use(0)), PublicRes=units(*(use(n + 1) * 9 for n in range(9)))),
        RejectionReason.UNSAFE,
    ),
    ("no OFD", packed({"a.txt": "水库"}), RejectionReason.DAMAGED),
    ("cut off", GOOD[:-30], RejectionReason.DAMAGED),
    ("nothing", b"", RejectionReason.DAMAGED),
]


@pytest.mark.parametrize(("data", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(UnreadableDocument) as caught:
        blocks(data)
    assert caught.value.reason == reason
    assert caught.value.hint


@pytest.mark.parametrize("limits", [ReadingLimits(pages=2), ReadingLimits(unpacked_bytes=1000)])
def test_the_budget_holds(limits):
    with pytest.raises(UnreadableDocument) as caught:
        blocks(ofd(*[page(text_object("水库", 30, 50))] * 3), limits)
    assert caught.value.reason == RejectionReason.TOO_LARGE


def test_broken_files_fail_in_one_way_only():
    broken = [GOOD[:end] for end in range(1, len(GOOD), 12)]
    broken += [GOOD[:at] + bytes([GOOD[at] ^ 0xFF]) + GOOD[at + 1 :] for at in range(0, len(GOOD), 5)]
    for data in broken:
        try:
            assert blocks(data)
        except UnreadableDocument as failure:
            assert failure.hint  # noqa: PT017 - whether it fails at all depends on the byte
