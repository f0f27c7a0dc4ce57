"""One run at a time on one home, and what a killed run leaves behind."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from staged_records import report, run, run_record, said, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import WarehouseBusy, discard, prepare_candidate, run_query
from bureau_metrics.warehouse.run_lock import LOCK_FILE

ONE = report("one", "甲市科学技术局", said("高新技术企业18家。", "18家", "high_tech_enterprises", 18))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


def test_a_second_run_is_told_who_works_on_the_home(home: Home, tmp_path: Path) -> None:
    first = prepare_candidate(home, run_record("first"))
    with pytest.raises(WarehouseBusy, match=rf"process {os.getpid()} on .*run\.lock") as raised:
        run(home, stage(tmp_path / "a", ONE))
    assert "\n" not in str(raised.value)
    assert first.exists(), "the refused run must not touch the candidate of the other"
    discard(home, first)
    assert run(home, stage(tmp_path / "b", ONE)).publication.published


def test_a_run_that_is_retried_takes_its_own_lock_again(home: Home) -> None:
    record = run_record("retried")
    prepare_candidate(home, record)
    discard(home, prepare_candidate(home, record))
    assert not (home.warehouse / LOCK_FILE).exists()


KILLED_IN_MID_LOAD = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from staged_records import METRICS, run_record
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import loading, prepare_candidate
home = Home.at(Path(sys.argv[2]))
record = run_record("killed")
candidate = prepare_candidate(home, record)
loading.record_run = lambda connection, run: os.kill(os.getpid(), 9)
loading.load_batches(candidate, [Path(sys.argv[3])], record, METRICS)
"""


def test_a_killed_run_changes_nothing_and_the_next_one_clears_up_after_it(home: Home, tmp_path: Path) -> None:
    run(home, stage(tmp_path / "a", ONE))
    batch = stage(tmp_path / "b", report("two", "乙市科学技术局", said("企业20家。", "20家", "tech_smes", 20)))
    arguments = [str(Path(__file__).parent), str(home.root), str(batch)]
    killed = subprocess.run([sys.executable, "-c", KILLED_IN_MID_LOAD, *arguments], check=False)
    assert killed.returncode == -9
    assert (home.warehouse / LOCK_FILE).exists()
    assert list(home.warehouse.glob("candidate-*"))
    assert run_query(home, "SELECT document_id FROM observation").rows == [("one",)]
    assert run(home, batch).loaded.documents_new == 1
    assert not list(home.warehouse.glob("candidate-*"))
    assert not (home.warehouse / LOCK_FILE).exists()


@pytest.mark.parametrize(
    ("holder", "busy"),
    [
        ({"run_key": "x", "pid": 2**22 + 1, "host": socket.gethostname()}, False),
        ({"run_key": "x", "pid": os.getpid(), "process_started": "0", "host": socket.gethostname()}, False),
        ({"run_key": "x", "pid": 2**22 + 1, "host": "another-machine"}, True),
        ({"run_key": "x"}, True),
    ],
    ids=["dead process", "number of a dead process used again", "another machine", "written by something else"],
)
def test_a_lock_gives_way_only_to_the_certainly_dead(home: Home, holder: dict[str, object], busy: bool) -> None:
    home.warehouse.mkdir(parents=True)
    (home.warehouse / LOCK_FILE).write_text(json.dumps(holder))
    if busy:
        with pytest.raises(WarehouseBusy):
            prepare_candidate(home, run_record())
    else:
        discard(home, prepare_candidate(home, run_record()))


def test_a_lock_that_was_cut_off_while_being_written_is_taken_over(home: Home) -> None:
    home.warehouse.mkdir(parents=True)
    (home.warehouse / LOCK_FILE).write_text("")
    discard(home, prepare_candidate(home, run_record()))
