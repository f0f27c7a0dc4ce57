"""Verbs for reviewers: review export writes a workbook to decide in, review apply takes it back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bureau_metrics.cli.options import HomeOption, home_of
from bureau_metrics.rendering import say


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    verbs = typer.Typer(help="Write what is doubtful as a workbook, and take the decisions back.", no_args_is_help=True)
    verbs.command("export", epilog="Example: bureau-metrics review export --to review.xlsx")(export)
    verbs.command("apply", epilog="Example: bureau-metrics review apply review.xlsx")(apply)
    app.add_typer(verbs, name="review", epilog="Example: bureau-metrics review export --to review.xlsx")


def export(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Workbook to write; default: exports/review.xlsx.")
    ] = None,
    documents: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="ID", help="With all figures of this document; may be repeated."),
    ] = None,
    with_decided: Annotated[
        bool, typer.Option("--with-decided", help="With the figures that somebody has decided on.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Write doubtful figures, findings of the audit, open numerals and unsure identities as a workbook to decide in."""
    from bureau_metrics.review import REVIEW_WORKBOOK, export_review_workbook
    from bureau_metrics.warehouse import open_read_only

    where = home_of(context, home)
    path = to or where.exports / REVIEW_WORKBOOK
    with open_read_only(where) as connection:
        rows = export_review_workbook(connection, path, documents=documents or [], with_decided=with_decided)
    say(f"{path}: {rows} to look at")


def apply(
    context: typer.Context,
    workbook: Annotated[Path, typer.Argument(help="The workbook that review export wrote, filled in.")],
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", metavar="NAME", help="Who decided, in rows that do not say it.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Take the decisions of a workbook: all of them, or, where a row is wrong, none."""
    from bureau_metrics.pipeline import apply_review

    done = apply_review(home_of(context, home), workbook, reviewer)
    say(f"{done.decided} decided, {done.counts.new} rows new, {done.counts.closed} replaced")
    if done.documents:
        say(f"{done.documents} documents are known better now: run their sources again to take it")
    if not done.published:
        say("nothing had changed")
