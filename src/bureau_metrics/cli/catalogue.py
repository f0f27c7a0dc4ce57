"""Verbs about the catalogue, the words as data: catalogue list, catalogue check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bureau_metrics.cli.options import FormatOption
from bureau_metrics.rendering import OutputFormat, Rows, say, write_rows

EXIT_PROBLEMS = 1
METRIC_COLUMNS = (
    "id",
    "family",
    "name_zh",
    "name_en",
    "unit",
    "measure",
    "scope",
    "additive",
    "counters",
    "terms",
    "note",
)
TABLE_COLUMNS = ("id", "family", "name_zh", "unit", "measure", "scope")

FolderArgument = Annotated[
    Path | None,
    typer.Argument(metavar="FOLDER", help="A folder of metric TOML files; default: the built-in catalogue."),
]


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    group = typer.Typer(help="The metrics that are recognised, and checks of their definitions.")
    group.command("list", epilog="Example: bureau-metrics catalogue list --family innovation")(list_metrics)
    group.command("check", epilog="Example: bureau-metrics catalogue check")(check)
    app.add_typer(group, name="catalogue", epilog="Example: bureau-metrics catalogue list --format csv")


def list_metrics(
    folder: FolderArgument = None,
    family: Annotated[str | None, typer.Option("--family", help="Only the metrics of this family.")] = None,
    output_format: FormatOption = OutputFormat.TABLE,
) -> None:
    """Print the metrics of the catalogue."""
    from bureau_metrics.catalogue import load_catalogue

    metrics = [metric for metric in load_catalogue(folder).metrics if family in (None, metric.family)]
    columns = TABLE_COLUMNS if output_format is OutputFormat.TABLE else METRIC_COLUMNS
    write_rows(Rows(columns, ([getattr(metric, name) for name in columns] for metric in metrics)), output_format)


def check(folder: FolderArgument = None) -> None:
    """Run the examples and counter-examples of every metric, and say what is wrong: file, metric, key and line."""
    from bureau_metrics.catalogue import load_catalogue
    from bureau_metrics.catalogue_examples import check as find_problems

    catalogue = load_catalogue(folder)
    problems = find_problems(folder)
    for problem in problems:
        say(f"error: {problem}")
    if problems:
        raise typer.Exit(EXIT_PROBLEMS)
    say(f"{len(catalogue.metrics)} metrics, all examples read as expected")
