"""What waits for a person, as CSV to look through: each doubtful figure with its sentence and why it is doubtful.

The conventions are those of `exports`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bureau_metrics.exports import write_query

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

REVIEW_QUEUE = "review_queue.csv"


def export_review_queue(connection: Connection, path: Path) -> int:
    """Write the view `review_queue`, one row a doubt, the urgent first; return the number of rows.

    `figure` is what the doubt is about (a figure, the name of a bureau, the path of a source that was not taken) and
    `sentence` the words of the document, for such a source what can be done. An empty queue gives the header alone.

    Raises:
        ExportError: the file cannot be written.
    """
    return write_query(connection, "review_queue", path)
