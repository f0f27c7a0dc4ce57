"""What is installed is whole: packages, SQL, catalogue, data and flow, from the source archive to the empty folder."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

DATA_SUFFIXES = {".sql", ".toml", ".csv", ".md", ".html", ".css"}
REPORT = (
    "常州市科学技术局\n2024年法治政府建设年度报告\n\n"
    "2024年，我局全年召开局党组会29次，全市高新技术企业总数达4508家。\n\n"
    "常州市科学技术局\n2025年1月21日\n"
)


def project(checkout: Path) -> dict[str, object]:
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))


def expected_files(checkout: Path) -> set[str]:
    """Paths inside an installed package of every module and data file of the checkout."""
    homes = {
        "bureau_metrics": checkout / "src" / "bureau_metrics",
        "bureau_metrics/flows": checkout / "flows",
        "bureau_metrics/sql": checkout / "warehouse",
    }
    return {
        f"{home}/{path.relative_to(folder).as_posix()}"
        for home, folder in homes.items()
        for path in folder.rglob("*")
        if path.suffix in {*DATA_SUFFIXES, ".py", ".typed"}
    }


def test_every_package_is_named(checkout: Path) -> None:
    found = {
        ".".join(path.parent.relative_to(checkout / "src").parts) for path in (checkout / "src").rglob("__init__.py")
    }
    setuptools = project(checkout)["tool"]["setuptools"]  # type: ignore[index]
    assert set(setuptools["packages"]) == found | {"bureau_metrics.flows", "bureau_metrics.sql"}


def test_constraints_are_exact_and_name_no_index(checkout: Path) -> None:
    lines = (checkout / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[^ ]+", line)] == []
    names = {re.split("[=]", pin)[0].lower().replace("_", "-") for pin in pins}
    details = project(checkout)["project"]
    extras = details["optional-dependencies"]  # type: ignore[index]
    asked = [*details["dependencies"], *(line for extra in extras.values() for line in extra)]  # type: ignore[index]
    wanted = [requirement for requirement in asked if not requirement.startswith("bureau-metrics[")]
    assert {re.split("[<>=~ ]", requirement)[0].lower() for requirement in wanted} <= names


def test_every_dependency_says_why(checkout: Path) -> None:
    text = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    requirements = re.findall(r'^  "[a-z0-9-]+[<>=][^"]*",.*$', text, re.MULTILINE)
    assert len(requirements) > 10
    assert [line for line in requirements if not re.search(r"#\s+\S+", line)] == []


def run(*arguments: object, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PREFECT", "PYTHON", "BUREAU_METRICS", "VIRTUAL_ENV"))
    }
    result = subprocess.run(
        list(map(str, arguments)),
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=clean,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    return result


@pytest.fixture(scope="module")
def source_archive(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, built from a copy of what git tracks or would track."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("sdist")
    listed = run(
        "git", "-c", "core.quotePath=off", "ls-files", "--cached", "--others", "--exclude-standard", cwd=checkout
    )
    for name in listed.stdout.splitlines():
        if (checkout / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((checkout / name).read_bytes())
    build = f"from setuptools import build_meta; build_meta.build_sdist({str(out)!r})"
    run(sys.executable, "-c", build, cwd=copy)
    (archive,) = out.glob("*.tar.gz")
    return archive


@pytest.fixture(scope="module")
def wheel(source_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive alone."""
    unpacked, out = tmp_path_factory.mktemp("unpacked"), tmp_path_factory.mktemp("wheel")
    with tarfile.open(source_archive) as archive:
        archive.extractall(unpacked, filter="data")
    (folder,) = unpacked.iterdir()
    run(sys.executable, "-c", f"from setuptools import build_meta; build_meta.build_wheel({str(out)!r})", cwd=folder)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel into an empty environment."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    # Not compiled: of the packages that it brings the tests import a small part.
    install = (scripts / "python", "-m", "pip", "install", "-qq", "--no-compile", "-c", checkout / "constraints.txt")
    run(*install, wheel, cwd=environment)
    return scripts / "bureau-metrics"


@pytest.mark.slow
class TestBuilt:
    def test_wheel_holds_every_module_and_data_file(self, wheel: Path, checkout: Path) -> None:
        names = set(zipfile.ZipFile(wheel).namelist())
        assert expected_files(checkout) - names == set()
        assert any(name.endswith("LICENSE") for name in names)

    def test_wheel_holds_nothing_else(self, wheel: Path) -> None:
        names = zipfile.ZipFile(wheel).namelist()
        assert [name for name in names if not re.match(r"bureau_metrics(/|-[^/]*\.dist-info/)", name)] == []
        assert [name for name in names if name.endswith((".pyc", ".txt")) and "dist-info" not in name] == []

    def test_source_archive_holds_tests_and_samples(self, source_archive: Path) -> None:
        with tarfile.open(source_archive) as archive:
            names = {name.partition("/")[2] for name in archive.getnames()}
        assert {"Makefile", "constraints.txt", "LICENSE", "tests/conftest.py", "samples", "warehouse/schema"} <= names


@pytest.mark.long
@pytest.mark.xdist_group("installed")  # the environment is made once
class TestInstalled:
    def test_reads_text(self, program: Path, tmp_path: Path) -> None:
        said = run(program, "extract", "-", "--format", "jsonl", cwd=tmp_path, stdin="全市高新技术企业1000余家")
        assert '"metric": "high_tech_enterprises"' in said.stdout
        assert list(tmp_path.iterdir()) == []

    def test_catalogue_is_whole(self, program: Path, tmp_path: Path) -> None:
        assert "all examples read as expected" in run(program, "catalogue", "check", cwd=tmp_path).stderr

    def test_runs_the_flow_in_an_empty_folder_and_answers(self, program: Path, tmp_path: Path) -> None:
        (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
        said = run(program, "run", "report.txt", cwd=tmp_path)
        assert "1 read" in said.stdout
        answer = run(program, "query", "@high_tech_enterprises", "--format", "csv", cwd=tmp_path)
        assert "4508" in answer.stdout
        assert sorted(path.name for path in tmp_path.iterdir()) == ["bureau-data", "report.txt"]

    def test_types_reach_whoever_imports_it(self, program: Path, tmp_path: Path) -> None:
        code = "from importlib.resources import files; print((files('bureau_metrics') / 'py.typed').is_file())"
        assert run(program.with_name("python"), "-c", code, cwd=tmp_path).stdout == "True\n"
