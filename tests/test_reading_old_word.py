"""Old Word documents: read as their docx would be; what nobody can convert says so.

`data/report.doc` and `data/tracked.doc` hold the same report; in the second, 77.7 was replaced by 88.8 with the
changes tracked.
"""

import random
from pathlib import Path

import pytest
from word_files import docx, paragraph

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Cell, Paragraph, Table
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.word.old import blocks_of_old_word

DATA = Path(__file__).parent / "data"
PLAIN = (DATA / "report.doc").read_bytes()
TRACKED = (DATA / "tracked.doc").read_bytes()
FILE_INFORMATION = b"\xec\xa5"
"""How the text stream of a document of Word 97 or later begins."""

REPORT = [
    Paragraph("一、水利建设", 1),
    Paragraph("（一）水库"),
    Paragraph("1. 全年除险加固水库88.8座。"),
    Paragraph("2. 新建泵站4座。"),
    Paragraph("（二）河道"),
    Paragraph("治理河道12.5公里。"),
    Paragraph("二、交通建设", 1),
    Table((
        Cell("指标", 1, 1, 1, 2), Cell("完成", 1, 3),
        Cell("公路", 2, 1, 2, 1), Cell("县道", 2, 2), Cell("31", 2, 3),
        Cell("乡道", 3, 2), Cell("65.2", 3, 3),
    )),
    Paragraph("特此报告。"),
    Paragraph("含小型水库。"),
]  # fmt: skip


def read(data: bytes, **limits):
    return blocks_of_old_word(data, Budget(ReadingLimits(**limits)))


def changed(offset: int, replacement: bytes) -> bytes:
    """The report with other bytes at an offset of its file information."""
    start = PLAIN.index(FILE_INFORMATION) + offset
    return PLAIN[:start] + replacement + PLAIN[start + len(replacement) :]


LOCKED = changed(11, bytes([PLAIN[PLAIN.index(FILE_INFORMATION) + 11] | 1]))
OLDER_THAN_97 = changed(0, b"\xdc\xa5")


class Program:
    """Another converter: it returns a docx of its own, or fails, and says what it was asked."""

    def __init__(self, failure: RejectionReason | None = None):
        self.failure = failure
        self.asked: list[tuple[bytes, float]] = []

    def __call__(self, data: bytes, seconds: float) -> bytes:
        self.asked.append((data, seconds))
        if self.failure:
            raise UnreadableDocument(self.failure, "the program failed", "ask someone")
        return docx(paragraph("由另一程序转换。"))


SECONDS = ReadingLimits().seconds
BY_PROGRAM = [Paragraph("由另一程序转换。")]


@pytest.mark.parametrize("data", [PLAIN, TRACKED], ids=["plain", "tracked changes"])
def test_the_text_without_deletions_hidden_text_and_furniture(data):
    assert read(data) == REPORT


def test_another_program_is_asked_about_tracked_deletions_and_unknown_kinds_only():
    found = {}
    for name, data in {"plain": PLAIN, "tracked": TRACKED, "older": OLDER_THAN_97}.items():
        program = Program()
        found[name] = (read(data, to_docx=program) == BY_PROGRAM, program.asked)
    assert found == {
        "plain": (False, []),
        "tracked": (True, [(TRACKED, SECONDS)]),
        "older": (True, [(OLDER_THAN_97, SECONDS)]),
    }


def test_where_the_program_fails_the_library_has_the_word():
    assert read(TRACKED, to_docx=Program(RejectionReason.DAMAGED)) == REPORT
    reasons = []
    for failure in (RejectionReason.DAMAGED, RejectionReason.TOO_SLOW):
        with pytest.raises(UnreadableDocument) as caught:
            read(OLDER_THAN_97, to_docx=Program(failure))
        reasons.append(caught.value.reason)
    assert reasons == [RejectionReason.UNSUPPORTED_FORMAT, RejectionReason.TOO_SLOW]


REFUSED = [
    ("older than Word 97", OLDER_THAN_97, RejectionReason.UNSUPPORTED_FORMAT, "docx"),
    ("locked", LOCKED, RejectionReason.ENCRYPTED, "password"),
    ("an encrypted docx", PLAIN[:512] + "EncryptedPackage".encode("utf-16-le"), RejectionReason.ENCRYPTED, "password"),
    ("cut off", PLAIN[:5000], RejectionReason.DAMAGED, "save"),
    ("the mark alone", PLAIN[:8], RejectionReason.DAMAGED, "save"),
    ("no old file", b"PK\x03\x04", RejectionReason.DAMAGED, "save"),
]


@pytest.mark.parametrize(("data", "reason", "hint"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_says_why_and_what_to_do(data, reason, hint):
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    assert caught.value.reason == reason
    assert hint in caught.value.hint


def test_a_locked_document_is_given_to_no_program():
    program = Program()
    with pytest.raises(UnreadableDocument):
        read(LOCKED, to_docx=program)
    assert program.asked == []


def test_damage_of_any_kind_ends_in_blocks_or_a_reason():
    dice = random.Random(3)
    endings = {"blocks": 0, "reason": 0}
    for turn in range(250):
        broken = bytearray(TRACKED)
        for _ in range(dice.randrange(1, 30)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            read(bytes(broken[: dice.randrange(len(broken))] if turn % 5 == 0 else broken))
            endings["blocks"] += 1
        except UnreadableDocument:
            endings["reason"] += 1
    assert min(endings.values()) > 20
