"""Tables of words in print: cells that begin under one another to a hair, row after row.

Words behind a gap say little by themselves: columns of a page, verse side by side, speeches behind
their speakers' names and lists set in columns have gaps, too.  What tells a table is that its
columns begin exactly where they began above, that they do not run down as text does, and that its
rows belong together: no cell but with its row's first, and what has a row for itself is the rest of
the cell above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from booktools.arrange.grid_cells import (
    Piece,
    has_leaders,
    is_counted,
    is_listing,
    is_of_form,
    text_of,
)

Cell: TypeAlias = tuple[Piece, ...]
# Whether running text stands over a gutter, from its left to its right: then it parts no columns
# of the page.
Crossed: TypeAlias = Callable[[float, float], bool]

# In ems: cells begin, end or have their middle so near one another; so many of a column's do.
_EXACT, _MOST = 0.2, 0.85
# So many rows with several cells are a table; without another sign of one, so many.
_ROWS, _PLAIN = 3, 4
# Of the rows so many have several cells, so many their first; of the lines that have a first cell
# so many have another.
_SEVERAL, _WHOLE, _BOUND = 0.5, 0.7, 0.85
# Lines of text have so many words at least; so many of them fill the column.
_WORDS, _FULL = 3, 0.6
# Of the cells so many end as a sentence or a line of verse does; of a play's names so few differ.
_ENDS, _NAMES = 0.5, 0.6
_PLAY = 5
# Sizes that differ by less are one.
_ALIKE = 0.06
# What a row's distance from the one above must be, beside those of lines of one cell.
_APART = 1.15
_SPEECH = 5
_MARK = re.compile(r"\[.{1,12}\]|[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)\]]|[^\w\s]{1,2}")
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_END = re.compile(r"[.,;:!?…—–][’”\"»)]*$")


@dataclass(frozen=True)
class Standing:
    """Pieces in columns, level by level; `downs` are the distances from the level above."""

    columns: Sequence[Sequence[Cell]]
    downs: Sequence[float]

    @property
    def count(self) -> int:
        return len(self.columns[0])

    @cached_property
    def by_column(self) -> list[tuple[Cell, ...]]:
        return list(zip(*self.columns, strict=True))

    @cached_property
    def edges(self) -> list[float]:
        """Where each column ends."""
        return [max(cell[-1].right for cell in own if cell) for own in self.by_column]

    @cached_property
    def rest(self) -> list[bool]:
        """Whether each level is no row of its own, but goes on in the cells of the one above."""
        return [number > 0 and self._is_rest(number) for number in range(len(self.columns))]

    @cached_property
    def parted(self) -> bool:
        """Whether rows stand further from one another than the lines of one cell."""
        least = min(self.downs[1:], default=0.0)
        near = [bool(row[0]) for row, down in self._below if down <= _APART * least]
        return least < _APART and len(self._below) - len(near) > 1 and 2 * sum(near) <= len(near)

    @property
    def _below(self) -> list[tuple[Sequence[Cell], float]]:
        """The levels but for the first, with their distances from those above."""
        return list(zip(self.columns, self.downs, strict=True))[1:]

    def trimmed(self) -> tuple[int, int]:
        """The first and the one behind the last of its levels that stand under the others: a line
        of text above or below may have a gap by chance."""
        first, stop = 0, len(self.columns)
        lefts = [median(cell[0].left for cell in own if cell) for own in self.by_column]
        rights = [median(cell[-1].right for cell in own if cell) for own in self.by_column]
        ways = list(zip(lefts, rights, strict=True))
        while stop - first > _ROWS and not _stands(self.columns[stop - 1], ways):
            stop -= 1
        while stop - first > _ROWS and not _stands(self.columns[first], ways):
            first += 1
        return first, stop

    def _is_rest(self, number: int) -> bool:
        row, above = self.columns[number], self.columns[number - 1]
        if self.parted:
            return self.downs[number] <= _APART * min(self.downs[1:])
        filled = [column for column, cell in enumerate(row) if cell]
        if all(row) or not any(above[column] for column in filled):
            return False
        full = [self.full(number - 1, column) for column in filled if above[column]]
        if row[0]:
            small = all(text_of(row[column])[:1].islower() for column in filled)
            return small and bool(above[0]) and all(full)
        return any(full)

    def full(self, number: int, column: int) -> bool:
        """Whether the first word of the cell below had found no room in a cell."""
        cell, below = self.columns[number][column], self.columns[number + 1][column]
        if not cell or not below:
            return False
        first = below[0]
        word = len(first.text.partition(" ")[0]) * (first.right - first.left) / len(first.text)
        return self.edges[column] - cell[-1].right < word + 0.2

    @cached_property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The rows, cells of several lines put together."""
        out: list[tuple[Cell, ...]] = []
        for row, rest in zip(self.columns, self.rest, strict=True):
            if rest:
                out[-1] = tuple((*one, *two) for one, two in zip(out[-1], row, strict=True))
            else:
                out.append(tuple(row))
        return out


