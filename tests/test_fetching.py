"""Fetching from a server that misbehaves as servers do: what comes back, what is stored, what is said."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from bureau_metrics import fetching
from bureau_metrics.fetching import USER_AGENT, FetchFailure, FetchLimits, fetch, read_addresses
from bureau_metrics.manifest import ManifestError

REPORT = "常州市科学技术局2024年工作总结".encode("gb18030")
LIMITS = FetchLimits(timeout=0.4, total=5, attempts=3, backoff=0.001, delay=0, redirects=3, max_bytes=1000)
NOW = datetime(2025, 3, 28, 9, 30, tzinfo=UTC)


@dataclass
class Site:
    """A running server: its address, and how often each path was asked for."""

    address: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    closing: threading.Event = field(default_factory=threading.Event)


class Pages(BaseHTTPRequestHandler):
    """One page for each way to behave."""

    site: Site

    def do_GET(self) -> None:
        self.site.asked[self.path] += 1
        self.site.agents.add(self.headers["User-Agent"])
        getattr(self, "page_" + self.path.strip("/").partition("/")[0])()

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(content))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def page_good(self) -> None:
        self.answer(200, REPORT, Content_Type="text/html; charset=gb18030")

    def page_moved(self) -> None:
        self.answer(302, Location="/good")

    def page_loop(self) -> None:
        self.answer(302, Location="/loop")

    def page_elsewhere(self) -> None:
        self.answer(302, Location="ftp://127.0.0.1/a")

    def page_gone(self) -> None:
        self.answer(404)

    def page_broken(self) -> None:
        self.answer(500)

    def page_busy(self) -> None:
        self.answer(429 if self.site.asked[self.path] == 1 else 200, REPORT)

    def page_recovers(self) -> None:
        self.answer(500 if self.site.asked[self.path] == 1 else 200, REPORT)

    def page_empty(self) -> None:
        self.answer(200)

    def page_slow(self) -> None:
        self.site.closing.wait(10)

    def page_big(self) -> None:
        self.answer(200, b"x" * 1001)

    def page_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 5000)

    def page_short(self) -> None:
        self.answer(200, REPORT, Content_Length="999")

    def page_gzip(self) -> None:
        self.answer(200, b"no gzip at all", Content_Encoding="gzip")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("PagesOfSite", (Pages,), {"site": site}))
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield site
    site.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()


def fetched(site: Site, folder: Path, *paths: str, said: list[str] | None = None) -> list[fetching.Fetched]:
    say = [].append if said is None else said.append
    return fetch([site.address + path for path in paths], folder, clock=lambda: NOW, limits=LIMITS, say=say)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("path", "final_path", "tries"),
    [("/good", "/good", 1), ("/moved", "/good", 1), ("/recovers", "/recovers", 2), ("/busy", "/busy", 2)],
)
def test_bytes_are_kept_as_they_are_under_their_hash(
    site: Site, tmp_path: Path, path: str, final_path: str, tries: int
) -> None:
    (answer,) = fetched(site, tmp_path / "originals", path)
    digest = hashlib.sha256(REPORT).hexdigest()
    assert (answer.failure, answer.status, answer.final_url) == (None, 200, site.address + final_path)
    assert (answer.sha256, answer.bytes, answer.fetched_at) == (digest, len(REPORT), NOW)
    assert answer.path == tmp_path / "originals" / digest[:2] / digest
    assert answer.path.read_bytes() == REPORT
    assert site.asked[path] == tries
    assert site.agents == {USER_AGENT}
    assert USER_AGENT.startswith("bureau-metrics/")


@pytest.mark.parametrize(
    ("path", "failure", "status", "tries"),
    [
        ("/gone", FetchFailure.REFUSED, 404, 1),
        ("/broken", FetchFailure.REFUSED, 500, 3),
        ("/slow", FetchFailure.TIMED_OUT, None, 3),
        ("/loop", FetchFailure.TOO_MANY_REDIRECTS, None, 4),
        ("/elsewhere", FetchFailure.BAD_ADDRESS, None, 1),
        ("/big", FetchFailure.TOO_LARGE, 200, 1),
        ("/endless", FetchFailure.TOO_LARGE, 200, 1),
        ("/short", FetchFailure.BROKEN_ANSWER, None, 3),
        ("/gzip", FetchFailure.BROKEN_ANSWER, None, 3),
        ("/empty", FetchFailure.EMPTY, 200, 1),
    ],
)
def test_what_cannot_be_fetched_is_an_answer_with_a_reason(
    site: Site, tmp_path: Path, path: str, failure: FetchFailure, status: int | None, tries: int
) -> None:
    said: list[str] = []
    (answer,) = fetched(site, tmp_path / "originals", path, said=said)
    assert (answer.failure, answer.status, answer.path) == (failure, status, None)
    assert site.asked[path] == tries
    assert said == [f"{site.address}{path}: {failure}: {answer.detail}"]
    assert answer.detail
    assert "\n" not in answer.detail
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "address",
    ["", "reports/a.txt", "ftp://127.0.0.1/a", "http://", "http://127.0.0.1:99999/", f"http://{'a' * 70}/", "\ud800"],
)
def test_what_is_no_address_is_never_asked_for(tmp_path: Path, address: str) -> None:
    (answer,) = fetch([address], tmp_path, clock=lambda: NOW, limits=LIMITS, say=[].append)
    assert answer.failure is FetchFailure.BAD_ADDRESS


def test_a_server_that_is_not_there_is_unreachable(site: Site, tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        address = f"http://127.0.0.1:{closed.server_port}/"
    answers = fetch([address, f"{site.address}/good"], tmp_path, clock=lambda: NOW, limits=LIMITS, say=[].append)
    assert [answer.failure for answer in answers] == [FetchFailure.UNREACHABLE, None]


def test_beside_the_bytes_stands_where_they_were_found(site: Site, tmp_path: Path) -> None:
    first, second = fetched(site, tmp_path, "/good", "/moved", "/good")
    assert first.path == second.path
    stored, *records = files(tmp_path)
    assert stored.read_bytes() == REPORT
    by_url = {record["url"]: record for record in (json.loads(path.read_text(encoding="utf-8")) for path in records)}
    assert by_url.keys() == {f"{site.address}/good", f"{site.address}/moved"}
    assert by_url[f"{site.address}/moved"] == {
        "url": f"{site.address}/moved",
        "final_url": f"{site.address}/good",
        "status": 200,
        "content_type": "text/html; charset=gb18030",
        "fetched_at": "2025-03-28T09:30:00+00:00",
        "sha256": hashlib.sha256(REPORT).hexdigest(),
        "bytes": len(REPORT),
    }


def test_an_answer_that_cannot_be_stored_is_no_exception(site: Site, tmp_path: Path) -> None:
    (tmp_path / "originals").write_text("a file where the folder should be")
    (answer,) = fetched(site, tmp_path / "originals", "/good")
    assert answer.failure is FetchFailure.NOT_STORED
    assert "originals" in answer.detail


@dataclass
class Watch:
    """Time that passes only while somebody sleeps."""

    now: float = 100.0
    pauses: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        if seconds:
            self.pauses.append(seconds)
        self.now += seconds


def paced(limits: FetchLimits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *urls: str) -> list[float]:
    """The pauses between requests to a server that answers 500 under /broken and 404 elsewhere."""
    watch = Watch()
    monkeypatch.setattr(fetching, "time", watch)
    answer = httpx.MockTransport(lambda request: httpx.Response(500 if request.url.path == "/broken" else 404))
    with httpx.Client(transport=answer) as client:
        fetch(urls, tmp_path, clock=lambda: NOW, client=client, limits=limits, say=[].append)
        assert not client.is_closed
    return watch.pauses


def test_a_host_is_left_in_peace_between_two_requests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = ("http://a.test/1", "http://b.test/1", "http://a.test/2", "http://b.test/2")
    assert paced(FetchLimits(delay=1.5), tmp_path, monkeypatch, *urls) == [1.5]


def test_pauses_before_the_next_try_grow_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = FetchLimits(attempts=5, backoff=2, longest_backoff=8, delay=0)
    pauses = paced(limits, tmp_path, monkeypatch, "http://a.test/broken")
    assert [longest / 2 <= pause <= longest for pause, longest in zip(pauses, (2, 4, 8, 8), strict=True)] == [True] * 4


def test_an_answer_that_drips_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setattr(fetching, "time", watch)

    def drip() -> Iterator[bytes]:
        while True:
            watch.now += 1
            yield b"x"

    transport = httpx.MockTransport(lambda _request: httpx.Response(200, content=drip()))
    with httpx.Client(transport=transport) as client:
        limits = FetchLimits(total=20)
        (answer,) = fetch(["http://a.test/"], tmp_path, clock=lambda: NOW, client=client, limits=limits, say=[].append)
    assert answer.failure is FetchFailure.TIMED_OUT
    assert files(tmp_path) == []


def test_addresses_come_from_the_url_column_of_a_list(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("file,url,year\n,http://a.test/1.html,2024\nb.txt,,2023\n,http://a.test/2.html,\n", "utf-8-sig")
    assert read_addresses(listed) == ("http://a.test/1.html", "http://a.test/2.html")
    with pytest.raises(ManifestError, match=r"absent\.csv"):
        read_addresses(tmp_path / "absent.csv")
