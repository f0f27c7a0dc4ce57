"""The ZIP container of office formats: members unpacked within the budget, XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from lxml import etree

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget

_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_LONGEST_DECLARATION = 9
_XML = (".xml", ".rels")
_MOST_MEMBERS = 50_000
_MOST_TAGS = 3_000_000


@contextmanager
def damage_told(kind: str) -> Iterator[None]:
    """Turn whatever a parser raises over a broken file into UnreadableDocument (`damaged`)."""
    try:
        yield
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - a broken file breaks a parser in any way it likes
        if ran_out_of_memory(error):
            raise MemoryError from None
        raise UnreadableDocument(
            RejectionReason.DAMAGED,
            f"{kind} that is broken, or was not copied completely",
            "open it in its own program, save it anew and give that file",
        ) from None


def ran_out_of_memory(error: Exception) -> bool:
    """Tell whether what a parser of XML calls an error in its syntax is that it was given no memory."""
    return isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY


class _Member(io.RawIOBase):
    """A member as it is unpacked: each chunk is counted, and XML with a document type is refused."""

    def __init__(self, source: IO[bytes], budget: Budget, name: str) -> None:
        super().__init__()
        self._source, self._budget, self._name = source, budget, name
        self._tail = b""

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(_CHUNK if size < 0 else min(size, _CHUNK))
        self._budget.unpack(len(chunk))
        if not self._name.lower().endswith(_XML):
            return chunk
        seen = self._tail + chunk.replace(b"\0", b"").upper()  # without NUL: UTF-16 shows its letters, too
        if any(declaration in seen for declaration in _DECLARATIONS):
            raise UnreadableDocument(
                RejectionReason.UNSAFE,
                f"its part {self._name!r} declares XML entities, which no report needs",
                "open it in its own program, save it anew and give that file",
            )
        self._tail = seen[-_LONGEST_DECLARATION:]
        return chunk


class ZipPackage:
    """The members of a ZIP container by name, whatever the case of its letters."""

    def __init__(self, data: bytes, budget: Budget, kind: str) -> None:
        self.budget, self.kind = budget, kind
        with damage_told(kind):
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            members = self._archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise UnreadableDocument(
                RejectionReason.UNSAFE, f"{len(members):,} parts in one file", "split the document"
            )
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise encrypted(kind)
        self._members = {self._key(member.filename): member for member in reversed(members) if not member.is_dir()}

    @staticmethod
    def _key(name: str) -> str:
        return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").casefold()

    def __contains__(self, name: str) -> bool:
        return self._key(name) in self._members

    def names(self) -> list[str]:
        """Return the names of all members, in lower case."""
        return list(self._members)

    def stream(self, name: str) -> io.RawIOBase:
        """Return a member to be read in chunks that the budget counts."""
        with damage_told(self.kind):
            return _Member(self._archive.open(self._members[self._key(name)]), self.budget, name)

    def bytes_of(self, name: str) -> bytes:
        """Return a member unpacked."""
        with damage_told(self.kind):
            stream = self.stream(name)
            return b"".join(iter(lambda: stream.read(_CHUNK) or b"", b""))

    def root(self, name: str) -> Any:
        """Return the root element of an XML member."""
        with damage_told(self.kind):
            data = self.bytes_of(name)
            refuse_many_tags(data)
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))

    def elements(self, name: str, *tags: str, events: tuple[str, ...] = ("end",)) -> Iterator[tuple[str, Any]]:
        """Yield where elements with one of the local names start or end, and forget each one once it has ended."""
        with damage_told(self.kind):
            wanted = [f"{{*}}{tag}" for tag in tags]
            source = self.stream(name)
            for event, element in etree.iterparse(source, events, tag=wanted, resolve_entities=False, no_network=True):
                yield event, element
                if event == "end":
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]


def refuse_many_tags(data: bytes) -> None:
    """Raise UnreadableDocument (`too_large`) for XML whose tree would take many times its own size in memory."""
    if data.count(b"<") > _MOST_TAGS:
        raise UnreadableDocument(
            RejectionReason.TOO_LARGE, f"a part with more than {_MOST_TAGS:,} XML tags", "split the document"
        )


def local_name(element: Any) -> str:
    """Return the tag of an element without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def encrypted(kind: str) -> UnreadableDocument:
    """Return the failure of a file that asks for a password."""
    return UnreadableDocument(
        RejectionReason.ENCRYPTED,
        f"{kind} that is protected by a password",
        "open it with its password, save it without one and give that file",
    )
