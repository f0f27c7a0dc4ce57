"""Stretches of a document in which names are looked for, each with the zone that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Zone(StrEnum):
    """The part of a document in which an identity statement stands: the source of its evidence."""

    TITLE = "title"
    ABOVE = "above_title"
    SOURCE = "source_line"
    CRUMB = "path_of_page"
    HEADER = "header"
    OPENING = "opening"
    CONTACT = "contact"
    BODY = "body"
    SIGNATURE = "signature"


class Line(NamedTuple):
    """A line without its outer blanks: offsets into the document's text (end exclusive)."""

    start: int
    end: int
    text: str


class Piece(NamedTuple):
    """Some text of one zone to look for names in; `offsets[i]` is where its character i stands in the document."""

    zone: Zone
    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the document of a span in the piece (ends exclusive)."""
        return self.offsets[start], self.offsets[end - 1] + 1


def piece_of(zone: Zone, lines: list[Line]) -> Piece:
    """Return the lines joined, without any blanks: names are broken over lines and set with spaces."""
    offsets = [line.start + i for line in lines for i, character in enumerate(line.text) if not character.isspace()]
    return Piece(zone, "".join("".join(line.text.split()) for line in lines), offsets)


def slice_of(zone: Zone, text: str, start: int, end: int, at: int = 0) -> Piece:
    """Return a stretch of a text as it stands (end exclusive); the text begins `at` this offset in the document."""
    return Piece(zone, text[start:end], range(at + start, at + end))
