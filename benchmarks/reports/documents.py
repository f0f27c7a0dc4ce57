"""A bureau's reports over the years: what each says, section by section, and the layout of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.reports.composing import Key, filled, keys_of, sentence_of, stated
from benchmarks.reports.figures import Figures
from benchmarks.reports.places import Bureau
from benchmarks.reports.printing import han
from benchmarks.reports.roles import Telling
from benchmarks.reports.style import Style, style_of
from benchmarks.reports.truth import Report, Sentence
from benchmarks.reports.words import Form, MetricWords, Words

Extra = Mapping[int, Sequence[tuple[str, Sentence]]]
OFTEN, SELDOM = 0.5, 0.3
FORM_KEPT = 0.6
SCOPES = ("", "bureau", "jurisdiction")
PLANS = 4


@dataclass
class Draft:
    """A report while it is written: the sentences of each section and what they state."""

    bureau: Bureau
    style: Style
    telling: Telling
    sections: dict[str, list[Sentence]] = field(default_factory=lambda: defaultdict(list))
    stated: set[Key] = field(default_factory=set)
    plans: list[tuple[str, str]] = field(default_factory=list)
    silent: frozenset[str] = frozenset()

    def say(self, section: str, form: Form, *, exactly: bool = False, again: bool = False) -> bool:
        """Add a sentence, unless it cannot be said or says again what is said already."""
        telling = self.telling
        if exactly:
            telling = telling._replace(may_bound=False)
        sentence = sentence_of(form, self.bureau, telling)
        if sentence is None or (not again and self.stated & keys_of(sentence)):
            return False
        self.sections[section].append(sentence)
        self.stated |= keys_of(sentence)
        return True

    def has(self, metric: MetricWords) -> bool:
        year = self.telling.year
        return any((metric.id, metric.measure, year, f"actualwhole_year{scope}") in self.stated for scope in SCOPES)


def main_forms(draft: Draft, metric: MetricWords) -> list[Form]:
    """Return the forms in the order in which this bureau would choose them this year."""
    value = draft.telling.level(metric.id, draft.telling.year)
    forms = metric.others.get("none", ()) if value == 0 else metric.forms
    if not forms:
        return []
    random = draft.telling.random
    kept = draft.style.favourite[metric.id] if random.random() < FORM_KEPT else random.randrange(100)
    start = kept % len(forms)
    usable = [form for form in (*forms[start:], *forms[:start]) if draft.silent.isdisjoint(form.metrics)]
    return [form for form in usable if all(slot.metric in draft.style.reported for slot in form.slots)] or usable


def write_required(draft: Draft, required: Sequence[tuple[str, str]]) -> None:
    """State what last year's report planned, so that each plan has its result."""
    for metric_id, role in required:
        metric = draft.telling.words.metrics[metric_id]
        for form in main_forms(draft, metric):
            own = {slot.role for slot in form.slots if slot.metric == metric_id}
            said = own & {"added"} if role == "added" else own & {"level", "rise", "course", "zero"}
            if said and draft.say(metric.section, form, exactly=True):
                break


def write_metric(draft: Draft, metric: MetricWords) -> None:
    """State a metric once in the main form, at times also of an earlier year or of a part of this one."""
    if not draft.has(metric):
        for form in main_forms(draft, metric):
            if draft.say(metric.section, form):
                break
    random = draft.telling.random
    for key, chance in (("part_year", SELDOM), ("look_back", OFTEN), ("repeated", SELDOM), ("whole", OFTEN)):
        for form in metric.others.get(key, ()):
            if random.random() < chance and (key == "look_back" or draft.has(metric)):
                draft.say(metric.section, form, exactly=True, again=key == "repeated")
    for form in metric.others.get("national", ()):
        if random.random() < SELDOM:
            text = filled(form.text, draft.bureau, draft.telling.year)
            draft.sections[metric.section].append(Sentence(text))


def write_plans(draft: Draft) -> None:
    """Plan for the next year a few of the metrics that this bureau always reports."""
    words = draft.telling.words
    able = [
        metric for metric in words.metrics.values() if "plan" in metric.others and metric.id in draft.style.reported
    ]
    draft.telling.random.shuffle(able)
    for metric in able[:PLANS]:
        form = draft.telling.random.choice(metric.others["plan"])
        if draft.say("plans", form):
            role = "added" if any(slot.role == "plan_added" for slot in form.slots) else "level"
            draft.plans.append((metric.id, role))


