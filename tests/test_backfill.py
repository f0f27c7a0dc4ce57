"""Documents read anew after a change of the catalogue: first shown, then published, within a range."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import CommandLine  # noqa: TC002 -- pytest reads the annotations
from made_up_reports import write_report

from bureau_metrics.exports import ExportError, Filters
from bureau_metrics.pipeline import RunRequest, RunSummary, State, run_direct
from bureau_metrics.settings import Home
from bureau_metrics.staging import batches
from bureau_metrics.warehouse import run_query


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def reports(tmp_path: Path, home: Path) -> Path:
    folder = tmp_path / "reports"
    write_report(folder / "2023.txt", year=2023)
    write_report(folder / "2024.txt", year=2024)
    write_report(folder / "other.txt", year=2024, bureau="台州市司法局")
    run_direct(RunRequest((str(folder),), home))
    return folder


@pytest.fixture
def new_catalogue(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another extractor read meetings as a metric of its own."""
    extract = batches.extract_document

    def extract_anew(*of: Any) -> Any:
        extraction = extract(*of)
        facts = tuple(fact._replace(metric=None) if fact.unit == "次" else fact for fact in extraction.facts)
        return replace(extraction, facts=facts)

    monkeypatch.setattr(batches, "extract_document", extract_anew)
    monkeypatch.setattr("bureau_metrics.pipeline.planning.extractor_fingerprint", lambda: "f" * 64)


def backfill(home: Path, reports: Path, dry_run: bool = False, **filters: tuple[str, ...]) -> RunSummary:
    return run_direct(RunRequest((str(reports),), home, backfill=Filters(**filters), dry_run=dry_run))


def meetings(home: Path) -> int:
    sql = "SELECT count(*) FROM observation WHERE metric = 'party_group_meetings'"
    return int(str(run_query(Home(home), sql).rows[0][0]))


@pytest.mark.usefixtures("new_catalogue")
class TestBackfill:
    def test_a_dry_run_shows_the_changes_and_publishes_nothing(self, home: Path, reports: Path) -> None:
        before = (home / "warehouse" / "bureau_metrics.duckdb").resolve()
        summary = backfill(home, reports, dry_run=True)
        assert summary.changes is not None
        changes = [dict(zip(summary.changes.columns, row, strict=True)) for row in summary.changes.records]
        assert {(row["change"], row["reason"]) for row in changes} <= {
            ("changed", "reading changed"),
            ("gained", "reading changed"),
            ("lost", "reading changed"),
        }
        assert len({row["document_id"] for row in changes}) == 3
        assert (home / "warehouse" / "bureau_metrics.duckdb").resolve() == before
        assert [path.name for path in (home / "warehouse").glob("candidate*")] == []
        assert meetings(home) == 3

    def test_then_it_publishes_what_was_shown(self, home: Path, reports: Path) -> None:
        shown = backfill(home, reports, dry_run=True).changes
        done = backfill(home, reports)
        assert done.published
        assert meetings(home) == 0
        assert shown is not None
        changed = run_query(Home(home), "FROM figure_changes(1, 2)")
        assert [tuple(row) for row in shown.records] == changed.rows

    @pytest.mark.parametrize(
        ("filters", "left"),
        [
            ({"years": ("2023",)}, 2),
            ({"years": ("2022-2024",)}, 0),
            ({"bureaus": ("台州市司法局",)}, 2),
            ({"regions": ("江苏省",)}, 1),
            ({"years": ("2024",), "regions": ("江苏省",)}, 2),
        ],
    )
    def test_a_range_is_read_anew_and_the_rest_is_left(
        self, home: Path, reports: Path, filters: dict[str, tuple[str, ...]], left: int
    ) -> None:
        summary = backfill(home, reports, **filters)
        assert (summary.count(State.LOADED), meetings(home)) == (3 - left, left)

    def test_what_the_warehouse_does_not_hold_is_left_alone(self, home: Path, reports: Path) -> None:
        write_report(reports / "new.txt", bureau="抚顺市应急管理局")
        assert "new.txt" not in {outcome.document_id for outcome in backfill(home, reports).documents}

    def test_a_range_that_means_nothing_is_told(self, home: Path, reports: Path) -> None:
        with pytest.raises(ExportError, match="no such bureau"):
            backfill(home, reports, bureaus=("火星市司法局",))

    def test_the_command_shows_figures_and_says_that_nothing_was_published(
        self, command_line: CommandLine, home: Path, reports: Path
    ) -> None:
        call = ("backfill", reports, "--home", home, "--direct", "--report-year", "2023")
        shown = command_line(*call, "--dry-run")
        assert shown.code == 0
        assert "reading changed" in shown.out
        assert "would change; nothing was published" in shown.err
        assert command_line(*call).code == 0
        assert meetings(home) == 2


def test_without_a_change_of_the_catalogue_nothing_changes(home: Path, reports: Path) -> None:
    summary = backfill(home, reports, dry_run=True)
    assert summary.changes is not None
    assert list(summary.changes.records) == []
    assert summary.count(State.UNCHANGED) == 3
