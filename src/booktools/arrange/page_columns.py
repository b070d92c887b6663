"""The pages of a source of several columns: their boxes of text, and its lines in another order of
these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from math import sqrt

from booktools.arrange.page_boxes import Box, boxes_of
from booktools.arrange.page_seams import Seams, Usage
from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.model.page import Line

# The lines of a page by the width of one, in ems: text of one column is hardly twice as high as
# wide, and of several so much by the square of their number.
_COLUMNED, _ONE_COLUMN = 2.5, 1.1


@dataclass(frozen=True)
class Columns:
    """A source of several columns.

    `rows` are those of the lines that take part, `stretches` what of them is known to be no
    running text, in lines; pages with lines `apart`, decided ones, stay as they are.
    """

    lines: Sequence[Line]
    rows: Rows
    stretches: Sequence[Stretch]
    apart: Collection[int]
    usage: Usage

    @cached_property
    def _size(self) -> tuple[int, float]:
        sizes, rows = self.rows.sizes, self.rows
        filled = _well(sizes.values())
        own = {row.page: at for at, row in enumerate(rows.rows)}
        share = _well([sizes[page] / max(1.0, rows.measure(at)) for page, at in own.items()])
        if share < _COLUMNED:
            return 1, filled
        count = max(2, round(sqrt(share / _ONE_COLUMN)))
        return count, filled / count

    @property
    def count(self) -> int:
        """How many columns a well-filled page has."""
        return self._size[0]

    @property
    def height(self) -> float:
        """How many lines one of them has."""
        return self._size[1]

    @cached_property
    def fixed(self) -> frozenset[int]:
        """The pages that stay as they are."""
        return frozenset([self.lines[index].page for index in self.apart])

    @cached_property
    def seams(self) -> Seams:
        """What the words say of boxes that are read one after another."""
        return Seams(self.rows.grammar, self.rows.words, self.usage)

    @cached_property
    def _boxes(self) -> tuple[list[Box], dict[int, int]]:
        return boxes_of(self.lines, self.rows, self.stretches)

    @cached_property
    def pages(self) -> list[tuple[Box, ...]]:
        """The boxes of each page that has any."""
        return [tuple(own) for _, own in groupby(self._boxes[0], key=lambda box: box.page)]

    def in_order(self, found: Sequence[tuple[Box, ...]]) -> list[int] | None:
        """The indices of the lines, the boxes of each page in the order that was found; nothing
        where that is theirs."""
        ends = self._boxes[1]
        order = list(range(len(self.lines)))
        for was, now in zip(self.pages, found, strict=True):
            if was == now or not _parted(self.lines, was, now, ends):
                continue
            starts = [box.first for box in was]
            stops = [*starts[1:], ends[was[-1].first]]
            own = dict(zip(starts, map(range, starts, stops), strict=True))
            order[starts[0] : stops[-1]] = [index for box in now for index in own[box.first]]
        return order if order != list(range(len(self.lines))) else None


def _well(values: Iterable[float]) -> float:
    """One that a quarter of the values exceed."""
    ordered = sorted(values)
    return ordered[len(ordered) * 3 // 4] if ordered else 0.0


def _parted(
    lines: Sequence[Line], was: Sequence[Box], now: Sequence[Box], ends: Mapping[int, int]
) -> bool:
    """Whether an empty line stands between boxes that did not follow one another before."""
    met = {box.first: other for box, other in pairwise(was)}
    return all(
        met.get(one.first) == two or not lines[ends[one.first] - 1].text
        for one, two in pairwise(now)
    )
