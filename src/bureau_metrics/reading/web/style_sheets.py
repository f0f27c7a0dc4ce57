"""What the style sheets in a page itself hide, by the rules of browsers: <style>.note { display: none }</style>.

Sheets that lie elsewhere are not fetched, and rules for other media than the screen say nothing of what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import tinycss2
from selectolax.lexbor import SelectolaxError

from bureau_metrics.reading.limits import Budget

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST_CHARACTERS = 200_000
_MOST_RULES = 300
_MOST_MATCHES = 200_000
_HIDING_VALUES = {"display": ("none",), "visibility": ("hidden", "collapse")}
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_ON_SCREEN = ("", "all", "screen")
_HAN = re.compile("[一-鿿]")
_ID, _CLASS_LIKE = re.compile(r"#[\w-]+"), re.compile(r"\.[\w-]+|\[[^\]]*\]|(?<!:):(?!:)[\w-]+")
_TAG = re.compile(r"(?:^|[\s>+~(])[a-zA-Z][\w-]*")


class _Rule(NamedTuple):
    """One selector with what it says of `display` or `visibility`."""

    selector: str
    name: str
    hides: bool
    important: bool

    @property
    def weight(self) -> tuple[bool, int, int, int]:
        """Return what decides between two rules for one element: https://www.w3.org/TR/selectors-3/#specificity."""
        counts = (len(pattern.findall(self.selector)) for pattern in (_ID, _CLASS_LIKE, _TAG))
        return (self.important, *counts)  # type: ignore[return-value]


def hidden_by_sheets(page: LexborHTMLParser, budget: Budget) -> frozenset[int]:
    """Return the elements that the page's own sheets hide, by `mem_id`.

    What holds most of the page's text is not among them: a script shows it once the page has come.
    """
    sheets = [node.text() for node in page.css("style") if (node.attributes.get("media") or "").lower() in _ON_SCREEN]
    css = "\n".join(sheets)[:_MOST_CHARACTERS]
    if page.body is None or not _HIDES.search(css):
        return frozenset()
    hidden = [node for rule, node in _decided(page, css, budget) if rule.hides]
    half = len(_HAN.findall(page.body.text(deep=True))) // 2
    return frozenset(node.mem_id for node in hidden if len(_HAN.findall(node.text(deep=True))) <= half)


def _decided(page: LexborHTMLParser, css: str, budget: Budget) -> Iterable[tuple[_Rule, LexborNode]]:
    """Return the rule that counts for each element and property; none at all where a page is made to cost too much."""
    decided: dict[tuple[int, str], tuple[_Rule, LexborNode]] = {}
    matches = 0
    for rule in _rules(css):
        budget.check()
        nodes = _matching(page, rule.selector)
        matches += len(nodes)
        if matches > _MOST_MATCHES:
            return ()
        for node in nodes:
            held = decided.get((node.mem_id, rule.name))
            if held is None or held[0].weight <= rule.weight:  # the later of two equals
                decided[node.mem_id, rule.name] = (rule, node)
    return decided.values()


def _rules(css: str) -> Iterator[_Rule]:
    left = _MOST_RULES
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        for name, hides, important in _said(rule.content):
            for selector in _selectors(rule.prelude):
                left -= 1
                if left < 0:
                    return
                yield _Rule(selector, name, hides, important)


def _said(content: list[tinycss2.ast.Node]) -> Iterator[tuple[str, bool, bool]]:
    """Yield what a rule's declarations say of how its elements are seen: the property, whether it hides, important."""
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration" and item.lower_name in _HIDING_VALUES:
            value = tinycss2.serialize(item.value).strip().lower()
            yield item.lower_name, value in _HIDING_VALUES[item.lower_name], item.important


def _selectors(prelude: list[tinycss2.ast.Node]) -> Iterator[str]:
    for is_comma, tokens in groupby(prelude, key=lambda token: token.type == "literal" and token.value == ","):
        if not is_comma:
            yield tinycss2.serialize(list(tokens)).strip()


def _matching(page: LexborHTMLParser, selector: str) -> list[LexborNode]:
    with suppress(SelectolaxError):  # a selector that the parser does not know: .note::before, input:visited
        return page.css(selector)
    return []
