"""The verb clean: what runs have left on disk, listed and removed."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from bureau_metrics.cli.options import FormatOption, HomeOption, home_of
from bureau_metrics.rendering import OutputFormat, Rows, say, write_rows


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("clean", epilog="Example: bureau-metrics clean --dry-run")(clean)


def clean(
    context: typer.Context,
    days: Annotated[
        int, typer.Option("--days", min=0, help="Keep staged batches that are younger than so many days.")
    ] = 7,
    versions: Annotated[
        int, typer.Option("--versions", min=1, help="Keep so many published files, the current one among them.")
    ] = 1,
    history_days: Annotated[
        int, typer.Option("--history-days", min=1, help="Keep Prefect's history of so many days.")
    ] = 90,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Remove nothing: list what would go.")] = False,
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Remove what runs have left that nobody needs: staged batches, earlier published files, old history.

    The published warehouse, which holds the state of every run, originals and exports always stay.
    """
    from bureau_metrics.pipeline import leftovers, remove

    where = home_of(context, home)
    found = leftovers(where, days=days, versions=versions)
    rows = [[str(leftover.path), leftover.what, leftover.size] for leftover in found]
    write_rows(Rows(("path", "what", "bytes"), rows), output_format)
    total = sum(leftover.size for leftover in found)
    if dry_run:
        say(f"{total:,} bytes in {len(found)} places would be freed; Prefect's history is not counted")
        return
    troubles = remove(found)
    for trouble in troubles:
        say(f"not removed: {trouble}")
    freed = import_module("bureau_metrics.flows.history").prune_history(where, history_days, say)
    say(f"{total:,} bytes in {len(found) - len(troubles)} places freed, {freed:,} bytes of Prefect's history")
    raise typer.Exit(1 if troubles else 0)
