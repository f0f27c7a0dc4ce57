"""Files of an export: what was written, how a CSV is written, and that no file is ever half there."""

from __future__ import annotations

import csv
import io
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bureau_metrics.rendering import cell_text

Newline = Literal["lf", "crlf"]
Header = Literal["id", "zh"]
Encoding = Literal["utf-8-sig", "gb18030"]

BYTE_ORDER_MARK = "\ufeff"
LINE_ENDS: dict[Newline, str] = {"lf": "\n", "crlf": "\r\n"}


class ExportError(Exception):
    """An export cannot be written; the message is one line that says where and what to do."""


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How the CSV files are written: line ends, the header as column codes or Chinese names, and the encoding.

    `utf-8-sig` is UTF-8 with a byte order mark, which every Excel opens right; `gb18030` is for programs that know only
    the Chinese default.
    """

    newline: Newline = "lf"
    header: Header = "id"
    encoding: Encoding = "utf-8-sig"


PLAIN_STYLE = CsvStyle()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exported table: its code, its Chinese name, its SQL type, and what it means."""

    code: str
    chinese: str
    type: str
    meaning: str

    def heading(self, header: Header) -> str:
        """Return what stands in the header of a CSV."""
        return self.code if header == "id" else self.chinese


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file that was written, and its rows without the header.

    `table` names the export that it holds (observations, …) and `columns` are its columns, where it is one table;
    `style` says how a CSV is written.
    """

    path: Path
    rows: int
    table: str | None = None
    columns: tuple[Column, ...] = ()
    style: CsvStyle | None = None


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], style: CsvStyle = PLAIN_STYLE) -> int:
    """Write a CSV as the exports promise it, whole or not at all; return the number of rows below the header.

    Raises:
        ExportError: the file cannot be written.
    """
    count = 0
    with complete_or_absent(path) as temporary, temporary.open("w", encoding=style.encoding, newline="") as file:
        writer = csv.writer(file, lineterminator=LINE_ENDS[style.newline])
        writer.writerow([cell_text(name) for name in header])
        for row in rows:
            writer.writerow([cell_text(value) for value in row])
            count += 1
    return count


def csv_line(cells: Iterable[Any]) -> str:
    """Return values as a line of a CSV, without its end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([cell_text(cell) for cell in cells])
    return line.getvalue()


def encode_anew(path: Path, style: CsvStyle) -> None:
    """Give a file in UTF-8 the encoding of a style, in its place.

    Raises:
        OSError: the file cannot be written.
    """
    other = _temporary(path)
    try:
        with (
            path.open(encoding="utf-8-sig", newline="") as old,
            other.open("w", encoding=style.encoding, newline="") as new,
        ):
            shutil.copyfileobj(old, new)
        other.replace(path)
    finally:
        other.unlink(missing_ok=True)


@contextmanager
def complete_or_absent(path: Path) -> Iterator[Path]:
    """Give a temporary name to write to, and the file its own name when all went well; else leave nothing behind.

    Raises:
        ExportError: the file cannot be written.
    """
    temporary = _temporary(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise _not_written(path, error) from None
    finally:
        with suppress(OSError):
            temporary.unlink()


@contextmanager
def complete_or_absent_folder(path: Path, ours: str) -> Iterator[Path]:
    """Give a temporary folder to fill, which takes the place of the folder `path` when all went well.

    An earlier folder is replaced as a whole, so that nothing old stays among the new; one that holds anything but what
    the pattern `ours` matches is somebody else's and is left alone.

    Raises:
        ExportError: the folder cannot be written, or is somebody else's.
    """
    temporary, old = _temporary(path), _temporary(path)
    try:
        _refuse_what_is_not_ours(path, ours)
        temporary.mkdir(parents=True)
        yield temporary
        if path.exists():
            path.rename(old)
        temporary.rename(path)
    except OSError as error:
        if old.exists() and not path.exists():
            old.rename(path)
        raise _not_written(path, error) from None
    finally:
        for folder in (temporary, old):
            shutil.rmtree(folder, ignore_errors=True)


def _refuse_what_is_not_ours(path: Path, ours: str) -> None:
    if not path.exists():
        return
    foreign = not path.is_dir() or {file for file in path.rglob("*") if file.is_file()} - set(path.glob(ours))
    if foreign or path.is_symlink():
        raise ExportError(f"cannot write {path}: it holds what no export wrote; move it, or choose another folder")


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")


def _not_written(path: Path, error: OSError) -> ExportError:
    reason = error.strerror or str(error)
    return ExportError(f"cannot write {path}: {reason}; close it if it is open, or choose another folder")
