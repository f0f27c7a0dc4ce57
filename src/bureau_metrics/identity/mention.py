"""What is known of one mention of a bureau."""

from __future__ import annotations

from typing import NamedTuple

from bureau_metrics.identity.pieces import Zone
from bureau_metrics.identity.places import Place


class Mention(NamedTuple):
    """A bureau as it is mentioned: offsets into the document, end exclusive.

    `printed` is the name with its place or level word, `body` the canonical name without them, `level` the level word
    that stands for the place (市科技局), `place` the place named. The rest tells how far the mention can be trusted:
    `area`: the body governs or serves but an area of the place (a town, a development zone); `listed`: the vocabulary
    has the body; `another`: the sentence names it beside or above the one that reports (会同市公安局); `quoted`: the
    name begins a quoted title; `bare`: running text gives neither place nor level word (，司法厅坚持…);
    `unknown_place`: something like a district stands before the body which no list of divisions has; `branch`: the
    body's branch in a lower place or zone (洛阳市生态环境局 + 嵩县分局).
    """

    zone: Zone
    start: int
    end: int
    printed: str
    body: str
    level: str = ""
    place: Place | None = None
    area: bool = False
    listed: bool = True
    another: bool = False
    quoted: bool = False
    bare: bool = False
    unknown_place: bool = False
    branch: str = ""

    @property
    def name(self) -> str:
        """The canonical name as far as the mention itself gives it: with the place or level word that it names."""
        return self.called(self.body)

    def called(self, body: str) -> str:
        """Return the name with `body` for the canonical name of the body."""
        return f"{''.join(self.place.names) if self.place else self.level}{body}{self.branch}"
