"""What a person names on the command line → the files that are meant, in a stable order, each with its document id."""

from __future__ import annotations

import glob
import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from bureau_metrics.models import RejectionReason
from bureau_metrics.staging import file_hash

_SYSTEM_FILES = frozenset({"Thumbs.db", "desktop.ini"})
_HIDDEN_STARTS = (".", "~$")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read: its absolute path, and its `document_id`, the path relative to the source root with `/` between.

    The root is the folder that was named, or the folder of a file that was named. A member of an archive has a path
    inside the archive's own.
    """

    path: Path
    root: Path
    document_id: str
    archive: Path | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """A source that led to no file: what was named, and why there is nothing."""

    source: str
    reason: RejectionReason
    detail: str
    hint: str

    def __str__(self) -> str:
        return f"{self.source}: {self.detail} ({self.hint})"


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document of an earlier run: its id, its file, and the SHA-256 of its bytes (empty: it was rejected)."""

    document_id: str
    path: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The files behind the sources, sorted by document id, and the sources that led to none."""

    files: tuple[FoundFile, ...]
    absences: tuple[Absence, ...]


def find_files(sources: Sequence[str], leave_out: Collection[Path] = ()) -> Findings:
    """Return the files that the sources mean.

    A source is a file, a folder (read with everything under it but hidden files) or a pattern such as `reports/*.txt`.
    What is in `leave_out` (the folder where a run writes, the manifest) is not taken from a folder. A file that two
    sources mean is taken once; two files that would get one id are told apart by the names of the folders above them.
    """
    found: dict[Path, FoundFile] = {}
    absences: list[Absence] = []
    left_out = frozenset(path.resolve() for path in leave_out)
    for source in sources:
        for file in _files_of(source, left_out, absences):
            found.setdefault(file.path, file)
    return Findings(tuple(sorted(_distinct(found.values()), key=lambda file: file.document_id)), tuple(absences))


def are_more_than(files: int, sources: Sequence[str]) -> bool:
    """Return whether the sources mean more than so many files, without a look at more than it takes to know."""
    found = (file for source in sources for file in _files_of(source, frozenset(), []))
    return next(islice(found, files, None), None) is not None


def _files_of(source: str, left_out: frozenset[Path], absences: list[Absence]) -> Iterator[FoundFile]:
    path = Path(source).expanduser()
    if path.is_dir():
        yield from _files_in_folder(path.resolve(), source, left_out, absences)
    elif path.exists():
        yield _found(path.parent.resolve() / path.name, path.parent.resolve())
    else:
        matches = sorted(glob.glob(str(path), recursive=True)) if glob.has_magic(source) else []  # noqa: PTH207 - the pattern may be absolute
        if not matches:
            absences.append(_missing(source))
        for match in matches:
            yield from _files_of(match, left_out, absences)


def _missing(source: str) -> Absence:
    if source.startswith(("http://", "https://")):
        hint = "put addresses in a CSV file with a column url, and run that"
        return Absence(source, RejectionReason.MISSING, "an address is no file", hint)
    return Absence(source, RejectionReason.MISSING, "no such file or folder", "check the path")


def _files_in_folder(
    folder: Path, source: str, left_out: frozenset[Path], absences: list[Absence]
) -> Iterator[FoundFile]:
    def note_unreadable(error: OSError) -> None:
        absences.append(
            Absence(
                str(error.filename),
                RejectionReason.UNREADABLE,
                f"cannot be opened: {error.strerror}",
                "check who may read it",
            )
        )

    before = len(absences)
    empty = True
    for place, folders, names in os.walk(folder, onerror=note_unreadable):
        parent = Path(place)
        within = "" if parent == folder else f"{_printable(parent.relative_to(folder).as_posix())}/"
        folders[:] = sorted(name for name in folders if _is_meant(parent / name, left_out))
        for path in (parent / name for name in sorted(names)):
            if _is_meant(path, left_out):
                empty = False
                yield FoundFile(path, folder, within + _printable(path.name))
    if empty and len(absences) == before:
        absences.append(
            Absence(source, RejectionReason.EMPTY, "a folder without files", "name the folder that holds the reports")
        )


def _is_meant(path: Path, left_out: frozenset[Path]) -> bool:
    return not path.name.startswith(_HIDDEN_STARTS) and path.name not in _SYSTEM_FILES and path not in left_out


def _found(path: Path, root: Path) -> FoundFile:
    return FoundFile(path, root, _printable(path.relative_to(root).as_posix()))


def _printable(name: str) -> str:
    """Return a name that can be printed and is the same on every file system."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", errors="replace"))


def _distinct(files: Iterable[FoundFile]) -> list[FoundFile]:
    """Put the names of folders above before ids that several files share, as many as it takes."""
    qualified = list(files)
    distinct: list[FoundFile] = []
    while qualified != distinct:
        distinct = qualified
        counts = Counter(file.document_id for file in distinct)
        qualified = [_qualified(file) if counts[file.document_id] > 1 else file for file in distinct]
    return distinct


def _qualified(file: FoundFile) -> FoundFile:
    if file.root == file.root.parent:
        return file
    return replace(file, root=file.root.parent, document_id=_printable(f"{file.root.name}/{file.document_id}"))


def settle_ids(files: Sequence[FoundFile], known: Iterable[KnownDocument]) -> list[FoundFile]:
    """Return the files with ids that agree with earlier runs.

    A file that was read before keeps its id, whichever folder is named this time. A new file whose id belongs to
    another file that is still there (科技局.txt of 2023 and of 2024, run one after the other) gets the names of the
    folders above before its id, so that no document takes another's place.
    """
    documents = list(known)
    id_of = {document.path: document.document_id for document in documents}
    owners = {document.document_id: document for document in documents}
    return [_settled(file, id_of, owners) for file in files]


def _settled(file: FoundFile, id_of: Mapping[str, str], owners: Mapping[str, KnownDocument]) -> FoundFile:
    if str(file.path) in id_of:
        return replace(file, document_id=id_of[str(file.path)])
    while (owner := owners.get(file.document_id)) and _is_another(file, owner) and file.root != file.root.parent:
        file = _qualified(file)
    return file


def _is_another(file: FoundFile, owner: KnownDocument) -> bool:
    return Path(owner.path).is_file() and file_hash(file.path) != owner.content_hash
