"""The extractor against gold: texts and samples written for this project, and real reports where they are at hand."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bureau_metrics.evaluation import (
    Evaluation,
    accepted_beside,
    compare,
    evaluate,
    evaluate_texts,
    load_accepted,
    load_gold,
    load_gold_texts,
)
from bureau_metrics.extraction import extract_document, text_document
from bureau_metrics.identity import identify
from bureau_metrics.models import Document, Extraction
from bureau_metrics.reading import read_document

GOLD = Path(__file__).parent / "gold"
TEXTS = [GOLD / "short_texts.jsonl", GOLD / "bureau_texts.jsonl"]


def extractions(documents: Iterable[Document]) -> Iterator[Extraction]:
    for document in documents:
        yield extract_document(document, identify(document))


def assert_good(evaluation: Evaluation) -> None:
    summary = evaluation.summary()
    reached = {name: summary[name] for name in ("mapped_f1", "found_recall", "found_precision")}
    least = {"mapped_f1": 0.95, "found_recall": 0.97, "found_precision": 0.97}
    mistakes = "\n".join(str(mistake) for mistake in evaluation.errors)
    assert all((reached[name] or 0) >= least[name] for name in least), f"{reached}\n{mistakes}"


def unresolved_share(read: Iterable[Extraction]) -> float:
    counts = Counter(entry.disposition.value for extraction in read for entry in extraction.ledger)
    return counts["unresolved"] / counts.total()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_short_texts_are_read_as_people_read_them(path: Path) -> None:
    assert_good(evaluate_texts(load_gold_texts(path)))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_f1_does_not_fall_below_the_accepted_result(path: Path) -> None:
    comparison = compare(evaluate_texts(load_gold_texts(path)), load_accepted(accepted_beside(path)))
    assert not comparison.falls, f"lost: {comparison.lost}, newly spurious: {comparison.new_spurious}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(gold.text, id=gold.id)
        for path in (*TEXTS, GOLD / "texts_without_facts.jsonl")
        for gold in load_gold_texts(path)
        if not gold.facts
    ],
)
def test_a_text_that_states_no_figure_gives_none(text: str) -> None:
    document = text_document(text)
    facts = extract_document(document, identify(document)).facts
    assert [(fact.text, fact.metric, fact.label) for fact in facts] == []


def test_the_samples_are_read_as_people_read_them(sample_documents: list[Document]) -> None:
    gold = load_gold(GOLD / "samples.jsonl")
    read = list(extractions(sample_documents))
    assert_good(evaluate(gold, [fact for extraction in read for fact in extraction.facts]))
    assert unresolved_share(read) < 0.02


def test_real_reports_are_read_as_people_read_them(gold_folder: Path) -> None:
    gold = load_gold(gold_folder / "seeds.jsonl")
    paths = sorted((gold_folder / "reports").glob("*.txt"))
    read = list(extractions(map(read_document, paths)))
    assert_good(
        evaluate(gold, [fact for extraction in read for fact in extraction.facts], [path.name for path in paths])
    )
    assert unresolved_share(read) < 0.02


def test_a_real_report_without_figures_gives_none(gold_folder: Path) -> None:
    (extraction,) = extractions(map(read_document, (gold_folder / "reports").glob("001_*.txt")))
    assert [(fact.text, fact.metric, fact.label) for fact in extraction.facts] == []
