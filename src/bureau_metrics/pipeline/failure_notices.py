"""Whom to tell when a scheduled run has failed: an address that takes JSON, a command that reads it, or nobody."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import httpx

from bureau_metrics.settings import Settings

SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Failed:
    """A run that failed: its flow, its name, the state that it ended in, and why."""

    flow: str
    run: str
    state: str
    message: str


def tell_of_failure(failed: Failed, settings: Settings) -> Iterator[str]:
    """Tell whom the settings name, and yield a line for each that could not be told."""
    if settings.failure_webhook:
        try:
            httpx.post(settings.failure_webhook, json=asdict(failed), timeout=SECONDS).raise_for_status()
        except httpx.HTTPError as error:
            yield f"cannot tell {settings.failure_webhook} of the failure: {error}"
    if settings.failure_command:
        try:
            _call(settings.failure_command, json.dumps(asdict(failed), ensure_ascii=False))
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            yield f"cannot call {settings.failure_command} on the failure: {error}"


def _call(command: str, content: str) -> None:
    """Call a command without a shell, with the failure on its input; its own error is in the exception."""
    subprocess.run(shlex.split(command), input=content.encode(), capture_output=True, timeout=SECONDS, check=True)
