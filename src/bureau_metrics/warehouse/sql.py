"""The SQL files of the warehouse: found in a checkout, an editable install and a wheel alike."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from bureau_metrics.warehouse.errors import WarehouseError


@dataclass(frozen=True, slots=True)
class SqlFile:
    """One SQL file: its name without folder and ending, its text, and the folder below `warehouse/` that holds it."""

    folder: str
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def query(self) -> str:
        """The text without its end, to stand within another statement."""
        return self.text.strip().removesuffix(";")

    @property
    def title(self) -> str:
        """First comment line: one sentence."""
        return self.comment[0] if self.comment else ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters ($name), in order."""
        return tuple(dict.fromkeys(re.findall(r"\$([a-z_]+)", re.sub(r"--.*", "", self.text))))

    @property
    def comment(self) -> list[str]:
        """The comment lines at the top, without their dashes."""
        lines: list[str] = []
        for line in self.text.splitlines():
            if not line.startswith("--"):
                break
            lines.append(line.removeprefix("--").strip())
        return lines


@cache
def sql_folder() -> Traversable:
    """Return the folder of the SQL files: the package `bureau_metrics.sql`, else `warehouse/` of the checkout.

    Raises:
        WarehouseError: neither is there; the installation is incomplete.
    """
    try:
        installed = resources.files("bureau_metrics.sql")
    except ModuleNotFoundError:
        installed = None
    if installed is not None and installed.joinpath("schema").is_dir():
        return installed
    checkout = Path(__file__).resolve().parents[3] / "warehouse"
    if checkout.joinpath("schema").is_dir():
        return checkout
    raise WarehouseError(
        "the SQL files of the warehouse are missing from this installation; install bureau-metrics again"
    )


def sql_file(folder: str, name: str) -> SqlFile:
    """Return the SQL file of that name (without ending) in a folder below `warehouse/`; LookupError without one."""
    found = next((file for file in sql_files(folder) if file.name == name), None)
    if found is None:
        raise LookupError(f"no file {folder}/{name}.sql among the SQL files of the warehouse")
    return found


@cache
def sql_files(folder: str) -> tuple[SqlFile, ...]:
    """Return the SQL files of one folder below `warehouse/` (such as "views" or "load/apply"), in order of name."""
    place = sql_folder()
    for part in folder.split("/"):
        place = place.joinpath(part)
    names = sorted(entry.name for entry in place.iterdir() if entry.name.endswith(".sql"))
    return tuple(
        SqlFile(folder, name.removesuffix(".sql"), place.joinpath(name).read_text(encoding="utf-8")) for name in names
    )
