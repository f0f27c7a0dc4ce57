"""Rows on their way out of the command line: a table for people, JSON lines or CSV for programs.

Data goes to the stream that is given (standard output); messages, progress and errors go to standard error, so that a
pipe never carries anything but rows.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any

from bureau_metrics.models import plain, plain_decimal

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH = 200
_SIGNS = frozenset("=+-@＝＋－＠\ufeff\u200b")
_STARTS_A_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")


class OutputFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Rows:
    """Named columns and the rows under them, which may be an iterator that is read once."""

    columns: tuple[str, ...]
    records: Iterable[Sequence[Any]]

    @classmethod
    def of(cls, columns: Sequence[str], mappings: Iterable[Mapping[str, Any]]) -> Rows:
        """Return rows out of mappings, in the order of `columns`; a key that a mapping lacks is None."""
        return cls(tuple(columns), ([mapping.get(name) for name in columns] for mapping in mappings))


def use_utf8_streams() -> None:
    """Make the standard streams speak UTF-8 with plain line ends, whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def write_rows(rows: Rows, output_format: OutputFormat, out: IO[str] | None = None) -> int:
    """Print rows in a format and return how many there were.

    JSON lines and CSV are written row by row, so that a long result needs no memory; a table is laid out as a whole,
    and without rows there is none.
    """
    stream = out or sys.stdout
    if output_format is OutputFormat.TABLE:
        return _write_table(rows, stream)
    write = _write_jsonl if output_format is OutputFormat.JSONL else _write_csv
    return write(rows, stream)


def _write_jsonl(rows: Rows, out: IO[str]) -> int:
    count = 0
    for record in rows.records:
        mapping = {name: _json_value(value) for name, value in zip(rows.columns, record, strict=True)}
        out.write(json.dumps(mapping, ensure_ascii=False, default=str) + "\n")
        count += 1
    return count


def _json_value(value: Any) -> Any:
    """Return a value as JSON holds it: infinite and undefined floats as text, because JSON has no word for them."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else plain(value)


def _write_csv(rows: Rows, out: IO[str]) -> int:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([cell_text(name) for name in rows.columns])
    count = 0
    for record in rows.records:
        writer.writerow([cell_text(value) for value in record])
        count += 1
    return count


def _write_table(rows: Rows, out: IO[str]) -> int:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    records = [[_cell(value) for value in record] for record in rows.records]
    if not records:
        return 0
    for position, name in enumerate(rows.columns):
        numeric = bool(records) and all(_is_number(record[position]) for record in records)
        table.add_column(Text(name), justify="right" if numeric else "left", overflow="fold")
    for record in records:
        table.add_row(*(Text(cell) for cell in record))
    console(out).print(table)
    return len(records)


def _cell(value: Any) -> str:
    """Return a value's text: nothing for None, JSON for lists and structures, decimals without exponent."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def cell_text(value: Any) -> str:
    """Return a value as a CSV cell: null blank, decimals plain, text that would run as a formula behind an apostrophe.

    A number stays a number, a negative one too, and so does a text that is nothing but a number.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return cell_text(_cell(value)) if isinstance(value, list | tuple | dict) else str(plain(value))


def harmless(text: str) -> str:
    """Return a text as a spreadsheet takes it for text: behind an apostrophe where it would run as a formula."""
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet may run a text as a formula.

    So it may with a sign at the front, also a full-width one (＝) or one behind blanks, and with a tab or a line end,
    which it drops.
    """
    if text[:1] not in _SIGNS and not text[:1].isspace():
        return False
    return _STARTS_A_FORMULA.match(text) is not None and not _NUMBER.fullmatch(text)


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return not text or digits.replace(".", "", 1).isdecimal()


def console(out: IO[str] | None = None) -> Console:
    """Return a rich console on a stream: as wide as the terminal, or wide and colourless into a pipe or file."""
    from rich.console import Console

    stream = out or sys.stdout
    return Console(file=stream, width=None if stream.isatty() else PIPE_WIDTH, highlight=False, soft_wrap=False)


def say(message: str) -> None:
    """Print a message for the person at the terminal: one line on standard error."""
    print(message, file=sys.stderr)  # noqa: T201


@contextmanager
def progress_bar(description: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on standard error while the block runs; nothing at all where that is no terminal.

    Yields a function that advances the bar by a number of steps; it may be called from any thread.
    """
    if not sys.stderr.isatty():
        yield lambda _steps: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(description, total=total)
        yield lambda steps: progress.advance(task, steps)
