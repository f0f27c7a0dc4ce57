"""The verb explain: a figure's sentence, where it stands, and why it was read so."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from bureau_metrics.cli.options import FormatOption, HomeOption, WrongCall, home_of
from bureau_metrics.rendering import OutputFormat, Rows, console, write_rows
from bureau_metrics.settings import Home

SHORTEST_PREFIX = 6
FACTS = (
    "SELECT o.*, m.name_zh, m.name_en, d.text AS document_text FROM observation AS o "
    "JOIN dim_document AS d USING (document_id, content_hash) LEFT JOIN dim_metric AS m USING (metric) "
)
WITH_ID = FACTS + "WHERE starts_with(o.fact_id, $fact_id) ORDER BY o.fact_id LIMIT 2"
AT_PLACE = (
    FACTS + "WHERE $document IN (o.document_id, o.document) AND $place BETWEEN o.start AND o.end - 1 ORDER BY ALL"
)


def register(app: typer.Typer) -> None:
    """Add the verb of this module to the command line."""
    app.command("explain", epilog="Example: bureau-metrics explain 常州市科学技术局2024.txt:247")(explain)


def explain(
    context: typer.Context,
    fact: Annotated[
        str,
        typer.Argument(
            metavar="FACT_ID", help="Id of a fact, or its first six or more characters; or a place, DOCUMENT:START."
        ),
    ],
    output_format: FormatOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Show the sentence of a fact with the figure marked, where it stands, and why it was read so."""
    facts = _facts(home_of(context, home), fact)
    if output_format is OutputFormat.TABLE:
        for found in facts:
            _print_explanation(found)
        return
    records = [{name: value for name, value in found.items() if name != "document_text"} for found in facts]
    write_rows(Rows.of(tuple(records[0]), records), output_format)


def _facts(home: Home, wanted: str) -> list[dict[str, Any]]:
    document, _colon, place = wanted.rpartition(":")
    if document and place.isdecimal():
        return _facts_at(home, document, int(place))
    if len(wanted) < SHORTEST_PREFIX:
        raise WrongCall(f"{wanted}: give at least {SHORTEST_PREFIX} characters of the fact's id")
    found = _query(home, WITH_ID, {"fact_id": wanted})
    if not found:
        raise WrongCall(f"no current fact has the id {wanted}; observations.csv and query list the ids")
    if len(found) > 1:
        raise WrongCall(f"several facts have an id that begins with {wanted}; give more of it")
    return found


def _facts_at(home: Home, document: str, place: int) -> list[dict[str, Any]]:
    found = _query(home, AT_PLACE, {"document": document, "place": place})
    if not found:
        raise WrongCall(f"no current fact stands at character {place} of {document}; observations.csv lists the places")
    return found


def _query(home: Home, sql: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
    from bureau_metrics.warehouse import run_query

    result = run_query(home, sql, parameters)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def _print_explanation(fact: Mapping[str, Any]) -> None:
    from rich.text import Text

    text, start, end = fact["document_text"], fact["start"], fact["end"]
    figure = Text(text[start:end], style="bold reverse") if sys.stdout.isatty() else Text(f"【{text[start:end]}】")
    out = console()
    out.print(
        Text(text[fact["sentence_start"] : start]) + figure + Text(text[end : fact["sentence_end"]]), soft_wrap=True
    )
    out.print()
    for name, value in _explained(fact):
        out.print(Text(f"{name:<10}  ", style="bold") + Text(value), soft_wrap=True)
    out.print()


def _explained(fact: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is said of a fact, line by line; what it does not have is left out."""
    from bureau_metrics.models import plain

    def said(*names: str, between: str = " ") -> str:
        return between.join(str(plain(fact[name])) for name in names if fact[name] not in (None, ""))

    bounds = f"{said('lower') or '…'} to {said('upper') or '…'}" if fact["lower"] != fact["upper"] else ""
    metric = (
        f"{fact['metric']} ({said('name_zh', 'name_en', between=', ')})" if fact["metric"] else "none (an open fact)"
    )
    lines = [
        ("figure", f"{fact['text']} = {said('value', 'unit') or 'no single number'}, {fact['qualifier']}"),
        ("bounds", bounds),
        ("metric", metric),
        ("label", said("label") + (" (a part of the metric)" if fact["narrowed"] else "")),
        ("measure", said("measure", "status", "scope", between=", ")),
        ("year", said("year")),
        ("period", said("period_start", "period_end", between=" to ")),
        ("against", said("relative_to")),
        ("bureau", said("bureau", "division_code")),
        ("document", f"{fact['document_id']}, characters {fact['start']} to {fact['end']}"),
        ("file", said("path")),
        ("section", said("section")),
        ("read by", f"rule {fact['rule']}" + (f", term {fact['term']}" if fact["term"] else "")),
        ("confidence", said("confidence")),
        ("fact id", said("fact_id")),
    ]
    return [(name, text) for name, text in lines if text]
