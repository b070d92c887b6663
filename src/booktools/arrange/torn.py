"""Paragraphs of two lines that an extractor has set apart from one another.

Extractors that look for boxes of text put lines together that begin or end below one another.
The first line of a paragraph is indented and full, its last one neither: where there is none
between that is both, the two become boxes of their own, while the first lines of two paragraphs,
which begin below one another, stay together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from booktools.arrange.fragments import Fragment
from booktools.arrange.paragraphs import Parting

# So many sentences go on from one single line in another one, and so many times more often than
# short paragraphs stand apart.
_FEWEST = 3
_OFTENER = 2
# As many empty lines part boxes.
_GAP = 2


def torn(row: Sequence[Fragment], parting: Parting) -> Collection[int]:
    """The stretches, by rank, that are the first lines of paragraphs whose second is the next
    stretch; none where the source does not tear such paragraphs."""
    pairs = [rank for rank in range(len(row) - 1) if _apart(row, rank)]
    single = [rank for rank in pairs if _is_line(row[rank]) and not row[rank].starts_lower]
    split = short = 0
    found: list[int] = []
    for rank in single:
        one, two = row[rank], row[rank + 1]
        full = parting.is_full(one.written[0])
        begins = rank == 0 or (row[rank - 1].terminal and rank - 1 not in found[-1:])
        if not one.terminal and two.starts_lower and full:
            split += _is_line(two)
        elif one.terminal and not two.starts_lower and not full:
            short += begins
        if begins and full and _alone(row, rank + 1):
            found.append(rank)
    return found if split >= max(_FEWEST, _OFTENER * short) else ()


def _alone(row: Sequence[Fragment], rank: int) -> bool:
    """Whether a stretch is a single line, and no line stands under it."""
    below = row[rank + 1] if rank + 1 < len(row) else None
    return _is_line(row[rank]) and (below is None or below.first != row[rank].last + 1)


def _is_line(fragment: Fragment) -> bool:
    return len(fragment.rows) == 1


def _apart(row: Sequence[Fragment], rank: int) -> bool:
    """Whether nothing but an empty line stands between a stretch and the next one."""
    one, two = row[rank], row[rank + 1]
    if one.page != two.page or two.parted or two.moved or two.opened:
        return False
    return one.last + 1 < two.first <= one.last + _GAP
