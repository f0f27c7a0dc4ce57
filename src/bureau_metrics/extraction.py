"""Document to facts and ledger: the composition of structure, quantities, catalogue and facts."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from bureau_metrics.catalogue import load_catalogue
from bureau_metrics.catalogue.vocabulary import Vocabulary, build_vocabulary
from bureau_metrics.facts.assembly import Reader
from bureau_metrics.facts.circumstances import Time
from bureau_metrics.facts.denials import denials
from bureau_metrics.facts.table_cells import table_facts
from bureau_metrics.identity import identify
from bureau_metrics.mentions import Kind
from bureau_metrics.models import Disposition, Document, Extraction, Fact, Identity, LedgerEntry
from bureau_metrics.numerals import fold
from bureau_metrics.page_breaks import closed, restored
from bureau_metrics.quantities import Numeral, Scan, scan
from bureau_metrics.structure import structure
from bureau_metrics.tables import is_unit
from bureau_metrics.text_layout import NO_LAYOUT, TextLayout, moved


def extract(document_or_text: Document | str) -> list[Fact]:
    """Return the facts of a document or a text, ordered by `start`.

    Offsets are code points into the canonical text, end exclusive; values are exact decimals in the canonical unit of
    `unit`. The report's year is read from the text itself; where it says none, facts without a year of their own have
    none.
    Raises `CatalogueError` where the packaged catalogue is broken.
    """
    document = document_or_text if isinstance(document_or_text, Document) else text_document(document_or_text)
    return list(extract_document(document, identify(document)).facts)


def text_document(text: str, name: str = "text") -> Document:
    """Return a document of a text that comes from no file."""
    return Document(name, name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def extract_document(document: Document, identity: Identity, vocabulary: Vocabulary | None = None) -> Extraction:
    """Return the facts (ordered by `start`) and the ledger (one disposition a numeral) of a document."""
    vocabulary = vocabulary or build_vocabulary()
    folded = fold(document.text)
    broken = closed(folded, vocabulary.runs_over)
    if broken is None:
        return _read(document, folded, identity, vocabulary)
    whole = replace(
        document,
        text="".join([document.text[offset] for offset in broken.offsets[:-1]]),
        layout=moved(document.layout, broken.closed_place),
    )
    return restored(_read(whole, broken.text, identity, vocabulary), broken, document.text)


def _read(document: Document, folded: str, identity: Identity, vocabulary: Vocabulary) -> Extraction:
    layout = document.layout
    parts = structure(folded, identity.report_year, layout.headings)
    scanned = scan(folded)
    reader = Reader(
        document,
        folded,
        vocabulary,
        Time(identity.report_year, identity.published),
        scanned.protected,
        _provincial(document.text, identity),
        identity.bureau or "",
    )
    facts: list[Fact] = []
    unresolved: dict[int, str] = {}
    mention_starts = [mention.start for mention in scanned.mentions]
    for number in _sentences_to_read(parts.sentence_starts, mention_starts, denials(folded)):
        sentence = parts.sentences[number]
        if layout.tables and layout.table_at(sentence.start):
            continue
        first, last = bisect_left(mention_starts, sentence.start), bisect_left(mention_starts, sentence.end)
        found, why = reader.read(
            sentence,
            parts.section_at(scanned.mentions[first].start if first < last else sentence.start),
            list(scanned.mentions[first:last]),
            vocabulary.hits(folded, sentence.start, sentence.end),
        )
        facts.extend(found)
        unresolved.update({first + index: rule for index, rule in why.items()})
    if layout.tables:
        facts = sorted([*facts, *table_facts(reader, layout.tables, parts)], key=_place)
    if layout is not NO_LAYOUT:
        facts = [_with_place(fact, layout) for fact in facts]
    return Extraction(tuple(facts), tuple(_ledger(document, scanned, facts, unresolved)))


def _place(fact: Fact) -> tuple[int, int]:
    return fact.start, fact.end


def _with_place(fact: Fact, layout: TextLayout) -> Fact:
    """Return a fact with the page, row and column that its figure stands on."""
    cell = layout.cell_at(fact.start)
    return fact._replace(
        page=layout.page_at(fact.start), row=cell.row if cell else None, column=cell.column if cell else None
    )


# A report that never speaks of a city, county or district: its 全省 is its own jurisdiction.
_BELOW_PROVINCE = re.compile(r"[全我本][市县区旗州盟]|师市|[市县区旗]委")


def _provincial(text: str, identity: Identity) -> bool:
    return identity.level == "province" or (identity.level == "unknown" and not _BELOW_PROVINCE.search(text))


def _sentences_to_read(sentence_starts: tuple[int, ...], mentions: list[int], denied: list[int]) -> list[int]:
    """Return the numbers of the sentences that hold a quantity or a denial; the others are not looked at again."""
    numbers = {bisect_right(sentence_starts, offset) - 1 for offset in (*mentions, *denied)}
    return sorted(number for number in numbers if number >= 0)


def _ledger(document: Document, scanned: Scan, facts: list[Fact], unresolved: dict[int, str]) -> list[LedgerEntry]:
    text = document.text
    by_start: dict[int, tuple[str, ...]] = {}
    denied: dict[int, str] = {}
    in_cells: dict[int, str] = {}
    for fact in facts:
        if fact.rule == "table_cell":
            in_cells.update(dict.fromkeys(range(fact.start, fact.end), fact.fact_id))
            continue
        by_start[fact.start] = (*by_start.get(fact.start, ()), fact.fact_id)
        if fact.rule == "stated_absence":
            denied.update(dict.fromkeys(range(fact.start - 1, fact.end + 3), fact.fact_id))
    entries = []
    for numeral in scanned.numerals:
        printed = text[numeral.start : numeral.end]
        ids: tuple[str, ...] = ()
        if numeral.start in in_cells:
            disposition, rule, ids = Disposition.FACT, "table_cell", (in_cells[numeral.start],)
        elif numeral.mention is not None and scanned.mentions[numeral.mention].start in by_start:
            disposition, rule, ids = Disposition.FACT, "quantity", by_start[scanned.mentions[numeral.mention].start]
        elif printed == "零" and numeral.start in denied:
            disposition, rule, ids = Disposition.FACT, "stated_absence", (denied[numeral.start],)
        elif document.layout.tables and numeral.ruling is None and document.layout.table_at(numeral.start):
            disposition, rule = _in_table(numeral, document)
        else:
            disposition, rule = _without_fact(numeral, scanned, unresolved)
        entries.append(LedgerEntry(numeral.start, numeral.end, printed, disposition, rule, ids))
    return entries


def _in_table(numeral: Numeral, document: Document) -> tuple[Disposition, str]:
    """Say why a numeral in a table became no fact: it numbers a row, or nothing says what it counts."""
    cell = document.layout.cell_at(numeral.start)
    if cell is not None and (cell.start, cell.end) == (numeral.start, numeral.end) and cell.column == 1:
        return Disposition.ENUMERATOR, "row_number"
    if cell is not None and is_unit(document.text[cell.start : cell.end]):
        return Disposition.LEXICAL, "unit"
    return Disposition.UNRESOLVED, "cell_without_a_heading"


def _without_fact(numeral: Numeral, scanned: Scan, unresolved: dict[int, str]) -> tuple[Disposition, str]:
    """Say why a numeral became no fact: 一支队伍 is an article, 五年以上 a condition, a bare number unresolved."""
    if numeral.ruling is not None:
        return numeral.ruling
    assert numeral.mention is not None
    mention = scanned.mentions[numeral.mention]
    if numeral.mention in unresolved:
        return Disposition.UNRESOLVED, unresolved[numeral.mention]
    if mention.article:
        return Disposition.LEXICAL, "article"
    if mention.kind is Kind.DURATION:
        return Disposition.CONDITION, "duration"
    if mention.kind is Kind.BARE:
        return Disposition.UNRESOLVED, "number_without_a_noun"
    return Disposition.CONDITION, "threshold"


@cache
def extractor_fingerprint() -> str:
    """Return a hash of all that decides an extraction: sources, lexicon, catalogue and the version of cn2an."""
    digest = hashlib.sha256(version("cn2an").encode())
    root = Path(str(files("bureau_metrics")))
    for path in sorted(
        [*root.glob("*.py"), *root.glob("facts/*.py"), *root.glob("reading/**/*.py"), *root.glob("catalogue/**/*")]
    ):
        if path.suffix in (".py", ".toml"):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    digest.update(load_catalogue().fingerprint.encode())
    return digest.hexdigest()
