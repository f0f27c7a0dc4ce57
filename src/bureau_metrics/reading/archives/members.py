"""The members of an archive as sources of their own: an archive is unpacked once, and in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading import bytes_of
from bureau_metrics.reading.archives import is_archive, members_of_archive
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.recognition import ARCHIVE_OPENING, could_be_archive


def archive_members(data: bytes, limits: ReadingLimits) -> dict[str, bytes]:
    """Return the members of an archive, by name in the order of names; raises UnreadableDocument."""
    members = members_of_archive(data, Budget(limits))
    return {member.name: member.data for member in sorted(members, key=lambda member: member.name)}


def is_archive_file(path: Path, limits: ReadingLimits) -> bool:
    """Say whether a file is an archive of sources, by its content; False where it cannot be opened, or is too large."""
    try:
        return _begins_like_one(path) and is_archive(bytes_of(path, limits))
    except (UnreadableDocument, OSError, ValueError):  # ValueError: a NUL in the path
        return False


def _begins_like_one(path: Path) -> bool:
    """Look at the first bytes only: most sources are no archives, and a run looks at all of them."""
    if not path.is_file():  # a pipe would block for ever
        return False
    with path.open("rb", buffering=0) as file:
        return could_be_archive(file.read(ARCHIVE_OPENING))


def member_names(archive: Path, limits: ReadingLimits) -> list[str]:
    """Return the names of an archive's members in order; raises UnreadableDocument."""
    return list(_UNPACKED.members(archive, limits))


def member_bytes(archive: Path, member: Path, limits: ReadingLimits) -> bytes:
    """Return the bytes of a member, whose path begins with the archive's; raises UnreadableDocument.

    The archive that was asked for last stays unpacked, so that its members can be read one after the other.
    """
    try:
        return _UNPACKED.members(archive, limits)[member.relative_to(archive).as_posix()]
    except KeyError:
        raise UnreadableDocument(RejectionReason.MISSING, "no longer in its archive", "check the archive") from None


@dataclass(slots=True)
class _Unpacked:
    """The members of one archive; they are forgotten before another is unpacked, so that two are never held at once."""

    key: object = None
    held: Mapping[str, bytes] = field(default_factory=dict)

    def members(self, archive: Path, limits: ReadingLimits) -> Mapping[str, bytes]:
        try:
            status = archive.stat()
        except OSError:
            raise UnreadableDocument(RejectionReason.MISSING, "its archive is gone", "check the path") from None
        key = (archive, status.st_mtime_ns, status.st_size, replace(limits, clock=None, to_docx=None))
        if key != self.key:
            self.key, self.held = None, {}
            self.held = archive_members(bytes_of(archive, limits), limits)
            self.key = key
        return self.held


_UNPACKED = _Unpacked()
