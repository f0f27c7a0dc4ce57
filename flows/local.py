"""A flow run in this process and quietly, against the server that is there or one started for it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any

import httpx

from bureau_metrics.pipeline import RunRequest, RunSummary, extraction_ahead
from bureau_metrics.settings import Home

from .embedded_server import ServerUnavailable, prefect_api

DRAIN_SECONDS = 10


def run_flow(request: RunRequest, say: Callable[[str], None]) -> RunSummary:
    """Run the flow for one request and return its summary; what the flow raises comes through as it is.

    Raises ServerUnavailable when no Prefect server can be reached or started, or when it is lost.
    """
    home = Home.at(request.home)
    logging.raiseExceptions = False  # what cannot be logged on a lost server is told once, by the error below
    if "PREFECT_API_URL" not in os.environ:
        say("Starting Prefect's embedded server (10 to 20 s the first time, 5 s later; --direct runs without it) …")
    with (
        extraction_ahead(request) as begin,
        prefect_api(home.root / "prefect", home.logs / "prefect-server.log", meanwhile=begin) as address,
    ):
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        # A flow run joins its heartbeat thread at the end: a second for nothing while the process itself is watched.
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            try:
                summary: RunSummary = _called(request)
                return summary
            except httpx.HTTPError as error:
                raise ServerUnavailable(
                    f"the Prefect server at {address} answers no more ({error}); run again, or use --direct: "
                    "what is published is whole"
                ) from None
            finally:
                drain()


def _called(request: RunRequest) -> Any:
    """Call the flow that does what is asked for."""
    filters = request.backfill
    if filters is None:
        from .etl import etl
        from .parameters import etl_parameters

        return etl(**etl_parameters(request))
    from .backfill import backfill

    return backfill(
        list(request.sources),
        request.home,
        request.manifest,
        years=filters.years,
        bureaus=filters.bureaus,
        regions=filters.regions,
        dry_run=request.dry_run,
        engine=request.engine,
    )


def drain() -> None:
    """Send what is still queued for the server, so that nothing is retried against one that has gone."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=DRAIN_SECONDS)
    EventsWorker.drain_all(timeout=DRAIN_SECONDS)
