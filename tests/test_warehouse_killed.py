"""kill -9 at any point of load, audit and publish leaves the old warehouse or the new one, whole."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import run_query

POINTS = 50
ONE = report("one", "甲市科技局", said("高新技术企业18家。", "18家", "high_tech_enterprises", 18))
TWO = report(
    "two", "乙市科技局", said("高新技术企业20家。", "20家", "high_tech_enterprises", 20), division_code="650200"
)
OLD, NEW = [("one", 18)], [("one", 18), ("two", 20)]

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9"),
]


def published(home: Home) -> list[tuple[object, ...]]:
    sql = "SELECT document_id, value::INTEGER FROM observation ORDER BY ALL"
    rows = run_query(home, sql).rows
    cells = run_query(home, "SELECT document_id, value::INTEGER FROM cross_bureau ORDER BY ALL").rows
    assert cells == rows
    return rows


def counting(stop_at: int, stop: Callable[[], None]) -> Callable[..., None]:
    """Return a profiler that counts the calls of the warehouse, into C too, and stops at one of them."""
    calls = 0

    def count(frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        if event in ("call", "c_call") and "/warehouse/" in frame.f_code.co_filename:  # type: ignore[attr-defined]
            calls += 1
            if calls == stop_at:
                stop()

    count.calls = lambda: calls  # type: ignore[attr-defined]
    return count


def killed_at(home: Home, batch: Path, point: int) -> None:
    sys.setprofile(counting(point, lambda: os.kill(os.getpid(), signal.SIGKILL)))
    run(home, batch, audited=True)


def calls_of_a_run(home: Home, batch: Path, answer: multiprocessing.Queue[int]) -> None:
    count = counting(-1, lambda: None)
    sys.setprofile(count)
    run(home, batch, audited=True)
    sys.setprofile(None)
    answer.put(count.calls())  # type: ignore[attr-defined]


def test_the_old_warehouse_or_the_new_one(tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    first, batch = stage(tmp_path / "a", ONE), stage(tmp_path / "b", TWO)
    run(Home.at(tmp_path / "home"), first, audited=True)
    shutil.copytree(tmp_path / "home", tmp_path / "measured", symlinks=True)
    answer = fork.Queue()
    measure = fork.Process(target=calls_of_a_run, args=(Home.at(tmp_path / "measured"), batch, answer))
    measure.start()
    calls = answer.get(timeout=120)
    measure.join()
    assert calls > 5 * POINTS
    seen = []
    for point in range(1, calls + 1, max(1, calls // POINTS)):
        folder = shutil.copytree(tmp_path / "home", tmp_path / "killed", symlinks=True)
        home = Home.at(folder)
        child = fork.Process(target=killed_at, args=(home, batch, point))
        child.start()
        child.join(120)
        assert child.exitcode == -signal.SIGKILL, point
        seen.append(published(home))
        assert seen[-1] in (OLD, NEW), point
        run(home, batch, audited=True)
        assert published(home) == NEW, point
        assert not list(home.warehouse.glob("candidate-*")), point
        shutil.rmtree(folder)
    assert len(seen) >= POINTS
    assert seen[0] == OLD
