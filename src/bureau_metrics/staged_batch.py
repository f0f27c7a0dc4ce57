"""The files of a staged batch, as both sides know them: staging writes the folder, the warehouse loads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

DOCUMENTS = "documents.jsonl.gz"
FACTS = "facts.jsonl.gz"
LEDGER = "ledger.jsonl.gz"
REJECTIONS = "rejections.jsonl.gz"
STAGED_FILES = (DOCUMENTS, FACTS, LEDGER, REJECTIONS)
SUMMARY = "batch.json"


class StagingError(Exception):
    """A staged batch cannot be written or is not whole; the message is one line."""


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a staged batch holds: counts, characters of text, and the bytes of its longest document record."""

    key: str
    fingerprint: str
    documents: int
    facts: int
    rejections: int
    characters: int
    longest_record: int


def batch_summary(folder: Path) -> BatchSummary:
    """Return what a staged batch holds.

    Raises:
        StagingError: the folder is no staged batch, or not whole.
    """
    try:
        summary = BatchSummary(**json.loads((folder / SUMMARY).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise StagingError(f"{folder} is no whole staged batch; delete it and run again") from None
    for name in STAGED_FILES:
        if not (folder / name).is_file():
            raise StagingError(f"{folder / name} is missing; delete that folder and run again")
    return summary
