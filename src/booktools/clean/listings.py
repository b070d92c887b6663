"""Listings: what is left of a program's lines in print gets its blanks back, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from booktools.clean.held import HELD
from booktools.clean.rule import Knowledge
from booktools.model.galley import Block, Edit, Role, Safety
from booktools.model.place import Span

# The rules that may change a listing.
RULES = frozenset({"COL001", "CTL001", "SPC002", "SPC003", "SPC004", "SPC008"})


def is_listing(block: Block) -> bool:
    """Whether the block's lines and blanks are the author's."""
    return block.role is Role.VERSE and bool(block.attribute("blanks"))


def restore_blanks(block: Block, known: Knowledge) -> Iterator[Edit]:
    """The blanks that a listing's print shows before its lines and in them stand in its text.

    They are blanks that no line ends at, as those of documents that are listings.

    Keep: for each of them
    """
    said = block.attribute("blanks")
    lines = block.text.split("\n")
    rows = said.split("/") if is_listing(block) else []
    if len(rows) != len(lines):
        return
    start = 0
    for line, row in zip(lines, rows, strict=True):
        for place in row.split() if row != "-" else ():
            offset, count = map(int, place.split("."))
            if offset <= len(line):
                at = Span(start + offset, start + offset)
                yield Edit(at, "", HELD * count, "SPC008", Safety.SAFE, "as wide as on the page")
        start += len(line) + 1
