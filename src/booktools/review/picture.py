"""The picture of a source page: which it is, and where on it a reading stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from booktools.model.printed_page import Box, Geometry, LineGeometry
from booktools.review.copy import Copy

Json = dict[str, Any]

# Shares of a line's height by which a box stands off its letters.
_AIR = 0.12
# How wide letters are, beside the usual one: enough to find a word's place in its line.
_NARROW, _WIDE = 0.55, 1.45
_NARROW_LETTERS = frozenset(" iljtfrI.,;:!'’‘|()[]-")
_WIDE_LETTERS = frozenset("mwMWOQGDHNUV@%&—")


def picture(copy: Copy, number: int, start: int, end: int) -> Json | None:
    """The picture of the page on which a reading begins, and the boxes of what stands there.

    None where the source has no pictures.
    """
    geometry, source = copy.geometry, copy.galley.source
    marked = copy.marked(number, start, end)
    place = source.place(marked[0])
    if geometry is None or place.file not in copy.pictured:
        return None
    sheet = bisect_right(source.pages, marked[0]) - 1
    last = source.pages[sheet + 1] if sheet + 1 < len(source.pages) else len(source.text)
    size = geometry.sheets[sheet]
    if not (size.width > 0 and size.height > 0):
        return None
    boxes = _boxes(source.text, geometry, [at for at in marked if at < last])
    return {
        "src": f"api/scan?{urlencode({'file': place.file, 'page': place.page})}",
        "width": round(size.width, 1),
        "height": round(size.height, 1),
        "boxes": [[round(v, 1) for v in (b.left, b.top, b.right, b.bottom)] for b in boxes],
    }


def _boxes(text: str, geometry: Geometry, marked: Sequence[int]) -> list[Box]:
    """A box for each line that has something of the reading."""
    lines: dict[int, list[int]] = {}
    for at in marked:
        lines.setdefault(text.rfind("\n", 0, at) + 1, []).append(at - text.rfind("\n", 0, at) - 1)
    out = []
    for begin, own in lines.items():
        line = geometry.lines[text.count("\n", 0, begin)]
        if line is not None and not line.turn:
            stop = text.find("\n", begin)
            row = text[begin : stop if stop >= 0 else len(text)]
            out.append(_part(line, row, min(own), max(own) + 1))
    return out


def _part(line: LineGeometry, row: str, start: int, end: int) -> Box:
    """The box of some letters of a line: from the words' own boxes, parts of a word by the
    widths that letters usually have."""
    air = line.box.height * _AIR
    left, right = _at(line, row, start, True), _at(line, row, end, False)
    return Box(left - air, line.box.top - air, right + air, line.box.bottom + air)


def _at(line: LineGeometry, row: str, offset: int, begins: bool) -> float:
    """Where on its line the letter at an offset begins, or the one before it ends."""
    starts = [int(start) for start in line.words[0::3]]
    edges = zip(starts, line.words[1::3], line.words[2::3], strict=True)
    words = [*edges] or [(0, line.box.left, line.box.right)]
    own = max(bisect_right([word[0] for word in words], offset if begins else offset - 1) - 1, 0)
    start, left, right = words[own]
    stop = words[own + 1][0] if own + 1 < len(words) else len(row)
    letters = row[start:stop].rstrip(" ")
    widths = [_width(char) for char in letters]
    share = sum(widths[: max(0, offset - start)]) / (sum(widths) or 1.0)
    return left + (right - left) * min(share, 1.0)


def _width(char: str) -> float:
    if char in _NARROW_LETTERS:
        return _NARROW
    return _WIDE if char in _WIDE_LETTERS else 1.0
