"""What the filters of an export mean, and what is said of a word that nothing here is called by."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.exports import ExportError, Filters, Selection, selected, write_csv_files
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import open_for_export, open_read_only

if TYPE_CHECKING:
    from conftest import CommandLine

HTE, TRAINING = "high_tech_enterprises", "training_sessions"


def figures(bureau: str, division_code: str | None, count: int, **fields: object):
    return report(
        bureau,
        bureau,
        said(f"高新技术企业{count}家。", f"{count}家", HTE, count),
        said("举办培训3场。", "3场", TRAINING, 3),
        said("上年高新技术企业7家。", "7家", HTE, 7, year=2022),
        said("接待来访9人。", "9人", None, 9, label="来访", year=None),
        division_code=division_code,
        **fields,
    )


URUMQI = figures("乌鲁木齐市科学技术局", "650100", 18)
TIANSHAN = figures("天山区科学技术局", "650102", 5)
KARAMAY = figures("克拉玛依市科学技术局", "650200", 4)
JIULONGPO = figures("九龙坡区科学技术局", "500107", 20)
SILENT = report("silent", "万州区科学技术局", division_code="500101", content=b"nothing")
UNKNOWN = report("unknown", None, said("高新技术企业2家。", "2家", HTE, 2), division_code=None, doubts=("bureau",))
ALL = (URUMQI, TIANSHAN, KARAMAY, JIULONGPO, SILENT, UNKNOWN)


def ids(*reports) -> tuple[str, ...]:
    return tuple(sorted(f"bureau-{one.bureau or one.document_id}" for one in reports))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("filters")
    home = Home.at(folder / "home")
    run(home, stage(folder / "batch", *ALL, rejected=(("scan.pdf", "no_text"),)))
    return home


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), Selection()),
        (Filters(years=("2024",)), Selection(years=(2024,))),
        (Filters(years=("2020-2022", "2024")), Selection(years=(2020, 2021, 2022, 2024))),
        (Filters(years=(" 2023 – 2024 ",)), Selection(years=(2023, 2024))),
        (Filters(metrics=(HTE,)), Selection(metrics=(HTE,))),
        (Filters(metrics=("High tech enterprises", TRAINING)), Selection(metrics=(HTE, TRAINING))),
        (Filters(metrics=(f"{HTE}(中文)",)), Selection(metrics=(HTE,))),
        (Filters(families=("training",)), Selection(metrics=("training_participants", TRAINING))),
        (Filters(families=("企业与经营主体",)), Selection(metrics=(HTE, "tech_smes"))),
        (Filters(families=("培训",), metrics=(TRAINING, HTE)), Selection(metrics=(TRAINING,))),
        (Filters(bureaus=("乌鲁木齐市科学技术局",)), Selection(bureaus=ids(URUMQI))),
        (Filters(bureaus=("bureau-克拉玛依市科学技术局",)), Selection(bureaus=ids(KARAMAY))),
        (Filters(bureaus=("市科技局",)), Selection(bureaus=ids(UNKNOWN))),
        (Filters(regions=("650100",)), Selection(bureaus=ids(URUMQI, TIANSHAN))),
        (Filters(regions=("650102",)), Selection(bureaus=ids(TIANSHAN))),
        (Filters(regions=("新疆",)), Selection(bureaus=ids(URUMQI, TIANSHAN, KARAMAY))),
        (Filters(regions=("650000",)), Selection(bureaus=ids(URUMQI, TIANSHAN, KARAMAY))),
        (Filters(regions=("重庆市九龙坡区", "克拉玛依市")), Selection(bureaus=ids(JIULONGPO, KARAMAY))),
        (Filters(regions=("重庆市",), bureaus=("九龙坡区科学技术局",)), Selection(bureaus=ids(JIULONGPO))),
    ],
    ids=str,
)
def test_words_of_one_filter_widen_it_and_different_filters_narrow_each_other(
    home: Home, filters: Filters, expected: Selection
) -> None:
    with open_read_only(home) as connection:
        assert selected(connection, filters) == expected


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(years=("24",)), r"--year 24: write a year or a range"),
        (Filters(years=("2024-2022",)), r"--year 2024-2022: .* write 2022-2024"),
        (Filters(metrics=("high_tech",)), rf"--metric high_tech: no such metric .* near: {HTE}"),
        (Filters(metrics=("'; DROP TABLE dim_metric; --",)), r"no such metric in this warehouse"),
        (Filters(families=("trainings",)), r"--family trainings: no such family .* near: training 培训"),
        (Filters(families=("经营",)), r"--family 经营: no such family .* near: enterprises 企业与经营主体$"),
        (Filters(bureaus=("乌鲁木齐科技局",)), r"no such bureau .* near: 乌鲁木齐市科学技术局"),
        (Filters(regions=("九龙破区",)), r"--region 九龙破区: no such region .*500107"),
        (Filters(regions=("110000",)), r"--region 110000: no such region in this warehouse; near: "),
        (
            Filters(regions=("重庆市",), bureaus=("乌鲁木齐市科学技术局",)),
            r"--region have no bureau in common",
        ),
        (Filters(families=("training",), metrics=(HTE,)), r"--metric and --family have no metric in common"),
    ],
    ids=str,
)
def test_a_word_that_names_nothing_is_one_line_with_near_names(home: Home, filters: Filters, message: str) -> None:
    with open_read_only(home) as connection, pytest.raises(ExportError, match=message) as raised:
        selected(connection, filters)
    assert "\n" not in str(raised.value)


def test_a_name_of_several_regions_asks_for_the_code(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    run(home, stage(tmp_path / "batch", figures("甲局", "320106", 1), figures("乙局", "320302", 2)))
    with open_for_export(home) as connection:
        with pytest.raises(ExportError, match=r"give the code: 320106 江苏省南京市鼓楼区; 320302 江苏省"):
            selected(connection, Filters(regions=("鼓楼区",)))
        assert selected(connection, Filters(regions=("徐州市鼓楼区",))).bureaus == ("bureau-乙局",)


def tables(home: Home, folder: Path, selection: Selection) -> dict[str, list[dict[str, str]]]:
    with open_for_export(home) as connection:
        files = write_csv_files(connection, folder, selection)
    found = {}
    for written in files:
        with written.path.open(encoding="utf-8-sig", newline="") as file:
            found[written.path.stem] = list(csv.DictReader(file))
        assert len(found[written.path.stem]) == written.rows
    return found


def test_each_table_holds_what_is_selected_and_nothing_else(home: Home, tmp_path: Path) -> None:
    found = tables(home, tmp_path, Selection((2024,), (HTE,), ids(URUMQI, KARAMAY, SILENT)))
    facts = [(row["bureau"], row["metric"], row["year"], row["value"]) for row in found["observations"]]
    assert sorted(facts) == [
        ("乌鲁木齐市科学技术局", HTE, "2024", "18"),
        ("克拉玛依市科学技术局", HTE, "2024", "4"),
    ]
    assert [(row["bureau"], row["year"], row.get(HTE)) for row in found["cross_bureau"]] == [
        ("万州区科学技术局", "2024", ""),  # it reported, though nothing of the metric
        ("乌鲁木齐市科学技术局", "2024", "18"),
        ("克拉玛依市科学技术局", "2024", "4"),
    ]
    assert set(found["cross_bureau"][0]) == {"bureau_id", "bureau", "division_code", "division", "year", HTE}
    assert [row["value"] for row in found["cross_bureau_long"]] == ["18", "4"]
    assert [(row["metric"], row["bureaus"]) for row in found["codebook"]] == [(HTE, "2")]
    assert [row["document_id"] for row in found["rejected"]] == ["scan.pdf"]  # nobody knows whose it is


def test_a_year_without_figures_is_an_empty_table(home: Home, tmp_path: Path) -> None:
    found = tables(home, tmp_path, Selection(years=(1999,)))
    assert (found["observations"], found["cross_bureau"], found["cross_bureau_long"]) == ([], [], [])


def test_facts_without_a_year_or_a_metric_are_there_only_while_nobody_asks_for_one(home: Home, tmp_path: Path) -> None:
    def labels(selection: Selection) -> set[str]:
        return {row["label"] for row in tables(home, tmp_path, selection)["observations"]}

    assert "来访" in labels(Selection())
    assert "来访" in labels(Selection(bureaus=ids(URUMQI)))
    assert "来访" not in labels(Selection(years=(2022, 2024)))
    assert "来访" not in labels(Selection(metrics=(HTE, TRAINING)))


@pytest.mark.parametrize("name", ["csv", "xlsx", "parquet", "html", "datapackage"])
def test_every_format_takes_the_filters(command_line: CommandLine, home: Home, tmp_path: Path, name: str) -> None:
    options = ["--home", home.root, "--format", name, "--format", "jsonl"]
    everything = command_line("export", "--to", tmp_path / "all", *options)
    part = command_line("export", "--to", tmp_path / "part", *options, "--region", "克拉玛依市", "--year", "2024")
    assert (everything.code, part.code) == (0, 0)
    rows = [
        {Path(row["file"]).name: row["rows"] for row in map(json.loads, one.out.splitlines())}
        for one in (everything, part)
    ]
    assert rows[0] != rows[1]
    for path in (tmp_path / "part").rglob("*"):
        if path.suffix in (".csv", ".html", ".json"):
            assert "天山区科学技术局" not in path.read_text(encoding="utf-8-sig")


def test_the_review_queue_is_written_whole(command_line: CommandLine, home: Home, tmp_path: Path) -> None:
    outcome = command_line("export", "--home", home.root, "--to", tmp_path, "-f", "review", "--year", "2024")
    assert (outcome.code, len(outcome.err.splitlines())) == (1, 1)
    assert list(tmp_path.iterdir()) == []
