"""The command line: one module for each group of verbs, and one place where errors become one clear line.

Exit codes: 0 when every input ended in a stated disposition, 1 for a wrong call or when nothing could be read, 2 under
`--strict` when something was rejected or is doubtful, 130 when interrupted, 143 when told to end (SIGTERM).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import typer
from pydantic import ValidationError

from bureau_metrics.cli import (
    catalogue,
    documents,
    explanation,
    exporting,
    quality,
    query,
    retention,
    reviews,
    runs,
    serving,
    warehouse,
)
from bureau_metrics.cli.options import HomeOption, VersionOption
from bureau_metrics.rendering import say, use_utf8_streams

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

EXIT_WRONG = 1
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143
STANDARD_OUTPUT = 1
DATABASE_INTERRUPTED = "Query interrupted"  # what Ctrl-C becomes inside DuckDB

_ENDINGS = {EXIT_INTERRUPTED: "interrupted", EXIT_TERMINATED: "stopped; what was published before is untouched"}

app = typer.Typer(
    name="bureau-metrics",
    help="Figures out of the annual reports of Chinese government bureaus, each traceable to its sentence.",
    epilog="Example: bureau-metrics run samples --direct",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    home: HomeOption = None,
    _version: VersionOption = False,
) -> None:
    """Keep what the options before the verb say."""
    context.obj = home
    if context.invoked_subcommand is None:
        say(context.get_help())
        raise typer.Exit(EXIT_WRONG)


runs.register(app)
serving.register(app)
retention.register(app)
documents.register(app)
query.register(app)
warehouse.register(app)
exporting.register(app)
explanation.register(app)
quality.register(app)
reviews.register(app)
catalogue.register(app)


def entry_point() -> NoReturn:
    """Run the command line as a program of its own."""
    signal.signal(signal.SIGTERM, _end)
    code = main()
    if "prefect" in sys.modules:
        # Threads of Prefect live on to the end of the interpreter and make native libraries complain there.
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


class Terminated(BaseException):
    """The process was told to end: what is open is closed, what is half done is dropped."""


def _end(_signal: int, _frame: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough: the end takes its time
    raise Terminated


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; every error is one line on standard error, never a traceback.

    With BUREAU_METRICS_DEBUG set in the environment an unexpected error keeps its traceback.
    """
    use_utf8_streams()
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has had enough: the rest has nowhere to go, and that is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_OUTPUT)
        return 0
    if code in _ENDINGS:
        say(_ENDINGS[code])
    return code


def _invoke(arguments: Sequence[str] | None) -> int:
    try:
        code = app(args=arguments, prog_name="bureau-metrics", standalone_mode=False)
    except BrokenPipeError:
        raise
    except SystemExit as ending:
        if isinstance(ending.__context__, BrokenPipeError):  # typer makes an exit of it
            raise ending.__context__ from None
        raise
    except (typer.Abort, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    except Exception as error:
        if DATABASE_INTERRUPTED in str(error):
            return EXIT_INTERRUPTED
        if "BUREAU_METRICS_DEBUG" in os.environ:
            raise
        say(f"error: {one_line(error)}")
        return EXIT_WRONG
    except BaseException as ending:
        # Prefect takes the signal while a flow runs, and raises an ending of its own.
        if isinstance(ending, Terminated) or type(ending).__name__ == "TerminationSignal":
            return EXIT_TERMINATED
        raise
    return code if isinstance(code, int) else 0


def one_line(error: BaseException) -> str:
    """Return an error as one line that says what is wrong and where."""
    if isinstance(error, typer.TyperException):
        return _joined(f"{error.format_message()} (bureau-metrics --help lists verbs and options)")
    if isinstance(error, ValidationError):
        return "; ".join(_wrong_setting(detail) for detail in error.errors())
    if isinstance(error, OSError) and error.strerror:
        return _joined(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    if type(error).__module__.startswith("bureau_metrics"):
        return _joined(str(error))
    return _joined(f"unexpected {type(error).__name__}: {error} (BUREAU_METRICS_DEBUG=1 shows where)")


def _wrong_setting(detail: ErrorDetails) -> str:
    name = "_".join(str(part) for part in detail["loc"]).upper()
    return _joined(f"BUREAU_METRICS_{name}={detail['input']}: {detail['msg']}")


def _joined(message: str) -> str:
    return " ".join(message.split())
