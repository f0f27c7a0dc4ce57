"""Which lines of a CSV are of which document or bureau, so that the next one takes over what has not changed.

The list of them is believed only as long as the file is the one that it was written for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO

from bureau_metrics.exports.files import complete_or_absent

_COPIED_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of one document or bureau: of which state of it, where (bytes, of the whole file), how many.

    `uses` is what they add to the columns, where the columns depend on what is said.
    """

    state: str
    start: int
    length: int
    lines: int
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines made anew, as they stand in the file."""

    part: str
    text: bytes
    lines: int
    uses: tuple[str, ...] = ()


def read_parts(path: Path, listed_in: Path, made_by: str) -> dict[str, Part]:
    """Return the parts of a file that was made in just this way and is still as it was written; else none."""
    try:
        found = json.loads(listed_in.read_text(encoding="utf-8"))
        if (found["made_by"], found["file"]) != (made_by, _stamp(path)):
            return {}
        uses = found["uses"]
        return {
            name: Part(state, start, length, lines, tuple(uses[number] for number in numbers))
            for name, (state, start, length, lines, numbers) in found["parts"].items()
        }
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def keep_parts(path: Path, listed_in: Path, made_by: str, parts: Mapping[str, Part]) -> None:
    """List the parts of a file that has just been written; a list that cannot be kept costs time, no figure."""
    uses = sorted({use for part in parts.values() for use in part.uses})
    number_of = {use: number for number, use in enumerate(uses)}
    listed = {
        name: (part.state, part.start, part.length, part.lines, [number_of[use] for use in part.uses])
        for name, part in parts.items()
    }
    with suppress(OSError):
        listed_in.parent.mkdir(parents=True, exist_ok=True)
        listed_in.unlink(missing_ok=True)
        found = {"made_by": made_by, "file": _stamp(path), "uses": uses, "parts": listed}
        listed_in.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _stamp(path: Path) -> list[int]:
    """Return what changes whenever a file is written, moved or replaced."""
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def parts_of(path: Path, lines_of: Iterable[tuple[str, str, int]]) -> dict[str, Part]:
    """Return the parts of a file below its header: `lines_of` are their names, states and lines, in its order.

    Raises:
        ValueError: the file has other lines than these.
    """
    parts: dict[str, Part] = {}
    with path.open("rb") as file:
        lines = _lines(file)
        start = next(lines, 0)
        for name, state, count in lines_of:
            length = sum(next(lines) for _ in range(count))
            parts[name] = Part(state, start, length, count)
            start += length
        if next(lines, None) is not None:
            raise ValueError(f"{path.name} has more lines than its parts")
    return parts


def _lines(file: Iterable[bytes]) -> Iterator[int]:
    """Yield the lengths of the lines of a CSV, of which a cell in quotes may hold ends of lines."""
    length, in_quotes = 0, False
    for line in file:
        length += len(line)
        in_quotes ^= line.count(b'"') % 2 == 1
        if not in_quotes:
            yield length
            length = 0


def write_parts(
    path: Path, header: bytes, order: Iterable[tuple[str, str]], kept: Mapping[str, Part], fresh: Mapping[str, Block]
) -> dict[str, Part]:
    """Write a file out of what is made anew and what is taken over from the file before; return its parts.

    `order` are the names and states of all parts; one that is neither fresh nor kept has no line.

    Raises:
        ExportError: the file cannot be written.
    """
    parts: dict[str, Part] = {}
    with complete_or_absent(path) as temporary, temporary.open("wb") as new:
        new.write(header)
        with path.open("rb") if kept else BytesIO() as old:
            taken = _TakenOver(old, new)
            for name, state in order:
                start = new.tell() + taken.length
                if block := fresh.get(name):
                    taken.write()
                    new.write(block.text)
                    parts[name] = Part(state, start, len(block.text), block.lines, block.uses)
                elif part := kept.get(name):
                    taken.add(part)
                    parts[name] = Part(state, start, part.length, part.lines, part.uses)
                else:
                    parts[name] = Part(state, start, 0, 0)
            taken.write()
    return parts


@dataclass(slots=True)
class _TakenOver:
    """Neighbouring lines of the file before that are taken over, copied together once no more of them follow."""

    old: BufferedReader | BytesIO
    new: BinaryIO
    start: int = 0
    length: int = 0
    # One for all: memory that is asked for anew at each turn costs more than the copying.
    buffer: memoryview = field(default_factory=lambda: memoryview(bytearray(_COPIED_AT_ONCE)))

    def add(self, part: Part) -> None:
        if part.start != self.start + self.length:
            self.write()
            self.start = part.start
        self.length += part.length

    def write(self) -> None:
        self.old.seek(self.start)
        while self.length:
            read = self.old.readinto(self.buffer[: self.length])
            if not read:
                raise OSError("the file before is shorter than it was")
            self.new.write(self.buffer[:read])
            self.start += read
            self.length -= read
