"""A source's own table of contents, entries that dots lead to the numbers of pages, and its index.

Their entries stay, each by itself: no sentence goes on in them or from them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from booktools.arrange.geometry_blocks import parted
from booktools.arrange.geometry_rows import PrintRows, alike
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

_NUMBER = r"(?:\d{1,4}|[ivxlcdm]{1,8})"
_LED = re.compile(rf"(?:[.·…]\s?){{4,}}\s*{_NUMBER}$|…\s*{_NUMBER}$")
_NUMBERED = re.compile(rf"\S\s+{_NUMBER}$")
_ENDS = frozenset("0123456789ivxlcdm")
# Fewer lines with dots make no contents, nor do so many whose numbers stand so far
# off, in ems, and end so near one another.
_FEWEST, _GAP, _DIGITS, _EVEN = 3, 1.5, 4, 0.3
# A line of an index ends with pages: so many lines do, and so many of those that stand together;
# so many of them stand in the order of their first letters.
_PAGES = re.compile(r"[^\W\d_][,.]?\s\d{1,4}(?:[–-]\d{1,4})?(?:, ?\d{1,4}(?:[–-]\d{1,4})?)*[.;]?$")
_INDEXED, _SHARE, _IN_ORDER = 8, 0.6, 0.8
# No line of an index is longer, in characters; an entry has so many lines at most.
_LONGEST, _LINES = 160, 4


def contents(rows: PrintRows, taken: Collection[int]) -> list[Stretch]:
    """The entries, from a page's first line with dots to its last, or one more with a number; or
    lines whose numbers stand far off, and rise."""
    led: dict[int, list[int]] = defaultdict(list)
    apart: dict[int, list[int]] = defaultdict(list)
    for at in range(len(rows)):
        if at not in taken and rows[at].text[-1] in _ENDS:
            if _LED.search(rows[at].text):
                led[rows[at].page].append(at)
            elif _is_apart(rows, at):
                apart[rows[at].page].append(at)
    for page, found in apart.items():
        if len(led[page]) < _FEWEST and _rises(rows, found):
            led[page] = found
    out: list[Stretch] = []
    for page, found in led.items():
        if len(found) < _FEWEST:
            continue
        last = found[-1] + 1
        while _on(rows, last, page, taken) and _NUMBERED.search(rows[last].text):
            last += 1
        first = found[0]
        while _on(rows, first - 1, page, taken) and not parted(rows, first):
            first -= 1
        out += _entries(rows, first, last, taken)
    return out


def _is_apart(rows: PrintRows, at: int) -> bool:
    """Whether a page's number stands far from the words before it."""
    row = rows[at]
    words = row.g.words
    if len(words) < 6 or not row.line.text[int(words[-3]) :].isdecimal():
        return False
    return words[-2] - words[-4] > _GAP * row.size


def _rises(rows: PrintRows, found: Sequence[int]) -> bool:
    """Whether they are lines enough, most of those that stand together, whose numbers rise and end
    under one another."""
    numbers = [int(rows[at].text.rpartition(" ")[2][-_DIGITS:]) for at in found]
    rights = [rows[at].g.box.right for at in found]
    if max(rights) - min(rights) > _EVEN * rows[found[0]].size:
        return False
    rising = all(one <= two for one, two in pairwise(numbers)) and numbers[0] < numbers[-1]
    return rising and len(found) > _FEWEST and len(found) > _SHARE * (found[-1] - found[0] + 1)


def _on(rows: PrintRows, at: int, page: int, taken: Collection[int]) -> bool:
    return 0 <= at < len(rows) and at not in taken and rows[at].page == page


def _entries(rows: PrintRows, first: int, last: int, taken: Collection[int]) -> list[Stretch]:
    """Rows `first` up to `last`, cut behind each that ends with a page's number."""
    out = []
    begun = -1
    for at in range(first, last):
        if at in taken:
            begun = -1
            continue
        begun = at if begun < 0 else begun
        if _NUMBERED.search(rows[at].text) or at + 1 in (last, *taken):
            out.append(Stretch(begun, at, Role.PARAGRAPH, "a line of the source’s contents"))
            begun = -1
    return out


def index(rows: PrintRows, taken: Collection[int]) -> list[Stretch]:
    """The entries of the source's index: words in their order, and the pages where they stand."""
    out: list[Stretch] = []
    for run in _indexed(rows, taken):
        own = [at for at in run if _refers(rows, at)]
        words = {_PAGES.sub("", rows[at].text) for at in own}
        letters = [rows[at].text[0].casefold() for at in own]
        ordered = sum(one <= two for one, two in pairwise(letters))
        if len(own) < max(_INDEXED, _SHARE * len(run)) or ordered < _IN_ORDER * (len(own) - 1):
            continue
        if len(words) < _IN_ORDER * len(own):
            continue  # an entry for each word
        begun = run[0]
        for at in run:
            if _refers(rows, at) or at == run[-1]:
                out.append(Stretch(begun, at, Role.PARAGRAPH, "an entry of the source’s index"))
                begun = at + 1
    return out


def _indexed(rows: PrintRows, taken: Collection[int]) -> Iterator[range]:
    """Rows of one column that end with pages, with those between them, to the last that does."""
    first = last = -1
    for at in range(len(rows) + 1):
        free = at < len(rows) and at not in taken and len(rows[at].text) > 2
        if first >= 0 and (not free or at - last > _LINES or not _beside(rows, last, at)):
            yield range(first, last + 1)
            first = last = -1
        if free and _refers(rows, at):
            first = at if first < 0 else first
            last = at


def _beside(rows: PrintRows, one: int, two: int) -> bool:
    """Whether two rows stand in one column of a page, set in one size."""
    above, below = rows[one], rows[two]
    same = above.page == below.page and above.g.column == below.g.column
    return same and alike(above.size, below.size)


def _refers(rows: PrintRows, at: int) -> bool:
    text = rows[at].text
    return len(text) <= _LONGEST and _PAGES.search(text) is not None
