"""What a person names → which files are read, under which ids."""

import os
from pathlib import Path

import pytest

from bureau_metrics.sources import are_more_than, find_files


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("正文", encoding="utf-8")


def ids(*sources: object, leave_out: list[Path] | None = None) -> list[str]:
    return [file.document_id for file in find_files([str(source) for source in sources], leave_out or []).files]


def test_a_folder_is_read_with_everything_under_it_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.txt", "2024/c.txt", "2023/c.txt")
    assert ids(tmp_path) == ["2023/c.txt", "2024/c.txt", "a.txt", "b.txt"]


@pytest.mark.parametrize(("files", "more"), [(1, True), (2, True), (3, False), (4, False)])
def test_whether_there_are_many_files_is_known_without_all_of_them(tmp_path: Path, files: int, more: bool) -> None:
    make(tmp_path, "a.txt", "2024/b.txt", "2024/c.txt")
    assert are_more_than(files, [str(tmp_path / "none"), str(tmp_path)]) is more


@pytest.mark.parametrize("name", [".hidden", ".git/config", "~$report.docx", "Thumbs.db", "desktop.ini"])
def test_hidden_and_system_files_are_no_sources(tmp_path: Path, name: str) -> None:
    make(tmp_path, "a.txt", name)
    assert ids(tmp_path) == ["a.txt"]


def test_the_home_and_the_manifest_are_no_sources(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "bureau-data/exports/observations.csv", "manifest.csv")
    assert ids(tmp_path, leave_out=[tmp_path / "bureau-data", tmp_path / "manifest.csv"]) == ["a.txt"]


def test_a_named_file_has_the_id_that_its_folder_gives_it(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert ids(tmp_path / "a.txt") == ids(tmp_path) == ["a.txt"]


def test_a_pattern_means_what_it_matches(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt", "c.md")
    assert ids(tmp_path / "*.txt") == ["a.txt", "b.txt"]


def test_a_file_that_two_sources_mean_is_taken_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert ids(tmp_path, tmp_path / "a.txt", tmp_path / "*.txt") == ["a.txt"]


def test_equal_names_under_two_roots_are_told_apart(tmp_path: Path) -> None:
    make(tmp_path, "2023/科技局.txt", "2024/科技局.txt", "2024/教育局.txt")
    assert ids(tmp_path / "2023", tmp_path / "2024") == ["2023/科技局.txt", "2024/科技局.txt", "教育局.txt"]


def test_equal_folders_are_told_apart_further_up(tmp_path: Path) -> None:
    make(tmp_path, "north/2024/a.txt", "south/2024/a.txt")
    assert ids(tmp_path / "north/2024", tmp_path / "south/2024") == ["north/2024/a.txt", "south/2024/a.txt"]


def test_names_are_composed_so_that_every_file_system_gives_one_id(tmp_path: Path) -> None:
    make(tmp_path, "re\u0301sume\u0301.txt")
    assert ids(tmp_path) == ["r\u00e9sum\u00e9.txt"]


def test_a_name_that_is_no_utf8_can_still_be_printed(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xb1\xa8.txt")).write_text("正文", encoding="utf-8")
    assert ids(tmp_path)[0].encode("utf-8")


@pytest.mark.parametrize(
    ("source", "detail"),
    [
        ("absent.txt", "no such file or folder"),
        ("absent-*.txt", "no such file or folder"),
        ("empty", "a folder without files"),
    ],
)
def test_a_source_without_files_says_why_and_the_rest_is_found(tmp_path: Path, source: str, detail: str) -> None:
    (tmp_path / "empty").mkdir()
    make(tmp_path, "a.txt")
    findings = find_files([str(tmp_path / source), str(tmp_path / "a.txt")])
    assert [(absence.source, absence.detail) for absence in findings.absences] == [(str(tmp_path / source), detail)]
    assert [file.document_id for file in findings.files] == ["a.txt"]
