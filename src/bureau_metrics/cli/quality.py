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
    from bureau_metrics.evaluation import Evaluation, Score

SCORE_COLUMNS = ("gold", "predicted", "right", "precision", "recall", "f1")
ERROR_COLUMNS = ("kind", "document", "start", "text", "metric", "expected", "found")


class Section(StrEnum):
    """Parts of an evaluation."""

    SUMMARY = "summary"
    METRIC = "metric"
    FIELD = "field"
    ERRORS = "errors"


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    app.command("evaluate", epilog="Example: bureau-metrics evaluate samples --gold tests/gold/samples.jsonl")(evaluate)


def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Option("--gold", metavar="JSONL", help="Gold facts, one a line.")],
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]", help="The documents that the gold facts are about.")
    ] = None,
    predicted: Annotated[
        Path | None, typer.Option("--predicted", metavar="JSONL", help="Facts extracted before, instead of sources.")
    ] = None,
    show: Annotated[
        list[Section] | None, typer.Option("--show", help="What to print; may be repeated. Default: all of it.")
    ] = None,
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
    strict: StrictOption = False,
) -> None:
    """Compare facts with gold facts: precision, recall and F1 (0 to 1) by metric and field, and every single error."""
    if bool(sources) == bool(predicted):
        raise WrongCall("name either the SOURCEs to extract, or facts extracted before with --predicted")
    evaluation = _of_predictions(gold, predicted) if predicted else _of_sources(context, gold, sources or [], home)
    sections = show or (list(Section) if output_format is OutputFormat.TABLE else [Section.SUMMARY])
    if output_format is not OutputFormat.TABLE and len(sections) > 1:
        raise WrongCall("--format csv and jsonl print one part: give one --show")
    for section in sections:
        _print_section(section, evaluation, output_format)
    raise typer.Exit(EXIT_STRICT if strict and evaluation.errors else 0)


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


def _print_section(section: Section, evaluation: Evaluation, output_format: OutputFormat) -> None:
    if output_format is OutputFormat.TABLE:
        say(f"{section.value}:")
    write_rows(_rows_of(section, evaluation), output_format)


def _rows_of(section: Section, evaluation: Evaluation) -> Rows:
    if section is Section.SUMMARY:
        return Rows(("figure", "value"), list(evaluation.summary().items()))
    if section is Section.ERRORS:
        return Rows(ERROR_COLUMNS, [[getattr(error, name) for name in ERROR_COLUMNS] for error in evaluation.errors])
    return _score_rows(section, evaluation.by_metric() if section is Section.METRIC else evaluation.by_field())


def _score_rows(section: Section, scores: Mapping[str, Score]) -> Rows:
    records = [[name, *(getattr(score, column) for column in SCORE_COLUMNS)] for name, score in scores.items()]
    return Rows((section.value, *SCORE_COLUMNS), records)
