"""Tells the format of a source by its content, never by its name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from bureau_metrics.reading.compound_file import COMPOUND_FILE_MARK, top_names
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.zip_directory import BROKEN_ZIP, open_zip

TEXT = "txt"

_SAVE_AS_TEXT = "save it as plain text (UTF-8) and give that file"


@dataclass(frozen=True, slots=True)
class Format:
    """A recognised format: its short name, how a person calls it, and what to do about it where it cannot be read."""

    name: str
    title: str
    hint: str = _SAVE_AS_TEXT


_SAVE_AS_DOCX = "open it in Word or WPS and save it as docx"
_SAVE_AS_XLSX = "open it in Excel or WPS and save it as xlsx"
_PICTURE_HINT = "it holds a picture, not text: give a text version of the report"
_SLIDES_HINT = "slides hold no sentences to rely on: give the report itself"
_ARCHIVE_HINT = "unpack it and give the files inside"
_NO_REPORT_HINT = "give the report itself, as text"
_PROTECTED_HINT = "open it with its password, save it without one, and give that file"


def _signature(pattern: bytes, name: str, title: str, hint: str = _SAVE_AS_TEXT) -> tuple[re.Pattern[bytes], Format]:
    return re.compile(pattern, re.DOTALL), Format(name, title, hint)


_SIGNATURES = (
    _signature(rb"(?:\xef\xbb\xbf)?\s{0,64}\{\\rtf", "rtf", "an RTF document"),
    _signature(rb"\x89PNG\r\n\x1a\n", "png", "a PNG picture", _PICTURE_HINT),
    _signature(rb"\xff\xd8\xff", "jpeg", "a JPEG picture", _PICTURE_HINT),
    _signature(rb"GIF8[79]a", "gif", "a GIF picture", _PICTURE_HINT),
    _signature(rb"II\*\0|MM\0\*", "tiff", "a TIFF picture", _PICTURE_HINT),
    _signature(rb"RIFF.{4}WEBP", "webp", "a WebP picture", _PICTURE_HINT),
    _signature(rb"BM.{4}\0{4}", "bmp", "a bitmap picture (BMP)", _PICTURE_HINT),
    _signature(rb"Rar!\x1a\x07", "rar", "a RAR archive", _ARCHIVE_HINT),
    _signature(rb"7z\xbc\xaf\x27\x1c", "7z", "a 7-Zip archive", _ARCHIVE_HINT),
    _signature(rb"\x1f\x8b\x08", "gzip", "a gzip archive", _ARCHIVE_HINT),
    _signature(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", "bzip2", "a bzip2 archive", _ARCHIVE_HINT),
    _signature(rb"\xfd7zXZ\0", "xz", "an xz archive", _ARCHIVE_HINT),
    _signature(rb"\x28\xb5\x2f\xfd", "zstd", "a Zstandard archive", _ARCHIVE_HINT),
    _signature(rb".{257}ustar", "tar", "a tar archive", _ARCHIVE_HINT),
    _signature(rb"SQLite format 3\0", "sqlite", "an SQLite database", _NO_REPORT_HINT),
    _signature(rb".{8}DUCK", "duckdb", "a DuckDB database", _NO_REPORT_HINT),
    _signature(rb"PAR1", "parquet", "a Parquet table", _NO_REPORT_HINT),
    _signature(rb"\x7fELF|MZ\x90\0", "program", "a program", _NO_REPORT_HINT),
    _signature(rb".{0,1019}%PDF-\d", "pdf", "a PDF document"),
)

ARCHIVE_OPENING = 512
"""As many first bytes as hold the mark of any archive."""

_ARCHIVE_MARK = re.compile(
    b"|".join(pattern.pattern for pattern, format_ in _SIGNATURES if format_.hint == _ARCHIVE_HINT), re.DOTALL
)
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_OTHER = Format("zip", "a ZIP archive", _ARCHIVE_HINT)
_OFFICE_MARKS = frozenset(["[content_types].xml", "_rels/.rels"])
_OFFICE_PARTS = (
    ("word/", Format("docx", "a Word document (docx)")),
    ("xl/workbook.bin", Format("xlsb", "a binary Excel workbook (xlsb)", _SAVE_AS_XLSX)),
    ("xl/", Format("xlsx", "an Excel workbook (xlsx)")),
    ("ppt/", Format("pptx", "a PowerPoint presentation (pptx)", _SLIDES_HINT)),
    ("", Format("opc", "an Office file of another kind", _NO_REPORT_HINT)),
)
_OFD = Format("ofd", "an OFD document")
_MEDIA_TYPES = (
    ("application/vnd.oasis.opendocument.text", Format("odt", "an OpenDocument text (odt)")),
    ("application/vnd.oasis.opendocument.spreadsheet", Format("ods", "an OpenDocument spreadsheet (ods)")),
    ("application/vnd.oasis.opendocument.presentation", Format("odp", "OpenDocument slides (odp)", _SLIDES_HINT)),
    ("application/vnd.oasis.opendocument", Format("odf", "an OpenDocument file of another kind", _NO_REPORT_HINT)),
    ("application/epub", Format("epub", "an EPUB book")),
)
_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}(?P<length>..)..", re.DOTALL)
_MOST_LOCAL_NAMES = 1000

_COMPOUND_STREAMS = (
    ("EncryptedPackage", Format("encrypted", "an Office document with a password", _PROTECTED_HINT)),
    ("WordDocument", Format("doc", "an old Word or WPS document (doc, wps)", _SAVE_AS_DOCX)),
    ("Workbook", Format("xls", "an old Excel or WPS workbook (xls, et)", _SAVE_AS_XLSX)),
    ("Book", Format("xls", "an old Excel or WPS workbook (xls, et)", _SAVE_AS_XLSX)),
    ("PowerPoint Document", Format("ppt", "an old PowerPoint presentation (ppt, dps)", _SLIDES_HINT)),
)
_COMPOUND_OTHER = Format("ole", "an old Office file of another kind, or a damaged one", _SAVE_AS_DOCX)

_OPENING = 1 << 16
_HEAD = 1024
_WEB_PAGE = Format("html", "a web page (HTML)", "open it in a browser and copy its text into a plain text file")
_WEB_ARCHIVE = Format("mhtml", "a web page saved as one file (MHTML)", "open it in a browser and save it as HTML")
_XML_OTHER = Format("xml", "an XML file", _NO_REPORT_HINT)
_XML_KINDS = (
    (r'progid="Word\.Document"|<w:wordDocument', Format("wordml", "a Word 2003 XML document", _SAVE_AS_DOCX)),
    (r'progid="Excel\.Sheet"', Format("spreadsheetml", "an Excel 2003 XML workbook", _SAVE_AS_XLSX)),
    (r"<pkg:package", Format("flat_opc", "an Office document as one XML file", _SAVE_AS_DOCX)),
    (r"<office:document[^<>]*opendocument\.text", Format("fodt", "a flat OpenDocument text (fodt)")),
    (r"<office:document[^<>]*opendocument\.spreadsheet", Format("fods", "a flat OpenDocument spreadsheet (fods)")),
    (r"<uof:UOF", Format("uof", "a UOF document", _SAVE_AS_DOCX)),
    (r"^\s*<svg", Format("svg", "an SVG picture", _PICTURE_HINT)),
)
_BEFORE_THE_ROOT = re.compile(r"(?>\s+|\ufeff|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_PAGE_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(
    r"<(a|b|br|center|div|font|h[1-6]|img|li|link|meta|ol|p|script|span|strong|style|table|tbody|td|title|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_ENOUGH_TAGS = 3
_MAIL_HEADER = re.compile(r"^[A-Za-z-]+:.*$|^[ \t].*$")
_WEB_ARCHIVE_TYPE = re.compile(r"^Content-Type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)


def recognise(data: bytes) -> Format | None:
    """Return the format that the bytes declare themselves to be, or None: then they are text or nothing known.

    Containers (zip, compound files) are told apart by their directories, markup by what stands first in it.
    """
    return by_first_bytes(data) or _markup(data[:_OPENING])


def by_first_bytes(data: bytes) -> Format | None:
    """Return the format that the first bytes are the mark of, or None: markup and text have none."""
    if data.startswith(_ZIP_MARKS):
        return _zip_kind(data)
    if data.startswith(COMPOUND_FILE_MARK):
        names = top_names(data)
        return next((format_ for name, format_ in _COMPOUND_STREAMS if name.lower() in names), _COMPOUND_OTHER)
    opening = data[:_OPENING]
    return next((format_ for pattern, format_ in _SIGNATURES if pattern.match(opening)), None)


def could_be_archive(opening: bytes) -> bool:
    """Tell whether a file may be an archive, by its first bytes (`ARCHIVE_OPENING`); all of it decides."""
    return opening.startswith(_ZIP_MARKS) or _ARCHIVE_MARK.match(opening) is not None


def _zip_kind(data: bytes) -> Format:
    try:
        with open_zip(data) as archive:
            names = {_plain(name): name for name in archive.namelist()}
            media_type = _media_type(archive, names.get("mimetype"))
    except UnreadableDocument:  # a download that broke off still says what it was to be
        names, media_type = {_plain(name): name for name in _local_names(data)}, ""
    if _OFFICE_MARKS & names.keys():
        return next(format_ for part, format_ in _OFFICE_PARTS if any(name.startswith(part) for name in names))
    if "ofd.xml" in names:
        return _OFD
    return next((format_ for start, format_ in _MEDIA_TYPES if media_type.startswith(start)), _ZIP_OTHER)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


def _media_type(archive: zipfile.ZipFile, name: str | None) -> str:
    """Return what an OpenDocument file or an EPUB book says that it is, in a first member that is stored as it is."""
    if name is None:
        return ""
    try:
        with archive.open(name) as member:
            return member.read(100).decode("ascii", "replace").strip()
    except BROKEN_ZIP:
        return ""


def _local_names(data: bytes) -> Iterable[str]:
    """Yield the names that stand before the members themselves."""
    for _, found in zip(range(_MOST_LOCAL_NAMES), _LOCAL_NAME.finditer(data), strict=False):
        length = int.from_bytes(found["length"], "little")
        yield data[found.end() : found.end() + length].decode("utf-8", "replace")


def _markup(opening: bytes) -> Format | None:
    text = _decoded(opening)
    if _is_web_archive(text):
        return _WEB_ARCHIVE
    declared = text.lstrip("\ufeff \t\r\n").startswith("<?xml")
    root = _BEFORE_THE_ROOT.match(text)
    head = text[root.end() if root else 0 :][:_HEAD]
    if declared or head.startswith("<"):
        before = text[: root.end() + 4 * _HEAD] if root else text
        for pattern, format_ in _XML_KINDS:
            if re.search(pattern, head if pattern.startswith("^") else before):
                return format_
    if _is_web_page(head):
        return _WEB_PAGE
    return _XML_OTHER if declared else None


def _decoded(opening: bytes) -> str:
    """Return the opening such that markup can be seen in it; other characters may come out wrong."""
    if opening.startswith((b"\xff\xfe", b"\xfe\xff")):
        return opening.decode("utf-16", "replace")
    if opening.startswith((b"<\0", b"\0<")):
        return opening.decode("utf-16-le" if opening[1] == 0 else "utf-16-be", "replace")
    return opening.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _is_web_page(head: str) -> bool:
    if _PAGE_TAG.search(head):
        return True
    tags = [tag.lower() for tag in _TAG.findall(head)]
    return len(tags) >= _ENOUGH_TAGS and (head.startswith("<") or len(set(tags)) > 1)


def _is_web_archive(text: str) -> bool:
    """Tell whether a text opens with the headers of a mail that carries a web page."""
    lines = text[: 4 * _HEAD].lstrip().splitlines()
    headers: list[str] = []
    for line in lines:
        if not _MAIL_HEADER.match(line):
            break
        headers.append(line)
    block = "\n".join(headers)
    return "mime-version:" in block.lower() and bool(_WEB_ARCHIVE_TYPE.search(block))
