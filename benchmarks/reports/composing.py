"""A form and a bureau's figures make a sentence, with the mentions that it states."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.reports.places import Bureau
from benchmarks.reports.roles import ROLES, Telling
from benchmarks.reports.truth import Mention, Sentence
from benchmarks.reports.words import Form

AT_LEAST = "以上"
Key = tuple[str, str, int, str]


def filled(text: str, bureau: Bureau, year: int, back_year: int = 0) -> str:
    """Fill the slots that are no figures: year, next, area, we, back_year."""
    if "{" not in text:
        return text
    return (
        text.replace("{year}", str(year))
        .replace("{next}", str(year + 1))
        .replace("{area}", bureau.area)
        .replace("{we}", "我局")
        .replace("{back_year}", str(back_year))
    )


def scope_of(text: str) -> str | None:
    if "{area}" in text or "全社会" in text:
        return "jurisdiction"
    return "bureau" if "全局" in text or "{we}" in text else None


def sentence_of(form: Form, bureau: Bureau, telling: Telling) -> Sentence | None:
    """Compose a sentence, or return None where one of its slots cannot be said."""
    metrics = telling.words.metrics
    single = len(form.slots) == 1 and not metrics[form.slots[0].metric].unbounded
    telling = telling._replace(
        form=form.name, scope=scope_of(form.text), owner=form.owner, may_bound=telling.may_bound and single
    )
    text = ""
    mentions: list[Mention] = []
    for part in form.parts:
        if isinstance(part, str):
            said = filled(part, bureau, telling.year, telling.back_year)
            if said.startswith(AT_LEAST):
                mentions[-1] = at_least(mentions[-1])
            text += said
            continue
        pieces = ROLES[part.role](telling, metrics[part.metric])
        if pieces is None:
            return None
        for words, mention in pieces:
            if mention:
                mentions.append(mention._replace(offset=len(text)) if words else mention)
            text += words
    return Sentence(text, tuple(mentions))


def at_least(mention: Mention) -> Mention:
    """Take 以上 behind a figure into it: a plan of 300家以上 is at least 300."""
    return mention._replace(text=mention.text + AT_LEAST, lower=mention.value, qualifier="at_least")


def keys_of(sentence: Sentence) -> set[Key]:
    """Return what the sentence states, so that nothing is said twice by chance."""
    return {
        (said.metric, said.measure, said.year, f"{said.status}{said.period}{said.of}{said.against}{said.scope or ''}")
        for said in sentence.mentions
    }


def stated(text: str, printed: str, metric: str, value: str, telling: Telling) -> Sentence:
    """Make the sentence of a rule that asks for at least so much."""
    words = telling.words.metrics[metric]
    least = Decimal(value)
    rule = Mention(
        metric, words.measure, None, telling.year, least, least, None, "at_least", words.unit, f"{metric}/rule/1",
        printed, text.index(printed), status="required",
    )  # fmt: skip
    return Sentence(text, (rule,))
