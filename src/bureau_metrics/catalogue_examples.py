"""Runs the examples of the catalogue: each is found by its metric, and a counter-example is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bureau_metrics.catalogue import Catalogue, CatalogueError, Example, Metric, load_catalogue
from bureau_metrics.catalogue.vocabulary import Vocabulary, build_vocabulary
from bureau_metrics.extraction import extract_document, text_document
from bureau_metrics.identity import identify
from bureau_metrics.models import Fact, plain


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the catalogue, told so that it can be found: file, line, metric, key."""

    file: str
    line: int
    metric: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: metric {self.metric}: {self.key}: {self.message}"


def check(folder: Path | None = None) -> list[Problem]:
    """Return everything that is wrong with a catalogue (default: the packaged one); an empty list means none.

    A file that cannot be read as a catalogue is one problem of its own.
    """
    try:
        catalogue = load_catalogue(folder)
    except CatalogueError as error:
        return [Problem(error.file, error.line, error.metric, error.key, error.message)]
    vocabulary = build_vocabulary(catalogue)
    used: set[tuple[str, str]] = set()
    problems = [problem for metric in catalogue.metrics for problem in _examples(metric, vocabulary, used)]
    return [*problems, *_claimed_twice(catalogue), *_unused(catalogue, used)]


def _examples(metric: Metric, vocabulary: Vocabulary, used: set[tuple[str, str]]) -> Iterator[Problem]:
    for example in metric.examples:
        facts = _facts(example.text, vocabulary)
        used.update(
            (metric.id, word)
            for fact in facts
            if fact.metric == metric.id and fact.term
            for word in fact.term.split(" + ")
        )
        yield from _found(metric, example, facts)
    for example in metric.counter_examples:
        facts = _facts(example.text, vocabulary)
        if any(fact.metric == metric.id for fact in facts):
            yield Problem(
                metric.file, example.line, metric.id, "counter_example", f"{example.text!r} is taken for this metric"
            )
        other = example.expected["metric"]
        if other is not None and not any(fact.metric == other for fact in facts):
            yield Problem(
                metric.file,
                example.line,
                metric.id,
                "counter_example",
                f"{example.text!r} does not give {other}: {_told(facts)}",
            )


def _facts(text: str, vocabulary: Vocabulary) -> list[Fact]:
    document = text_document(text)
    return list(extract_document(document, identify(document), vocabulary).facts)


def _found(metric: Metric, example: Example, facts: list[Fact]) -> Iterator[Problem]:
    own = [fact for fact in facts if fact.metric == metric.id]
    if not any(_agrees(fact, example.expected) for fact in own):
        yield Problem(
            metric.file,
            example.line,
            metric.id,
            "example",
            f"{example.text!r} should give {_plain(example.expected)}, gives {_told(facts)}",
        )


def _agrees(fact: Fact, expected: dict[str, Any]) -> bool:
    return all(str(plain(getattr(fact, name))) == str(plain(value)) for name, value in expected.items())


def _plain(expected: dict[str, Any]) -> str:
    return ", ".join(f"{name}={plain(value)}" for name, value in sorted(expected.items()))


def _told(facts: list[Fact]) -> str:
    return (
        "; ".join(f"{f.metric or 'open'} {plain(f.value)} {f.unit} {f.measure.value} ({f.text})" for f in facts)
        or "nothing"
    )


def _claimed_twice(catalogue: Catalogue) -> Iterator[Problem]:
    """Two metrics that claim one head with one counter and no cue or exclusion to part them."""
    claims: dict[tuple[str, str], Metric] = {}
    for metric in catalogue.metrics:
        for head in sorted({head for term in metric.terms if not term.cues for head in term.heads}):
            for counter in sorted(metric.counters):
                other = claims.setdefault((head, counter), metric)
                if other is not metric and not (metric.excludes or other.excludes):
                    yield Problem(
                        metric.file,
                        metric.line,
                        metric.id,
                        "terms",
                        f"{head!r} with {counter!r} is also claimed by {other.id}",
                    )


def _unused(catalogue: Catalogue, used: set[tuple[str, str]]) -> Iterator[Problem]:
    for metric in catalogue.metrics:
        for term in metric.terms:
            for group in (term.heads, *term.cues):
                if not any((metric.id, word) in used for word in group):
                    yield Problem(metric.file, metric.line, metric.id, "terms", f"no example needs {'|'.join(group)!r}")
