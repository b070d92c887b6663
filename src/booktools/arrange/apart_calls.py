"""Notes whose calls stand apart from their words in the text: "the bell, 12 which".

A number by itself tells nothing; but numbers that begin rows at the feet of pages, rise by one from
row to row, and stand in the text above in the same order, each behind a mark or a word, do.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from booktools.arrange.rows import Rows

_APART = re.compile(r"(?:^|(?<=[^\W\d_])|(?<=([.,;:!?”’»)]))) ?(\d{1,3})(?= |$)")
_DIGIT = re.compile(r"\d")
# So many notes on so many pages are a habit; of their calls such a share stands behind marks.
_FEWEST, _PAGES = 4, 2
_MARKED = 0.4


@dataclass(frozen=True, slots=True)
class _Link:
    """A row that may begin a note, the row of its call, whether that stands behind a mark; the
    link before it, and how many there are."""

    at: int
    call: int
    marked: bool
    before: int
    length: int


def called_apart(rows: Rows, starts: Sequence[tuple[int, int]], reach: int) -> dict[int, int]:
    """The rows that begin notes whose calls stand apart, with the rows of these.

    `starts` are rows that begin as notes do and their numbers; calls stand no more than `reach`
    rows above, on the same page or the one before.
    """
    if len(starts) < _FEWEST:
        return {}
    calls = _calls(rows, {number for _, number in starts})
    links: list[_Link] = []
    last: dict[int, int] = {}  # number → the latest link with it
    newest = -1
    for at, number in starts:
        own = calls.get(number, ())
        first = bisect_left(own, (max(0, at - reach), False))
        near = own[first : bisect_right(own, (at - 1, True))]
        near = [one for one in near if rows[one[0]].page >= rows[at].page - 1]
        before = last.get(number - 1, -1) if number > 1 else newest
        if before >= 0:
            near = [one for one in near if one[0] >= links[before].call]
        if not near:
            continue
        call, marked = max(near, key=lambda one: (one[1], -one[0]))
        length = links[before].length + 1 if before >= 0 else 1
        links.append(_Link(at, call, marked, before, length))
        last[number] = newest = len(links) - 1
    return _longest(rows, links)


def _longest(rows: Rows, links: Sequence[_Link]) -> dict[int, int]:
    """The longest run of links, if it is a habit."""
    at = max(range(len(links)), key=lambda i: links[i].length, default=-1)
    run = []
    while at >= 0:
        run.append(links[at])
        at = links[at].before
    pages = {rows[link.at].page for link in run}
    marked = sum(link.marked for link in run)
    if len(run) < _FEWEST or len(pages) < _PAGES or marked < _MARKED * len(run):
        return {}
    return {link.at: link.call for link in run}


def _calls(rows: Rows, numbers: set[int]) -> Mapping[int, Sequence[tuple[int, bool]]]:
    """The rows in which each number stands by itself, and whether behind a mark."""
    found: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for at, row in enumerate(rows.rows):
        if _DIGIT.search(row.text):
            for match in _APART.finditer(row.text):
                if int(match[2]) in numbers:
                    found[int(match[2])].append((at, bool(match[1])))
    return found
