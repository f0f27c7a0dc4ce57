"""One run at a time on one home: a lock file that says who holds it and gives way when that process is dead."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bureau_metrics.warehouse.errors import WarehouseBusy

LOCK_FILE = "run.lock"


def take(folder: Path, run_key: str) -> None:
    """Take the run lock of a warehouse folder; the run that holds it may take it again.

    Raises:
        WarehouseBusy: a living process, or one on another machine, holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOCK_FILE
    for _ in range(3):
        if _create(path, _myself(run_key)):
            return
        holder = _read(path)
        if holder is not None and holder.get("run_key") == run_key:
            return
        if holder is not None and not _is_dead(holder):
            raise WarehouseBusy(_who(path, holder))
        _remove_stale(path)
    raise WarehouseBusy(f"another run is just starting on {folder}; try again")


def _create(path: Path, content: dict[str, Any]) -> bool:
    """Create the lock file, complete from its first moment where the file system has links; False where it exists."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    draft.write_text(json.dumps(content), encoding="utf-8")
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return False
    except OSError:
        return _create_plainly(path, draft.read_bytes())
    finally:
        draft.unlink()
    return True


def _create_plainly(path: Path, content: bytes) -> bool:
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    return True


def release(folder: Path) -> None:
    """Give the lock back; nothing happens where there is none."""
    with suppress(OSError):
        (folder / LOCK_FILE).unlink()


def held_by(folder: Path) -> str | None:
    """Return the key of the run that holds the lock, or None."""
    holder = _read(folder / LOCK_FILE)
    return None if holder is None else str(holder.get("run_key"))


def is_held(folder: Path) -> bool:
    """Return whether a run holds the lock that is not certainly dead."""
    holder = _read(folder / LOCK_FILE)
    return holder is not None and not _is_dead(holder)


def _myself(run_key: str) -> dict[str, Any]:
    return {
        "run_key": run_key,
        "pid": os.getpid(),
        "process_started": _process_start(os.getpid()),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _read(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _who(path: Path, holder: dict[str, Any]) -> str:
    return (
        f"another run works on this home: process {holder.get('pid')} on {holder.get('host')}"
        f" since {holder.get('since')}; wait for it, or if it is dead delete {path}"
    )


def _is_dead(holder: dict[str, Any]) -> bool:
    pid = holder.get("pid")
    if holder.get("host") != socket.gethostname() or not isinstance(pid, int):
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    started = _process_start(pid)
    return started is not None and started != holder.get("process_started")


def _process_start(pid: int) -> str | None:
    """Return when a process started, as the kernel counts it: a reused number is not the old process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return None


def _remove_stale(path: Path) -> None:
    """Remove a dead run's lock by renaming it first, so that of two runs that see it only one does."""
    grave = path.with_name(f"{path.name}.{os.getpid()}.stale")
    with suppress(OSError):
        path.rename(grave)
        grave.unlink()
