"""The checks of `warehouse/audit/` over a candidate: each finding is a row with both figures and both sentences.

Checks within a bureau look at the bureaus that a run has changed, some hundred thousand facts at a time, so that memory
stays bounded. Those in `across/` hold all bureaus against each other, by levels that are kept from audit to audit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from bureau_metrics.warehouse.connection import Connection, transaction, writing
from bureau_metrics.warehouse.loading import record_run
from bureau_metrics.warehouse.records import AuditCounts, RunRecord
from bureau_metrics.warehouse.sql import SqlFile, sql_file, sql_files

FACTS_IN_PART = 200_000

WITHIN, ACROSS = "audit", "audit/across"
_WORKED_OUT = {WITHIN: "load/audit/within", ACROSS: "load/audit/across"}
_CODE = (WITHIN, ACROSS, *_WORKED_OUT.values(), "load/audit", "views")

Watch = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Given a number of steps, shows how far the audit is: yields what is called with the steps done."""


def audit(
    candidate: Path, run: RunRecord, watch: Watch | None = None, facts_in_part: int = FACTS_IN_PART
) -> AuditCounts:
    """Check the current facts and record what is new and what no longer stands, in one transaction.

    A finding never changes a figure. An audit that finds what stood before changes no row. All bureaus are looked at
    anew where the checks, or the metrics and divisions that they read, are not those of the audit before.

    Raises:
        WarehouseError: the candidate cannot be opened.
    """
    with writing(candidate) as connection, transaction(connection):
        version = _version(connection)
        parts = _choose(connection, run, version, facts_in_part)
        if parts is None:
            return AuditCounts(findings_open=_standing(connection))
        with (watch or _unwatched)(parts + 1) as advance:
            for part in range(parts):
                connection.execute("SET VARIABLE part = $part", {"part": part})
                _look_within(connection)
                advance(1)
            _look_across(connection)
            advance(1)
        counts = _compare(connection)
        run_id = record_run(connection, run)
        if counts.changed:
            connection.execute(sql_file("load/audit", "20_audit_finding").text)
        connection.execute(
            "UPDATE etl_run SET findings_new = ?, audit_version = ? WHERE run_id = ?",
            (counts.findings_new, version, run_id),
        )
        return counts


def audit_checks() -> tuple[SqlFile, ...]:
    """Return all checks, in order of name."""
    return tuple(sorted((*sql_files(WITHIN), *sql_files(ACROSS)), key=lambda file: file.name))


def _unwatched(_steps: int) -> AbstractContextManager[Callable[[int], None]]:
    return nullcontext(lambda _steps: None)


def _version(connection: Connection) -> str:
    """Return a hash of the checks and of what they take from the catalogue and the list of divisions."""
    digest = hashlib.sha256()
    for folder in _CODE:
        for file in sql_files(folder):
            digest.update(f"{folder}/{file.name}:{file.checksum}\n".encode())
    digest.update(str(connection.execute(sql_file("load/audit", "01_audited_dimensions").text).fetchone()).encode())
    return digest.hexdigest()[:16]


def _choose(connection: Connection, run: RunRecord, version: str, facts_in_part: int) -> int | None:
    """Make the table of the bureaus to look at; return in how many parts, None where nothing has changed."""
    last = connection.execute("SELECT arg_max(audit_version, run_id) FROM etl_run").fetchone()
    loaded = connection.execute("SELECT run_id FROM etl_run WHERE run_key = ?", (run.run_key,)).fetchone()
    assert last is not None
    everything = last[0] != version
    if not everything and loaded is None:
        return None
    variables = {"audit_all": everything, "run_id": loaded and loaded[0], "facts_in_part": facts_in_part}
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = $value", {"value": value})
    connection.execute(sql_file("load/audit", "05_audited_bureau").text)
    connection.execute(sql_file("load/audit", "06_found_now").text)
    row = connection.execute("SELECT max(part) + 1 FROM audited_bureau").fetchone()
    assert row is not None
    return 0 if everything and row[0] is None else row[0]


def _look_within(connection: Connection) -> None:
    """Check the bureaus of a part, and keep their levels for the checks that hold bureaus against each other."""
    with _worked_out(connection, _WORKED_OUT[WITHIN]):
        _check(connection, WITHIN)
        connection.execute(sql_file("load/audit", "07_audited_level").text)


def _look_across(connection: Connection) -> None:
    with _worked_out(connection, _WORKED_OUT[ACROSS]):
        _check(connection, ACROSS)


def _check(connection: Connection, folder: str) -> None:
    for check in sql_files(folder):
        insert = f"INSERT INTO found_now BY NAME SELECT '{check.name}' AS check_name, * FROM"
        connection.execute(f"{insert} ({check.text})")


@contextmanager
def _worked_out(connection: Connection, folder: str) -> Iterator[None]:
    """Hold what several checks read as temporary tables, which hide the tables and views of their names."""
    files = sql_files(folder)
    for file in files:
        connection.execute(file.text)
    yield
    names = [file.name.partition("_")[2] for file in files]
    for name in reversed(names):
        connection.execute(f"DROP TABLE temp.{name}")
    # DuckDB keeps of a view the columns that it was last seen with. With fewer than it has comments for, no checkpoint
    # succeeds: each is seen once more as it is.
    for name in names:
        connection.execute(f"DESCRIBE {name}")


def _compare(connection: Connection) -> AuditCounts:
    across = [file.name for file in sql_files(ACROSS)]
    connection.execute("SET VARIABLE across = $names", {"names": across})
    for name in ("10_finding_now", "11_finding_change"):
        connection.execute(sql_file("load/audit", name).text)
    changes = dict(connection.execute("SELECT change, count(*) FROM finding_change GROUP BY change").fetchall())
    new, closed = changes.get("new", 0), changes.get("closed", 0)
    return AuditCounts(new, closed, _standing(connection) + new - closed)


def _standing(connection: Connection) -> int:
    row = connection.execute("SELECT count(*) FROM audit_finding WHERE valid_to_run IS NULL").fetchone()
    return int(row[0]) if row else 0
