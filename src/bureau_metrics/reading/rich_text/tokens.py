"""The marks that a rich text is made of, and the code pages of its bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from bureau_metrics.reading.limits import Budget

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,9})? ?"  # a word with its number: \u27700
    rb"|\\'([0-9a-fA-F]{2})"  # a byte: \'cb
    rb"|\\([^a-zA-Z])"  # a sign: \~
    rb"|([{}])|([^\\{}\r\n]+)|[\r\n]+"
)
_CHECK_EVERY = 5000
_CODE_PAGES = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 204: "cp1251"}
_SYMBOL_CHARSET = 2


class Token(NamedTuple):
    """One mark; exactly one of its parts is there, or none for a line end of the file. A number goes with a word."""

    word: bytes | None
    number: bytes | None
    code: bytes | None
    sign: bytes | None
    brace: bytes | None
    plain: bytes | None


def tokens(data: bytes, budget: Budget) -> Iterator[Token]:
    """Yield the marks of a rich text; binary data between them is passed over."""
    position, count = 0, 0
    while match := _TOKEN.match(data, position):
        position = match.end()
        if match[1] == b"bin":
            position += max(0, int(match[2] or 0))
            continue
        count += 1
        if count % _CHECK_EVERY == 0:
            budget.check()
        yield Token(*match.groups())


def code_page(number: int | None) -> str:
    """Return the encoding of a code page that a document states; Chinese where it is none."""
    if number == 936:
        return "gb18030"
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "gb18030"


def decoded(raw: bytes, charset: int, encoding: str) -> str:
    """Return the text of bytes in a font of this charset; in most it is the encoding of the document that counts."""
    text = raw.decode(_CODE_PAGES.get(charset, encoding), "replace")
    if charset == _SYMBOL_CHARSET:  # dingbats
        return "".join(character for character in text if character.isascii())
    return text