def drafted(draft: Draft, required: Sequence[tuple[str, str]], extra: Sequence[tuple[str, Sentence]]) -> Draft:
    """Write all sentences of a year."""
    write_required(draft, required)
    for metric in draft.telling.words.metrics.values():
        if metric.id in draft.style.reported:
            write_metric(draft, metric)
    for rule in draft.telling.words.prose["rule"]:
        if draft.telling.random.random() < SELDOM:
            sentence = stated(rule["text"], rule["printed"], rule["metric"], rule["value"], draft.telling)
            draft.sections[rule["section"]].append(sentence)
    write_plans(draft)
    for section, sentence in extra:
        draft.sections[section].append(sentence)
    return draft


def reports_of(
    words: Words, bureau: Bureau, figures: Figures, years: Sequence[int], seed: int,
    silent: frozenset[str] = frozenset(), extra: Extra | None = None,
) -> list[Report]:  # fmt: skip
    """Write the reports of a bureau, year by year.

    `silent` metrics are left out but for what `extra` says: sentences by year, each with its section.
    """
    style = style_of(
        words, [metric for metric in figures if metric in words.metrics], Random(f"{seed}/style/{bureau.name}")
    )
    style = replace(style, reported=style.reported - silent)
    reports: list[Report] = []
    required: list[tuple[str, str]] = []
    for year in years:
        random = Random(f"{seed}/report/{bureau.name}/{year}")
        telling = Telling(words, figures, style, year, year - random.choice((2, 3)), random, may_bound=True)
        draft = drafted(Draft(bureau, style, telling, silent=silent), required, (extra or {}).get(year, ()))
        required = draft.plans
        reports.append(laid_out(draft))
    return reports


@dataclass
class Page:
    """The text so far, and where its sentences start."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    sentences: list[tuple[int, Sentence]] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def write_sentence(self, sentence: Sentence) -> None:
        self.sentences.append((self.length, sentence))
        self.write(sentence.text)


def headings(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the sections that have something to say, each with its heading."""
    prose, random = draft.telling.words.prose, draft.telling.random
    for section in draft.style.sections:
        if draft.sections.get(section):
            yield section, random.choice(prose["headings"][section])


def laid_out(draft: Draft) -> Report:
    """Put title, sections, plans and signature on a page."""
    prose, random, year, bureau = draft.telling.words.prose, draft.telling.random, draft.telling.year, draft.bureau
    page = Page()
    name = bureau.short_name if draft.style.short_title else bureau.name
    titles = prose["titles"][draft.style.kind]
    title = titles[draft.style.favourite.get("party_group_meetings", 0) % len(titles)]
    page.write(filled(title, bureau, year).replace("{bureau}", name) + "\n\n")
    opening = filled(random.choice(prose["openings"]["plain"]), bureau, year)
    page.write(opening.replace("{reference}", str(random.randint(1, 30))) + "\n\n")
    number = write_sections(page, draft)
    page.write(f"{han(number)}、{random.choice(prose['problems']['headings'])}\n\n")
    page.write(random.choice(prose["problems"]["texts"]) + "\n\n")
    write_plan_section(page, draft, number + 1)
    write_ending(page, draft)
    return Report(f"{bureau.name}{year}.txt", bureau, year, "".join(page.text), tuple(page.sentences))


def write_sections(page: Page, draft: Draft) -> int:
    """Write the sections and return the number of the next heading."""
    inside, year = draft.style.numbered_inside, draft.telling.year
    if inside:
        page.write(f"一、{year}年主要工作情况\n\n")
    number = 1
    for section, heading in headings(draft):
        page.write(f"（{han(number)}）{heading}。" if inside else f"{han(number)}、{heading}\n\n")
        page.write(draft.telling.random.choice(draft.telling.words.prose["leads"][section]))
        for sentence in draft.sections[section]:
            page.write_sentence(sentence)
        page.write("\n\n")
        number += 1
    return 2 if inside else number


def write_plan_section(page: Page, draft: Draft, number: int) -> None:
    prose, random = draft.telling.words.prose["plans"], draft.telling.random
    fill = (draft.bureau, draft.telling.year)
    page.write(f"{han(number)}、{filled(random.choice(prose['headings']), *fill)}\n\n")
    page.write(filled(random.choice(prose["openings"]), *fill))
    for sentence in draft.sections.get("plans", []):
        page.write_sentence(sentence)
    page.write("持续提升工作质效，推动各项任务落地见效。\n\n")


def write_ending(page: Page, draft: Draft) -> None:
    random, prose = draft.telling.random, draft.telling.words.prose["endings"]
    day = f"{draft.telling.year + 1}年{random.randint(1, 3)}月{random.randint(1, 28)}日"
    page.write(f"{draft.bureau.name}\n{day}\n")
    if random.random() < SELDOM:
        contact = random.choice(prose["contacts"]).replace("{reference}", str(random.randint(31, 89)))
        page.write(contact.replace("{phone}", str(random.randint(2_000_000, 8_999_999))) + "\n")
