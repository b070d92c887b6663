"""Running heads and folios, found by repetition and place at the edges of the pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from booktools.arrange.words import ends_sentence, is_label, starts_lower
from booktools.model.page import Line

# So many pages make a habit.
_PAGES = 3
# Book title, chapter and folio may stand on a line each.
_DEPTH = 3
# A running head comes back on the next page or, on one side of the sheet, the next but one.
_GAP = 2
# Of all lines with its words, so many stand at the edge of a page.
_AT_EDGE = 0.8

_ALONE = re.compile(r"[\[(—–\- ]*(\d{1,4}|[ivxlc]{1,7})[\])—–\- ]*")
_BEFORE = re.compile(r"(\d{1,4})\s+(\S.*)")
_BEHIND = re.compile(r"(.*\S)\s+(\d{1,4})")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the edge of its page.

    `outer` is the index of the line between it and the edge, `below` of the one under it
    (-1: none).  `words` are its text without the `number` (0: none) before or behind it.
    """

    index: int
    page: int
    top: bool
    outer: int
    below: int
    words: str
    number: int


def furniture_lines(lines: Sequence[Line], decided: Collection[int]) -> frozenset[int]:
    """Indices of the lines that are running heads or folios; `decided` ones take no part.

    A folio is a number at the top or foot of its page in step with the pages: three or
    more are equally far from their page's place in the source.  A running head has such
    a number beside it, or comes back word for word at the same edge of three pages in a
    row (or of every other page) and hardly ever stands elsewhere.  The first of these may
    be the title that the others repeat: it is left for a person, unless a folio or text in
    mid-sentence stands under it.  Between furniture and the edge is nothing but furniture.
    """
    edges = [e for e in _edges(lines) if e.index not in decided]
    steps = Counter(e.number - e.page for e in edges if e.number)
    stepping = {e.index for e in edges if e.number and steps[e.number - e.page] >= _PAGES}
    beside = Counter(e.words for e in edges if e.index in stepping)
    heads = _heads(edges, Counter(line.text for i, line in enumerate(lines) if i not in decided))
    found: set[int] = set()
    folios = {e.index for e in edges if e.index in stepping and not e.words}
    over = _outwards({e.index: e.outer for e in edges if e.top}, folios)
    for edge in edges:
        if edge.outer >= 0 and edge.outer not in found:
            continue
        numbered = edge.index in stepping and beside[edge.words] > 1
        if edge.index in folios or numbered:
            found.add(edge.index)
        elif edge.index in heads:
            title = heads[edge.index] and edge.top and edge.index not in over
            if not title or (edge.below >= 0 and starts_lower(lines[edge.below].text)):
                found.add(edge.index)
    return frozenset(found)


def _edges(lines: Sequence[Line]) -> Iterator[_Edge]:
    """The outermost lines at the top and at the foot of every page, from the edge inwards."""
    written = [i for i, line in enumerate(lines) if not line.blank]
    for page, own in groupby(written, key=lambda i: lines[i].page):
        rows = list(own)
        below = dict(pairwise(rows))
        half = len(rows) // 2
        tops, feet = rows[: len(rows) - half][:_DEPTH], rows[len(rows) - half :][-_DEPTH:]
        for top, side in ((True, tops), (False, feet[::-1])):
            outer = -1
            for index in side:
                words, number = _numbered(lines[index].text)
                yield _Edge(index, page, top, outer, below.get(index, -1), words, number)
                outer = index


def _outwards(outer: Mapping[int, int], starts: Collection[int]) -> set[int]:
    """The lines between each of the starts and the edge of its page."""
    found: set[int] = set()
    for start in starts:
        at = outer.get(start, -1)
        while at >= 0:
            found.add(at)
            at = outer.get(at, -1)
    return found


def _numbered(text: str) -> tuple[str, int]:
    """The words of a line and the number alone, before or behind them (0: none)."""
    if alone := _ALONE.fullmatch(text):
        return "", int(alone[1]) if alone[1].isdigit() else _roman(alone[1])
    if before := _BEFORE.fullmatch(text):
        return before[2], int(before[1])
    if is_label(text):
        return text, 0  # "Chapter 7" counts chapters, not pages
    if behind := _BEHIND.fullmatch(text):
        return behind[1], int(behind[2])
    return text, 0


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(v if v >= f else -v for v, f in zip(values, following, strict=True))


def _heads(edges: Sequence[_Edge], lines: Counter[str]) -> dict[int, bool]:
    """The lines without a number that come back page after page; True: the first of its kind."""
    alike: dict[tuple[str, bool], list[_Edge]] = defaultdict(list)
    for edge in edges:
        if not edge.number:
            alike[edge.words, edge.top].append(edge)
    heads: dict[int, bool] = {}
    for (words, _), own in alike.items():
        if ends_sentence(words) and not words.isupper():
            continue  # a refrain, an answer
        pages = sorted({edge.page for edge in own})
        habit = any(
            two - one <= _GAP and three - two <= _GAP
            for one, two, three in zip(pages, pages[1:], pages[2:], strict=False)
        )
        if habit and len(own) >= _AT_EDGE * lines[words]:
            heads.update((edge.index, edge is own[0]) for edge in own)
    return heads
