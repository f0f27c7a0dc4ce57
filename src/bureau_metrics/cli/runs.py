"""The verbs run and backfill: sources in, warehouse and exports out."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bureau_metrics.cli.options import (
    BureauOption,
    DirectOption,
    EngineOption,
    FormatOption,
    HomeOption,
    ManifestOption,
    PruneOption,
    RegionOption,
    SourcesArgument,
    StrictOption,
    WrongCall,
    home_of,
)
from bureau_metrics.cli.reading import EXIT_NOTHING_READ, EXIT_STRICT
from bureau_metrics.rendering import OutputFormat, Rows, say, write_rows
from bureau_metrics.settings import Engine

if TYPE_CHECKING:
    from bureau_metrics.pipeline import RunRequest, RunSummary

TROUBLES_SHOWN = 20
INDENT = " " * 12
ROWS_SHOWN = 8
METRICS_SHOWN = 4
GONE_SHOWN = 3
MOST_CELLS = 20_000
CHANGES_SHOWN = ("change", "reason", "bureau", "metric", "year_after", "figure_before", "figure_after")
CELLS = (
    "SELECT coalesce(bureau, bureau_printed), year, name_zh, CASE WHEN state = 'stated_zero' THEN '0' ELSE text END "
    "FROM cross_bureau JOIN dim_metric USING (metric, measure, name_zh) WHERE state <> 'parts_only' ORDER BY ALL"
)


def register(app: typer.Typer) -> None:
    """Add the verbs of this module to the command line."""
    app.command("run", epilog="Example: bureau-metrics run samples")(run)
    app.command("backfill", epilog="Example: bureau-metrics backfill samples --dry-run --direct")(backfill)


def run(
    context: typer.Context,
    sources: SourcesArgument,
    direct: DirectOption = False,
    manifest: ManifestOption = None,
    prune: PruneOption = False,
    engine: EngineOption = None,
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
    strict: StrictOption = False,
) -> None:
    """Read reports, load their figures into the warehouse, audit, publish and export.

    A document that cannot be taken never stops the run: it is named with the reason, here and in rejected_document.
    Only new and changed documents are read, and those that another version of the extractor or catalogue read.
    """
    from bureau_metrics.pipeline import RunRequest

    where = home_of(context, home).root
    request = RunRequest.from_settings(sources, where, manifest, prune=prune, engine=_engine(engine, direct))
    summary = _summary_of(request, direct)
    if output_format is OutputFormat.TABLE:
        _print_summary(summary)
        _print_cross_bureau(summary)
    else:
        write_rows(summary.document_rows(), output_format)
    raise typer.Exit(_exit_code(summary, strict))


def backfill(
    context: typer.Context,
    sources: SourcesArgument,
    direct: DirectOption = False,
    manifest: ManifestOption = None,
    years: Annotated[
        list[str] | None,
        typer.Option("--report-year", metavar="YEAR", help="Only reports about this year or range (2020-2023)."),
    ] = None,
    bureaus: BureauOption = None,
    regions: RegionOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Publish nothing: print the figures that would change.")
    ] = False,
    engine: EngineOption = None,
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Read documents anew that the warehouse holds, after a change of the catalogue or of bureau-metrics.

    What the warehouse does not hold is left alone, and so is what was read with this version already.
    """
    from bureau_metrics.exports import Filters
    from bureau_metrics.pipeline import RunRequest

    filters = Filters(years=tuple(years or ()), bureaus=tuple(bureaus or ()), regions=tuple(regions or ()))
    request = RunRequest.from_settings(
        sources,
        home_of(context, home).root,
        manifest,
        backfill=filters,
        dry_run=dry_run,
        engine=_engine(engine, direct),
    )
    summary = _summary_of(request, direct)
    if summary.changes is not None:
        _print_changes(summary.changes, output_format)
    elif output_format is OutputFormat.TABLE:
        _print_summary(summary)
    else:
        write_rows(summary.document_rows(), output_format)
    raise typer.Exit(0)


def _engine(engine: Engine | None, direct: bool) -> Engine | None:
    """Return the engine that a call asks for; a cluster is reached by way of Prefect only."""
    if direct and engine is Engine.DASK:
        raise WrongCall("--engine dask needs Prefect; leave --direct out")
    return Engine.PROCESS if direct else engine


def _summary_of(request: RunRequest, direct: bool) -> RunSummary:
    from bureau_metrics.pipeline import run_direct

    return run_direct(request) if direct else _run_flow(request)


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
    closed = f", {count[State.CLOSED]} closed" if count[State.CLOSED] else ""
    documents = (
        f"{summary.read} read ({count[State.LOADED]} loaded, {count[State.UNCHANGED]} unchanged, "
        f"{count[State.NEEDS_REVIEW]} for review), {count[State.REJECTED]} rejected{closed}"
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


def _print_troubles(summary: RunSummary) -> None:
    troubled = [outcome for outcome in summary.documents if outcome.reason is not None]
    for outcome in troubled[:TROUBLES_SHOWN]:
        word = "rejected" if outcome.state == "rejected" else "for review"
        sys.stdout.write(f"{word:<10}  {outcome.document_id}: {outcome.detail} ({outcome.hint})\n")
    if len(troubled) > TROUBLES_SHOWN:
        rest = len(troubled) - TROUBLES_SHOWN
        sys.stdout.write(f"{INDENT}and {rest} more: --format csv lists every document\n")
    if summary.gone:
        named = ", ".join(summary.gone[:GONE_SHOWN]) + (" …" if len(summary.gone) > GONE_SHOWN else "")
        held = f"{len(summary.gone)} of the documents held have no file any more: {named}; --prune closes them"
        sys.stdout.write(f"{'gone':<10}  {held}\n")


def _print_changes(changes: Rows, output_format: OutputFormat) -> None:
    """Print what a dry run would change: for people the figures, for programs every column."""
    records = list(changes.records)
    if output_format is OutputFormat.TABLE:
        places = [changes.columns.index(name) for name in CHANGES_SHOWN]
        write_rows(Rows(CHANGES_SHOWN, [[row[place] for place in places] for row in records]), output_format)
        say(f"{len(records)} figures would change; nothing was published")
    else:
        write_rows(Rows(changes.columns, records), output_format)


def _print_cross_bureau(summary: RunSummary) -> None:
    """Print the first bureaus side by side on the metrics that most of them report, with the figures as printed.

    A large warehouse is looked at with a query: the first rows of it say little.
    """
    from bureau_metrics.warehouse import run_query

    if summary.held.cells > MOST_CELLS:
        return
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
