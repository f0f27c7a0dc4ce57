"""The same article twice on one page, for wide and for narrow screens: it is read once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bureau_metrics.reading.content import Block, Paragraph
from bureau_metrics.reading.web.blocks import is_prose

_FEWEST_SENTENCES = 2
_MOST_TRIED = 3


def without_copies(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks without a second copy of all of them: the first sentence comes again, and all behind it too.

    One sentence that a report says twice is no copy.
    """
    first = next((index for index, block in enumerate(blocks) if _is_sentence(block)), len(blocks))
    repeated = (index for index in range(first + 1, len(blocks)) if blocks[index] == blocks[first])
    for second in islice(repeated, _MOST_TRIED):
        head = _same_before(blocks, first, second)
        copy = blocks[first : second - head]
        is_copy = list(copy) == list(blocks[second : second + len(copy)])
        if is_copy and len({block for block in copy if _is_sentence(block)}) >= _FEWEST_SENTENCES:
            return [*blocks[: second - head], *blocks[second + len(copy) :]]
    return [*blocks]


def _is_sentence(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_prose(block)


def _same_before(blocks: Sequence[Block], first: int, second: int) -> int:
    """Return how many lines before the second copy repeat lines before the first: its title, its date."""
    head = 0
    above = blocks[:first]
    while second - head - 1 > first and blocks[second - head - 1] in above:
        head += 1
    return head
