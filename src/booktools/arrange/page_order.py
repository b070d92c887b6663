"""Columns that an extractor has written in another order than they are read.

Extractors that look for boxes of text put them into an order by their places: where a caption
stands over the first column, or the second ends above a box, the second column may come first, and
short lines of two columns by turns.  The right order of a page is looked for among those in which
two neighbouring stretches of its boxes change places; what the words say at every seam decides,
over all pages together, for the last box of a page goes on in the first one of the next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from booktools.arrange.page_boxes import Box, Kind
from booktools.arrange.page_columns import Columns
from booktools.arrange.page_seams import Seams

# A page has no more boxes of running text, else every line is one.
_MOST_BOXES = 80
# A column that changes places is no higher than a whole one, nearly, and no lower than this part
# of it; a few lines that the column below them belongs to are less, and change with half a one.
_HIGH, _LOW, _HALF = 1.15, 0.2, 0.5
# So many lines of two columns are written by turns.
_LINES = 3
# What speaks against stretches that change places: columns between which a caption or a heading
# stands, others, those of three columns besides, a few lines at the head of a page, lines by turns.
_OVER, _BESIDE, _OF_THREE, _HEAD, _BY_TURNS = 4.0, 6.0, 1.0, 6.0, 4.0
# What speaks against a heading’s heading a box that the text runs past; so many boxes it has.
_BOXED, _IN_BOX = 3.0, 6
# What the seams of a page say against its order, at least, where others are looked for.
_DOUBTFUL = 2.0
# So many orders of a page are held against those of the next one; so often a page is looked at.
_ORDERS = 12
_ROUNDS = 12


class _Order(NamedTuple):
    """An order of a page and what speaks for it: boxes `left` stay out of the reading, at the end,
    and of the others `start`..`middle` and `middle`..`stop` change places."""

    points: float
    boxes: tuple[Box, ...]
    left: tuple[Box, ...] = ()
    start: int = 0
    middle: int = 0
    stop: int = 0

    @property
    def first(self) -> Box:
        return self.boxes[self.middle if not self.start else 0]

    @property
    def last(self) -> Box:
        return self.boxes[(self.middle if self.stop == len(self.boxes) else 0) - 1]

    @property
    def read(self) -> tuple[Box, ...]:
        """All the boxes as they are read."""
        a, b, c = self.start, self.middle, self.stop
        own = self.boxes
        return (*own[:a], *own[b:c], *own[a:b], *own[c:], *self.left)


def read_order(source: Columns) -> list[int] | None:
    """The indices of the lines with the columns in their order; nothing where they are."""
    if source.count < 2 or not source.pages:
        return None
    search = _Search(source.seams, source.count, source.height, source.fixed)
    return source.in_order(search.orders(source.pages))


# --- orders ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Search:
    """The orders of the pages, of which `fixed` ones stay; `height` is a column's, in lines."""

    seams: Seams
    columns: int
    height: float
    fixed: Collection[int]

    def orders(self, pages: list[tuple[Box, ...]]) -> list[tuple[Box, ...]]:
        """The boxes of each page as they are read."""
        known: dict[tuple[int, ...], list[_Order]] = {}
        for _ in range(_ROUNDS):
            offers = []
            for page, (above, below) in _neighbours(pages):
                key = tuple([box.first if box else -1 for box in (above, *page, below)])
                if key not in known:
                    known[key] = self._offers(page, above, below)
                offers.append(known[key])
            found = [order.read for order in self._best(offers)]
            if found == pages:
                break
            pages = found
        return pages

    def _best(self, offers: Sequence[Sequence[_Order]]) -> list[_Order]:
        """Of each page's orders that one with which all of them together are best."""
        between = self.seams.between
        points = [order.points + between(None, order.first) for order in offers[0]]
        back: list[list[int]] = []
        for above, below in pairwise(offers):
            came: list[int] = []
            made: list[float] = []
            for order in below:
                over = [
                    p + between(a.last, order.first) for p, a in zip(points, above, strict=True)
                ]
                came.append(max(range(len(over)), key=over.__getitem__))
                made.append(over[came[-1]] + order.points)
            points = made
            back.append(came)
        over = [p + between(a.last, None) for p, a in zip(points, offers[-1], strict=True)]
        at = max(range(len(over)), key=over.__getitem__)
        chosen = [offers[-1][at]]
        for came, above in zip(reversed(back), reversed(offers[:-1]), strict=True):
            at = came[at]
            chosen.append(above[at])
        return chosen[::-1]

    def _offers(self, page: tuple[Box, ...], above: Box | None, below: Box | None) -> list[_Order]:
        """The likely orders of a page, the source's first; `above` and `below` are what stands
        before and behind it there."""
        verse = sum(box.size for box in page if box.kind is Kind.OWN)
        size = sum(box.size for box in page)
        still = page[0].page in self.fixed or len(page) > _MOST_BOXES or 2 * verse > size
        if not still:
            every = pairwise([above, *page, below])
            still = sum(min(0.0, self.seams.between(a, b)) for a, b in every) > -_DOUBTFUL
        found: list[_Order] = []
        for boxes, left in [(page, ())] if still else _without_boxes(page):
            inner = [self.seams.between(a, b) for a, b in pairwise(boxes)]
            points = sum(inner) - (_BOXED if left else 0.0)
            found.append(_Order(points, boxes, left))
            if not still:
                found += self._changed(found[-1], inner)
        best: dict[tuple[int, int], _Order] = {}
        for order in found[1:]:
            ends = order.first.first, order.last.first
            if ends not in best or order.points > best[ends].points:
                best[ends] = order
        likely = sorted(best.values(), key=lambda order: -order.points)
        return [found[0], *likely[:_ORDERS]]

    def _changed(self, order: _Order, inner: Sequence[float]) -> Iterator[_Order]:
        """The orders in which two stretches of the boxes have changed places."""
        own, between = order.boxes, self.seams.between
        sums = [0]
        for box in own:
            sums.append(sums[-1] + box.size)
        for start, middle, stop, against in self._places(own, sums):
            points = order.points - against - inner[middle - 1]
            points += between(own[stop - 1], own[start])
            if start:
                points += between(own[start - 1], own[middle]) - inner[start - 1]
            if stop < len(own):
                points += between(own[middle - 1], own[stop]) - inner[stop - 1]
            yield order._replace(points=points, start=start, middle=middle, stop=stop)

    def _places(
        self, own: Sequence[Box], sums: Sequence[int]
    ) -> Iterator[tuple[int, int, int, float]]:
        """Where two stretches of boxes begin, meet and end that may change places, and what
        speaks against it."""
        count, height = len(own), self.height
        heads = next((at for at, box in enumerate(own) if box.kind is not Kind.HEAD), count)
        tail = [
            at
            for at in range(1, count)
            if own[at].kind is Kind.HEAD and sums[count] - sums[at] < _HALF * height
        ]
        feet = [count, *tail]
        for middle in range(1, count):
            above = own[middle].floated or own[middle].kind is Kind.HEAD
            against = _OVER if above else _BESIDE
            for start in range(middle):
                early = sums[middle] - sums[start]
                for stop in range(middle + 1, count + 1):
                    late = sums[stop] - sums[middle]
                    if late > _LINES:
                        break
                    if early <= _LINES and not _heads(own[start:stop]):
                        yield start, middle, stop, _BY_TURNS
                if start <= heads:
                    yield from self._columns(sums, start, middle, feet, against, True)
                elif self.columns > 2 and sums[start] >= _HALF * height:
                    yield from self._columns(sums, start, middle, feet, against, False)

    def _columns(
        self,
        sums: Sequence[int],
        start: int,
        middle: int,
        feet: Collection[int],
        against: float,
        top: bool,
    ) -> Iterator[tuple[int, int, int, float]]:
        """Columns that may change places, the first of them at the `top` of the page or not."""
        height, count = self.height, len(sums) - 1
        early, most = sums[middle] - sums[start], (self.columns - 1) * _HIGH * height
        if early > most or (early < _LOW * height and not top):
            return
        for stop in range(middle + 1, count + 1):
            late, rest = sums[stop] - sums[middle], sums[count] - sums[stop]
            if late < _LOW * height:
                continue
            if late > most:
                return
            if early < _LOW * height:
                if late >= _HALF * height:
                    yield start, middle, stop, _HEAD
            elif stop in feet:
                yield start, middle, stop, against + (0.0 if top else _OF_THREE)
            elif top and self.columns > 2 and rest >= _HALF * height:
                yield start, middle, stop, against + _OF_THREE


def _neighbours(
    pages: Sequence[tuple[Box, ...]],
) -> Iterator[tuple[tuple[Box, ...], tuple[Box | None, Box | None]]]:
    """Each page with the last box of the one before and the first of the one behind."""
    for at, page in enumerate(pages):
        above = pages[at - 1][-1] if at else None
        yield page, (above, pages[at + 1][0] if at + 1 < len(pages) else None)


def _heads(boxes: Sequence[Box]) -> bool:
    return any(box.kind is Kind.HEAD for box in boxes)


def _without_boxes(
    page: tuple[Box, ...],
) -> Iterator[tuple[tuple[Box, ...], tuple[Box, ...]]]:
    """The boxes of a page, and the same without those that a heading over a box of its own may
    head, at the page's foot or head; with each those that are left out."""
    yield page, ()
    heads = [
        at
        for at, box in enumerate(page)
        if box.kind is Kind.HEAD and (at == 0 or page[at - 1].kind is not Kind.HEAD)
    ]
    for at in heads:
        if at and len(page) - at <= _IN_BOX:
            yield page[:at], page[at:]
