"""The verb serve: run by the clock."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from bureau_metrics.cli.options import EngineOption, HomeOption, ManifestOption, PruneOption, SourcesArgument, home_of
from bureau_metrics.rendering import say


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("serve", epilog="Example: bureau-metrics serve reports --cron '0 2 * * *'")(serve)


def serve(
    context: typer.Context,
    sources: SourcesArgument,
    cron: Annotated[
        str, typer.Option("--cron", metavar="CRON", help="When: minute, hour, day, month and weekday.")
    ] = "0 2 * * *",
    timezone: Annotated[
        str, typer.Option("--timezone", metavar="ZONE", help="Time zone of the schedule.")
    ] = "Asia/Shanghai",
    manifest: ManifestOption = None,
    prune: PruneOption = False,
    engine: EngineOption = None,
    home: HomeOption = None,
) -> None:
    """Run by the clock, until it is stopped: what is new or has changed is read, published and exported.

    Without PREFECT_API_URL a Prefect server is started for it and keeps its history under the home.
    """
    from bureau_metrics.pipeline import RunRequest

    where = home_of(context, home).root
    absolute = [str(Path(source).expanduser().absolute()) for source in sources]
    manifest = manifest and manifest.expanduser().absolute()
    request = RunRequest.from_settings(absolute, where, manifest, prune=prune, engine=engine)
    import_module("bureau_metrics.flows.serving").serve(request, cron, timezone, say)
