"""The HTML report: one page that needs nothing but a browser, for people to read, print and pass on."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined

from bureau_metrics.exports import EVERYTHING, Selection, complete_or_absent
from bureau_metrics.rendering import harmless
from bureau_metrics.report.content import Content, read_content
from bureau_metrics.wording import finding_figure_in_words, grouped, number_in_words, word_for

if TYPE_CHECKING:
    from bureau_metrics.warehouse import Connection

REPORT = "report.html"

_FILES = ("page.html", "bars.html", "page.css")


def export_report(connection: Connection, path: Path, selection: Selection = EVERYTHING) -> int:
    """Write the report, in Chinese; return the number of figures on it.

    It shows what was read, by family the bureaus side by side with the sentence behind each figure, and the findings
    of the audit. One file without scripts and without anything from elsewhere; the same warehouse gives the same bytes.

    Raises:
        ExportError: the file cannot be written.
    """
    content = read_content(connection, selection)
    with complete_or_absent(path) as temporary:
        temporary.write_text(_page(content), encoding="utf-8", newline="\n")
    return content.figures


def _page(content: Content) -> str:
    folder = files(__name__)
    sources = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in _FILES}
    environment = Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["grouped"] = grouped
    environment.filters["harmless"] = harmless  # a page may be opened in a spreadsheet
    environment.globals.update(
        word_for=word_for, number_in_words=number_in_words, finding_figure_in_words=finding_figure_in_words
    )
    return environment.get_template("page.html").render(content=content)
