"""A disk that is full or read-only in mid-run: one clear line, and what was published before is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import without_prefect_settings
from made_up_reports import write_report

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import run_query

Remount = Callable[[str], None]
DISK = 64
"""Megabytes of the small disk."""


def _mounted(*arguments: str) -> bool:
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, Remount]]:
    """A disk of its own, with a function that mounts it anew with other options."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or not _mounted("-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(folder)):
        pytest.skip("a disk of its own takes Linux and an administrator")

    def remount(options: str) -> None:
        assert _mounted("-o", f"remount,{options}", str(folder))

    yield folder, remount
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def ran(home: Path, *sources: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bureau_metrics", "--home", home, "run", "--direct", *sources],
        capture_output=True,
        text=True,
        check=False,
        env=without_prefect_settings(),
    )


def one_clear_line(outcome: subprocess.CompletedProcess[str], reason: str) -> None:
    assert outcome.returncode == 1, outcome.stderr
    (line,) = [line for line in outcome.stderr.splitlines() if not line.startswith(" ")]
    assert line.startswith("error: cannot ")
    assert reason in line
    assert "unexpected" not in line


def published(home: Path) -> list[tuple[object, ...]]:
    return run_query(Home.at(home), "SELECT document_id, fact_id, value FROM observation ORDER BY ALL").rows


def reports(folder: Path, count: int) -> Path:
    for number in range(count):
        write_report(
            folder / f"{number:03}.txt", bureau=f"常德市{'甲乙丙丁戊己庚辛壬癸'[number % 10]}局", count=number + 2
        )
    return folder


@pytest.mark.long
@pytest.mark.parametrize("free_kilobytes", [0, 300, 1500, 4000, 9000])
def test_a_disk_that_fills_up(small_disk: tuple[Path, Remount], tmp_path: Path, free_kilobytes: int) -> None:
    disk, remount = small_disk
    sources = reports(tmp_path / "sources", 2)
    assert ran(disk / "home", sources).returncode == 0
    before = published(disk / "home"), (disk / "home/exports/observations.csv").read_bytes()
    used = sum(file.stat().st_blocks for file in disk.rglob("*") if not file.is_symlink()) // 2
    remount(f"size={used + free_kilobytes}k")
    reports(sources, 120)
    outcome = ran(disk / "home", sources)
    if outcome.returncode:
        one_clear_line(outcome, "No space left on device")
        assert (published(disk / "home"), (disk / "home/exports/observations.csv").read_bytes()) == before
    remount(f"size={DISK}m")
    assert ran(disk / "home", sources).returncode == 0
    assert ran(tmp_path / "undisturbed", sources).returncode == 0
    assert published(disk / "home") == published(tmp_path / "undisturbed")


@pytest.mark.long
def test_a_disk_that_becomes_read_only(small_disk: tuple[Path, Remount], tmp_path: Path) -> None:
    disk, remount = small_disk
    few, more = reports(tmp_path / "few", 2), reports(tmp_path / "more", 4)
    assert ran(disk / "home", few).returncode == 0
    before = published(disk / "home")
    remount("ro")
    one_clear_line(ran(disk / "home", few, more), "Read-only file system")
    assert published(disk / "home") == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    few = reports(tmp_path / "few", 2)
    assert ran(tmp_path / "home", few).returncode == 0
    (tmp_path / "home" / "warehouse").chmod(0o555)
    try:
        one_clear_line(ran(tmp_path / "home", few, reports(tmp_path / "more", 4)), "Permission denied")
    finally:
        (tmp_path / "home" / "warehouse").chmod(0o755)
