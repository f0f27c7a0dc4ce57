"""Archives that tests make themselves: ordinary ones by the standard library, dishonest ones byte by byte."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable
from typing import NamedTuple

DEFLATED = 8
_LOCAL = "<4s5H3I2H"
_CENTRAL = "<4s6H3I5H2I"


class RawMember(NamedTuple):
    """A member of a zip file as it stands there, truthful or not."""

    name: bytes
    packed: bytes
    size: int
    crc: int = 0
    method: int = DEFLATED
    flags: int = 0
    mode: int = 0


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def stored(name: bytes, content: bytes = b"x", **other: int) -> RawMember:
    return RawMember(name, content, len(content), zlib.crc32(content), method=0, **other)


def raw_zip(members: Iterable[RawMember]) -> bytes:
    """A zip file whose directory says of each member what the member says of itself."""
    body, directory, count = io.BytesIO(), io.BytesIO(), 0
    for member in members:
        count += 1
        offset = body.tell()
        facts = (20, member.flags, member.method, 0, 0x21, member.crc, len(member.packed), member.size)
        body.write(struct.pack(_LOCAL, b"PK\x03\x04", *facts, len(member.name), 0) + member.name + member.packed)
        directory.write(_central(member, facts, offset))
    return _closed(body.getvalue(), directory.getvalue(), count)


def _central(member: RawMember, facts: tuple[int, ...], offset: int) -> bytes:
    rest = (len(member.name), 0, 0, 0, 0, member.mode << 16, offset)
    return struct.pack(_CENTRAL, b"PK\x01\x02", 3 << 8 | 20, *facts, *rest) + member.name


def overlapping_zip(members: int, kernel: RawMember) -> bytes:
    """A zip file in which every entry of the directory points to the same packed bytes."""
    facts = (20, 0, DEFLATED, 0, 0x21, kernel.crc, len(kernel.packed), kernel.size)
    name = b"report-000000.txt"
    body = struct.pack(_LOCAL, b"PK\x03\x04", *facts, len(name), 0) + name + kernel.packed
    entry = _central(kernel._replace(name=name), facts, 0)
    return _closed(body, entry * members, members)


def _closed(body: bytes, directory: bytes, count: int) -> bytes:
    count = min(count, 0xFFFF)
    return body + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def tarred(
    members: dict[str, bytes], mode: str = "w", *, form: int = tarfile.PAX_FORMAT, encoding: str = "utf-8"
) -> bytes:
    """A tar archive; `mode` packs it too (`w:gz`, `w:bz2`, `w:xz`)."""
    target = io.BytesIO()
    with tarfile.open(None, mode, target, format=form, encoding=encoding) as archive:
        for name, content in members.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return target.getvalue()


def tarred_as(kind: bytes, name: str = "report.txt", target: str = "/etc/passwd") -> bytes:
    """A tar archive with one member that is a link, a device or a folder."""
    header = tarfile.TarInfo(name)
    header.type, header.linkname = kind, target
    return header.tobuf() + bytes(1024)


def nested_zip(levels: int, leaf: bytes, width: int = 16) -> bytes:
    """Archives in archives, `width` of them on each level, as 42.zip has them."""
    content = leaf
    for level in range(levels):
        content = zipped({f"lib {number}.zip": content for number in range(width if level else 1)})
    return content
