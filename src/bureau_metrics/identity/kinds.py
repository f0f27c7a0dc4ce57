"""The words of `document_kinds.toml`, and the kind of a document by its title."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bureau_metrics.lexicon import alternation


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its name, its cues, whether it is a plan, and who publishes it where nobody is named.

    `looks_back`: the year in its title is that of the session before which it is read. `opens`: the first words of such
    a document; `says`: what stands in the opening of no other kind; `unless_behind`: what may not follow the cue.
    """

    name: str
    cues: tuple[str, ...]
    plan: bool = False
    looks_back: bool = False
    body: str | None = None
    opens: re.Pattern[str] | None = None
    says: re.Pattern[str] | None = None
    unless_behind: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of `document_kinds.toml`, compiled."""

    kinds: tuple[Kind, ...]
    title: re.Pattern[str]
    unfinished: tuple[str, ...]
    plan: re.Pattern[str]
    names_the_place_alone: re.Pattern[str]
    done: re.Pattern[str]
    title_done: re.Pattern[str]
    title_ends: re.Pattern[str]
    title_label: re.Pattern[str]
    file_name: re.Pattern[str]
    own_title: re.Pattern[str]
    registration: re.Pattern[str]
    session_line: re.Pattern[str]
    notices: re.Pattern[str]
    source_label: re.Pattern[str]
    filed_source: re.Pattern[str]
    date_label: re.Pattern[str]
    other_label: re.Pattern[str]
    day_label: re.Pattern[str]
    written_label: re.Pattern[str]
    furniture: re.Pattern[str]
    introduces: re.Pattern[str]
    first_words: re.Pattern[str]
    self_words: re.Pattern[str]
    bureau_words: re.Pattern[str]
    report_words: re.Pattern[str]
    error_pages: re.Pattern[str]
    statute_line: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the word lists, loaded once."""
    data = tomllib.loads(files("bureau_metrics").joinpath("data", "document_kinds.toml").read_text(encoding="utf-8"))
    title, header, opening, no_report = data["title"], data["header"], data["opening"], data["no_report"]
    kinds = tuple(_kind(entry) for entry in data["kind"])
    all_cues = [cue for kind in kinds for cue in kind.cues]
    return Words(
        kinds=kinds,
        title=any_of([*title["words"], *all_cues]),
        unfinished=tuple(title["unfinished"]),
        plan=any_of(title["plan_words"]),
        done=any_of([*opening["done_words"], *title["done_words"]]),
        names_the_place_alone=re.compile(
            "|".join([f"(?:{alternation(all_cues)})(?!办|委)", *title["behind_a_place"]])  # 嵩县依法治县办
        ),
        title_done=any_of(title["done_words"]),
        title_ends=re.compile(f"(?:{alternation([*title['words'], *all_cues])})(?:[\\[（(][^\\]）)]*[\\]）)])?$"),
        title_label=_label(title["labels"]),
        file_name=re.compile(title["file_name"]),
        own_title=re.compile(opening["own_title"]),
        session_line=re.compile(header["session_line"]),
        notices=re.compile("|".join(header["notices"])),
        registration=re.compile(header["registration"]),
        source_label=_label(header["source_labels"]),
        filed_source=_filed(header["filed_source_labels"], [*header["date_labels"], *header["other_labels"]]),
        date_label=_label(header["date_labels"]),
        other_label=_label(header["other_labels"]),
        day_label=_before_a_day(header["date_labels"]),
        written_label=any_of(header["written_labels"]),
        furniture=any_of(header["furniture"]),
        first_words=re.compile(opening["first_words"]),
        introduces=any_of(opening["introduces"]),
        self_words=any_of(opening["self_words"]),
        bureau_words=any_of(opening["bureau_words"]),
        report_words=any_of(no_report["report_words"]),
        error_pages=any_of(no_report["error_pages"]),
        statute_line=re.compile(no_report["statute_line"]),
    )


def _kind(entry: dict[str, Any]) -> Kind:
    return Kind(
        entry["name"],
        tuple(entry["cues"]),
        entry.get("plan", False),
        entry.get("looks_back", False),
        entry.get("body"),
        re.compile(entry["opens"]) if "opens" in entry else None,
        re.compile(entry["says"]) if "says" in entry else None,
        re.compile(entry["unless_behind"]) if "unless_behind" in entry else None,
    )


def kind_of(title: str) -> tuple[Kind, int, int] | None:
    """Return the kind that a title states and the span of its cue within the title, or None.

    A plan is one only where the title speaks of nothing done: 2024年工作总结及2025年工作计划 is a summary.
    """
    return _kind_said(title, plans=words().title_done.search(title) is None)


def _kind_said(words_of_it: str, *, plans: bool) -> tuple[Kind, int, int] | None:
    for kind in words().kinds:
        if kind.plan and not plans:
            continue
        for cue in kind.cues:
            start = words_of_it.find(cue)
            if start >= 0 and not (kind.unless_behind and kind.unless_behind.match(words_of_it, start + len(cue))):
                return kind, start, start + len(cue)
    return None


def opening_kind(line: str) -> tuple[Kind, int, int] | None:
    """Return the kind of which a line has the first words, else the one whose cue it holds, and their span; or None.

    No plan: 落实《2024年法治政府建设工作要点》 is said in a report.
    """
    for kind in words().kinds:
        opened = kind.opens.match(line) if kind.opens is not None else None
        said = opened or (kind.says.search(line) if kind.says is not None else None)
        if said:
            return kind, said.start(), said.end()
    return _kind_said(line, plans=False)


def any_of(choices: list[str]) -> re.Pattern[str]:
    """Return one pattern that finds any of the words, the longest first."""
    return re.compile(alternation(choices))


def _label(choices: list[str]) -> re.Pattern[str]:
    """Return a pattern for a label with its colon, bracket or bar (【来源】, 来源：, 来源： |) at a word's start."""
    return re.compile(
        rf"(?<![一-鿿])[\[【(（]?(?:{_spelled(choices)})\s*(?:[\]】)）]\s*[:：]?|[:：]\s*[|｜]?|[|｜])\s*"
    )


def _filed(choices: list[str], labels: list[str]) -> re.Pattern[str]:
    """Return a pattern for a label and the blank before its value, which is not the next label."""
    return re.compile(rf"(?<![一-鿿])(?:{_spelled(choices)})\s+(?!{_spelled(labels)})(?=[一-鿿])")


def _before_a_day(choices: list[str]) -> re.Pattern[str]:
    """Return a pattern for a label right before a figure, with a colon or without (成文日期 2024-01-11)."""
    return re.compile(rf"(?:{_spelled(choices)})\s*[\]】)）]?\s*[:：]?\s*[|｜]?\s*(?=[0-9二])")


def _spelled(choices: list[str]) -> str:
    return "|".join(r"\s*".join(map(re.escape, word)) for word in sorted(choices, key=len, reverse=True))
