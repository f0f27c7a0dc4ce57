"""Where on a page the article is: what frames it, what holds it, and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bureau_metrics.reading.web.furniture import LONGEST_LABEL, counts_visits, is_byline, is_furniture, opens_others
from bureau_metrics.reading.web.tree import Element

# Names by which the common site systems (TRS, UCAP, Founder, jcms, Dreamweaver templates) call the text of an article.
_ARTICLE_NAME = re.compile(
    r"(?:^|\s)(?:trs_(?:ueditor|editor|web)\w*|view\s+trs\S*|ucapcontent|zoom(?:con)?|js_content|vsb_content\w*"
    r"|(?:article|news|xxgk|gk|detail|info|text|page|pages|main|doc|art|cont)?[_-]?(?:content|article|editor|zhengwen|nr|body)"
    r"|(?:article|news|info)[_-]?(?:con|cont|text|detail|main|txt|view)|view|con_text|txt_?con|mainfont|bt_content)(?:$|\s)"
)
_FRAME_TAGS = frozenset(("nav", "footer", "aside"))
_FRAME_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
_FRAME_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|bread(?:crumbs?|nav)?|crumbs?|footer|copyright|share|sharebox|bdshare\w*"
    r"|bshare|jiathis\w*|social|sidebar|related|recommend|pagination|searchbox|search|login|topbar|friendlinks?|qrcode|ewm"
    r"|erweima|toolbar|dqwz|weizhi|szwz|wza|prevnext|comments?|popup|modal)(?:$|[\s_-]|\d)"
)
_VAGUE_FRAME_NAME = re.compile(
    r"(?:^|[\s_-])(?:header|head|top|foot|bottom|banner|logo|left|right|links?|hot|tools?|print|date|weather|float|ads?)"
    r"(?:$|[\s_-]|\d)"
)
_SENTENCE = re.compile(r"[。；！？]")
_FIGURE = re.compile(r"\d")
_WEEK = "一二三四五六"
_SHORTEST_PROSE = 30
_SHORTEST_STRAY_PROSE = 60
_FEWEST_FIGURE_CELLS = 6
_FEWEST_LINKS = 3
_LONGEST_LINE = 300
_CELLS = frozenset(("td", "th"))


def article_in(body: Element) -> Element:
    """Return the element that holds the whole article, and mark what frames it as furniture.

    It is the smallest one with all prose of the page outside the frame, or a larger one that adds nothing but text.
    """
    _count_prose(body)
    known = [element for element in body.elements() if element.prose and _is_article(element)]
    _mark_furniture(body, body.prose, inside_article=False)
    holders = _holders(body, known)
    if not holders:
        return body
    article = _common_holder(holders)
    while article.parent is not None and not _is_framed(article.parent, article):
        article = article.parent
    return article if _is_article(article) else _with_neighbours(article)


def _with_neighbours(article: Element) -> Element:
    """Return the article with the headings and the signature that stand beside it, up to the next frame."""
    parent = article.parent
    if parent is None:
        return article
    start = next(index for index, child in enumerate(parent.children) if child is article)
    end = start + 1
    while start and not _frames(parent.children[start - 1]):
        start -= 1
    while end < len(parent.children) and not _frames(parent.children[end]):
        end += 1
    whole = Element("div", "", {}, parent, is_block=True, children=parent.children[start:end])
    whole.pictures = sum(child.pictures for child in whole.children if isinstance(child, Element))
    parent.children[start:end] = [whole]
    return whole


def unmark(body: Element) -> None:
    """Take back what was marked as furniture, where nothing else is on the page."""
    for element in body.elements():
        element.is_furniture = False


def lines_above(body: Element, article: Element) -> Iterator[tuple[Element, str]]:
    """Yield the lines of the page, in or out of its frame, that stand before the article; of a table each row too."""
    for element in body.elements():
        if element is article:
            return
        if element.tag == "tr":
            cells = (_line_of(cell).rstrip(":：") for cell in element.children if isinstance(cell, Element))
            yield element, " ".join(f"{label}：{value}" for label, value in batched_by_two(cells))
        elif element.is_block and not element.has_blocks():
            yield element, _line_of(element)


def batched_by_two(cells: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield cells as pairs: label and value, label and value."""
    remaining = iter(cells)
    return zip(remaining, remaining, strict=False)


def _line_of(element: Element) -> str:
    return " ".join(element.text().split()) if element.text_length <= _LONGEST_LINE else ""


def _count_prose(element: Element) -> None:
    for child in element.children:
        if isinstance(child, Element):
            _count_prose(child)
            element.prose += child.prose
    if element.is_block and (_is_prose(element) or _is_data(element)):
        element.prose += 1


def _is_prose(element: Element) -> bool:
    if element.text_length < _SHORTEST_PROSE or element.link_length * 2 > element.text_length:
        return False
    text = element.own_text().strip()
    return len(text) >= _SHORTEST_PROSE and _SENTENCE.search(text) is not None and not is_furniture(text)


