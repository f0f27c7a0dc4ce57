"""Plans and staged batches on storage that this machine and the workers of a cluster both see, by fsspec.

A batch lies under `<address>/<fingerprint>/<key>/` like in a staging folder; its summary is written last, so that a
batch with a summary is whole. The sources themselves are read where they lie: every worker must see the same paths.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bureau_metrics.staged_batch import STAGED_FILES, SUMMARY, StagingError
from bureau_metrics.staging.plans import BatchPlan, extract_batch

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


class SourcesNotShared(StagingError):
    """A worker sees none of the files of its batch: they do not lie on a path that all workers share."""


def extract_on_worker(plan_address: str, storage: str | None = None) -> str:
    """Extract one batch where this is called, and return the address of the staged batch.

    Args:
        plan_address: the file of a plan; with `storage` as `share_plan` returned it.
        storage: shared storage; None: plan and staging folder lie on paths that all workers see.

    Raises:
        SourcesNotShared: none of the files is there.
        StagingError: the batch cannot be written.
    """
    if storage is None:
        _refuse_unseen(BatchPlan.read(Path(plan_address)))
        return str(extract_batch(Path(plan_address)))
    filesystem, _root = _opened(storage)
    with TemporaryDirectory(prefix="bureau-metrics-") as name:
        plan_file = Path(name, "plan.json")
        filesystem.get_file(plan_address, str(plan_file))
        plan = BatchPlan.read(plan_file)
        _refuse_unseen(plan)
        folder = extract_batch(replace(plan, staging=Path(name)).write(plan_file))
        return _put_batch(folder, storage)


def share_plan(plan_file: Path, storage: str | None) -> str:
    """Put a plan where workers see it, and return its address there."""
    if storage is None:
        return str(plan_file)
    filesystem, root = _opened(storage)
    address = f"{root}/plans/{plan_file.parent.name}/{plan_file.name}"
    filesystem.makedirs(address.rpartition("/")[0], exist_ok=True)
    filesystem.put_file(str(plan_file), address)
    return address


def fetch_batch(address: str, staging: Path, storage: str | None) -> Path:
    """Return the folder of a staged batch on this machine, copied from the shared storage where it is not here yet."""
    if storage is None:
        return Path(address)
    fingerprint, key = address.rstrip("/").split("/")[-2:]
    folder = staging / fingerprint / key
    if not folder.is_dir():
        filesystem, _root = _opened(storage)
        temporary = folder.with_name(f".{key}.fetched")
        temporary.mkdir(parents=True, exist_ok=True)
        for file in (*STAGED_FILES, SUMMARY):
            filesystem.get_file(f"{address}/{file}", str(temporary / file))
        temporary.rename(folder)
    return folder


def forget_plans(run_key: str, storage: str | None) -> None:
    """Remove the plans of a run from the shared storage; the staged batches stay for the next run."""
    if storage is not None:
        filesystem, root = _opened(storage)
        folder = f"{root}/plans/{run_key}"
        if filesystem.exists(folder):
            filesystem.rm(folder, recursive=True)


def _put_batch(folder: Path, storage: str) -> str:
    filesystem, root = _opened(storage)
    address = f"{root}/{folder.parent.name}/{folder.name}"
    if not filesystem.exists(f"{address}/{SUMMARY}"):
        filesystem.makedirs(address, exist_ok=True)
        for file in (*STAGED_FILES, SUMMARY):
            filesystem.put_file(str(folder / file), f"{address}/{file}")
    return address


def _opened(storage: str) -> tuple[AbstractFileSystem, str]:
    import fsspec

    filesystem, root = fsspec.core.url_to_fs(storage)
    return filesystem, str(root).rstrip("/")


def _refuse_unseen(plan: BatchPlan) -> None:
    files = [source.archive or source.path for source in plan.sources if source.content_hash is not None]
    if files and not any(file.exists() for file in files):
        raise SourcesNotShared(
            f"{files[0]} and the rest of its batch are not here: sources must lie on a path that every worker sees"
        )
