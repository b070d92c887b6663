"""A few lines of two columns by turns, as extractors write them that look for boxes of text.

A sentence breaks off, another one begins that breaks off as well, the first goes on, then the
second: lines of two columns stand so where the first lines of their paragraphs are boxes of their
own.  What begins in the middle of a sentence looks like a caption that interrupts it, and so the
columns are told before captions are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from booktools.arrange.captions import begins_caption
from booktools.arrange.interruptions import WHY
from booktools.arrange.page_boxes import Box, Kind
from booktools.arrange.page_columns import Columns
from booktools.arrange.page_seams import Seams
from booktools.arrange.stretch import Stretch
from booktools.model.page import Line

# Of one column no more lines stand between those of the other.
_FEW = 8
# What speaks against lines by turns before anything is read.
_RARE = 4.0
# The same against each box more than two that change places.
_MORE = 0.5


def by_turns(source: Columns) -> list[int] | None:
    """The indices of the lines, those of two columns no longer by turns; nothing where none are."""
    if source.count < 2:
        return None
    lines, supposed = source.lines, (WHY, f"in a box: {WHY}")
    known = [s for s in source.stretches if s.evidence not in supposed or _captioned(lines, s)]
    if len(known) < len(source.stretches):
        source = replace(source, stretches=known)
    found = [
        page if page[0].page in source.fixed else _unturned(page, source.seams)
        for page in source.pages
    ]
    return source.in_order(found)


def _captioned(lines: Sequence[Line], stretch: Stretch) -> bool:
    """Whether a stretch begins with the number of a caption."""
    return begins_caption(lines[stretch.first].text)


def _unturned(page: tuple[Box, ...], seams: Seams) -> tuple[Box, ...]:
    """The boxes of a page: where a sentence goes on a few lines farther down, and the lines between
    go on behind that, they change places."""
    own = list(page)
    for start in range(1, len(own) - 2):
        if own[start - 1].kind is not Kind.TEXT or own[start - 1].ended:
            continue
        offers = [
            (_gain(own, start, middle, stop, seams), middle, stop)
            for middle in _few(own, start)
            if middle < len(own) and own[middle].small and not own[middle].floated
            for stop in _few(own, middle)
            if stop < len(own) and own[stop].kind is Kind.TEXT and not own[middle - 1].ended
        ]
        gain, middle, stop = max(offers, default=(0.0, start, start))
        if gain > _RARE:
            own[start:stop] = [*own[middle:stop], *own[start:middle]]
    return tuple(own)


def _few(own: Sequence[Box], start: int) -> Iterator[int]:
    """The ends of stretches of boxes that have few lines of text."""
    size = 0
    for at in range(start, len(own)):
        size += own[at].size
        if size > _FEW or own[at].kind is not Kind.TEXT:
            return
        yield at + 1


def _gain(own: Sequence[Box], start: int, middle: int, stop: int, seams: Seams) -> float:
    """What speaks for `middle`..`stop` being read before `start`..`middle`."""
    above, first, last = own[start - 1], own[start], own[middle - 1]
    late, end, below = own[middle], own[stop - 1], own[stop]
    new = ((above, late), (end, first), (last, below))
    old = ((above, first), (last, late), (end, below))
    gained = sum(seams.between(*pair) for pair in new)
    return gained - sum(seams.between(*pair) for pair in old) - _MORE * (stop - start - 2)
