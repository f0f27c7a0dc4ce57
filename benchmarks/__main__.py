"""`make bench`: how many times longer each stage takes than a bare regular-expression scan for numeral characters.

A ratio of a stage to the scan, measured side by side, says the same on a fast and on a slow machine; seconds do not.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bureau_metrics import find_quantities
from bureau_metrics.extraction import extract_document
from bureau_metrics.identity import identify
from bureau_metrics.models import Document
from bureau_metrics.reading import document_from_bytes
from bureau_metrics.rendering import OutputFormat, Rows, write_rows

NUMERALS = re.compile("[0-9０-９〇零一二两三四五六七八九十百千万亿]+")
ROUNDS = 5
SAMPLES = Path(__file__).parent.parent / "samples"


@dataclass(frozen=True)
class Stage:
    """A stage and the seconds of its best round over all texts."""

    name: str
    seconds: float


def bare_scan(document: Document) -> object:
    return sum(1 for _ in NUMERALS.finditer(document.text))


def quantities(document: Document) -> object:
    return find_quantities(document.text)


def identification(document: Document) -> object:
    return identify(document)


def extraction(document: Document) -> object:
    return extract_document(document, identify(document))


def measure(stage: Callable[[Document], object], documents: Sequence[Document]) -> Stage:
    """Time a stage: the best of some rounds, after one that fills the caches."""
    best = float("inf")
    for _ in range(ROUNDS + 1):
        begin = time.perf_counter()
        for document in documents:
            stage(document)
        best = min(best, time.perf_counter() - begin)
    return Stage(stage.__name__, best)


def main(folders: Sequence[str]) -> None:
    """Measure over the text files of the folders, or over samples/."""
    paths = [path for folder in folders or [str(SAMPLES)] for path in sorted(Path(folder).glob("*.txt"))]
    documents = [document_from_bytes(path.read_bytes(), name=path.name, document_id=path.name) for path in paths]
    characters = sum(len(document.text) for document in documents)
    scan, *stages = [measure(stage, documents) for stage in (bare_scan, identification, quantities, extraction)]
    records = [
        [stage.name, f"{stage.seconds / scan.seconds:.0f}", f"{characters / stage.seconds / 1e6:.2f}"]
        for stage in (scan, *stages)
    ]
    print(f"{len(documents)} documents, {characters} characters", file=sys.stderr)
    write_rows(Rows(("stage", "times the bare scan", "million characters a second"), records), OutputFormat.TABLE)


if __name__ == "__main__":
    main(sys.argv[1:])
