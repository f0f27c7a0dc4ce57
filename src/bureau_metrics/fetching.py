"""Lists of addresses → original bytes, kept under the hash of their content, each with a record of where it was found.

`originals/<first two digits>/<sha256>` are the bytes; `<sha256>.<hash of the address>.json` beside them says which
address gave them and when. Nothing is overwritten by other bytes. One address after the other, politely; what cannot
be fetched is an answer with a reason, never an exception.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import httpx

from bureau_metrics import __version__
from bureau_metrics.manifest import read_manifest
from bureau_metrics.models import plain
from bureau_metrics.rendering import say as say_to_the_person

USER_AGENT = f"bureau-metrics/{__version__} (reads annual reports of government bureaus)"

_OK = 200
_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = range(500, 600)
_LAST_PORT = 65_535


class FetchFailure(StrEnum):
    """Why an address gave no bytes."""

    BAD_ADDRESS = "bad_address"
    UNREACHABLE = "unreachable"
    BROKEN_ANSWER = "broken_answer"
    TIMED_OUT = "timed_out"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    REFUSED = "refused"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_STORED = "not_stored"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How long to wait, how often to try, how much to take; times in seconds, sizes in bytes.

    `timeout` is the longest silence of a server, `total` the longest one answer may take in all. Between two requests
    to one host lie at least `delay` seconds; before the second try `backoff`, twice that before the third, and so on
    up to `longest_backoff`, each shortened at random by up to a half.
    """

    timeout: float = 30.0
    total: float = 300.0
    attempts: int = 4
    backoff: float = 2.0
    longest_backoff: float = 60.0
    delay: float = 1.0
    redirects: int = 5
    max_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address: the stored bytes, or `failure` with a `detail` in words.

    `fetched_at` is the moment of the answer by the caller's clock; `bytes` the number of bytes; `path` where they lie.
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

    def record(self) -> dict[str, object]:
        """Return what is written beside the bytes."""
        names = ("url", "final_url", "status", "content_type", "fetched_at", "sha256", "bytes")
        return {name: plain(getattr(self, name)) for name in names}


@dataclass(frozen=True, slots=True)
class _Answer:
    final_url: str
    status: int
    content_type: str | None
    content: bytes


class _NotFetched(Exception):
    def __init__(self, failure: FetchFailure, detail: str, *, again: bool = False, status: int | None = None) -> None:
        super().__init__(detail)
        self.failure, self.detail, self.again, self.status = failure, detail, again, status


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
) -> list[Fetched]:
    """Fetch http and https addresses into `originals`, which is made if need be; one answer an address, in their order.

    An address that is named twice is fetched once. Network errors, 429 and 5xx are tried again; other refusals are not.

    Args:
        addresses: the addresses.
        originals: folder of the original bytes.
        clock: gives the moment (with time zone) of each answer.
        client: makes the requests, within its own `timeout` and `max_redirects`, and is left open; without one, one
            is made and closed.
        limits: times, tries and sizes.
        say: takes one line for each address that gave nothing.
    """
    limits = limits or FetchLimits()
    with _client(client, limits) as usable:
        fetcher = _Fetcher(usable, limits)
        return [_told(_fetched(fetcher, url, originals, clock), say) for url in dict.fromkeys(addresses)]


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


def _fetched(fetcher: _Fetcher, url: str, originals: Path, clock: Callable[[], datetime]) -> Fetched:
    try:
        answer = fetcher.get(url)
    except _NotFetched as why:
        return Fetched(url, clock(), status=why.status, failure=why.failure, detail=why.detail)
    digest = hashlib.sha256(answer.content).hexdigest()
    path = originals / digest[:2] / digest
    fetched = Fetched(
        url, clock(), answer.final_url, answer.status, answer.content_type, digest, len(answer.content), path
    )
    try:
        _store(fetched, path, answer.content)
    except OSError as error:
        detail = f"{path}: {error.strerror or error}"
        return Fetched(url, fetched.fetched_at, status=answer.status, failure=FetchFailure.NOT_STORED, detail=detail)
    return fetched


