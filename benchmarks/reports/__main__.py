"""`python -m benchmarks.reports --to FOLDER`: writes reports and the truth about them."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.progress import Progress

from benchmarks.reports.writing import Wanted, write_folder

DESCRIPTION = """Write made-up annual reports of real divisions' bureaus, and the true figures beside the text.

FOLDER/reports/*.txt       the reports: a file a bureau and year
FOLDER/truth_mentions.csv  each figure that a report states: metric, measure, year, value, bounds, part of what
FOLDER/truth_cells.csv     each cell of bureau × metric × measure × scope × year: what it must hold
FOLDER/planted.csv         with --contradictions: each contradiction, its kind and the two figures

Equal seeds give equal bytes."""


class OneLineParser(argparse.ArgumentParser):
    """A parser that answers a wrong call with one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(1, f"error: {message}; see --help\n")


def years_of(text: str) -> tuple[int, ...]:
    """Read 2024 or 2020-2024."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no year and no range such as 2020-2024")
    first, last = int(match[1]), int(match[2] or match[1])
    if not 2000 <= first <= last <= 2100:
        raise argparse.ArgumentTypeError(f"{text!r}: years run from an earlier to a later one, between 2000 and 2100")
    return tuple(range(first, last + 1))


def count_of(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of bureaus")
    return int(text)


def parser() -> argparse.ArgumentParser:
    found = OneLineParser(
        prog="python -m benchmarks.reports",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new or empty folder")
    found.add_argument("--seed", type=int, default=1, help="which reports (default 1)")
    found.add_argument("--bureaus", type=count_of, default=40, metavar="N", help="number of bureaus (default 40)")
    found.add_argument("--years", type=years_of, default="2020-2024", help="report years (default 2020-2024)")
    found.add_argument(
        "--contradictions", action="store_true", help="plant contradictions and list them in planted.csv"
    )
    return found


def main(arguments: list[str] | None = None) -> int:
    """Write the reports. Returns 0, or 1 after one line that says what is wrong."""
    options = parser().parse_args(arguments)
    wanted = Wanted(options.bureaus, options.years, options.seed, options.contradictions)
    console = Console(stderr=True)
    try:
        with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
            task = progress.add_task("bureaus", total=wanted.bureaus)
            count = write_folder(options.to, wanted, lambda bureaus: progress.advance(task, bureaus))
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{count} reports in {options.to / 'reports'}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
