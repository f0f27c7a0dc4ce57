"""A sentence as the rules see it: its quantities, the words known in it, its clauses, the zones around each number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, reduce
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING

from bureau_metrics.catalogue import Metric
from bureau_metrics.catalogue.vocabulary import Role, Vocabulary
from bureau_metrics.lexicon import alternation, words
from bureau_metrics.mentions import Mention
from bureau_metrics.models import Confidence, Measure, Qualifier, Scope, Status
from bureau_metrics.structure import Section

if TYPE_CHECKING:
    from bureau_metrics.facts.candidates import Match

Hit = tuple[int, int, int]
Span = tuple[int, int]

# A page that lost its punctuation still numbers its points: …考试二是旁听….
_BREAK = re.compile(r"[，；：。！？（）\n]|(?<=[一-龥0-9])[二三四五六七八九](?=是(?!否))")
_REACH = 60


@dataclass(slots=True)
class Draft:
    """A fact in the making; offsets end exclusive. It is a part of `whole`, the growth or rank of `subject`."""

    mention: Mention | None
    start: int
    end: int
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: Qualifier
    unit: str
    measure: Measure
    rule: str
    metric: Metric | None = None
    term: str | None = None
    label: Span | None = None
    narrowed: bool = False
    subject: Draft | None = None
    whole: Draft | None = None
    relative_to: str | None = None
    status: Status = Status.ACTUAL
    year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    scope: Scope | None = None
    confidence: Confidence = Confidence.HIGH
    years_back: int = 0
    year_said: int | None = None
    # Where the statement begins: a denial's own offset, so that words inside the denied noun decide nothing.
    said_at: int | None = None

    @classmethod
    def of_mention(cls, mention: Mention, measure: Measure, rule: str, unit: str | None = None) -> Draft:
        """Return a draft with the span, numbers and qualifier of a mention; `unit` where it is not the mention's."""
        return cls(
            mention,
            mention.start,
            mention.end,
            mention.value,
            mention.lower,
            mention.upper,
            mention.qualifier,
            mention.unit if unit is None else unit,
            measure,
            rule,
        )

    @property
    def statement_start(self) -> int:
        """Where the statement begins: the words before it decide its status and time."""
        return self.start if self.said_at is None else self.said_at


@dataclass(slots=True)
class View:
    """One sentence: offsets end exclusive, `hits` the words known in it, `breaks` the ends of its clauses."""

    folded: str
    start: int
    end: int
    vocabulary: Vocabulary
    hits: list[Hit]
    mentions: list[Mention]
    breaks: list[int]
    section: Section
    # The word numbers of the section's own heading: its topic, where a sentence leaves it unsaid.
    topic: frozenset[int] = frozenset()
    drafts: dict[int, Draft] = field(default_factory=dict)
    zones: dict[int, Zone] = field(default_factory=dict)
    unresolved: dict[int, str] = field(default_factory=dict)
    shared_verbs: dict[int, Hit] = field(default_factory=dict)
    years_back: dict[int, int] = field(default_factory=dict)
    # Numbers of 由X降为Y: levels, whatever verb stands between.
    levels: set[int] = field(default_factory=set)
    doubled: list[Draft] = field(default_factory=list)
    figure_of: dict[int, int] = field(default_factory=dict)
    years_said: dict[int, int] = field(default_factory=dict)
    # Where years stand that belong to single numbers by order (2022年、2023年分别为…) and to no other figure.
    years_apart: list[Span] = field(default_factory=list)
    # What a growth is measured against, by number of the mention, where baselines stand by order before 分别.
    baselines: dict[int, str] = field(default_factory=dict)
    nouns_in_order: list[list[int]] = field(default_factory=list)
    # The metric of a number by its own verb, where verbs stand by order before 分别 with one noun.
    named_in_order: dict[int, Match] = field(default_factory=dict)
    before: list[Draft] = field(default_factory=list)
    provincial: bool = False
    bureau: str = ""
    # The word numbers of the sentence, its words with a role, all their roles together, and its heads of terms.
    present: frozenset[int] = field(init=False)
    _with_roles: list[tuple[int, Hit]] = field(init=False)
    _roles: int = field(init=False)
    _heads: list[Hit] = field(init=False)
    rest: list[int] | None = None

    def __post_init__(self) -> None:
        roles, heads = self.vocabulary.roles, self.vocabulary.heads
        self.present = frozenset([hit[2] for hit in self.hits])
        self._with_roles = [(roles[hit[2]], hit) for hit in self.hits if roles[hit[2]]]
        self._roles = reduce(or_, [roles[word] for word in self.present], 0)
        self._heads = [hit for hit in self.hits if heads[hit[2]]]

    def role(self, hit: Hit) -> int:
        """Return the roles of a hit's word."""
        return self.vocabulary.roles[hit[2]]

    def has_role(self, role: int) -> bool:
        """Whether a word of the sentence has one of the roles."""
        return bool(self._roles & role)

    def within(self, start: int, end: int) -> list[Hit]:
        """Return the hits that lie inside the span."""
        return [hit for hit in self.hits if start <= hit[0] and hit[1] <= end]

    def with_role(self, start: int, end: int, role: int) -> list[Hit]:
        """Return the hits inside the span whose word has one of the roles."""
        if not self._roles & role:
            return []
        return [hit for roles, hit in self._with_roles if roles & role and start <= hit[0] and hit[1] <= end]

    def heads(self, start: int, end: int) -> list[Hit]:
        """Return the hits inside the span whose word heads a term of some metric."""
        return [hit for hit in self._heads if start <= hit[0] and hit[1] <= end]

    def figure_by_order(self, index: int) -> Draft | None:
        """Return the figure that 分别 makes the number at `index` a growth or rank of, or None."""
        return self.drafts.get(self.figure_of[index]) if index in self.figure_of else None

    def clause(self, offset: int) -> Span:
        """Return the clause (between hard punctuation) that holds the offset."""
        index = bisect_right(self.breaks, offset - 1) if offset else 0
        begin = self.breaks[index - 1] + 1 if index else self.start
        stop = self.breaks[index] if index < len(self.breaks) else self.end
        return max(begin, self.start), stop


