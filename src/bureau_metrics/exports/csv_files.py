"""The CSV files: every fact, the bureaus side by side and one figure a row, the code book, and what was not taken.

Numbers have no exponent and no trailing zeros; text that a spreadsheet would run as a formula is made harmless. Equal
warehouses give equal bytes. A file appears under its name only when it is complete.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from bureau_metrics.exports.files import PLAIN_STYLE, CsvStyle, ExportedFile
from bureau_metrics.exports.renewal import renew_cross_bureau, renew_observations
from bureau_metrics.exports.selection import EVERYTHING, Selection
from bureau_metrics.exports.side_by_side import write_cross_bureau
from bureau_metrics.exports.tables import write_table
from bureau_metrics.warehouse import open_for_export

if TYPE_CHECKING:
    from bureau_metrics.settings import Home
    from bureau_metrics.warehouse import Connection

OBSERVATIONS = "observations.csv"
CROSS_BUREAU = "cross_bureau.csv"
CROSS_BUREAU_LONG = "cross_bureau_long.csv"
CODEBOOK = "codebook.csv"
REJECTED = "rejected.csv"


def export_all(where: Home | Path, folder: Path, as_of: int | None = None) -> list[ExportedFile]:
    """Write all CSV files of a published warehouse into a folder, which is made if need be.

    `as_of` is the number of the run whose state is written; default: the last one.

    Raises:
        WarehouseMissing: nothing was published there.
        ExportError: a file cannot be written.
    """
    with open_for_export(where, as_of=as_of) as connection:
        return write_csv_files(connection, folder)


def renew_csv_files(home: Home) -> tuple[Path, ...]:
    """Write the CSV files of a run into the home's folder of exports: all but the long table; return their paths.

    Raises:
        WarehouseMissing: nothing was published there.
        ExportError: a file cannot be written.
    """
    folder, lists = home.exports, home.staging / "exports"
    with open_for_export(home) as connection, ThreadPoolExecutor(max_workers=1) as beside:
        # The lines of millions of facts are copied while the warehouse is asked for the other files.
        copied = beside.submit(renew_observations(connection, folder / OBSERVATIONS, lists / "observations.json"))
        renew_cross_bureau(connection, folder / CROSS_BUREAU, lists / "cross_bureau.json")()
        write_table(connection, "codebook", folder / CODEBOOK)
        write_table(connection, "rejected", folder / REJECTED)
        copied.result()
    return tuple(folder / name for name in (OBSERVATIONS, CROSS_BUREAU, CODEBOOK, REJECTED))


def write_csv_files(
    connection: Connection, folder: Path, selection: Selection = EVERYTHING, style: CsvStyle = PLAIN_STYLE
) -> list[ExportedFile]:
    """Write the CSV files of what is selected; rejected sources are listed whatever is.

    `connection` is one of `open_for_export`.

    Raises:
        ExportError: a file cannot be written.
    """
    return [
        write_table(connection, "observations", folder / OBSERVATIONS, selection, style),
        write_cross_bureau(connection, folder / CROSS_BUREAU, selection, style),
        write_table(connection, "cross_bureau_long", folder / CROSS_BUREAU_LONG, selection, style),
        write_table(connection, "codebook", folder / CODEBOOK, selection, style),
        write_table(connection, "rejected", folder / REJECTED, selection, style),
    ]
