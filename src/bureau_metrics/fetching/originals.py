"""The folder of original bytes: each under the hash of its content, with a record of each address that gave it."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from bureau_metrics.fetching.requests import Answer, FetchFailure, Validators
from bureau_metrics.models import plain

_HASH_OF_ADDRESS = 12


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address: the stored bytes, or `failure` with a `detail` in words.

    Moments are those of the caller's clock: `fetched_at` when the bytes came (or the failure), `checked_at` when the
    address was last asked. `unchanged` bytes are those that it gave before. `status` is that of the answer with the
    bytes; `bytes` their number; `path` where they lie; `etag` and `last_modified` what the server said of their age.
    """

    url: str
    fetched_at: datetime
    final_url: str | None = None
    status: int | None = None
    content_type: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    path: Path | None = None
    failure: FetchFailure | None = None
    detail: str = ""
    checked_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False

    def record(self) -> dict[str, object]:
        """Return what is written beside the bytes."""
        return {name: plain(getattr(self, name)) for name in _RECORDED}


_RECORDED = (
    "url", "final_url", "status", "content_type", "fetched_at", "checked_at", "sha256", "bytes", "etag", "last_modified"
)  # fmt: skip
_RECORD = TypeAdapter(Fetched)


class Originals:
    """The originals in a folder: what an address gave last, and what it gives now."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._records: defaultdict[str, list[Path]] = defaultdict(list)
        for path in folder.glob("??/*.json"):
            self._records[path.stem.rpartition(".")[2]].append(path)

    def newest(self, url: str) -> Fetched | None:
        """Return what an address gave when it was last asked, if that is still there as it came."""
        read = (self._read(path, url) for path in self._records.get(_key(url), ()))
        known = [(fetched.checked_at, fetched) for fetched in read if fetched and fetched.checked_at]
        newest = max(known, key=lambda pair: pair[0], default=(None, None))[1]
        return newest if newest and newest.path and _holds(newest.path) else None

    def keep(self, url: str, answer: Answer, content: bytes, moment: datetime) -> Fetched:
        """Store what an address gave, beside all that it gave before. Raises OSError."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._folder / digest[:2] / digest
        fetched = Fetched(
            url, moment, answer.final_url, answer.status, answer.content_type, digest, len(content), path,
            checked_at=moment, etag=answer.validators.etag, last_modified=answer.validators.last_modified,
        )  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        if not _holds(path):
            _write(path, content)
        self._write_record(fetched, path)
        return fetched

    def confirm(self, known: Fetched, moment: datetime) -> Fetched:
        """Note that an address was asked and has nothing new. Raises OSError."""
        assert known.path
        checked = replace(known, checked_at=moment)
        self._write_record(checked, known.path)
        return checked

    def _write_record(self, fetched: Fetched, path: Path) -> None:
        record = json.dumps(fetched.record(), ensure_ascii=False, indent=2) + "\n"
        _write(path.with_name(f"{path.name}.{_key(fetched.url)}.json"), record.encode())

    def _read(self, path: Path, url: str) -> Fetched | None:
        """Return a record, or None for one that cannot be used: then the address is asked as if there were none."""
        digest = path.name.partition(".")[0]
        try:
            read = _RECORD.validate_json(path.read_bytes())
        except (OSError, ValueError):
            return None
        checked_at = read.checked_at or read.fetched_at  # records of the first version do not say when last asked
        if (read.url, read.sha256) != (url, digest) or read.fetched_at.tzinfo is None or checked_at.tzinfo is None:
            return None
        return replace(
            read, path=path.with_name(digest), checked_at=checked_at, unchanged=True, failure=None, detail=""
        )


def validators_of(known: Fetched | None) -> Validators:
    """Return what the server gave with bytes that are already there."""
    return Validators(known.etag, known.last_modified) if known else Validators()


def _key(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_OF_ADDRESS]


def _holds(path: Path) -> bool:
    """Tell whether a file holds the bytes that its name says."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    except OSError:
        return False


def _write(path: Path, content: bytes) -> None:
    """Write a file under a temporary name and then give it its own, so that none is ever there by half."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink()
