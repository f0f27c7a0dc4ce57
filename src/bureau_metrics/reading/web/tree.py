"""Markup → the elements that a reader of the page sees, as a tree with what is measured of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.web.style_sheets import hidden_by_sheets

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Elements deeper than this stand beside their parents instead, so that what walks the tree may recurse.
_DEEPEST = 100

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin a new line and end it."""

# del: struck out; rt, rp: the pronunciation above a character; select, button …: not text but controls.
_UNSEEN_TAGS = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "del",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "input",
        "link",
        "map",
        "marquee",
        "meta",
        "noframes",
        "noscript",
        "object",
        "option",
        "rp",
        "rt",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0*(?:\.0*)?(?:px|pt|r?em|%)?\s*(?:!important\s*)?(?:;|$)"
    r"|(?:^|[\s;])(?:left|top|text-indent)\s*:\s*-\d{4,}"
    r"|^(?=.*overflow\s*:\s*hidden)(?=(?:.*[\s;])?(?:max-)?(?:height|width)\s*:\s*0+(?:px)?\s*(?:;|$))",
    re.IGNORECASE | re.DOTALL,
)
_SAYS_HOW_SEEN = re.compile(r"(?:display|visibility)\s*:", re.IGNORECASE)
# The article of a public account is hidden in the source and shown by a script, once it has come.
_SHOWN_LATER = re.compile(r"(?:^|\s)(?:js_content|rich_media_content)(?:\s|$)")
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table)\b", re.IGNORECASE)
_READ_ALOUD_ONLY = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text)(?:\s|$)", re.IGNORECASE)
_SPOKEN = re.compile(r"[\w]")
_VISIBLE = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_LONGEST_NAMES = 300
_LONGEST_LINK = 80  # an <a href> that is never closed makes a "link" of the whole rest of the page


@dataclass(slots=True, eq=False)
class Element:
    """An element with its visible children; counts are of visible characters, with those of all its descendants."""

    tag: str
    names: str
    attributes: dict[str, str | None]
    parent: Element | None
    is_block: bool
    children: list[Element | str] = field(default_factory=list)
    text_length: int = 0
    link_length: int = 0
    links: int = 0
    pictures: int = 0
    prose: int = 0
    is_furniture: bool = False

    def elements(self) -> Iterator[Element]:
        """Yield this element and all below it in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements()

    def text(self) -> str:
        """Return all its text as it stands in the source."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def own_text(self) -> str:
        """Return the text of its own lines: without that of the blocks in it."""
        return "".join(
            child if isinstance(child, str) else "" if child.is_block else child.own_text() for child in self.children
        )

    def has_blocks(self) -> bool:
        """Say whether some child, or a child of an inline child, begins a line of its own."""
        return any(isinstance(child, Element) and (child.is_block or child.has_blocks()) for child in self.children)

    def ancestors(self) -> Iterator[Element]:
        """Yield the elements that hold it, the nearest first."""
        here = self.parent
        while here is not None:
            yield here
            here = here.parent


def tree_of(page: LexborHTMLParser, budget: Budget) -> Element:
    """Return the body of a page as the tree of its visible elements."""
    root = Element("body", "", {}, None, is_block=True)
    if page.body is not None:
        _grow(root, page.body, hidden_by_sheets(page, budget), budget)
    _measure(root)
    return root


def _grow(root: Element, body: LexborNode, hidden: frozenset[int], budget: Budget) -> None:
    # An explicit stack of (the next node, the element that it belongs to): the source may nest deeper than Python does.
    stack: list[tuple[LexborNode | None, Element, int]] = [(body.child, root, 1)]
    seen = 0
    while stack:
        node, parent, depth = stack.pop()
        while node is not None:
            seen += 1
            if not seen % 5000:
                budget.check()
            if node.is_text_node:
                parent.children.append(node.text_content or "")
            elif node.is_element_node:
                element = _visible(node, parent, hidden)
                if element is not None:
                    parent.children.append(element)
                    if node.child is not None:
                        stack.append((node.next, parent, depth))
                        if depth < _DEEPEST:
                            parent, depth = element, depth + 1
                        node = node.child
                        continue
            node = node.next


def _visible(node: LexborNode, parent: Element, hidden: frozenset[int]) -> Element | None:
    """Return the element of a node, or None for one that nobody sees; its own style overrules the page's sheets."""
    tag = node.tag or ""
    if tag in _UNSEEN_TAGS:
        return None
    attributes = node.attributes
    style = attributes.get("style") or ""
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:_LONGEST_NAMES]
    unseen = style and _UNSEEN_STYLE.search(style) and not _SHOWN_LATER.search(names)
    unseen = unseen or (node.mem_id in hidden and not _SAYS_HOW_SEEN.search(style))
    if "hidden" in attributes or unseen or _READ_ALOUD_ONLY.search(names):
        return None
    # aria-hidden hides from screen readers, not from eyes: text marked so is text; an icon is not.
    if attributes.get("aria-hidden") == "true" and not _SPOKEN.search(node.text(deep=True)):
        return None
    return Element(tag, names.lower(), attributes, parent, tag in BLOCK_TAGS or bool(_BLOCK_STYLE.search(style)))


def _measure(element: Element) -> None:
    for child in element.children:
        if isinstance(child, str):
            element.text_length += sum(map(len, _VISIBLE.findall(child)))
        else:
            _measure(child)
            element.text_length += child.text_length
            element.link_length += child.link_length
            element.links += child.links
            element.pictures += child.pictures
    if element.tag == "img":
        element.pictures += 1
    if element.tag == "a" and element.attributes.get("href") and element.text_length <= _LONGEST_LINK:
        element.link_length = element.text_length
        element.links = 1
