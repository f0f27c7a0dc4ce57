"""The READMEs do not drift: their commands run, print what is shown, and are the same in both languages."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from conftest import ROOT, CommandLine

from bureau_metrics.catalogue_examples import check
from bureau_metrics.models import FACT_FIELDS

READMES = ("README.md", "README.zh-CN.md")
PROMPT = "$ "


def blocks(name: str, language: str) -> list[str]:
    """The code blocks of one language in a README."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


def console_lines(name: str) -> list[str]:
    return [line for block in blocks(name, "console") for line in block.splitlines()]


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the checkout, for commands that write."""
    for name in ("samples", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_commands_run_and_print_what_is_shown(command_line: CommandLine) -> None:
    printed: dict[str, str] = {}
    for line in [line for line in console_lines(READMES[0]) if line.startswith(PROMPT)]:
        program, *arguments = shlex.split(line.removeprefix(PROMPT))
        outcome = command_line(*arguments)
        assert (program, outcome.code, line) == ("bureau-metrics", 0, line)
        printed[line] = squeezed(outcome.out)
    assert len(printed) > 8
    for name in READMES:
        command = ""
        for line in console_lines(name):
            if line.startswith(PROMPT):
                command = line
            else:
                assert squeezed(line) in printed[command], f"{name}: {line!r} is not printed any more"


@pytest.mark.parametrize("name", READMES)
@pytest.mark.usefixtures("folder")
def test_python_examples_give_what_they_say(name: str) -> None:
    (source,) = blocks(name, "python")
    test = doctest.DocTestParser().get_doctest(source, {}, name, name, 0)
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("name", READMES)
def test_make_targets_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8")))
    assert {"run", "test", "bench"} <= targets
    assert {target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()


@pytest.mark.parametrize("name", READMES)
def test_every_field_of_a_fact_is_described(name: str) -> None:
    described = set(re.findall(r"`([a-z_]+)`", (ROOT / name).read_text(encoding="utf-8")))
    assert set(FACT_FIELDS) <= described


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_both_languages_give_the_same_commands() -> None:
    english, chinese = ([line for line in console_lines(name) if line.startswith(PROMPT)] for name in READMES)
    assert english == chinese


@pytest.mark.parametrize("name", READMES)
def test_the_metric_that_is_shown_passes_the_check(name: str, tmp_path: Path) -> None:
    metric = next(block for block in blocks(name, "text") if "[[metric]]" in block)
    (tmp_path / "innovation.toml").write_text(metric, encoding="utf-8")
    assert check(tmp_path) == []


@pytest.mark.usefixtures("folder")
def test_the_first_screen_shows_what_a_run_prints(command_line: CommandLine) -> None:
    outcome = command_line("run", "samples", "--direct")
    printed = squeezed(outcome.out + outcome.err)
    for name in READMES:
        shown = next(block for block in blocks(name, "text") if "audit findings" in block)
        lines = [line for line in shown.splitlines() if line.strip() and "──" not in line]
        assert len(lines) > 8
        assert [line for line in lines if squeezed(line) not in printed] == [], name


@pytest.mark.usefixtures("folder")
def test_the_snippets_name_files_and_columns_that_are_there(command_line: CommandLine) -> None:
    command_line("run", "samples", "--direct")
    command_line("export", "--to", "exports", "--format", "csv", "--format", "parquet")
    header = Path("exports/cross_bureau_long.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    for name in READMES:
        (r_snippet,), (python_snippet,) = blocks(name, "r"), blocks(name, "py")
        paths = re.findall(r'"(exports/[^"]+)"', r_snippet + python_snippet)
        assert len(paths) == 4
        assert all(list(Path().glob(path)) for path in paths), name
        typed = re.findall(r'(\w+) = "[idD]"', r_snippet)
        assert len(typed) == 10
        assert {*typed, "division_code"} <= set(header), name
