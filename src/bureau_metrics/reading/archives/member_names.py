"""Names of files in archives: in which encoding they stand, which of them are reports, and which are attacks."""

from __future__ import annotations

import re
import unicodedata

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument

# Absolute (/etc), of a drive (C:), of a Windows share (\\server), cut off by a NUL.
_TRICK = re.compile(r"^/|^[A-Za-z]:|\0")
_LONGEST = 4096  # what systems allow at most
_SYSTEM_FILES = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
_HIDDEN_STARTS = (".", "~$")


def decoded_name(raw: bytes) -> str:
    """Return the name that bytes stand for: UTF-8 where they can be that, else GB18030, else code page 437.

    Archives made on Chinese Windows have GBK names, those made on a Mac have UTF-8; neither says so.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def safe_name(name: str, where: str = "") -> str:
    """Return a printable relative path with `/` between its parts, the same on every system.

    `where` names the archive inside the archive, for the message. Raises UnreadableDocument (`unsafe`) for a name that
    leads out of the archive or has no end.
    """
    if len(name) > _LONGEST:
        raise refusal(where + name[:40] + "…", f"its name has more than {_LONGEST:,} characters")
    path = name.replace("\\", "/")  # old Windows programs wrote folder\file
    if _TRICK.search(path) or ".." in path.split("/"):
        raise refusal(where + name, "its name leads out of the archive")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return printable("/".join(parts))


def is_system_file(name: str) -> bool:
    """Tell whether a path is one of those that systems and editors leave behind (`.DS_Store`, `~$report.docx`)."""
    return any(part.startswith(_HIDDEN_STARTS) or part.lower() in _SYSTEM_FILES for part in name.split("/"))


def refusal(name: str, why: str) -> UnreadableDocument:
    """Return the refusal of an archive (`unsafe`) because of one member."""
    return UnreadableDocument(
        RejectionReason.UNSAFE, f"{printable(name)}: {why}", "unpack it yourself if you trust it, and give the files"
    )


def printable(name: str) -> str:
    """Return a name in composed form (NFC), with a mark for each character that cannot be shown."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in composed)
