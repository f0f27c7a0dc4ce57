"""Parquet by year: the layout, exact decimals, nulls, equal bytes; folders are replaced whole or left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from staged_records import report, run, said, stage

from bureau_metrics.exports import EVERYTHING, ExportedFile, ExportError, Selection, write_parquet_files
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import WarehouseError, open_for_export, open_read_only, run_query

HTE = "high_tech_enterprises"
BIG = "1234567890123456789012345678.0123456789"
ALPHA = report(
    "alpha",
    "=甲市科学技术局",
    said("现有高新技术企业18家。", "18家", HTE, 18),
    said("上年高新技术企业17家。", "17家", HTE, 17, year=2023),
    said("投入研发经费一大笔元。", "一大笔元", "rnd_expenditure", BIG),
    said("接待来访9人。", "9人", None, 9, label="来访", year=None),
    said("举办培训3—5场。", "3—5场", "training_sessions", None, lower=3, upper=5, qualifier="range"),
)
BETA = report("beta", "乙市科学技术局", said("高新技术企业20家。", "20家", HTE, 20), division_code="650200")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("parquet")
    home = Home.at(folder / "home")
    run(home, stage(folder / "batch", ALPHA, BETA))
    return home


def write_parquet(
    home: Home, folder: Path, selection: Selection = EVERYTHING, as_of: int | None = None
) -> list[ExportedFile]:
    with open_for_export(home, as_of=as_of) as connection:
        return write_parquet_files(connection, folder, selection)


@pytest.fixture(scope="module")
def folder(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    write_parquet(home, folder)
    return folder


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def rows(folder: Path, table: str, what: str) -> list[tuple[object, ...]]:
    pattern = str(folder / table / "*" / "*.parquet")
    with duckdb.connect() as connection:
        return connection.execute(
            f"SELECT {what} FROM read_parquet($files, hive_partitioning = true)", {"files": pattern}
        ).fetchall()


def test_there_is_a_file_a_year_and_one_for_facts_without_a_year(home: Home, folder: Path) -> None:
    assert files(folder) == [
        "codebook.parquet",
        "cross_bureau/year=2023/part-0.parquet",
        "cross_bureau/year=2024/part-0.parquet",
        "observations/year=2023/part-0.parquet",
        "observations/year=2024/part-0.parquet",
        "observations/year=__HIVE_DEFAULT_PARTITION__/part-0.parquet",
    ]
    found = rows(folder, "observations", "TRY_CAST(year AS INTEGER)")
    assert sorted(found, key=str) == [(2023,), (2024,), (2024,), (2024,), (2024,), (None,)]


def test_values_stay_exact_decimals_and_nothing_is_lost(home: Home, folder: Path) -> None:
    wanted = "fact_id, value, lower, upper, period_start, narrowed, bureau, sentence"
    assert sorted(rows(folder, "observations", wanted), key=str) == sorted(
        run_query(home, f"SELECT {wanted} FROM observation").rows, key=str
    )
    (kind,) = {row[0] for row in rows(folder, "observations", "typeof(value)")}
    assert kind == "DECIMAL(38,10)"
    assert (Decimal(BIG),) in rows(folder, "observations", "value")
    assert (date(2024, 1, 1),) in rows(folder, "observations", "period_start")


def test_text_stays_as_it_was_said_since_nothing_runs_it(folder: Path) -> None:
    assert ("=甲市科学技术局",) in rows(folder, "cross_bureau", "bureau")


def test_the_year_stands_in_the_folder_only(folder: Path) -> None:
    with duckdb.connect() as connection:
        path = folder / "observations" / "year=2024" / "part-0.parquet"
        described = connection.execute(
            "DESCRIBE FROM read_parquet($path, hive_partitioning = false)", {"path": str(path)}
        )
        columns = [row[0] for row in described.fetchall()]
    assert "year" not in columns
    assert {"fact_id", "sentence", "report_year"} <= set(columns)


def test_rows_are_in_the_order_of_the_text(folder: Path) -> None:
    found = [row[1:] for row in rows(folder, "observations", "year, document_id, start") if str(row[0]) == "2024"]
    assert [row[0] for row in found] == ["alpha", "alpha", "alpha", "beta"]
    assert found == sorted(found)


def test_equal_warehouses_give_equal_bytes(home: Home, folder: Path, tmp_path: Path) -> None:
    write_parquet(home, tmp_path / "again")
    other = Home.at(tmp_path / "home")
    run(other, stage(tmp_path / "batch", BETA, ALPHA))
    write_parquet(other, tmp_path / "other")
    for name in files(folder):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
        assert (tmp_path / "other" / name).read_bytes() == (folder / name).read_bytes()


def test_a_new_export_replaces_the_folders_of_an_earlier_one(home: Home, tmp_path: Path) -> None:
    write_parquet(home, tmp_path)
    written = write_parquet(home, tmp_path, Selection(years=(2023,)))
    assert [(file.path.relative_to(tmp_path).as_posix(), file.rows) for file in written] == [
        ("observations/year=2023/part-0.parquet", 1),
        ("cross_bureau/year=2023/part-0.parquet", 1),
        ("codebook.parquet", 8),
    ]
    assert files(tmp_path) == sorted(file.path.relative_to(tmp_path).as_posix() for file in written)


def test_a_folder_with_anything_else_in_it_is_left_alone(home: Home, tmp_path: Path) -> None:
    (tmp_path / "observations").mkdir()
    (tmp_path / "observations" / "thesis.docx").write_text("mine")
    with pytest.raises(ExportError, match=r"observations: it holds what no export wrote") as raised:
        write_parquet(home, tmp_path)
    assert "\n" not in str(raised.value)
    assert files(tmp_path) == ["observations/thesis.docx"]


def test_an_earlier_state_can_be_written(home: Home, tmp_path: Path) -> None:
    assert sum(file.rows for file in write_parquet(home, tmp_path, as_of=1)) == 6 + 5 + 8
    with pytest.raises(WarehouseError, match="there is no run 9"):
        write_parquet(home, tmp_path, as_of=9)


def test_what_does_not_fit_in_memory_goes_to_a_temporary_folder(home: Home) -> None:
    sorted_words = "SELECT md5(CAST(i AS VARCHAR)) AS word FROM range(1000000) AS r(i) ORDER BY word OFFSET 1"
    with open_for_export(home) as connection:
        connection.execute("SET memory_limit = '40MB'")
        assert connection.execute(f"SELECT count(*) FROM ({sorted_words})").fetchone() == (999_999,)


def test_the_published_file_is_read_only_while_it_is_copied(home: Home, tmp_path: Path) -> None:
    before = home.published.read_bytes()
    with open_read_only(home):
        write_parquet(home, tmp_path)
    assert home.published.read_bytes() == before
