"""A Prefect server for the length of one run, for machines on which none is running.

The parent calls `prefect_api`; the child is this module run as a program. What the server prints goes to a log file.
The child lives as long as the pipe to its parent: a parent that is killed leaves no server behind.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 120
STOP_SECONDS = 5
LOCAL_RETRIES = 2
SCHEDULING = "--scheduling"

# Prefect reads its settings when it is first imported; whatever the user has set stays.
QUIET_SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    # With many batches the server falls behind its own events; larger bites bring the lag down to seconds.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "100",
}


class ServerUnavailable(Exception):
    """No Prefect server answers; the message says which one and what to do."""


@contextmanager
def prefect_api(
    prefect_home: Path, log_file: Path, *, scheduling: bool = False, meanwhile: Callable[[], None] | None = None
) -> Iterator[str]:
    """Yield the address of a Prefect API: the one that PREFECT_API_URL names, else that of a server started for this.

    Call it before prefect is imported: settings that keep a run quiet go into the environment, unless they stand there
    already. Within the block the address is in the settings and in the environment of processes that are started.

    Args:
        prefect_home: folder where a server that is started keeps its database.
        log_file: where it writes what it has to say.
        scheduling: a server that is started also makes runs out of schedules.
        meanwhile: what to do while a server starts, for seconds in which one core has nothing to do.

    Raises:
        ServerUnavailable: nothing answers, or no server can be started.
    """
    for name, value in {**QUIET_SETTINGS, "PREFECT_HOME": str(prefect_home)}.items():
        os.environ.setdefault(name, value)
    address = os.environ.get("PREFECT_API_URL")
    if address:
        _check_reachable(address)
        yield address
        return
    with _started_server(log_file, scheduling, meanwhile) as address:
        from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

        os.environ["PREFECT_API_URL"] = address
        try:
            # A server on this machine that does not answer has died: nobody should wait minutes to hear that.
            with temporary_settings({PREFECT_API_URL: address, PREFECT_CLIENT_MAX_RETRIES: LOCAL_RETRIES}):
                yield address
        finally:
            del os.environ["PREFECT_API_URL"]


def _check_reachable(address: str) -> None:
    if not _is_healthy(address, seconds=10):
        raise ServerUnavailable(
            f"no Prefect server answers at PREFECT_API_URL={address}; start it, unset the variable, or use --direct"
        )


@contextmanager
def _started_server(log_file: Path, scheduling: bool, meanwhile: Callable[[], None] | None) -> Iterator[str]:
    arguments = [SCHEDULING] if scheduling else []
    log_file.parent.mkdir(parents=True, exist_ok=True)
    with log_file.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            # Ctrl-C is for the run: the server has still to be told how that ended.
            start_new_session=True,
        )
        try:
            if meanwhile is not None:
                meanwhile()
            yield _await_address(process, log_file)
        finally:
            _stop(process)


def _await_address(process: subprocess.Popen[bytes], log_file: Path) -> str:
    import prefect  # noqa: F401 - takes a second, in which the server starts

    assert process.stdout is not None
    port = process.stdout.readline().strip().decode()
    address = f"http://127.0.0.1:{port}/api"
    deadline = time.monotonic() + START_SECONDS
    while port and process.poll() is None and time.monotonic() < deadline:
        if _is_healthy(address, seconds=2):
            return address
        time.sleep(0.1)
    raise ServerUnavailable(f"Prefect's embedded server did not start; {log_file} says why; --direct runs without it")


def _is_healthy(address: str, seconds: float) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=seconds) as response:  # noqa: S310 -- http by construction
            return bool(response.status == 200)
    except (OSError, ValueError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Close the pipes: the server sees that, finishes what it is at, and ends by itself; nobody has to wait for it."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def serve() -> None:
    """Run the server on a free port, print that port, and stop when standard input ends."""
    import uvicorn

    if hasattr(os, "sched_setaffinity"):
        # Prefect hands each database call from one thread to another; on one core that takes half the time.
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        lifespan="on",
        log_level="critical",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)

    def stop_with_parent() -> None:
        sys.stdin.buffer.read()
        server.should_exit = True
        time.sleep(STOP_SECONDS)
        os._exit(0)

    threading.Thread(target=stop_with_parent, daemon=True).start()
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    os.dup2(2, 1)
    server.run(sockets=[listener])


if __name__ == "__main__":
    os.environ["PREFECT__SERVER_FINAL"] = "1"
    if SCHEDULING not in sys.argv:
        os.environ["PREFECT__SERVER_EPHEMERAL"] = "1"
    serve()
