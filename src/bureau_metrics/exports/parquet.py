"""The tables as Parquet files by year, in the layout that pandas, polars, R and DuckDB know as partitions.

`observations/year=2024/part-0.parquet`; figures without a year lie in the partition of the null value. Values stay
exact decimals, and text stays as it is: nothing runs a Parquet file as a formula. Equal warehouses give equal bytes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from bureau_metrics.exports.files import Column, ExportedFile, complete_or_absent, complete_or_absent_folder
from bureau_metrics.exports.selection import EVERYTHING, Selection
from bureau_metrics.exports.tables import answered, columns_of, parameters_of
from bureau_metrics.warehouse import ParquetCopy, open_read_only, parquet_copy, sql_file

if TYPE_CHECKING:
    from bureau_metrics.settings import Home
    from bureau_metrics.warehouse import Connection

PARTITIONED = {"observations": "observations", "cross_bureau": "cross_bureau_long"}
"""By folder the table that lies in it."""

CODEBOOK = "codebook"
CODEBOOK_PARQUET = "codebook.parquet"

_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"  # what readers of partitions take for null
_OURS = "year=*/part-0.parquet"


def write_parquet(
    where: Home | Path, folder: Path, selection: Selection = EVERYTHING, as_of: int | None = None
) -> list[ExportedFile]:
    """Write the observations and the cells of the cross-bureau table by year, and the code book.

    Each folder takes the place of the one that an earlier call wrote. The year stands in the folder's name, not in the
    file.

    Raises:
        WarehouseMissing: nothing was published there.
        WarehouseError: a file cannot be written.
        ExportError: a folder cannot be written, or holds what no export wrote.
    """
    files: list[ExportedFile] = []
    with open_read_only(where, as_of=as_of) as connection:
        for name, table in PARTITIONED.items():
            columns = _columns(connection, table)
            with _copied(where, table, selection, as_of) as copied:
                files += _write_years(copied, folder / name, table, columns)
        columns, path = _columns(connection, CODEBOOK), folder / CODEBOOK_PARQUET
        with _copied(where, CODEBOOK, selection, as_of) as copied, complete_or_absent(path) as temporary:
            files.append(ExportedFile(path, copied.write(temporary), CODEBOOK, columns))
    return files


def _write_years(copied: ParquetCopy, folder: Path, table: str, columns: tuple[Column, ...]) -> list[ExportedFile]:
    in_file = tuple(column for column in columns if column.code != "year")
    written: list[ExportedFile] = []
    with complete_or_absent_folder(folder, _OURS) as temporary:
        for year in copied.years():
            part = Path(f"year={_NO_YEAR if year is None else year}") / "part-0.parquet"
            (temporary / part).parent.mkdir()
            rows = copied.write_year(year, temporary / part)
            written.append(ExportedFile(folder / part, rows, table, in_file))
    return written


def _copied(
    where: Home | Path, table: str, selection: Selection, as_of: int | None
) -> AbstractContextManager[ParquetCopy]:
    statement = sql_file("exports", table)
    query = statement.text.strip().removesuffix(";")
    return parquet_copy(where, query, parameters_of(statement, selection), as_of)


def _columns(connection: Connection, table: str) -> tuple[Column, ...]:
    nothing = Selection(years=(), metrics=(), bureaus=())
    return columns_of(connection, table, answered(connection, table, nothing))
