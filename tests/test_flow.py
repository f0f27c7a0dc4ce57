"""The flow `etl`: the same result as without Prefect, retries, an artifact, and not a word on the screen."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import without_prefect_settings

from bureau_metrics.models import Document
from bureau_metrics.pipeline import DocumentOutcome, Loaded, NothingToRead, RunRequest, State, discover, run_direct
from bureau_metrics.warehouse import LoadCounts, WarehouseBusy, WarehouseError, WarehouseNotWritten

pytestmark = pytest.mark.prefect


def run_program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call the command line in a process of its own, with no Prefect settings of this machine."""
    clean = without_prefect_settings()
    return subprocess.run(
        [sys.executable, "-m", "bureau_metrics", *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**clean, **environment},
        timeout=180,
    )


def messages(process: subprocess.CompletedProcess[str]) -> list[str]:
    """What a run says beside its result, but for the announcement of the server."""
    return [line for line in process.stderr.splitlines() if not line.startswith("Starting Prefect's embedded server")]


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def first(home: Path, samples: Path) -> subprocess.CompletedProcess[str]:
    """The first run of the samples on an embedded server."""
    return run_program("run", samples, "--home", home)


class TestRunVerb:
    def test_runs_the_flow_quietly(self, first: subprocess.CompletedProcess[str]) -> None:
        assert first.returncode == 0
        assert messages(first) == []
        assert "metrics × " in first.stdout

    def test_gives_what_a_direct_run_gives(
        self, first: subprocess.CompletedProcess[str], home: Path, samples: Path, tmp_path: Path
    ) -> None:
        assert first.returncode == 0
        run_direct(RunRequest((str(samples),), tmp_path))
        for name in ("observations.csv", "cross_bureau.csv", "rejected.csv"):
            assert (home / "exports" / name).read_bytes() == (tmp_path / "exports" / name).read_bytes()

    def test_keeps_the_history_of_runs_under_the_home(
        self, first: subprocess.CompletedProcess[str], home: Path
    ) -> None:
        assert first.returncode == 0
        database = home / "prefect" / "prefect.db"
        assert rows(database, "SELECT state_type FROM flow_run") == [("COMPLETED",)]
        assert rows(database, "SELECT key, type FROM artifact") == [("bureau-metrics-run", "markdown")]
        stages = {name.rsplit("-", 1)[0] for (name,) in rows(database, "SELECT name FROM task_run")}
        assert {"discover", "extract batch", "load", "audit", "publish", "export"} <= stages

    def test_a_second_run_loads_nothing_new(
        self, first: subprocess.CompletedProcess[str], home: Path, samples: Path
    ) -> None:
        assert first.returncode == 0
        again = run_program("run", samples, "--home", home)
        assert again.returncode == 0
        assert " 0 of them new" in again.stdout

    def test_a_run_that_fails_is_one_line(
        self, first: subprocess.CompletedProcess[str], home: Path, tmp_path: Path
    ) -> None:
        assert first.returncode == 0
        (tmp_path / "empty").mkdir()
        failed = run_program("run", tmp_path / "empty", "--home", home)
        assert (failed.returncode, failed.stdout) == (1, "")
        said = f"{tmp_path / 'empty'}: a folder without files (name the folder that holds the reports)"
        assert messages(failed) == [f"error: nothing to read: {said}"]

    def test_a_server_that_does_not_answer_is_one_line(self, tmp_path: Path, samples: Path) -> None:
        failed = run_program("run", samples, "--home", tmp_path, PREFECT_API_URL="http://127.0.0.1:9/api")
        assert (failed.returncode, failed.stdout) == (1, "")
        assert failed.stderr.startswith("error: no Prefect server answers at PREFECT_API_URL=http://127.0.0.1:9/api")


