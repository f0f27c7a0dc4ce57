"""The command line as a person meets it: data on standard output, one clear line for an error, stated exit codes."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from conftest import CommandLine

from bureau_metrics.cli import app
from bureau_metrics.models import FACT_FIELDS

TEXT = "某市科技局2024年工作总结\n全年召开会议37次，研究议题356个。"
REPORT = "常州市科学技术局2024.txt"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A home with the samples in it."""
    from bureau_metrics.pipeline import RunRequest, run_direct

    folder = tmp_path_factory.mktemp("home")
    run_direct(RunRequest.from_settings([str(samples / "桂林市审计局2023.doc")], folder))
    run_direct(RunRequest.from_settings([str(samples)], folder))
    return folder


def commands() -> Iterator[tuple[list[str], str]]:
    """Every verb with its example."""
    root = typer.main.get_command(app)
    for name, command in sorted(root.commands.items()):
        if hasattr(command, "commands"):
            yield from (([name, verb], str(inner.epilog)) for verb, inner in sorted(command.commands.items()))
        yield [name], str(command.epilog)


VERBS = list(commands())


class TestHelp:
    @pytest.mark.parametrize("verb", [verb for verb, _ in VERBS], ids=" ".join)
    def test_help_ends_in_an_example(self, command_line: CommandLine, verb: list[str]) -> None:
        outcome = command_line(*verb, "--help")
        assert outcome.code == 0
        assert outcome.out.rstrip().splitlines()[-1].strip().startswith("Example: bureau-metrics")

    @pytest.mark.parametrize(
        "example",
        [example for verb, example in VERBS if verb not in (["run"], ["serve"])],
        ids=lambda text: text[24:],
    )
    def test_the_example_works(
        self,
        command_line: CommandLine,
        monkeypatch: pytest.MonkeyPatch,
        checkout: Path,
        home: Path,
        tmp_path: Path,
        example: str,
    ) -> None:
        for name in ("samples", "tests"):
            (tmp_path / name).symlink_to(checkout / name)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("BUREAU_METRICS_HOME", str(home))
        if "review apply" in example:
            command_line("review", "export", "--to", "review.xlsx")
        program, *arguments = shlex.split(example.removeprefix("Example: "))
        outcome = command_line(*arguments)
        assert (program, outcome.code) == ("bureau-metrics", 0)
        assert outcome.out or outcome.err

    def test_help_does_not_wait_for_prefect_or_duckdb(self) -> None:
        loaded = "print({'prefect', 'duckdb'} & set(sys.modules))"
        code = f"import sys; from bureau_metrics.cli import main; main(['--help']); {loaded}"
        result = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
        )
        assert result.stdout.endswith("set()\n")

    def test_no_verb_shows_the_help(self, command_line: CommandLine) -> None:
        outcome = command_line()
        assert (outcome.code, outcome.out) == (1, "")
        assert "catalogue" in outcome.err

    def test_version(self, command_line: CommandLine) -> None:
        from bureau_metrics import __version__

        assert command_line("--version").out == f"{__version__}\n"


