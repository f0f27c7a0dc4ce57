"""What was published stays what was published: states of earlier runs, and what differs between two runs."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import CommandLine
from staged_records import decide as record_decision

from bureau_metrics.catalogue import load_catalogue
from bureau_metrics.exports import export_all
from bureau_metrics.pipeline import RunRequest, run_direct
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import WarehouseError, figure_changes, open_read_only, run_query

REPORT = (
    "{bureau}2024年法治政府建设年度报告\n一、主要工作\n"
    "2024年，全年召开局党组会{meetings}次，受理投诉举报{complaints}件。制定规范性文件3件。{more}\n"
)


def write(folder: Path, name: str = "a.txt", **words: object) -> None:
    words = {"bureau": "常德市科学技术局", "meetings": 29, "complaints": 140, "more": "", **words}
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(REPORT.format(**words), encoding="utf-8")


def decide(home: Home, decision: str, field: str | None = None, value: str | None = None) -> None:
    """Decide about the number of meetings as it is read."""
    record_decision(home, "metric = 'party_group_meetings'", decision, field, value)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    write(tmp_path / "sources")
    return tmp_path / "sources"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


def run(home: Home, sources: Path) -> None:
    run_direct(RunRequest((str(sources),), home.root))


def exported(home: Home, folder: Path, as_of: int | None = None) -> dict[str, bytes]:
    return {file.path.name: file.path.read_bytes() for file in export_all(home, folder, as_of)}


def changes(home: Home, *runs: int) -> list[tuple[object, ...]]:
    columns = ("change", "reason", "metric", "figure_before", "figure_after")
    return figure_changes(home, *runs).chosen(columns).rows


class TestAsOf:
    def test_each_state_is_exported_again_byte_for_byte(
        self, home: Home, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        published: list[dict[str, bytes]] = []

        def note() -> None:
            published.append(exported(home, tmp_path / f"saved{len(published)}"))

        run(home, sources)
        note()
        write(sources, meetings=31)  # a changed document
        write(sources, "b.txt", bureau="嵩县水利局")  # a new one
        (sources / "c.txt").write_bytes(b"\x00\x01" * 100)  # one that cannot be read
        run(home, sources)
        note()
        decide(home, "correct", "value", "30")
        note()
        decide(home, "reject")
        note()
        write(sources, "b.txt", bureau="嵩县林业局")  # another bureau, and the unreadable file is gone
        (sources / "c.txt").unlink()
        renamed = [replace(metric, name_zh=metric.name_zh + "（新）") for metric in load_catalogue().metrics]
        monkeypatch.setattr("bureau_metrics.warehouse.loading._catalogue_metrics", lambda: renamed)
        run(home, sources)
        note()
        assert len({tuple(sorted(state.items())) for state in published}) == len(published) == 5
        for number, state in enumerate(published, start=1):
            assert exported(home, tmp_path / f"again{number}", as_of=number) == state, number

    def test_views_show_the_state_of_the_run(self, home: Home, sources: Path) -> None:
        run(home, sources)
        write(sources, meetings=31)
        run(home, sources)
        sql = "SELECT CAST(value AS INTEGER) FROM cross_bureau WHERE metric = 'party_group_meetings'"
        assert [run_query(home, sql, as_of=as_of).rows for as_of in (1, 2, None)] == [[(29,)], [(31,)], [(31,)]]
        with open_read_only(home, as_of=1) as connection:
            assert run_query(connection, sql).rows == [(29,)]

    @pytest.mark.parametrize("number", [0, 2, -1])
    def test_a_run_that_was_not_is_refused(self, home: Home, sources: Path, number: int) -> None:
        run(home, sources)
        with pytest.raises(WarehouseError, match=rf"there is no run {number}; runs go from 1 to 1"):
            run_query(home, "SELECT 1", as_of=number)


class TestDecisions:
    """A decision changes what is published, never what was read."""

    SQL = "SELECT CAST(value AS INTEGER), review FROM observation WHERE metric = 'party_group_meetings'"

    def test_a_correction_stands_in_the_tables_and_the_reading_stays(self, home: Home, sources: Path) -> None:
        run(home, sources)
        decide(home, "correct", "value", "92")
        assert run_query(home, self.SQL).rows == [(92, "corrected")]
        as_read = "SELECT CAST(value AS INTEGER) FROM fact_version WHERE metric = 'party_group_meetings'"
        assert run_query(home, as_read).rows == [(29,)]

    def test_a_rejected_figure_is_in_no_table(self, home: Home, sources: Path) -> None:
        run(home, sources)
        decide(home, "reject")
        assert run_query(home, self.SQL).rows == []
        assert run_query(home, "FROM cross_bureau WHERE metric = 'party_group_meetings'").rows == []

    def test_a_corrected_year_takes_the_whole_year_along(self, home: Home, sources: Path) -> None:
        run(home, sources)
        decide(home, "correct", "year", "2021")
        sql = "SELECT year, period_start, period_end FROM observation WHERE review IS NOT NULL"
        assert run_query(home, sql).rows == [(2021, date(2021, 1, 1), date(2021, 12, 31))]

    def test_it_survives_edits_elsewhere_in_the_document(self, home: Home, sources: Path) -> None:
        run(home, sources)
        decide(home, "correct", "value", "92")
        write(sources, more="培训执法人员120人次。")
        run(home, sources)
        assert run_query(home, self.SQL).rows == [(92, "corrected")]
        assert run_query(home, "SELECT state FROM decision_state").rows == [("applied",)]

    def test_it_is_flagged_when_its_own_sentence_has_changed(self, home: Home, sources: Path) -> None:
        run(home, sources)
        decide(home, "correct", "value", "92")
        write(sources, complaints=141)  # the same sentence
        run(home, sources)
        assert run_query(home, self.SQL).rows == [(29, None)]
        assert run_query(home, "SELECT state FROM decision_state").rows == [("sentence_changed",)]
        reasons = run_query(home, "SELECT kind, reason FROM review_queue WHERE kind = 'decision'").rows
        assert reasons == [("decision", "decided (correct), but its sentence is no longer in the document")]

    def test_the_same_decision_once_more_changes_nothing(self, home: Home, sources: Path) -> None:
        run(home, sources)
        decide(home, "accept")
        decide(home, "accept")
        assert run_query(home, "SELECT count(*) FROM etl_run").rows == [(2,)]

    def test_what_was_decided_can_be_taken_back(self, home: Home, sources: Path) -> None:
        run(home, sources)
        decide(home, "reject")
        decide(home, "withdraw")
        assert run_query(home, self.SQL).rows == [(29, None)]


class TestChanges:
    def test_says_what_differs_and_why(self, home: Home, sources: Path) -> None:
        run(home, sources)
        write(sources, meetings=31, more="培训执法人员120人次。")
        run(home, sources)
        decide(home, "correct", "value", "30")
        assert changes(home, 1, 2) == [
            ("changed", "document changed", "party_group_meetings", "29 次", "31 次"),
            ("gained", "document changed", "enforcement_training_participants", None, "120 人次"),
        ]
        assert changes(home) == [("changed", "decision", "party_group_meetings", "31 次", "30 次")]
        assert changes(home, 2, 2) == []

    def test_a_new_document_and_another_identity(self, home: Home, sources: Path, tmp_path: Path) -> None:
        run(home, sources)
        write(sources, "b.txt", bureau="嵩县水利局")
        run(home, sources)
        assert {row[:2] for row in changes(home)} == {("gained", "new document")}
        (tmp_path / "manifest.csv").write_text("file,year\na.txt,2023\nb.txt,2024\n", encoding="utf-8")
        run_direct(RunRequest((str(sources),), home.root, manifest=tmp_path / "manifest.csv"))
        assert {row[:2] for row in changes(home)} == {("changed", "identity changed")}

    def test_the_verb_prints_it(self, home: Home, sources: Path, command_line: CommandLine) -> None:
        run(home, sources)
        assert command_line("diff", "--home", home.root).err.startswith("error: there is only one run")
        write(sources, meetings=31)
        run(home, sources)
        outcome = command_line("diff", "1", "2", "--home", home.root, "--format", "csv")
        assert outcome.code == 0
        assert "29 次" in outcome.out
        assert "全年召开局党组会31次" in outcome.out
        assert command_line("diff", "1", "7", "--home", home.root).code == 1
