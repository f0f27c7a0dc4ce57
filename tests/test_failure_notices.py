"""Who is told when a run has failed: an address, a command; and that telling never fails a second time."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bureau_metrics.pipeline import Failed, tell_of_failure
from bureau_metrics.settings import Settings

FAILED = Failed(flow="etl", run="2026-03-01 02:00 nightly 报告", state="Failed", message="the disk is full")
TOLD = {"flow": "etl", "run": FAILED.run, "state": "Failed", "message": "the disk is full"}


class Listener(HTTPServer):
    """A server that keeps what it is sent."""

    received: list[dict[str, str]]
    answer = 200


@pytest.fixture
def listener() -> Iterator[Listener]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.received.append(json.loads(body))
            self.send_response(server.answer)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = Listener(("127.0.0.1", 0), Handler)
    server.received = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def tell(**settings: str) -> list[str]:
    return list(tell_of_failure(FAILED, Settings(**settings)))  # type: ignore[arg-type]


def address(listener: Listener) -> str:
    return f"http://127.0.0.1:{listener.server_port}/failed"


def command(body: str) -> str:
    return f"{sys.executable} -c '{body}'"


def test_an_address_is_sent_what_failed(listener: Listener) -> None:
    assert tell(failure_webhook=address(listener)) == []
    assert listener.received == [TOLD]


def test_a_command_reads_what_failed(tmp_path: Path) -> None:
    target = tmp_path / "told.json"
    assert tell(failure_command=command(f'import sys; open("{target}", "w").write(sys.stdin.read())')) == []
    assert json.loads(target.read_text(encoding="utf-8")) == TOLD


def test_without_settings_nobody_is_told() -> None:
    assert tell() == []


def test_an_address_that_refuses_is_a_line(listener: Listener) -> None:
    listener.answer = 500
    (line,) = tell(failure_webhook=address(listener))
    assert line.startswith(f"cannot tell {address(listener)} of the failure: ")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("/no/such/command", "No such file"), (command("raise SystemExit(3)"), "exit status 3"), ("a 'b", "quotation")],
)
def test_a_command_that_fails_is_a_line(wrong: str, said: str) -> None:
    (line,) = tell(failure_command=wrong)
    assert said in line


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="failure_webhook"):
        Settings(failure_webhook="ftp://example.org")
