"""Archives → the files in them: which are taken, under which names, and what is refused for which reason."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import tarfile
import zipfile
import zlib
from contextlib import suppress

import pytest
from archive_files import RawMember, deflated, nested_zip, overlapping_zip, raw_zip, stored, tarred, tarred_as, zipped

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.archives import MOST_MEMBERS, Member, is_archive, members_of_archive
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.recognition import ARCHIVE_OPENING, could_be_archive

FIRST = "嵩县水利局2024年工作总结\n新建水库3座。\n".encode()
SECOND = "嵩县教育局2024年工作总结\n新建学校2所。\n".encode()
FILES = {"2024/水利局.txt": FIRST, "2024/教育局.txt": SECOND}


def opened(data: bytes, password: str | None = None, name: str = "", **limits: int) -> dict[str, bytes]:
    members = members_of_archive(data, Budget(ReadingLimits(**limits)), password, name=name)
    assert len({member.name for member in members}) == len(members)
    return {member.name: member.data for member in members}


def refused(data: bytes, password: str | None = None, **limits: int) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        opened(data, password, **limits)
    failure = caught.value
    assert failure.detail
    assert failure.hint
    assert str(failure).isprintable()
    return failure


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES),
        zipped(FILES, zipfile.ZIP_STORED),
        zipped(FILES, zipfile.ZIP_BZIP2),
        zipped(FILES, zipfile.ZIP_LZMA),
        tarred(FILES),
        tarred(FILES, form=tarfile.GNU_FORMAT),
        tarred(FILES, form=tarfile.USTAR_FORMAT, encoding="gbk"),
        tarred(FILES, "w:gz"),
        tarred(FILES, "w:bz2"),
        tarred(FILES, "w:xz"),
    ],
    ids=["zip", "stored", "bzip2 in zip", "lzma in zip", "tar", "GNU", "GBK names", "tar.gz", "tar.bz2", "tar.xz"],
)
def test_the_files_of_an_archive_in_its_order(data: bytes) -> None:
    assert is_archive(data)
    assert could_be_archive(data[:ARCHIVE_OPENING])
    assert list(opened(data).items()) == list(FILES.items())


@pytest.mark.parametrize(("pack", "suffix"), [(gzip.compress, ".gz"), (bz2.compress, ".bz2"), (lzma.compress, ".xz")])
def test_a_single_packed_file_has_the_name_of_its_archive(pack, suffix: str) -> None:
    assert is_archive(pack(FIRST))
    assert could_be_archive(pack(FIRST)[:ARCHIVE_OPENING])
    assert opened(pack(FIRST), name=f"水利局.txt{suffix}") == {"水利局.txt": FIRST}
    assert opened(pack(FIRST)) == {"content": FIRST}
    assert opened(pack(FIRST) + pack(SECOND) + bytes(8)) == {"content": FIRST + SECOND}
    assert opened(pack(bytes(600_000) + FIRST)) == {"content": bytes(600_000) + FIRST}
    assert refused(pack(FIRST)[:-1]).reason is RejectionReason.DAMAGED


def test_long_names_in_tar_archives_of_every_kind() -> None:
    name = "全市/" + "水" * 120 + "局.txt"
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        assert opened(tarred({name: FIRST, "b.txt": SECOND}, form=form)) == {name: FIRST, "b.txt": SECOND}


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("嵩县水利局.txt".encode("gbk"), 0, "嵩县水利局.txt"),
        ("㵲水镇.txt".encode("gb18030"), 0, "㵲水镇.txt"),
        ("嵩县水利局.txt".encode(), 0, "嵩县水利局.txt"),
        ("嵩县水利局.txt".encode(), 0x800, "嵩县水利局.txt"),
        (b"r\x82sum\x82.txt", 0, "résumé.txt"),
        ("re\u0301sume\u0301.txt".encode(), 0x800, "résumé.txt"),
        (b"./2024//a.txt", 0, "2024/a.txt"),
        (b"a\x1b[31m\n.txt", 0, "a\ufffd[31m\ufffd.txt"),
        ("a\u202etxt.exe".encode(), 0x800, "a\ufffdtxt.exe"),
        (b"a..b...txt", 0, "a..b...txt"),
        (b"", 0, "content"),
    ],
)
def test_names_in_the_encodings_that_zip_files_have(raw: bytes, flags: int, name: str) -> None:
    assert opened(raw_zip([stored(raw, FIRST, flags=flags)])) == {name: FIRST}


def test_a_second_file_of_the_same_name_is_kept_under_another() -> None:
    archive = raw_zip([stored(b"a/r.txt", b"1"), stored(b"a/r.txt", b"2"), stored(b"a/r (2).txt", b"3")])
    assert sorted(opened(archive).values()) == [b"1", b"2", b"3"]
    assert opened(raw_zip([stored(b"r.txt", b"1"), stored(b"./r.txt", b"2")])) == {"r.txt": b"1", "r (2).txt": b"2"}


LEFT_BEHIND = [
    "__MACOSX/2024/._a.txt", ".DS_Store", "2024/Thumbs.db", "desktop.ini", "~$水利局.docx", ".git/config", ".a.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", LEFT_BEHIND)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_what_systems_leave_behind_is_no_report(pack, name: str) -> None:
    assert opened(pack({name: b"x", **FILES})) == FILES
    failure = refused(pack({name: b"x"}))
    assert (failure.reason, failure.detail) == (RejectionReason.EMPTY, "an archive without files")


def test_folders_are_no_files() -> None:
    assert opened(zipped({"2024/": b"", **FILES})) == FILES
    folder = tarred_as(tarfile.DIRTYPE, "2024")[:512]
    assert opened(folder + tarred(FILES)) == FILES
    assert refused(zipped({})).reason is RejectionReason.EMPTY


TRICKS = [b"../a.txt", b"b/../../a.txt", b"..", b"/etc/passwd", b"C:/a.txt", b"c:a.txt", b"..\\a.txt", b"\\\\pc\\a.txt"]


@pytest.mark.parametrize("name", TRICKS)
def test_a_name_that_leads_out_of_the_archive_refuses_it(name: bytes) -> None:
    for data in (raw_zip([stored(b"a.txt"), stored(name)]), tarred({"a.txt": b"x", name.decode(): b"x"})):
        failure = refused(data)
        assert (failure.reason, failure.detail.startswith(name.decode())) == (RejectionReason.UNSAFE, True)


def test_folders_of_old_windows_programs_are_folders() -> None:
    assert opened(raw_zip([stored("2024\\水利局.txt".encode("gbk"), FIRST)])) == {"2024/水利局.txt": FIRST}


def test_a_backslash_that_is_half_of_a_chinese_character_is_none() -> None:
    assert "誠".encode("gbk").endswith(b"\\")
    assert opened(raw_zip([stored("誠.txt".encode("gbk"), FIRST)])) == {"誠.txt": FIRST}


def test_a_name_that_is_cut_off_by_a_nul_refuses_the_archive() -> None:
    assert refused(raw_zip([stored(b"a.txt\0.exe")])).reason is RejectionReason.UNSAFE


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"S"]
)
def test_links_and_devices_refuse_a_tar_archive(kind: bytes) -> None:
    failure = refused(tarred_as(kind))
    assert (failure.reason, "report.txt" in failure.detail) == (RejectionReason.UNSAFE, True)


@pytest.mark.parametrize(("mode", "taken"), [(0o100644, True), (0o644, True), (0o120777, False), (0o020666, False)])
def test_links_and_devices_refuse_a_zip_archive(mode: int, taken: bool) -> None:
    archive = raw_zip([stored(b"report.txt", FIRST, mode=mode)])
    if taken:
        assert opened(archive) == {"report.txt": FIRST}
    else:
        assert refused(archive).reason is RejectionReason.UNSAFE


def zip_crypto(name: bytes, content: bytes, password: bytes) -> bytes:
    """A zip file with one member that is encrypted in the traditional way."""
    table = []
    for number in range(256):
        for _ in range(8):
            number = number >> 1 ^ (0xEDB88320 if number & 1 else 0)  # noqa: PLW2901
        table.append(number)
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = keys[0] >> 8 ^ table[(keys[0] ^ byte) & 255]
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = keys[2] >> 8 ^ table[(keys[2] ^ keys[1] >> 24) & 255]

    for byte in password:
        update(byte)
    encrypted = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(content) >> 24]) + content:
        pad = keys[2] & 0xFFFF | 2
        encrypted.append(byte ^ (pad * (pad ^ 1) >> 8 & 255))
        update(byte)
    return raw_zip([RawMember(name, bytes(encrypted), len(content), zlib.crc32(content), method=0, flags=1)])


def test_an_encrypted_member_needs_its_password() -> None:
    archive = zip_crypto(b"report.txt", FIRST, b"2024")
    assert opened(archive, "2024") == {"report.txt": FIRST}
    for password in (None, "", "2023"):
        failure = refused(archive, password)
        assert (failure.reason, failure.detail.startswith("report.txt")) == (RejectionReason.ENCRYPTED, True)
    newer = raw_zip([RawMember(b"report.txt", b"x" * 30, 2, method=99, flags=1)])
    assert refused(newer, "2024").reason is RejectionReason.ENCRYPTED


def test_a_member_that_is_packed_in_an_unknown_way_is_named() -> None:
    failure = refused(raw_zip([RawMember(b"report.txt", b"xx", 2, method=9)]))
    assert (failure.reason, "report.txt" in failure.detail) == (RejectionReason.UNSUPPORTED_FORMAT, True)


@pytest.mark.parametrize("data", [b"Rar!\x1a\x07\x01\x00" + bytes(99), b"7z\xbc\xaf\x27\x1c" + bytes(99)])
def test_other_archives_are_to_be_unpacked_by_a_person(data: bytes) -> None:
    assert not is_archive(data)
    failure = refused(data)
    assert (failure.reason, "unpack" in failure.hint) == (RejectionReason.UNSUPPORTED_FORMAT, True)
    assert opened(zipped({"a.rar": data})) == {"a.rar": data}


DOCUMENTS = {
    "docx": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
    "xlsx": zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}),
    "ofd": zipped({"OFD.xml": b"<o/>", "Doc_0/Document.xml": b"<d/>"}),
    "odt": zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<c/>"}),
    "txt": FIRST,
}


@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_a_document_is_no_archive_though_it_be_a_zip_file(suffix: str) -> None:
    content = DOCUMENTS[suffix]
    assert not is_archive(content)
    assert opened(zipped({f"a.{suffix}": content})) == {f"a.{suffix}": content}
    assert refused(content).reason is RejectionReason.UNSUPPORTED_FORMAT


def test_archives_in_archives_are_opened_under_the_names_of_both() -> None:
    inner = zipped({"水利局.txt": FIRST, "水利局.docx": DOCUMENTS["docx"]})
    outer = zipped(
        {"a.zip": inner, "b.tar.gz": tarred({"教育局.txt": SECOND}, "w:gz"), "c.txt.gz": gzip.compress(FIRST)}
    )
    expected = {
        "a.zip/水利局.txt": FIRST,
        "a.zip/水利局.docx": DOCUMENTS["docx"],
        "b.tar.gz/教育局.txt": SECOND,
        "c.txt.gz/c.txt": FIRST,
    }
    assert opened(outer) == expected
    assert opened(tarred({"全省.zip": outer})) == {f"全省.zip/{name}": content for name, content in expected.items()}
    failure = refused(zipped({"b.zip": tarred({"全省.zip": outer})}))
    assert (failure.reason, failure.detail.startswith("b.zip/全省.zip/a.zip:")) == (RejectionReason.UNSAFE, True)


def test_a_failure_in_an_inner_archive_says_where() -> None:
    broken = zipped({"r.txt": random.Random(1).randbytes(2000)}, zipfile.ZIP_STORED).replace(b"r.txt", b"r.txt", 1)
    broken = broken[:100] + b"????" + broken[104:]
    failure = refused(zipped({"x.txt": FIRST, "市.zip": broken}))
    assert failure.reason is RejectionReason.DAMAGED
    assert failure.detail.startswith("市.zip: r.txt is cut off or corrupted")
    failure = refused(tarred({"市.zip": raw_zip([stored(b"../a")])}))
    assert failure.detail == "市.zip/../a: its name leads out of the archive"


def test_the_number_of_members_is_limited_over_all_levels() -> None:
    half = raw_zip(stored(b"%d.txt" % number) for number in range(MOST_MEMBERS // 2))
    assert len(opened(half)) == MOST_MEMBERS // 2
    assert refused(zipped({"a.zip": half, "b.zip": half})).reason is RejectionReason.TOO_LARGE
    assert (
        refused(tarred({f"{number}.txt": b"" for number in range(MOST_MEMBERS + 1)})).reason
        is RejectionReason.TOO_LARGE
    )


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES),
        tarred(FILES),
        tarred(FILES, "w:xz"),
        gzip.compress(FIRST + SECOND),
        zipped({"a.zip": zipped(FILES)}),
    ],
    ids=["zip", "tar", "tar.xz", "gzip", "zip in zip"],
)
def test_what_is_unpacked_counts(data: bytes) -> None:
    size = len(FIRST + SECOND)
    assert refused(data, unpacked_bytes=size - 1).reason is RejectionReason.TOO_LARGE
    assert opened(data, unpacked_bytes=size + 20_000)


def test_stated_sizes_are_not_believed() -> None:
    content = b"0" * 5000
    packed = deflated(content)
    lie = raw_zip([RawMember(b"a.txt", packed, 10, zlib.crc32(content))])
    assert refused(lie).reason is RejectionReason.DAMAGED
    boast = raw_zip([RawMember(b"a.txt", packed, 1 << 31, zlib.crc32(content))])
    assert opened(boast, unpacked_bytes=5000) == {"a.txt": content}


def test_members_that_lie_over_one_another_are_refused() -> None:
    content = bytes(1000)
    archive = overlapping_zip(3, RawMember(b"", deflated(content), len(content), zlib.crc32(content)))
    failure = refused(archive)
    assert (failure.reason, "lies over another" in failure.detail) == (RejectionReason.UNSAFE, True)


def test_bombs_of_many_levels_are_refused() -> None:
    assert opened(nested_zip(3, FIRST, 2))
    assert refused(nested_zip(4, FIRST, 2)).reason is RejectionReason.UNSAFE


WHOLE = {
    "zip": zipped(FILES),
    "lzma in zip": zipped(FILES, zipfile.ZIP_LZMA),
    "bzip2 in zip": zipped(FILES, zipfile.ZIP_BZIP2),
    "tar": tarred(FILES),
    "gnu tar": tarred({"水" * 90: FIRST}, form=tarfile.GNU_FORMAT),
    "tar.gz": tarred(FILES, "w:gz"),
    "tar.bz2": tarred(FILES, "w:bz2"),
    "tar.xz": tarred(FILES, "w:xz"),
    "zip in tar": tarred({"a.zip": zipped(FILES)}),
    "encrypted": zip_crypto(b"report.txt", FIRST, b"2024"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_cut_archive_gives_no_part_of_itself(kind: str) -> None:
    data = WHOLE[kind]
    for length in range(0, len(data.rstrip(b"\0")), max(1, len(data) // 150)):
        refused(data[:length])


@pytest.mark.parametrize("kind", WHOLE)
def test_a_corrupted_archive_gives_files_or_a_reason(kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(300):
        data = bytearray(WHOLE[kind])
        for _ in range(chance.choice((1, 1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(UnreadableDocument):
            members = members_of_archive(bytes(data), Budget(ReadingLimits()), "2024")
            assert all(isinstance(member, Member) for member in members)


def test_a_name_without_end_refuses_the_archive() -> None:
    assert opened(raw_zip([stored(b"a" * 4096, FIRST)])) == {"a" * 4096: FIRST}
    assert refused(raw_zip([stored(b"a" * 4097, FIRST)])).reason is RejectionReason.UNSAFE
