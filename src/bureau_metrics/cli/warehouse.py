"""Verbs that compare states of the published warehouse: diff."""

from __future__ import annotations

from typing import Annotated

import typer

from bureau_metrics.cli.options import FormatOption, HomeOption, home_of
from bureau_metrics.rendering import OutputFormat, Rows, say, write_rows


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    app.command("diff", epilog="Example: bureau-metrics diff 1 2 --format csv")(diff)


DIFF_COLUMNS = ("change", "reason", "document_id", "metric", "label", "year_after", "figure_before", "figure_after")


def diff(
    context: typer.Context,
    before: Annotated[int | None, typer.Argument(metavar="[RUN]", help="The earlier run.")] = None,
    after: Annotated[int | None, typer.Argument(metavar="[RUN]", help="The later run.")] = None,
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """List the figures gained, lost and changed between two runs, and why; without numbers between the last two.

    csv and jsonl print all columns, with both sentences.
    """
    from bureau_metrics.warehouse import figure_changes

    result = figure_changes(home_of(context, home), before, after)
    if output_format is OutputFormat.TABLE:
        result = result.chosen(DIFF_COLUMNS)
    if not write_rows(Rows(result.columns, result.rows), output_format):
        say("no figure differs")