def is_shaped(made: Standing) -> bool:
    """Whether it has a table's shape: columns that stand under one another to a hair, in letters of
    one size, and rows enough that most have several cells."""
    if not _is_exact(made) or not _is_level(made):
        return False
    several = sum(sum(map(bool, row)) > 1 for row in made.rows)
    firsts = sum(bool(row[0]) for row in made.rows)
    count = len(made.rows)
    return several >= max(_ROWS, _SEVERAL * count) and firsts >= _WHOLE * count


def judged(made: Standing, crossed: Crossed, *, headed: bool) -> tuple[bool, str] | None:
    """What has a table's shape: whether it is one of words, how sure that is, and why; None if it
    is something else.  `headed` says that its first row is set as a head is."""
    rows = made.rows
    if is_listing(rows) or _is_text(made) or (_ends_as_lines(rows) and not headed):
        return None
    if _is_marked(rows) or _is_spoken(rows, headed) or _is_contents(rows) or in_columns(rows):
        return None
    over = all(crossed(*gutter) for gutter in _gutters(made))
    if any(made.rest) and not over:
        return None  # notes beside the text
    if headed:
        return True, "a head stands over it"
    if _set_apart(rows):
        return True, "its first column is set in letters of its own"
    if not over or (len(rows) < _PLAIN and made.count < 3):
        return None
    return False, "its cells stand under one another"


def _stands(row: Sequence[Cell], ways: Sequence[tuple[float, float]]) -> bool:
    """Whether the cells of a row begin, end or have their middle where its columns' do."""
    for cell, (left, right) in zip(row, ways, strict=True):
        if not cell:
            continue
        one, two = cell[0].left - left, cell[-1].right - right
        if min(abs(one), abs(two), abs(one + two) / 2) >= _EXACT:
            return False
    return True


def _gutters(made: Standing) -> list[tuple[float, float]]:
    starts = [min(cell[0].left for cell in own if cell) for own in made.by_column[1:]]
    return list(zip(made.edges, starts, strict=False))


def _is_exact(made: Standing) -> bool:
    """Whether the cells of each column stand under one another to a hair."""
    for cells in made.by_column:
        filled = [(cell[0].left, cell[-1].right) for cell in cells if cell]
        if len(filled) < 2:
            return False
        ways = (
            [left for left, _ in filled],
            [right for _, right in filled],
            [(left + right) / 2 for left, right in filled],
        )
        if not any(_level(places) >= _MOST * len(filled) for places in ways):
            return False
    return True


def _level(places: Sequence[float]) -> int:
    middle = median(places)
    return sum(abs(place - middle) < _EXACT for place in places)


def _is_level(made: Standing) -> bool:
    """Whether its columns are set in letters of one size."""
    sizes = [median(p.size for cell in own for p in cell) for own in made.by_column]
    return max(sizes) - min(sizes) <= _ALIKE * max(sizes)


def _is_text(made: Standing) -> bool:
    """Whether two columns run down as text does: full lines of words, one after another; or the
    first has words that its lines break."""
    running = 0
    for column, cells in enumerate(made.by_column):
        own = [number for number, cell in enumerate(cells) if cell]
        pairs = [one for one, two in pairwise(own) if two == one + 1]
        words = median(len(text_of(cells[number]).split()) for number in own)
        full = sum(made.full(number, column) for number in pairs)
        broken = sum(text_of(cells[number])[-1] in "-\u00ad\u2010" for number in own)
        running += words >= _WORDS and full >= _FULL * len(pairs) and not _is_bound(made)
        if column == 0 and broken > 1:
            return True
    return running > 1


