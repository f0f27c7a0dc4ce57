"""The checks of `warehouse/audit/` over a candidate: each finding is a row with both figures and both sentences."""

from __future__ import annotations

from pathlib import Path

from bureau_metrics.warehouse.connection import Connection, transaction, writing
from bureau_metrics.warehouse.loading import record_run
from bureau_metrics.warehouse.records import AuditCounts, RunRecord
from bureau_metrics.warehouse.sql import sql_files


def audit(candidate: Path, run: RunRecord) -> AuditCounts:
    """Run all checks over the current facts and record what is new and what no longer stands, in one transaction.

    A finding never changes a figure. An audit that finds what stood before changes no row. What several checks read is
    worked out once, as temporary tables that hide the views of their names (`warehouse/load/audit/once/`).

    Raises:
        WarehouseError: the candidate cannot be opened.
    """
    with writing(candidate) as connection, transaction(connection):
        prepare, *compare, apply = sql_files("load/audit")
        connection.execute(prepare.text)
        for view in sql_files("load/audit/once"):
            connection.execute(view.text)
        for check in sql_files("audit"):
            insert = f"INSERT INTO found_now BY NAME SELECT '{check.name}' AS check_name, * FROM"
            connection.execute(f"{insert} ({check.text})")
        for file in compare:
            connection.execute(file.text)
        counts = _counts(connection)
        if counts.changed:
            run_id = record_run(connection, run)
            connection.execute(apply.text)
            connection.execute("UPDATE etl_run SET findings_new = ? WHERE run_id = ?", (counts.findings_new, run_id))
        return counts


def _counts(connection: Connection) -> AuditCounts:
    changes = dict(connection.execute("SELECT change, count(*) FROM finding_change GROUP BY change").fetchall())
    standing = connection.execute("SELECT count(*) FROM finding_now").fetchone()
    return AuditCounts(changes.get("new", 0), changes.get("closed", 0), standing[0] if standing else 0)
