"""The CSV files of a run: made anew where documents changed, taken over from the run before where none did.

What is written is byte for byte what it would be if all were made anew.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache, partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from bureau_metrics import __version__
from bureau_metrics.exports.files import PLAIN_STYLE
from bureau_metrics.exports.parts import Block, Part, keep_parts, parts_of, read_parts, write_parts
from bureau_metrics.exports.selection import EVERYTHING
from bureau_metrics.exports.side_by_side import SideBySide, header_of
from bureau_metrics.exports.tables import described_answer, fetched, lines_of, parameters_of, write_table
from bureau_metrics.warehouse import ask_within, cursor_of, sql_file, sql_files

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

# What the lines are made by: where any of it is another, none of the file before is taken over.
_SQL = ("views", "exports", "exports/renewal", "exports/renewal/changed")
_CODE = ("exports", "rendering.py")
_OBSERVATIONS = "observations"

# Where more than one part in so many has changed, all are made anew.
_ALL_ANEW = 4

States = Mapping[str, str]
"""By name of a document or bureau the state that its lines are made of, in the order of the file."""


Writing = Callable[[], None]
"""What is left to do for a file: to put it together, without the warehouse."""


def renew_observations(connection: Connection, path: Path, listed_in: Path) -> Writing:
    """Make the lines of all facts, as `write_table` does, and return what writes the file.

    `connection` is one of `open_for_export`; `listed_in` keeps which lines are of which document, for the next time.

    Raises:
        ExportError: the file cannot be written.
    """
    return _renew(connection, path, listed_in, "documents", _all_observations, _some_observations)


def renew_cross_bureau(connection: Connection, path: Path, listed_in: Path) -> Writing:
    """Make the lines of the bureaus side by side, as `write_cross_bureau` does, and return what writes the file.

    `connection` is one of `open_for_export`; `listed_in` keeps which lines are of which bureau, for the next time.

    Raises:
        ExportError: the file cannot be written.
    """
    return _renew(connection, path, listed_in, "bureaus", _all_side_by_side, _some_side_by_side)


_All = Callable[["Connection", Path, States], "dict[str, Part]"]
_Some = Callable[["Connection", Path, States, "dict[str, Part]"], "Callable[[], dict[str, Part]] | None"]


def _renew(
    connection: Connection, path: Path, listed_in: Path, kind: str, write_all: _All, write_some: _Some
) -> Writing:
    with closing(cursor_of(connection)) as cursor:
        states = dict(ask_within(cursor, sql_file("exports/renewal", kind).text).fetchall())
        made_by = _made_by(cursor)
    before = read_parts(path, listed_in, made_by)
    kept = {name: part for name, part in before.items() if states.get(name) == part.state}
    if len(kept) == len(states) == len(before) and before:
        return lambda: None
    if kept and (len(states) - len(kept)) * _ALL_ANEW <= len(states):
        write = write_some(connection, path, states, kept)
        if write is not None:
            return lambda: keep_parts(path, listed_in, made_by, write())
    parts = write_all(connection, path, states)
    return lambda: keep_parts(path, listed_in, made_by, parts)


def _all_observations(connection: Connection, path: Path, states: States) -> dict[str, Part]:
    write_table(connection, _OBSERVATIONS, path)
    with closing(cursor_of(connection)) as cursor:
        lines = dict(ask_within(cursor, sql_file("exports/renewal", "lines_of_documents").text).fetchall())
    return parts_of(path, ((name, state, lines.get(name, 0)) for name, state in states.items()))


def _some_observations(
    connection: Connection, path: Path, states: States, kept: dict[str, Part]
) -> Callable[[], dict[str, Part]]:
    statement = sql_file("exports", _OBSERVATIONS)
    values = parameters_of(statement, EVERYTHING)
    columns = described_answer(connection, statement, values)
    changed = [name for name in states if name not in kept]
    with closing(cursor_of(connection)) as cursor:
        _see_only(cursor, documents=changed)
        lines = fetched(ask_within(cursor, lines_of(statement, columns, beside="document_id, "), values))
        fresh = {block.part: block for block in _blocks(lines)}
    return partial(write_parts, path, _header_of_file(path), states.items(), kept, fresh)


def _blocks(lines: Iterator[tuple[str, ...]]) -> Iterator[Block]:
    for document, rows in groupby(lines, key=lambda row: row[0]):
        texts = [f"{line}\n" for _, line in rows]
        yield Block(document, "".join(texts).encode(), len(texts))


def _all_side_by_side(connection: Connection, path: Path, states: States) -> dict[str, Part]:
    with closing(cursor_of(connection)) as cursor:
        figures = SideBySide.gathered(cursor, connection)
        columns = figures.columns()
        fresh = {block.part: block for block in figures.blocks(column.code for column in columns)}
    return write_parts(path, header_of(columns), states.items(), {}, fresh)


def _some_side_by_side(
    connection: Connection, path: Path, states: States, kept: dict[str, Part]
) -> Callable[[], dict[str, Part]] | None:
    """Make anew what changed; nothing where the columns are others than before."""
    header = _header_of_file(path)
    (codes,) = csv.reader([header.decode(PLAIN_STYLE.encoding)])
    with closing(cursor_of(connection)) as cursor:
        _see_only(cursor, bureaus=[name for name in states if name not in kept])
        figures = SideBySide.gathered(cursor, connection)
        if figures.codes(use for part in kept.values() for use in part.uses) != set(codes):
            return None
        fresh = {block.part: block for block in figures.blocks(codes)}
    return partial(write_parts, path, header, states.items(), kept, fresh)


def _header_of_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.readline()


def _see_only(cursor: Connection, documents: Sequence[str] = (), bureaus: Sequence[str] = ()) -> None:
    """Have a cursor see these documents, or those of these bureaus, and no others."""
    first, *others = sql_files("exports/renewal/changed")
    ask_within(cursor, first.text, {"documents": list(documents), "bureaus": list(bureaus)})
    for file in others:
        ask_within(cursor, file.text)


def _made_by(cursor: Connection) -> str:
    dimensions = ask_within(cursor, sql_file("load/audit", "01_audited_dimensions").text).fetchone()
    return hashlib.sha256(f"{_code()} {dimensions}".encode()).hexdigest()


@cache
def _code() -> str:
    """Return a hash of the SQL and the code that lines are made by."""
    digest = hashlib.sha256(__version__.encode())
    for folder in _SQL:
        for file in sql_files(folder):
            digest.update(f"{folder}/{file.name} {file.checksum}\n".encode())
    package = files("bureau_metrics")
    for name in _CODE:
        place = package.joinpath(name)
        for source in sorted(place.iterdir(), key=lambda entry: entry.name) if place.is_dir() else [place]:
            if source.name.endswith(".py"):
                digest.update(source.read_bytes())
    return digest.hexdigest()
