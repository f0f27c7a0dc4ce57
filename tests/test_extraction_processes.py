"""Batches in processes of their own: one that dies loses one batch, and the document that kills it is singled out."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_reports import write_report

from bureau_metrics import pipeline
from bureau_metrics.pipeline import (
    ExtractionProcesses,
    RunRequest,
    State,
    WorkerDied,
    extract_batch,
    extraction_ahead,
    run_direct,
)
from bureau_metrics.pipeline.extracting import extract_isolated
from bureau_metrics.staging.plans import BatchPlan

POISON = """
import os, signal
import bureau_metrics.staging.batches as batches
read = batches._read
def poisoned(source, origin):
    if source.path.name.startswith("poison"):
        os.kill(os.getpid(), signal.SIGKILL)
    return read(source, origin)
batches._read = poisoned
"""


def plan_of(names: list[str], folder: Path) -> Path:
    for name in names:
        write_report(folder / "reports" / name)
    request = RunRequest((str(folder / "reports"),), folder / "home", workers=1)
    (plan_file,) = pipeline.discover(request).plan_files
    return plan_file


def deadly(calls: list[int]):
    """Return an extraction that dies with a poisoned document, and counts the documents of each call."""

    def extract(plan_file: Path) -> Path:
        sources = BatchPlan.read(plan_file).sources
        calls.append(len(sources))
        if any(source.failure is None and source.path.name.startswith("poison") for source in sources):
            raise WorkerDied("killed")
        return extract_batch(plan_file)

    return extract


class TestIsolation:
    @pytest.mark.parametrize(
        ("names", "calls", "parts"),
        [
            (["a.txt", "b.txt"], [2], 1),
            # twice as a whole, then in halves: a+b, and c alone with the poison
            (["a.txt", "b.txt", "c.txt", "poison.txt"], [4, 4, 2, 2, 2, 1, 1, 1], 3),
            (["poison.txt"], [1, 1], 1),
        ],
    )
    def test_a_batch_that_kills_is_tried_again_and_then_split(
        self, names: list[str], calls: list[int], parts: int, tmp_path: Path
    ) -> None:
        made: list[int] = []
        folders = extract_isolated(plan_of(names, tmp_path), deadly(made))
        assert (made, len(folders)) == (calls, parts)

    def test_a_process_that_dies_once_costs_one_more_try_and_nothing_else(self, tmp_path: Path) -> None:
        calls: list[Path] = []

        def once(plan_file: Path) -> Path:
            calls.append(plan_file)
            if len(calls) == 1:
                raise WorkerDied("killed")
            return extract_batch(plan_file)

        (folder,) = extract_isolated(plan_of(["a.txt", "b.txt"], tmp_path), once)
        assert len(calls) == 2
        assert gzip.decompress((folder / "rejections.jsonl.gz").read_bytes()) == b""

    def test_only_the_bad_document_is_rejected_and_says_why(self, tmp_path: Path) -> None:
        folders = extract_isolated(plan_of(["a.txt", "b.txt", "poison.txt"], tmp_path), deadly([]))
        lines = b"".join(gzip.decompress((folder / "rejections.jsonl.gz").read_bytes()) for folder in folders)
        (rejection,) = map(json.loads, lines.splitlines())
        assert (rejection["document_id"], rejection["reason"]) == ("poison.txt", "extraction_failed")
        assert rejection["detail"] == "the process that read it died, twice"


def reports_of(count: int, folder: Path) -> RunRequest:
    for number in range(count):
        write_report(folder / "reports" / f"{number:02}.txt", count=number + 1)
    return RunRequest((str(folder / "reports"),), folder / "home", workers=2)


def living() -> list[int]:
    return [process.pid for process in multiprocessing.active_children() if process.pid]


class TestProcessesBegunAhead:
    @pytest.mark.parametrize(("files", "processes"), [(50, 0), (51, 2)])
    def test_many_files_begin_them_while_it_is_looked_up_which_are_to_be_read(
        self, files: int, processes: int, tmp_path: Path
    ) -> None:
        with ExtractionProcesses.of(reports_of(1, tmp_path)) as ahead:
            ahead.expect(files)
            assert len(living()) == processes
        assert living() == []

    def test_a_run_takes_those_that_were_begun_before_it(self, tmp_path: Path) -> None:
        request = reports_of(60, tmp_path)
        with extraction_ahead(request) as begin:
            begin()
            begun = living()
            assert len(begun) == 2
            home = tmp_path / "home"
            plan = pipeline.discover(request)
            with pipeline.processes_of(request).extracting(plan) as extract:
                assert living() == begun
                assert extract(plan.plan_files[0]).is_relative_to(home)
            assert living() == []

    def test_no_more_are_begun_than_extract(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "cpu_count", lambda: 1)
        with ExtractionProcesses.of(replace(reports_of(1, tmp_path), workers=None)) as ahead:
            ahead.begin_ahead()
            assert len(living()) == 1

    def test_few_files_begin_none(self, tmp_path: Path) -> None:
        with extraction_ahead(reports_of(2, tmp_path)) as begin:
            begin()
            assert living() == []

    @pytest.mark.skipif(sys.platform == "win32", reason="signals")
    def test_an_interrupt_at_the_terminal_is_for_the_run_and_not_for_them(self, tmp_path: Path) -> None:
        plan = pipeline.discover(reports_of(60, tmp_path))
        with ExtractionProcesses(ahead=2) as processes:
            processes.begin_ahead()
            for process in living():
                os.kill(process, signal.SIGINT)
            with processes.extracting(plan) as extract:
                assert [len(living()), extract(plan.plan_files[0]).is_dir()] == [2, True]


@pytest.fixture
def poisoned_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every process that is started from here die of documents called poison."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


@pytest.mark.usefixtures("poisoned_processes")
def test_a_killed_process_takes_no_other_document_along(tmp_path: Path) -> None:
    request = reports_of(60, tmp_path)
    write_report(tmp_path / "reports" / "poison.txt")
    summary = run_direct(request)
    assert (summary.count(State.LOADED), summary.count(State.REJECTED)) == (60, 1)
    (rejected,) = (outcome for outcome in summary.documents if outcome.state is State.REJECTED)
    assert rejected.document_id == "poison.txt"
    lines = (tmp_path / "home" / "logs" / "batches.jsonl").read_text(encoding="utf-8").splitlines()
    reports_of_batches = [json.loads(line) for line in lines]
    assert sum(batch["documents"] for batch in reports_of_batches) == 60
    assert max(batch["parts"] for batch in reports_of_batches) > 1


SLOW = "import time\nimport bureau_metrics.staging.batches as batches\nread = batches._read\n"
SLOW += "batches._read = lambda *of: (time.sleep(0.2), read(*of))[1]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(("ending", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_run_that_is_stopped_leaves_no_process_behind_and_the_next_one_goes_on(
    tmp_path: Path, ending: signal.Signals, code: int
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(SLOW, encoding="utf-8")
    request = reports_of(60, tmp_path)
    call = [sys.executable, "-m", "bureau_metrics", "--home", str(tmp_path / "home"), "run", "--direct"]
    environment = {**os.environ, "PYTHONPATH": str(site), "BUREAU_METRICS_WORKERS": "2"}
    # What a shell starts in the background ignores an interrupt, and so would the run.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [*call, str(tmp_path / "reports")], stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )
    plans = tmp_path / "home" / "staging"
    deadline = time.monotonic() + 60
    while not list(plans.glob("*/.*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(ending)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == code
    assert "Traceback" not in said
    assert not (tmp_path / "home" / "warehouse").exists()
    while _processes_of_group(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _processes_of_group(process.pid) == []
    again = run_direct(request)
    assert again.count(State.LOADED) == 60


def _processes_of_group(group: int) -> list[str]:
    """Return the living processes of a process group."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(status.parent.name)
    return found
