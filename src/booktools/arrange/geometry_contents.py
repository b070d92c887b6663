"""A source's own table of contents: entries that dots lead to the numbers of pages.

They stay, each by itself: no sentence goes on in them or from them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from booktools.arrange.geometry_blocks import parted
from booktools.arrange.geometry_rows import PrintRows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

_NUMBER = r"(?:\d{1,4}|[ivxlcdm]{1,8})"
_LED = re.compile(rf"(?:[.·…]\s?){{4,}}\s*{_NUMBER}$|…\s*{_NUMBER}$")
_NUMBERED = re.compile(rf"\S\s+{_NUMBER}$")
# Fewer lines with dots make no contents.
_FEWEST = 3


def contents(rows: PrintRows, taken: Collection[int]) -> list[Stretch]:
    """The entries, from a page's first line with dots to its last, or one more with a number."""
    led: dict[int, list[int]] = defaultdict(list)
    for at in range(len(rows)):
        if at not in taken and _LED.search(rows[at].text):
            led[rows[at].page].append(at)
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
