"""The verb `query`: formats and files, named queries with their parameters, and errors of one line."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import ROOT, CommandLine
from staged_records import report, run, said, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import named_queries

HTE = "high_tech_enterprises"
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verb")
    home = Home.at(folder / "home")
    figures = (
        said("高新技术企业12.5家。", "12.5家", HTE, "12.5"),
        said("高新技术企业去年10家。", "10家", HTE, 10, year=2023),
    )
    run(home, stage(folder / "batch", report("a", "甲局", *figures)))
    return home.root


@pytest.fixture
def query(command_line: CommandLine, home: Path):
    return lambda *arguments: command_line("query", *arguments, "--home", home)


def parquet(path: Path) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The columns with their types, and the rows."""
    with duckdb.connect() as connection:
        answer = connection.execute(f"FROM '{path}'")
        return [(column[0], str(column[1])) for column in answer.description], answer.fetchall()


SQL = "SELECT fact_id IS NOT NULL AS known, value, year, published FROM observation ORDER BY year"
TYPES = [("known", "BOOLEAN"), ("value", "DECIMAL(38,10)"), ("year", "INTEGER"), ("published", "DATE")]


class TestFormats:
    def test_parquet_keeps_the_exact_types(self, query: CommandLine, tmp_path: Path) -> None:
        outcome = query(SQL, "--format", "parquet", "--to", tmp_path / "new folder" / "a.parquet")
        assert (outcome.code, outcome.out, outcome.err) == (0, "", f"2 rows in {tmp_path}/new folder/a.parquet\n")
        columns, rows = parquet(tmp_path / "new folder" / "a.parquet")
        assert columns == TYPES
        assert [(known, str(value), year, published) for known, value, year, published in rows] == [
            (True, "10.0000000000", 2023, None),
            (True, "12.5000000000", 2024, None),
        ]

    def test_parquet_goes_through_a_pipe(self, home: Path, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "bureau_metrics", "query", SQL, "-f", "parquet", "--home", str(home)]
        done = subprocess.run(command, capture_output=True, check=True, env={"PYTHONPATH": str(ROOT / "src")})
        (tmp_path / "a.parquet").write_bytes(done.stdout)
        assert parquet(tmp_path / "a.parquet")[0] == TYPES

    def test_parquet_of_a_named_query_and_an_earlier_run(self, query: CommandLine, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        arguments = ("@rank_bureaus", "-p", f"metric={HTE}", "-p", "year=2024", "--as-of", "1")
        assert query(*arguments, "-f", "parquet", "--to", path).code == 0
        assert [row[1] for row in parquet(path)[1]] == ["甲局"]

    def test_nothing_half_written_is_left(self, query: CommandLine, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        path.write_text("kept")
        for arguments in (
            ("FROM range(11)", "--rows", "10"),
            ("SELECT nonsense",),
            ("SELECT error('no') FROM range(3)",),
        ):
            outcome = query(*arguments, "-f", "parquet", "--to", path)
            assert (outcome.code, outcome.err.count("\n")) == (1, 1)
        assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.parquet", "kept")]

    def test_two_columns_of_one_name_are_both_there(self, query: CommandLine, tmp_path: Path) -> None:
        sql = "SELECT 1 AS a, 2 AS a"
        assert json.loads(query(sql, "-f", "jsonl").out) == {"a": 1, "a_1": 2}
        query(sql, "-f", "parquet", "--to", tmp_path / "a.parquet")
        assert parquet(tmp_path / "a.parquet")[1] == [(1, 2)]

    @pytest.mark.parametrize("text", [FORMULA, "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "\ufeff=1"])
    def test_csv_runs_no_formula(self, query: CommandLine, text: str) -> None:
        rows = list(csv.reader(io.StringIO(query("SELECT $t AS t", "-p", f"t={text}", "-f", "csv").out)))
        assert rows == [["t"], [f"'{text}"]]

    def test_csv_keeps_numbers_and_guards_headings(self, query: CommandLine) -> None:
        printed = query(f"SELECT -5 AS \"{FORMULA}\", -0.50 AS b, '-3' AS c, NULL AS d", "-f", "csv").out
        assert printed == f"'{FORMULA},b,c,d\n-5,-0.5,-3,\n"

    def test_a_csv_file_opens_in_excel_and_a_pipe_has_no_mark(self, query: CommandLine, tmp_path: Path) -> None:
        assert query("SELECT '甲' AS a", "-f", "csv").out == "a\n甲\n"
        query("SELECT '甲' AS a", "-f", "csv", "--to", tmp_path / "a.csv")
        assert (tmp_path / "a.csv").read_bytes() == "\ufeffa\n甲\n".encode()

    def test_json_lines_stay_json_for_numbers_that_json_lacks(self, query: CommandLine) -> None:
        assert json.loads(query("SELECT 'nan'::DOUBLE AS a, 1.0 / 0 AS b", "-f", "jsonl").out) == {
            "a": "nan",
            "b": "inf",
        }


class TestNamedQueries:
    def test_without_its_parameters_a_query_says_what_it_answers_and_needs(self, query: CommandLine) -> None:
        outcome = query("@rank_bureaus")
        assert (outcome.code, outcome.out) == (1, "")
        lines = outcome.err.splitlines()
        assert lines[0] == "@rank_bureaus: Bureaus ranked on one metric in one year, highest first."
        assert "  -p metric=…  id of the metric, as high_tech_enterprises (metric)" in lines
        assert lines[-1] == "error: @rank_bureaus needs -p metric=…, -p year=…"

    def test_it_can_be_described_without_being_asked(self, query: CommandLine) -> None:
        outcome = query("@regional_sums", "--describe")
        assert (outcome.code, outcome.err) == (0, "")
        assert "-p year=…  the year that the figures are about, as 2024 (year, default all)" in outcome.out

    @pytest.mark.parametrize("name", [query.name for query in named_queries()])
    def test_every_query_answers_with_the_examples_of_its_comment(self, query: CommandLine, name: str) -> None:
        examples = {"metric": HTE, "bureau": "甲局", "division": "650000", "year": "2024"}
        (found,) = (one for one in named_queries() if one.name == name)
        given = [f"-p{p.name}={examples[p.type]}" for p in found.parameters if p.default is None]
        outcome = query(f"@{name}", *given, "-f", "csv")
        assert (outcome.code, outcome.err.replace("no rows\n", "")) == (0, "")
        optional = [f"-p{p.name}={examples.get(p.type, p.default)}" for p in found.parameters if p.default is not None]
        assert query(f"@{name}", *given, *optional, "-f", "csv").code == 0

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["@rank_bureaus", "-p", f"metric={HTE}"], "@rank_bureaus needs -p year=…"),
            (["@rank_bureaus", "-p", f"metric={HTE}", "-p", "year=24"], "year=24: year is a year, as 2024"),
            (["@rank_bureaus", "-p", f"metric={HTE}", "-p", "year=all"], "year=all: year is a year, as 2024"),
            (["@rank_bureaus", "-p", "metric=high_tech", "-p", "year=2024"], f"is it {HTE}"),
            (
                ["@rank_bureaus", "-p", f"metric={HTE}", "-p", "yaer=2024"],
                "has no parameter yaer; it has: metric, year",
            ),
            (["@stated_zeros", "-p", "year=2024", "-p", "year=2023"], "year is given twice"),
            (["@runs", "-p", "year=2024"], "@runs has no parameter year; it has: none"),
            (["@regional_sums", "-p", "parent=65"], "parent=65: parent is a GB/T 2260 code"),
            (["@regional_sums", "-p", "parent=999999"], "knows no division 999999"),
            (["@sentences", "-p", "bureau=乙局", "-p", f"metric={HTE}"], "knows no bureau 乙局"),
            (["@outliers", "-p", "times=many"], "times=many: times is a number"),
            (["@open_labels", "-p", "least=1.5"], "least=1.5: least is a whole number"),
            (["SELECT $a, $b", "-p", "a=1"], "needs a value for $b (-p b=…)"),
            (["SELECT $a", "-p", "a=1", "-p", "c=2"], "has no parameter $c"),
            (["SELECT 1", "--memory", "lots"], "500MB or 2GB"),
            (["SELECT 1", "--seconds", "-1"], "more than 0"),
            (["FROM range(3)", "--rows", "2"], "more than 2 rows"),
            (["--format", "parquet"], "table, jsonl or csv"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )
    def test_a_wrong_call_is_one_clear_line(self, query: CommandLine, arguments: list[str], said: str) -> None:
        outcome = query(*arguments)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (1, "", 1)
        assert said in outcome.err

    def test_a_file_that_is_no_text_is_one_clear_line(self, query: CommandLine, tmp_path: Path) -> None:
        (tmp_path / "q.sql").write_bytes("SELECT '甲'".encode("gb18030"))
        outcome = query("--file", tmp_path / "q.sql")
        assert (outcome.code, outcome.err.count("\n")) == (1, 1)
        assert "save the query as UTF-8" in outcome.err

    def test_codes_with_a_leading_zero_stay_text_in_free_sql(self, query: CommandLine) -> None:
        assert query("SELECT $a AS a, $b + 1 AS b", "-p", "a=010", "-p", "b=9", "-f", "csv").out == "a,b\n010,10\n"


def test_there_are_enough_queries_and_all_say_what_they_answer() -> None:
    assert len(named_queries()) >= 14
    for query in named_queries():
        assert query.title.endswith(".")
        used = set(re.findall(r"\$([a-z_]+)", re.sub(r"--.*", "", query.sql)))
        assert {parameter.name for parameter in query.parameters} == used
        assert all(parameter.description for parameter in query.parameters)
