"""Every word of the catalogue and of the grammar in one automaton: one search a text, however many metrics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from bureau_metrics.catalogue import Catalogue, Metric, Term, load_catalogue
from bureau_metrics.lexicon import lexicon, words


class Role:
    """What a word does in a sentence, as bits: one word may have several roles.

    Plain integers, because a role is looked up for every word of every sentence with a figure.
    """

    VERB = 1
    NEW = 2
    TOTAL = 4
    IN_FORCE = 8
    UP = 16
    DOWN = 32
    BASE = 64
    PARTS = 128
    RESPECTIVELY = 256
    OTHER_OWNER = 512
    JURISDICTION = 1024
    BUREAU = 2048
    PLANNED = 4096
    REQUIRED = 8192
    MET = 16384
    NEGATION = 32768
    FALSE_NEGATION = 65536
    OTHER_BODY = 131072
    COMPOUND = 262144


@dataclass(frozen=True, slots=True)
class BoundTerm:
    """A term of a metric, with its cue words as word numbers of the vocabulary."""

    metric: Metric
    term: Term
    cues: tuple[frozenset[int], ...]
    excludes: frozenset[int]
    order: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The automaton with, for each word number, the word, its roles and the terms that it heads."""

    automaton: ahocorasick_rs.AhoCorasick
    words: tuple[str, ...]
    roles: tuple[int, ...]
    heads: tuple[tuple[BoundTerm, ...], ...]
    # The metrics that count the audience of a metric's events, by the id of that metric.
    audiences: dict[str, tuple[Metric, ...]]

    def hits(self, folded: str, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return every occurrence of every word inside the span as (start, end, word number), in order of start.

        Occurrences may overlap; a verb inside a noun that is made with it (社会组织) is none,
        nor is a word for the bureau (复议机关).
        """
        found = self.automaton.find_matches_as_indexes(folded[start:end], overlapping=True)
        hits = sorted([(start + first, start + last, word) for word, first, last in found])
        nouns = [hit for hit in hits if self.roles[hit[2]] & Role.COMPOUND]
        return [hit for hit in hits if not self._inside(hit, nouns)] if nouns else hits

    def _inside(self, hit: tuple[int, int, int], nouns: list[tuple[int, int, int]]) -> bool:
        may_be_part = bool(self.roles[hit[2]] & (Role.VERB | Role.BUREAU))
        return may_be_part and any(noun != hit and noun[0] <= hit[0] and hit[1] <= noun[1] for noun in nouns)

    def runs_over(self, text: str, place: int) -> bool:
        """Say whether a word of the vocabulary stands over a place of the text, with characters on both sides."""
        return any(start < place < end for start, end, _ in self.hits(text, 0, len(text)))


def _role_words() -> dict[int, tuple[str, ...]]:
    grammar = lexicon("grammar")
    return {
        Role.VERB: tuple(grammar["verbs"]),
        Role.COMPOUND: tuple(grammar["compounds"]),
        Role.NEW: tuple(grammar["new"]),
        Role.TOTAL: tuple(grammar["total"]),
        Role.IN_FORCE: tuple(grammar["in_force"]),
        Role.UP: tuple(grammar["up"]),
        Role.DOWN: tuple(grammar["down"]),
        Role.BASE: tuple(grammar["base"]),
        Role.PARTS: tuple(grammar["parts"]),
        Role.RESPECTIVELY: tuple(grammar["respectively"]),
        Role.OTHER_OWNER: tuple(grammar["other_owner"]),
        Role.JURISDICTION: tuple(grammar["jurisdiction"]),
        Role.BUREAU: tuple(grammar["bureau"]),
        Role.OTHER_BODY: tuple(grammar["other_bodies"]),
        Role.PLANNED: words("status", "planned"),
        Role.REQUIRED: words("status", "required"),
        Role.MET: words("status", "met"),
        Role.NEGATION: words("zeros", "negations"),
        Role.FALSE_NEGATION: words("zeros", "false_negations"),
    }


def _roles(catalogue: Catalogue) -> dict[str, int]:
    """Return every word with its roles; a mere head, cue or excluded word has none."""
    roles: dict[str, int] = {}
    for role, group in _role_words().items():
        for word in group:
            roles[word] = roles.get(word, 0) | role
    for metric in catalogue.metrics:
        for term in metric.terms:
            for group in (term.heads, *term.cues):
                for word in group:
                    roles.setdefault(word, 0)
        for word in metric.excludes:
            roles.setdefault(word, 0)
    return roles


@cache
def build_vocabulary(catalogue: Catalogue | None = None) -> Vocabulary:
    """Return the vocabulary of a catalogue (default: the packaged one); built once for each catalogue."""
    catalogue = catalogue or load_catalogue()
    roles = _roles(catalogue)
    numbers = {word: number for number, word in enumerate(roles)}
    heads: list[list[BoundTerm]] = [[] for _ in roles]
    order = 0
    for metric in catalogue.metrics:
        excludes = frozenset(numbers[word] for word in metric.excludes)
        for term in metric.terms:
            bound = BoundTerm(
                metric, term, tuple(frozenset(numbers[cue] for cue in group) for group in term.cues), excludes, order
            )
            order += 1
            for head in term.heads:
                heads[numbers[head]].append(bound)
    automaton = ahocorasick_rs.AhoCorasick(list(roles), matchkind=ahocorasick_rs.MatchKind.Standard)
    audiences: dict[str, tuple[Metric, ...]] = {}
    for metric in catalogue.metrics:
        if metric.of_event:
            audiences[metric.of_event] = (*audiences.get(metric.of_event, ()), metric)
    return Vocabulary(automaton, tuple(roles), tuple(roles.values()), tuple(tuple(group) for group in heads), audiences)
