"""Fetching from a server that misbehaves as servers do: what comes back, what is stored, what is said."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from bureau_metrics.fetching import USER_AGENT, Fetched, FetchFailure, FetchLimits, fetch, read_addresses, requests
from bureau_metrics.manifest import ManifestError

REPORT = "常州市科学技术局2024年工作总结".encode("gb18030")
CORRECTED = "常州市科学技术局2024年工作总结（更正）".encode("gb18030")
LIMITS = FetchLimits(timeout=0.4, total=5, attempts=3, backoff=0.001, delay=0, redirects=3, max_bytes=1000)
NOW = datetime(2025, 3, 28, 9, 30, tzinfo=UTC)


@dataclass
class Site:
    """A running server: its address, and how often each path was asked for."""

    address: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    headers: dict[str, str] = field(default_factory=dict)
    page: bytes = REPORT
    closing: threading.Event = field(default_factory=threading.Event)


class Pages(BaseHTTPRequestHandler):
    """One page for each way to behave."""

    site: Site

    def do_GET(self) -> None:
        self.site.asked[self.path] += 1
        self.site.agents.add(self.headers["User-Agent"])
        self.site.headers = dict(self.headers)
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

    def page_cut(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"40\r\n" + REPORT)

    def page_nogzip(self) -> None:
        self.answer(200, b"no gzip at all", Content_Encoding="gzip")

    def page_gzip(self) -> None:
        self.answer(200, gzip.compress(REPORT) + b"and more", Content_Encoding="gzip", Content_Type="text/html")

    def page_gzipcut(self) -> None:
        self.answer(200, gzip.compress(REPORT)[:-9], Content_Encoding="gzip")

    def page_gzipbig(self) -> None:
        self.answer(200, gzip.compress(bytes(1001)), Content_Encoding="gzip")

    def page_gzipbomb(self) -> None:
        self.answer(200, gzip.compress(gzip.compress(bytes(1 << 24))), Content_Encoding="gzip, gzip")

    def page_dated(self) -> None:
        """Answers 304 to whoever knows the present page by its tag, or by its date under /dated/date."""
        by_date = self.path.endswith("/date")
        mark = "Fri, 28 Mar 2025 01:00:00 GMT" if by_date else f'"{hashlib.sha256(self.site.page).hexdigest()}"'
        known = self.headers["If-Modified-Since" if by_date else "If-None-Match"] == mark
        marks = {"Last_Modified" if by_date else "ETag": mark}
        if known:
            self.answer(304, **marks)
        else:
            self.answer(200, self.site.page, **marks)

    def page_plain(self) -> None:
        self.answer(200, self.site.page)

    def page_stubborn(self) -> None:
        self.answer(304)

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


def fetched(
    site: Site, folder: Path, *paths: str, said: list[str] | None = None, now: datetime = NOW, resume: bool = False
) -> list[Fetched]:
    say = [].append if said is None else said.append
    urls = [site.address + path for path in paths]
    return fetch(urls, folder, clock=lambda: now, limits=LIMITS, say=say, resume=resume)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("path", "final_path", "tries"),
    [
        ("/good", "/good", 1),
        ("/moved", "/good", 1),
        ("/recovers", "/recovers", 2),
        ("/busy", "/busy", 2),
        ("/gzip", "/gzip", 1),
    ],
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
        ("/cut", FetchFailure.BROKEN_ANSWER, None, 3),
        ("/nogzip", FetchFailure.BROKEN_ANSWER, None, 3),
        ("/gzipcut", FetchFailure.BROKEN_ANSWER, None, 3),
        ("/gzipbig", FetchFailure.TOO_LARGE, 200, 1),
        ("/gzipbomb", FetchFailure.BROKEN_ANSWER, None, 1),
        ("/stubborn", FetchFailure.REFUSED, 304, 1),
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
        "checked_at": "2025-03-28T09:30:00+00:00",
        "sha256": hashlib.sha256(REPORT).hexdigest(),
        "bytes": len(REPORT),
        "etag": None,
        "last_modified": None,
    }


def test_an_answer_that_cannot_be_stored_is_no_exception(site: Site, tmp_path: Path) -> None:
    (tmp_path / "originals").write_text("a file where the folder should be")
    (answer,) = fetched(site, tmp_path / "originals", "/good")
    assert answer.failure is FetchFailure.NOT_STORED
    assert "originals" in answer.detail


LATER = NOW + timedelta(hours=3)


@pytest.mark.parametrize("path", ["/dated", "/dated/date"])
def test_what_has_not_changed_is_asked_for_but_not_sent_again(site: Site, tmp_path: Path, path: str) -> None:
    (first,) = fetched(site, tmp_path, path)
    stored = files(tmp_path)
    (second,) = fetched(site, tmp_path, path, now=LATER)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert (second.path, second.sha256, second.bytes) == (first.path, first.sha256, len(REPORT))
    assert (second.status, second.failure) == (200, None)
    assert (second.fetched_at, second.checked_at) == (NOW, LATER)
    assert site.asked[path] == 2
    assert files(tmp_path) == stored
    record = json.loads(stored[1].read_text(encoding="utf-8"))
    assert (record["fetched_at"], record["checked_at"]) == (NOW.isoformat(), LATER.isoformat())
    assert (record["status"], bool(record["etag"] or record["last_modified"])) == (200, True)


@pytest.mark.parametrize("path", ["/dated", "/plain"])
def test_a_changed_page_lies_beside_what_it_was(site: Site, tmp_path: Path, path: str) -> None:
    (first,) = fetched(site, tmp_path, path)
    site.page = CORRECTED
    (second,) = fetched(site, tmp_path, path, now=LATER)
    (third,) = fetched(site, tmp_path, path, now=LATER + timedelta(hours=1))
    assert first.path
    assert second.path
    assert (first.path.read_bytes(), second.path.read_bytes()) == (REPORT, CORRECTED)
    assert [answer.unchanged for answer in (first, second, third)] == [False, False, True]
    assert third.sha256 == second.sha256
    assert len(files(tmp_path)) == 4
    site.page = REPORT
    (back,) = fetched(site, tmp_path, path, now=LATER + timedelta(hours=2))
    assert (back.path, back.unchanged) == (first.path, False)


def test_bytes_that_were_lost_or_spoilt_are_fetched_anew(site: Site, tmp_path: Path) -> None:
    (first,) = fetched(site, tmp_path, "/dated")
    assert first.path
    for spoil in (Path.unlink, lambda path: path.write_bytes(REPORT[:-1])):
        spoil(first.path)
        (again,) = fetched(site, tmp_path, "/dated", resume=True)
        assert (again.unchanged, again.path) == (False, first.path)
        assert "If-None-Match" not in site.headers
        assert first.path.read_bytes() == REPORT


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://elsewhere.test/"},
        {"sha256": "0" * 64},
        {"fetched_at": "yesterday"},
        {"checked_at": "2025-03-28T09:30:00"},
        {"etag": ["a"]},
        {"etag": "a\r\nHost: b", "last_modified": "三月"},
    ],
)
def test_a_record_that_cannot_be_used_is_as_none(site: Site, tmp_path: Path, change: dict[str, object]) -> None:
    fetched(site, tmp_path, "/dated")
    _, path = files(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    (again,) = fetched(site, tmp_path, "/dated", now=LATER)
    assert again.failure is None
    assert not {"If-None-Match", "If-Modified-Since"} & site.headers.keys()
    path.write_text("{", encoding="utf-8")
    assert fetched(site, tmp_path, "/dated")[0].failure is None


def test_a_record_of_the_first_version_counts(site: Site, tmp_path: Path) -> None:
    fetched(site, tmp_path, "/good")
    _, path = files(tmp_path)
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({name: record[name] for name in ("url", "status", "fetched_at", "sha256", "bytes")}))
    (again,) = fetched(site, tmp_path, "/good", now=LATER, resume=True)
    assert (again.unchanged, again.checked_at, site.asked["/good"]) == (True, NOW, 1)


@pytest.mark.parametrize(
    ("hours", "resume", "asked"), [(3, True, 1), (3, False, 2), (23.9, True, 1), (24, True, 2), (-1, True, 2)]
)
def test_a_resumed_list_leaves_out_what_it_has(
    site: Site, tmp_path: Path, hours: float, resume: bool, asked: int
) -> None:
    fetched(site, tmp_path, "/good", "/gone")
    again = fetched(site, tmp_path, "/good", "/gone", "/gzip", now=NOW + timedelta(hours=hours), resume=resume)
    assert [answer.failure for answer in again] == [None, FetchFailure.REFUSED, None]
    assert (site.asked["/good"], site.asked["/gone"], site.asked["/gzip"]) == (asked, 2, 1)
    assert again[0].unchanged


def test_a_list_that_was_interrupted_goes_on_where_it_stopped(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes
    written: list[Path] = []

    def interrupted(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 3:
            write(path, content[:5])
            raise KeyboardInterrupt
        return write(path, content)

    site.page = CORRECTED
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", interrupted)
        with pytest.raises(KeyboardInterrupt):
            fetched(site, tmp_path, "/good", "/plain")
    assert [path.read_bytes() for path in files(tmp_path) if path.suffix != ".json"] == [REPORT]
    assert len(files(tmp_path)) == 2
    answers = fetched(site, tmp_path, "/good", "/plain", resume=True)
    assert [answer.failure for answer in answers] == [None, None]
    assert (site.asked["/good"], site.asked["/plain"]) == (1, 2)


def test_progress_is_shown_on_a_terminal_only(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(site, tmp_path, "/good", "/moved")
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    fetched(site, tmp_path, "/good", "/moved")
    out, err = capsys.readouterr()
    assert out == ""
    assert "fetching" in err
    assert "2/2" in err


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
    monkeypatch.setattr(requests, "time", watch)
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
    monkeypatch.setattr(requests, "time", watch)

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


def test_a_server_that_never_ends_after_its_gzip_is_not_waited_for(tmp_path: Path) -> None:
    def drip() -> Iterator[bytes]:
        yield gzip.compress(REPORT)
        while True:
            yield b"x"

    answer = httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=drip())
    with httpx.Client(transport=httpx.MockTransport(lambda _request: answer)) as client:
        (answer,) = fetch(["http://a.test/"], tmp_path, clock=lambda: NOW, client=client, say=[].append)
    assert answer.bytes == len(REPORT)


def test_a_client_may_answer_from_memory(tmp_path: Path) -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, content=REPORT))
    with httpx.Client(transport=transport) as client:
        (answer,) = fetch(["http://a.test/"], tmp_path, clock=lambda: NOW, client=client, say=[].append)
    assert answer.bytes == len(REPORT)


def test_addresses_come_from_the_url_column_of_a_list(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("file,url,year\n,http://a.test/1.html,2024\nb.txt,,2023\n,http://a.test/2.html,\n", "utf-8-sig")
    assert read_addresses(listed) == ("http://a.test/1.html", "http://a.test/2.html")
    with pytest.raises(ManifestError, match=r"absent\.csv"):
        read_addresses(tmp_path / "absent.csv")