def _is_bound(made: Standing) -> bool:
    """Whether lines of later columns stand where the first has none, and it has none without
    them."""
    bare = sum(not row[0] for row in made.columns)
    alone = sum(bool(row[0]) and not any(row[1:]) for row in made.columns)
    return bare >= 0.25 * len(made.columns) and alone <= (1 - _BOUND) * len(made.columns)


def _is_marked(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first column has nothing but marks, or numbers that rise by one: a list;
    or a listing with its lines counted."""
    first = [text_of(row[0]) for row in rows if row[0]]
    marks = sum(is_of_form(_MARK, text) for text in first)
    same = len(set(first)) == 1
    figures = all(text.replace(" ", "").isdecimal() for text in first)
    typed = figures and all(piece.typed for row in rows for cell in row[1:] for piece in cell)
    return len(rows[0]) == 2 and (
        marks >= _WHOLE * len(first) or is_counted(first) or same or typed
    )


def _is_spoken(rows: Sequence[Sequence[Cell]], headed: bool) -> bool:
    """Whether names that come back stand before sentences: a play, questions and answers."""
    if len(rows[0]) != 2 or headed:
        return False
    names = [text_of(row[0]).rstrip(".:").casefold() for row in rows if row[0]]
    said = [text_of(row[1]) for row in rows if row[1]]
    ends = sum(bool(re.search(r"[.!?…][’”\"»)]*$", text)) for text in said)
    sentences = ends >= _ENDS * len(said) and median(len(t.split()) for t in said) >= _SPEECH
    few = len(set(names)) <= _NAMES * len(names) and len(names) >= _PLAY
    return few and sentences


def _is_contents(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether leaders stand in it, or the last column has pages that rise."""
    if any(has_leaders(text_of(cell)) for row in rows for cell in row):
        return True
    last = [text_of(row[-1]) for row in rows if row[-1]]
    pages = [text for text in last if is_of_form(_PAGE, text)]
    numbers = [int(text) for text in pages if text.isdecimal()]
    rising = all(one <= two for one, two in pairwise(numbers))
    return len(pages) >= _BOUND * len(last) and rising and len(rows[0]) < 4


def in_columns(rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The entries of a list that is set in columns, in the order of the alphabet, down them or
    across; none where they have another order."""
    down = [[row[column] for row in rows if row[column]] for column in range(len(rows[0]))]
    for order in (down, [[cell for row in rows for cell in row if cell]]):
        entries = [cell for own in order for cell in own]
        joins = [[one[-1], two[0]] for one, two in pairwise(order)]
        if len(entries) > _PLAY and _risen(entries) and all(map(_risen, joins)):
            return entries
    return []


def is_index(entries: Sequence[Cell]) -> bool:
    """Whether most entries end with the number of a page."""
    return 2 * sum(text_of(entry)[-1].isdecimal() for entry in entries) > len(entries)


def _risen(entries: Sequence[Cell]) -> bool:
    keys = ["".join(filter(str.isalnum, text_of(entry).casefold())) for entry in entries]
    return sum(one <= two for one, two in pairwise(keys)) >= 0.95 * (len(keys) - 1)


def _ends_as_lines(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether cells of two columns end as sentences and lines of verse do."""
    found = 0
    for own in zip(*rows, strict=True):
        texts = [text_of(cell) for cell in own if cell]
        if median(len(text.split()) for text in texts) >= _WORDS:
            found += sum(bool(_END.search(text)) for text in texts) >= _ENDS * len(texts)
    return found > 1


def _set_apart(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first column is set in letters that no other column has."""
    own = Counter(piece.face for row in rows for piece in row[0])
    others = {piece.face for row in rows for cell in row[1:] for piece in cell}
    apart = sum(count for face, count in own.items() if face not in others)
    return bool(own) and apart >= 0.9 * sum(own.values())
