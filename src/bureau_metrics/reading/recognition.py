"""Tells the format of a source by its first bytes, never by its name."""

from __future__ import annotations

from dataclasses import dataclass

TEXT = "txt"

_SAVE_AS_TEXT = "save it as plain text (UTF-8) and give that file"


@dataclass(frozen=True, slots=True)
class Format:
    """A recognised format: its short name, how a person calls it, and what to do about it while it cannot be read."""

    name: str
    title: str
    hint: str = _SAVE_AS_TEXT


_PICTURE_HINT = "it holds a picture, not text: give a text version of the report"
_ARCHIVE_HINT = "unpack it and give the files inside"
_NO_REPORT_HINT = "give the report itself, as text"

_SIGNATURES: tuple[tuple[int, bytes, Format], ...] = (
    (0, b"%PDF-", Format("pdf", "a PDF document")),
    (0, b"{\\rtf", Format("rtf", "an RTF document")),
    (0, b"\x89PNG\r\n\x1a\n", Format("png", "a PNG picture", _PICTURE_HINT)),
    (0, b"\xff\xd8\xff", Format("jpeg", "a JPEG picture", _PICTURE_HINT)),
    (0, b"GIF87a", Format("gif", "a GIF picture", _PICTURE_HINT)),
    (0, b"GIF89a", Format("gif", "a GIF picture", _PICTURE_HINT)),
    (0, b"II*\x00", Format("tiff", "a TIFF picture", _PICTURE_HINT)),
    (0, b"MM\x00*", Format("tiff", "a TIFF picture", _PICTURE_HINT)),
    (8, b"WEBP", Format("webp", "a WebP picture", _PICTURE_HINT)),
    (0, b"Rar!\x1a\x07", Format("rar", "a RAR archive", _ARCHIVE_HINT)),
    (0, b"7z\xbc\xaf\x27\x1c", Format("7z", "a 7-Zip archive", _ARCHIVE_HINT)),
    (0, b"\x1f\x8b", Format("gzip", "a gzip archive", _ARCHIVE_HINT)),
    (0, b"BZh", Format("bzip2", "a bzip2 archive", _ARCHIVE_HINT)),
    (0, b"\xfd7zXZ\x00", Format("xz", "an xz archive", _ARCHIVE_HINT)),
    (0, b"\x28\xb5\x2f\xfd", Format("zstd", "a Zstandard archive", _ARCHIVE_HINT)),
    (257, b"ustar", Format("tar", "a tar archive", _ARCHIVE_HINT)),
    (0, b"SQLite format 3\x00", Format("sqlite", "an SQLite database", _NO_REPORT_HINT)),
    (8, b"DUCK", Format("duckdb", "a DuckDB database", _NO_REPORT_HINT)),
    (0, b"PAR1", Format("parquet", "a Parquet table", _NO_REPORT_HINT)),
    (0, b"\x7fELF", Format("program", "a program", _NO_REPORT_HINT)),
    (0, b"MZ\x90\x00", Format("program", "a program", _NO_REPORT_HINT)),
)

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_MEMBERS: tuple[tuple[bytes, Format], ...] = (
    (b"word/", Format("docx", "a Word document (docx)")),
    (b"xl/", Format("xlsx", "an Excel workbook (xlsx)")),
    (b"ppt/", Format("pptx", "a PowerPoint presentation (pptx)")),
    (b"OFD.xml", Format("ofd", "an OFD document")),
    (b"application/vnd.oasis", Format("odf", "an OpenDocument file")),
    (b"application/epub", Format("epub", "an EPUB book")),
)
_ZIP_OTHER = Format("zip", "a ZIP archive", _ARCHIVE_HINT)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[bytes, Format], ...] = (
    ("WordDocument".encode("utf-16-le"), Format("doc", "an old Word or WPS document (doc, wps)")),
    ("Workbook".encode("utf-16-le"), Format("xls", "an old Excel workbook (xls)")),
    ("PowerPoint Document".encode("utf-16-le"), Format("ppt", "an old PowerPoint presentation (ppt)")),
)
_OLE_OTHER = Format("ole", "an old Office document")

_WEB_PAGE = Format("html", "a web page (HTML)", "open it in a browser and copy its text into a plain text file")
_MARKUP: tuple[tuple[bytes, Format], ...] = (
    (b"<!doctype html", _WEB_PAGE),
    (b"<html", _WEB_PAGE),
    (b"<?xml", Format("xml", "an XML file")),
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def recognise(data: bytes) -> Format | None:
    """Return the format that the bytes declare themselves to be, or None: then they are text or nothing known.

    Container formats (ZIP, OLE) are told apart by the names of their members, which are looked for but not unpacked.
    """
    if data.startswith(_ZIP):
        return _first_named(data, _ZIP_MEMBERS) or _ZIP_OTHER
    if data.startswith(_OLE):
        return _first_named(data, _OLE_STREAMS) or _OLE_OTHER
    for offset, signature, format_ in _SIGNATURES:
        if data.startswith(signature, offset):
            return format_
    opening = data[:1024].removeprefix(_BYTE_ORDER_MARK).lstrip().lower()
    return next((format_ for start, format_ in _MARKUP if opening.startswith(start)), None)


def _first_named(data: bytes, names: tuple[tuple[bytes, Format], ...]) -> Format | None:
    return next((format_ for name, format_ in names if name in data), None)
