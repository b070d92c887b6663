"""Verse whose lines begin with small letters: what tells it is the room that its lines leave.

A setter fills the lines of prose, wide or narrow.  Where gaps part rows that are all far from the
measure, and line after line the next one's first word would have stood behind it, the line ends
are the poet's.  So they are where a colon announces such rows.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from booktools.arrange.captions import begins_caption
from booktools.arrange.paragraphs import width
from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

# A stanza has so many rows; a longer stretch is a list.
_FEWEST, _MOST = 3, 60
# All its rows are narrower than so much of the measure.
_NARROW = 0.85
# So many of its lines, and so large a share, have room for the next one's first word within so
# much of the widest.
_ROOMY, _SHARE, _WITHIN = 2, 0.34, 0.96


def loose_stanzas(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The stanzas between gaps that nothing but the room in their lines tells; `taken` rows are
    something else."""
    if not rows.spaced:
        return []
    every, out = rows.rows, []
    for first, row in enumerate(every):
        if not row.above or row.terminal or row.lower or first in taken or row.text[0].isdigit():
            continue
        last = first
        while last + 1 < len(every) and not every[last + 1].above:
            last += 1
        if _FEWEST <= last - first + 1 <= _MOST and _is_loose(rows, first, last, taken):
            why = "its lines leave room for the words that follow"
            out.append(Stretch(first, last, Role.VERSE, why))
    return out


def _is_loose(rows: Rows, first: int, last: int, taken: Collection[int]) -> bool:
    own = rows.rows[first : last + 1]
    narrow = _NARROW * rows.measure(first)
    if any(row.width > narrow or row.broken for row in own) or not own[-1].terminal:
        return False
    if begins_caption(own[0].text) or any(at in taken for at in range(first, last + 1)):
        return False
    if first and rows[first - 1].text.endswith(":"):
        return True
    within = _WITHIN * max(row.width for row in own)
    roomy = [
        one.width + width(f" {two.text.partition(' ')[0]}") < within
        for one, two in pairwise(own)
        if not one.terminal
    ]
    return sum(roomy) >= max(_ROOMY, _SHARE * len(roomy)) and len(roomy) > len(own) // 2