@dataclass(slots=True)
class Zone:
    """Where the noun of a number may stand: before it, or behind it; and the clause of both."""

    pre: Span
    post: Span
    clause: Span
    # End of the noun before the number, without 共, 达, 总数 and other connectors.
    noun_end: int


def sentence_breaks(folded: str, start: int, end: int, protected: list[Span]) -> list[int]:
    """Return the offsets of hard punctuation in a sentence, outside titles and quotations (in order of place)."""
    found = [match.start() for match in _BREAK.finditer(folded, start, end)]
    inside = protected[bisect_right(protected, start, key=_end_of) : bisect_left(protected, (end,))]
    return [offset for offset in found if not any(a < offset < b for a, b in inside)] if inside else found


def _end_of(span: Span) -> int:
    return span[1]


@cache
def _connector_end() -> re.Pattern[str]:
    return _backwards([*words("grammar", "connectors"), *words("grammar", "count_nouns"), *' “”"'])


@cache
def _label_end() -> re.Pattern[str]:
    # Of the single characters only those that end no noun: 成 and 均 do (建成, 平均).
    choices = [word for word in words("grammar", "connectors") if len(word) > 1 or word in "共达为有计各已仅是的在"]
    return _backwards([*choices, " "])


def _backwards(choices: list[str]) -> re.Pattern[str]:
    """Return a pattern of words in a row for text read from its end: a match begins there, a search is slower."""
    return re.compile(rf"(?:{alternation([word[::-1] for word in choices])})*")


def label_end(folded: str, start: int, end: int) -> int:
    """Return where the label ends in `folded[start:end]`: like `trimmed`, but 产量, 总额 and their like stay."""
    return _cut_back(_label_end(), folded, start, end)


def trimmed(folded: str, start: int, end: int) -> int:
    """Return where the noun ends in `folded[start:end]` when the connectors behind it are left out."""
    return _cut_back(_connector_end(), folded, start, end)


def _cut_back(behind: re.Pattern[str], folded: str, start: int, end: int) -> int:
    match = behind.match(folded[max(start, end - _REACH) : end][::-1])
    assert match is not None
    return end - match.end()


def residue(view: View, start: int, end: int) -> int:
    """Return how many characters of a span are left without verbs and connectors: 0 means no noun of its own."""
    if end <= start:
        return 0
    if view.rest is None:
        view.rest = _rest(view)
    return view.rest[end - view.start] - view.rest[start - view.start]


_NO_NOUN = (
    Role.VERB
    | Role.NEW
    | Role.TOTAL
    | Role.UP
    | Role.DOWN
    | Role.BASE
    | Role.PARTS
    | Role.PLANNED
    | Role.MET
    | Role.JURISDICTION
    | Role.BUREAU
    | Role.OTHER_OWNER
)


def _rest(view: View) -> list[int]:
    """Return, for each offset of the sentence, how many characters before it belong to no verb, time or connector."""
    covered = bytearray(view.end - view.start)
    makers = words("grammar", "noun_makers")
    begins = {hit[0] for hit in view.hits if hit[1] - hit[0] > 1}
    for start, end, _ in view.with_role(view.start, view.end, _NO_NOUN):
        if view.folded[end : end + 1] in makers and end not in begins:
            # 增加值, 培训班: the verb is a part of a noun; 研究法治 is not 研究法.
            continue
        covered[start - view.start : end - view.start] = b"\1" * (end - start)
    for pattern in (_connector(), _NO_HAN):
        for match in pattern.finditer(view.folded, view.start, view.end):
            start, end = match.span()
            covered[start - view.start : end - view.start] = b"\1" * (end - start)
    return [0, *accumulate(covered.translate(_UNCOVERED))]


_NO_HAN = re.compile("[^一-龥]+")
_UNCOVERED = bytes([1, 0]) + bytes(254)


@cache
def _connector() -> re.Pattern[str]:
    lists = ("connectors", "count_nouns", "coordinators", "transparent")
    return re.compile(alternation(word for name in lists for word in words("grammar", name)))
