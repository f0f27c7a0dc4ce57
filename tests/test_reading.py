"""Source files → canonical text: encodings, line ends, and a stated reason for whatever cannot be taken."""

import io
import tracemalloc
import zipfile

import pytest
from compound_files import compound_file

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading import DEFAULT_LIMITS, ReadingLimits, UnreadableDocument, document_from_bytes, read_document
from bureau_metrics.settings import Settings

TEXT = "嵩县水利局2024年工作总结\n全年新建水库3座，治理河道12.5公里。\n"


def read(data: bytes):
    return document_from_bytes(data, name="report.txt", document_id="report.txt")


ENCODED = [
    ("UTF-8", TEXT.encode(), "utf-8"),
    ("UTF-8 with byte-order mark", TEXT.encode("utf-8-sig"), "utf-8-sig"),
    ("GB18030", TEXT.encode("gb18030"), "gb18030"),
    ("UTF-16, little end first", b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16"),
    ("UTF-16, big end first", b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
    ("UTF-32", b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), "utf-32"),
    ("Windows line ends", TEXT.replace("\n", "\r\n").encode(), "utf-8"),
    ("old Mac line ends", TEXT.replace("\n", "\r").encode("gb18030"), "gb18030"),
]


@pytest.mark.parametrize(("data", "encoding"), [case[1:] for case in ENCODED], ids=[case[0] for case in ENCODED])
def test_the_same_text_whatever_the_encoding(data, encoding):
    document = read(data)
    assert (document.text, document.encoding, document.format) == (TEXT, encoding, "txt")


def test_a_utf8_file_with_lf_line_ends_is_its_own_canonical_text(tmp_path):
    text = "  标题\n\n\t正文　全角空格，full-width１２３。\x0c\n末行无换行"
    path = tmp_path / "报告 2024.md"
    path.write_bytes(text.encode())
    document = read_document(path)
    assert document.text == text
    assert (document.name, document.document_id) == ("报告 2024.md", "报告 2024.md")
    assert read_document(path, document_id="a/b").document_id == "a/b"


def test_the_content_hash_is_that_of_the_bytes():
    assert read(TEXT.encode()).content_hash != read(TEXT.encode("utf-8-sig")).content_hash


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


REFUSED = [
    ("nothing", b"", RejectionReason.EMPTY, "empty"),
    ("a lone byte-order mark", b"\xef\xbb\xbf", RejectionReason.EMPTY, "no text"),
    ("blanks", "　 \r\n\t\n".encode(), RejectionReason.EMPTY, "no text"),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3", RejectionReason.DAMAGED, "PDF"),
    ("docx", zipped("[Content_Types].xml", "word/document.xml"), RejectionReason.DAMAGED, "Word"),
    ("xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), RejectionReason.DAMAGED, "spreadsheet"),
    ("ofd", zipped("OFD.xml", "Doc_0/Document.xml"), RejectionReason.DAMAGED, "OFD"),
    ("zip", zipped("a.txt"), RejectionReason.UNSUPPORTED_FORMAT, "ZIP"),
    ("doc", compound_file("WordDocument", "1Table"), RejectionReason.UNSUPPORTED_FORMAT, "doc"),
    ("xls", compound_file("Workbook"), RejectionReason.DAMAGED, "xls"),
    ("some other OLE file", compound_file("VisioDocument"), RejectionReason.UNSUPPORTED_FORMAT, "Office"),
    ("rtf", b"{\\rtf1\\ansi}", RejectionReason.EMPTY, ""),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(40), RejectionReason.UNSUPPORTED_FORMAT, "PNG"),
    ("a web page", b"\xef\xbb\xbf\r\n <!DOCTYPE HTML><html>", RejectionReason.NO_TEXT, "no text"),
    ("gzip", b"\x1f\x8b\x08\x00" + bytes(20), RejectionReason.UNSUPPORTED_FORMAT, "gzip"),
    ("NUL bytes", "工作总结".encode() + b"\x00\x01\x02", RejectionReason.BINARY, "offset 12"),
    ("control characters", b"\x01\x02\x03\x04 abc " * 20, RejectionReason.BINARY, "control"),
    ("a mass of foreign text", b"lorem ipsum dolor sit amet\n" * 50_000, RejectionReason.BINARY, "hardly any Chinese"),
    ("Big5", "臺灣省政府九十二年度施政報告與檢討說明".encode("big5"), RejectionReason.UNDECODABLE, "GB18030"),
    ("UTF-8 cut off in a character", TEXT.encode() + "末".encode()[:2], RejectionReason.UNDECODABLE, "UTF-8"),
    (
        "UTF-16 cut off in a character",
        b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1],
        RejectionReason.UNDECODABLE,
        "UTF-16",
    ),
    ("random bytes", bytes(range(128, 256)) * 4, RejectionReason.UNDECODABLE, "GB18030"),
]


@pytest.mark.parametrize(("data", "reason", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_says_why_and_what_to_do(data, reason, said):
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    failure = caught.value
    assert failure.reason == reason
    assert said in failure.detail
    assert failure.hint
    assert "\n" not in str(failure)


def test_no_file_a_folder_and_a_pipe(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe")
    found = {}
    for name in ("nothing.txt", "", "pipe", "a\0b"):
        with pytest.raises(UnreadableDocument) as caught:
            read_document(tmp_path / name)
        found[name] = caught.value.reason
    unreadable = RejectionReason.UNREADABLE
    assert found == {"nothing.txt": RejectionReason.MISSING, "": unreadable, "pipe": unreadable, "a\0b": unreadable}


def test_a_file_that_may_not_be_opened(tmp_path, monkeypatch):
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(UnreadableDocument, match="Permission denied") as caught:
        read_document(path)
    assert caught.value.reason == RejectionReason.UNREADABLE


def test_a_file_above_the_limit_is_not_even_opened(tmp_path, monkeypatch):
    path = tmp_path / "large.txt"
    with path.open("wb") as target:
        target.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(type(path), "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(UnreadableDocument, match="209,715,200 bytes") as caught:
        read_document(path)
    assert caught.value.reason == RejectionReason.TOO_LARGE


def test_the_limit_is_the_settings_own(tmp_path):
    assert Settings.model_fields["max_bytes"].default == DEFAULT_LIMITS.file_bytes
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode())
    size = path.stat().st_size
    assert read_document(path, limits=ReadingLimits(file_bytes=size)).text == TEXT
    with pytest.raises(UnreadableDocument):
        read_document(path, limits=ReadingLimits(file_bytes=size - 1))


def test_one_gigantic_line_takes_memory_in_proportion(tmp_path):
    path = tmp_path / "line.txt"
    path.write_bytes("全年新建水库3座，".encode() * 400_000)
    size = path.stat().st_size
    tracemalloc.start()
    document = read_document(path, limits=ReadingLimits(characters=4_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(document.text) == 400_000 * 9
    assert peak < 6 * size
