"""Printed quotations and letters: text that stands in on both sides, or in smaller letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from booktools.arrange.geometry_blocks import DEEP, PrintBlock, page_rows, starts
from booktools.arrange.geometry_rows import GAP, PrintRow, PrintRows, box_of
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

# In ems of the text: a quotation stands in so far at least on the left, and so far on the right.
_LEFT, _RIGHT = 0.9, 0.5
# Its lines begin this near one another, but for those that begin a paragraph.
_LEVEL = 0.35
# Lines that are smaller by more are set in another size.
_SMALLER = 0.97
# So many lines of text on its page tell a quotation from a page that stands in.
_BESIDE = 3
# A line that comes so near its measure runs to it, in ems.
_RUNS = 3.0
# One line that stands in so far, in ems, is no paragraph's first.
_FARTHER = 1.5
# What begins an item of a list: a bullet, a dash, a number or a letter with its mark.
_ITEM = re.compile(r"(?:[•◦▪‣·*–—-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)])\s")


def quotations(
    rows: PrintRows, blocks: Sequence[PrintBlock], taken: Collection[int]
) -> list[Stretch]:
    """The paragraphs of quotations.  Lists, centred lines and whole pages that stand in are
    none."""
    out = []
    for block in blocks:
        if block.first in taken or not _stands_in(rows, block):
            continue
        cuts = [block.first, *starts(rows, block), block.last + 1]
        if len(cuts) > len(block):
            continue  # lines that each stand alone: a list, a programme
        why = "it stands in on both sides"
        out += [Stretch(a, b - 1, Role.QUOTE, why) for a, b in pairwise(cuts)]
    return sorted([*out, *_single(rows, blocks, taken, out)], key=lambda s: s.first)


def _single(
    rows: PrintRows, blocks: Sequence[PrintBlock], taken: Collection[int], found: Sequence[Stretch]
) -> list[Stretch]:
    """The quotations of one line: they stand in as others do, or farther than paragraphs begin,
    and apart."""
    insets = [rows[s.first].indent for s in found]
    begun = [
        rows[at].indent for block in blocks for at in block.range[:-1]
        if rows[at].indent - rows[at + 1].indent > _LEVEL * rows.body
    ]  # fmt: skip
    out = []
    for block in blocks:
        row = rows[block.first]
        if len(block) > 1 or block.first in taken or not _alone(rows, block.first):
            continue
        near = _LEVEL * rows.body
        alike = any(abs(row.indent - inset) < near for inset in insets)
        farther = row.indent >= _FARTHER * rows.body and row.terminal
        own = not any(abs(row.indent - inset) < near for inset in begun)
        if own and (alike or farther) and _in_text(rows, [row]):
            why = "a line that stands in and apart" + ", as quotations do" * alike
            out.append(Stretch(block.first, block.last, Role.QUOTE, why))
    return out


def _alone(rows: PrintRows, at: int) -> bool:
    """Whether a row stands in on both sides, apart from those above and below, and is not
    centred, nor at the other edge, as a signature is."""
    row, em = rows[at], rows.body
    if row.g.frame >= 0 or row.g.turn or _ITEM.match(row.text) or row.size > em / _SMALLER:
        return False
    apart = rows.gap(at) > GAP and (at + 1 >= len(rows) or rows.gap(at + 1) > GAP)
    inside = _LEFT * em <= row.indent <= DEEP * em and row.slack >= _RIGHT * em
    return apart and inside and abs(row.indent - row.slack) > em and any(map(str.isalpha, row.text))


def _stands_in(rows: PrintRows, block: PrintBlock) -> bool:
    own = page_rows(rows, block)
    if len(own) < 2 or own[0].g.frame >= 0 or own[0].g.turn or _ITEM.match(own[0].text):
        return False
    size = rows.body
    inset, room = min(r.indent for r in own), min(r.slack for r in own)
    smaller = own[0].size < _SMALLER * size
    if own[0].size > size / _SMALLER or inset < _LEFT * size:
        return False
    if room < _RIGHT * size and not smaller:
        return False
    level = sum(r.indent - inset < _LEVEL * size for r in own)
    runs = sum(r.slack - room < _RUNS * size for r in own[:-1])
    if 2 * level < len(own) or 2 * runs < len(own) - 1:
        return False
    return _in_text(rows, own)


def _in_text(rows: PrintRows, own: Sequence[PrintRow]) -> bool:
    """Whether text to the full measure stands on the same page, in the same column, and there or
    on the pages beside it more than stands in."""
    box, page = box_of(own), own[0].page
    measure = own[0].right - own[0].left
    here = near = 0
    for row in rows.near(page):
        wide = row.right - row.left
        if row.g.frame >= 0 or wide > 1.1 * measure or row.g.box.width < 0.95 * wide:
            continue
        if row.page != page:
            near += wide > measure / 1.1
        elif row.left - 1 <= box.left and box.right <= row.right + 1:
            here += 1
    return here > len(own) or (here >= _BESIDE and here + near > len(own))
