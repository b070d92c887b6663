"""Tables that a page's end cuts in two: joined, the heads that the next page repeats taken out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from booktools.arrange.grid import Grid
from booktools.arrange.grid_cells import Piece, text_of
from booktools.arrange.tables import Cell, Tabled

# Columns whose cells begin, end or have their middle so near one another, in ems, are one.
_SAME = 0.75

# What stands over the rest of a table, or under its beginning, to say so.
_CONTINUED = re.compile(
    r"(?:\bcontinue[ds]?\b|\bcont[.’']|\bfortsetzung\b|\bfortgesetzt\b|\bsuite\b|"
    r"\bcontinuaci[oó]n\b|\bcontin[uú]a\b|\bsegue\b|\bvervolg\b|\bwird fortgesetzt\b)",
    re.IGNORECASE,
)
_WORDS = 12


@dataclass(frozen=True, slots=True)
class Turned:
    """The tables, and by index the lines that only say once more what their beginnings say,
    with the evidence."""

    tabled: Tabled
    repeated: Mapping[int, str]


def turned(tabled: Tabled, apart: Collection[int]) -> Turned:
    """Tables with nothing between them but a page's end and lines that stand `apart` (by index:
    furniture, notes) are one, where the second has the same columns at the same places and the
    same head, or none."""
    if len(tabled.grids) < 2:
        return Turned(tabled, {})
    own: dict[int, list[int]] = {}
    for index in sorted(tabled.places):
        own.setdefault(tabled.cells[tabled.lines[index].span.start].table, []).append(index)
    cells = dict(tabled.cells)
    repeated: dict[int, str] = {}
    begins: dict[int, tuple[int, int]] = {}  # a rest → its table and the rows before it
    for one, two in pairwise(sorted(own, key=lambda number: own[number][0])):
        between = _between(tabled, own[one][-1], own[two][0], apart)
        first, second = tabled.grids[one], tabled.grids[two]
        again = _again(first, second)
        if between is None or again < 0 or not _same_columns(first, second):
            continue
        root, before = begins.get(one, (one, 0))
        rows = before + len(first.rows) - (again if one in begins else 0)
        begins[two] = root, rows - again
        repeated |= dict.fromkeys(between, "it says that a table goes on")
        for index in own[two]:
            start = tabled.lines[index].span.start
            cell = tabled.cells[start]
            if cell.row < again:
                del cells[start]
                repeated[index] = "a table’s head, again over its rest"
                continue
            cells[start] = _moved(cell, root, rows - again, tabled.grids[root])
    return Turned(replace(tabled, cells=cells), repeated)


def _moved(cell: Cell, root: int, rows: int, grid: Grid) -> Cell:
    """A cell in the table that its own goes on from, `rows` farther down."""
    align = grid.aligns[cell.column]
    return replace(cell, table=root, row=cell.row + rows, heads=grid.heads, align=align)


def _between(tabled: Tabled, last: int, first: int, apart: Collection[int]) -> list[int] | None:
    """The lines between two tables that say that the first goes on; None if more than a page's
    end, such lines and those `apart` parts them."""
    lines = tabled.lines
    if lines[first].page != lines[last].page + 1:
        return None
    told = []
    for index in range(last + 1, first):
        if not lines[index].text or index in apart:
            continue
        said = _CONTINUED.search(lines[index].text)
        if not said or len(lines[index].text.split()) > _WORDS:
            return None
        told.append(index)
    return told


def _again(one: Grid, two: Grid) -> int:
    """How many rows at the head of the second table repeat the first one's head; -1 where it has
    a head of its own."""
    if "decided" in (one.evidence, two.evidence):
        return -1
    if one.heads and _texts(one, one.heads) == _texts(two, one.heads):
        return one.heads if len(two.rows) > one.heads else -1
    bold = any(piece.bold for row in two.rows[: two.heads] for cell in row for piece in cell)
    return -1 if bold else 0


def _texts(grid: Grid, rows: int) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in grid.rows[:rows]]


def _same_columns(one: Grid, two: Grid) -> bool:
    """Whether both have the same columns at the same places, all moved by the same at most: the
    margins of left-hand pages are not those of right-hand ones."""
    if len(one.aligns) != len(two.aligns):
        return False
    ours, theirs = _edges(one), _edges(two)
    moves = [
        tuple(a - b for a, b in zip(mine, other, strict=True))
        for mine, other in zip(ours, theirs, strict=True)
    ]
    return any(
        all(any(abs(other - move) < _SAME for other in own) for own in moves) for move in moves[0]
    )


def _edges(grid: Grid) -> list[tuple[float, float, float]]:
    """Where the cells of each column begin, end and have their middle."""
    out = []
    for column in range(len(grid.aligns)):
        pieces: Sequence[Piece] = [piece for row in grid.rows for piece in row[column]]
        left = min((piece.left for piece in pieces), default=0.0)
        right = max((piece.right for piece in pieces), default=0.0)
        out.append((left, right, (left + right) / 2))
    return out
