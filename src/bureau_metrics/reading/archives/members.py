"""The members of an archive as sources of their own: an archive is unpacked once, and in memory."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.archives import is_archive, members_of_archive
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits


def archive_members(data: bytes, limits: ReadingLimits) -> dict[str, bytes]:
    """Return the members of an archive, by name in the order of names; raises UnreadableDocument."""
    members = members_of_archive(data, Budget(limits))
    return {member.name: member.data for member in sorted(members, key=lambda member: member.name)}


def is_archive_file(path: Path) -> bool:
    """Say whether a file is an archive of sources, by its content; False where it cannot be opened."""
    try:
        return path.is_file() and is_archive(path.read_bytes())
    except OSError:
        return False


def member_bytes(archive: Path, member: Path, limits: ReadingLimits) -> bytes:
    """Return the bytes of a member, whose path begins with the archive's; raises UnreadableDocument.

    The archive that was asked for last stays unpacked, so that its members can be read one after the other.
    """
    try:
        status = archive.stat()
        members = _unpacked(archive, status.st_mtime_ns, status.st_size, limits)
        return members[member.relative_to(archive).as_posix()]
    except (OSError, KeyError):
        raise UnreadableDocument(RejectionReason.MISSING, "no longer in its archive", "check the archive") from None


@lru_cache(maxsize=1)
def _unpacked(archive: Path, _modified: int, _size: int, limits: ReadingLimits) -> dict[str, bytes]:
    return archive_members(archive.read_bytes(), limits)
