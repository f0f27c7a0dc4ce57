"""The deployments of prefect.yaml fit their flows, and Prefect keeps what it knows on the machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import without_prefect_settings

ROOT = Path(__file__).parent.parent
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
VARIABLE = re.compile(r"\{\{ \$BUREAU_METRICS_(SOURCES|HOME) \}\}")


def filled(value: Any) -> Any:
    """Return parameters as `prefect deploy` fills them from the environment."""
    if isinstance(value, dict):
        return {name: filled(item) for name, item in value.items()}
    if isinstance(value, list):
        return [filled(item) for item in value]
    return VARIABLE.sub("/srv/reports", value) if isinstance(value, str) else value


def flow_of(deployment: dict[str, Any]) -> Any:
    from prefect.flows import load_flow_from_entrypoint

    return load_flow_from_entrypoint(deployment["entrypoint"])


def test_there_is_a_nightly_run_a_backfill_and_an_export() -> None:
    assert [deployment["name"] for deployment in DEPLOYMENTS] == ["nightly", "backfill", "export"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
class TestDeployment:
    def test_its_parameters_are_those_of_its_flow(self, deployment: dict[str, Any]) -> None:
        flow = flow_of(deployment)
        assert set(deployment["parameters"]) <= set(flow.parameters.properties)
        given = filled(deployment["parameters"])
        for schedule in deployment.get("schedules", [{}]):
            flow.validate_parameters({**given, **filled(schedule.get("parameters", {}))})

    def test_its_schedules_are_in_beijing_time(self, deployment: dict[str, Any]) -> None:
        from prefect.client.schemas.schedules import CronSchedule

        for schedule in deployment.get("schedules", []):
            assert CronSchedule(**schedule).timezone == "Asia/Shanghai"

    def test_one_run_at_a_time_and_late_ones_are_cancelled(self, deployment: dict[str, Any]) -> None:
        assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}

    def test_its_worker_sends_nothing_out(self, deployment: dict[str, Any]) -> None:
        assert deployment["work_pool"]["job_variables"]["env"]["DO_NOT_TRACK"] == "1"


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"sources": []}, "at least 1 item"),
        ({"sources": ["{{ $BUREAU_METRICS_SOURCES }}"]}, "set BUREAU_METRICS_SOURCES"),
        ({"sources": [" "]}, "a source is empty"),
        ({"sources": ["一" * 5000]}, "at most 4096 characters"),
        ({"sources": ["/srv/reports"], "engine": "spark"}, "'process' or 'dask'"),
        ({"sources": ["/srv/reports"], "prune": "perhaps"}, "valid boolean"),
    ],
)
def test_parameters_that_are_wrong_are_refused(parameters: dict[str, Any], message: str) -> None:
    from prefect.exceptions import ParameterTypeError

    with pytest.raises(ParameterTypeError, match=message):
        flow_of(DEPLOYMENTS[0]).validate_parameters(parameters)


def test_settings_in_the_checkout_keep_prefect_on_the_machine() -> None:
    """As a command of Prefect reads them that is called in the checkout."""
    code = (
        "from prefect.settings import get_current_settings as settings; s = settings();"
        "print(s.server.analytics_enabled, s.server.ui.v2_enabled, s.telemetry.enable_resource_metrics,"
        " sorted(s.server.services.db_vacuum.enabled_vacuum_types), s.server.services.task_run_recorder.batch_size)"
    )
    clean = without_prefect_settings()
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=clean, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False False ['events', 'flow_runs', 'orphans'] 200"
