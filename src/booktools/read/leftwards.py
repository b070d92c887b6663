"""Writing from right to left: a page of it is put in order as its mirror image."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import replace

from booktools.model.printed_page import Box, Drawing, LineGeometry, PrintedLine

_LEFTWARDS = frozenset({"R", "AL"})
_FIRST = "\u0590"  # no letter before it is written from right to left


def is_leftwards(lines: Sequence[PrintedLine]) -> bool:
    """Whether most letters are written from right to left."""
    text = "".join(word.text for line in lines for word in line.words)
    if not text or max(text) < _FIRST:
        return False
    letters = [unicodedata.bidirectional(c) for c in text if c.isalpha()]
    return 2 * sum(kind in _LEFTWARDS for kind in letters) > len(letters)


def mirrored(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines of the page's mirror image."""
    return [
        replace(line, words=tuple(replace(w, box=_mirror(w.box)) for w in line.words))
        for line in lines
    ]


def mirrored_drawings(drawings: Sequence[Drawing]) -> list[Drawing]:
    """The drawings of the page's mirror image."""
    return [replace(drawing, box=_mirror(drawing.box)) for drawing in drawings]


def mirrored_back(geometry: LineGeometry) -> LineGeometry:
    """Where a line of the mirror image stands on the page."""
    box = _mirror(geometry.box)
    left, right = -geometry.right, -geometry.left
    words = array(geometry.words.typecode, geometry.words)
    words[1::3], words[2::3] = (
        array(words.typecode, [-x for x in geometry.words[2::3]]),
        array(words.typecode, [-x for x in geometry.words[1::3]]),
    )
    return replace(geometry, box=box, left=left, right=right, words=words, leftwards=True)


def _mirror(box: Box) -> Box:
    return Box(-box.right, box.top, -box.left, box.bottom)
