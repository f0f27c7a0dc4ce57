"""The parts of a Word file: a ZIP archive of XML, opened without trusting what it says of its sizes, names or entities.

Elements are told by their local names, because the same vocabulary comes under two namespaces (transitional, strict).
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.zip_package import ran_out_of_memory

Element: TypeAlias = Any
"""An XML element: lxml is untyped."""

_CHUNK = 1 << 16
_MOST_MEMBERS = 20_000
_MOST_NODES = 3_000_000
"""Tags and attributes of one part; each costs about a hundred bytes of memory, however short it is written."""

_ENTITY = b"<!ENTITY"
_MEMBER_MARK = b"PK\x01\x02"
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, NotImplementedError)
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
_MAIN_PART = re.compile(rb"PartName=\"/?([^\"]+)\"[^>]*(?:document|template)(?:\.macroEnabled[A-Za-z]*)?\.main\+xml")

_SAVE_AGAIN = "open it in Word or WPS, save it again as docx and give that file"
_UNLOCK = "open it in Word or WPS with its password, remove the password, save it and give that file"


def damaged(what: str) -> UnreadableDocument:
    """Return the failure of a file that is broken, `what` saying in which way."""
    return UnreadableDocument(RejectionReason.DAMAGED, f"a damaged Word document: {what}", _SAVE_AGAIN)


def encrypted() -> UnreadableDocument:
    """Return the failure of a file that asks for a password."""
    return UnreadableDocument(RejectionReason.ENCRYPTED, "a Word document locked by a password", _UNLOCK)


def is_encrypted_package(data: bytes) -> bool:
    """Whether the bytes are an OLE file that holds an encrypted docx."""
    return data.startswith(_OLE_MARK) and _ENCRYPTED_PACKAGE in data


def name_of(element: Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of local names, or None."""
    for name in path:
        element = next((found for found in element if name_of(found) == name), None) if element is not None else None
    return element


def attribute(element: Element | None, name: str) -> str | None:
    """Return the value of the attribute with that local name, or None."""
    if element is None:
        return None
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), None)


def value_of(element: Element | None, *path: str) -> str | None:
    """Return the `val` attribute of the element, or of the one along the path."""
    return attribute(child(element, *path), "val")


def number_of(text: str | None) -> int | None:
    """Return the whole number that an attribute states; None where it states none, or a preposterous one."""
    return int(text) if text and _WHOLE_NUMBER.fullmatch(text) else None


def is_on(element: Element | None) -> bool | None:
    """Return what a switch says (`<w:vanish/>`, `<w:vanish w:val="0"/>`), None where it is absent."""
    if element is None:
        return None
    return (attribute(element, "val") or "true").lower() not in ("0", "false", "off")


@dataclass(slots=True)
class WordPackage:
    """The open archive; a part is read when it is asked for, and counts against the budget."""

    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    budget: Budget

    @classmethod
    def open(cls, data: bytes, budget: Budget) -> WordPackage:
        """Open the archive; raises UnreadableDocument (`damaged`, `encrypted`, `too_large`)."""
        if is_encrypted_package(data):
            raise encrypted()
        if data.count(_MEMBER_MARK) > _MOST_MEMBERS:
            raise UnreadableDocument(
                RejectionReason.TOO_LARGE, f"a Word document of more than {_MOST_MEMBERS:,} parts", _SAVE_AGAIN
            )
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE:
            raise damaged("its ZIP archive is incomplete") from None
        members = {_folded(member.filename): member for member in archive.infolist()}
        return cls(archive, members, budget)

    def main_part(self) -> str:
        """Return the name of the part that holds the text, however it is called."""
        stated = self.related("", "officeDocument")
        for name in (*stated, "word/document.xml", *self._declared_main_parts()):
            if _folded(name) in self.members:
                return name
        raise damaged("the part with its text is missing")

    def related(self, part: str, kind: str) -> list[str]:
        """Return the names of the parts that `part` ("" is the package) refers to as its `kind`."""
        folder, name = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = list[str]()
        for relation in root if root is not None else ():
            target, type_ = attribute(relation, "Target"), attribute(relation, "Type") or ""
            if target and type_.rpartition("/")[2] == kind and attribute(relation, "TargetMode") != "External":
                path = target if target.startswith("/") else posixpath.join(folder, target)
                found.append(posixpath.normpath(path).lstrip("/"))
        return found

    def root_of(self, part: str, kind: str) -> Element | None:
        """Return the root of the first part that `part` refers to as its `kind`, or None."""
        return next((root for name in self.related(part, kind) if (root := self.root(name)) is not None), None)

    def root(self, name: str) -> Element | None:
        """Return the root element of a part, or None where there is no such part."""
        member = self.members.get(_folded(name))
        if member is None:
            return None
        if member.flag_bits & 1:
            raise encrypted()
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(f"{name} is packed in a way that Word does not know")
        try:
            return self._parsed(member, name)
        except (*_DAMAGE, etree.XMLSyntaxError) as error:
            if ran_out_of_memory(error):
                raise MemoryError from None
            raise damaged(f"{name} is incomplete or no XML") from None

    def holds_pictures(self) -> bool:
        """Whether there are pictures in the archive."""
        return any("/media/" in name for name in self.members)

    def _parsed(self, member: zipfile.ZipInfo, name: str) -> Element:
        parser = etree.XMLPullParser(
            events=(), resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        nodes, tail = 0, b""
        with self.archive.open(member) as source:
            while chunk := source.read(_CHUNK):
                self.budget.unpack(len(chunk))
                seen = tail + chunk.replace(b"\0", b"")  # without NUL: UTF-16 shows its letters, too
                if _ENTITY in seen:  # before the parser meets them: what it says of them is that the XML is broken
                    raise _with_entities(name)
                tail = seen[-len(_ENTITY) :]
                nodes += chunk.count(b"<") + chunk.count(b"=")
                if nodes > _MOST_NODES:
                    raise UnreadableDocument(
                        RejectionReason.TOO_LARGE, f"a Word document with more than {_MOST_NODES:,} marks", _SAVE_AGAIN
                    )
                parser.feed(chunk)
        root = parser.close()
        if root.getroottree().docinfo.doctype:  # no Word file has one: entities would be its only use
            raise _with_entities(name)
        return root

    def _declared_main_parts(self) -> list[str]:
        member = self.members.get("[content_types].xml")
        if member is None or member.flag_bits & 1:
            return []
        try:
            with self.archive.open(member) as source:
                opening = source.read(_CHUNK)
        except _DAMAGE:
            return []
        self.budget.unpack(len(opening))
        return [found.decode("utf-8", "replace") for found in _MAIN_PART.findall(opening)]


def _with_entities(name: str) -> UnreadableDocument:
    return UnreadableDocument(RejectionReason.UNSAFE, f"a Word document whose {name} declares entities", _SAVE_AGAIN)


def _folded(name: str) -> str:
    """Return the name as it is compared: some writers use backslashes or other capitals than the references do."""
    return name.replace("\\", "/").lstrip("/").casefold()
