"""What runs leave on disk: what goes, what stays, and that nothing goes from under a run."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from conftest import CommandLine  # noqa: TC002 -- pytest reads the annotations
from made_up_reports import write_report

from bureau_metrics import pipeline
from bureau_metrics.pipeline import Leftover, RunRequest, leftovers, remove, run_direct
from bureau_metrics.pipeline.retention import LOG_BYTES
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import run_query

TEN_DAYS = 10 * 86_400


def named(found: list[Leftover], home: Home) -> list[str]:
    return [str(leftover.path.relative_to(home.root)).split("/")[0] + ": " + leftover.what for leftover in found]


def grow_old(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (time.time() - TEN_DAYS, time.time() - TEN_DAYS))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home after two runs, ten days ago."""
    for count in (29, 30):
        write_report(tmp_path / "reports" / "a.txt", count=count)
        run_direct(RunRequest((str(tmp_path / "reports"),), tmp_path / "home"))
    grow_old(tmp_path / "home")
    return Home(tmp_path / "home")


def test_old_batches_and_earlier_files_go_and_every_state_stays(home: Home) -> None:
    found = leftovers(home, days=7, versions=1)
    assert named(found, home) == [
        "staging: staged batch",
        "staging: staged batch",
        "warehouse: warehouse as it was published before",
    ]
    assert all(leftover.size > 0 for leftover in found)
    assert remove(found) == []
    assert leftovers(home, days=7, versions=1) == []
    values = "SELECT value::INTEGER FROM observations_as_of({}) WHERE unit = '次'"
    assert [run_query(home, values.format(run)).rows for run in (1, 2)] == [[(29,)], [(30,)]]


def test_young_batches_and_the_asked_number_of_files_stay(home: Home) -> None:
    assert named(leftovers(home, days=30, versions=1), home) == ["warehouse: warehouse as it was published before"]
    assert leftovers(home, days=30, versions=2) == []


def test_what_a_broken_run_left_goes(home: Home) -> None:
    (home.warehouse / "candidate-x.duckdb").write_bytes(b"x" * 10)
    half = home.staging / "0123456789ab" / ".key.1.ab"
    plans = home.staging / "plans" / "20260101T000000Z-aaaaaa"
    for folder in (half, plans):
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(b"x")
    grow_old(home.staging)
    found = leftovers(home, days=7, versions=3)
    assert {"warehouse: warehouse of a run that was broken off", "staging: plans of a run that was broken off"} <= set(
        named(found, home)
    )
    assert [leftover.path for leftover in found].count(half) == 1
    assert remove(found) == []


def test_nothing_goes_from_under_a_run(home: Home) -> None:
    plan = pipeline.discover(RunRequest((str(home.root.parent / "reports"),), home.root))
    loaded = pipeline.load(plan, pipeline.extract_all(plan, pipeline.ExtractionProcesses()))
    assert leftovers(home, days=0, versions=1) == []
    pipeline.publish(plan, loaded)
    assert leftovers(home, days=0, versions=1) != []


def test_a_long_log_loses_its_older_half(home: Home) -> None:
    log = home.logs / "runs.jsonl"
    log.write_bytes(b"".join(b"%09d\n" % number for number in range(LOG_BYTES // 10 + 2)))
    found = [leftover for leftover in leftovers(home, days=30, versions=3) if leftover.path == log]
    remove(found)
    lines = log.read_bytes().splitlines()
    assert (len(lines), lines[-1]) == (LOG_BYTES // 20 + 1, b"%09d" % (LOG_BYTES // 10 + 1))


def test_the_command_lists_first_and_then_removes(command_line: CommandLine, home: Home) -> None:
    listed = command_line("clean", "--home", home.root, "--dry-run", "--format", "csv")
    assert listed.out.count("staged batch") == 2
    assert "in 3 places would be freed" in listed.err
    done = command_line("clean", "--home", home.root)
    assert (done.code, "in 3 places freed" in done.err) == (0, True)
    assert leftovers(home, days=7, versions=1) == []
