"""What a run takes: archives, and lists of addresses whose pages change, vanish and come back."""

from __future__ import annotations

import csv
import io
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bureau_metrics.fetching import FetchLimits
from bureau_metrics.pipeline import RunRequest, RunSummary, State, run_direct
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import run_query

REPORT = (
    "{bureau}\n2024年法治政府建设年度报告\n\n"
    "2024年，我局全年召开局党组会{count}次，制定规范性文件3件。\n\n"
    "{bureau}\n2025年1月21日\n"
)
PAGE = "<html><head><meta charset=utf-8><title>报告</title></head><body>{}</body></html>"
AGAIN_AT_ONCE = FetchLimits(timeout=2, attempts=1, delay=0, fresh=0)


def report(bureau: str = "常州市科学技术局", count: int = 29) -> str:
    return REPORT.format(bureau=bureau, count=count)


def web_page(text: str) -> bytes:
    return PAGE.format("".join(f"<p>{line}</p>" for line in text.splitlines())).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def run(home: Path, *sources: Path) -> RunSummary:
    return run_direct(RunRequest(tuple(map(str, sources)), home, fetching=AGAIN_AT_ONCE))


def outcomes(summary: RunSummary) -> dict[str, tuple[State, str | None]]:
    return {outcome.document_id: (outcome.state, outcome.reason) for outcome in summary.documents}


def meetings(home: Path) -> list[tuple[object, ...]]:
    sql = "SELECT document_id, value::INTEGER FROM observation WHERE metric = 'party_group_meetings' ORDER BY ALL"
    return run_query(Home(home), sql).rows


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


class TestArchives:
    def test_its_files_are_documents_of_their_own(self, home: Path, tmp_path: Path) -> None:
        archive = tmp_path / "2024年报告.zip"
        archive.write_bytes(
            zipped({"a.txt": report().encode(), "区县/b.html": web_page(report("台州市司法局", 12)), "__MACOSX/x": b""})
        )
        summary = run(home, archive)
        assert outcomes(summary) == {
            "2024年报告.zip/a.txt": (State.LOADED, None),
            "2024年报告.zip/区县/b.html": (State.LOADED, None),
        }
        assert meetings(home) == [("2024年报告.zip/a.txt", 29), ("2024年报告.zip/区县/b.html", 12)]
        assert set(outcomes(run(home, archive)).values()) == {(State.UNCHANGED, None)}

    def test_one_that_cannot_be_opened_is_rejected_and_the_rest_is_loaded(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(report(), encoding="utf-8")
        (tmp_path / "broken.zip").write_bytes(zipped({"b.txt": report().encode()})[:80])
        (tmp_path / "tricky.zip").write_bytes(zipped({"../../b.txt": b"x"}))
        found = outcomes(run(home, tmp_path / "a.txt", tmp_path / "broken.zip", tmp_path / "tricky.zip"))
        assert sorted(found.values()) == [
            (State.LOADED, None),
            (State.REJECTED, "damaged"),
            (State.REJECTED, "unsafe"),
        ]
        rejected = (home / "exports" / "rejected.csv").read_text(encoding="utf-8-sig")
        assert [row["reason"] for row in csv.DictReader(io.StringIO(rejected))] == ["damaged", "unsafe"]


@dataclass
class Site:
    """A running server with its pages; a page of None is gone."""

    address: str = ""
    pages: dict[str, bytes | None] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked[self.path] += 1
            content = served.pages.get(self.path)
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served.address = f"http://127.0.0.1:{server.server_port}"
    yield served
    server.shutdown()
    server.server_close()


class TestAddresses:
    def listed(self, folder: Path, *rows: str) -> Path:
        path = folder / "addresses.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    def test_pages_are_fetched_kept_and_read(self, home: Path, tmp_path: Path, site: Site) -> None:
        site.pages["/kjj/2024.html"] = web_page(report())
        url = f"{site.address}/kjj/2024.html"
        summary = run(home, self.listed(tmp_path, "url,year", f"{url},2024", f"{site.address}/gone.html,"))
        assert outcomes(summary) == {
            url: (State.LOADED, None),
            f"{site.address}/gone.html": (State.REJECTED, "not_fetched"),
        }
        assert meetings(home) == [(url, 29)]
        (document,) = [outcome for outcome in summary.documents if outcome.state is State.LOADED]
        assert Path(document.path).read_bytes() == site.pages["/kjj/2024.html"]

    def test_a_changed_page_is_a_new_version_and_the_old_one_stays(
        self, home: Path, tmp_path: Path, site: Site
    ) -> None:
        url = f"{site.address}/a.html"
        addresses = self.listed(tmp_path, "url", url)
        site.pages["/a.html"] = web_page(report(count=29))
        run(home, addresses)
        site.pages["/a.html"] = web_page(report(count=31))
        run(home, addresses)
        assert meetings(home) == [(url, 31)]
        versions = run_query(Home(home), "SELECT count(*) FROM dim_document").rows
        originals = [path for path in (home / "originals").rglob("*") if path.is_file() and not path.suffix]
        assert (versions, len(originals)) == ([(2,)], 2)

    def test_a_page_that_is_gone_keeps_its_last_good_reading(self, home: Path, tmp_path: Path, site: Site) -> None:
        url = f"{site.address}/a.html"
        addresses = self.listed(tmp_path, "url", url)
        site.pages["/a.html"] = web_page(report())
        run(home, addresses)
        site.pages["/a.html"] = None
        assert outcomes(run(home, addresses))[url] == (State.REJECTED, "not_fetched")
        assert meetings(home) == [(url, 29)]

    def test_a_list_of_links_and_a_mirrored_page_are_no_reports(self, home: Path, tmp_path: Path, site: Site) -> None:
        links = "".join(f"<li><a href='{i}.html'>常州市科学技术局2024年工作总结之{i}</a></li>" for i in range(30))
        mirrored = report().replace("全年召开", "全(quán)年(nián)召(zhào)开(kāi)") * 4
        site.pages |= {
            "/list.html": f"<html><body><ul>{links}</ul></body></html>".encode(),
            "/m.html": web_page(mirrored),
        }
        site.pages["/ok.html"] = web_page(report())
        rows = [f"{site.address}{path}" for path in site.pages]
        found = outcomes(run(home, self.listed(tmp_path, "url", *rows)))
        assert [found[row] for row in rows] == [
            (State.REJECTED, "not_a_report"),
            (State.REJECTED, "not_a_report"),
            (State.LOADED, None),
        ]

    def test_a_table_of_figures_is_no_list_of_addresses(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(report(), encoding="utf-8")
        (tmp_path / "figures.csv").write_text(
            "常州市科学技术局2024年工作总结,\n指标,数量（次）\n局党组会,29\n工作会议,3\n", encoding="utf-8"
        )
        assert outcomes(run(home, tmp_path / "a.txt", tmp_path / "figures.csv"))["figures.csv"][1] != "not_fetched"
