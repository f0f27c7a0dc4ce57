"""Made-up reports (benchmarks/reports): equal seeds give equal bytes, and the product reads what was meant."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.reports.__main__ import main
from benchmarks.reports.places import prefectures
from benchmarks.reports.printing import han
from benchmarks.reports.words import load_words
from benchmarks.reports.writing import Wanted, write_folder
from bureau_metrics.catalogue import load_catalogue
from bureau_metrics.pipeline import RunRequest, run_direct
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import run_query

Row = dict[str, str]
Cell = tuple[str, ...]
KEY = ("division_code", "metric", "measure", "scope", "year")
FIGURE = ("state", "value", "lower", "upper", "qualifier", "unit")
SMALL = Wanted(bureaus=16, years=(2022, 2023, 2024), seed=1)


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def figure_of(row: Row) -> Cell:
    return row["division_code"], row["metric"], row["measure"], row["year"]


def number(value: object) -> str:
    return "" if value is None else f"{Decimal(str(value)).normalize():f}"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "made"
    write_folder(folder, SMALL)
    return folder


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted") / "made"
    write_folder(folder, Wanted(contradictions=True))
    return folder


class TestCommand:
    def test_writes_reports_and_truth(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        assert main(["--to", str(tmp_path / "made"), "--bureaus", "2", "--years", "2023-2024"]) == 0
        assert capfd.readouterr() == ("", f"4 reports in {tmp_path / 'made' / 'reports'}\n")
        assert sorted(path.name for path in (tmp_path / "made").iterdir()) == [
            "reports",
            "truth_cells.csv",
            "truth_mentions.csv",
        ]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            pytest.param(["--bureaus", "0"], "'0' is no number of bureaus", id="no bureau"),
            pytest.param(["--bureaus", "999999"], "--bureaus 999999 is too many", id="more bureaus than there are"),
            pytest.param(["--years", "2024-2020"], "years run from an earlier to a later one", id="years backwards"),
            pytest.param(["--years", "all"], "'all' is no year", id="no year"),
            pytest.param(["--seed", "x"], "invalid int value", id="no seed"),
            pytest.param([], "is not empty: name a new folder", id="a folder that holds something"),
        ],
    )
    def test_answers_a_wrong_call_with_one_line(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
    ) -> None:
        if not arguments:
            (tmp_path / "other.txt").write_text("kept", encoding="utf-8")
        try:
            code = main(["--to", str(tmp_path), *arguments])
        except SystemExit as error:
            code = int(error.code or 0)
        out, err = capfd.readouterr()
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert said in err

    def test_help_names_the_files(self, checkout: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.reports", "--help"]
        text = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True).stdout
        assert all(
            word in text for word in ("truth_mentions.csv", "truth_cells.csv", "planted.csv", "--contradictions")
        )


class TestDeterminism:
    def test_equal_seeds_give_equal_bytes(self, small: Path, tmp_path: Path) -> None:
        write_folder(tmp_path / "again", SMALL)
        assert tree(tmp_path / "again") == tree(small)

    def test_processes_change_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        wanted = Wanted(bureaus=9, years=(2024,), contradictions=True)
        write_folder(tmp_path / "alone", wanted)
        monkeypatch.setattr("benchmarks.reports.writing.ALONE_UP_TO", 1)
        write_folder(tmp_path / "together", wanted)
        assert tree(tmp_path / "together") == tree(tmp_path / "alone")

    def test_another_seed_gives_other_figures(self, small: Path, tmp_path: Path) -> None:
        write_folder(tmp_path / "other", Wanted(SMALL.bureaus, SMALL.years, seed=2))
        other, same = tree(tmp_path / "other"), tree(small)
        assert other.keys() == same.keys()
        assert all(other[name] != same[name] for name in same)


class TestTruth:
    def test_each_mention_stands_where_it_says(self, small: Path) -> None:
        texts = {path.name: path.read_text(encoding="utf-8") for path in (small / "reports").iterdir()}
        for row in rows_of(small / "truth_mentions.csv"):
            if row["start"]:
                assert texts[row["document"]].startswith(row["text"], int(row["start"])), row
            assert int(row["sentence_start"]) <= int(row["start"] or row["sentence_start"])

    def test_names_metrics_of_every_family(self) -> None:
        families = {metric.id: metric.family for metric in load_catalogue().metrics}
        named = load_words().metrics
        assert len(named) >= 120
        assert {families[metric] for metric in named} == set(families.values())

    def test_says_figures_in_every_way(self, small: Path) -> None:
        rows = rows_of(small / "truth_mentions.csv")
        assert {row["status"] for row in rows} == {"actual", "planned", "required"}
        assert {row["measure"] for row in rows} == {"stock", "flow", "growth", "change", "ratio"}
        bounds = {"exact", "more_than", "nearly", "about", "at_least", "range"}
        assert {row["qualifier"] for row in rows} == bounds
        assert {row["period"] for row in rows} == {"whole_year", "part_year"}
        assert any(row["part_of_metric"] for row in rows)
        assert any(row["against"] for row in rows)
        states = Counter(row["state"] for row in rows_of(small / "truth_cells.csv"))
        assert states.keys() == {"value", "stated_zero", "parts_only"}

    def test_no_two_mentions_of_a_cell_disagree(self, small: Path) -> None:
        cells = defaultdict(set)
        for row in rows_of(small / "truth_mentions.csv"):
            whole = row["status"] == "actual" and row["period"] == "whole_year" and row["narrowed"] == "false"
            if whole and not row["against"] and row["qualifier"] == "exact":
                part = "" if row["part_of_metric"] == row["metric"] else row["metric"]
                cells[row["division_code"], part, row["measure"], row["scope"], row["year"]].add(row["value"])
        assert [key for key, values in cells.items() if len(values) > 1] == []

    def test_a_prefecture_has_what_its_counties_have_together(self, small: Path) -> None:
        levels: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
        for row in rows_of(small / "truth_cells.csv"):
            metric = load_words().metrics[row["metric"]]
            if metric.summed and row["qualifier"] == "exact" and row["measure"] == metric.measure:
                levels[row["metric"], row["year"]][row["division_code"]] = Decimal(row["value"])
        sums = 0
        for code, (_, counties) in prefectures().items():
            members = [county.code for county in counties]
            for by_division in levels.values():
                if {code, *members} <= by_division.keys():
                    assert by_division[code] == sum(by_division[member] for member in members)
                    sums += 1
        assert sums >= 10

    def test_each_plan_has_its_result(self, small: Path) -> None:
        rows = rows_of(small / "truth_mentions.csv")
        results = {figure_of(row) for row in rows if row["status"] == "actual"}
        plans = [row for row in rows if row["status"] == "planned" and int(row["year"]) <= SMALL.years[-1]]
        assert len(plans) > 50
        assert [row for row in plans if figure_of(row) not in results] == []

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (0, "零"),
            (2, "二"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (105, "一百零五"),
            (110, "一百一十"),
            (2060, "二千零六十"),
        ],
    )
    def test_chinese_numerals(self, value: int, text: str) -> None:
        assert han(value) == text


class TestContradictions:
    def test_plants_every_kind_where_it_says(self, planted: Path) -> None:
        rows = rows_of(planted / "planted.csv")
        kinds = {table["kind"] for table in load_words().contradictions}
        assert {row["kind"] for row in rows} == kinds
        assert len(kinds) >= 18
        for row in rows:
            text = (planted / "reports" / row["document"]).read_text(encoding="utf-8")
            assert row["sentence"] in text
            assert row["text"] in row["sentence"]

    def test_the_two_figures_stand_in_their_documents(self, planted: Path) -> None:
        for row in rows_of(planted / "planted.csv"):
            if row["against_text"]:
                against = (planted / "reports" / row["against_document"]).read_text(encoding="utf-8")
                assert row["against_text"] in against
                assert row["value"] != row["against_value"]

    def test_at_most_one_in_a_document(self, planted: Path) -> None:
        assert max(Counter(row["document"] for row in rows_of(planted / "planted.csv")).values()) == 1

    def test_few_bureaus_still_get_every_kind(self, tmp_path: Path) -> None:
        write_folder(tmp_path / "made", Wanted(bureaus=6, years=(2022, 2023, 2024), contradictions=True))
        kinds = {table["kind"] for table in load_words().contradictions}
        assert {row["kind"] for row in rows_of(tmp_path / "made" / "planted.csv")} == kinds

    def test_the_truth_holds_the_true_figure(self, planted: Path) -> None:
        cells = {
            (row["division_code"], row["metric"], row["year"]): row for row in rows_of(planted / "truth_cells.csv")
        }
        codes = {row["document"]: row["division_code"] for row in rows_of(planted / "truth_mentions.csv")}
        slips = [
            row for row in rows_of(planted / "planted.csv") if row["kind"].startswith(("unit_slip", "outlier_among_y"))
        ]
        for row in slips:
            true = cells[codes[row["document"]], row["metric"], row["year"]]["value"]
            assert Decimal(row["value"]) / Decimal(true) >= 30


CELLS = (
    "SELECT division_code, metric, measure, scope, year::VARCHAR, state, value, lower, upper, "
    "CASE WHEN state = 'parts_only' THEN '' ELSE qualifier END, unit, sentence FROM cross_bureau WHERE year = $year"
)


def cells_read(folder: Path, home: Path) -> dict[Cell, tuple[Cell, str]]:
    """Run the product over the reports and return its cells with the sentence of each."""
    run_direct(RunRequest((str(folder / "reports"),), home))
    years = sorted({int(row["year"]) for row in rows_of(folder / "truth_cells.csv")})
    found: dict[Cell, tuple[Cell, str]] = {}
    for year in years:  # a year at a time: a query has a limit of rows
        for row in run_query(Home(home), CELLS, {"year": year}).rows:
            state, value, lower, upper, qualifier, unit = row[5:11]
            figure = (str(state), number(value), number(lower), number(upper), str(qualifier), str(unit))
            found[tuple(map(str, row[:5]))] = (figure, str(row[11]))
    return found


def sentences_of(folder: Path) -> dict[tuple[str, str], list[str]]:
    """Return the sentences by document and form."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (folder / "reports").iterdir()}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows_of(folder / "truth_mentions.csv"):
        text, start = texts[row["document"]], int(row["sentence_start"])
        found[row["document"], row["form"]].append(text[start : text.index("。", start) + 1])
    return found


