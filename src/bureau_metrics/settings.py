"""Where a run keeps what it writes, and the few knobs that a person may set from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Engine(StrEnum):
    """Where batches are extracted: in processes of this machine, or on the workers of a Dask cluster."""

    PROCESS = "process"
    DASK = "dask"


class Settings(BaseSettings):
    """Settings read from `BUREAU_METRICS_*` environment variables; a command-line option overrules them."""

    model_config = SettingsConfigDict(env_prefix="BUREAU_METRICS_", extra="ignore")

    home: Path = Field(default=Path("bureau-data"), description="folder for everything that a run writes")
    batch_size: int = Field(default=500, ge=1, le=2000, description="documents in one batch (one Prefect task)")
    max_bytes: int = Field(default=64 * 1024 * 1024, ge=1, description="largest source file that is read, in bytes")
    max_unpacked_bytes: int = Field(
        default=256 * 1024 * 1024, ge=1, description="most bytes that one source may hold once unpacked"
    )
    max_pages: int = Field(default=2000, ge=1, description="most pages or sheets of one source")
    max_seconds: float = Field(default=5.0, gt=0, description="longest time that reading one source may take")
    max_memory: int = Field(
        default=400 * 1024 * 1024,
        ge=64 * 1024 * 1024,
        description="most memory that reading one source may take, in bytes",
    )
    max_characters: int = Field(default=2_000_000, ge=1, description="longest text of one source, in characters")
    fetch_delay: float = Field(default=1.0, ge=0, description="seconds between two requests to one host")
    fetch_again_after: float = Field(
        default=3600.0, ge=0, description="seconds before an address is asked again whether it has changed"
    )
    memory: int = Field(
        default=384 * 1024 * 1024,
        ge=128 * 1024 * 1024,
        description="most memory that load, audit and export hold, in bytes; what is more goes to disk",
    )
    workers: int | None = Field(default=None, ge=1, description="extraction processes; default: one a core")
    engine: Engine = Field(default=Engine.PROCESS, description="where batches are extracted: process or dask")
    dask_scheduler: str | None = Field(
        default=None, description="address of a Dask scheduler (tcp://host:8786); default: a cluster on this machine"
    )
    shared_storage: str | None = Field(
        default=None,
        description="folder or fsspec address that Dask workers and this machine both see; default: the home itself",
    )
    failure_webhook: str | None = Field(
        default=None, pattern="^https?://", description="address that is sent what failed, as JSON, when a flow fails"
    )
    failure_command: str | None = Field(
        default=None, description="command that is called when a flow fails, with what failed as JSON on its input"
    )


@dataclass(frozen=True, slots=True)
class Home:
    """The folders under one home: absolute, and made on first use by whoever writes there."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Home:
        """Return the home at `root`, made absolute."""
        return cls(root.expanduser().absolute())

    @property
    def warehouse(self) -> Path:
        """Folder of the published warehouse and its versions."""
        return self.root / "warehouse"

    @property
    def published(self) -> Path:
        """The published warehouse: a symlink to the current version, or a plain file where there are no symlinks."""
        return self.warehouse / "bureau_metrics.duckdb"

    @property
    def staging(self) -> Path:
        """Folder of staged batches, keyed by extractor fingerprint and content."""
        return self.root / "staging"

    @property
    def exports(self) -> Path:
        """Folder of exported files."""
        return self.root / "exports"

    @property
    def originals(self) -> Path:
        """Folder of fetched bytes, content-addressed."""
        return self.root / "originals"

    @property
    def logs(self) -> Path:
        """Folder of run logs."""
        return self.root / "logs"
