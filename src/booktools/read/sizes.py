"""The sizes of letters that OCR has measured, to a pixel or so, on every page anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median_low

from booktools.model.page import Page
from booktools.model.printed_page import LineGeometry

# Lines so near one another, before and behind, are looked at together.
_REACH = 2
# Pages whose usual sizes differ by no more of them are set in one size.
_ONE = 0.1


def smoothed(heights: Sequence[float], alone: Iterable[bool], pixel: float) -> list[float]:
    """The heights of lines' small letters, each that of most lines round it, where they are the
    same but for a `pixel` each; `alone` says before which lines something else begins.

    A height of 0 is not known.
    """
    runs: list[list[float]] = []
    for height, begins in zip(heights, alone, strict=True):
        if begins or not runs or abs(height - runs[-1][-1]) > 2 * pixel:
            runs.append([])
        runs[-1].append(height)
    return [_among(run, at, pixel) for run in runs for at in range(len(run))]


def _among(run: Sequence[float], at: int, pixel: float) -> float:
    own = run[max(0, at - _REACH) : at + _REACH + 1]
    usual = median_low(height for height in own if abs(height - run[at]) <= 2 * pixel)
    amid = 0 < at < len(run) - 1  # a head stands before the others
    return usual if amid or abs(usual - run[at]) <= pixel else run[at]


def usual_of(sized: Iterable[tuple[float, int]], pixel: float) -> float:
    """The height that most letters have but for a `pixel`, of lines' heights and how many letters
    they have; 0 where more than half have others."""
    count: Counter[float] = Counter()
    for height, letters in sized:
        count[height] += letters
    weight = {
        h: sum(n for other, n in count.items() if abs(other - h) <= pixel) for h in count if h
    }
    usual = max(weight, key=lambda h: (weight[h], count[h]), default=0.0)
    return usual if usual and 2 * weight[usual] > sum(count.values()) else 0.0


def level_sizes(
    pages: Sequence[Page], geometry: Sequence[LineGeometry | None]
) -> list[LineGeometry | None]:
    """Where lines stand, in the text's size on every page that OCR has read and that is set in
    about that size: a page is a little larger or bolder than another in every letter."""
    made = list(geometry)
    if all(one is None or one.confidence is None for one in geometry):
        return made
    usual: list[float] = []
    every: Counter[float] = Counter()
    at = 0
    for page in pages:
        own: Counter[float] = Counter()
        for line, one in zip(page.lines, geometry[at : at + len(page.lines)], strict=True):
            if one is not None and one.confidence is not None:
                own[one.face.size] += len(line.text)
        usual.append(max(own, key=lambda size: (own[size], size), default=0.0))
        every += own
        at += len(page.lines)
    body = max(every, key=lambda size: (every[size], size), default=0.0)
    at = 0
    for page, size in zip(pages, usual, strict=True):
        if size and size != body and abs(size - body) <= _ONE * body:
            for index in range(at, at + len(page.lines)):
                made[index] = _scaled(made[index], body / size)
        at += len(page.lines)
    return made


def _scaled(one: LineGeometry | None, by: float) -> LineGeometry | None:
    if one is None or one.confidence is None:
        return one
    return replace(one, face=replace(one.face, size=round(one.face.size * by, 1)))
