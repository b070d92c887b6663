"""Notes whose calls in the text nobody can read: told by their place and their numbers.

OCR misreads raised figures nearly always, the number that a note begins with seldom.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

_NUMBERED = re.compile(r"\W{0,2}(\d{1,3})(?:[.,:]{1,2}\s?|\s)?(?=[“„»«\"(\[‘]?[A-ZÀ-Þ])")
# What stands in a number's place, however it was read: no word that has a capital.
_MISREAD = re.compile(
    r"\W{0,2}(?:\d{1,3}(?:[.,:]{1,2}\s?|\s)?|(?:[a-z]{1,2}|\w?\d\w?|[©§&®*†‡])[^\w\s]{0,2}\s)"
    r"(?=[“„»«\"(\[‘]?[A-ZÀ-Þ])"
)
# So many notes, on so many pages, each with a number higher than the last by so many at most.
_FEWEST, _PAGES = 4, 3
_STEP = 4
# Of all rows that begin so, most stand at the feet of pages, and notes fill no more of one.
_AT_FOOT = 0.6
_MOST = 0.5


def notes_by_place(rows: Rows) -> list[Stretch]:
    """The notes at the feet of pages whose numbers rise through the source."""
    feet = dict(_feet(rows))
    begin = [at for at, row in enumerate(rows.rows) if row.above and _NUMBERED.match(row.text)]
    at_foot = [at for at in begin if at >= feet.get(rows[at].page, len(rows))]
    run = _rising([(at, _number(rows, at)) for at in at_foot])
    pages = {rows[at].page for at in run}
    if len(run) < max(_FEWEST, _AT_FOOT * len(begin)) or len(pages) < _PAGES:
        return []
    return [note for page in sorted(pages) for note in _on_page(rows, feet[page])]


def _number(rows: Rows, at: int) -> int:
    match = _NUMBERED.match(rows[at].text)
    return int(match[1]) if match else 0


def _feet(rows: Rows) -> Iterator[tuple[int, int]]:
    """Each page that ends with rows like notes, and the first of these."""
    pages: Mapping[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows.rows):
        pages[row.page].append(at)
    for page, own in pages.items():
        foot = -1
        for at in reversed(own[int(len(own) * (1 - _MOST)) :]):
            if rows[at].above:
                if not _MISREAD.match(rows[at].text):
                    break
                foot = at
        if foot >= 0:
            yield page, foot


def _rising(marked: Sequence[tuple[int, int]]) -> list[int]:
    """The longest run of rows whose numbers rise by little."""
    best: list[tuple[int, int]] = []  # length of the run that ends here, the one before
    for rank, (_, number) in enumerate(marked):
        earlier = range(max(0, rank - 2 * _STEP), rank)
        fits = [(best[i][0], i) for i in earlier if 0 < number - marked[i][1] <= _STEP]
        length, before = max(fits, default=(0, -1))
        best.append((length + 1, before))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    run = []
    while at >= 0:
        run.append(marked[at][0])
        at = best[at][1]
    return run[::-1]


def _on_page(rows: Rows, foot: int) -> Iterator[Stretch]:
    """The notes of a page, from its foot on: one begins with a gap, or with the next number."""
    evidence = "its number follows that of the note before it, at the page’s foot"
    start, at = foot, foot + 1
    while at < len(rows) and rows[at].page == rows[foot].page:
        if rows[at].above or (rows[at - 1].terminal and _NUMBERED.match(rows[at].text)):
            yield Stretch(start, at - 1, Role.NOTE, evidence)
            start = at
        at += 1
    yield Stretch(start, at - 1, Role.NOTE, evidence)
