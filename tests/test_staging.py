"""Files into staged batches: equal inputs give equal bytes, and no document stops its batch."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from bureau_metrics.extraction import extractor_fingerprint
from bureau_metrics.manifest import ManifestRow
from bureau_metrics.models import FACT_FIELDS, Disposition
from bureau_metrics.reading import ReadingLimits
from bureau_metrics.staged_batch import DOCUMENTS, FACTS, LEDGER, REJECTIONS, STAGED_FILES, SUMMARY
from bureau_metrics.staging import (
    SourceFile,
    StagingError,
    StagingOptions,
    batch_summary,
    source_file,
    source_key,
    stage_batch,
)

REPORT = """临河市科学技术局2024年度法治政府建设工作报告

2024年，我局认真推进法治政府建设，现将有关情况报告如下。
一、主要工作
全年召开党组会议12次，审议议题40个。全市高新技术企业达到86家，科技型中小企业1000余家。
未发生行政诉讼案件。
二、2025年工作计划
力争全市高新技术企业达到95家。

临河市科学技术局
2025年1月16日
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    return folder


def write(path: Path, content: str | bytes = REPORT) -> SourceFile:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return source_file(path, path.name)


def records(batch: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress((batch / name).read_bytes()).splitlines()]


def test_a_report_becomes_a_document_its_facts_and_the_count_of_its_numerals(folder: Path, tmp_path: Path) -> None:
    source = write(folder / "a.txt")
    batch = stage_batch([source], tmp_path / "staging")
    (document,) = records(batch, DOCUMENTS)
    facts = records(batch, FACTS)
    assert document["text"] == REPORT
    assert (document["report_year"], document["content_hash"]) == (2024, source.content_hash)
    assert (document["source_key"], document["extractor_fingerprint"]) == (source_key(source), extractor_fingerprint())
    assert document["facts"] == len(facts) >= 6
    assert document["dispositions"]["fact"] >= 5
    assert set(document["dispositions"]) <= {each.value for each in Disposition}
    assert all(tuple(fact) == (*FACT_FIELDS, "sentence") for fact in facts)
    assert [fact["start"] for fact in facts] == sorted(fact["start"] for fact in facts)
    by_text = {fact["text"]: fact for fact in facts}
    assert (by_text["1000余家"]["value"], by_text["1000余家"]["lower"]) == ("1000", "1000")
    assert by_text["95家"]["status"] == "planned"
    summary = batch_summary(batch)
    assert (summary.documents, summary.facts, summary.rejections, summary.characters) == (1, len(facts), 0, len(REPORT))


def test_every_fact_carries_its_sentence(folder: Path, tmp_path: Path) -> None:
    batch = stage_batch([write(folder / "a.txt")], tmp_path / "staging")
    (document,) = records(batch, DOCUMENTS)
    for fact in records(batch, FACTS):
        assert fact["sentence"] == document["text"][fact["sentence_start"] : fact["sentence_end"]]
        assert fact["text"] in fact["sentence"]


def test_the_folder_is_named_by_extractor_and_content(folder: Path, tmp_path: Path) -> None:
    batch = stage_batch([write(folder / "a.txt")], tmp_path / "staging")
    assert batch.parent == tmp_path / "staging" / extractor_fingerprint()[:12]
    assert sorted(path.name for path in batch.iterdir()) == sorted((*STAGED_FILES, SUMMARY))
    assert list(batch.parent.iterdir()) == [batch]


def test_equal_inputs_give_equal_bytes(folder: Path, tmp_path: Path) -> None:
    sources = [write(folder / "a.txt"), write(folder / "empty.txt", "")]
    first, second = (stage_batch(sources, tmp_path / name) for name in ("one", "two"))
    assert first.name == second.name
    for name in (*STAGED_FILES, SUMMARY):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_batch_that_exists_is_not_made_again(folder: Path, tmp_path: Path) -> None:
    sources = [write(folder / "a.txt")]
    batch = stage_batch(sources, tmp_path / "staging")
    (batch / FACTS).write_bytes(b"left as it is")
    assert stage_batch(sources, tmp_path / "staging") == batch
    assert (batch / FACTS).read_bytes() == b"left as it is"


def test_what_a_source_is_decides_whether_it_is_read_again(folder: Path, tmp_path: Path) -> None:
    source = write(folder / "a.txt")
    named = ManifestRow(file="a.txt", year="2023", row=2)
    moved = ManifestRow(file="a.txt", year="2023", row=9)
    (folder / "edited").mkdir()
    keys = {
        "as it is": source_key(source),
        "other bytes": source_key(write(folder / "edited" / "a.txt", REPORT + "完")),
        "another id": source_key(SourceFile(source.path, "other", source.content_hash)),
        "a manifest row": source_key(SourceFile(source.path, "a.txt", source.content_hash, named)),
    }
    assert len(set(keys.values())) == len(keys)
    assert keys["a manifest row"] == source_key(SourceFile(source.path, "a.txt", source.content_hash, moved))
    assert keys["as it is"] == source_key(source_file(source.path, "a.txt"))


