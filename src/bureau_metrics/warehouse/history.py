"""What differs between the states that two runs published."""

from __future__ import annotations

from pathlib import Path

from bureau_metrics.settings import Home
from bureau_metrics.warehouse.connection import check_runs, last_run, open_read_only
from bureau_metrics.warehouse.errors import WarehouseError
from bureau_metrics.warehouse.limits import QueryLimits
from bureau_metrics.warehouse.queries import QueryResult, run_query
from bureau_metrics.warehouse.records import RunRecord

_LIMITS = QueryLimits(seconds=300, memory="2GB", rows=5_000_000)


def candidate_changes(candidate: Path, run: RunRecord) -> QueryResult:
    """Return the figures that a run would change, as `figure_changes` gives them, out of its unpublished candidate.

    A run that changed nothing leaves no trace in its candidate: it changes no figure.
    """
    with open_read_only(candidate, limits=_LIMITS) as connection:
        after = last_run(connection)
        row = connection.execute("SELECT run_key FROM etl_run WHERE run_id = ?", (after,)).fetchone()
        before = after - 1 if row == (run.run_key,) else after
        return run_query(connection, f"FROM figure_changes({before:d}, {after:d})", limits=_LIMITS)


def figure_changes(where: Home | Path, before: int | None = None, after: int | None = None) -> QueryResult:
    """Return the figures gained, lost and changed from one run to another, with the reason and both sentences.

    Args:
        where: a home, or a warehouse file.
        before: number of the earlier run; default: the one before `after`.
        after: number of the later run; default: the last one.

    Raises:
        WarehouseMissing: nothing was published there.
        WarehouseError: there is no such run, or no run before it.
    """
    with open_read_only(where, limits=_LIMITS) as connection:
        later = last_run(connection) if after is None else after
        earlier = later - 1 if before is None else before
        if earlier < 1 and before is None:
            raise WarehouseError("there is only one run: nothing to compare it with")
        check_runs(connection, earlier, later)
        return run_query(connection, f"FROM figure_changes({earlier:d}, {later:d})", limits=_LIMITS)
