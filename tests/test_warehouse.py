"""A run over staged batches: what it loads, what it leaves alone, and that it is all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import (
    run_query,
    summary,
)

HIGH_TECH = said("全市现有高新技术企业18家。", "18家", "high_tech_enterprises", 18)
SMES = said("科技型中小企业达到1000余家。", "1000余家", "tech_smes", 1000, lower=1000, qualifier="more_than")
ONE = report("one", "甲市科学技术局", HIGH_TECH, SMES)
TWO = report(
    "two", "乙市科学技术局", said("高新技术企业20家。", "20家", "high_tech_enterprises", 20), division_code="650200"
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    return run_query(home, sql).rows


def dump(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but what was applied when."""
    tables = rows(home, "SELECT table_name FROM duckdb_tables() ORDER BY ALL")
    return {str(name): rows(home, f"FROM {name} ORDER BY ALL") for (name,) in tables if name != "schema_migration"}


def test_a_run_loads_documents_facts_bureaus_and_metrics(home: Home, tmp_path: Path) -> None:
    done = run(home, stage(tmp_path / "a", ONE), stage(tmp_path / "b", TWO))
    assert (done.loaded.documents_new, done.loaded.facts_new, done.publication.published) == (2, 3, True)
    assert rows(home, "SELECT document_id, value, lower, upper, sentence FROM observation ORDER BY ALL") == [
        ("one", 18, None, None, "全市现有高新技术企业18家。"),
        ("one", 1000, 1000, None, "科技型中小企业达到1000余家。"),
        ("two", 20, None, None, "高新技术企业20家。"),
    ]
    assert rows(home, "SELECT bureau, division_code, known FROM dim_bureau ORDER BY ALL") == [
        ("乙市科学技术局", "650200", True),
        ("甲市科学技术局", "650100", True),
    ]
    assert summary(home).documents == 2
    assert summary(home).facts == 3


def test_a_second_run_of_the_same_sources_changes_no_row_and_publishes_nothing(home: Home, tmp_path: Path) -> None:
    batch = stage(tmp_path / "a", ONE, TWO, rejected=(("broken", "empty"),))
    first = run(home, batch)
    before, file = dump(home), home.published.resolve()
    second = run(home, batch)
    assert first.publication.published
    assert not second.publication.published
    assert not second.loaded.changed
    assert home.published.resolve() == file
    assert dump(home) == before
    assert sorted(path.name for path in home.warehouse.iterdir()) == sorted((home.published.name, file.name))
