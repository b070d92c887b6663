"""Where the columns of a scan begin and end, whatever specks and single letters stand beyond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from booktools.model.printed_page import Box, PrintedLine, PrintedWord
from booktools.read.reading_order import Stretch
from booktools.read.specks import without_specks

# So many lines tell where a column's edge is; an edge is where so large a share of the lines
# begin, or end, within so many ems.
_FEWEST, _MANY = 5, 0.25
_LEVEL = 0.4


def steadied(stretch: Stretch, lines: Sequence[PrintedLine], em: float) -> Stretch:
    """The stretch with edges where many of its `lines` begin and end, if OCR has read them."""
    if all(word.confidence is None for line in lines for word in line.words):
        return stretch
    edges = steady_edges([piece.core for piece in stretch.pieces], em)
    return replace(stretch, left=edges[0], right=edges[1]) if edges else stretch


def steady_edges(boxes: Sequence[Box], em: float) -> tuple[float, float] | None:
    """The outermost places where many lines begin and end; None where they are few or ragged.

    `em` is the size of the letters.
    """
    if len(boxes) < _FEWEST:
        return None
    left = _edge(sorted(box.left for box in boxes), em)
    right = _edge(sorted(-box.right for box in boxes), em)
    if left is None or right is None or left >= -right:
        return None
    return left, -right


def _edge(places: Sequence[float], em: float) -> float | None:
    """The middle of the first places that stand close together and are many."""
    many = max(3, round(_MANY * len(places)))
    for first in range(len(places) - many + 1):
        if places[first + many - 1] - places[first] <= _LEVEL * em:
            close = [p for p in places[first:] if p - places[first] <= _LEVEL * em]
            return close[len(close) // 2]
    return None


def within(words: Sequence[PrintedWord], left: float, right: float) -> Sequence[PrintedWord]:
    """The words of a line but for specks at its ends, and signs that stand beyond its column's
    edges; all, where there are no others."""
    own = without_specks(words)
    first, last = 0, len(own)
    while first < last and _beyond(own[first], left, right):
        first += 1
    while last > first and _beyond(own[last - 1], left, right):
        last -= 1
    return own[first:last] or own


def _beyond(word: PrintedWord, left: float, right: float) -> bool:
    middle = (word.box.left + word.box.right) / 2
    return not left <= middle <= right and not any(map(str.isalnum, word.text))
