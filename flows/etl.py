"""The flow `etl`: reports in, warehouse and CSV out. Its deployed entry point is `bureau_metrics.flows.etl.etl`."""

# Annotations stay objects here: Prefect makes the model of the parameters out of them, and cannot read them as text.
from pathlib import Path
from typing import Any

from prefect import flow

from bureau_metrics import pipeline
from bureau_metrics.pipeline import RunRequest
from bureau_metrics.settings import Engine

from .parameters import Sources
from .reports import report
from .shared_options import FLOW_OPTIONS
from .tasks import STAGES, TASK_RUNNER


@flow(
    name="etl",
    description="Reports in, warehouse and CSV out.",
    task_runner=TASK_RUNNER,
    **FLOW_OPTIONS,
)
def etl(
    sources: Sources,
    home: Path | None = None,
    manifest: Path | None = None,
    prune: bool = False,
    engine: Engine | None = None,
) -> Any:
    """Read the sources, load their figures, audit, publish and export; ends with the run's summary.

    Args:
        sources: files, folders and patterns; absolute once the flow is deployed.
        home: folder for everything that is written; else BUREAU_METRICS_HOME; absolute once the flow is deployed.
        manifest: CSV that says of files who published them, about which year.
        prune: close the documents whose files are gone from the sources.
        engine: where batches are extracted, process or dask; else BUREAU_METRICS_ENGINE.
    """
    request = RunRequest.from_settings(sources, home, manifest, prune=prune, engine=engine)
    return report(pipeline.run_stages(request, STAGES))
