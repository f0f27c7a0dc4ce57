"""What can go wrong with the warehouse, each as one clear line for a person."""

from __future__ import annotations


class WarehouseError(Exception):
    """The warehouse cannot do what was asked; `str()` says what, where and what to do."""


class WarehouseMissing(WarehouseError):
    """Nothing was published yet under this home."""


class WarehouseBusy(WarehouseError):
    """Another run works on this home; the message says who."""


class WarehouseNotWritten(WarehouseError):
    """The disk does not take what is written: it is full, read-only or gone, which may pass."""


class StagedFileError(WarehouseError):
    """A staged batch is missing, cut off or does not hold what it says."""


class IntegrityError(WarehouseError):
    """The candidate breaks a rule of `warehouse/integrity/` and is not published."""


class QueryError(WarehouseError):
    """A query is wrong, or asks for what a reader may not do."""


class QueryTimeout(QueryError):
    """A query ran longer than its limit."""


def one_line(error: Exception) -> str:
    """Return the first meaningful line of a database error, without its stack of hints."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
