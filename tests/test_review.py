"""The review queue as a file: what waits, in what order, and room for a person's decision."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.exports import ExportError
from bureau_metrics.models import Disposition, LedgerEntry
from bureau_metrics.review import export_review_queue
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import open_read_only

HEADER = "urgency,kind,bureau,document_id,figure,sentence,doubt,decision,reason,name,fact_id,mention_id"
SURE = report("sure", "甲市科技局", said("高新技术企业18家。", "18家", "high_tech_enterprises", 18))
DOUBTFUL = report(
    "doubtful",
    "乙市科技局",
    said("培训人员300余人。", "300余人", "training_participants", 300, confidence="low", rule="nearest_noun"),
    said("=1+1场培训会。", "1场", "training_sessions", 1, confidence="low", rule="nearest_noun"),
    division_code="650200",
    ledger=(LedgerEntry(0, 4, "培训人员", Disposition.UNRESOLVED, "no_rule"),),
)
NAMELESS = report("nameless", None, division_code=None, doubts=("division", "bureau"), content=b"nameless")
CONFLICT = report(
    "conflict",
    "丙市科技局",
    said("高新技术企业18家。", "18家", "high_tech_enterprises", 18),
    said("高新技术企业达到81家。", "81家", "high_tech_enterprises", 81),
    division_code="650300",
)


def made(folder: Path, *reports, rejected=()) -> Home:
    home = Home.at(folder / "home")
    run(home, stage(folder / "batch", *reports, rejected=rejected), audited=True)
    return home


def exported(home: Home, path: Path) -> Path:
    with open_read_only(home) as connection:
        assert export_review_queue(connection, path) == len(table(path))
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    home = made(folder, SURE, DOUBTFUL, NAMELESS, CONFLICT, rejected=(("photo.txt", "binary"),))
    return exported(home, folder / "review_queue.csv")


def test_what_waits_stands_in_order_of_urgency_then_of_document_and_text(queue: Path) -> None:
    assert [(row["urgency"], row["kind"], row["document_id"], row["figure"]) for row in table(queue)] == [
        ("1", "identity", "nameless", "市科技局"),
        ("2", "audit", "conflict", "18 家 / 81 家"),
        ("2", "rejected", "photo.txt", "/reports/photo.txt"),
        ("3", "unresolved", "doubtful", "培训人员"),
        ("3", "low_confidence", "doubtful", "300余人"),
        ("3", "low_confidence", "doubtful", "1场"),
    ]


def test_each_row_says_where_and_why(queue: Path) -> None:
    by_kind = {row["kind"]: row for row in table(queue)}
    assert by_kind["rejected"]["doubt"] == "binary: detail"
    assert by_kind["identity"]["doubt"] == "not settled by the document: division, bureau"
    assert by_kind["unresolved"]["doubt"] == "left open by rule no_rule"
    assert by_kind["low_confidence"]["doubt"] == "read as training_sessions by rule nearest_noun"
    assert (by_kind["audit"]["bureau"], by_kind["audit"]["sentence"]) == ("丙市科技局", "高新技术企业18家。")
    assert len(by_kind["low_confidence"]["mention_id"]) == 16


def test_decision_reason_and_name_are_left_to_a_person(queue: Path) -> None:
    assert {row[name] for row in table(queue) for name in ("decision", "reason", "name")} == {""}


def test_a_sentence_that_looks_like_a_formula_is_harmless(queue: Path) -> None:
    assert [row["sentence"] for row in table(queue) if row["figure"] == "1场"] == ["'=1+1场培训会。"]


def test_the_same_queue_gives_the_same_bytes_in_whatever_order_it_was_loaded(queue: Path, tmp_path: Path) -> None:
    home = made(tmp_path, CONFLICT, NAMELESS, DOUBTFUL, SURE, rejected=(("photo.txt", "binary"),))
    assert exported(home, tmp_path / "again.csv").read_bytes() == queue.read_bytes()


def test_an_empty_queue_is_a_header_and_a_file_that_cannot_be_written_one_clear_line(tmp_path: Path) -> None:
    home = made(tmp_path, SURE)
    assert exported(home, tmp_path / "queue.csv").read_bytes() == b"\xef\xbb\xbf" + HEADER.encode() + b"\n"
    (tmp_path / "taken").mkdir()
    with open_read_only(home) as connection, pytest.raises(ExportError, match=r"cannot write .*taken"):
        export_review_queue(connection, tmp_path / "taken")
