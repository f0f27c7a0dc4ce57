"""Documents of earlier runs whose files are gone: told in every run, closed where a person asks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from bureau_metrics.pipeline.records import RunRequest
from bureau_metrics.sources import Findings, KnownDocument


class PruneRefused(Exception):
    """What is gone cannot be told for certain; the message says why, and nothing was changed."""


def gone_documents(
    request: RunRequest, findings: Findings, known: Iterable[KnownDocument], found: Collection[str]
) -> tuple[str, ...]:
    """Return the ids of known documents that lay in the sources of a run (folders, archives) and lie there no more.

    A document that was found under another path is not gone, nor is one that came from an address or from elsewhere.

    Raises:
        PruneRefused: what is gone is to be closed, and a source is missing, empty, unreadable or a pattern.
    """
    if request.prune:
        _refuse_doubtful(request, findings)
    named = (Path(source).expanduser() for source in request.sources)
    looked_at = [path.resolve() for path in named if path.exists()]
    return tuple(
        sorted(
            document.document_id
            for document in known
            if document.document_id not in found and _is_gone(Path(document.path), looked_at)
        )
    )


def _is_gone(path: Path, looked_at: Iterable[Path]) -> bool:
    return any(path.is_relative_to(source) for source in looked_at) and not path.exists()


def _refuse_doubtful(request: RunRequest, findings: Findings) -> None:
    """Refuse where a share that is not there, or a folder that may not be read, would look like deleted files."""
    hint = "nothing was closed; mend that, or run without --prune"
    patterns = [source for source in request.sources if not Path(source).expanduser().exists()]
    doubts = [str(absence) for absence in findings.absences]
    doubts += [f"{source} is a pattern: it does not say what should be there; name the folder" for source in patterns]
    if doubts:
        raise PruneRefused(f"cannot tell which documents are gone: {doubts[0]}; {hint}")
