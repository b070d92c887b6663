"""Pieces of a page → stretches in reading order: columns from left to right, each from top down.

A page is taken apart at its gutters, blank strips that run down between two columns; rows that
cross a gutter end the columns above them and begin new ones below.  What stands in a frame is
taken as one piece first, and taken apart by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from booktools.model.printed_page import Box

# In ems of the page's usual letters: the narrowest gutter, what some rows may leave of it, the
# narrowest column, and the highest blank that columns run over.
GUTTER, KEPT = 0.7, 0.5
COLUMN = 5.0
APART = 6.0
# Of the usual distance from line to line: a row at the head or the foot of the page that
# stands off by more is set apart.
EDGE = 1.3
# Sizes that differ by less are one.
_ALIKE = 0.05
# A line's small letters are so high.
SMALL = 0.45
# A column that is taken apart so often is no column.
DEEPEST = 8
# So many rows of a page, each as often as it is looked at, are looked through for gutters: pages of
# strangers may have thousands of rows.
ROWS = 100_000
# So many lines tell where their column begins and ends, whatever stands beside them.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """What is not taken apart: a line, a picture, or a frame with its own pieces.

    `core` is what other rows may not touch: a line's small letters.  `size` is that of a
    line's letters.
    """

    core: Box
    number: int
    size: float = 0.0
    inside: tuple[Piece, ...] = ()
    solid: bool = False  # a picture or a frame


@dataclass(slots=True)
class Stretch:
    """Pieces of one column from the top down, between the column's edges."""

    pieces: list[Piece]
    left: float
    right: float
    column: int
    frame: int = -1
    parts: list[Stretch] = field(default_factory=list)


def reading_order(pieces: Sequence[Piece], em: float, leading: float) -> list[Stretch]:
    """The pieces of a page in stretches.  `em` is the size of its usual letters, `leading` the
    usual distance of its base lines."""
    return _Cutter(em, leading).page(pieces)


class _Cutter:
    def __init__(self, em: float, leading: float) -> None:
        self.em = em
        self.leading = leading
        self.left = ROWS  # rows that may still be looked at

    def page(self, pieces: Sequence[Piece]) -> list[Stretch]:
        rows = _rows(pieces)
        first, last = 0, len(rows)
        while first < last - 1 and self._stands_off(rows[first], rows[first + 1]):
            first += 1
        while last > first + 1 and self._stands_off(rows[last - 2], rows[last - 1]):
            last -= 1
        # A page of which nothing but edges would be left has none.
        if sum(map(len, rows[first:last])) * 2 < len(pieces):
            first, last = 0, len(rows)
        out: list[Stretch] = []
        for row in rows[:first]:
            out += self._plain([row], 0)
        out += self._cut(rows[first:last], 0, 0)
        for row in rows[last:]:
            out += self._plain([row], 0)
        return out

    def _stands_off(self, above: Sequence[Piece], below: Sequence[Piece]) -> bool:
        gap = min(p.core.top for p in below) - max(p.core.bottom for p in above)
        solid = any(piece.solid for piece in (*above, *below))
        usual = self.leading if solid else EDGE * self.leading - SMALL * self.em
        return gap > usual

    def _cut(self, rows: list[list[Piece]], depth: int, column: int) -> list[Stretch]:
        """The rows of a region, with its columns one after another."""
        out: list[Stretch] = []
        plain: list[list[Piece]] = []
        at = 0
        while at < len(rows):
            first, last, gaps = (
                self._columns(rows, at, len(plain)) if depth < DEEPEST else (at, at, [])
            )
            if not gaps:
                plain.append(rows[at])
                at += 1
                continue
            back = at - first
            if back:
                del plain[-back:]
            out += self._plain(plain, column)
            plain = []
            region = [piece for row in rows[first:last] for piece in row]
            for number, own in enumerate(_parts(region, gaps), 1):
                out += self._cut(_rows(own), depth + 1, column * 10 + number)
            at = last
        return out + self._plain(plain, column)

    def _columns(
        self, rows: list[list[Piece]], at: int, above: int
    ) -> tuple[int, int, list[tuple[float, float]]]:
        """The first row and the one behind the last that share gutters with row `at`, and
        the gutters; `above` rows may be taken back."""
        gaps = _gaps(rows[at], GUTTER * self.em) if self.left > 0 else []
        if not gaps:
            return at, at, []
        last = at + 1
        while last < len(rows) and self._near(rows[last - 1], rows[last]):
            left = _common(gaps, _free(rows[last], KEPT * self.em), KEPT * self.em)
            if not left:
                break
            gaps, last = left, last + 1
        first = at
        while first > at - above and self._near(rows[first - 1], rows[first]):
            left = _common(gaps, _free(rows[first - 1], KEPT * self.em), KEPT * self.em)
            if left != gaps and not left:
                break
            gaps, first = left, first - 1
        self.left -= last - first
        region = [piece for row in rows[first:last] for piece in row]
        gaps = self._proper(region, gaps)
        while gaps and last - 1 > at and self.left > 0 and self._strange(rows[first:last], gaps):
            last -= 1
            self.left -= last - first
        return first, last, gaps

    def _strange(self, rows: list[list[Piece]], gaps: list[tuple[float, float]]) -> bool:
        """Whether the last row stands under one column only and is not set as that is, but as
        another one: text goes on under a picture and its caption."""
        parts = _parts(rows[-1], gaps)
        own = [number for number, part in enumerate(parts) if part]
        if len(own) != 1 or any(piece.solid for piece in rows[-1]):
            return False
        size = rows[-1][0].size
        above = _parts([piece for row in rows[:-1] for piece in row], gaps)
        set_so = [any(_like(p.size, size) for p in part if not p.solid) for part in above]
        return not set_so[own[0]] and any(set_so)

    def _near(self, above: Sequence[Piece], below: Sequence[Piece]) -> bool:
        gap = min(p.core.top for p in below) - max(p.core.bottom for p in above)
        return gap < APART * self.em

    def _proper(
        self, region: list[Piece], gaps: list[tuple[float, float]]
    ) -> list[tuple[float, float]]:
        """The gutters that have a column on either side."""
        good: list[tuple[float, float]] = []
        for gap in gaps:
            parts = _parts(region, [*good, gap])
            if all(self._is_column(part) for part in parts[-2:]) or self._unlike(*parts[-2:]):
                good.append(gap)
        return good

    def _unlike(self, one: Sequence[Piece], two: Sequence[Piece]) -> bool:
        """Whether one side is a line or two in letters of another size: a caption beside text."""
        sizes = [{piece.size for piece in part if not piece.solid} for part in (one, two)]
        if not all(sizes) or any(max(s) - min(s) > _ALIKE * max(s) for s in sizes):
            return False
        wide = all(_width(part) > COLUMN * self.em for part in (one, two))
        return wide and not _like(max(sizes[0]), max(sizes[1])) and len(one) + len(two) > 2

    def _is_column(self, part: Sequence[Piece]) -> bool:
        if not part:
            return False
        rows = len(_rows(part))
        solid = any(p.solid for p in part)
        return _width(part) > COLUMN * self.em and (rows > 1 or solid)

    def _plain(self, rows: list[list[Piece]], column: int) -> list[Stretch]:
        """Rows that are not taken apart, but for the frames among them."""
        out: list[Stretch] = []
        own: list[Piece] = []
        every = [piece for row in rows for piece in row]
        if not every:
            return []
        text = [piece for piece in every if not piece.solid]
        sides = text if len(text) >= _TELLING else every  # a logo beside it is no part of a column
        left = min(p.core.left for p in sides)
        right = max(p.core.right for p in sides)
        for piece in sorted(every, key=lambda p: (p.core.bottom, p.core.left)):
            if not piece.inside:
                if not piece.solid:
                    own.append(piece)
                continue
            if own:
                out.append(Stretch(own, left, right, column))
                own = []
            for part in self._cut(_rows(piece.inside), 1, 0):
                part.frame = piece.number if part.frame < 0 else part.frame
                out.append(part)
        if own:
            out.append(Stretch(own, left, right, column))
        return out


