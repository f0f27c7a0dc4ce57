"""Archives → the files in them: zip, tar, gzip, bzip2, xz, and archives in these; nothing is written to any disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import PurePosixPath
from typing import IO

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.archives.compression import unpacked_pieces
from bureau_metrics.reading.archives.member_names import decoded_name, is_system_file, printable, refusal, safe_name
from bureau_metrics.reading.archives.tar import files_of_tar, is_tar
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.recognition import by_first_bytes, recognise
from bureau_metrics.reading.zip_directory import BROKEN_ZIP, open_zip

MOST_MEMBERS = 10_000
"""How many files and folders an archive may hold, together with the archives in it."""
DEEPEST = 2
"""How many archives may stand around a file beside the outermost one."""

_PACKED = ("gzip", "bzip2", "xz")
_ARCHIVES = ("zip", "tar", *_PACKED)
_PACKED_SUFFIXES = (".gz", ".bz2", ".xz")
_UNNAMED = "content"
_PIECE = 1 << 18
_LOCAL_HEADER = 30
_ENCRYPTED = 0x2041  # a member's password, strong encryption, an encrypted directory
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path in there (`/` between the parts, never leading out), and its bytes.

    A file of an archive in the archive has both paths: `2024.zip/科技局.docx`.
    """

    name: str
    data: bytes


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are an archive that can be opened; an office document that is a zip file is none."""
    found = by_first_bytes(data)
    return found is not None and found.name in _ARCHIVES


def members_of_archive(data: bytes, budget: Budget, password: str | None = None, *, name: str = "") -> list[Member]:
    """Return the files of an archive in its order, without those that systems leave behind; no two have one name.

    Args:
        data: the archive.
        budget: what may be unpacked.
        password: opens encrypted members of a zip file.
        name: the archive's own, for the single file in a gzip, bzip2 or xz file (`report.txt.gz` → `report.txt`).

    Raises:
        UnreadableDocument: `unsupported_format`, `damaged`, `encrypted`, `unsafe`, `too_large`, `too_slow`, `empty`.
    """
    try:
        members = list(_Opening(budget, password).members(data, name))
    except MemoryError:
        raise _too_large("needs more memory to unpack than there is") from None
    if not members:
        raise UnreadableDocument(RejectionReason.EMPTY, "an archive without files", "check that it was packed whole")
    return list(_distinct(members))


@dataclass(slots=True)
class _Opening:
    """The opening of one archive and of those in it, which share a budget."""

    budget: Budget
    password: str | None
    counted: int = 0

    def members(self, data: bytes, name: str, where: str = "", depth: int = 0) -> Iterator[Member]:
        for file_name, content in self._files(data, name, where):
            path = where + file_name
            if not is_archive(content):
                yield Member(path, content)
            elif depth == DEEPEST:
                raise refusal(path, f"an archive in more than {DEEPEST} others, as archive bombs are made")
            else:
                yield from self.members(content, file_name, f"{path}/", depth + 1)

    def _files(self, data: bytes, name: str, where: str) -> Iterator[tuple[str, bytes]]:
        found = recognise(data)
        kind = found.name if found else ""
        try:
            if kind == "zip":
                yield from self._zip(data, where)
            elif kind == "tar":
                self.budget.unpack(len(data))
                yield from files_of_tar(iter([data]), self._count, where)
            elif kind in _PACKED:
                yield from self._packed(data, kind, name, where)
            else:
                title, hint = (found.title, found.hint) if found else ("no archive", "give it as it is")
                raise UnreadableDocument(RejectionReason.UNSUPPORTED_FORMAT, f"{title}, which cannot be opened", hint)
        except UnreadableDocument as failure:
            raise _placed(failure, where) from None

    def _count(self) -> None:
        self.counted += 1
        if self.counted > MOST_MEMBERS:
            raise _too_large(f"more than {MOST_MEMBERS:,} files")
        self.budget.check()

    def _packed(self, data: bytes, kind: str, name: str, where: str) -> Iterator[tuple[str, bytes]]:
        pieces = unpacked_pieces(data, kind, self.budget)
        first = next(pieces, b"")
        pieces = chain([first], pieces)
        if is_tar(first):
            yield from files_of_tar(pieces, self._count, where)
            return
        self._count()
        path = PurePosixPath(safe_name(name, where) or _UNNAMED)
        yield path.stem if path.suffix.lower() in _PACKED_SUFFIXES else path.name, _joined(pieces)

    def _zip(self, data: bytes, where: str) -> Iterator[tuple[str, bytes]]:
        with open_zip(data) as archive:
            entries = archive.infolist()
            for _ in entries:
                self._count()
            _refuse_overlaps(entries)
            for entry in entries:
                raw = _zip_name(entry)
                name = safe_name(raw, where) or _UNNAMED
                mode = stat.S_IFMT(entry.external_attr >> 16)
                if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
                    raise refusal(where + name, "a link or a device")
                if not raw.endswith("/") and not is_system_file(name):
                    yield name, self._content(archive, entry, name)

    def _content(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
        encrypted = bool(entry.flag_bits & _ENCRYPTED)
        if encrypted and self.password is None:
            raise _encrypted(name, "is protected by a password")
        try:
            with archive.open(entry, pwd=self.password.encode() if encrypted and self.password else None) as packed:
                return _joined(self._counted_pieces(packed))
        except BROKEN_ZIP as error:
            if encrypted:
                raise _encrypted(name, "does not open with the password, or is encrypted in a newer way") from None
            raise _unusable(name, error) from None

    def _counted_pieces(self, packed: IO[bytes]) -> Iterator[bytes]:
        while piece := packed.read(_PIECE):
            self.budget.unpack(len(piece))
            yield piece


def _joined(pieces: Iterable[bytes]) -> bytes:
    """Return pieces as one, held once: joining a list of them would hold them twice."""
    content = io.BytesIO()
    for piece in pieces:
        content.write(piece)
    return content.getvalue()


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Return the name as the archive has it; the library cuts it at a NUL, and takes it for code page 437."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.orig_filename
    try:
        return decoded_name(entry.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return entry.orig_filename


def _refuse_overlaps(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse a zip file whose members share bytes, so that little of it unpacks to any size."""
    for first, second in pairwise(sorted(entries, key=lambda entry: entry.header_offset)):
        if first.header_offset + _LOCAL_HEADER + first.compress_size > second.header_offset:
            raise refusal(second.filename, "lies over another member, as archive bombs are made")


