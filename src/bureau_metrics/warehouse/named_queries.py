"""The queries of `warehouse/queries/`: what each answers, and the parameters that it takes, as its comment says.

The comment of a query is one sentence, what is worth knowing, and a line for each parameter:

    -- $metric (metric): id of the metric, as high_tech_enterprises
    -- $year (year, default all): the year that the figure is about, as 2024
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache

from bureau_metrics.warehouse.connection import Connection
from bureau_metrics.warehouse.errors import QueryError
from bureau_metrics.warehouse.sql import SqlFile, sql_files

EVERYTHING = "all"
"""The value of a parameter that leaves nothing out; null in the SQL."""

_PARAMETER_LINE = re.compile(r"\$([a-z_]+) \(([a-z]+)(?:, default ([^)]+))?\): (.+)")
_SHAPES = {
    "year": (re.compile(r"(?:19|20)[0-9]{2}"), "a year, as 2024"),
    "integer": (re.compile(r"-?[0-9]{1,9}"), "a whole number"),
    "number": (re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,10})?"), "a number, as 1.5"),
    "division": (re.compile(r"[0-9]{6}"), "a GB/T 2260 code of six digits, as 650000"),
}
# A misspelt name would answer with no rows, which reads like an answer.
_KNOWN = {
    "metric": "SELECT metric FROM metric_shown",
    "bureau": "SELECT unnest([bureau_id, bureau, bureau_printed]) FROM bureau_shown",
    "division": "SELECT division_code FROM division_shown",
}
_WHERE_LISTED = {
    "metric": "bureau-metrics catalogue list",
    "bureau": 'bureau-metrics query "FROM bureau_shown"',
    "division": 'bureau-metrics query "FROM division_shown"',
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query: its type (text, year, integer, number, metric, bureau, division) and what it says.

    `default` is the text that stands for it when it is not given; None where it must be given.
    """

    name: str
    type: str
    default: str | None
    description: str

    def __str__(self) -> str:
        """The name, with the default where there is one: `year=all`."""
        return self.name if self.default is None else f"{self.name}={self.default}"

    def value(self, given: object) -> object:
        """Return what the SQL gets for a value as a person writes it; QueryError where it is of another type."""
        text = str(given).strip()
        if self.default == EVERYTHING == text:
            return None
        pattern, looks = _SHAPES.get(self.type, (None, ""))
        if pattern is not None and not pattern.fullmatch(text):
            raise QueryError(f"{self.name}={text}: {self.name} is {looks}")
        if self.type in ("year", "integer"):
            return int(text)
        return Decimal(text) if self.type == "number" else text


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of `warehouse/queries/`: its name, one sentence, the comment below it, its parameters, and the SQL."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sql: str

    @property
    def needed(self) -> tuple[str, ...]:
        """The names of the parameters that must be given."""
        return tuple(parameter.name for parameter in self.parameters if parameter.default is None)

    def values(self, given: Mapping[str, object]) -> dict[str, object]:
        """Return the values of all parameters, with defaults and in their types.

        Raises:
            QueryError: one is missing, unknown, or not of its type.
        """
        names = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in names:
                raise QueryError(f"@{self.name} has no parameter {name}; it has: {', '.join(names) or 'none'}")
        missing = [name for name in self.needed if name not in given]
        if missing:
            raise QueryError(f"@{self.name} needs {', '.join(f'-p {name}=…' for name in missing)}")
        return {
            parameter.name: parameter.value(given.get(parameter.name, parameter.default))
            for parameter in self.parameters
        }

    def check_names(self, connection: Connection, values: Mapping[str, object]) -> None:
        """Refuse metrics, bureaus and divisions that the warehouse does not know; QueryError names the nearest."""
        for parameter in self.parameters:
            value = values[parameter.name]
            if parameter.type in _KNOWN and value is not None:
                _check_known(connection, parameter.type, str(value))


def _check_known(connection: Connection, kind: str, value: str) -> None:
    known = {str(row[0]) for row in connection.execute(_KNOWN[kind]).fetchall() if row[0] is not None}
    if value not in known:
        near = get_close_matches(value, sorted(known), n=3)
        hint = f"; is it {' or '.join(near)}?" if near else ";"
        raise QueryError(f"the warehouse knows no {kind} {value}{hint} ({_WHERE_LISTED[kind]})")


@cache
def named_queries() -> tuple[NamedQuery, ...]:
    """Return the queries of `warehouse/queries/`, in order of name."""
    return tuple(_named_query(file) for file in sql_files("queries"))


def _named_query(file: SqlFile) -> NamedQuery:
    found = [_PARAMETER_LINE.fullmatch(line) for line in file.comment]
    return NamedQuery(
        name=file.name,
        title=file.title,
        description="\n".join(line for line in file.comment[1:] if not line.startswith("$")),
        parameters=tuple(Parameter(match[1], match[2], match[3], match[4]) for match in found if match),
        sql=file.text,
    )


def named_query(name: str) -> NamedQuery:
    """Return the query of that name.

    Raises:
        QueryError: there is none; the message lists those that there are.
    """
    for query in named_queries():
        if query.name == name:
            return query
    known = ", ".join(query.name for query in named_queries())
    raise QueryError(f"there is no query named {name}; there are: {known}")
