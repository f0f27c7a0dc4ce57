"""The engine dask: real scheduler, two worker processes, and the same exports as on one machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import CommandLine, without_prefect_settings
from made_up_reports import write_report

from bureau_metrics.pipeline import RunRequest, discover, extract_on_worker, fetch_batch, run_direct, share_plan
from bureau_metrics.pipeline.shared_storage import SourcesNotShared

DOCUMENTS = 60
EXPORTS = ("observations.csv", "cross_bureau.csv", "rejected.csv")
SLOW = "import time\nimport bureau_metrics.staging.batches as batches\nread = batches._read\n"
SLOW += "batches._read = lambda *of: (time.sleep(0.1), read(*of))[1]\n"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for number in range(DOCUMENTS):
        write_report(folder / f"{number:02}.txt", count=number + 1)
    (folder / "empty.txt").touch()
    return folder


@dataclass(frozen=True)
class Cluster:
    """A scheduler's address, and the processes of its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A Dask scheduler and two workers, each a process of its own that takes a tenth of a second a document."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(SLOW, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environment = {**os.environ, "PYTHONPATH": str(site)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    scheduler = subprocess.Popen([*_program("dask_scheduler"), "--port", str(port), "--no-dashboard"], **quiet)  # type: ignore[call-overload]
    call = [*_program("dask_worker"), address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    workers = [subprocess.Popen(call, cwd=tmp_path, **quiet) for _ in range(2)]  # type: ignore[call-overload]
    yield Cluster(address, workers)
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def _program(name: str) -> list[str]:
    return [sys.executable, "-c", f"from distributed.cli.{name} import main; main()"]


def run_on(cluster: Cluster, home: Path, reports: Path, **settings: str) -> subprocess.Popen[str]:
    clean = without_prefect_settings()
    environment = {**clean, "BUREAU_METRICS_DASK_SCHEDULER": cluster.address, "BUREAU_METRICS_BATCH_SIZE": "10"}
    call = [sys.executable, "-m", "bureau_metrics", "--home", str(home), "run", "--engine", "dask", str(reports)]
    return subprocess.Popen(
        call, env={**environment, **settings}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def same_exports(one: Path, other: Path) -> bool:
    return all((one / "exports" / name).read_bytes() == (other / "exports" / name).read_bytes() for name in EXPORTS)


@pytest.mark.long
@pytest.mark.prefect
class TestOnACluster:
    def test_one_worker_is_killed_and_the_exports_are_those_of_one_machine(
        self, cluster: Cluster, reports: Path, tmp_path: Path
    ) -> None:
        process = run_on(cluster, tmp_path / "home", reports)
        staged = tmp_path / "home" / "staging"
        deadline = time.monotonic() + 120
        while not list(staged.glob("*/*/batch.json")) and time.monotonic() < deadline:
            time.sleep(0.1)
        cluster.workers[0].send_signal(signal.SIGKILL)
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
        assert f"{DOCUMENTS} loaded" in out
        run_direct(RunRequest((str(reports),), tmp_path / "direct"))
        assert same_exports(tmp_path / "home", tmp_path / "direct")

    def test_batches_travel_over_shared_storage(self, cluster: Cluster, reports: Path, tmp_path: Path) -> None:
        storage = tmp_path / "share"
        address = storage.as_uri()
        process = run_on(cluster, tmp_path / "home", reports, BUREAU_METRICS_SHARED_STORAGE=address)
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
        assert f"{DOCUMENTS} loaded" in out
        assert len(list(storage.glob("*/*/batch.json"))) == 7
        assert list(storage.glob("plans/*")) == []


class TestSharedStorage:
    def test_a_batch_comes_back_as_it_was_made(self, reports: Path, tmp_path: Path) -> None:
        storage = (tmp_path / "share").as_uri()
        plan = discover(RunRequest((str(reports),), tmp_path / "home", workers=1))
        (plan_file,) = plan.plan_files
        address = extract_on_worker(share_plan(plan_file, storage), storage)
        folder = fetch_batch(address, plan.home.staging, storage)
        here = Path(extract_on_worker(str(plan_file)))
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
            path.name: path.read_bytes() for path in here.iterdir()
        }

    def test_sources_that_a_worker_does_not_see_are_no_rejections(self, tmp_path: Path) -> None:
        path = write_report(tmp_path / "reports" / "a.txt")
        (plan_file,) = discover(RunRequest((str(path.parent),), tmp_path / "home")).plan_files
        path.unlink()
        with pytest.raises(SourcesNotShared, match="sources must lie on a path that every worker sees"):
            extract_on_worker(str(plan_file))


def test_a_cluster_is_reached_by_way_of_prefect_only(command_line: CommandLine, reports: Path, tmp_path: Path) -> None:
    outcome = command_line("run", reports, "--home", tmp_path, "--direct", "--engine", "dask")
    assert (outcome.code, outcome.err) == (1, "error: --engine dask needs Prefect; leave --direct out\n")