def _width(part: Sequence[Piece]) -> float:
    return max(p.core.right for p in part) - min(p.core.left for p in part)


def _like(one: float, two: float) -> bool:
    return abs(one - two) <= _ALIKE * max(one, two)


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces side by side, from the top down."""
    rows: list[list[Piece]] = []
    bottom = float("-inf")
    for piece in sorted(pieces, key=lambda p: (p.core.top, p.core.left)):
        if rows and piece.core.top < bottom:
            rows[-1].append(piece)
            bottom = max(bottom, piece.core.bottom)
        else:
            rows.append([piece])
            bottom = piece.core.bottom
    return rows


def _spans(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """What the pieces cover from left to right, as stretches that do not touch."""
    out: list[tuple[float, float]] = []
    for left, right in sorted((p.core.left, p.core.right) for p in pieces):
        if out and left <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], right))
        else:
            out.append((left, right))
    return out


def _gaps(pieces: Sequence[Piece], least: float) -> list[tuple[float, float]]:
    """The blank strips between the pieces."""
    spans = _spans(pieces)
    return [(a[1], b[0]) for a, b in pairwise(spans) if b[0] - a[1] >= least]


def _free(pieces: Sequence[Piece], least: float) -> list[tuple[float, float]]:
    """The blank strips between the pieces and at both sides of them."""
    spans = _spans(pieces)
    outer = [(float("-inf"), spans[0][0]), (spans[-1][1], float("inf"))]
    return [outer[0], *_gaps(pieces, least), outer[1]]


def _common(
    ours: list[tuple[float, float]], theirs: list[tuple[float, float]], least: float
) -> list[tuple[float, float]]:
    """The strips that are blank in both."""
    out = []
    for a in ours:
        for b in theirs:
            left, right = max(a[0], b[0]), min(a[1], b[1])
            if right - left >= least:
                out.append((left, right))
    return out


def _parts(pieces: Sequence[Piece], gaps: Sequence[tuple[float, float]]) -> list[list[Piece]]:
    """The pieces between the gutters."""
    edges = [(a + b) / 2 for a, b in sorted(gaps)]
    out: list[list[Piece]] = [[] for _ in range(len(edges) + 1)]
    for piece in pieces:
        middle = (piece.core.left + piece.core.right) / 2
        out[sum(middle > edge for edge in edges)].append(piece)
    return out
