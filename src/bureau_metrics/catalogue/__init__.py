"""The metric catalogue: TOML entries, checked at the border, as frozen metrics with compiled terms."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bureau_metrics.catalogue.entries import MetricEntry
from bureau_metrics.models import Measure, Scope


class CatalogueError(Exception):
    """A catalogue that cannot be used, told in one line: file, metric, key, line and what is wrong."""

    def __init__(self, file: str, metric: str, key: str, line: int, message: str) -> None:
        self.file, self.metric, self.key, self.line, self.message = file, metric, key, line, message
        where = f"{file}:{line}" + (f": metric {metric}" if metric else "") + (f": {key}" if key else "")
        super().__init__(f"{where}: {message}")


@dataclass(frozen=True, slots=True)
class Term:
    """One way of naming a metric: a head beside the number, and for each group of cues one word near it."""

    text: str
    heads: tuple[str, ...]
    cues: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the fact that it must yield (`expected`, by field name), or a counter-example's other metric."""

    text: str
    expected: dict[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of the code book: its canonical unit, defaults, accepted counters and the terms that name it.

    `partial` holds the heads that name only a part of it (罚款 of 罚没款); `of_event` is the id of the metric of events
    whose audience it counts, "" for most.
    """

    id: str
    family: str
    name_zh: str
    name_en: str
    unit: str
    counters: frozenset[str]
    measure: Measure
    scope: Scope
    additive: bool
    terms: tuple[Term, ...]
    excludes: tuple[str, ...]
    partial: frozenset[str]
    of_event: str
    note: str
    examples: tuple[Example, ...]
    counter_examples: tuple[Example, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All metrics in order of family file and place; `fingerprint` is a hash of every byte that was read."""

    metrics: tuple[Metric, ...]
    fingerprint: str

    def metric(self, metric_id: str) -> Metric | None:
        """Return the metric of that id, or None."""
        return next((metric for metric in self.metrics if metric.id == metric_id), None)


def default_folder() -> Path:
    """Return the folder of the packaged metrics."""
    return Path(str(files("bureau_metrics") / "catalogue" / "metrics"))


@cache
def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Load the catalogue of a folder of TOML files (default: the packaged one).

    Raises `CatalogueError` for a file that is no TOML, an entry that breaks the form, or an id given twice.
    """
    folder = folder or default_folder()
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise CatalogueError(str(folder), "", "", 0, "no *.toml file with metrics in this folder")
    metrics: list[Metric] = []
    digest = hashlib.sha256()
    for path in paths:
        data = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + data)
        metrics.extend(_load_file(path, data))
    seen: dict[str, Metric] = {}
    for metric in metrics:
        if metric.id in seen:
            raise CatalogueError(
                metric.file, metric.id, "id", metric.line, f"this id stands already in {seen[metric.id].file}"
            )
        seen[metric.id] = metric
    return Catalogue(tuple(metrics), digest.hexdigest())


def _load_file(path: Path, data: bytes) -> list[Metric]:
    try:
        source = data.decode("utf-8")
        table = tomllib.loads(source)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        # tomllib names no line for what is missing at the end of the document.
        place = int(line.group(1)) if line else data.count(b"\n")
        raise CatalogueError(path.name, "", "", place, f"not valid TOML: {error}") from error
    unknown = set(table) - {"metric"}
    if unknown or not isinstance(table.get("metric", []), list):
        raise CatalogueError(
            path.name, "", min(unknown) if unknown else "metric", 1, "only [[metric]] tables may stand here"
        )
    places = [source.count("\n", 0, match.start()) + 1 for match in re.finditer(r"(?m)^\s*\[\[metric\]\]", source)]
    return [
        _metric(path, source.splitlines(), entry, places[index] if index < len(places) else 1)
        for index, entry in enumerate(table.get("metric", []))
    ]


def _metric(path: Path, lines: list[str], entry: dict[str, Any], line: int) -> Metric:
    try:
        model = MetricEntry.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        place = _line_of(lines, line, key)
        raise CatalogueError(path.name, str(entry.get("id", "?")), key, place, first["msg"]) from error
    example_lines = _table_lines(lines, line, "metric.example")
    counter_lines = _table_lines(lines, line, "metric.counter_example")
    return Metric(
        id=model.id,
        family=path.stem,
        name_zh=model.name_zh,
        name_en=model.name_en,
        unit=model.unit,
        counters=frozenset(model.counters or [model.unit]),
        measure=model.measure,
        scope=model.scope,
        additive=model.additive,
        terms=tuple(parse_term(term) for term in model.terms),
        excludes=tuple(model.excludes),
        partial=frozenset(model.partial),
        of_event=model.of_event,
        note=model.note,
        examples=tuple(
            Example(example.text, example.expected(), example_lines[i] if i < len(example_lines) else line)
            for i, example in enumerate(model.example)
        ),
        counter_examples=tuple(
            Example(example.text, {"metric": example.metric}, counter_lines[i] if i < len(counter_lines) else line)
            for i, example in enumerate(model.counter_example)
        ),
        file=path.name,
        line=line,
    )


def parse_term(text: str) -> Term:
    """Return the compiled form of `HEAD|HEAD + CUE|CUE`."""
    groups = [tuple(word.strip() for word in group.split("|") if word.strip()) for group in _PLUS.split(text)]
    return Term(" + ".join("|".join(group) for group in groups), groups[0], tuple(groups[1:]))


# A term may run over several lines.
_PLUS = re.compile(r"\s\+\s")


def _line_of(lines: list[str], start: int, key: str) -> int:
    for number in range(start, len(lines)):
        if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", lines[number]):
            return number + 1
        if lines[number].strip() == "[[metric]]":
            break
    return start


def _table_lines(lines: list[str], start: int, name: str) -> list[int]:
    found = []
    for number in range(start, len(lines)):
        if lines[number].strip() == "[[metric]]":
            break
        if lines[number].strip() == f"[[{name}]]":
            found.append(number + 1)
    return found
