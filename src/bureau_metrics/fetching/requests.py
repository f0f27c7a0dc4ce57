"""Requests, one at a time and politely: what a server answers, or why it gave nothing."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import httpx

from bureau_metrics import __version__

USER_AGENT = f"bureau-metrics/{__version__} (reads annual reports of government bureaus)"

_OK = 200
_NOT_MODIFIED = 304
_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = range(500, 600)
_LAST_PORT = 65_535
_UNPACKED_PIECE = 1 << 20


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
    up to `longest_backoff`, each shortened at random by up to a half. What an address gave less than `fresh` ago is not
    asked for again where a list is resumed.
    """

    timeout: float = 30.0
    total: float = 300.0
    attempts: int = 4
    backoff: float = 2.0
    longest_backoff: float = 60.0
    delay: float = 1.0
    redirects: int = 5
    max_bytes: int = 64 * 1024 * 1024
    fresh: float = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with some bytes, and takes back in the question whether they have changed since."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers that ask for bytes only if they have changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value and value.isascii() and value.isprintable()}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; `content` is None where it said that nothing has changed."""

    final_url: str
    status: int
    content_type: str | None
    content: bytes | None
    validators: Validators


class NotFetched(Exception):
    """An address that gave nothing: the reason, and whether to try `again`."""

    def __init__(self, failure: FetchFailure, detail: str, *, again: bool = False, status: int | None = None) -> None:
        super().__init__(detail)
        self.failure, self.detail, self.again, self.status = failure, detail, again, status


@dataclass(slots=True)
class Requester:
    """Makes requests, one at a time; knows when each host was last asked."""

    client: httpx.Client
    limits: FetchLimits
    asked: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, known: Validators) -> Answer:
        """Return the answer of an address, after as many tries as it takes.

        `known` are the validators of the bytes that are already there. Raises NotFetched.
        """
        host = _host(url)
        for attempt in range(1, self.limits.attempts + 1):
            self._wait_for(host)
            try:
                return self._try(url, known)
            except NotFetched as why:
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

    def _try(self, url: str, known: Validators) -> Answer:
        conditions = known.headers()
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"} | conditions
        try:
            with self.client.stream("GET", url, headers=headers, follow_redirects=True) as response:
                unchanged = response.status_code == _NOT_MODIFIED and bool(conditions)
                if not unchanged:
                    _accept(response)
                return _answer(response, None if unchanged else self._content(response))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, OverflowError) as error:  # no host name, no port
            raise _reason(error) from None

    def _content(self, response: httpx.Response) -> bytes:
        """Return the body, as long as it is neither too large nor too slow."""
        too_large = NotFetched(
            FetchFailure.TOO_LARGE, f"more than {self.limits.max_bytes:,} bytes", status=response.status_code
        )
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > self.limits.max_bytes:
            raise too_large
        deadline = time.monotonic() + self.limits.total
        content = bytearray()
        for chunk in _unpacked(response):
            content += chunk
            if len(content) > self.limits.max_bytes:
                raise too_large
            if time.monotonic() > deadline:
                raise NotFetched(FetchFailure.TIMED_OUT, f"not complete after {self.limits.total:g} seconds")
        if not content:
            raise NotFetched(FetchFailure.EMPTY, "the answer holds no bytes", status=response.status_code)
        return bytes(content)


def _host(url: str) -> str:
    """Return the host that an address names, or raise NotFetched where it names none."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise NotFetched(FetchFailure.BAD_ADDRESS, str(error)) from None
    if parsed.scheme not in ("http", "https") or not parsed.host or (parsed.port or 0) > _LAST_PORT:
        raise NotFetched(FetchFailure.BAD_ADDRESS, "no http or https address")
    return parsed.host


def _accept(response: httpx.Response) -> None:
    status = response.status_code
    if status != _OK:
        may_pass = status == _TOO_MANY_REQUESTS or status in _SERVER_ERRORS
        detail = f"the server answered {status} {response.reason_phrase}".rstrip()
        raise NotFetched(FetchFailure.REFUSED, detail, again=may_pass, status=status)


def _answer(response: httpx.Response, content: bytes | None) -> Answer:
    headers = response.headers
    validators = Validators(headers.get("ETag"), headers.get("Last-Modified"))
    return Answer(str(response.url), response.status_code, headers.get("Content-Type"), content, validators)


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """Yield the body in pieces of limited size, whatever it is packed as and however far it unpacks."""
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if response.is_stream_consumed:  # a client that answers from memory has unpacked it
        yield response.content
    elif coding in ("", "identity"):
        yield from response.iter_raw()
    elif coding in ("gzip", "x-gzip"):
        yield from _gunzipped(response.iter_raw())
    else:
        raise NotFetched(FetchFailure.BROKEN_ANSWER, f"packed as {coding}, which nobody asked for")


def _gunzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    try:
        for piece in pieces:
            packed = piece
            while packed and not unpacker.eof:
                yield unpacker.decompress(packed, _UNPACKED_PIECE)
                packed = unpacker.unconsumed_tail
            if unpacker.eof:
                return
        yield unpacker.flush()
    except zlib.error:
        raise NotFetched(FetchFailure.BROKEN_ANSWER, "not the gzip that it says it is", again=True) from None
    if not unpacker.eof:
        raise NotFetched(FetchFailure.BROKEN_ANSWER, "the gzip breaks off", again=True)


def _reason(error: Exception) -> NotFetched:
    words = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        return NotFetched(FetchFailure.TIMED_OUT, words, again=True)
    if isinstance(error, httpx.TooManyRedirects):
        return NotFetched(FetchFailure.TOO_MANY_REDIRECTS, words)
    if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError):
        return NotFetched(FetchFailure.BROKEN_ANSWER, words, again=True)
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | ValueError | OverflowError):
        return NotFetched(FetchFailure.BAD_ADDRESS, words)
    return NotFetched(FetchFailure.UNREACHABLE, words, again=isinstance(error, httpx.TransportError))
