"""What a run did, as artifacts that its page in Prefect shows."""

from __future__ import annotations

from pathlib import Path

from prefect import State, get_run_logger
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.states import Completed

from bureau_metrics.pipeline import DocumentOutcome, RunSummary
from bureau_metrics.pipeline import State as Outcome

SHOWN = 100
CHANGES_SHOWN = 50
CHANGE_COLUMNS = ("change", "reason", "bureau", "metric", "figure_before", "figure_after", "document_id")


def report(summary: RunSummary) -> State[RunSummary]:
    """Write the artifacts of a run and return its final state, which says it where something was rejected."""
    create_markdown_artifact(key="bureau-metrics-run", markdown=as_markdown(summary), description="What the run did")
    rejected = [outcome for outcome in summary.documents if outcome.state is Outcome.REJECTED]
    if rejected:
        create_table_artifact(
            key="bureau-metrics-rejected",
            table=[_row(outcome) for outcome in rejected[:SHOWN]],
            description=_counted("rejected", rejected),
        )
    warning = _warning(summary, len(rejected))
    if warning:
        get_run_logger().warning(warning)
    return Completed(data=summary, message=warning or f"{summary.read} documents read, none rejected")


def as_markdown(summary: RunSummary) -> str:
    """Return the summary of a run as Markdown: counts, what was loaded, findings, what waits for a person, files."""
    load, held = summary.load, summary.held
    sections = [
        _table("documents", [(state.value.replace("_", " "), summary.count(state)) for state in Outcome]),
        _table(
            "figures",
            [
                ("in the documents of this run", summary.facts),
                ("new", load.facts_new),
                ("replaced or closed", load.facts_closed),
                ("held now", held.facts),
                ("bureaus", held.bureaus),
                ("comparable cells", held.cells),
            ],
        ),
        _table("audit findings", [*held.findings_by_severity] or [("none", 0)]),
        f"To review: {held.to_review} (`bureau-metrics review export` writes them as a workbook)",
        _list("Files", [f"[{path.name}]({path.as_uri()}) `{path}`" for path in _files(summary)]),
        _list("Rejected or doubtful", _troubles(summary)),
    ]
    if summary.gone:
        title = "Documents whose files are gone (a run with prune closes them)"
        sections.append(_list(title, list(summary.gone[:SHOWN])))
    if summary.changes is not None:
        sections.append(_changes(summary))
    return "\n\n".join(sections) + "\n"


def _warning(summary: RunSummary, rejected: int) -> str:
    said = [
        (rejected, "rejected"),
        (summary.count(Outcome.NEEDS_REVIEW), "for review"),
        (len(summary.gone), "without a file"),
    ]
    counts = [f"{count} {word}" for count, word in said if count]
    return f"{summary.read} documents read; {', '.join(counts)}" if counts else ""


def _row(outcome: DocumentOutcome) -> dict[str, str]:
    return {
        "document": outcome.document_id,
        "reason": outcome.reason or "",
        "detail": outcome.detail or "",
        "what to do": outcome.hint or "",
    }


def _counted(word: str, outcomes: list[DocumentOutcome]) -> str:
    more = f", the first {SHOWN} shown" if len(outcomes) > SHOWN else ""
    return f"{len(outcomes)} files {word}{more}"


def _files(summary: RunSummary) -> tuple[Path, ...]:
    return (summary.warehouse, *summary.exports) if summary.changes is None else ()


def _troubles(summary: RunSummary) -> list[str]:
    troubled = [f"{outcome.document_id}: {outcome.detail}" for outcome in summary.documents if outcome.reason]
    more = [f"and {len(troubled) - SHOWN} more"] if len(troubled) > SHOWN else []
    return troubled[:SHOWN] + more


def _changes(summary: RunSummary) -> str:
    assert summary.changes is not None
    places = [summary.changes.columns.index(name) for name in CHANGE_COLUMNS]
    rows = list(summary.changes.records)
    shown = [" | ".join(_cell(row[place]) for place in places) for row in rows[:CHANGES_SHOWN]]
    head = [" | ".join(CHANGE_COLUMNS), " | ".join("---" for _ in CHANGE_COLUMNS)]
    lines = "\n".join(f"| {line} |" for line in (*head, *shown))
    return f"Figures that would change: {len(rows)}\n\n{lines}" if rows else "No figure would change."


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def _table(name: str, rows: list[tuple[str, int]]) -> str:
    return "\n".join([f"| {name} | |", "| --- | ---: |", *(f"| {word} | {count} |" for word, count in rows)])


def _list(title: str, items: list[str]) -> str:
    return "\n".join([f"{title}:", "", *(f"- {item}" for item in items or ["none"])])
