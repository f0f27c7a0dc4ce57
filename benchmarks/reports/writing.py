"""Files of a folder: the reports as text, and the truth about them as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reports.contradictions import COLUMNS, Planting, planted_in
from benchmarks.reports.documents import reports_of
from benchmarks.reports.figures import region_figures
from benchmarks.reports.places import regions_of
from benchmarks.reports.truth import CELL_COLUMNS, MENTION_COLUMNS, Report, cell_rows, mention_rows
from benchmarks.reports.words import Words, load_words


@dataclass(frozen=True)
class Wanted:
    """How many reports of which years, drawn from which seed, with contradictions planted or not."""

    bureaus: int = 40
    years: tuple[int, ...] = (2020, 2021, 2022, 2023, 2024)
    seed: int = 1
    contradictions: bool = False


def bureau_reports(wanted: Wanted, words: Words) -> Iterator[tuple[list[Report], Planting]]:
    """Yield the reports of one bureau after the other, with what was planted in them."""
    place = 0
    for region, count in regions_of(wanted.bureaus, words.prose["bodies"], words.prose["prefectures"]):
        figures = region_figures(words, region, wanted.years, wanted.seed)
        bureaus = (region.whole, *region.counties)[:count]
        for bureau, own in zip(bureaus, figures, strict=False):
            planting = Planting()
            if wanted.contradictions:
                planting = planted_in(words, bureau, own, wanted.years, wanted.seed, place, wanted.bureaus)
            silent = frozenset(planting.silent)
            yield reports_of(words, bureau, own, wanted.years, wanted.seed, silent, planting.sentences), planting
            place += 1


class Table:
    """A CSV file that is written row by row."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(columns)

    def write(self, rows: Iterable[tuple[object, ...]]) -> None:
        self._writer.writerows(rows)

    def close(self) -> None:
        self._file.close()


def write_folder(folder: Path, wanted: Wanted, advance: Callable[[], None] = lambda: None) -> int:
    """Write the reports into `folder`/reports and the truth beside them; `advance` is called for each bureau.

    Returns the number of reports. Raises FileExistsError where the folder holds anything, OSError where it cannot be
    written, ValueError where there are not so many bureaus.
    """
    words = load_words()
    regions_of(wanted.bureaus, words.prose["bodies"], words.prose["prefectures"])
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty: name a new folder")
    reports = folder / "reports"
    reports.mkdir(parents=True)
    count = 0
    with ExitStack() as open_files:
        mentions, cells = (
            open_files.enter_context(closing(Table(folder / name, columns)))
            for name, columns in (("truth_mentions.csv", MENTION_COLUMNS), ("truth_cells.csv", CELL_COLUMNS))
        )
        planted = open_files.enter_context(closing(Table(folder / "planted.csv", COLUMNS))) if wanted.contradictions else None
        for written, planting in bureau_reports(wanted, words):
            for report in written:
                (reports / report.name).write_bytes(report.text.encode())
                mentions.write(mention_rows(report))
            cells.write(cell_rows(written[0].bureau, written, words))
            if planted:
                planted.write(planting.rows)
            count += len(written)
            advance()
    return count
