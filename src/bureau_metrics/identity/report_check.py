"""Is it a report at all? The question that keeps error pages, link lists and laws out of a warehouse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bureau_metrics.identity.kinds import words

if TYPE_CHECKING:
    from bureau_metrics.models import Document, Identity

_SAMPLE_CHARACTERS = 50_000
_FEWEST_HAN = 40
_SMALLEST_HAN_SHARE = 0.35
_LONGEST_ERROR_PAGE = 400
_FEWEST_ARTICLES = 5
_LARGEST_ARTICLE_SHARE = 0.3
_FEWEST_LINKS = 8
_SMALLEST_PROSE_SHARE = 0.1
_FEWEST_PINYIN = 10
_FEWEST_REPORT_WORDS = 3

_HAN = re.compile("[一-鿿]")
_VISIBLE = re.compile(r"\S")
_SENTENCE_END = re.compile("[。；！？;]")
_PINYIN = re.compile(r"[一-鿿][（(]\s*[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,7}\s*[）)]")


def looks_like_report(document: Document, identity: Identity) -> bool:
    """Say whether a document is a report of a government body, as far as can be told without understanding it."""
    return objection(document, identity) is None


def objection(document: Document, identity: Identity) -> str | None:
    """Return in one sentence why a document is no report, or None if nothing speaks against it.

    Looks at the first 50,000 characters. Short reports pass; what fails is foreign text and source code, error and
    login pages, lists of links, laws, mirrored pages with pinyin in brackets, and text that names neither a body nor a
    kind of report.
    """
    text = document.text[:_SAMPLE_CHARACTERS]
    han = len(_HAN.findall(text))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (
        _too_little_chinese(text, han)
        or _error_page(text, han)
        or _pinyin_mirror(text)
        or _statute(lines)
        or (None if document.layout.tables else _link_list(lines))
        or _nothing_named(text, identity)
    )


def _too_little_chinese(text: str, han: int) -> str | None:
    if han < _FEWEST_HAN:
        return f"it holds {han} Chinese characters, too few for a report"
    share = han / len(_VISIBLE.findall(text))
    return f"only {share:.0%} of its characters are Chinese" if share < _SMALLEST_HAN_SHARE else None


def _error_page(text: str, han: int) -> str | None:
    cue = words().error_pages.search(text) if han < _LONGEST_ERROR_PAGE else None
    return f"it is an error, login or empty page ({cue.group()})" if cue and not words().done.search(text) else None


def _pinyin_mirror(text: str) -> str | None:
    mirrored = len(_PINYIN.findall(text)) >= _FEWEST_PINYIN
    return "it has pinyin in brackets behind its characters, as mirrored pages have" if mirrored else None


def _statute(lines: list[str]) -> str | None:
    articles = len({match.group() for line in lines if (match := words().statute_line.match(line))})
    if articles < _FEWEST_ARTICLES or articles < _LARGEST_ARTICLE_SHARE * len(lines):
        return None
    return f"it is the text of a law or rule ({articles} articles)"


def _link_list(lines: list[str]) -> str | None:
    prose = sum(len(line) for line in lines if _SENTENCE_END.search(line))
    if len(lines) < _FEWEST_LINKS or prose >= _SMALLEST_PROSE_SHARE * sum(map(len, lines)):
        return None
    return f"it is a list of {len(lines)} short lines without sentences"


def _nothing_named(text: str, identity: Identity) -> str | None:
    if identity.kind is not None or identity.bureau is not None:
        return None
    if len(set(words().report_words.findall(text))) >= _FEWEST_REPORT_WORDS:
        return None
    return "it names neither a government body nor a kind of report"