def _distinct(members: Iterable[Member]) -> Iterator[Member]:
    """Yield the members, a second of the same name with a number: `report (2).txt`."""
    seen: Counter[str] = Counter()
    for member in members:
        path = PurePosixPath(member.name)
        name = member.name
        while seen[name]:
            seen[member.name] += 1
            name = str(path.with_name(f"{path.stem} ({seen[member.name]}){path.suffix}"))
        seen[name] += 1
        yield replace(member, name=name)


def _placed(failure: UnreadableDocument, where: str) -> UnreadableDocument:
    """Return a failure that names the archive in the archive which it comes from."""
    archive = printable(where.rstrip("/"))
    if not archive or failure.detail.startswith(archive):
        return failure
    return UnreadableDocument(failure.reason, f"{archive}: {failure.detail}", failure.hint)


def _too_large(detail: str) -> UnreadableDocument:
    return UnreadableDocument(RejectionReason.TOO_LARGE, detail, "split it into smaller archives")


def _encrypted(name: str, why: str) -> UnreadableDocument:
    return UnreadableDocument(RejectionReason.ENCRYPTED, f"{name} {why}", "unpack it and give the files inside")


def _unusable(name: str, error: Exception) -> UnreadableDocument:
    if isinstance(error, NotImplementedError):
        return UnreadableDocument(
            RejectionReason.UNSUPPORTED_FORMAT,
            f"{name} is packed in a way that cannot be read",
            "unpack it and give the files inside",
        )
    return UnreadableDocument(
        RejectionReason.DAMAGED, f"{name} is cut off or corrupted", "fetch or copy the archive again, or pack it anew"
    )
