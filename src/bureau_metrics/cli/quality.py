"""The verb evaluate: facts against gold facts that people wrote."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bureau_metrics.cli.options import FormatOption, HomeOption, StrictOption, WrongCall, home_of
from bureau_metrics.cli.reading import EXIT_STRICT, SourceReader
from bureau_metrics.rendering import OutputFormat, Rows, say, write_rows

if TYPE_CHECKING:
    from bureau_metrics.evaluation import Comparison, Evaluation, Score

SCORE_COLUMNS = ("gold", "predicted", "right", "precision", "recall", "f1")
ERROR_COLUMNS = ("kind", "document", "start", "text", "metric", "expected", "found")


class Section(StrEnum):
    """Parts of an evaluation."""

    SUMMARY = "summary"
    METRIC = "metric"
    FIELD = "field"
    ERRORS = "errors"
    CHANGES = "changes"


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    example = "Example: bureau-metrics evaluate samples --gold tests/gold/samples.jsonl"
    app.command("evaluate", epilog=example)(evaluate)


def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Option("--gold", metavar="JSONL", help="Gold facts, one a line.")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]", help="The documents that the gold facts are about; none for gold that holds its texts."
        ),
    ] = None,
    predicted: Annotated[
        Path | None, typer.Option("--predicted", metavar="JSONL", help="Facts extracted before, instead of sources.")
    ] = None,
    show: Annotated[
        list[Section] | None, typer.Option("--show", help="What to print; may be repeated. Default: all of it.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Keep this result beside the gold file; later ones are held against it.")
    ] = False,
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
    strict: StrictOption = False,
) -> None:
    """Compare facts with gold facts: precision, recall and F1 (0 to 1) by metric and field, and every single error.

    Gains and losses are told against the last accepted result, where one lies beside the gold file; a fall of F1 ends
    with exit code 2.
    """
    if sources and predicted:
        raise WrongCall("name either the SOURCEs to extract, or facts extracted before with --predicted")
    evaluation = _evaluation(context, gold, sources or [], predicted, home)
    comparison = _accepted(gold, evaluation, accept)
    shown = [section for section in Section if comparison is not None or section is not Section.CHANGES]
    sections = show or (shown if output_format is OutputFormat.TABLE else [Section.SUMMARY])
    if output_format is not OutputFormat.TABLE and len(sections) > 1:
        raise WrongCall("--format csv and jsonl print one part: give one --show")
    for section in sections:
        _print_section(section, evaluation, comparison, output_format)
    if comparison is not None and comparison.falls:
        say(f"F1 fell from {comparison.f1_before} to {comparison.f1_now}: mend the losses, or take them with --accept")
        raise typer.Exit(EXIT_STRICT)
    raise typer.Exit(EXIT_STRICT if strict and evaluation.errors else 0)


def _evaluation(
    context: typer.Context, gold: Path, sources: list[str], predicted: Path | None, home: Path | None
) -> Evaluation:
    if predicted:
        return _of_predictions(gold, predicted)
    return _of_sources(context, gold, sources, home) if sources else _of_texts(gold)


def _accepted(gold: Path, evaluation: Evaluation, accept: bool) -> Comparison | None:
    from bureau_metrics.evaluation import accepted_beside, compare, load_accepted, result_of, save_accepted

    path = accepted_beside(gold)
    if accept:
        save_accepted(result_of(evaluation), path)
    return compare(evaluation, load_accepted(path)) if path.is_file() else None


def _of_texts(gold: Path) -> Evaluation:
    from bureau_metrics.evaluation import GoldError, evaluate_texts, load_gold_texts

    try:
        return evaluate_texts(load_gold_texts(gold))
    except GoldError as error:
        raise WrongCall(
            f"{error}: name the SOURCEs that its facts are about, or extracted facts with --predicted"
        ) from error


def _of_predictions(gold: Path, predicted: Path) -> Evaluation:
    from bureau_metrics.evaluation import evaluate, load_gold

    return evaluate(load_gold(gold), load_gold(predicted))


def _of_sources(context: typer.Context, gold: Path, sources: list[str], home: Path | None) -> Evaluation:
    from bureau_metrics.evaluation import evaluate, load_gold

    expected = load_gold(gold)
    reader = SourceReader(sources, leave_out=home_of(context, home).root, manifest=None)
    extractions = list(reader.extractions())
    if not extractions:
        raise WrongCall("none of the sources could be read")
    facts = [fact for _document, extraction in extractions for fact in extraction.facts]
    return evaluate(expected, facts, [document.name for document, _extraction in extractions])


def _print_section(
    section: Section, evaluation: Evaluation, comparison: Comparison | None, output_format: OutputFormat
) -> None:
    if output_format is OutputFormat.TABLE:
        say(f"{section.value}:")
    rows = _changes(comparison) if section is Section.CHANGES else _rows_of(section, evaluation)
    write_rows(rows, output_format)


def _changes(comparison: Comparison | None) -> Rows:
    if comparison is None:
        raise WrongCall("there is no accepted result beside the gold file yet; write one with --accept")
    groups = {
        "gained": comparison.gained,
        "lost": comparison.lost,
        "newly spurious": comparison.new_spurious,
        "spurious no more": comparison.gone_spurious,
    }
    return Rows(("change", "fact"), [[change, key] for change, keys in groups.items() for key in keys])


def _rows_of(section: Section, evaluation: Evaluation) -> Rows:
    if section is Section.SUMMARY:
        return Rows(("figure", "value"), list(evaluation.summary().items()))
    if section is Section.ERRORS:
        return Rows(ERROR_COLUMNS, [[getattr(error, name) for name in ERROR_COLUMNS] for error in evaluation.errors])
    return _score_rows(section, evaluation.by_metric() if section is Section.METRIC else evaluation.by_field())


def _score_rows(section: Section, scores: Mapping[str, Score]) -> Rows:
    records = [[name, *(getattr(score, column) for column in SCORE_COLUMNS)] for name, score in scores.items()]
    return Rows((section.value, *SCORE_COLUMNS), records)
