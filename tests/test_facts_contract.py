"""What holds of every fact, whatever the text: spans, bounds, units, and references to other facts."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from stated_facts import facts_of

from bureau_metrics.catalogue import load_catalogue
from bureau_metrics.evaluation import load_gold_texts
from bureau_metrics.extraction import extract, extract_document, text_document
from bureau_metrics.identity import identify
from bureau_metrics.models import FACT_FIELDS, Document, Extraction, Fact, Measure, Qualifier
from bureau_metrics.reading import read_document

ROOT = Path(__file__).parent
LEVELS = (Measure.STOCK, Measure.FLOW)


@cache
def corpus() -> tuple[tuple[Document, Extraction], ...]:
    """Every sample that is a file and every short text, read once."""
    documents = [read_document(path) for path in sorted((ROOT.parent / "samples").iterdir()) if path.suffix != ".zip"]
    documents += [text_document(text.text, text.id) for text in load_gold_texts(ROOT / "gold" / "short_texts.jsonl")]
    return tuple((document, extract_document(document, identify(document))) for document in documents)


def facts() -> Iterator[tuple[Document, Fact]]:
    for document, extraction in corpus():
        for fact in extraction.facts:
            yield document, fact


def test_there_is_something_to_look_at() -> None:
    assert sum(1 for _ in facts()) > 500


def test_a_fact_stands_in_its_sentence_as_printed() -> None:
    for document, fact in facts():
        assert document.text[fact.start : fact.end] == fact.text != ""
        assert fact.sentence_start <= fact.start < fact.end <= fact.sentence_end
        assert (fact.document_id, fact.document) == (document.document_id, document.name)


def test_facts_come_in_order_and_have_identifiers_of_their_own() -> None:
    for _, extraction in corpus():
        starts = [fact.start for fact in extraction.facts]
        identifiers = [fact.fact_id for fact in extraction.facts]
        assert starts == sorted(starts)
        assert len(identifiers) == len(set(identifiers))


def test_bounds_are_what_the_qualifier_says() -> None:
    for _, fact in facts():
        value, lower, upper = fact.value, fact.lower, fact.upper
        match fact.qualifier:
            case Qualifier.EXACT | Qualifier.ABOUT:
                allowed = [(value, None, None)]
            case Qualifier.MORE_THAN | Qualifier.AT_LEAST:
                allowed = [(value, value, None)]
            case Qualifier.NEARLY | Qualifier.AT_MOST | Qualifier.LESS_THAN:
                allowed = [(value, None, value)]
            case _:
                assert value is None
                assert lower is not None
                assert upper is not None
                assert lower < upper
                continue
        if fact.measure in (Measure.GROWTH, Measure.CHANGE):
            # a fall keeps the bound on its size: the other way round
            allowed += [(stated, high, low) for stated, low, high in allowed]
        if fact.measure is Measure.RANK and fact.qualifier is Qualifier.AT_MOST:
            allowed = [(None, None, upper)]
        assert (value, lower, upper) in allowed, fact.text
        assert all(number is None or isinstance(number, Decimal) for number in (value, lower, upper))


def test_the_unit_is_the_metrics_or_the_measures() -> None:
    catalogue = load_catalogue()
    for _, fact in facts():
        metric = catalogue.metric(fact.metric) if fact.metric else None
        if fact.measure is Measure.GROWTH:
            assert fact.unit == "%", fact.text
        elif fact.measure is Measure.RANK:
            assert fact.unit == "位", fact.text
        elif metric is not None and fact.measure in LEVELS:
            assert fact.unit == metric.unit, fact.text
        elif metric is not None and fact.measure is Measure.CHANGE:
            assert fact.unit in (metric.unit, "个百分点", "位"), fact.text


def test_a_figure_that_points_to_another_points_to_one_of_its_document() -> None:
    for _, extraction in corpus():
        starts = {fact.start for fact in extraction.facts}
        for fact in extraction.facts:
            assert fact.of is None or fact.of in starts
            assert fact.part_of is None or (fact.part_of in starts and fact.part_of < fact.start)
            assert fact.of is None or fact.measure in (Measure.GROWTH, Measure.CHANGE, Measure.RANK, Measure.RATIO)


def test_a_part_is_no_greater_than_its_whole() -> None:
    for _, extraction in corpus():
        by_start = {fact.start: fact for fact in extraction.facts}
        for fact in extraction.facts:
            whole = by_start[fact.part_of] if fact.part_of is not None else None
            if whole is not None and None not in (whole.value, fact.value) and whole.unit == fact.unit:
                assert fact.value <= whole.value, fact.text


def test_a_flow_lies_in_a_period_and_a_stock_has_a_day_at_most() -> None:
    for _, fact in facts():
        if fact.measure is Measure.STOCK:
            assert fact.period_start is None, fact.text
        elif fact.measure is Measure.FLOW and fact.year is not None and fact.period_start and fact.period_end:
            assert fact.period_start <= fact.period_end, fact.text


def test_every_fact_has_a_metric_or_a_label() -> None:
    unnamed = [(document.name, fact.text) for document, fact in facts() if not fact.metric and not fact.label]
    assert unnamed == []


def test_a_record_holds_every_field_in_json_form() -> None:
    _, fact = next(facts())
    record = fact.record()
    assert tuple(record) == FACT_FIELDS
    assert all(value is None or isinstance(value, (str, int, bool)) for value in record.values())


def test_the_same_text_gives_the_same_facts_twice() -> None:
    document, extraction = corpus()[0]
    assert extract_document(document, identify(document)) == extraction
    assert extract(document) == list(extraction.facts)


def test_identifiers_survive_edits_elsewhere_in_the_document() -> None:
    sentence = "全年召开党组会议37次，研究议题356个。"
    before = facts_of(f"一、主要成效\n{sentence}\n")
    after = facts_of(f"一、主要成效\n新写的一句话，办理信访件5件。\n又一段。\n{sentence}另加一句。\n")
    kept = {fact.text: fact for fact in after}
    assert [(fact.fact_id, fact.mention_id) for fact in before] == [
        (kept[fact.text].fact_id, kept[fact.text].mention_id) for fact in before
    ]
    assert all(kept[fact.text].start != fact.start for fact in before)


def test_equal_sentences_and_two_facts_on_one_span_are_told_apart() -> None:
    twice = facts_of("召开党组会议37次。\n召开党组会议37次。\n")
    assert len({fact.fact_id for fact in twice}) == len({fact.mention_id for fact in twice}) == 2
    rates = facts_of("学法考试参考率、合格率均达100%。")
    assert len({fact.fact_id for fact in rates}) == 2
    assert len({fact.mention_id for fact in rates}) == 1


def test_an_edit_inside_the_sentence_changes_its_identifiers() -> None:
    (before,) = facts_of("召开党组会议37次。")
    (after,) = facts_of("召开党组会议38次。")
    assert before.fact_id != after.fact_id
    assert before.mention_id != after.mention_id
