"""Migrations and views: a file brought to the shape that `warehouse/schema/` and `warehouse/views/` describe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from bureau_metrics.warehouse.connection import Connection, beijing, transaction
from bureau_metrics.warehouse.errors import WarehouseError
from bureau_metrics.warehouse.sql import SqlFile, sql_file, sql_files


@dataclass(frozen=True, slots=True)
class Described:
    """A table, view or macro, or (with `column`) one of its columns, with its comment and SQL type."""

    kind: str
    name: str
    column: str | None
    type: str
    comment: str | None


def migrate(connection: Connection) -> bool:
    """Bring a warehouse file to the current schema in one transaction; return whether anything changed.

    Numbered migrations are applied once each, in order. Views are made anew, all of them, when any view file changed.

    Raises:
        WarehouseError: the file was made by a newer version, or a migration that it has was altered since.
    """
    with transaction(connection):
        migrations = sql_files("schema")
        connection.execute(migrations[0].text)
        applied = dict(connection.execute("SELECT name, checksum FROM schema_migration").fetchall())
        _refuse_other_history(applied, migrations)
        fresh = [file for file in migrations if _key(file) not in applied]
        for file in fresh:
            if file is not migrations[0]:
                connection.execute(file.text)
            _record(connection, file, int(file.name[:3]))
        return _refresh_views(connection, applied, force=bool(fresh)) or bool(fresh)


def _key(file: SqlFile) -> str:
    return f"{file.folder}/{file.name}"


def _refuse_other_history(applied: dict[str, str], migrations: tuple[SqlFile, ...]) -> None:
    known = {_key(file): file.checksum for file in migrations}
    for name, checksum in sorted(applied.items()):
        if not name.startswith("schema/"):
            continue
        if name not in known:
            raise WarehouseError(f"this warehouse was made by a newer version (it has {name}); upgrade bureau-metrics")
        if known[name] != checksum:
            raise WarehouseError(
                f"{name} is not what this warehouse was made with; use the version that made it, or begin in a new home"
            )


def _refresh_views(connection: Connection, applied: dict[str, str], *, force: bool) -> bool:
    files = sql_files("views")
    wanted = {_key(file): file.checksum for file in files}
    if not force and wanted == {name: checksum for name, checksum in applied.items() if name.startswith("views/")}:
        return False
    connection.execute("DELETE FROM schema_migration WHERE number IS NULL")
    stale = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary").fetchall()
    for (name,) in stale:
        connection.execute(f'DROP VIEW "{name}"')
    for file in files:
        connection.execute(file.text)
        _record(connection, file, None)
    _inherit_comments(connection)
    return True


def _record(connection: Connection, file: SqlFile, number: int | None) -> None:
    row = (_key(file), number, file.checksum, beijing(datetime.now(UTC)))
    connection.execute("INSERT INTO schema_migration VALUES (?, ?, ?, ?)", row)


def _inherit_comments(connection: Connection) -> None:
    """Give each column of a view that says nothing of itself the comment of the column of that name elsewhere.

    The tables come first, in the order of their migrations, the fact table before all; then the views in order.
    """
    rank = {name: position for position, name in enumerate(_ranking())}
    columns = sorted(
        (item for item in describe(connection) if item.column is not None),
        key=lambda item: rank.get(item.name, len(rank)),
    )
    known: dict[str, str] = {}
    for item in columns:
        if item.comment is not None:
            known.setdefault(item.column or "", item.comment)
    for item in columns:
        if item.kind == "view" and item.comment is None and item.column in known:
            comment = known[item.column].replace("'", "''")
            connection.execute(f"COMMENT ON COLUMN {item.name}.\"{item.column}\" IS '{comment}'")


def _ranking() -> list[str]:
    tables = [re.sub(r"^\d+_", "", file.name) for file in (*sql_files("schema"), *sql_files("views"))]
    return list(dict.fromkeys(["fact_observation", "extraction", "dim_document", *tables]))


def describe(connection: Connection) -> list[Described]:
    """Return every table, view and macro with its columns and comments, in order of kind, name and column position."""
    statement = sql_file("load/describe", "catalogue_of_objects")
    return [Described(*row) for row in connection.execute(statement.text).fetchall()]


@contextmanager
def empty_warehouse() -> Iterator[Connection]:
    """Open a new warehouse of this version in memory, without any document."""
    with duckdb.connect() as connection:
        migrate(connection)
        yield connection


def described() -> list[Described]:
    """Return what `describe` says of a new warehouse of this version."""
    with empty_warehouse() as connection:
        return describe(connection)
