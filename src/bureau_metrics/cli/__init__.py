"""The command line: one module for each group of verbs, and one place where errors become one clear line.

Exit codes: 0 when every input ended in a stated disposition, 1 for a wrong call or when nothing could be read, 2 under
`--strict` when something was rejected or is doubtful, 130 when interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from bureau_metrics.cli import catalogue, documents, quality, runs, warehouse
from bureau_metrics.cli.options import HomeOption, VersionOption
from bureau_metrics.rendering import say, use_utf8_streams

EXIT_WRONG = 1
EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="bureau-metrics",
    help="Figures out of the annual reports of Chinese government bureaus, each traceable to its sentence.",
    epilog="Example: bureau-metrics run samples --direct",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def common(
    context: typer.Context,
    home: HomeOption = None,
    _version: VersionOption = False,
) -> None:
    """Keep what the options before the verb say."""
    context.obj = home


runs.register(app)
documents.register(app)
warehouse.register(app)
quality.register(app)
catalogue.register(app)


def entry_point() -> NoReturn:
    """Run the command line as a program of its own."""
    code = main()
    if "prefect" in sys.modules:
        # Threads of Prefect live on to the end of the interpreter and make native libraries complain there.
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


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
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _invoke(arguments: Sequence[str] | None) -> int:
    try:
        code = app(args=arguments, prog_name="bureau-metrics", standalone_mode=False)
    except BrokenPipeError:
        raise
    except (typer.Abort, KeyboardInterrupt):
        say("interrupted")
        return EXIT_INTERRUPTED
    except Exception as error:
        if "BUREAU_METRICS_DEBUG" in os.environ:
            raise
        say(f"error: {one_line(error)}")
        return EXIT_WRONG
    return code if isinstance(code, int) else 0


def one_line(error: BaseException) -> str:
    """Return an error as one line that says what is wrong and where."""
    if isinstance(error, typer.TyperException):
        return _joined(f"{error.format_message()} (bureau-metrics --help lists verbs and options)")
    if isinstance(error, OSError) and error.strerror:
        return _joined(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    if type(error).__module__.startswith("bureau_metrics"):
        return _joined(str(error))
    if type(error).__name__ == "ValidationError":
        return _joined(str(error))
    return _joined(f"unexpected {type(error).__name__}: {error} (BUREAU_METRICS_DEBUG=1 shows where)")


def _joined(message: str) -> str:
    return " ".join(message.split())
