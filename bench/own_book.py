"""`python -m bench.own_book [PROJECT]`: what of a book's reviewed layout is found by itself.

The sources are arranged once more without any decision, and each decision is looked up there:
whether its lines are a block of their own in the same role, and whether they stand in the same
place.  Decisions without which the arrangement is the same to the last block, and asks nothing
more, are named: they may be deleted.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.layout import BlockDecision, Break, Join, Layout
from booktools.arrange.ledger import parse_layout
from booktools.galleys import LAYOUT
from booktools.model.galley import Block, Role
from booktools.model.page import Pages
from booktools.read.dump import read_dump
from booktools.store import open_project

_HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Found:
    """How many decisions there are, how many have their lines and role, and how many their
    place as well, when nothing is decided; and the needless ones."""

    decisions: int
    roles: int
    places: int
    needless: tuple[BlockDecision | Join | Break, ...]


def compare(pages: Pages, layout: Layout) -> Found:
    """The decisions against the arrangement without them."""
    reviewed, alone = arrange(pages, layout), arrange(pages, Layout())
    tally: Counter[str] = Counter()
    for block in layout.blocks:
        span = pages.source.line_span(block.first, block.last, block.file)
        own, other = _at(reviewed, span.start, span.end), _at(alone, span.start, span.end)
        if own and other and _same(own[1], other[1]):
            tally["roles"] += 1
            tally["places"] += _neighbours(reviewed, own[0]) == _neighbours(alone, other[0])
    for join in layout.joins:
        one = pages.source.line_span(join.line, join.line, join.file)
        two = pages.source.line_span(join.goes_on, join.goes_on, join.file)
        held = _at(alone, one.start, one.end)
        same = held is not None and any(p.start <= two.start < p.end for p in held[1].pieces)
        tally.update({"roles": same, "places": same})
    for end in layout.breaks:
        span = pages.source.line_span(end.line, end.line, end.file)
        held = _at(alone, span.start, span.end)
        same = held is not None and _last(alone, held[1]) < span.end
        tally.update({"roles": same, "places": same})
    count = len(layout.blocks) + len(layout.joins) + len(layout.breaks)
    return Found(count, tally["roles"], tally["places"], _needless(pages, layout, reviewed))


def _at(arranged: Arranged, start: int, end: int) -> tuple[int, Block] | None:
    """The block that holds the first character there is between two offsets, and its rank."""
    text = arranged.galley.source.text
    first = next((i for i in range(start, end) if not text[i].isspace()), start)
    for rank, block in enumerate(arranged.galley.blocks):
        if any(piece.start <= first < piece.end for piece in block.pieces):
            return rank, block
    return None


def _last(arranged: Arranged, block: Block) -> int:
    """The offset of a block's last character that is not blank."""
    text = arranged.galley.source.text
    piece = next(p for p in reversed(block.pieces) if text[p.start : p.end].strip())
    return piece.start + len(text[piece.start : piece.end].rstrip()) - 1


def _same(one: Block, two: Block) -> bool:
    return one.role is two.role and one.raw.split() == two.raw.split()


def _neighbours(arranged: Arranged, rank: int) -> tuple[str, ...]:
    """The last word before a block and the first behind it, running heads left out."""
    blocks = arranged.galley.blocks
    before = next((b for b in blocks[:rank][::-1] if b.role is not Role.FURNITURE), None)
    behind = next((b for b in blocks[rank + 1 :] if b.role is not Role.FURNITURE), None)
    return (
        *(before.raw.split()[-1:] if before else ()),
        *(behind.raw.split()[:1] if behind else ()),
    )


def _needless(
    pages: Pages, layout: Layout, reviewed: Arranged
) -> tuple[BlockDecision | Join | Break, ...]:
    """Decisions that change nothing, taken out one after the other."""
    found: list[BlockDecision | Join | Break] = []
    every: list[BlockDecision | Join | Break] = [*layout.blocks, *layout.joins, *layout.breaks]
    for decision in every:
        less = replace(
            layout,
            blocks=tuple(b for b in layout.blocks if b is not decision),
            joins=tuple(j for j in layout.joins if j is not decision),
            breaks=tuple(b for b in layout.breaks if b is not decision),
        )
        made = arrange(pages, less)
        if made.galley.blocks == reviewed.galley.blocks and made.findings == reviewed.findings:
            found.append(decision)
            layout = less
    return tuple(found)


def section(project: Path = _HERE) -> str:
    """What the page on recovery says of this repository's own book."""
    found = _found(project)
    return (
        "## This repository's own book\n\n"
        f"Its layout is reviewed in {found.decisions} decisions. Without any of them "
        f"{found.roles} of these stretches are found with their lines and their role, "
        f"{found.places} of them in their place as well; the dump has the page's display text "
        "out of place, and a heading's rank, a picture's file and a chapter's name are a "
        "person's to say. The rest is asked about. (`python -m bench.own_book`)\n"
    )


def _found(folder: Path) -> Found:
    project = open_project(folder)
    pages = read_dump(project.sources(), [source.pages for source in project.config.sources])
    return compare(pages, parse_layout(project.text_if_there(LAYOUT) or "", LAYOUT))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.own_book", description=__doc__)
    parser.add_argument("project", nargs="?", type=Path, default=Path())
    found = _found(parser.parse_args(arguments).project)
    print(
        f"{found.decisions} decisions: {found.roles} have their lines and role without being "
        f"told, {found.places} their place as well"
    )
    for decision in found.needless:
        print(f"{decision.place}: needless")
    return 0


if __name__ == "__main__":
    sys.exit(main())
