"""Prefect's own history under a home: what is older than so many days is removed, by Prefect's own service."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bureau_metrics.settings import Home

from .embedded_server import prefect_api

PATIENCE_SECONDS = 120
LOOP_SECONDS = 2


def prune_history(home: Home, days: int, say: Callable[[str], None]) -> int:
    """Remove flow runs that ended so many days ago, with all that belongs to them; return the bytes that this freed.

    Only the database under the home is touched: the history of another server is kept short by its own settings
    (prefect.toml: server.services.db_vacuum).

    Raises:
        ServerUnavailable: no server can be started on the database.
    """
    database = home.root / "prefect" / "prefect.db"
    if "PREFECT_API_URL" in os.environ or not database.is_file():
        return 0
    before = database.stat().st_size
    old = datetime.now(UTC) - timedelta(days=days)
    if not _old_runs(database, old):
        return 0
    say("Starting Prefect's embedded server to shorten its history …")
    settings = {
        "ENABLED": "events,flow_runs,orphans",
        "LOOP_SECONDS": LOOP_SECONDS,
        "ORPHAN_CLEANUP_LOOP_SECONDS": LOOP_SECONDS,
        "RETENTION_PERIOD": max(int(timedelta(days=days).total_seconds()), 3601),
    }
    os.environ |= {f"PREFECT_SERVER_SERVICES_DB_VACUUM_{name}": str(value) for name, value in settings.items()}
    with prefect_api(database.parent, home.logs / "prefect-server.log", scheduling=True):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while _old_runs(database, old) and time.monotonic() < deadline:
            time.sleep(LOOP_SECONDS)
        time.sleep(2 * LOOP_SECONDS)  # what belonged to them goes in the round after
    _shrink(database)
    return before - database.stat().st_size


def _old_runs(database: Path, old: datetime) -> int:
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    try:
        statement = "SELECT count(*) FROM flow_run WHERE end_time < ? AND parent_task_run_id IS NULL"
        return int(connection.execute(statement, (old.strftime("%Y-%m-%d %H:%M:%S"),)).fetchone()[0])
    finally:
        connection.close()


def _shrink(database: Path) -> None:
    """Give freed pages back to the disk, once the server has let go of the file."""
    connection = sqlite3.connect(database, timeout=PATIENCE_SECONDS)
    try:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
