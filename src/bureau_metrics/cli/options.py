"""Options and arguments that several verbs share, and the errors of a wrong call."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bureau_metrics.rendering import OutputFormat
from bureau_metrics.settings import Engine, Home, Settings


class WrongCall(Exception):
    """A call that cannot be carried out; the message says what, where and what to do."""


def _print_version(wanted: bool) -> None:
    if wanted:
        from bureau_metrics import __version__

        typer.echo(__version__)
        raise typer.Exit


VersionOption = Annotated[
    bool,
    typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.", show_default=False),
]
HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="FOLDER",
        help="Folder for everything that is written; else BUREAU_METRICS_HOME, else ./bureau-data.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    OutputFormat, typer.Option("--format", "-f", help="How rows are printed.", case_sensitive=False)
]
AsOfOption = Annotated[
    int | None,
    typer.Option("--as-of", metavar="RUN", help="Show the state that this run published (query @runs lists runs)."),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 2 when something was rejected or is doubtful.", show_default=False)
]
ManifestOption = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        metavar="CSV",
        help="Says of files who published them, about which year; overrules what the text says.",
        show_default=False,
    ),
]
DirectOption = Annotated[
    bool, typer.Option("--direct", help="Run the stages without Prefect: no run history, no retries, a second.")
]
EngineOption = Annotated[
    Engine | None,
    typer.Option(
        "--engine",
        help="Where documents are read: process (this machine) or dask (a cluster); else BUREAU_METRICS_ENGINE.",
        case_sensitive=False,
        show_default=False,
    ),
]
PruneOption = Annotated[
    bool,
    typer.Option(
        "--prune",
        help="Close the documents whose files are gone from the folders and archives that are named.",
        show_default=False,
    ),
]
BureauOption = Annotated[
    list[str] | None, typer.Option("--bureau", metavar="BUREAU", help="Only this bureau: its id, full or printed name.")
]
RegionOption = Annotated[
    list[str] | None,
    typer.Option("--region", metavar="REGION", help="Only bureaus here and below: a GB/T 2260 code or a name."),
]
SourcesArgument = Annotated[
    list[str], typer.Argument(metavar="SOURCE", help="Files, folders or patterns such as 'reports/*.txt'.")
]
FilesArgument = Annotated[
    list[str], typer.Argument(metavar="FILE", help="Files, folders or patterns; - reads standard input.")
]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="A file; - reads standard input.")]


def home_of(context: typer.Context, home: Path | None) -> Home:
    """Return the home that the call names: at the verb, before the verb, in the environment, or ./bureau-data."""
    return Home.at(home or context.obj or Settings().home)