def test_options_and_extractor_make_other_batches(folder: Path, tmp_path: Path) -> None:
    sources = [write(folder / "a.txt")]
    batches = {
        stage_batch(sources, tmp_path),
        stage_batch(sources, tmp_path, StagingOptions(reports_only=False)),
        stage_batch(sources, tmp_path, StagingOptions(ReadingLimits(file_bytes=10))),
        stage_batch(sources, tmp_path, fingerprint="another extractor"),
    }
    assert len(batches) == 4


def test_no_document_stops_its_batch(folder: Path, tmp_path: Path) -> None:
    good = write(folder / "good.txt")
    missing = source_file(folder / "missing.txt", "missing.txt")
    sources = [
        write(folder / "empty.txt", ""),
        write(folder / "binary.txt", bytes(range(256)) * 20),
        write(folder / "letter.txt", "亲爱的同事，今天的会议改到三点。"),
        missing,
        source_file(folder, "folder"),
        write(folder / "large.txt", "很" * 5000),
        good,
        SourceFile(folder / "good.txt", "good.txt", good.content_hash),
    ]
    batch = stage_batch(sources, tmp_path / "staging", StagingOptions(ReadingLimits(file_bytes=10_000)))
    assert [document["document_id"] for document in records(batch, DOCUMENTS)] == ["good.txt"]
    rejections = records(batch, REJECTIONS)
    assert [(rejection["document_id"], rejection["reason"]) for rejection in rejections] == [
        ("empty.txt", "empty"),
        ("binary.txt", "binary"),
        ("letter.txt", "not_a_report"),
        ("missing.txt", "missing"),
        ("folder", "unreadable"),
        ("large.txt", "too_large"),
        ("good.txt", "duplicate_document"),
    ]
    assert all(rejection["detail"] and rejection["hint"] and rejection["path"] for rejection in rejections)


def test_a_manifest_row_makes_any_text_a_report(folder: Path, tmp_path: Path) -> None:
    letter = write(folder / "letter.txt", "亲爱的同事，今天召开了会议3次。")
    row = ManifestRow(file="letter.txt", bureau="临河市科学技术局", year="2024")
    named = SourceFile(letter.path, letter.document_id, letter.content_hash, row)
    assert len(records(stage_batch([named], tmp_path / "staging"), DOCUMENTS)) == 1


def test_a_failing_extractor_rejects_the_document_with_the_cause(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RecursionError("too deep\nfor this")

    sources = [write(folder / "a.txt")]
    monkeypatch.setattr("bureau_metrics.staging.batches.extract_document", fails)
    (rejection,) = records(stage_batch(sources, tmp_path / "staging"), REJECTIONS)
    assert (rejection["reason"], rejection["detail"]) == ("extraction_failed", "RecursionError: too deep")


def test_only_numerals_for_a_person_are_listed(folder: Path, tmp_path: Path) -> None:
    unclear = REPORT.replace("未发生", "甲、乙分别为3、4、5。未发生")
    batch = stage_batch([write(folder / "a.txt", unclear)], tmp_path / "staging")
    (document,) = records(batch, DOCUMENTS)
    listed = records(batch, LEDGER)
    assert {entry["disposition"] for entry in listed} <= {"unresolved", "unreadable"}
    counts = document["dispositions"]
    assert len(listed) == counts.get("unresolved", 0) + counts.get("unreadable", 0)


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_file_name_that_is_no_text_is_a_rejection_and_not_a_crash(folder: Path, tmp_path: Path) -> None:
    path = folder / os.fsdecode(b"\xff\xfe.txt")
    path.write_text(REPORT, encoding="utf-8")
    batch = stage_batch([source_file(path, path.name)], tmp_path / "staging")
    (rejection,) = records(batch, REJECTIONS)
    assert rejection["document_id"] == "\\udcff\\udcfe.txt"


def test_a_staging_folder_that_cannot_be_written_is_one_clear_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "staging").write_text("a file where the folder should be")
    with pytest.raises(StagingError, match="cannot write") as raised:
        stage_batch([write(folder / "a.txt")], tmp_path / "staging")
    assert "\n" not in str(raised.value)


def test_a_folder_that_is_no_batch_is_named(tmp_path: Path) -> None:
    with pytest.raises(StagingError, match="no whole staged batch"):
        batch_summary(tmp_path)


def test_an_interrupted_batch_leaves_no_folder_that_looks_whole(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    sources = [write(folder / "a.txt")]
    monkeypatch.setattr("bureau_metrics.staging.batches.extract_document", interrupted)
    with pytest.raises(KeyboardInterrupt):
        stage_batch(sources, tmp_path / "staging")
    assert not [path for path in (tmp_path / "staging").rglob("*") if path.is_file()]
