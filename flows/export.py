"""The flow `export`: files out of the published warehouse, by the clock or on request."""

# Annotations stay objects here: Prefect makes the model of the parameters out of them, and cannot read them as text.
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from bureau_metrics import pipeline
from bureau_metrics.exports import Filters
from bureau_metrics.pipeline import ExportFormat, ExportRequest
from bureau_metrics.settings import Home, Settings

from .parameters import Words
from .shared_options import FLOW_OPTIONS


@flow(
    name="export",
    description="Files out of the published warehouse.",
    **FLOW_OPTIONS,
)
def export(
    home: Path | None = None,
    folder: Path | None = None,
    formats: list[ExportFormat] = [ExportFormat.CSV],  # noqa: B006 -- Prefect reads it as a default and changes nothing
    years: Words = (),
    families: Words = (),
    regions: Words = (),
    licence: str | None = None,
) -> list[Path]:
    """Write exports of the published warehouse; returns their paths.

    Args:
        home: folder of the warehouse; else BUREAU_METRICS_HOME; absolute once the flow is deployed.
        folder: where to write; else exports/ under the home.
        formats: csv, xlsx, parquet, html, review, datapackage.
        years: years that the figures are about, and ranges such as 2020-2023; none: all.
        families: families of metrics; none: all.
        regions: codes of GB/T 2260 or names, with all below them; none: all.
        licence: licence that datapackage.json states.
    """
    where = Home.at(home or Settings().home)
    filters = Filters(years=years, families=families, regions=regions)
    request = ExportRequest(formats=formats, filters=filters, licence=licence)
    files = pipeline.export_formats(where.published, folder or where.exports, request)
    lines = [f"- [{file.path.name}]({file.path.as_uri()}) {file.rows} rows" for file in files]
    create_markdown_artifact(key="bureau-metrics-exports", markdown="\n".join(lines), description="What was written")
    return [file.path for file in files]
