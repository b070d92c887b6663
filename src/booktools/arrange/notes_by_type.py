"""Notes whose calls and numbers OCR has misread: told by their smaller type.

A line of smaller type holds more than the column's measure, and a note begins with a number, or
with the sign that its number was read as, close to a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

# A full line of a note holds so much more than the measure, and no more: a wider one stands over
# two columns; those of one book are alike.
_SMALLER, _WIDEST = 1.14, 1.55
_ALIKE = 0.12
_SEVERAL = 2
# A number before a capital; close to it, no line of text begins so.
_NUMBER = re.compile(r"\W{0,2}\d{1,2}(?:[.,:]{1,2}\s?|\s)?(?=[“‘«]?[A-ZÀ-Þ])")
_CLOSE = re.compile(r"[^\w\s(\[]{0,2}\d{1,2}(?=[A-ZÀ-Þ])")
# What raised numbers are read as: marks, and letters between a mark and a capital.
_MARK = re.compile(
    r"(?:[*†‡§+>®©°?•]\s?|[\"'‘’“”«»][\"'‘’©®]?[A-Z]?|\w\W\s?|\W\w\s)(?=[“‘«]?[A-ZÀ-Þ]|[a-z]{2})"
)
# So many notes that begin with a mark, on so many pages, are a habit.
_FEWEST, _PAGES = 3, 2


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows from gap to gap: the first and the last, and the widest in parts of the measure."""

    first: int
    last: int
    share: float
    text: str

    @property
    def long(self) -> bool:
        return _SMALLER <= self.share <= _WIDEST


def notes_by_type(rows: Rows) -> list[Stretch]:
    """The notes of a source in smaller type, and the short ones beside them."""
    if not (rows.specked and rows.spaced):
        return []
    blocks = list(_blocks(rows))
    told = [b for b in blocks if _told(rows, b)]
    if len(told) < _FEWEST or len({rows[b.first].page for b in told}) < _PAGES:
        return []
    wide = [b.share for b in told if b.long and b.last > b.first]
    usual = median(wide) if len(wide) >= _FEWEST else 0.0
    found = {b.first for b in told}
    found |= {b.first for b in blocks if usual and _like(rows, b, usual)}
    evidence = "type smaller than the text’s, and a mark before it"
    return [
        Stretch(b.first, b.last, Role.NOTE, evidence)
        for at, b in enumerate(blocks)
        if b.first in found or _beside(rows, blocks, at, found)
    ]


def _blocks(rows: Rows) -> Iterator[_Block]:
    first = 0
    for at in range(len(rows)):
        if rows.below(at):
            own = range(first, at + 1)
            share = max(rows[i].width for i in own) / (rows.measure(first) or 1.0)
            yield _Block(first, at, share, rows[first].text)
            first = at + 1


def _full(rows: Rows, block: _Block) -> bool:
    """Whether all its rows but the last are full lines of smaller type, and it ends as text."""
    least = rows.measure(block.first)
    own = range(block.first, block.last)
    return all(rows[i].width > least for i in own) and block.long


def _told(rows: Rows, block: _Block) -> bool:
    """Whether a block is a note by its own type and mark."""
    if _CLOSE.match(block.text):
        return block.share <= _WIDEST
    marked = _NUMBER.match(block.text) or _MARK.match(block.text)
    return bool(marked) and _full(rows, block)


def _like(rows: Rows, block: _Block, usual: float) -> bool:
    """Whether a block without a mark has several full lines of the type that the notes have; a
    caption has fewer."""
    several = block.last - block.first >= _SEVERAL
    alike = abs(block.share - usual) <= _ALIKE * usual
    return several and alike and _full(rows, block) and not rows[block.first].lower


def _beside(rows: Rows, blocks: Sequence[_Block], at: int, found: set[int]) -> bool:
    """Whether a short block with a mark stands beside a note of its page."""
    block = blocks[at]
    if block.last > block.first or not rows[block.first].terminal:
        return False
    if not (_NUMBER.match(block.text) or _MARK.match(block.text)):
        return False
    page = rows[block.first].page
    near = [blocks[i] for i in (at - 1, at + 1) if 0 <= i < len(blocks)]
    return any(b.first in found and rows[b.first].page == page for b in near)
