"""The schema of an exported table by the Table Schema standard: fields, types, meanings, keys, allowed words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bureau_metrics.exports.files import Column, Header
from bureau_metrics.models import Confidence, Measure, Qualifier, Scope, Status

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"

PRIMARY_KEYS = {
    "observations": ("document_id", "fact_id"),
    "cross_bureau": ("bureau_id", "year"),
    "cross_bureau_long": ("bureau_id", "metric", "measure", "scope", "year"),
    "codebook": ("metric",),
}
FOREIGN_KEYS = {
    "observations": ((("metric",), "codebook", ("metric",)),),
    "cross_bureau_long": (
        (("metric",), "codebook", ("metric",)),
        (("document_id", "fact_id"), "observations", ("document_id", "fact_id")),
    ),
}
"""By table its columns, the table that they refer to, and the columns there."""

_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DECIMAL(38,10)": "number",
}
_WORDS: dict[str, tuple[str, ...]] = {
    "qualifier": tuple(Qualifier),
    "measure": tuple(Measure),
    "scope": tuple(Scope),
    "status": tuple(Status),
    "confidence": tuple(Confidence),
    "state": ("value", "stated_zero", "parts_only"),
    "review": ("accepted", "corrected"),
    "period_kind": ("whole_year", "part_year"),
    "level": ("national", "province", "prefecture", "county", "unknown"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """A table that keys may refer to: the name of its resource, and its columns."""

    resource: str
    columns: tuple[Column, ...]


def table_schema(
    table: str, columns: Sequence[Column], header: Header, targets: Mapping[str, Target]
) -> dict[str, Any]:
    """Return the schema of a table whose header is printed so; its keys refer to those of `targets` that there are."""
    printed = {column.code: column.heading(header) for column in columns}
    key = [name for name in PRIMARY_KEYS.get(table, ()) if name in printed]
    schema: dict[str, Any] = {
        "$schema": PROFILE,
        "fields": [_field(column, header, required=column.code in key) for column in columns],
        "missingValues": [""],
    }
    if key:
        schema["primaryKey"] = [printed[name] for name in key]
    references = [
        _reference([printed[name] for name in own], targets[other], header, theirs)
        for own, other, theirs in FOREIGN_KEYS.get(table, ())
        if other in targets
    ]
    return {**schema, "foreignKeys": references} if references else schema


def _reference(fields: list[str], target: Target, header: Header, codes: Sequence[str]) -> dict[str, Any]:
    printed = {column.code: column.heading(header) for column in target.columns}
    return {"fields": fields, "reference": {"resource": target.resource, "fields": [printed[code] for code in codes]}}


def _field(column: Column, header: Header, *, required: bool) -> dict[str, Any]:
    other = column.chinese if header == "id" else column.code
    field: dict[str, Any] = {"name": column.heading(header), "title": other, "type": _TYPES[column.type]}
    if column.meaning:
        field["description"] = column.meaning
    words = _WORDS.get(column.code)
    constraints = {**({"required": True} if required else {}), **({"enum": [*words]} if words else {})}
    return {**field, "constraints": constraints} if constraints else field
