"""The tables as Parquet files by year, in the layout that pandas, polars, R and DuckDB know as partitions.

`observations/year=2024/part-0.parquet`; figures without a year lie in the partition of the null value. Values stay
exact decimals, and text stays as it is: nothing runs a Parquet file as a formula. Equal warehouses give equal bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bureau_metrics.exports.files import Column, ExportedFile, complete_or_absent, complete_or_absent_folder
from bureau_metrics.exports.selection import EVERYTHING, Selection
from bureau_metrics.exports.tables import columns_of, parameters_of
from bureau_metrics.warehouse import HeldAnswer, held_answer, sql_file

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bureau_metrics.warehouse import Connection

PARTITIONED = {"observations": "observations", "cross_bureau": "cross_bureau_long"}
"""By folder the table that lies in it."""

CODEBOOK = "codebook"
CODEBOOK_PARQUET = "codebook.parquet"

_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"  # what readers of partitions take for null
_OURS = "year=*/part-0.parquet"


def write_parquet_files(connection: Connection, folder: Path, selection: Selection = EVERYTHING) -> list[ExportedFile]:
    """Write the observations and the cells of the cross-bureau table by year, and the code book.

    Each folder takes the place of the one that an earlier call wrote. The year stands in the folder's name, not in the
    file. `connection` is one of `open_for_export`.

    Raises:
        WarehouseError: a file cannot be written.
        ExportError: a folder cannot be written, or holds what no export wrote.
    """
    files: list[ExportedFile] = []
    for name, table in PARTITIONED.items():
        with _held(connection, table, selection) as answer:
            files += _write_years(answer, folder / name, table, columns_of(connection, table, answer.columns))
    path = folder / CODEBOOK_PARQUET
    with _held(connection, CODEBOOK, selection) as answer, complete_or_absent(path) as temporary:
        columns = columns_of(connection, CODEBOOK, answer.columns)
        files.append(ExportedFile(path, answer.write(temporary), CODEBOOK, columns))
    return files


def _write_years(answer: HeldAnswer, folder: Path, table: str, columns: tuple[Column, ...]) -> list[ExportedFile]:
    in_file = tuple(column for column in columns if column.code != "year")
    written: list[ExportedFile] = []
    with complete_or_absent_folder(folder, _OURS) as temporary:
        for year in answer.years():
            part = Path(f"year={_NO_YEAR if year is None else year}") / "part-0.parquet"
            (temporary / part).parent.mkdir()
            rows = answer.write_year(year, temporary / part)
            written.append(ExportedFile(folder / part, rows, table, in_file))
    return written


def _held(connection: Connection, table: str, selection: Selection) -> AbstractContextManager[HeldAnswer]:
    statement = sql_file("exports", table)
    return held_answer(connection, statement, parameters_of(statement, selection))
