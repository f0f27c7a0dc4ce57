"""Fixtures that several tests share: the checkout, the samples, and the command line called as a person calls it."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bureau_metrics.cli.reading import SourceReader
from bureau_metrics.models import Document

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Outcome:
    """What a call of the command line left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


_ending: dict[str, int] = {}
CommandLine = Callable[..., Outcome]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Leave at once when Prefect has run here: its threads make native libraries complain at the very end."""
    if "prefect" in sys.modules and "status" in _ending:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_ending["status"])


def pytest_sessionfinish(exitstatus: int) -> None:
    _ending["status"] = int(exitstatus)


def without_prefect_settings() -> dict[str, str]:
    """The environment for a process of its own, without what this machine says to Prefect."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}


@pytest.fixture(autouse=True)
def _no_settings_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BUREAU_METRICS_") and name != "BUREAU_METRICS_GOLD"]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _one_empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make the empty warehouse that every new home begins with once: that takes longer than most tests that need it."""
    from bureau_metrics.warehouse import connection, publication, schema

    empty = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    connection.create_file(empty)
    with connection.writing(empty) as opened:
        schema.migrate(opened)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(publication, "create_file", lambda path: shutil.copyfile(empty, path))
        yield


@pytest.fixture(scope="session")
def checkout() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def sample_documents(samples: Path) -> list[Document]:
    """The samples, read: files of every format, and the members of an archive."""
    return [
        document
        for document, _ in SourceReader([str(samples)], leave_out=ROOT / "bureau-data", manifest=None).documents()
    ]


@pytest.fixture(scope="session")
def gold_folder() -> Path:
    """The folder of real reports with their gold facts, which is no part of the repository."""
    folder = os.environ.get("BUREAU_METRICS_GOLD")
    if not folder:
        pytest.skip("BUREAU_METRICS_GOLD names no folder of gold reports")
    return Path(folder)


@pytest.fixture
def command_line(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Call the command line in this process, with arguments and what stands on standard input."""
    from bureau_metrics.cli import main

    def call(*arguments: object, stdin: str | bytes = b"") -> Outcome:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Outcome(code, out, err)

    return call
