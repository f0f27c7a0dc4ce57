"""The flow `backfill`: documents that the warehouse holds, read anew after a change of the catalogue."""

# Annotations stay objects here: Prefect makes the model of the parameters out of them, and cannot read them as text.
from pathlib import Path
from typing import Any

from prefect import flow

from bureau_metrics import pipeline
from bureau_metrics.exports import Filters
from bureau_metrics.pipeline import RunRequest
from bureau_metrics.settings import Engine

from .parameters import Sources, Words
from .reports import report
from .shared_options import FLOW_OPTIONS
from .tasks import STAGES, TASK_RUNNER


@flow(
    name="backfill",
    description="Documents that the warehouse holds, read anew after a change of the catalogue.",
    task_runner=TASK_RUNNER,
    **FLOW_OPTIONS,
)
def backfill(
    sources: Sources,
    home: Path | None = None,
    manifest: Path | None = None,
    years: Words = (),
    bureaus: Words = (),
    regions: Words = (),
    dry_run: bool = True,
    engine: Engine | None = None,
) -> Any:
    """Read documents of a range anew; a dry run shows which figures would change, else they are published.

    Args:
        sources: files, folders and patterns, as for `etl`; what the warehouse does not hold is left alone.
        home: folder for everything that is written; else BUREAU_METRICS_HOME; absolute once the flow is deployed.
        manifest: the CSV that the documents were read with, where there was one.
        years: years of the reports, and ranges such as 2020-2023; none: all.
        bureaus: ids or names of bureaus; none: all.
        regions: codes of GB/T 2260 or names, with all below them; none: all.
        dry_run: publish nothing, and show what would change.
        engine: where batches are extracted, process or dask; else BUREAU_METRICS_ENGINE.
    """
    filters = Filters(years=years, bureaus=bureaus, regions=regions)
    request = RunRequest.from_settings(sources, home, manifest, backfill=filters, dry_run=dry_run, engine=engine)
    return report(pipeline.run_stages(request, STAGES))
