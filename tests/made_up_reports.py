"""Small reports of made-up content, for tests of runs."""

from __future__ import annotations

from pathlib import Path

REPORT = (
    "{bureau}\n{year}年法治政府建设年度报告\n\n"
    "{year}年，我局全年召开局党组会{count}次，制定规范性文件3件。\n\n"
    "{bureau}\n{signed}年1月21日\n"
)


def write_report(path: Path, bureau: str = "常州市科学技术局", count: int = 29, year: int = 2024) -> Path:
    """Write a report of two figures, the number of meetings among them, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(REPORT.format(bureau=bureau, count=count, year=year, signed=year + 1), encoding="utf-8")
    return path
