"""The flow `etl` by the clock, without a work pool: this process waits, and starts each run in a process of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from bureau_metrics.settings import Home

from .embedded_server import prefect_api

if TYPE_CHECKING:
    from bureau_metrics.pipeline import RunRequest

DEPLOYMENT = "nightly"


class WrongSchedule(Exception):
    """A schedule that is none: the message says what of it."""


def serve(request: RunRequest, cron: str, timezone: str, say: Callable[[str], None]) -> None:
    """Run the flow for one request whenever the schedule says so, until this process is stopped.

    Runs that come due while one is at work are cancelled; the schedule is paused when this process ends.

    Args:
        request: sources, manifest and home, all absolute.
        cron: minute, hour, day, month and weekday.
        timezone: zone in which they are meant, such as Asia/Shanghai.
        say: takes lines for the person who watches.

    Raises:
        ServerUnavailable: no Prefect server can be reached or started.
        WrongSchedule: the cron line or the time zone is none.
    """
    _refuse_wrong(cron, timezone)
    # Whoever watches wants to see each run begin and end.
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "INFO")
    home = Home.at(request.home)
    with prefect_api(home.root / "prefect", home.logs / "prefect-server.log", scheduling=True) as address:
        from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
        from prefect.schedules import Cron
        from prefect.types.entrypoint import EntrypointType

        from .etl import etl
        from .parameters import etl_parameters

        say(f"Serving etl/{DEPLOYMENT} by cron '{cron}' ({timezone}), server {address}; stop with Ctrl-C")
        etl.serve(
            name=DEPLOYMENT,
            schedule=Cron(cron, timezone=timezone),
            global_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
            parameters=etl_parameters(request),
            print_starting_message=False,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )


def _refuse_wrong(cron: str, timezone: str) -> None:
    """Raise WrongSchedule before a server is started for nothing: Prefect itself can be asked only with one."""
    try:
        CronSim(cron, datetime.now(ZoneInfo(timezone)))
    except CronSimError as error:
        raise WrongSchedule(f"--cron '{cron}' in {timezone} is no schedule: {error}") from None
    except (ZoneInfoNotFoundError, ValueError):
        raise WrongSchedule(f"--timezone '{timezone}' is no time zone; say one like Asia/Shanghai") from None