def _is_data(table: Element) -> bool:
    """Say whether a table holds figures rather than an article, links, a calendar or the visits to the site."""
    if table.tag != "table" or table.prose or table.links >= _FEWEST_LINKS or _is_of_site(table):
        return False
    return sum(map(bool, map(_FIGURE.search, _cells_of(table)))) >= _FEWEST_FIGURE_CELLS


def _is_of_site(table: Element) -> bool:
    """Say whether a table is a calendar, or counts the visits to the site."""
    labels = [cell for cell in _cells_of(table) if cell and not _FIGURE.search(cell)]
    return _WEEK in "".join(labels) or 0 < len(labels) <= 2 * sum(map(counts_visits, labels))


def _cells_of(table: Element) -> list[str]:
    return [_line_of(element) for element in table.elements() if element.tag in _CELLS]


def _is_article(element: Element) -> bool:
    return element.is_block and (element.tag in ("article", "main") or _ARTICLE_NAME.search(element.names) is not None)


def _mark_furniture(element: Element, prose_of_page: int, *, inside_article: bool) -> None:
    inside_article = inside_article or (element.prose > 0 and _is_article(element))
    for child in element.children:
        if not isinstance(child, Element):
            continue
        if _is_frame(child, prose_of_page, inside_article=inside_article):
            child.is_furniture = True
        else:
            _mark_furniture(child, prose_of_page, inside_article=inside_article)


def _is_frame(element: Element, prose_of_page: int, *, inside_article: bool) -> bool:
    if not element.is_block:
        return False
    if element.prose * 2 < prose_of_page and _is_of_others(element):
        return True
    if (
        element.prose * 4 > prose_of_page
    ):  # a frame that holds the text is a container of that name, or one never closed
        return False
    if (
        element.tag in _FRAME_TAGS
        or element.attributes.get("role") in _FRAME_ROLES
        or _FRAME_NAME.search(element.names)
    ):
        return True
    if element.prose:
        return False
    if element.tag == "table" and not inside_article and _is_of_site(element):
        return True
    if not inside_article and (element.tag == "header" or _VAGUE_FRAME_NAME.search(element.names)):
        return True
    if element.links >= _FEWEST_LINKS and element.link_length * 2 >= element.text_length:
        return True
    # 微博 or 下载 alone may head a column of figures.
    return element.text_length > LONGEST_LABEL and not element.has_blocks() and is_furniture(element.own_text())


def _is_of_others(element: Element) -> bool:
    """Say whether an element holds other texts: their heading first, or their links behind it in one line."""
    if element.has_blocks():
        return opens_others(next((text for part in element.elements() if (text := part.own_text().strip())), ""))
    beside = "".join(
        child if isinstance(child, str) else "" if child.links else child.text() for child in element.children
    )
    return element.links > 0 and opens_others(beside)


def _holders(body: Element, known: Sequence[Element]) -> list[Element]:
    """Return what the article must hold: containers known by name with prose in them, and paragraphs outside them."""
    seen = [element for element in _unframed(body) if element.prose]
    unframed = set(map(id, seen))
    known = [element for element in known if id(element) in unframed]
    best = max((element.prose for element in known), default=0)
    if not best or best * 2 < body.prose:
        return [element for element in seen if not _has_prose_below(element)]
    core = min((element for element in known if element.prose == best), key=lambda element: element.text_length)
    around = set(map(id, core.ancestors()))
    named = [element for element in known if id(element) not in around]
    return named + [element for element in seen if not _has_prose_below(element) and _is_stray(element)]


def _unframed(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if isinstance(child, Element) and not child.is_furniture:
            yield from _unframed(child)


def _has_prose_below(element: Element) -> bool:
    return any(isinstance(child, Element) and child.prose for child in element.children)


def _is_stray(element: Element) -> bool:
    return element.tag == "table" or len(element.own_text().strip()) >= _SHORTEST_STRAY_PROSE


def _common_holder(elements: Sequence[Element]) -> Element:
    """Return the smallest element that holds all of them, and of a single paragraph what it stands in."""
    paths = [[*reversed(list(element.ancestors())), element] for element in elements]
    holder = paths[0][0]
    for step in zip(*paths, strict=False):
        if any(element is not step[0] for element in step):
            break
        holder = step[0]
    while holder.parent is not None and (not holder.has_blocks() or holder.tag in ("tr", "tbody", "table")):
        if _is_article(holder):
            break
        holder = holder.parent
    return holder


def _is_framed(holder: Element, article: Element) -> bool:
    """Say whether an element adds furniture or a byline to the article; a byline's statements are found above it."""
    return any(_frames(child) for child in holder.children if child is not article)


def _frames(child: Element | str) -> bool:
    if isinstance(child, str):
        return False
    return any(element.is_furniture or is_byline(element.own_text()) for element in child.elements())