@pytest.fixture(scope="module")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An API for flows in this process, in a Prefect home of its own."""
    folder = tmp_path_factory.mktemp("prefect")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PREFECT")]:
            patch.delenv(name)
        patch.setenv("PREFECT_HOME", str(folder))
        from bureau_metrics.flows.embedded_server import prefect_api

        with prefect_api(folder, folder / "server.log") as address:
            from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

            with temporary_settings({PREFECT_API_URL: address, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
                yield
            from bureau_metrics.flows.local import drain

            drain()


@pytest.mark.usefixtures("prefect_server")
class TestFlow:
    def test_many_batches_end_like_one(
        self, tmp_path: Path, samples: Path, sample_documents: list[Document], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from bureau_metrics.flows.etl import etl

        monkeypatch.setenv("BUREAU_METRICS_BATCH_SIZE", "5")
        summary = etl([str(samples)], tmp_path / "home")
        assert summary.read == len(sample_documents)
        assert len(list((tmp_path / "home" / "staging").glob("*/*/batch.json"))) == -(-len(sample_documents) // 5)

    def test_a_batch_that_fails_once_is_tried_again(
        self, tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from bureau_metrics.flows import tasks
        from bureau_metrics.flows.etl import etl

        from bureau_metrics import pipeline

        calls: list[Path] = []

        def shaky(plan_file: Path) -> Path:
            calls.append(plan_file)
            if len(calls) == 1:
                raise OSError("the share is away")
            return real(plan_file)

        real = pipeline.extract_batch
        monkeypatch.setattr("bureau_metrics.pipeline.extraction_processes.extract_batch", shaky)
        monkeypatch.setattr(tasks.extract, "retry_delay_seconds", [0.0, 0.0])
        summary = etl([str(samples)], tmp_path / "home")
        assert len(calls) == 2
        assert summary.count(State.REJECTED) == 0

    def test_prefect_does_not_look_through_the_documents_of_a_run(self, tmp_path: Path, samples: Path) -> None:
        """It looks through collections for results of other tasks, which takes as long as there are documents."""
        from bureau_metrics.flows.etl import etl
        from bureau_metrics.flows.tasks import STAGES
        from prefect import flow
        from prefect.utilities.collections import visit_collection

        class Untouched(tuple[str, ...]):
            def __iter__(self) -> Iterator[str]:
                raise AssertionError("looked through")

        plan = replace(
            discover(RunRequest((str(samples),), tmp_path / "home")), unchanged=Untouched(), gone=Untouched()
        )
        with pytest.raises(WarehouseError, match="is gone"):
            flow(lambda: STAGES.audit(plan, Loaded(tmp_path / "none", LoadCounts())), name="audit alone")()
        seen: list[object] = []
        visit_collection(etl([str(samples)], tmp_path / "home"), visit_fn=seen.append, return_data=False)
        assert not [found for found in seen if isinstance(found, DocumentOutcome)]

    def test_what_cannot_go_on_is_raised_as_it_is(self, tmp_path: Path) -> None:
        from bureau_metrics.flows.etl import etl

        with pytest.raises(NothingToRead, match=r"absent\.txt"):
            etl([str(tmp_path / "absent.txt")], tmp_path / "home")


@pytest.mark.parametrize(
    ("error", "deployed", "retried"),
    [
        (OSError("the share is away"), False, True),
        (WarehouseBusy("another run works on this home"), False, False),
        (WarehouseBusy("another run works on this home"), True, True),
        (WarehouseError("the candidate breaks a rule"), True, False),
        (WarehouseNotWritten("cannot write the candidate: No space left on device"), True, True),
        (NothingToRead("no files"), True, False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_what_may_pass_by_itself_is_tried_again(
    error: Exception, deployed: bool, retried: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bureau_metrics.flows import tasks
    from prefect.states import Failed

    monkeypatch.setattr(tasks, "deployment", SimpleNamespace(id="nightly" if deployed else None))
    assert tasks.may_pass(None, None, Failed(data=error)) is retried


def test_what_the_system_said_behind_our_own_error_is_looked_at() -> None:
    from bureau_metrics.flows.tasks import may_pass
    from prefect.states import Failed

    error = WarehouseError("cannot prepare the warehouse: No space left on device")
    error.__context__ = OSError(28, "No space left on device")
    assert may_pass(None, None, Failed(data=error))