class TestWrongCalls:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["bogus"], "bogus"),
            (["run"], "SOURCE"),
            (["extract", "--format", "xml", "a.txt"], "xml"),
            (["extract", "absent.txt"], "absent.txt: no such file or folder"),
            (["extract", "https://example.org/a.html"], "an address is no file (put addresses in a CSV file"),
            (["extract", "pages.csv"], "pages.csv: a list of addresses, which extract does not fetch"),
            (["text", "absent.txt"], "absent.txt: no such file"),
            (["run", "absent.txt", "--direct"], "absent.txt: no such file or folder"),
            (["run", "empty", "--direct"], "empty: a folder without files"),
            (["query", "SELECT 1"], "no warehouse at"),
            (["query", "SELECT 1", "--file", "q.sql"], "not both"),
            (["query", "@nosuch"], "nosuch"),
            (["query", "@rank_bureaus", "-p", "year=2024"], "-p metric="),
            (["query", "@rank_bureaus", "-p", "year"], "NAME=VALUE"),
            (["query", "--file", "absent.sql"], "absent.sql"),
            (["explain", "abcdef"], "no warehouse at"),
            (["explain", "a"], "at least 6"),
            (["export"], "no warehouse at"),
            (["evaluate", "--gold", "absent.jsonl", "empty"], "absent.jsonl"),
            (["evaluate", "--gold", "gold.jsonl"], "--predicted"),
            (["catalogue", "check", "broken"], "broken.toml"),
            (["catalogue", "list", "broken"], "broken.toml"),
            (["run", "empty", "--direct", "--manifest", "absent.csv"], "a folder without files"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_is_one_clear_line_and_exit_code_1(
        self,
        command_line: CommandLine,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        arguments: list[str],
        said: str,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "empty").mkdir()
        (tmp_path / "broken").mkdir()
        (tmp_path / "broken" / "broken.toml").write_text("[[metric]\n", encoding="utf-8")
        (tmp_path / "pages.csv").write_text("url\nhttps://example.org/a.html\n", encoding="utf-8")
        outcome = command_line(*arguments)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.count("\n") == 1
        assert outcome.err.startswith("error: ")
        assert said in outcome.err
        assert not (tmp_path / "bureau-data").exists()

    def test_a_wrong_setting_is_named(self, command_line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BUREAU_METRICS_BATCH_SIZE", "many")
        outcome = command_line("run", "samples")
        assert outcome.code == 1
        assert outcome.err.startswith("error: BUREAU_METRICS_BATCH_SIZE=many: ")

    def test_an_unexpected_error_is_one_line_too(
        self, command_line: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bureau_metrics.cli.documents.read_source", lambda _file: 1 / 0)
        outcome = command_line("text", "-")
        assert outcome.code == 1
        assert (
            outcome.err
            == "error: unexpected ZeroDivisionError: division by zero (BUREAU_METRICS_DEBUG=1 shows where)\n"
        )

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("Query interrupted")], ids=repr)
    def test_an_interrupt_is_one_word(
        self, command_line: CommandLine, monkeypatch: pytest.MonkeyPatch, error: BaseException
    ) -> None:
        def interrupted(_file: str) -> None:
            raise error

        monkeypatch.setattr("bureau_metrics.cli.documents.read_source", interrupted)
        outcome = command_line("text", "-")
        assert (outcome.code, outcome.out, outcome.err.strip()) == (130, "", "interrupted")


class TestExtract:
    def test_prints_one_fact_a_line_with_the_fields_of_a_fact(self, command_line: CommandLine) -> None:
        outcome = command_line("extract", "-", "--format", "jsonl", stdin=TEXT)
        facts = [json.loads(line) for line in outcome.out.splitlines()]
        assert outcome.code == 0
        assert [list(fact) for fact in facts] == [list(FACT_FIELDS)] * 2
        assert [(fact["text"], fact["value"], fact["year"]) for fact in facts] == [
            ("37次", "37", 2024),
            ("356个", "356", 2024),
        ]

    def test_takes_any_text(self, command_line: CommandLine) -> None:
        outcome = command_line("extract", "-", "--format", "jsonl", stdin="共有高新技术企业1000余家")
        (fact,) = [json.loads(line) for line in outcome.out.splitlines()]
        assert (fact["metric"], fact["value"], fact["lower"], fact["qualifier"]) == (
            "high_tech_enterprises", "1000", "1000", "more_than",
        )  # fmt: skip

    def test_orders_by_document_and_start(self, command_line: CommandLine, samples: Path) -> None:
        files = sorted(samples.glob("*.txt"), reverse=True)
        outcome = command_line("extract", *files, "--format", "jsonl")
        places = [(fact["document"], fact["start"]) for fact in map(json.loads, outcome.out.splitlines())]
        assert len({document for document, _ in places}) == len(files)
        assert places == sorted(places)

    def test_csv_has_the_same_fields(self, command_line: CommandLine) -> None:
        outcome = command_line("extract", "-", "--format", "csv", stdin=TEXT)
        header, *rows = csv.reader(io.StringIO(outcome.out))
        assert header == list(FACT_FIELDS)
        assert len(rows) == 2

    def test_a_manifest_overrules_the_year(self, command_line: CommandLine, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / "m.csv").write_text("file,id,year\na.txt,one,2021\n", encoding="utf-8")
        outcome = command_line("extract", tmp_path / "a.txt", "--manifest", tmp_path / "m.csv", "--format", "jsonl")
        facts = [json.loads(line) for line in outcome.out.splitlines()]
        assert {(fact["document_id"], fact["document"]) for fact in facts} == {("one", "a.txt")}

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("empty.txt", b"", "the file is empty"),
            ("binary.txt", bytes(range(256)) * 8, "binary data"),
            ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"0" * 99, "a PNG picture"),
        ],
    )
    def test_what_cannot_be_read_is_said_and_the_rest_is_done(
        self, command_line: CommandLine, tmp_path: Path, name: str, content: bytes, said: str
    ) -> None:
        (tmp_path / name).write_bytes(content)
        (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
        for arguments, code in (([], 0), (["--strict"], 2)):
            outcome = command_line("extract", tmp_path, "--format", "jsonl", *arguments)
            assert outcome.code == code
            assert len(outcome.out.splitlines()) == 2
            assert name in outcome.err
            assert said in outcome.err

    def test_a_line_of_200_megabytes_is_refused_unread(self, command_line: CommandLine, tmp_path: Path) -> None:
        with (tmp_path / "line.txt").open("wb") as file:
            file.truncate(200_000_000)
        (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
        outcome = command_line("extract", tmp_path, "--format", "jsonl")
        assert outcome.code == 0
        assert "line.txt: 200,000,000 bytes, more than the limit" in outcome.err
        assert len(outcome.out.splitlines()) == 2

    def test_nothing_readable_is_exit_code_1(self, command_line: CommandLine, tmp_path: Path) -> None:
        (tmp_path / "empty.txt").touch()
        outcome = command_line("extract", tmp_path)
        assert (outcome.code, outcome.out) == (1, "")


class TestTextAndLedger:
    def test_text_prints_the_text_that_offsets_refer_to(self, command_line: CommandLine, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes("第一行\r\n会议37次".encode("gb18030"))
        assert command_line("text", tmp_path / "a.txt").out == "第一行\n会议37次"

    def test_every_fact_stands_where_it_says(self, command_line: CommandLine, samples: Path) -> None:
        text = command_line("text", samples / REPORT).out
        facts = command_line("extract", samples / REPORT, "--format", "jsonl").out
        for fact in map(json.loads, facts.splitlines()):
            assert text[fact["start"] : fact["end"]] == fact["text"]

    def test_ledger_gives_every_numeral_one_disposition(self, command_line: CommandLine) -> None:
        outcome = command_line("ledger", "-", "--format", "jsonl", stdin=TEXT)
        entries = [(entry["text"], entry["disposition"]) for entry in map(json.loads, outcome.out.splitlines())]
        assert entries == [("2024", "date"), ("37", "fact"), ("356", "fact")]

    def test_ledger_shows_one_disposition_only(self, command_line: CommandLine) -> None:
        outcome = command_line("ledger", "-", "--only", "date", "--format", "jsonl", stdin=TEXT)
        assert [json.loads(line)["text"] for line in outcome.out.splitlines()] == ["2024"]


class TestWarehouseVerbs:
    def test_query_answers_how_many_high_tech_enterprises_each_bureau_reports(
        self, command_line: CommandLine, home: Path
    ) -> None:
        outcome = command_line("query", "@high_tech_enterprises", "--home", home, "--format", "jsonl")
        rows = [json.loads(line) for line in outcome.out.splitlines()]
        assert {"bureau", "year", "value", "lower", "upper", "qualifier", "sentence"} <= set(rows[0])
        stock = [row for row in rows if row["bureau"] == "常州市科学技术局" and row["measure"] == "stock"]
        assert [(row["year"], row["value"]) for row in stock][:1] == [(2024, "4508")]
        assert all(row["text"] in row["sentence"] for row in rows)

    def test_home_may_stand_before_the_verb_or_in_the_environment(
        self, command_line: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = command_line("--home", home, "query", "SELECT 1 AS one", "--format", "csv")
        monkeypatch.setenv("BUREAU_METRICS_HOME", str(home))
        assert before.out == command_line("query", "SELECT 1 AS one", "--format", "csv").out == "one\n1\n"

    def test_query_reads_a_file_and_parameters(self, command_line: CommandLine, home: Path, tmp_path: Path) -> None:
        (tmp_path / "q.sql").write_text("SELECT $year + 1 AS next, $name AS name", encoding="utf-8")
        outcome = command_line(
            "query", "--file", tmp_path / "q.sql", "-p", "year=2024", "-p", "name=甲", "--home", home, "--format", "csv"
        )
        assert outcome.out == "next,name\n2025,甲\n"

    @pytest.mark.parametrize(
        "sql",
        [
            "COPY (SELECT 1) TO 'stolen.csv'",
            "SELECT * FROM read_csv('/etc/passwd')",
            "DELETE FROM fact_observation",
            "ATTACH 'x'",
        ],
    )
    def test_query_can_only_read_the_warehouse(self, command_line: CommandLine, home: Path, sql: str) -> None:
        outcome = command_line("query", sql, "--home", home)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.count("\n") == 1

    def test_query_lists_the_named_queries(self, command_line: CommandLine) -> None:
        outcome = command_line("query", "--format", "csv")
        assert "@rank_bureaus,metric year," in outcome.out

    def test_explain_shows_the_sentence_with_the_figure_marked_and_why(
        self, command_line: CommandLine, home: Path
    ) -> None:
        sql = "SELECT fact_id, text, sentence FROM observation WHERE text = '4508家'"
        fact = json.loads(command_line("query", sql, "--home", home, "--format", "jsonl").out.splitlines()[0])
        outcome = command_line("explain", fact["fact_id"], "--home", home)
        assert fact["sentence"].replace("4508家", "【4508家】", 1) in outcome.out
        for said in ("high_tech_enterprises", REPORT, "服务科技创新", "rule ", "term ", "high"):
            assert said in outcome.out

    def test_explain_takes_the_beginning_of_an_id(self, command_line: CommandLine, home: Path) -> None:
        (fact_id,) = command_line(
            "query", "SELECT fact_id FROM observation ORDER BY ALL LIMIT 1", "--home", home, "--format", "csv"
        ).out.splitlines()[1:]
        shown = json.loads(command_line("explain", fact_id[:10], "--home", home, "--format", "jsonl").out)
        assert shown["fact_id"] == fact_id

    def test_explain_of_an_unknown_id_says_where_ids_are(self, command_line: CommandLine, home: Path) -> None:
        outcome = command_line("explain", "000000000000", "--home", home)
        assert outcome.code == 1
        assert "observations.csv" in outcome.err

    def test_export_writes_the_csv_files(self, command_line: CommandLine, home: Path, tmp_path: Path) -> None:
        outcome = command_line("export", "--to", tmp_path / "out", "--home", home, "--format", "jsonl")
        rows = [json.loads(line) for line in outcome.out.splitlines()]
        assert [Path(row["file"]).name for row in rows] == [
            *("observations.csv", "cross_bureau.csv", "cross_bureau_long.csv", "codebook.csv", "rejected.csv")
        ]
        assert all(Path(row["file"]).read_bytes().startswith(b"\xef\xbb\xbf") for row in rows)


class TestEvaluateAndCatalogue:
    def test_evaluate_compares_samples_with_gold(
        self, command_line: CommandLine, samples: Path, checkout: Path
    ) -> None:
        gold = checkout / "tests" / "gold" / "samples.jsonl"
        outcome = command_line("evaluate", samples, "--gold", gold, "--format", "jsonl")
        figures = {row["figure"]: row["value"] for row in map(json.loads, outcome.out.splitlines())}
        assert figures["gold"] == len(gold.read_text(encoding="utf-8").splitlines())
        assert figures["mapped_f1"] > 0.9

    def test_evaluate_takes_facts_extracted_before(
        self, command_line: CommandLine, samples: Path, checkout: Path, tmp_path: Path
    ) -> None:
        facts = command_line("extract", samples, "--format", "jsonl").out
        (tmp_path / "facts.jsonl").write_text(facts, encoding="utf-8")
        arguments = ("--gold", checkout / "tests" / "gold" / "samples.jsonl", "--format", "csv", "--show", "field")
        again = command_line("evaluate", "--predicted", tmp_path / "facts.jsonl", *arguments)
        assert again.out == command_line("evaluate", samples, *arguments).out

    def test_evaluate_tells_gains_and_losses_and_fails_when_f1_falls(
        self, command_line: CommandLine, tmp_path: Path
    ) -> None:
        fact = {"start": 10, "end": 13, "text": "12次", "metric": "party_group_meetings", "value": "12", "lower": None}
        fact |= {"upper": None, "unit": "次", "qualifier": "exact", "measure": "flow", "status": "actual", "year": 2024}
        gold = tmp_path / "gold.jsonl"
        line = {"id": "one", "text": "2024年，党组会议12次。", "year": 2024, "facts": [fact]}
        gold.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
        assert command_line("evaluate", "--gold", gold, "--accept", "--show", "changes").code == 0
        accepted = json.loads((tmp_path / "gold.accepted.json").read_text(encoding="utf-8"))
        assert accepted["mapped_f1"] == 1.0

        line["text"] = "2024年，党组聚会12次。"
        gold.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
        outcome = command_line("evaluate", "--gold", gold, "--show", "changes", "--format", "csv")
        assert outcome.code == 2
        assert "lost,one:10-13:party_group_meetings:flow" in outcome.out
        assert "F1 fell from 1.0 to 0.0" in outcome.err

    def test_catalogue_lists_metrics(self, command_line: CommandLine) -> None:
        rows = list(csv.DictReader(io.StringIO(command_line("catalogue", "list", "--format", "csv").out)))
        assert {"high_tech_enterprises", "key_laboratories"} <= {row["id"] for row in rows}

    def test_catalogue_check_finds_nothing_wrong(self, command_line: CommandLine) -> None:
        assert command_line("catalogue", "check").code == 0


def test_a_reader_that_has_had_enough_is_no_error(samples: Path) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    arguments = [sys.executable, "-m", "bureau_metrics", "extract", str(samples), "--format", "jsonl"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_output_is_utf8_whatever_the_console_speaks(samples: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    arguments = [sys.executable, "-m", "bureau_metrics", "text", str(samples / REPORT)]
    result = subprocess.run(arguments, capture_output=True, env=environment, check=True)
    assert result.stdout.decode("utf-8").startswith("常州市科学技术局\n")
