"""The verb `export`: which files it writes for which formats, and how it prints the list of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from staged_records import ONE, TWO, run, stage

from bureau_metrics.settings import Home

if TYPE_CHECKING:
    from conftest import CommandLine

CSV_FILES = ["observations.csv", "cross_bureau.csv", "cross_bureau_long.csv", "codebook.csv", "rejected.csv"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    run(Home.at(folder / "home"), stage(folder / "batch", ONE, TWO))
    return folder / "home"


@pytest.mark.parametrize(
    ("formats", "written"),
    [
        ((), CSV_FILES),
        (("csv",), CSV_FILES),
        (("xlsx",), ["cross_bureau.xlsx"]),
        (("html",), ["report.html"]),
        (("REVIEW",), ["review_queue.csv"]),
        (("html", "html", "xlsx"), ["report.html", "cross_bureau.xlsx"]),
        (("review", "csv", "html"), [*CSV_FILES, "review_queue.csv", "report.html"]),
    ],
)
def test_each_format_has_its_files(
    command_line: CommandLine, home: Path, tmp_path: Path, formats: tuple[str, ...], written: list[str]
) -> None:
    options = [part for name in formats for part in ("--format", name)]
    outcome = command_line("export", "--to", tmp_path / "out", "--home", home, *options, "--format", "jsonl")
    assert outcome.code == 0
    rows = [json.loads(line) for line in outcome.out.splitlines()]
    assert [Path(row["file"]).name for row in rows] == written
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(written)


def test_the_list_is_a_table_unless_it_is_asked_for_otherwise(
    command_line: CommandLine, home: Path, tmp_path: Path
) -> None:
    table = command_line("export", "--to", tmp_path, "--home", home, "--format", "html").out
    assert "report.html" in table
    assert not table.startswith(("file,", "{"))
    printed = command_line("export", "--to", tmp_path, "--home", home, "--format", "csv").out
    assert [Path(row["file"]).name for row in csv.DictReader(io.StringIO(printed))] == CSV_FILES


@pytest.mark.parametrize(("name", "said"), [("pdf", "pdf"), ("xlsx", "no warehouse at")])
def test_what_cannot_be_done_is_one_clear_line(command_line: CommandLine, tmp_path: Path, name: str, said: str) -> None:
    outcome = command_line("export", "--home", tmp_path / "none", "--format", name)
    assert outcome.code == 1
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
