"""What stands before and behind a name, and makes it the one that speaks, another one, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bureau_metrics.identity.names import bureau_data


@dataclass(frozen=True, slots=True)
class Clauses:
    """The phrases of `bureau_names.toml` around names, compiled."""

    towns_in_general: re.Pattern[str]
    subject_town: re.Pattern[str]
    predicate: re.Pattern[str]
    governs_and: re.Pattern[str]
    site: re.Pattern[str]
    commission: tuple[str, re.Pattern[str]]
    contact: re.Pattern[str]
    answering_office: re.Pattern[str]
    address: re.Pattern[str]
    issues: re.Pattern[str]
    slogans: re.Pattern[str]
    organ: re.Pattern[str]
    session: re.Pattern[str]
    others_before: tuple[str, ...]
    others_behind: re.Pattern[str]


@lru_cache(maxsize=1)
def clauses() -> Clauses:
    """Return the phrases, loaded once."""
    data = bureau_data()
    phrases = data["phrases"]
    others = data["not_the_body"]
    behind, behind_of = ("|".join(others[key]) for key in ("others_behind", "others_behind_of"))
    behind = f"{others['others_visiting']}|{behind}"
    return Clauses(
        towns_in_general=re.compile(phrases["towns_in_general"]),
        subject_town=_subject_town({**data["unlisted"]["towns"], **data["unlisted"]["zones"]}, phrases["predicates"]),
        predicate=re.compile("|".join(phrases["predicates"])),
        governs_and=re.compile(f"{phrases['and_its_government']}(?:{'|'.join(phrases['predicates'])})"),
        site=re.compile(phrases["site"]),
        commission=(phrases["commission"][0], re.compile(phrases["commission"][1])),
        contact=re.compile(phrases["contact"]),
        answering_office=re.compile(phrases["answering_office"]),
        address=re.compile(phrases["address"]),
        issues=re.compile(phrases["issues"]),
        slogans=re.compile(phrases["slogans"]),
        organ=re.compile("|".join([*phrases["organs"], phrases["session"]])),
        session=re.compile(f"{phrases['session']}|{phrases['speaker']}"),
        others_before=tuple(data["not_the_body"]["others_before"]),
        others_behind=re.compile(f"(?:[、和及与][一-鿿]{{1,14}})?(?:{behind}|的[一-鿿]{{0,6}}?(?:{behind_of}))"),
    )


def _subject_town(towns: Iterable[str], predicates: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a town that is a clause's subject or bears a year (现将虹桥街道2021年…情况报告如下)."""
    governs = "(?:党工委|党委|人民政府|政府|办事处|、)*"
    behind = f"{governs}(?:[0-9]{{4}}|{'|'.join(predicates)})"
    before = r"(?:^|[，。；：:,]\s*|现将)(?:[0-9]{4}\s*年(?:度|以来|来)?\s*[，,]?\s*)?"
    return re.compile(f"{before}([一-鿿]{{2,12}}?(?:{'|'.join(towns)}))(?={behind})")
