"""Rows of print → blocks that are set alike, and the rows with which paragraphs begin."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from booktools.arrange.geometry_rows import (
    GAP,
    PrintRow,
    PrintRows,
    alike,
    first_word,
    together,
    width_of,
)

# In ems: an indent is at least so deep, a line that ends so early is short, and what is
# inset on both sides is so from here on.
INDENT, DEEP = 0.5, 6.0
_FULL = 0.6
_LEVEL = 0.35


@dataclass(frozen=True, slots=True)
class PrintBlock:
    """Rows `first`..`last` (both in) of one column, set alike without a gap."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    @property
    def range(self) -> range:
        return range(self.first, self.last + 1)


def blocks_of(rows: PrintRows) -> list[PrintBlock]:
    """The rows in blocks: parted by gaps, frames, columns, other sizes, all bold or none."""
    out: list[PrintBlock] = []
    first = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or parted(rows, at):
            out.append(PrintBlock(first, at - 1))
            first = at
    return out if len(rows) else []


def parted(rows: PrintRows, at: int) -> bool:
    """Whether a row does not belong to the block of the row above it."""
    one, two = rows[at - 1], rows[at]
    if not together(one, two) or one.g.told is not two.g.told:
        return True
    if not alike(one.size, two.size) or (one.g.bold > 0.9) is not (two.g.bold > 0.9):
        return True
    return rows.gap(at) > GAP


def full(rows: PrintRows, at: int) -> bool:
    """Whether the next row's first word would not have found room on this one."""
    row = rows[at]
    if row.slack < _FULL * row.size:
        return True
    if at + 1 >= len(rows):
        return False
    following = rows[at + 1]
    word = first_word(following)
    return row.slack < width_of(following, len(word)) + 0.2 * row.size


def starts(rows: PrintRows, block: PrintBlock) -> Iterator[int]:
    """The rows inside a block of running text, but for its first, that begin a paragraph."""
    hanging = _hangs(rows, block)
    inset = _inset(rows, block)
    for at in range(block.first + 1, block.last + 1):
        one, two = rows[at - 1], rows[at]
        if hanging:
            if _flush(two):
                yield at
            continue
        if inset:
            if two.indent - inset >= INDENT * two.size or not _full_in(rows, at - 1, inset):
                yield at
            continue
        if _deep(two) and not two.lower and (_deep(one) or not full(rows, at - 1)):
            yield at  # the date of a letter, and who signs it
            continue
        ended = one.terminal and not full(rows, at - 1)
        if not one.terminal and two.lower and full(rows, at - 1):
            continue  # the end of a centred paragraph
        if _indented(two) or (ended and _flush(two) and not two.lower):
            yield at


def _indented(row: PrintRow) -> bool:
    """Whether the row begins deeper in than the text does."""
    return INDENT * row.size <= row.indent <= DEEP * row.size


def _deep(row: PrintRow) -> bool:
    """Whether the row stands in so far that it is no paragraph's first."""
    return row.indent > DEEP * row.size


def _inset(rows: PrintRows, block: PrintBlock) -> float:
    """How far all rows of a block stand in, if they all do, most of them alike; else 0."""
    insets = [rows[at].indent for at in block.range]
    least = min(insets)
    size = rows[block.first].size
    level = sum(inset - least < _LEVEL * size for inset in insets)
    return least if least >= INDENT * size and 2 * level >= len(insets) else 0.0


def _full_in(rows: PrintRows, at: int, inset: float) -> bool:
    """Whether a row of a block that stands in on both sides runs on in the next one."""
    one, two = rows[at], rows[at + 1]
    if two.lower or one.broken:
        return True
    room = width_of(two, len(first_word(two))) + 0.2 * one.size
    return not one.terminal and one.slack < inset + room


def _flush(row: PrintRow) -> bool:
    return row.indent < _LEVEL * row.size


def _hangs(rows: PrintRows, block: PrintBlock) -> bool:
    """Whether all lines of a paragraph but the first are indented."""
    if len(block) < 4:
        return False
    inner = [at for at in block.range if at > block.first]
    deep = [at for at in inner if not _flush(rows[at])]
    flush = [at for at in inner if _flush(rows[at])]
    if not _flush(rows[block.first]) or len(deep) <= len(flush):
        return False
    edge = median(rows[at].indent for at in deep)
    level = sum(abs(rows[at].indent - edge) < _LEVEL * rows[at].size for at in deep)
    runs_on = sum(full(rows, at - 1) for at in deep)
    new = sum(not full(rows, at - 1) for at in flush)
    return level > 0.9 * len(deep) and runs_on > 0.7 * len(deep) and new >= 0.5 * len(flush)


def begins(rows: PrintRows, block: PrintBlock) -> bool:
    """Whether a block's first row is a paragraph's first by its looks alone."""
    return _indented(rows[block.first])


def page_rows(rows: PrintRows, block: PrintBlock) -> Sequence[PrintRow]:
    return rows.rows[block.first : block.last + 1]


def indices(blocks: Collection[PrintBlock]) -> set[int]:
    """The rows of some blocks."""
    return {at for block in blocks for at in block.range}
