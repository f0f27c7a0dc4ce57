"""A sentence's drafts, in the order in which the rules need each other, and drafts to facts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bureau_metrics.catalogue.vocabulary import Vocabulary
from bureau_metrics.facts.circumstances import Time, governing, scope_of, set_time, status_of
from bureau_metrics.facts.coordination import (
    from_and_to,
    keep_levels,
    narrow_kinds,
    say_years,
    share_by_order,
    share_names,
)
from bureau_metrics.facts.counts import count
from bureau_metrics.facts.parts import mark_parts
from bureau_metrics.facts.rates import rate
from bureau_metrics.facts.shared_figures import share_counts
from bureau_metrics.facts.view import Draft, Hit, Span, View, sentence_breaks
from bureau_metrics.facts.zeros import zeros
from bureau_metrics.facts.zones import zones
from bureau_metrics.mentions import Mention
from bureau_metrics.models import Document, Fact
from bureau_metrics.periods import time_marks
from bureau_metrics.structure import Section, Sentence


@dataclass(slots=True)
class Reader:
    """Reads one document sentence by sentence; `seen` tells equal sentences apart."""

    document: Document
    folded: str
    vocabulary: Vocabulary
    time: Time
    protected: list[Span]
    provincial: bool = False
    bureau: str = ""
    before: list[Draft] = field(default_factory=list)
    before_end: int = 0
    topics: dict[str, frozenset[int]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def read(
        self, sentence: Sentence, section: Section, mentions: list[Mention], hits: list[Hit]
    ) -> tuple[list[Fact], dict[int, str]]:
        """Return the facts of a sentence, and for its unresolved mentions (by number) the rule that gave them up."""
        view = View(
            self.folded,
            sentence.start,
            sentence.end,
            self.vocabulary,
            hits,
            mentions,
            sentence_breaks(self.folded, sentence.start, sentence.end, self.protected),
            section,
            self._topic(section),
            provincial=self.provincial,
            bureau=self.bureau,
        )
        if sentence.start - self.before_end <= 2 and "\n" not in self.folded[self.before_end : sentence.start]:
            view.before = self.before
        by_mention = drafts_of(view, self.time.report_year)
        self.before, self.before_end = list(by_mention.values()), sentence.end
        denied = [draft for draft in zeros(view) if not _overlaps(draft, by_mention)]
        drafts = sorted([*by_mention.values(), *view.doubled, *denied], key=lambda draft: (draft.start, draft.end))
        marks = (
            time_marks(self.folded, sentence.start, sentence.end, self.time.report_year, self.protected)
            if drafts
            else []
        )
        for draft in drafts:
            mark = governing(view, draft, marks, self.time)
            draft.status = status_of(view, draft, mark, self.time)
            set_time(view, draft, mark, self.time)
            draft.scope = scope_of(view, draft)
        text = self.document.text[sentence.start : sentence.end]
        nth = self.seen[text] if drafts else 0
        self.seen[text] += 1 if drafts else 0
        return list(self._facts(view, drafts, text, nth)), view.unresolved

    def _topic(self, section: Section) -> frozenset[int]:
        """Return the words of a section's own heading, read once for each heading."""
        heading = section.path.rpartition(" / ")[2]
        if heading not in self.topics:
            found = self.vocabulary.hits(heading, 0, len(heading)) if len(heading) <= _LONGEST_TOPIC else []
            self.topics[heading] = frozenset([hit[2] for hit in found])
        return self.topics[heading]

    def _facts(self, view: View, drafts: list[Draft], sentence: str, nth: int) -> Iterator[Fact]:
        document, text = self.document, self.document.text
        of_sentence = hashing(document.document_id, sentence, str(nth), "")
        for draft in drafts:
            label = text[draft.label[0] : draft.label[1]] if draft.label else ""
            metric = draft.metric.id if draft.metric else None
            mention_hash = of_sentence.copy()
            mention_hash.update(str(draft.start - view.start).encode())
            mention_id = mention_hash.hexdigest()
            yield Fact(
                fact_id=hashing(mention_id, metric or "", draft.measure, label).hexdigest(),
                mention_id=mention_id,
                document_id=document.document_id,
                document=document.name,
                start=draft.start,
                end=draft.end,
                text=text[draft.start : draft.end],
                metric=metric,
                label=label,
                narrowed=draft.narrowed,
                value=draft.value,
                lower=draft.lower,
                upper=draft.upper,
                qualifier=draft.qualifier,
                unit=draft.unit,
                measure=draft.measure,
                of=draft.subject.start if draft.subject else None,
                relative_to=draft.relative_to,
                status=draft.status,
                year=draft.year,
                period_start=draft.period_start,
                period_end=draft.period_end,
                scope=draft.scope,
                part_of=draft.whole.start if draft.whole else None,
                sentence_start=view.start,
                sentence_end=view.end,
                section=view.section.path,
                page=None,
                row=None,
                column=None,
                rule=draft.rule,
                term=draft.term,
                confidence=draft.confidence,
            )


_LONGEST_TOPIC = 24


def drafts_of(view: View, report_year: int | None) -> dict[int, Draft]:
    """Return the drafts of a sentence's quantities, by number of the mention."""
    if not view.mentions:
        return {}
    zones(view)
    share_by_order(view)
    from_and_to(view)
    share_names(view)
    say_years(view, report_year)
    for index, mention in enumerate(view.mentions):
        if index in view.unresolved:
            continue
        zone = view.zones[index]
        draft = rate(view, index, mention, zone) or count(view, index, mention, zone)
        if draft is not None:
            view.drafts[index] = draft
    keep_levels(view, view.drafts)
    narrow_kinds(view)
    for index, year in view.years_said.items():
        if index in view.drafts:
            view.drafts[index].year_said = year
    share_counts(view)
    mark_parts(view)
    return view.drafts


def _overlaps(draft: Draft, others: dict[int, Draft]) -> bool:
    return any(other.start < draft.end and draft.start < other.end for other in others.values())


def hashing(*parts: str) -> hashlib.blake2b:
    """Return the hash of the parts, a stable identifier of 16 hexadecimal characters; it may be carried on."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8)
