"""Formats by content: what each kind of file is taken for, and that no damage to it makes the telling fail."""

from __future__ import annotations

import random
import time

import pytest
from archive_files import overlapping_zip, raw_zip, stored, tarred, zipped
from compound_files import compound_file

from bureau_metrics.reading.recognition import recognise

TEXT = "嵩县水利局2024年工作总结\n全年新建水库3座，治理河道12.5公里。\n"
PAGE = "<head><title>嵩县水利局</title></head><p>全年新建水库3座。</p></html>"
MAIL = "From: <保存>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x\r\n"
OFFICE = "[Content_Types].xml"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def package(*names: str, **contents: str) -> bytes:
    return zipped(dict.fromkeys(names, b"<x/>") | {name: content.encode() for name, content in contents.items()})


RECOGNISED = [
    ("pdf", b"%PDF-1.7\n%\xe2\xe3"),
    ("pdf", b"\r\n<!-- 0 -->" + bytes(1000) + b"%PDF-1.4"),
    (None, b"x" * 1020 + b"%PDF-1.4"),
    (None, "该平台生成%PDF-文件12份。".encode()),
    ("rtf", b"{\\rtf1\\ansi}"),
    ("rtf", b"\xef\xbb\xbf\r\n{\\rtf1"),
    ("png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
    ("jpeg", b"\xff\xd8\xff\xe0" + bytes(40)),
    ("gif", b"GIF89a" + bytes(40)),
    ("tiff", b"II*\x00" + bytes(40)),
    ("webp", b"RIFF\x10\x00\x00\x00WEBP"),
    (None, b"RIFF\x10\x00\x00\x00WAVE"),
    ("bmp", b"BM\x36\x00\x00\x00\x00\x00\x00\x00"),
    (None, "BMI指数24.5以下的占8成。".encode()),
    ("rar", b"Rar!\x1a\x07\x01\x00"),
    ("7z", b"7z\xbc\xaf\x27\x1c"),
    ("gzip", b"\x1f\x8b\x08\x00" + bytes(20)),
    ("bzip2", b"BZh91AY&SY" + bytes(20)),
    (None, b"BZh is no archive"),
    ("xz", b"\xfd7zXZ\x00"),
    ("tar", tarred({"a.txt": b"x"})),
    # zip files
    ("zip", zipped({"a.txt": b"x"})),
    ("zip", zipped({})),
    ("zip", package("word/document.xml")),
    ("zip", package("a.txt", mimetype="text/plain")),
    ("zip", zipped({"a.docx": package(OFFICE, "word/document.xml")}, 0)),
    ("docx", package(OFFICE, "word/document.xml")),
    ("docx", package("[content_types].xml", "Word\\document.xml")),
    ("xlsx", package(OFFICE, "xl/workbook.xml")),
    ("xlsb", package(OFFICE, "xl/workbook.bin")),
    ("pptx", package(OFFICE, "ppt/presentation.xml")),
    ("opc", package(OFFICE, "visio/document.xml")),
    ("docx", package(OFFICE, "word/document.xml", "word/embeddings/xl/a.xml")),
    ("ofd", package("OFD.xml", "Doc_0/Document.xml")),
    ("odt", package(mimetype=OPEN_DOCUMENT + "text")),
    ("ods", package(mimetype=OPEN_DOCUMENT + "spreadsheet")),
    ("odp", package(mimetype=OPEN_DOCUMENT + "presentation")),
    ("odf", package(mimetype=OPEN_DOCUMENT + "graphics")),
    ("epub", package(mimetype="application/epub+zip")),
    ("docx", package(OFFICE, "word/document.xml")[:-40]),
    ("zip", zipped({"a.txt": b"x"})[:-40]),
    # compound files
    ("doc", compound_file("WordDocument", "1Table")),
    ("doc", compound_file("WordDocument", embedded="Workbook")),
    ("doc", compound_file("1Table", "Data", "a", "b", "c", "d", "e", "f", "WordDocument")),
    ("doc", compound_file("WordDocument", shift=12)),
    ("doc", compound_file("a", "b", "c", "WordDocument", fillers=15_000)),
    ("xls", compound_file("Workbook", embedded="WordDocument")),
    ("xls", compound_file("BOOK")),
    ("ppt", compound_file("PowerPoint Document")),
    ("encrypted", compound_file("EncryptedPackage", "EncryptionInfo")),
    ("ole", compound_file("VisioDocument")),
    ("ole", compound_file("VisioDocument", embedded="WordDocument")),
    ("ole", compound_file("WordDocument")[:600]),
    ("ole", compound_file("WordDocument")[:8] + bytes(600)),
    # web pages
    ("html", f"<!DOCTYPE html><html>{PAGE}".encode()),
    ("html", ("\ufeff\r\n <HTML lang=zh>" + PAGE).encode()),
    ("html", f"<html>{PAGE}".encode("gb18030")),
    ("html", f"<html>{PAGE}".encode("utf-16")),
    ("html", f"<html>{PAGE}".encode("utf-16-le")),
    ("html", f"<html>{PAGE}".encode("utf-16-be")),
    ("html", f'<?xml version="1.0"?>\n<!-- {"说明" * 3000} --><!-- x -->\n<html>{PAGE}'.encode()),
    ("html", PAGE.encode()),
    ("html", "<p>全年新建水库3座。</p><p>治理河道12.5公里。</p><p>完成。</p>".encode()),
    ("html", "全年新建水库3座。<br><span>治理河道</span><br/>".encode()),
    ("html", "<body>水".encode()),
    (None, "全年新建水库<3座>，<br>另有2座。".encode()),
    (None, "<关于2024年工作总结的报告>\n新建水库3座<p>".encode()),
    (None, ("水" * 2000 + "<html>").encode()),
    ("mhtml", MAIL.encode()),
    ("mhtml", MAIL.replace("multipart/related", "text/html").encode()),
    (None, MAIL.replace("MIME-Version", "Version").encode()),
    (None, (TEXT + MAIL).encode()),
    # other markup
    ("wordml", b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument>'),
    ("spreadsheetml", b'<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>'),
    ("flat_opc", b'<?xml version="1.0" standalone="yes"?><pkg:package>'),
    ("fodt", f'<?xml version="1.0"?><office:document a="b" office:mimetype="{OPEN_DOCUMENT}text">'.encode()),
    ("fods", f'<?xml version="1.0"?><office:document office:mimetype="{OPEN_DOCUMENT}spreadsheet">'.encode()),
    ("uof", b'<?xml version="1.0"?><uof:UOF uof:language="cn">'),
    ("svg", b'<?xml version="1.0"?><svg xmlns="x">'),
    ("xml", b'<?xml version="1.0"?><report>'),
    ("xml", '<?xml version="1.0" encoding="UTF-16"?><report>'.encode("utf-16")),
    # text
    (None, TEXT.encode()),
    (None, TEXT.encode("gb18030")),
    (None, TEXT.encode("utf-16")),
    (None, b""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data"), RECOGNISED, ids=[f"{n}-{case[0]}" for n, case in enumerate(RECOGNISED)])
def test_a_format_is_told_by_content(name: str | None, data: bytes) -> None:
    found = recognise(data)
    assert (found.name if found else None) == name
    if found:
        assert found.title.isprintable()
        assert found.hint.isprintable()


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (package(OFFICE, "ppt/presentation.xml"), "slides"),
        (b"Rar!\x1a\x07", "unpack"),
        (compound_file("EncryptedPackage"), "password"),
        (compound_file("WordDocument"), "docx"),
    ],
)
def test_the_hint_says_what_a_person_should_do(data: bytes, hint: str) -> None:
    found = recognise(data)
    assert found
    assert hint in found.hint


def test_no_damage_makes_the_telling_fail() -> None:
    chance = random.Random(7)
    for _, data in RECOGNISED:
        for _ in range(30 if len(data) < 10_000 else 1):
            changed = bytearray(data[: chance.randrange(len(data) + 1)])
            for _ in range(chance.randrange(6) if changed else 0):
                changed[chance.randrange(len(changed))] = chance.choice((0, 1, 0xFE, 0xFF, chance.randrange(256)))
            found = recognise(bytes(changed))
            assert found is None or found.name


LOOPING = bytearray(compound_file("a", "b", "c", "d", "e", fillers=15_000))
LOOPING[68:72] = (0).to_bytes(4, "little")  # the list of tables leads through the tables themselves
HOSTILE = [
    ("comments", b"<!--" * 20_000),
    ("closed comments", b"<!---->" * 2_000_000),
    ("open document elements", b'<?xml version="1.0"?>' + b"<office:document " * 200_000),
    ("tags", b"<p " * 1_000_000),
    ("headers", b"a:\n" * 1_000_000),
    ("blanks", b" " * 20_000_000),
    ("zip marks", b"PK\x03\x04" * 4_000_000),
    ("a million members", overlapping_zip(1_000_000, stored(b"", b""))),
    ("long names", raw_zip(stored(b"a" * 60_000, b"") for _ in range(100))),
    ("compound file without end", bytes(LOOPING)),
]


@pytest.mark.parametrize("data", [case[1] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_files_are_told_at_once(data: bytes) -> None:
    begun = time.perf_counter()
    recognise(data)
    assert time.perf_counter() - begun < 1.5


def test_siblings_that_lead_back_to_each_other_are_seen_once() -> None:
    data = bytearray(compound_file("Data", "WordDocument"))
    second = data.index("WordDocument".encode("utf-16-le"))
    data[second + 68 : second + 76] = (1).to_bytes(4, "little") * 2
    found = recognise(bytes(data))
    assert found
    assert found.name == "doc"
