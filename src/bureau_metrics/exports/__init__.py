"""What leaves the warehouse for other programs: CSV, Parquet, the package that describes them, and what is selected.

The workbook, the HTML report and the review queue are rooms of their own, which take their rows from here.
"""

from __future__ import annotations

from bureau_metrics.exports.csv_files import (
    CODEBOOK,
    CROSS_BUREAU,
    CROSS_BUREAU_LONG,
    OBSERVATIONS,
    REJECTED,
    export_all,
    renew_csv_files,
    write_csv_files,
)
from bureau_metrics.exports.files import (
    Column,
    CsvStyle,
    Encoding,
    ExportedFile,
    ExportError,
    Header,
    Newline,
    complete_or_absent,
    write_csv,
)
from bureau_metrics.exports.package import DATA_PACKAGE, NO_LICENCE, Licence, write_package
from bureau_metrics.exports.parquet import CODEBOOK_PARQUET, write_parquet_files
from bureau_metrics.exports.selection import EVERYTHING, Filters, Selection, selected
from bureau_metrics.exports.side_by_side import write_cross_bureau
from bureau_metrics.exports.tables import (
    Answer,
    answered,
    column_notes,
    columns_of,
    export_sql,
    fetched,
    write_query,
    write_table,
)
from bureau_metrics.exports.wide import (
    ROW_KEY,
    Cell,
    CellHeading,
    CellSource,
    WideColumns,
    cross_bureau_cells,
    wide_columns,
)

__all__ = [
    "CODEBOOK",
    "CODEBOOK_PARQUET",
    "CROSS_BUREAU",
    "CROSS_BUREAU_LONG",
    "DATA_PACKAGE",
    "EVERYTHING",
    "NO_LICENCE",
    "OBSERVATIONS",
    "REJECTED",
    "ROW_KEY",
    "Answer",
    "Cell",
    "CellHeading",
    "CellSource",
    "Column",
    "CsvStyle",
    "Encoding",
    "ExportError",
    "ExportedFile",
    "Filters",
    "Header",
    "Licence",
    "Newline",
    "Selection",
    "WideColumns",
    "answered",
    "column_notes",
    "columns_of",
    "complete_or_absent",
    "cross_bureau_cells",
    "export_all",
    "export_sql",
    "fetched",
    "renew_csv_files",
    "selected",
    "wide_columns",
    "write_cross_bureau",
    "write_csv",
    "write_csv_files",
    "write_package",
    "write_parquet_files",
    "write_query",
    "write_table",
]
