"""The picture of a source page: which it is, and where on it a reading stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from booktools.model.printed_page import Box, Geometry, LineGeometry, Sheet
from booktools.model.specks import bare
from booktools.review.copy import Copy

Json = dict[str, Any]

# Shares of a line's height by which a box stands off its letters.
_AIR: Final = 0.12
# Heights of a line that are cut out above and below a reading, and the share of its page that
# the reading itself may have.
_ROUND: Final = 2.6
_TALL: Final = 0.3
# How wide letters are, beside the usual one: enough to find a word's place in its line.
_NARROW, _WIDE = 0.55, 1.45
_NARROW_LETTERS = frozenset(" iljtfrI.,;:!'’‘|()[]-")
_WIDE_LETTERS = frozenset("mwMWOQGDHNUV@%&—")


@dataclass(frozen=True, slots=True)
class _Found:
    """The page on which a reading begins, and its lines there with the boxes of the reading."""

    file: str
    page: int
    sheet: Sheet
    rows: tuple[tuple[LineGeometry, Box], ...]


def picture(copy: Copy, number: int, start: int, end: int) -> Json | None:
    """The picture of the page on which a reading begins, and the boxes of what stands there.

    None where the source has no pictures.
    """
    found = _found(copy, number, start, end)
    if found is None:
        return None
    return {
        "src": f"api/scan?{urlencode({'file': found.file, 'page': found.page})}",
        "width": round(found.sheet.width, 1),
        "height": round(found.sheet.height, 1),
        "boxes": [_numbers(box) for _, box in found.rows],
    }


def cutting(copy: Copy, number: int, start: int, end: int) -> Json | None:
    """What is to be cut out of a page so that a reading is seen with the lines round it.

    `part` is a share of the page, `boxes` count in the part, whose size is `width` and
    `height`.  None where the source has no pictures, and where the place is not known.
    """
    found = _found(copy, number, start, end)
    if found is None or not found.rows:
        return None
    sheet, (line, first) = found.sheet, found.rows[0]
    reach = _ROUND * line.box.height
    low = min(first.top + _TALL * sheet.height, max(box.bottom for _, box in found.rows))
    boxes = [box for _, box in found.rows if box.top < low]
    edges = [(line.left, line.right)] + [(box.left, box.right) for box in boxes]
    part = Box(
        max(0.0, min(left for left, _ in edges) - line.box.height),
        max(0.0, first.top - reach),
        min(sheet.width, max(right for _, right in edges) + line.box.height),
        min(sheet.height, low + reach),
    )
    if part.right <= part.left or part.bottom <= part.top:
        return None
    return {
        "file": found.file,
        "page": found.page,
        "part": [
            round(part.left / sheet.width, 4),
            round(part.top / sheet.height, 4),
            round(part.right / sheet.width, 4),
            round(part.bottom / sheet.height, 4),
        ],
        "width": round(part.right - part.left, 1),
        "height": round(part.bottom - part.top, 1),
        "boxes": [_numbers(box, part.left, part.top) for box in boxes],
    }


def _numbers(box: Box, left: float = 0.0, top: float = 0.0) -> list[float]:
    edges = box.left - left, box.top - top, box.right - left, box.bottom - top
    return [round(edge, 1) for edge in edges]


def _found(copy: Copy, number: int, start: int, end: int) -> _Found | None:
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
    rows = _rows(source.text, geometry, [at for at in marked if at < last])
    return _Found(place.file, place.page, size, tuple(rows))


def _rows(
    text: str, geometry: Geometry, marked: Sequence[int]
) -> Iterator[tuple[LineGeometry, Box]]:
    """Each line that has something of the reading, and the box round that."""
    lines: dict[int, list[int]] = {}
    for at in marked:
        lines.setdefault(text.rfind("\n", 0, at) + 1, []).append(at - text.rfind("\n", 0, at) - 1)
    for begin, own in lines.items():
        line = geometry.lines[text.count("\n", 0, begin)]
        if line is not None and not line.turn:
            stop = text.find("\n", begin)
            row = text[begin : stop if stop >= 0 else len(text)]
            lead = _lead(line, row)
            start, end = max(0, min(own) - lead), max(1, max(own) + 1 - lead)
            yield line, _part(line, row[lead:], start, end)


def _lead(line: LineGeometry, row: str) -> int:
    """Where on a row of the source the line's text begins: behind specks that OCR has read as
    signs, where its words do."""
    short = bare(row)
    offsets = [int(start) for start in line.words[0::3]]

    def begun(lead: int) -> int:
        return sum(row[lead + at - 1 : lead + at] in ("", " ") for at in offsets)

    lead = row.index(short)
    return lead if begun(lead) > begun(0) else 0


def _part(line: LineGeometry, row: str, start: int, end: int) -> Box:
    """The box of some letters of a line: from the words' own boxes, parts of a word by the
    widths that letters usually have."""
    air = line.box.height * _AIR
    left, right = sorted((_at(line, row, start, True), _at(line, row, end, False)))
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
    share = min(sum(widths[: max(0, offset - start)]) / (sum(widths) or 1.0), 1.0)
    return left + (right - left) * (1 - share if line.leftwards else share)


def _width(char: str) -> float:
    if char in _NARROW_LETTERS:
        return _NARROW
    return _WIDE if char in _WIDE_LETTERS else 1.0