def wrong_cells(folder: Path, home: Path) -> Iterator[str]:
    """Yield each cell that one mention states and the product fills otherwise, and each that nobody states."""
    read = cells_read(folder, home)
    sentences = sentences_of(folder)
    stated = set()
    for row in rows_of(folder / "truth_cells.csv"):
        key = tuple(row[name] for name in KEY)
        stated.add(key)
        expected = tuple(row[name] for name in FIGURE)
        said_in = [
            said for name in row["documents"].split() for form in row["forms"].split() for said in sentences[name, form]
        ]
        figure, _ = read.get(key, (None, ""))
        if row["mentions"] == "1" and figure != expected:
            yield f"{said_in} {key}: expected {expected}, got {figure}"
    for key, (figure, sentence) in read.items():
        if key not in stated:
            yield f"{sentence} {key}: nobody states it, got {figure}"


FINDINGS = "SELECT check_name, document_id, metric, sentence, coalesce(other_sentence, '') FROM audit_finding"


def findings(folder: Path, home: Path) -> list[tuple[str, ...]]:
    run_direct(RunRequest((str(folder / "reports"),), home))
    return [tuple(map(str, row)) for row in run_query(Home(home), FINDINGS).rows]


def is_about(finding: tuple[str, ...], planted: Row) -> bool:
    _, document_id, _, *sentences = finding
    in_document = Path(document_id).name in (planted["document"], planted["against_document"])
    return in_document and any(
        planted[name] in said for name in ("text", "against_text") if planted[name] for said in sentences
    )


