"""A sentence as the rules see it: its quantities, the words known in it, its clauses, the zones around each number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import accumulate

from bureau_metrics.catalogue import Metric
from bureau_metrics.catalogue.vocabulary import Role, Vocabulary
from bureau_metrics.lexicon import alternation, words
from bureau_metrics.models import Confidence, Measure, Qualifier, Scope, Status
from bureau_metrics.quantities import Mention
from bureau_metrics.structure import Section

Hit = tuple[int, int, int]
Span = tuple[int, int]

_BREAK = re.compile(r"[，；：。！？（）\n]|,(?![0-9])|(?<![0-9]),")
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
    drafts: dict[int, Draft] = field(default_factory=dict)
    zones: dict[int, Zone] = field(default_factory=dict)
    unresolved: dict[int, str] = field(default_factory=dict)
    shared_verbs: dict[int, Hit] = field(default_factory=dict)
    years_back: dict[int, int] = field(default_factory=dict)
    doubled: list[Draft] = field(default_factory=list)
    figure_of: dict[int, int] = field(default_factory=dict)
    years_said: dict[int, int] = field(default_factory=dict)
    nouns_in_order: list[list[int]] = field(default_factory=list)
    before: list[Draft] = field(default_factory=list)
    provincial: bool = False
    bureau: str = ""
    starts: list[int] = field(init=False)
    rest: list[int] | None = None

    def __post_init__(self) -> None:
        self.starts = [hit[0] for hit in self.hits]

    def role(self, hit: Hit) -> int:
        """Return the roles of a hit's word."""
        return self.vocabulary.roles[hit[2]]

    def _beginning(self, start: int, end: int) -> list[Hit]:
        low = bisect_left(self.starts, start)
        return self.hits[low : bisect_left(self.starts, end, low)]

    def within(self, start: int, end: int) -> list[Hit]:
        """Return the hits that lie inside the span."""
        return [hit for hit in self._beginning(start, end) if hit[1] <= end]

    def with_role(self, start: int, end: int, role: int) -> list[Hit]:
        """Return the hits inside the span whose word has one of the roles."""
        roles = self.vocabulary.roles
        return [hit for hit in self._beginning(start, end) if roles[hit[2]] & role and hit[1] <= end]

    def heads(self, start: int, end: int) -> list[Hit]:
        """Return the hits inside the span whose word heads a term of some metric."""
        heads = self.vocabulary.heads
        return [hit for hit in self._beginning(start, end) if heads[hit[2]] and hit[1] <= end]

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
    """Return the offsets of hard punctuation in a sentence, outside titles and quotations."""
    found = [match.start() for match in _BREAK.finditer(folded, start, end)]
    inside = [span for span in protected if span[0] < end and span[1] > start]
    return [offset for offset in found if not any(a < offset < b for a, b in inside)] if inside else found


@cache
def _connector_end() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternation([*words('grammar', 'connectors'), *words('grammar', 'count_nouns')])}|[ “”\"])+$"
    )


@cache
def _label_end() -> re.Pattern[str]:
    # Of the single characters only those that end no noun: 成 and 均 do (建成, 平均).
    choices = [word for word in words("grammar", "connectors") if len(word) > 1 or word in "共达为有计各已仅是的在"]
    return re.compile(rf"(?:{alternation(choices)}|[ ])+$")


def label_end(folded: str, start: int, end: int) -> int:
    """Return where the label ends in `folded[start:end]`: like `trimmed`, but 产量, 总额 and their like stay."""
    return _cut_back(_label_end(), folded, start, end)


def trimmed(folded: str, start: int, end: int) -> int:
    """Return where the noun ends in `folded[start:end]` when the connectors behind it are left out."""
    return _cut_back(_connector_end(), folded, start, end)


def _cut_back(behind: re.Pattern[str], folded: str, start: int, end: int) -> int:
    low = max(start, end - _REACH)
    match = behind.search(folded[low:end])
    return low + match.start() if match else end


def zones(view: View) -> None:
    """Work out the zones of every mention of the sentence."""
    mentions = view.mentions
    for index, mention in enumerate(mentions):
        previous = mentions[index - 1].end if index else view.start
        following = mentions[index + 1].start if index + 1 < len(mentions) else view.end
        clause = view.clause(mention.start)
        begin = max(clause[0], previous)
        begin = _behind_joint(view.folded, begin, mention.start, begin == previous)
        noun_end = trimmed(view.folded, begin, mention.start)
        if noun_end <= begin:
            begin, noun_end = _reach_over(view, begin, previous)
        stop = min(view.clause(mention.end)[1] if mention.end < view.end else mention.end, following)
        if stop < mention.end or view.folded[mention.end : mention.end + 1] in ("、", "，", "；", "。", "", "）", "（"):
            stop = mention.end
        view.zones[index] = Zone((begin, mention.start), (mention.end, max(stop, mention.end)), clause, noun_end)


def _behind_joint(folded: str, start: int, end: int, follows_number: bool) -> int:
    """Return where the noun begins behind 、 or 和; 及 and 和 join only behind a number (及时率 and 和解 are words)."""
    joints = "、 和及与" if follows_number else "、 "
    while start < end and folded[start] in joints:
        joints = "、 " if folded[start] in "和及与" else joints
        start += 1
    return start


def _reach_over(view: View, begin: int, previous: int) -> Span:
    """Look over a colon or a bracket for the noun: 高新技术企业（含培育库）：35家."""
    folded = view.folded
    position = begin
    while position > previous and folded[position - 1] in "：） ":
        if folded[position - 1] == "）":
            opening = folded.rfind("（", previous, position)
            if opening < 0:
                break
            position = opening
        else:
            position -= 1
    if position == begin:
        return begin, begin
    clause = view.clause(max(view.start, position - 1))
    start = max(clause[0], previous)
    start = _behind_joint(folded, start, position, start == previous)
    return start, trimmed(folded, start, position)


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
    size = view.end - view.start
    covered = bytearray(size)
    makers = words("grammar", "noun_makers")
    for start, end, _ in view.with_role(view.start, view.end, _NO_NOUN):
        if view.folded[end : end + 1] in makers:
            # 增加值, 培训班: the verb is a part of a noun.
            continue
        covered[start - view.start : end - view.start] = b"\1" * (end - start)
    for match in _connector().finditer(view.folded, view.start, view.end):
        covered[match.start() - view.start : match.end() - view.start] = b"\1" * (match.end() - match.start())
    text = view.folded[view.start : view.end]
    left = (not known and "一" <= character <= "龥" for known, character in zip(covered, text, strict=True))
    return [0, *accumulate(left)]


@cache
def _connector() -> re.Pattern[str]:
    lists = ("connectors", "count_nouns", "coordinators", "transparent")
    return re.compile(alternation(word for name in lists for word in words("grammar", name)))
