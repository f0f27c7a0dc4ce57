"""Bytes of a web page → its markup as a string: saved archives, encodings, and what no parser should be given."""

from __future__ import annotations

import re
from collections import Counter
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.plain_text import decode

_SAVE_AGAIN = "open it in a browser, check that it reads well, and save the page again"
_NOT_MHTML = re.compile(rb"\s*<")
_MHTML_HEADER = re.compile(
    rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)", re.IGNORECASE | re.MULTILINE
)
_HEADERS = 4096
_MOST_BOUNDARIES = 16

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_BROKEN = "\ufffd"
# A page of some tens of kilobytes with a broken character or two in a banner or footer is still a page.
_LARGEST_BROKEN_SHARE = 0.001
_MOST_BROKEN_OF_SMALL = 3
_SMALLEST_COMMON_SHARE = 0.9

# Parsers take time by the square of the depth of the nesting, of the attributes of one tag, and of the formatting
# elements that are left open, as each of these is opened again in every paragraph that follows.
_CERTAINLY_SMALL = 1000
_MOST_TAGS = 500_000
_DEEPEST = 2000
_LONGEST_TAG = 20_000
_MOST_REOPENED = 500_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><]*+)")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_FORMATTING = frozenset(["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"])
_FORMATTING_TAG = re.compile(r"</?(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)(?:\s[^<>]*+)?/?>", re.IGNORECASE)
_CLOSES_ITSELF = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "a",
        "nobr",
    ]
)


def markup_of(data: bytes, budget: Budget) -> tuple[str, str]:
    """Return the markup of a page, alone or in a saved web archive (MHTML), and the name of its encoding.

    Raises UnreadableDocument (`undecodable`, `damaged`, `unsafe`, `too_large`).
    """
    declared = None
    if not _NOT_MHTML.match(data) and _MHTML_HEADER.search(data, 0, _HEADERS):
        data, declared = _page_of_archive(data, budget)
    text, encoding = _decode(data, declared)
    text = text.replace("\x00", "").removeprefix("\ufeff")
    budget.check()
    return _safe(text, budget), encoding


def _page_of_archive(data: bytes, budget: Budget) -> tuple[bytes, str | None]:
    if data.lower().count(b"boundary=") > _MOST_BOUNDARIES:
        raise UnreadableDocument(RejectionReason.UNSAFE, "a web archive with very many parts in parts", _SAVE_AGAIN)
    try:
        message = message_from_bytes(data)
        for part in message.walk():
            budget.check()
            if part.get_content_type() == "text/html":
                return _payload_of(part, budget), part.get_content_charset()
    except (MessageError, ValueError, LookupError, RecursionError):
        pass
    raise UnreadableDocument(RejectionReason.DAMAGED, "a web archive without a page in it", _SAVE_AGAIN)


def _payload_of(part: Message, budget: Budget) -> bytes:
    payload = part.get_payload(decode=True)
    page = payload if isinstance(payload, bytes) else b""
    budget.unpack(len(page))
    return page


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    data = data.lstrip(b" \t\r\n")  # editors put blank lines before the byte-order mark too
    for start, encoding in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if data.startswith(start):
            return data.decode(encoding, errors="replace"), encoding
    data = data.replace(b"\x00", b"") if data[:2] not in (b"\xff\xfe", b"\xfe\xff", b"\x00\x00") else data
    try:
        text, encoding = decode(data)
    except UnreadableDocument as failure:
        return _decode_broken(data, failure)
    if encoding == "utf-8" and not text.isascii() and not _HAN.search(text) and _declares_gb(data, declared):
        return data.decode("gb18030", errors="replace"), "gb18030"
    return text, encoding


def _declares_gb(data: bytes, declared: str | None) -> bool:
    meta = _DECLARED.search(data, 0, _HEADERS)
    name = meta[1].decode("ascii", "replace") if meta else declared or ""
    return name.lower().startswith("gb")


def _decode_broken(data: bytes, failure: UnreadableDocument) -> tuple[str, str]:
    """Return the text in the encoding that leaves the fewest broken characters, if these are very few."""
    mark = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(data[:2])
    for encoding in [mark] if mark else ["utf-8", "gb18030"]:
        text = data.decode(encoding, errors="replace")
        foreign = _FOREIGN.findall(text)
        broken = text.count(_BROKEN)
        if broken <= max(_MOST_BROKEN_OF_SMALL, _LARGEST_BROKEN_SHARE * len(foreign)) and _is_sensible(foreign):
            return text, encoding
    raise failure


def _is_sensible(foreign: list[str]) -> bool:
    written = "".join(foreign)
    common = written.encode("gb2312", errors="ignore").decode("gb2312")
    return len(common) >= _SMALLEST_COMMON_SHARE * len(written)


def _safe(text: str, budget: Budget) -> str:
    """Return the markup, without its formatting elements where these would multiply; refuse what cannot be parsed."""
    tags = text.count("<")
    if any(len(part) > _LONGEST_TAG and _is_one_tag(part) for part in text.split(">")):
        raise UnreadableDocument(RejectionReason.DAMAGED, "a tag with thousands of attributes", _SAVE_AGAIN)
    if tags <= _CERTAINLY_SMALL:
        return text
    if tags > _MOST_TAGS:
        raise UnreadableDocument(
            RejectionReason.TOO_LARGE, f"a web page of more than {_MOST_TAGS:,} tags", "split it into several pages"
        )
    depth, formatting = _open_at_most(text, budget)
    if depth > _DEEPEST:
        raise UnreadableDocument(
            RejectionReason.DAMAGED, f"a web page with elements nested more than {_DEEPEST:,} deep", _SAVE_AGAIN
        )
    return _FORMATTING_TAG.sub("", text) if formatting * tags > _MOST_REOPENED else text


def _is_one_tag(part: str) -> bool:
    tag = part[part.find("<") + 1 :] if "<" in part else ""
    return tag[:1].isalpha() and len(_QUOTED.sub("", tag)) > _LONGEST_TAG


def _open_at_most(text: str, budget: Budget) -> tuple[int, int]:
    """Return how many elements, and how many formatting elements, may stand open at once."""
    open_elements: Counter[str] = Counter()
    now = deepest = formatting = most_formatting = 0
    for index, (closing, name) in enumerate(_TAG.findall(text.lower())):
        if name in _CLOSES_ITSELF or (closing and not open_elements[name]):
            continue
        step = -1 if closing else 1
        open_elements[name] += step
        if name in _FORMATTING:
            formatting += step
            most_formatting = max(most_formatting, formatting)
        else:
            now += step
            deepest = max(deepest, now)
        if not index % 10_000:
            budget.check()
    return deepest, most_formatting
