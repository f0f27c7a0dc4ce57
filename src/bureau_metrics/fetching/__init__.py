"""Lists of addresses → original bytes, kept under the hash of their content, each with a record of where it was found.

`originals/<first two digits>/<sha256>` are the bytes; `<sha256>.<hash of the address>.json` beside them says which
address gave them and when. Nothing is overwritten by other bytes: a page that has changed lies beside what it was. One
address after the other, politely; what cannot be fetched is an answer with a reason, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from bureau_metrics.fetching.originals import Fetched, Originals, validators_of
from bureau_metrics.fetching.requests import USER_AGENT, FetchFailure, FetchLimits, NotFetched, Requester
from bureau_metrics.manifest import read_manifest
from bureau_metrics.rendering import progress_bar
from bureau_metrics.rendering import say as say_to_the_person

__all__ = ["USER_AGENT", "FetchFailure", "FetchLimits", "Fetched", "fetch", "read_addresses"]


def read_addresses(path: Path) -> tuple[str, ...]:
    """Return the addresses in the column `url` of a CSV list (a manifest), in their order; rows without one are left.

    Raises:
        ManifestError: the list cannot be used; the message is one line that names the row.
    """
    return tuple(row.url for row in read_manifest(path).rows if row.url)


def fetch(
    addresses: Iterable[str],
    originals: Path,
    *,
    clock: Callable[[], datetime],
    client: httpx.Client | None = None,
    limits: FetchLimits | None = None,
    say: Callable[[str], None] = say_to_the_person,
    resume: bool = False,
) -> list[Fetched]:
    """Fetch http and https addresses into `originals`, which is made if need be; one answer an address, in their order.

    An address that is named twice is fetched once. Network errors, 429 and 5xx are tried again; other refusals are not.
    An address that was fetched before is asked for what has changed since.

    Args:
        addresses: the addresses.
        originals: folder of the original bytes.
        clock: gives the moment (with time zone) of each answer.
        client: makes the requests, within its own `timeout` and `max_redirects`, and is left open; without one, one
            is made and closed.
        limits: times, tries and sizes.
        say: takes one line for each address that gave nothing.
        resume: take what an address gave less than `limits.fresh` seconds ago, without asking it again; so a list
            that was interrupted goes on where it stopped.
    """
    limits = limits or FetchLimits()
    urls = list(dict.fromkeys(addresses))
    fresh = timedelta(seconds=limits.fresh) if resume else None
    answers = []
    with _client(client, limits) as usable, progress_bar("fetching", len(urls)) as advance:
        fetching = _Fetching(Requester(usable, limits), Originals(originals), clock, fresh)
        for url in urls:
            answers.append(_told(fetching.of(url), say))
            advance(1)
    return answers


@contextmanager
def _client(given: httpx.Client | None, limits: FetchLimits) -> Iterator[httpx.Client]:
    if given is not None:
        yield given
        return
    with httpx.Client(timeout=limits.timeout, max_redirects=limits.redirects) as own:
        yield own


def _told(fetched: Fetched, say: Callable[[str], None]) -> Fetched:
    if fetched.failure:
        say(f"{fetched.url}: {fetched.failure}: {fetched.detail}")
    return fetched


@dataclass(frozen=True, slots=True)
class _Fetching:
    requester: Requester
    originals: Originals
    clock: Callable[[], datetime]
    fresh: timedelta | None

    def of(self, url: str) -> Fetched:
        """Return what became of one address."""
        known = self.originals.newest(url)
        if known and self._is_fresh(known):
            return known
        try:
            answer = self.requester.get(url, validators_of(known))
        except NotFetched as why:
            return self._failed(url, why.failure, why.detail, why.status)
        try:
            if answer.content is not None:
                fetched = self.originals.keep(url, answer, answer.content, self.clock())
                return replace(fetched, unchanged=known is not None and known.sha256 == fetched.sha256)
            assert known, "only what is there can be unchanged"
            return self.originals.confirm(known, self.clock())
        except OSError as error:
            detail = f"{error.filename}: {error.strerror or error}"
            return self._failed(url, FetchFailure.NOT_STORED, detail, answer.status)

    def _is_fresh(self, known: Fetched) -> bool:
        if self.fresh is None or known.checked_at is None:
            return False
        return timedelta(0) <= self.clock() - known.checked_at < self.fresh

    def _failed(self, url: str, failure: FetchFailure, detail: str, status: int | None) -> Fetched:
        moment = self.clock()
        return Fetched(url, moment, checked_at=moment, status=status, failure=failure, detail=detail)
