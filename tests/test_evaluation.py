"""Facts against gold: what counts as an answer, how answers are scored, and what the gold files promise."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bureau_metrics.evaluation import (
    GoldError,
    GoldFact,
    compare,
    evaluate,
    load_accepted,
    load_gold,
    load_gold_texts,
    result_of,
    save_accepted,
)
from bureau_metrics.evaluation.scoring import overlaps, pair
from bureau_metrics.models import Document, Measure, Qualifier, Status

GOLD = Path(__file__).parent / "gold"
FACT = GoldFact(
    document="报告.txt",
    start=10,
    end=13,
    text="18家",
    metric="high_tech_enterprises",
    value=Decimal(18),
    lower=None,
    upper=None,
    unit="家",
    qualifier=Qualifier.EXACT,
    measure=Measure.STOCK,
    status=Status.ACTUAL,
    year=2024,
)
ZERO = replace(FACT, start=40, end=44, text="安全事故", metric="major_incidents", value=Decimal(0), unit="起")
OPEN = replace(FACT, start=60, end=63, text="28个", metric=None, value=Decimal(28), unit="个", label="城市")


def written(path: Path, *records: object) -> Path:
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def as_record(fact: GoldFact) -> dict[str, object]:
    names = ["document", "start", "end", "text", "metric", "unit", "qualifier", "measure", "status", "year", "part_of"]
    numbers = {name: None if (n := getattr(fact, name)) is None else str(n) for name in ("value", "lower", "upper")}
    return {name: getattr(fact, name) for name in names} | numbers


@pytest.mark.parametrize(
    ("gold", "changes", "answers"),
    [
        pytest.param(FACT, {}, True, id="the same span"),
        pytest.param(FACT, {"start": 12, "end": 14}, True, id="one character in common"),
        pytest.param(FACT, {"start": 13, "end": 15}, False, id="side by side: ends are exclusive"),
        pytest.param(FACT, {"start": 8, "end": 19}, True, id="eight characters longer"),
        pytest.param(FACT, {"start": 8, "end": 20}, False, id="nine characters longer"),
        pytest.param(ZERO, {"start": 55, "end": 56}, True, id="a zero within twelve characters of its noun"),
        pytest.param(ZERO, {"start": 56, "end": 57}, False, id="a zero farther away"),
        pytest.param(ZERO, {"start": 45, "end": 47, "metric": None}, False, id="a near zero of another metric"),
        pytest.param(ZERO, {"start": 45, "end": 47, "value": Decimal(1)}, False, id="a near figure that is no zero"),
        pytest.param(replace(ZERO, text="0起"), {"start": 45, "end": 47}, False, id="a printed zero has no slack"),
    ],
)
def test_a_prediction_answers_the_gold_span_that_it_overlaps(gold: GoldFact, changes: dict, answers: bool) -> None:
    assert overlaps(gold, replace(gold, **changes)) is answers


def test_two_facts_on_one_span_are_paired_by_what_they_say() -> None:
    passed = replace(FACT, text="100%", metric="law_exam_pass_rate", value=Decimal(100))
    attended = replace(passed, metric="law_exam_participation_rate")
    assert pair([passed, attended], [attended, passed]) == {0: 1, 1: 0}


def test_one_prediction_answers_one_gold_fact_only() -> None:
    evaluation = evaluate([FACT, replace(FACT, metric="tech_smes")], [FACT])
    assert evaluation.pairs == {0: 0}
    assert [mistake.kind for mistake in evaluation.errors] == ["missed"]


def test_a_gold_fact_without_partner_takes_one_whose_holder_can_move() -> None:
    left = replace(FACT, start=10, end=20)
    right = replace(FACT, start=18, end=22, metric="tech_smes")
    reaches_both = replace(FACT, start=12, end=21)
    reaches_left = replace(FACT, start=10, end=14, metric="gazelle_enterprises")
    assert pair([left, right], [reaches_both, reaches_left]) == {0: 1, 1: 0}


def test_the_same_span_in_another_document_is_no_answer() -> None:
    evaluation = evaluate([FACT], [replace(FACT, document="别处.txt")])
    assert evaluation.pairs == {}
    assert evaluation.summary()["unknown_documents"] == 1
    assert evaluate([FACT], [replace(FACT, document="别处.txt")], ["目录/别处.txt"]).summary()["unknown_documents"] == 0


def test_documents_are_known_by_their_base_name() -> None:
    assert evaluate([FACT], [replace(FACT, document="目录/报告.txt")]).summary()["mapped_f1"] == 1.0


def test_the_summary_counts_mapped_open_found_and_parts() -> None:
    part = replace(FACT, start=20, end=22, text="5家", value=Decimal(5), part_of=10)
    gold = [FACT, part, ZERO, OPEN]
    predicted = [
        replace(FACT, year=2023),  # found, but wrong
        replace(part, part_of=None),  # right in all core fields; the whole is not named
        replace(OPEN, measure=Measure.FLOW),  # open facts need value, bounds and qualifier only
        replace(FACT, start=80, end=83),  # spurious
    ]
    assert evaluate(gold, predicted).summary() == {
        "gold": 4,
        "predicted": 4,
        "found_recall": 0.75,
        "found_precision": 0.75,
        "span_precision": 0.75,
        "mapped_recall": 0.3333,
        "mapped_precision": 0.3333,
        "mapped_f1": 0.3333,
        "metric_recall": 0.6667,
        "open_recall": 1.0,
        "parts_recall": 0.0,
        "spurious": 1,
        "mapped_spurious": 1,
        "unknown_documents": 0,
    }


def test_nothing_predicted_and_nothing_to_find_have_no_rates() -> None:
    empty = evaluate([], []).summary()
    assert (empty["found_recall"], empty["mapped_precision"], empty["mapped_f1"]) == (None, None, 0.0)


def test_errors_say_what_was_missed_wrong_and_spurious() -> None:
    evaluation = evaluate(
        [FACT, ZERO], [replace(FACT, value=Decimal("18.5"), year=None), replace(OPEN, text="二十八个")]
    )
    wrong, missed, spurious = evaluation.errors
    assert (wrong.kind, wrong.start, wrong.expected, wrong.found) == (
        "wrong",
        10,
        {"value": "18", "year": "2024"},
        {"value": "18.5", "year": "null"},
    )
    assert (missed.kind, missed.metric, missed.expected["value"]) == ("missed", "major_incidents", "0")
    assert (spurious.kind, spurious.text, spurious.found["metric"]) == ("spurious", "二十八个", "null")


def test_each_metric_has_its_own_score() -> None:
    taken_for_smes = replace(FACT, metric="tech_smes")
    scores = evaluate([FACT, replace(FACT, start=30, end=33)], [taken_for_smes]).by_metric()
    assert list(scores) == ["high_tech_enterprises", "tech_smes"]
    assert (scores["high_tech_enterprises"].gold, scores["high_tech_enterprises"].right) == (2, 0)
    assert (scores["tech_smes"].precision, scores["tech_smes"].recall) == (0.0, None)


def test_each_field_is_scored_and_undecided_fields_are_not_compared() -> None:
    decided = replace(OPEN, stated=frozenset({"label"}))
    evaluation = evaluate([FACT, decided], [replace(FACT, label="高企", unit="户"), replace(OPEN, label="朋友圈")])
    fields = evaluation.by_field()
    assert (fields["value"].recall, fields["unit"].recall) == (1.0, 0.5)
    assert (fields["label"].gold, fields["label"].right) == (1, 0)
    assert fields["scope"].recall is None


def test_numbers_are_read_exactly_and_compared_by_value(tmp_path: Path) -> None:
    gold = load_gold(written(tmp_path / "gold.jsonl", as_record(FACT) | {"value": 18.10, "document": "a/b/报告.txt"}))
    predicted = load_gold(written(tmp_path / "predicted.jsonl", as_record(FACT) | {"value": "18.1"}))
    assert gold[0].value == Decimal("18.1")
    assert evaluate(gold, predicted).summary()["mapped_f1"] == 1.0


def test_only_the_optional_fields_of_the_line_are_stated(tmp_path: Path) -> None:
    (fact,) = load_gold(written(tmp_path / "gold.jsonl", as_record(FACT) | {"label": None, "scope": "bureau"}))
    assert fact.stated == {"label", "scope"}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("{", "gold.jsonl:2: not a JSON object"),
        ("[]", "gold.jsonl:2: not a JSON object"),
        ({"start": 1}, "gold.jsonl:2: a fact without 'document'"),
        (as_record(FACT) | {"measure": "level"}, "gold.jsonl:2: not a fact: measure"),
        (as_record(FACT) | {"value": "many"}, "gold.jsonl:2: not a fact: value"),
        ({"id": "A1-01", "facts": []}, "gold.jsonl:2: a text without 'text'"),
        ({"id": "A1-01", "text": "无", "year": None, "facts": [7]}, "gold.jsonl:2: a text needs"),
        ({"id": "A1-01", "text": "共17家", "year": None, "facts": [as_record(FACT)]}, "does not stand at 10–13"),
    ],
)
def test_a_line_that_is_no_gold_is_refused_with_its_place(tmp_path: Path, record: object, reason: str) -> None:
    path = written(tmp_path / "gold.jsonl", as_record(FACT), record)
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    assert reason in str(caught.value)


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="nowhere"):
        load_gold(tmp_path / "nowhere.jsonl")
    with pytest.raises(GoldError, match="nowhere"):
        load_accepted(tmp_path / "nowhere.json")


def test_gains_and_losses_against_an_accepted_result(tmp_path: Path) -> None:
    gold = [FACT, ZERO, OPEN]
    invented = replace(FACT, start=80, end=83)
    save_accepted(result_of(evaluate(gold, [FACT, OPEN])), tmp_path / "accepted.json")
    accepted = load_accepted(tmp_path / "accepted.json")

    same = compare(evaluate(gold, [FACT, OPEN]), accepted)
    assert (same.gained, same.lost, same.is_worse) == ((), (), False)

    changed = compare(evaluate(gold, [ZERO, OPEN, invented]), accepted)
    assert changed.gained == ("报告.txt:40-44:major_incidents:stock",)
    assert changed.lost == ("报告.txt:10-13:high_tech_enterprises:stock",)
    assert changed.new_spurious == ("报告.txt:80-83:high_tech_enterprises:stock",)
    assert changed.is_worse

    assert (changed.f1_before, changed.f1_now, changed.falls) == (0.6667, 0.5, True)

    gold_withdrawn = compare(evaluate([ZERO, OPEN], [ZERO, OPEN]), accepted)
    assert not gold_withdrawn.is_worse


@pytest.mark.parametrize("content", ["", "[]", '{"right": []}', '{"mapped_f1": "x", "right": [], "spurious": []}'])
def test_a_broken_accepted_result_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(GoldError, match="not an accepted result"):
        load_accepted(written(tmp_path / "accepted.json", content))


def test_the_gold_of_the_samples_stands_in_the_samples(sample_documents: list[Document]) -> None:
    facts = load_gold(GOLD / "samples.jsonl")
    texts = {document.name: document.text for document in sample_documents}
    assert {fact.document for fact in facts} == set(texts)
    misplaced = [fact for fact in facts if texts[fact.document][fact.start : fact.end] != fact.text]
    assert not misplaced


@pytest.mark.parametrize("name", ["samples.jsonl", "short_texts.jsonl"])
def test_gold_facts_are_whole(name: str) -> None:
    facts = load_gold(GOLD / name)
    starts = {(fact.document, fact.start) for fact in facts}
    assert all(
        (fact.document, whole) in starts for fact in facts for whole in (fact.part_of, fact.of) if whole is not None
    )
    assert not [fact for fact in facts if fact.metric is None and not fact.label]
    assert not [fact for fact in facts if fact.value is None and fact.lower is None and fact.upper is None]
    evaluation = evaluate(facts, facts)
    assert evaluation.summary()["mapped_f1"] == evaluation.summary()["open_recall"] == 1.0
    assert evaluation.errors == ()


def test_short_texts_have_ids_of_their_own_and_some_hold_no_fact() -> None:
    texts = load_gold_texts(GOLD / "short_texts.jsonl")
    assert len({text.id for text in texts}) == len(texts) >= 160
    assert sum(not text.facts for text in texts) >= 35
    assert len({fact.metric for text in texts for fact in text.facts}) > 110


def test_the_gold_of_the_real_reports_against_itself_is_perfect(gold_folder: Path) -> None:
    facts = load_gold(gold_folder / "seeds.jsonl")
    summary = evaluate(facts, facts).summary()
    assert summary["mapped_f1"] == summary["found_precision"] == summary["parts_recall"] == 1.0
