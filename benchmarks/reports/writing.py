"""Files of a folder: the reports as text, and the truth about them as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

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


def bureau_reports(wanted: Wanted, words: Words) -> Iterator[list[Report]]:
    """Yield the reports of one bureau after the other."""
    for region, count in regions_of(wanted.bureaus, words.prose["bodies"], words.prose["prefectures"]):
        figures = region_figures(words, region, wanted.years, wanted.seed)
        bureaus = (region.whole, *region.counties)[:count]
        for bureau, own in zip(bureaus, figures, strict=False):
            yield reports_of(words, bureau, own, wanted.years, wanted.seed)


def write_folder(folder: Path, wanted: Wanted, advance: Callable[[], None] = lambda: None) -> int:
    """Write reports and truth into a folder that is new or empty; `advance` is called for each bureau.

    Returns the number of reports. Raises OSError where the folder cannot be written.
    """
    words = load_words()
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    count = 0
    with (
        (folder / "truth_mentions.csv").open("w", encoding="utf-8", newline="") as mentions_file,
        (folder / "truth_cells.csv").open("w", encoding="utf-8", newline="") as cells_file,
    ):
        mentions, cells = csv.writer(mentions_file, lineterminator="\n"), csv.writer(cells_file, lineterminator="\n")
        mentions.writerow(MENTION_COLUMNS)
        cells.writerow(CELL_COLUMNS)
        for written in bureau_reports(wanted, words):
            write_reports(reports, written)
            for report in written:
                mentions.writerows(mention_rows(report))
            cells.writerows(cell_rows(written[0].bureau, written, words))
            count += len(written)
            advance()
    return count


def write_reports(folder: Path, written: Sequence[Report]) -> None:
    for report in written:
        (folder / report.name).write_bytes(report.text.encode())
