"""The verb run: sources in, warehouse and exports out."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bureau_metrics.cli.options import (
    FormatOption,
    HomeOption,
    ManifestOption,
    SourcesArgument,
    StrictOption,
    home_of,
)
from bureau_metrics.cli.reading import EXIT_NOTHING_READ, EXIT_STRICT
from bureau_metrics.rendering import OutputFormat, Rows, say, write_rows

if TYPE_CHECKING:
    from bureau_metrics.pipeline import RunRequest, RunSummary

TROUBLES_SHOWN = 20
INDENT = " " * 12
ROWS_SHOWN = 8
METRICS_SHOWN = 4
CELLS = (
    "SELECT coalesce(bureau, bureau_printed), year, name_zh, CASE WHEN state = 'stated_zero' THEN '0' ELSE text END "
    "FROM cross_bureau JOIN dim_metric USING (metric, measure, name_zh) WHERE state <> 'parts_only' ORDER BY ALL"
)


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    app.command("run", epilog="Example: bureau-metrics run samples")(run)


def run(
    context: typer.Context,
    sources: SourcesArgument,
    direct: Annotated[
        bool, typer.Option("--direct", help="Run the stages without Prefect: no run history, no retries, a second.")
    ] = False,
    manifest: ManifestOption = None,
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
    strict: StrictOption = False,
) -> None:
    """Read reports, load their figures into the warehouse, audit, publish and export.

    A document that cannot be taken never stops the run: it is named with the reason, here and in rejected_document.
    """
    from bureau_metrics.pipeline import RunRequest, run_direct

    request = RunRequest.from_settings(sources, home_of(context, home).root, manifest)
    summary = run_direct(request) if direct else _run_flow(request)
    if output_format is OutputFormat.TABLE:
        _print_summary(summary)
    else:
        write_rows(summary.document_rows(), output_format)
    raise typer.Exit(_exit_code(summary, strict))


def _run_flow(request: RunRequest) -> RunSummary:
    # By name: the folder flows/ is a package of bureau_metrics only once installed.
    summary: RunSummary = import_module("bureau_metrics.flows.local").run_flow(request, say)
    return summary


def _exit_code(summary: RunSummary, strict: bool) -> int:
    if not summary.read:
        return EXIT_NOTHING_READ
    return EXIT_STRICT if strict and summary.doubtful else 0


def _print_summary(summary: RunSummary) -> None:
    from bureau_metrics.pipeline import State

    count = {state: summary.count(state) for state in State}
    documents = (
        f"{summary.read} read ({count[State.LOADED]} loaded, {count[State.UNCHANGED]} unchanged, "
        f"{count[State.NEEDS_REVIEW]} for review), {count[State.REJECTED]} rejected"
    )
    held = f"{summary.held.metrics} metrics × {summary.held.bureaus} bureaus, {summary.held.cells} comparable cells"
    lines = [
        ("documents", documents),
        ("facts", f"{summary.facts} found, {summary.load.facts_new} of them new"),
        ("warehouse", f"{held}, {summary.held.findings} audit findings"),
        ("files", f"\n{INDENT}".join(_shown(path) for path in (summary.warehouse, *summary.exports))),
    ]
    for name, text in lines:
        sys.stdout.write(f"{name:<10}  {text}\n")
    _print_troubles(summary)
    _print_cross_bureau(summary)


def _print_troubles(summary: RunSummary) -> None:
    troubled = [outcome for outcome in summary.documents if outcome.reason is not None]
    for outcome in troubled[:TROUBLES_SHOWN]:
        word = "rejected" if outcome.state == "rejected" else "for review"
        sys.stdout.write(f"{word:<10}  {outcome.document_id}: {outcome.detail} ({outcome.hint})\n")
    if len(troubled) > TROUBLES_SHOWN:
        rest = len(troubled) - TROUBLES_SHOWN
        sys.stdout.write(f"{INDENT}and {rest} more: --format csv lists every document\n")


def _print_cross_bureau(summary: RunSummary) -> None:
    """Print the first bureaus side by side on the metrics that most of them report, with the figures as printed."""
    from bureau_metrics.warehouse import run_query

    cells = run_query(summary.warehouse, CELLS).rows
    reporting = Counter(metric for _bureau, _year, metric, _figure in cells)
    metrics = [metric for metric, _count in sorted(reporting.items(), key=lambda item: (-item[1], item[0]))][
        :METRICS_SHOWN
    ]
    table: dict[tuple[object, object], dict[object, object]] = {}
    for bureau, year, metric, figure in cells:
        if metric in metrics:
            table.setdefault((bureau, year), {})[metric] = figure
    records = [[bureau, year, *(row.get(metric) for metric in metrics)] for (bureau, year), row in table.items()]
    if records:
        write_rows(Rows(("bureau", "year", *map(str, metrics)), records[:ROWS_SHOWN]), OutputFormat.TABLE)


def _shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    with suppress(ValueError):
        return str(path.relative_to(Path.cwd()))
    return str(path)