@pytest.mark.long
class TestAudit:
    @pytest.mark.parametrize("seed", [1, 2])
    def test_every_contradiction_is_found_and_nothing_else(self, tmp_path: Path, seed: int) -> None:
        write_folder(tmp_path / "made", Wanted(seed=seed, contradictions=True))
        found = findings(tmp_path / "made", tmp_path / "home")
        planted = rows_of(tmp_path / "made" / "planted.csv")
        assert len({row["kind"] for row in planted}) > 12
        assert [row for row in planted if not any(is_about(finding, row) for finding in found)] == []
        assert [finding for finding in found if not any(is_about(finding, row) for row in planted)] == []
        (regional,) = [row for row in planted if row["kind"] == "prefecture_below_county"]
        assert "regional_total_differs" in {finding[0] for finding in found if is_about(finding, regional)}

    @pytest.mark.parametrize("seed", [1, 2])
    def test_clean_reports_have_no_finding(self, tmp_path: Path, seed: int) -> None:
        write_folder(tmp_path / "made", Wanted(seed=seed))
        assert findings(tmp_path / "made", tmp_path / "home") == []


class TestReading:
    def test_a_small_set_is_read_as_meant(self, small: Path, tmp_path: Path) -> None:
        assert list(wrong_cells(small, tmp_path)) == []

    @pytest.mark.long
    @pytest.mark.parametrize("seed", [1, 2])
    def test_two_hundred_reports_are_read_as_meant(self, tmp_path: Path, seed: int) -> None:
        write_folder(tmp_path / "made", Wanted(seed=seed))
        assert list(wrong_cells(tmp_path / "made", tmp_path / "home")) == []
