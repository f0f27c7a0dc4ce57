"""Hostile files end in a reason within ten seconds and 500 MB, which a process of its own proves for each."""

from __future__ import annotations

import bz2
import gzip
import lzma
import subprocess
import sys
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_files import RawMember, deflated, nested_zip, overlapping_zip, raw_zip, stored

from bureau_metrics.models import RejectionReason

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of one process")
SECONDS = 10
MEMORY = 500 * 1024 * 1024
READ_WITHIN_LIMITS = f"""
import resource, signal, sys, time
from importlib import import_module
module, function = sys.argv[1].split(":")
read = getattr(import_module(module), function)
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
signal.alarm({SECONDS})
try:
    read(sys.stdin.buffer.read(), Budget(ReadingLimits(clock=time.monotonic)))
except UnreadableDocument as failure:
    print(failure.reason, failure.detail)
"""
ARCHIVES = "bureau_metrics.reading.archives:members_of_archive"
MEGABYTE = 1 << 20
GIGABYTE = 1 << 30


def reason_of(reader: str, data: bytes) -> str:
    """The reason for which a reader (`module:function`) refuses a file, in a process with little time and memory."""
    ended = subprocess.run(
        [sys.executable, "-c", READ_WITHIN_LIMITS, reader],
        input=data,
        capture_output=True,
        timeout=4 * SECONDS,
        check=False,
    )
    assert ended.stderr.decode().strip().rpartition("\n")[2] == ""
    assert ended.returncode == 0
    return ended.stdout.decode().partition(" ")[0]


def zeros_deflated(size: int) -> bytes:
    """What deflating zeros gives, without deflating them all: every piece ends at a byte and refers to none before."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * (size // MEGABYTE) + deflated(b"")


def gigabyte_in_zip() -> bytes:
    return raw_zip([RawMember(b"report.txt", zeros_deflated(GIGABYTE), GIGABYTE)])


def gigabyte_that_says_it_is_small() -> bytes:
    return raw_zip([RawMember(b"%d.txt" % number, zeros_deflated(GIGABYTE), 100) for number in range(5)])


def zeros_in_zip_with_bzip2() -> bytes:
    packed = bz2.compress(bytes(300 * MEGABYTE))
    return raw_zip([RawMember(b"report.txt", packed, 300 * MEGABYTE, method=12)])


def many_large_members() -> bytes:
    packed = zeros_deflated(60 * MEGABYTE)
    crc = zlib.crc32(bytes(60 * MEGABYTE))
    return raw_zip([RawMember(b"%d.txt" % number, packed, 60 * MEGABYTE, crc) for number in range(99)])


def gigabyte_in_gzip() -> bytes:
    return gzip.compress(bytes(4 * MEGABYTE)) * 256


def gigabyte_in_tar(pack: Callable[[bytes], bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    header = tarfile.TarInfo("report.txt")
    header.size, header.type = GIGABYTE, kind
    return pack(header.tobuf()) + pack(bytes(4 * MEGABYTE)) * 256


def overlapping_members() -> bytes:
    """The shape of the zip bombs of 2019: forty thousand members, all of them the same kernel."""
    content = bytes(20 * MEGABYTE)
    return overlapping_zip(40_000, RawMember(b"", deflated(content), len(content), zlib.crc32(content)))


def quoted_members() -> bytes:
    """A few members fewer than are counted, so that only their lying over one another gives them away."""
    content = bytes(20 * MEGABYTE)
    return overlapping_zip(9_000, RawMember(b"", deflated(content), len(content), zlib.crc32(content)))


def empty_members(count: int) -> bytes:
    return overlapping_zip(count, stored(b"", b""))


def long_names() -> bytes:
    return raw_zip(stored(b"a/" * 30_000 + b"%d" % number, b"") for number in range(500))


def extended_headers_only() -> bytes:
    header = tarfile.TarInfo("././@PaxHeader")
    header.type = tarfile.XHDTYPE
    return gzip.compress(header.tobuf() * 300_000, 1)


def extended_header_of_digits() -> bytes:
    header = tarfile.TarInfo("././@PaxHeader")
    header.type, header.size = tarfile.XHDTYPE, 65_024
    return (header.tobuf() + b"1" * header.size) * 900


HOSTILE = [
    ("42.zip", lambda: nested_zip(5, bytes(MEGABYTE)), RejectionReason.UNSAFE),
    ("wide bomb", lambda: nested_zip(2, bytes(20 * MEGABYTE), 30), RejectionReason.TOO_LARGE),
    ("1 GB in zip", gigabyte_in_zip, RejectionReason.TOO_LARGE),
    ("1 GB in zip, denied", gigabyte_that_says_it_is_small, RejectionReason.DAMAGED),
    ("many large members", many_large_members, RejectionReason.TOO_LARGE),
    ("1 GB in gzip", gigabyte_in_gzip, RejectionReason.TOO_LARGE),
    ("1 GB in bzip2", lambda: bz2.compress(bytes(4 * MEGABYTE)) * 256, RejectionReason.TOO_LARGE),
    (
        "1 GB in tar.xz",
        lambda: gigabyte_in_tar(lambda piece: lzma.compress(piece, preset=0)),
        RejectionReason.TOO_LARGE,
    ),
    ("1 GB in tar.gz", lambda: gigabyte_in_tar(lambda piece: gzip.compress(piece, 1)), RejectionReason.TOO_LARGE),
    ("1 GB of name in tar", lambda: gigabyte_in_tar(bz2.compress, tarfile.GNUTYPE_LONGNAME), RejectionReason.DAMAGED),
    ("overlaps", overlapping_members, RejectionReason.TOO_LARGE),
    ("fewer overlaps", quoted_members, RejectionReason.UNSAFE),
    ("a million empty members", lambda: empty_members(1_000_000), RejectionReason.TOO_LARGE),
    ("60,000 empty members", lambda: empty_members(60_000), RejectionReason.TOO_LARGE),
    ("long names", long_names, RejectionReason.UNSAFE),
    ("a million gzip streams", lambda: gzip.compress(b"") * 1_000_000, RejectionReason.TOO_LARGE),
    ("extended headers", extended_headers_only, RejectionReason.TOO_LARGE),
    ("digits in headers", extended_header_of_digits, RejectionReason.DAMAGED),
    ("headers only", lambda: b"PK\x03\x04" * 16_000_000, RejectionReason.DAMAGED),
]


SLOW = ("bzip2 in zip", zeros_in_zip_with_bzip2, RejectionReason.TOO_LARGE)
CASES = [pytest.param(*case[1:], id=case[0]) for case in HOSTILE]


@pytest.mark.parametrize(("make", "reason"), [*CASES, pytest.param(*SLOW[1:], id=SLOW[0], marks=pytest.mark.slow)])
def test_a_hostile_archive_is_refused_within_time_and_memory(
    make: Callable[[], bytes], reason: RejectionReason
) -> None:
    assert reason_of(ARCHIVES, make()) == reason


def test_the_limits_hold_in_the_process(tmp_path: Path) -> None:
    """A reader that takes a gigabyte, or for ever, is noticed."""
    (tmp_path / "greedy.py").write_text("def take(data, budget):\n    return bytes(1 << 30)\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path), prepend=":")
        with pytest.raises(AssertionError, match="MemoryError"):
            reason_of("greedy:take", b"")
