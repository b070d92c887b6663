"""Boxes of scanned pages: OCR programs do not tell of frames and tints, only of what is in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median

from booktools.arrange.geometry_blocks import PrintBlock, page_rows, starts
from booktools.arrange.geometry_rows import PrintRow, PrintRows, alike, together
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

# A box has so many rows of text at least, in letters smaller than this share of the text's, and
# they stand in so far on both sides, in ems; by how much, differs by less.
_ROWS, _SMALLER = 3, 0.97
_INSET, _EVEN = 0.35, 0.6
# Its head has so many rows at most, stands off the text above by so much of the usual distance
# and ends so early, in ems.
_HEAD_ROWS, _OFF, _SHORT = 2, 1.4, 2.0


def boxes(rows: PrintRows, blocks: Sequence[PrintBlock], taken: Collection[int]) -> list[Stretch]:
    """The heads of boxes and the text in them, where the page is a scan: a short row that stands
    off, and right under it small letters that stand in by the same on both sides."""
    out: list[Stretch] = []
    for number, (head, first) in enumerate(pairwise(blocks)):
        if not rows.sheets[rows[head.first].page - 1].scanned or head.first in taken:
            continue
        if not (_is_head(rows, head) and _is_inside(rows, first)):
            continue
        if not (_under(rows, head, first) and len(first) >= _ROWS):
            continue
        out.append(Stretch(head.first, head.last, Role.HEADING, "it heads a box"))
        for text in _texts(rows, blocks[number + 1 :]):
            cuts = [text.first, *starts(rows, text), text.last + 1]
            out += [
                Stretch(a, b - 1, Role.PARAGRAPH, "it stands in a box") for a, b in pairwise(cuts)
            ]
    return out


def _is_head(rows: PrintRows, block: PrintBlock) -> bool:
    own = page_rows(rows, block)
    short = all(row.slack > _SHORT * row.size for row in own)
    words = any(map(str.isalpha, own[0].text)) and not own[0].lower
    plain = own[0].g.frame < 0 and not own[0].g.turn
    return plain and words and short and len(own) <= _HEAD_ROWS and rows.gap(block.first) > _OFF


def _is_inside(rows: PrintRows, block: PrintBlock) -> bool:
    """Whether rows are small and stand in by the same on both sides."""
    own = page_rows(rows, block)
    if own[0].g.frame >= 0 or not own[0].size < _SMALLER * rows.body:
        return False
    left = median(row.indent for row in own)
    right = median(row.slack for row in own[:-1] or own)
    em = rows.body
    return min(left, right) >= _INSET * em and abs(left - right) <= _EVEN * em


def _under(rows: PrintRows, head: PrintBlock, text: PrintBlock) -> bool:
    """Whether the text stands right under the head, which lies between its edges."""
    above, below = rows[head.last], rows[text.first]
    if not together(above, below) or rows.gap(text.first) > _OFF:
        return False
    own = page_rows(rows, text)
    return all(_between(row, own, 0.5 * rows.body) for row in page_rows(rows, head))


def _between(row: PrintRow, own: Sequence[PrintRow], near: float) -> bool:
    left = median(other.g.box.left for other in own)
    return (
        left - near <= row.g.box.left and row.g.box.right <= max(o.g.box.right for o in own) + near
    )


def _texts(rows: PrintRows, blocks: Sequence[PrintBlock]) -> list[PrintBlock]:
    """The blocks of one box: the first, and those that stand under it and are set like it."""
    out = [blocks[0]]
    size = rows[blocks[0].first].size
    for block in blocks[1:]:
        near = rows.gap(block.first) <= _OFF and alike(rows[block.first].size, size)
        if not (near and _is_inside(rows, block)):
            break
        out.append(block)
    return out
