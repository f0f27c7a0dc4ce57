"""`make bench`: how many times longer each stage takes than a bare regular-expression scan for numeral characters.

A ratio of a stage to the scan, measured side by side, says the same on a fast and on a slow machine; seconds do not.
The last line compares extraction by a catalogue ten times as large with extraction by the packaged one.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bureau_metrics import find_quantities
from bureau_metrics.catalogue import Catalogue, Metric, Term, load_catalogue
from bureau_metrics.catalogue.vocabulary import Vocabulary, build_vocabulary
from bureau_metrics.extraction import extract_document
from bureau_metrics.identity import identify
from bureau_metrics.models import Document
from bureau_metrics.reading import document_from_bytes
from bureau_metrics.rendering import OutputFormat, Rows, write_rows

NUMERALS = re.compile("[0-9０-９〇零一二两三四五六七八九十百千万亿]+")
ROUNDS = 20
GROWTH = 10
FIRST_HAN, HAN = 0x4E00, 0x51A6
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


def moved(word: str, step: int) -> str:
    """Return a word of the same length in other Chinese characters."""
    return "".join(
        chr(FIRST_HAN + (ord(character) - FIRST_HAN + step) % HAN) if "一" <= character <= "龥" else character
        for character in word
    )


def grown(catalogue: Catalogue, times: int) -> Catalogue:
    """Return a catalogue of so many times the metrics: the copies are of the same form, in words of their own."""

    def copy(metric: Metric, step: int) -> Metric:
        terms = tuple(
            Term(
                moved(term.text, step),
                tuple(moved(head, step) for head in term.heads),
                tuple(tuple(moved(cue, step) for cue in group) for group in term.cues),
            )
            for term in metric.terms
        )
        excludes = tuple(moved(word, step) for word in metric.excludes)
        return replace(metric, id=f"{metric.id}_{step}", terms=terms, excludes=excludes)

    copies = [copy(metric, 997 * number) for number in range(1, times) for metric in catalogue.metrics]
    return Catalogue((*catalogue.metrics, *copies), catalogue.fingerprint)


def extraction_by(vocabulary: Vocabulary) -> Callable[[Document], object]:
    def extraction_by_large_catalogue(document: Document) -> object:
        return extract_document(document, identify(document), vocabulary)

    return extraction_by_large_catalogue


def measure(stages: Sequence[Callable[[Document], object]], documents: Sequence[Document]) -> list[Stage]:
    """Time the stages side by side: the best of some rounds, after one that fills the caches."""
    best = [float("inf")] * len(stages)
    for _ in range(ROUNDS + 1):
        for place, stage in enumerate(stages):
            begin = time.perf_counter()
            for document in documents:
                stage(document)
            best[place] = min(best[place], time.perf_counter() - begin)
    return [Stage(stage.__name__, seconds) for stage, seconds in zip(stages, best, strict=True)]


def main(folders: Sequence[str]) -> None:
    """Measure over the text files of the folders, or over samples/."""
    paths = [path for folder in folders or [str(SAMPLES)] for path in sorted(Path(folder).glob("*.txt"))]
    documents = [document_from_bytes(path.read_bytes(), name=path.name, document_id=path.name) for path in paths]
    characters = sum(len(document.text) for document in documents)
    large = extraction_by(build_vocabulary(grown(load_catalogue(), GROWTH)))
    scan, *stages = measure((bare_scan, identification, quantities, extraction, large), documents)
    records = [
        [stage.name, f"{stage.seconds / scan.seconds:.0f}", f"{characters / stage.seconds / 1e6:.2f}"]
        for stage in (scan, *stages)
    ]
    print(f"{len(documents)} documents, {characters} characters", file=sys.stderr)
    write_rows(Rows(("stage", "times the bare scan", "million characters a second"), records), OutputFormat.TABLE)
    by_name = {stage.name: stage.seconds for stage in stages}
    ratio = by_name["extraction_by_large_catalogue"] / by_name["extraction"]
    print(f"a catalogue {GROWTH} times as large: {ratio:.2f} times the time")


if __name__ == "__main__":
    main(sys.argv[1:])
