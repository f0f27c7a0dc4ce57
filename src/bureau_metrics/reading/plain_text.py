"""Plain text: bytes → canonical text, strict about encodings, linear in the size of the file."""

from __future__ import annotations

import re

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument

# A legacy encoding that is not ours (Big5, Shift-JIS, broken UTF-8) often decodes as GB18030 without an error, but into
# characters that nobody writes. Real reports stay almost wholly within GB 2312's 6,763 common characters.
_SMALLEST_COMMON_SHARE = 0.9
_LARGEST_CONTROL_SHARE = 0.01
_BIG = 1 << 20
_SMALLEST_HAN_SHARE_OF_BIG = 0.01
_SAMPLE = 1 << 16

_HAN = re.compile("[\u4e00-\u9fff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_VISIBLE = re.compile("[^\\s\ufeff]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_SAVE_AS_UTF8 = "open it in an editor, check that it reads well, and save it as UTF-8"


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the encoding's name: byte-order mark, then UTF-8, then GB18030, all strict.

    Raises UnreadableDocument (`binary`, `undecodable`).
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding), encoding
    if b"\x00" in data:
        raise UnreadableDocument(
            RejectionReason.BINARY,
            f"binary data, not text (a NUL byte at offset {data.index(0)})",
            "give a text file; UTF-16 text needs its byte-order mark",
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _decode_gb18030(data, error.start), "gb18030"


def canonical(text: str) -> str:
    """Return the text that offsets refer to: LF line ends, nothing else changed.

    Raises UnreadableDocument (`empty`, `binary`) for text that is blank or no text at all.
    """
    if not _VISIBLE.search(text):
        raise UnreadableDocument(RejectionReason.EMPTY, "the file holds no text", "check that it was saved completely")
    _refuse_binary(text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            RejectionReason.UNDECODABLE,
            f"has the byte-order mark of {encoding.removesuffix('-sig').upper()} but breaks off at byte {error.start}",
            _SAVE_AS_UTF8,
        ) from None


def _decode_gb18030(data: bytes, first_not_utf8: int) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            RejectionReason.UNDECODABLE,
            f"neither UTF-8 (byte {first_not_utf8}) nor GB18030 (byte {error.start})",
            _SAVE_AS_UTF8,
        ) from None
    foreign = "".join(_FOREIGN.findall(_sample(text)))
    common = foreign.encode("gb2312", errors="ignore").decode("gb2312")
    if len(common) < _SMALLEST_COMMON_SHARE * len(foreign):
        raise UnreadableDocument(
            RejectionReason.UNDECODABLE,
            f"neither UTF-8 (byte {first_not_utf8}) nor sensible GB18030: its characters would be ones nobody writes",
            _SAVE_AS_UTF8,
        )
    return text


def _refuse_binary(text: str) -> None:
    sample = _sample(text)
    controls = len(_CONTROL.findall(sample))
    if controls > _LARGEST_CONTROL_SHARE * len(sample):
        raise UnreadableDocument(
            RejectionReason.BINARY, f"binary data, not text ({controls:,} control characters)", "give a text file"
        )
    if len(text) >= _BIG and len(_HAN.findall(sample)) < _SMALLEST_HAN_SHARE_OF_BIG * len(sample):
        raise UnreadableDocument(
            RejectionReason.BINARY,
            f"{len(text):,} characters with hardly any Chinese among them",
            "give the text of a Chinese report",
        )


def _sample(text: str) -> str:
    """Return the text, or of a long one its beginning, middle and end, so that checks cost the same for any size."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
