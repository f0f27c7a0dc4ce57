"""Files of a folder: the reports as text, and the truth about them as CSV. Regions are written side by side."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from benchmarks.reports.contradictions import COLUMNS, Planting, planted_in
from benchmarks.reports.documents import reports_of
from benchmarks.reports.figures import region_figures
from benchmarks.reports.places import Region, regions_of
from benchmarks.reports.truth import CELL_COLUMNS, MENTION_COLUMNS, Report, cell_rows, mention_rows
from benchmarks.reports.words import Words, load_words

TABLES = {"truth_mentions.csv": MENTION_COLUMNS, "truth_cells.csv": CELL_COLUMNS, "planted.csv": COLUMNS}
ALONE_UP_TO = 100  # bureaus: fewer are written before a second process has started


@dataclass(frozen=True)
class Wanted:
    """How many reports of which years, drawn from which seed, with contradictions planted or not."""

    bureaus: int = 40
    years: tuple[int, ...] = (2020, 2021, 2022, 2023, 2024)
    seed: int = 1
    contradictions: bool = False


@dataclass(frozen=True)
class Task:
    """A region whose first `count` bureaus report; `place` is that of its first bureau among all."""

    folder: Path
    wanted: Wanted
    region: Region
    count: int
    place: int


@dataclass(frozen=True)
class Written:
    """What a region left: the numbers of its bureaus and reports, and its rows as CSV text by table."""

    bureaus: int
    reports: int
    rows: dict[str, str]


def tasks_of(folder: Path, wanted: Wanted, words: Words) -> list[Task]:
    place = 0
    tasks: list[Task] = []
    for region, count in regions_of(wanted.bureaus, words.prose["bodies"], words.prose["prefectures"]):
        tasks.append(Task(folder, wanted, region, count, place))
        place += count
    return tasks


def bureau_reports(task: Task, words: Words) -> Iterator[tuple[list[Report], Planting]]:
    """Yield the reports of one bureau after the other, with what was planted in them."""
    wanted = task.wanted
    figures = region_figures(words, task.region, wanted.years, wanted.seed)
    reporting = tuple(zip((task.region.whole, *task.region.counties), figures, strict=True))[: task.count]
    for place, (bureau, own) in enumerate(reporting, start=task.place):
        planting = Planting()
        if wanted.contradictions:
            below = reporting[1:] if bureau.is_whole else ()
            planting = planted_in(words, bureau, own, wanted.years, wanted.seed, place, wanted.bureaus, below)
        silent = frozenset(planting.silent)
        yield reports_of(words, bureau, own, wanted.years, wanted.seed, silent, planting.sentences), planting


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write_region(task: Task) -> Written:
    """Write the reports of a region and return the rows about them."""
    words = load_words()
    tables: dict[str, list[Sequence[object]]] = {name: [] for name in TABLES}
    count = 0
    for reports, planting in bureau_reports(task, words):
        for report in reports:
            (task.folder / report.name).write_bytes(report.text.encode())
            tables["truth_mentions.csv"] += mention_rows(report)
        tables["truth_cells.csv"] += cell_rows(reports[0].bureau, reports, words)
        tables["planted.csv"] += planting.rows
        count += len(reports)
    return Written(task.count, count, {name: csv_text(rows) for name, rows in tables.items()})


def write_folder(folder: Path, wanted: Wanted, advance: Callable[[int], None] = lambda _: None) -> int:
    """Write the reports into `folder`/reports and the truth beside them; `advance` is told how many bureaus are done.

    Returns the number of reports. Raises FileExistsError where the folder holds anything, OSError where it cannot be
    written, ValueError where there are not so many bureaus.
    """
    tasks = tasks_of(folder / "reports", wanted, load_words())
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty: name a new folder")
    (folder / "reports").mkdir(parents=True)
    count = 0
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(opened(folder / name, columns))
            for name, columns in TABLES.items()
            if name != "planted.csv" or wanted.contradictions
        }
        side_by_side = stack.enter_context(ProcessPoolExecutor()).map if wanted.bureaus > ALONE_UP_TO else map
        for written in side_by_side(write_region, tasks):
            for name, file in files.items():
                file.write(written.rows[name])
            count += written.reports
            advance(written.bureaus)
    return count


def opened(path: Path, columns: Sequence[str]) -> TextIO:
    """Open a table and write its first line."""
    file = path.open("w", encoding="utf-8", newline="")
    file.write(csv_text([columns]))
    return file
