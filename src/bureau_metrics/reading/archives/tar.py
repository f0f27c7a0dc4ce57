"""Reads the files of a tar archive from a stream, once through and never ahead.

The standard library's `TarFile` walks headers by offsets that the archive states, and searches extended headers with
patterns that a hostile one makes slow; only its reading of a single header is used.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.archives.member_names import decoded_name, is_system_file, refusal, safe_name
from bureau_metrics.reading.failure import UnreadableDocument

_BLOCK = tarfile.BLOCKSIZE
_LONGEST_EXTENSION = 1 << 16
_EXTENDED = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_EXTENSIONS = (*_EXTENDED, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_RECORD = re.compile(rb"(\d{1,6}) ([^=\n]{1,100})=")


def is_tar(opening: bytes) -> bool:
    """Tell whether bytes that begin so are a tar archive."""
    return opening.startswith(b"ustar", 257)


def files_of_tar(pieces: Iterator[bytes], count: Callable[[], None], where: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file that is not a system's own.

    `pieces` are those of the archive and counted already; `count` is called for each header. Raises UnreadableDocument
    (`damaged`, and `unsafe` for links, devices and names that lead out of the archive).
    """
    stream = _Stream(pieces)
    long_name: bytes | None = None
    while (header := _header(stream.read(_BLOCK))) is not None:
        count()
        if header.type in _EXTENSIONS:
            long_name = _long_name(header, stream) or long_name
            continue
        raw = header.name.encode("utf-8", "surrogateescape") if long_name is None else long_name
        long_name = None
        name = safe_name(decoded_name(raw), where)
        if header.type == tarfile.DIRTYPE:
            continue
        if header.type not in _FILES:
            raise refusal(where + name, "a link, a device or a file with holes")
        content = stream.read(header.size)
        stream.read(-header.size % _BLOCK)
        if not is_system_file(name):
            yield name, content
    for _ in pieces:  # the rest is padding, but only its end proves a packed archive whole
        pass


def _header(block: bytes) -> tarfile.TarInfo | None:
    if not block.strip(b"\0"):
        return None
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        raise _damaged() from None
    if header.size < 0:
        raise _damaged()
    return header


def _long_name(header: tarfile.TarInfo, stream: _Stream) -> bytes | None:
    """Return the name that an extension gives to the next file, if it gives one."""
    if header.size > _LONGEST_EXTENSION:
        raise _damaged()
    body = stream.read(header.size)
    stream.read(-header.size % _BLOCK)
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return body.rstrip(b"\0")
    return _records(body).get(b"path") if header.type in _EXTENDED else None


def _records(body: bytes) -> dict[bytes, bytes]:
    """Return the records of an extended header: `30 path=…` and a line end, the number being their length."""
    records = {}
    position = 0
    while found := _RECORD.match(body, position):
        position += int(found[1])
        if position <= found.end():
            break
        records[found[2]] = body[found.end() : position - 1]
    return records


@dataclass(slots=True)
class _Stream:
    pieces: Iterator[bytes]
    rest: memoryview = field(default_factory=lambda: memoryview(b""))

    def read(self, size: int) -> bytes:
        """Return exactly so many bytes, whatever pieces they come in."""
        content = io.BytesIO()
        while size:
            if not self.rest:
                self.rest = memoryview(next(self.pieces, b""))
            if not self.rest:
                raise _damaged()
            part, self.rest = self.rest[:size], self.rest[size:]
            size -= content.write(part)
        return content.getvalue()


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        RejectionReason.DAMAGED, "a tar archive that is cut off or corrupted", "fetch or copy it again, or pack it anew"
    )
