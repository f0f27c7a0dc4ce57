"""Run by the clock: a schedule of every minute fires by itself, publishes, and later runs load nothing new."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import without_prefect_settings
from made_up_reports import write_report

FIRINGS = 3
MINUTE = 60


def finished(home: Path) -> list[dict[str, object]]:
    log = home / "logs" / "runs.jsonl"
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.is_file() else []


@pytest.mark.long
@pytest.mark.prefect
def test_every_minute_three_times(tmp_path: Path) -> None:
    write_report(tmp_path / "reports" / "a.txt")
    (tmp_path / "reports" / "empty.txt").touch()
    home = tmp_path / "home"
    clean = without_prefect_settings()
    call = [sys.executable, "-m", "bureau_metrics", "--home", str(home), "serve", "reports", "--cron", "* * * * *"]
    with (tmp_path / "said.txt").open("w", encoding="utf-8") as said:
        process = subprocess.Popen(call, cwd=tmp_path, env=clean, stdout=said, stderr=said)
    try:
        deadline = time.monotonic() + (FIRINGS + 3) * MINUTE
        while len(finished(home)) < FIRINGS and time.monotonic() < deadline and process.poll() is None:
            time.sleep(1)
        time.sleep(5)  # the flow of the last one ends
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    assert process.returncode in (0, 143)
    runs = finished(home)[:FIRINGS]
    assert [run["facts_new"] for run in runs] == [2, 0, 0]
    assert [run["published"] for run in runs] == [True, False, False]
    assert (home / "exports" / "cross_bureau.csv").is_file()
    connection = sqlite3.connect(home / "prefect" / "prefect.db")
    states = connection.execute(
        "SELECT name, state_type FROM flow_run WHERE start_time IS NOT NULL ORDER BY start_time"
    )
    names, types = zip(*states.fetchall()[:FIRINGS], strict=True)
    messages = connection.execute(
        "SELECT DISTINCT message FROM flow_run_state WHERE type = 'COMPLETED' AND message <> ''"
    ).fetchall()
    connection.close()
    assert set(types) == {"COMPLETED"}
    assert all(name.endswith("nightly reports") for name in names)
    assert messages == [("1 documents read; 1 rejected",)]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--cron", "every night"], "error: --cron 'every night' in Asia/Shanghai is no schedule"),
        (["--cron", "0 25 * * *"], "error: --cron '0 25 * * *' in Asia/Shanghai is no schedule"),
        (["--cron", "0 2 * * *", "--timezone", "Mars/Olympus"], "error: --timezone 'Mars/Olympus' is no time zone"),
    ],
)
def test_a_schedule_that_is_none_is_one_line_before_any_server_starts(
    options: list[str], error: str, tmp_path: Path
) -> None:
    write_report(tmp_path / "a.txt")
    call = [sys.executable, "-m", "bureau_metrics", "--home", str(tmp_path / "home"), "serve", str(tmp_path / "a.txt")]
    clean = without_prefect_settings()
    done = subprocess.run([*call, *options], env=clean, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(error)
    assert not (tmp_path / "home" / "prefect").exists()
