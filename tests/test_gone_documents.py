"""Documents whose files are gone: told in every run, closed only on request, and never because a share is away."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import CommandLine  # noqa: TC002 -- pytest reads the annotations
from made_up_reports import write_report

from bureau_metrics.pipeline import PruneRefused, RunRequest, RunSummary, State, run_direct
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import run_query


def run(home: Path, *sources: Path | str, prune: bool = False) -> RunSummary:
    return run_direct(RunRequest(tuple(map(str, sources)), home, prune=prune))


def held(home: Path) -> list[str]:
    return [str(row[0]) for row in run_query(Home(home), "SELECT document_id FROM document_summary ORDER BY ALL").rows]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def reports(tmp_path: Path, home: Path) -> Path:
    folder = tmp_path / "reports"
    write_report(folder / "a.txt")
    write_report(folder / "b.txt", bureau="台州市司法局")
    run(home, folder)
    return folder


def test_a_deleted_file_keeps_its_figures_and_is_told(home: Path, reports: Path) -> None:
    (reports / "b.txt").unlink()
    summary = run(home, reports)
    assert summary.gone == ("b.txt",)
    assert held(home) == ["a.txt", "b.txt"]


def test_prune_closes_it_and_earlier_runs_still_show_it(home: Path, reports: Path) -> None:
    (reports / "b.txt").unlink()
    summary = run(home, reports, prune=True)
    assert (summary.count(State.CLOSED), summary.load.documents_closed, summary.load.facts_closed) == (1, 1, 2)
    assert held(home) == ["a.txt"]
    was = "SELECT count(DISTINCT document_id) FROM observations_as_of(1)"
    assert run_query(Home(home), was).rows == [(2,)]
    changes = run_query(Home(home), "SELECT DISTINCT change, reason FROM figure_changes(1, 2)").rows
    assert changes == [("lost", "document left")]


def test_a_file_that_comes_back_is_held_again(home: Path, reports: Path) -> None:
    (reports / "b.txt").unlink()
    run(home, reports, prune=True)
    write_report(reports / "b.txt", bureau="台州市司法局")
    assert run(home, reports).count(State.LOADED) == 1
    assert held(home) == ["a.txt", "b.txt"]


def test_a_second_prune_changes_nothing(home: Path, reports: Path) -> None:
    (reports / "b.txt").unlink()
    run(home, reports, prune=True)
    assert not run(home, reports, prune=True).published


def test_files_that_moved_and_files_of_other_folders_are_not_gone(home: Path, reports: Path, tmp_path: Path) -> None:
    write_report(tmp_path / "others" / "c.txt", bureau="抚顺市应急管理局")
    run(home, tmp_path / "others")
    (reports / "2024").mkdir()
    shutil.move(reports / "b.txt", reports / "2024" / "b.txt")
    summary = run(home, reports, prune=True)
    assert "c.txt" in held(home)
    assert summary.count(State.CLOSED) == 1  # b.txt is a document of another name now
    assert held(home) == ["2024/b.txt", "a.txt", "c.txt"]


def test_a_member_that_left_its_archive_is_gone(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    for names in (("a", "b"), ("a",)):
        with zipfile.ZipFile(archive, "w") as target:
            for name in names:
                target.write(write_report(tmp_path / f"{name}.txt", bureau=f"{name}市司法局"), f"{name}.txt")
        summary = run(home, archive, prune=True)
    assert (summary.count(State.CLOSED), held(home)) == (1, ["all.zip/a.txt"])


def test_a_rejected_file_that_was_deleted_is_rejected_no_more(home: Path, reports: Path) -> None:
    (reports / "c.txt").touch()
    assert run(home, reports).count(State.REJECTED) == 1
    (reports / "c.txt").unlink()
    run(home, reports, prune=True)
    assert run_query(Home(home), "FROM rejected_document WHERE valid_to_run IS NULL").rows == []


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (["{reports}", "{tmp}/away"], "no such file or folder"),
        (["{reports}", "{tmp}/empty"], "a folder without files"),
        (["{reports}/*.txt"], "is a pattern"),
    ],
)
def test_what_may_only_be_away_closes_nothing(
    home: Path, reports: Path, tmp_path: Path, sources: list[str], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (reports / "b.txt").unlink()
    with pytest.raises(PruneRefused, match=message):
        run(home, *(source.format(reports=reports, tmp=tmp_path) for source in sources), prune=True)
    assert held(home) == ["a.txt", "b.txt"]


def test_the_command_tells_and_closes(command_line: CommandLine, home: Path, reports: Path) -> None:
    (reports / "b.txt").unlink()
    told = command_line("run", reports, "--home", home, "--direct")
    assert "1 of the documents held have no file any more: b.txt; --prune closes them" in told.out
    closed = command_line("run", reports, "--home", home, "--direct", "--prune")
    assert "0 rejected, 1 closed" in closed.out
