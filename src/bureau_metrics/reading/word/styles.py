"""The styles of a Word document: which are headings, which are hidden, numbered, or lines of a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bureau_metrics.reading.word.package import Element, attribute, child, is_on, name_of, number_of, value_of

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)
_NAMED_LEVEL = re.compile(r"([一二三四五])级标题")
_CONTENTS = re.compile(r"toc ?(?:[1-9]|heading|标题)|table of figures|目录 ?[1-9]?|contents [1-9]", re.IGNORECASE)
_BODY_LEVEL = 9
_LONGEST_CHAIN = 20  # Word's own limit is about ten; a circle would never end


@dataclass(frozen=True, slots=True)
class Style:
    """A style as it is defined, without what it inherits; `level` is that of a heading, 0 what is explicitly none."""

    name: str
    based_on: str | None = None
    level: int | None = None
    hidden: bool | None = None
    list_id: str | None = None
    list_level: int | None = None


def outline_level(properties: Element | None) -> int | None:
    """Return the heading level that paragraph properties state (1 the highest, 0 for body text), None for nothing."""
    stated = number_of(value_of(properties, "outlineLvl"))
    if stated is None:
        return None
    return stated + 1 if 0 <= stated < _BODY_LEVEL else 0


def level_by_name(name: str) -> int | None:
    """Return the heading level that the name of a style says, or None."""
    if numbered := _HEADING.fullmatch(name):
        return int(numbered[1])
    if named := _NAMED_LEVEL.fullmatch(name):
        return "一二三四五".index(named[1]) + 1
    return 1 if _TITLE.fullmatch(name) else None


@dataclass(slots=True)
class Styles:
    """All styles by their ids, and the paragraph style of paragraphs that name none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None

    def chain(self, style_id: str | None) -> list[tuple[str, Style]]:
        """Return a style and those it is based on, nearest first."""
        found = list[tuple[str, Style]]()
        while style_id is not None and style_id in self.by_id and len(found) < _LONGEST_CHAIN:
            found.append((style_id, self.by_id[style_id]))
            style_id = self.by_id[style_id].based_on
        return found

    def heading_level(self, style_id: str | None) -> int | None:
        """Return the level of the headings that a paragraph style makes, or None."""
        return next((style.level or None for _, style in self.chain(style_id) if style.level is not None), None)

    def is_contents(self, style_id: str | None) -> bool:
        """Whether the style is that of a line of a table of contents: headings again, with page numbers."""
        return any(_CONTENTS.fullmatch(style.name) for _, style in self.chain(style_id))

    def is_hidden(self, style_id: str | None) -> bool:
        """Whether text in this style is hidden."""
        return next((style.hidden for _, style in self.chain(style_id) if style.hidden is not None), False)

    def list_of(self, style_id: str | None) -> tuple[str, int | None, str] | None:
        """Return the list of a style, its level where stated, and the id of the style that says so."""
        chain = self.chain(style_id)
        return next(((style.list_id, style.list_level, key) for key, style in chain if style.list_id is not None), None)


def styles_of(root: Element | None) -> Styles:
    """Return the styles that styles.xml defines."""
    styles = Styles()
    for element in root if root is not None else ():
        style_id = attribute(element, "styleId")
        if name_of(element) != "style" or style_id is None:
            continue
        styles.by_id[style_id] = _style(element)
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            styles.default = style_id
    return styles


def _style(element: Element) -> Style:
    name = (value_of(element, "name") or "").strip()
    properties = child(element, "pPr")
    stated = outline_level(properties)
    return Style(
        name=name,
        based_on=value_of(element, "basedOn"),
        level=level_by_name(name) if stated is None else stated,
        hidden=is_on(child(element, "rPr", "vanish")),
        list_id=value_of(properties, "numPr", "numId"),
        list_level=number_of(value_of(properties, "numPr", "ilvl")),
    )