@dataclass(slots=True)
class _Fetcher:
    """Makes requests, one at a time; knows when each host was last asked."""

    client: httpx.Client
    limits: FetchLimits
    asked: dict[str, float] = field(default_factory=dict)

    def get(self, url: str) -> _Answer:
        """Return the answer of an address, after as many tries as it takes. Raises _NotFetched."""
        host = _host(url)
        for attempt in range(1, self.limits.attempts + 1):
            self._wait_for(host)
            try:
                return self._try(url)
            except _NotFetched as why:
                if not why.again or attempt == self.limits.attempts:
                    raise
            finally:
                self.asked[host] = time.monotonic()
            pause = min(self.limits.backoff * 2 ** (attempt - 1), self.limits.longest_backoff)
            time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads requests, guards nothing
        raise AssertionError("every try returns or raises")

    def _wait_for(self, host: str) -> None:
        since = time.monotonic() - self.asked.get(host, float("-inf"))
        time.sleep(max(0.0, self.limits.delay - since))

    def _try(self, url: str) -> _Answer:
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        try:
            with self.client.stream("GET", url, headers=headers, follow_redirects=True) as response:
                _accept(response)
                content = self._content(response)
                return _Answer(str(response.url), response.status_code, response.headers.get("Content-Type"), content)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, OverflowError) as error:  # no host name, no port
            raise _reason(error) from None

    def _content(self, response: httpx.Response) -> bytes:
        """Return the body, as long as it is neither too large nor too slow."""
        too_large = _NotFetched(
            FetchFailure.TOO_LARGE, f"more than {self.limits.max_bytes:,} bytes", status=response.status_code
        )
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > self.limits.max_bytes:
            raise too_large
        deadline = time.monotonic() + self.limits.total
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > self.limits.max_bytes:
                raise too_large
            if time.monotonic() > deadline:
                raise _NotFetched(FetchFailure.TIMED_OUT, f"not complete after {self.limits.total:g} seconds")
        if not content:
            raise _NotFetched(FetchFailure.EMPTY, "the answer holds no bytes", status=response.status_code)
        return bytes(content)


def _host(url: str) -> str:
    """Return the host that an address names, or raise _NotFetched where it names none."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise _NotFetched(FetchFailure.BAD_ADDRESS, str(error)) from None
    if parsed.scheme not in ("http", "https") or not parsed.host or (parsed.port or 0) > _LAST_PORT:
        raise _NotFetched(FetchFailure.BAD_ADDRESS, "no http or https address")
    return parsed.host


def _accept(response: httpx.Response) -> None:
    status = response.status_code
    if status != _OK:
        may_pass = status == _TOO_MANY_REQUESTS or status in _SERVER_ERRORS
        detail = f"the server answered {status} {response.reason_phrase}".rstrip()
        raise _NotFetched(FetchFailure.REFUSED, detail, again=may_pass, status=status)


def _reason(error: Exception) -> _NotFetched:
    words = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        return _NotFetched(FetchFailure.TIMED_OUT, words, again=True)
    if isinstance(error, httpx.TooManyRedirects):
        return _NotFetched(FetchFailure.TOO_MANY_REDIRECTS, words)
    if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError):
        return _NotFetched(FetchFailure.BROKEN_ANSWER, words, again=True)
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | ValueError | OverflowError):
        return _NotFetched(FetchFailure.BAD_ADDRESS, words)
    return _NotFetched(FetchFailure.UNREACHABLE, words, again=isinstance(error, httpx.TransportError))


def _store(fetched: Fetched, path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _write(path, content)
    address = hashlib.sha256(fetched.url.encode()).hexdigest()[:12]
    record = json.dumps(fetched.record(), ensure_ascii=False, indent=2) + "\n"
    _write(path.with_name(f"{path.name}.{address}.json"), record.encode())


def _write(path: Path, content: bytes) -> None:
    """Write a file under a temporary name and then give it its own."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink()
