"""A run from sources to files: what is loaded, what is skipped, what is rejected, and that nothing is half done."""

import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import CommandLine
from made_up_reports import write_report

from bureau_metrics import pipeline
from bureau_metrics.models import Document
from bureau_metrics.pipeline import NothingToRead, RunRequest, RunSummary, Stages, State, run_direct, run_stages
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import WarehouseBusy, WarehouseError, open_read_only, run_query


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def run(home: Path, *sources: Path, **options: object) -> RunSummary:
    return run_direct(RunRequest(tuple(map(str, sources)), home, **options))  # type: ignore[arg-type]


def states(summary: RunSummary) -> dict[str, State]:
    return {outcome.document_id: outcome.state for outcome in summary.documents}


def values(home: Path, sql: str) -> list[tuple[object, ...]]:
    return run_query(Home(home), sql).rows


def tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


CSV_FILES = ["observations.csv", "cross_bureau.csv", "codebook.csv", "rejected.csv"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    write_report(folder / "a.txt")
    write_report(folder / "b.txt", bureau="台州市司法局", count=12)
    return folder


class TestRun:
    def test_loads_publishes_and_exports(self, home: Path, reports: Path) -> None:
        summary = run(home, reports)
        assert states(summary) == {"a.txt": State.LOADED, "b.txt": State.LOADED}
        assert summary.published
        assert summary.facts == summary.load.facts_new == values(home, "SELECT count(*) FROM observation")[0][0] > 0
        assert [path.name for path in summary.exports] == CSV_FILES
        assert all(path.is_file() for path in (summary.warehouse, *summary.exports))

    def test_a_second_run_changes_nothing(self, home: Path, reports: Path) -> None:
        first = run(home, reports)
        before = first.warehouse.resolve(), tree(home / "exports")
        second = run(home, reports)
        assert (second.load.facts_new, second.published, second.facts) == (0, False, first.facts)
        assert set(states(second).values()) == {State.UNCHANGED}
        assert (second.warehouse.resolve(), tree(home / "exports")) == before

    def test_equal_sources_give_equal_bytes_in_another_home(self, tmp_path: Path, reports: Path) -> None:
        run(tmp_path / "one", reports)
        run(tmp_path / "two", reports)
        assert tree(tmp_path / "one" / "exports") == tree(tmp_path / "two" / "exports")

    def test_a_changed_document_replaces_its_facts_only(self, home: Path, reports: Path) -> None:
        run(home, reports)
        write_report(reports / "a.txt", count=30)
        summary = run(home, reports)
        assert states(summary) == {"a.txt": State.LOADED, "b.txt": State.UNCHANGED}
        assert values(home, "SELECT value::INT FROM observation WHERE text = '30次'") == [(30,)]
        assert values(home, "SELECT value FROM observation WHERE text = '29次'") == []

    def test_a_reader_does_not_stop_a_run_and_keeps_what_it_reads(self, home: Path, reports: Path) -> None:
        run(home, reports)
        with open_read_only(Home(home)) as reader:
            before = reader.execute("SELECT count(*) FROM observation").fetchall()
            write_report(reports / "c.txt", bureau="抚顺市应急管理局")
            assert run(home, reports).published
            assert reader.execute("SELECT count(*) FROM observation").fetchall() == before
        assert values(home, "SELECT count(*) FROM document_summary") == [(3,)]

    def test_leaves_a_line_in_the_log(self, home: Path, reports: Path) -> None:
        summary = run(home, reports)
        (line,) = (home / "logs" / "runs.jsonl").read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["run_key"] == summary.run_key

    def test_the_home_inside_a_source_is_not_read(self, reports: Path) -> None:
        run(reports / "bureau-data", reports)
        assert set(states(run(reports / "bureau-data", reports))) == {"a.txt", "b.txt"}


class TestIds:
    def test_two_years_under_one_name_run_one_after_the_other_are_two_documents(
        self, home: Path, tmp_path: Path
    ) -> None:
        old = write_report(tmp_path / "2023" / "科技局.txt")
        new = write_report(tmp_path / "2024" / "科技局.txt", count=30)
        assert set(states(run(home, old.parent))) == {"科技局.txt"}
        assert set(states(run(home, new.parent))) == {"2024/科技局.txt"}
        assert values(home, "SELECT document_id FROM document_summary ORDER BY ALL") == [
            ("2024/科技局.txt",),
            ("科技局.txt",),
        ]

    def test_a_document_keeps_its_id_whichever_folder_is_named(self, home: Path, tmp_path: Path) -> None:
        write_report(tmp_path / "all" / "2024" / "a.txt")
        assert set(states(run(home, tmp_path / "all"))) == {"2024/a.txt"}
        assert states(run(home, tmp_path / "all" / "2024")) == {"2024/a.txt": State.UNCHANGED}

    def test_a_folder_that_moved_brings_no_second_document(self, home: Path, reports: Path, tmp_path: Path) -> None:
        run(home, reports)
        shutil.move(reports, tmp_path / "moved")
        assert set(states(run(home, tmp_path / "moved")).values()) == {State.UNCHANGED}

    def test_a_manifest_names_documents_and_settles_their_identity(self, home: Path, tmp_path: Path) -> None:
        path = write_report(tmp_path / "reports" / "a.txt", bureau="市民政局")
        assert states(run(home, path)) == {"a.txt": State.NEEDS_REVIEW}
        manifest = tmp_path / "reports" / "who.csv"
        manifest.write_text("file,division\na.txt,常州市\n", encoding="utf-8")
        assert states(run(home, path.parent, manifest=manifest)) == {"a.txt": State.LOADED}
        assert values(home, "SELECT bureau, division_code FROM document_summary") == [("常州市民政局", "320400")]


class TestBadInput:
    def test_becomes_a_rejection_with_a_reason_and_the_rest_is_loaded(self, home: Path, reports: Path) -> None:
        bad = {
            "empty.txt": (b"", "empty"),
            "blank.txt": (b" \n\n", "empty"),
            "binary.txt": (bytes(range(256)) * 40, "binary"),
            "big5.txt": ("臺灣報告統計數據".encode("big5") * 50, "undecodable"),
            "report.pdf": (b"%PDF-1.7\n" + b"0" * 99, "damaged"),
            "slides.pptx": (zipped("[Content_Types].xml", "ppt/presentation.xml"), "unsupported_format"),
            "poem.txt": ("床前明月光，疑是地上霜。".encode(), "not_a_report"),
        }
        for name, (content, _reason) in bad.items():
            (reports / name).write_bytes(content)
        summary = run(home, reports)
        reasons = {name: reason for name, (_content, reason) in bad.items()}
        rejected = [outcome for outcome in summary.documents if outcome.state is State.REJECTED]
        assert summary.count(State.LOADED) == 2
        assert {outcome.document_id: outcome.reason for outcome in rejected} == reasons
        assert all(outcome.detail and outcome.hint for outcome in rejected)
        assert dict(values(home, "SELECT document_id, reason FROM rejected_document")) == reasons

    def test_a_line_of_200_megabytes_is_too_large(self, home: Path, reports: Path) -> None:
        with (reports / "line.txt").open("wb") as file:
            file.truncate(200_000_000)
        assert {outcome.reason for outcome in run(home, reports).documents} == {None, "too_large"}

    def test_a_missing_path_is_rejected_and_the_rest_is_loaded(self, home: Path, reports: Path) -> None:
        summary = run(home, reports / "a.txt", reports / "absent.txt")
        assert sorted(states(summary).values()) == [State.LOADED, State.REJECTED]
        assert values(home, "SELECT reason FROM rejected_document") == [("missing",)]

    def test_an_empty_folder_beside_reports_is_told(self, home: Path, reports: Path, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        summary = run(home, reports, tmp_path / "empty")
        assert [outcome.detail for outcome in summary.documents if outcome.state is State.REJECTED] == [
            "a folder without files"
        ]

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
    def test_a_file_that_may_not_be_read_is_rejected(self, home: Path, reports: Path) -> None:
        (reports / "b.txt").chmod(0)
        assert states(run(home, reports)) == {"a.txt": State.LOADED, "b.txt": State.REJECTED}

    def test_nothing_at_all_raises_and_writes_nothing(self, home: Path, tmp_path: Path) -> None:
        with pytest.raises(NothingToRead, match=r"absent\.txt: no such file"):
            run(home, tmp_path / "absent.txt")
        assert not home.exists()

    def test_a_rejection_ends_when_the_document_is_mended(self, home: Path, reports: Path) -> None:
        (reports / "c.txt").touch()
        run(home, reports)
        write_report(reports / "c.txt", bureau="抚顺市应急管理局")
        assert states(run(home, reports))["c.txt"] is State.LOADED
        assert values(home, "SELECT * FROM rejected_document WHERE valid_to_run IS NULL") == []


class TestBrokenRuns:
    @pytest.mark.parametrize("stage", ["load", "audit", "publish"])
    def test_a_stage_that_fails_changes_nothing_and_the_next_run_does_it(
        self, home: Path, reports: Path, stage: str
    ) -> None:
        run(home, reports)
        write_report(reports / "c.txt", bureau="抚顺市应急管理局")

        def fail(*_: object) -> None:
            raise WarehouseError("the disk is full")

        request = RunRequest((str(reports),), home)
        with pytest.raises(WarehouseError, match="the disk is full"):
            run_stages(request, Stages(**{stage: fail}))  # type: ignore[arg-type]
        assert values(home, "SELECT count(*) FROM document_summary") == [(2,)]
        assert [path.name for path in (home / "warehouse").glob("candidate*")] == []
        assert states(run_direct(request))["c.txt"] is State.LOADED

    def test_a_home_in_use_is_told_and_left_alone(self, home: Path, reports: Path) -> None:
        plan = pipeline.discover(RunRequest((str(reports),), home))
        pipeline.load(plan, pipeline.extract_all(plan, pipeline.ExtractionProcesses()))
        with pytest.raises(WarehouseBusy, match="another run works on this home"):
            run(home, reports)

    def test_what_is_staged_is_not_extracted_again(
        self, home: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan = pipeline.discover(RunRequest((str(reports),), home))
        pipeline.extract_all(plan, pipeline.ExtractionProcesses())
        monkeypatch.setattr("bureau_metrics.staging.batches.extract_document", lambda *_: 1 / 0)
        assert set(states(run(home, reports)).values()) == {State.LOADED}


class TestManyDocuments:
    def test_are_extracted_in_processes_with_the_same_result(self, tmp_path: Path) -> None:
        folder = tmp_path / "reports"
        for number in range(60):
            write_report(folder / f"{number:02}.txt", count=number + 1)
        (folder / "empty.txt").touch()
        many = run(tmp_path / "many", folder, workers=2)
        one = run(tmp_path / "one", folder, workers=1)
        assert many.count(State.LOADED) == 60
        assert many.count(State.REJECTED) == 1
        assert tree(tmp_path / "many" / "exports") == tree(tmp_path / "one" / "exports")
        assert many.documents == one.documents

    def test_batches_hold_no_more_than_the_batch_size(self, home: Path, tmp_path: Path) -> None:
        for number in range(30):
            write_report(tmp_path / "reports" / f"{number:02}.txt")
        plan = pipeline.discover(RunRequest((str(tmp_path / "reports"),), home, batch_size=7, workers=1))
        assert (len(plan.plan_files), plan.documents) == (5, 30)


class TestRunVerb:
    def test_says_what_it_did(
        self, command_line: CommandLine, home: Path, samples: Path, sample_documents: list[Document]
    ) -> None:
        outcome = command_line("run", samples, "--direct", "--home", home)
        assert outcome.code == 0
        assert outcome.err == ""
        documents = len(sample_documents)
        for said in (
            f"{documents} read",
            "facts ",
            " metrics × ",
            "observations.csv",
            "cross_bureau.csv",
            "bureau_metrics.duckdb",
        ):
            assert said in outcome.out
        assert "for review  市民政局2024.txt: not settled: division" in outcome.out
        assert "常州市科学技术局" in outcome.out

    @pytest.mark.parametrize(("strict", "code"), [((), 0), (("--strict",), 2)])
    def test_rejections_are_told_and_strict_minds_them(
        self, command_line: CommandLine, home: Path, reports: Path, strict: tuple[str, ...], code: int
    ) -> None:
        (reports / "empty.txt").touch()
        outcome = command_line("run", reports, reports / "absent.txt", "--direct", "--home", home, *strict)
        assert outcome.code == code
        assert "2 rejected" in outcome.out
        assert "rejected    empty.txt: the file is empty" in outcome.out
        assert "absent.txt: no such file" in outcome.out

    def test_nothing_readable_is_exit_code_1(self, command_line: CommandLine, home: Path, tmp_path: Path) -> None:
        (tmp_path / "empty.txt").touch()
        outcome = command_line("run", tmp_path / "empty.txt", "--direct", "--home", home)
        assert outcome.code == 1
        assert "empty.txt: the file is empty" in outcome.out

    def test_jsonl_gives_one_row_a_document(self, command_line: CommandLine, home: Path, reports: Path) -> None:
        (reports / "empty.txt").touch()
        outcome = command_line("run", reports, "--direct", "--home", home, "--format", "jsonl")
        rows = {row["document_id"]: row for row in map(json.loads, outcome.out.splitlines())}
        assert {name: row["state"] for name, row in rows.items()} == {
            "a.txt": "loaded", "b.txt": "loaded", "empty.txt": "rejected",
        }  # fmt: skip
        assert rows["a.txt"]["bureau"] == "常州市科学技术局"
        assert rows["empty.txt"]["reason"] == "empty"

    def test_a_manifest_that_is_wrong_is_told_with_its_row(
        self, command_line: CommandLine, home: Path, reports: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "m.csv").write_text("file,year\nother.txt,2024\n", encoding="utf-8")
        outcome = command_line("run", reports, "--direct", "--home", home, "--manifest", tmp_path / "m.csv")
        assert outcome.code == 1
        assert "m.csv, row 2: other.txt is not among the sources" in outcome.err

    def test_a_home_that_cannot_be_written_is_one_line(
        self, command_line: CommandLine, reports: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "file").touch()
        outcome = command_line("run", reports, "--direct", "--home", tmp_path / "file" / "home")
        assert outcome.code == 1
        assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("part", [100, 400_000])
def test_what_has_too_little_memory_beside_the_exports_is_summarised_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    write_report(tmp_path / "reports" / "a.txt")
    plenty = run_direct(RunRequest((str(tmp_path / "reports"),), tmp_path / "home"))
    monkeypatch.setattr("bureau_metrics.pipeline.stages.BESIDE_EXPORTS", part)
    little = run_direct(RunRequest((str(tmp_path / "reports"),), tmp_path / "little"))
    assert (little.held, len(little.documents), little.facts) == (plenty.held, 1, plenty.facts)
