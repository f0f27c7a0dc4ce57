"""LibreOffice as a converter of old Word and WPS documents, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument

_PROGRAMS = ("soffice", "libreoffice")
# No macros, and nothing that a document links to on the network.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""
_SAVE_AS_DOCX = "open it in Word or WPS, save it as docx and give that file"


def libreoffice_converter() -> Callable[[bytes, float], bytes] | None:
    """Return a function from the bytes of a document and a number of seconds to docx, None without LibreOffice.

    The function raises UnreadableDocument (`too_slow`, `damaged`).
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return None

    def to_docx(data: bytes, seconds: float) -> bytes:
        with tempfile.TemporaryDirectory(prefix="bureau-metrics-", ignore_cleanup_errors=True) as folder:
            return _converted(program, data, seconds, Path(folder))

    return to_docx


def _converted(program: str, data: bytes, seconds: float, folder: Path) -> bytes:
    """Convert in a folder with a profile of its own: conversions that share one disturb each other."""
    source, target = folder / "source.doc", folder / "out" / "source.docx"
    source.write_bytes(data)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML"]
    command = [program, profile, *options, "--outdir", str(target.parent), str(source)]
    try:
        _run(command, seconds)
        return target.read_bytes()
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(
            RejectionReason.TOO_SLOW,
            f"LibreOffice did not convert it within {seconds:.0f} seconds",
            "raise the limit (BUREAU_METRICS_MAX_SECONDS), or save it as docx and give that file",
        ) from None
    except OSError:  # it was not started, or wrote nothing, which is how it says that it cannot read a file
        raise UnreadableDocument(
            RejectionReason.DAMAGED, "an old Word document that LibreOffice cannot open", _SAVE_AS_DOCX
        ) from None


def _run(command: list[str], seconds: float) -> None:
    """Run a command to its end; `soffice` is a script, whose child would outlive it."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(max(seconds, 0.1))
        except BaseException:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            raise
