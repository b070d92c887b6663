"""Rows of pieces of text that stand under one another in columns: tables.

The same for dumps, where places are counted in characters, and for print, where they are
measured: all lengths are in ems of the text, a character of a dump half of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from booktools.arrange.grid_cells import (
    NUMBER,
    Piece,
    is_listing,
    is_of_form,
    is_something_else,
    named,
    numeric,
    short,
    text_of,
)
from booktools.arrange.standing import (
    Cell,
    Crossed,
    Standing,
    in_columns,
    is_index,
    is_shaped,
    judged,
)

# A gutter is so wide at least; so many rows have text on both sides of one; longer stretches that
# are no table are columns of a page.
_GUTTER = 0.7
_FEWEST = 3
_COLUMNS = 12
# Between two rows that have several cells stand so many that have one, at most.
_BETWEEN = 3
# In print a line of text may have a gap by chance right above a table: longer stretches than this
# are left at once.
_LONGEST = 200
# So many lines a cell of print may have that stands for itself.
_LINES = 12
# Cells that begin, end or have their middle so near one another stand under one another; so many
# of a column's do.
_LEVEL = 0.75
_NEAR = 0.2  # where places are measured
_ALIGNED = 0.7
# A column as wide as this can have cells of several lines.
_WRAPS = 5.0
# What a row's distance from the one above must be, beside those of lines of one cell.
_APART = 1.15
# Rows of a table without rules and without a number in it, so that it can be told.
_PLAIN = 4

_TABLE = re.compile(r"(?:tab(?:le|la|leau|elle|ell[ea])?|cuadro|quadro)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """Pieces side by side, from the left; `down` is the distance from the row above, in usual
    distances of lines (99: nothing stands above), `ruled` whether a rule runs between."""

    pieces: tuple[Piece, ...]
    down: float
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells of pieces, in the order of reading; the first `heads` are heads.

    `sure`: nobody need be asked.  `aligns` has "", "right" or "centre" for each column.
    `listed`: it is no table but a list that print has set in columns, an entry a row.
    """

    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    heads: int
    aligns: tuple[str, ...]
    sure: bool
    evidence: str
    listed: bool = False

    @property
    def pieces(self) -> Iterator[Piece]:
        for row in self.rows:
            for cell in row:
                yield from cell


Gaps = list[tuple[float, float]]
Columns = list[list[tuple[Piece, ...]]]  # of each level, the pieces in each column


def grids(levels: Sequence[Level], crossed: Crossed | None = None) -> list[Grid]:
    """The tables among the rows of a page; in print, `crossed` says whether running text stands
    over a gutter."""
    found: list[Grid] = []
    at = 0
    while at < len(levels):
        if len(levels[at].pieces) < 2:
            at += 1
            continue
        exact = crossed is not None
        stop, gaps = _run(levels, at, exact=exact)
        if at + 1 < len(levels) and len(levels[at + 1].pieces) > len(levels[at].pieces):
            below, more = _run(levels, at + 1, exact=exact)  # a head over several columns
            stop, gaps = (below, more) if below >= stop and len(more) > len(gaps) else (stop, gaps)
        above = levels[at - 1] if at else None
        made = _grid(levels[at:stop], gaps, _titled(above), _titled(_after(levels, stop)))
        if crossed and not (made and made.sure):
            made, behind = _standing(levels, at, crossed)
            if behind:  # whatever it is, no part of it is looked at again
                at, found = behind, [*found, made] if made else found
                continue
        if made:
            found.append(made)
            at = stop
        else:  # no part of a long stretch of columns is looked at again
            at = stop if stop - at > (_LONGEST if crossed else _COLUMNS) else at + 1
    return found


def decided(levels: Sequence[Level], count: int = 0) -> Grid:
    """The table that somebody has said these rows are; where no gutter runs through all of
    them, what stands behind the first gap of a row is its second cell, and so on.  With `count`
    columns each row is a cell of its own, one after another."""
    if count:
        cells = [level.pieces for level in levels]
        cells += [()] * (-len(cells) % count)
        rows = tuple(tuple(cells[at : at + count]) for at in range(0, len(cells), count))
        heads = int(len(rows) > 1 and _is_head(levels[:1], rows, list(zip(*rows, strict=True))))
        return Grid(rows, heads, ("",) * count, True, "decided")
    gaps: Gaps = []
    for level in levels:
        if len(level.pieces) > 1:
            gaps = _common(gaps, _free(level)) if gaps else _gaps(level)
            if not gaps:
                break
    most = max(len(level.pieces) for level in levels)
    columns = _columns(levels, gaps)
    if not gaps:
        columns = [
            [*((piece,) for piece in level.pieces), *[()] * (most - len(level.pieces))]
            for level in levels
        ]
    return _made(levels, columns, True, "decided")


def _titled(level: Level | None) -> bool:
    return level is not None and bool(_TABLE.match(level.pieces[0].text if level.pieces else ""))


def _after(levels: Sequence[Level], at: int) -> Level | None:
    return levels[at] if at < len(levels) else None


def _run(
    levels: Sequence[Level], at: int, between: int = _BETWEEN, exact: bool = False
) -> tuple[int, Gaps]:
    """The row behind the last that shares gutters with row `at`, and the gutters; `between` rows
    with one cell, at most, stand between two with several.  `exact`: places are measured."""
    gaps = _gaps(levels[at])
    last = number = at
    kept = gaps
    for number in range(at + 1, len(levels)):
        level = levels[number]
        if level.down > 2.6 or number - last > between:
            break
        left = _common(kept, _free(level))
        if not left or (len(level.pieces) == 1 and len(left) < len(kept)):
            break
        if exact and len(left) < len(kept) and not _under(levels[at:number], level):
            break
        several = _columns([level], left)[0]
        if sum(map(bool, several)) > 1:
            last, gaps = number, left
        kept = left
    stop = last + 1
    while stop < len(levels) and _goes_on(levels[stop], gaps):
        stop += 1
    return stop, gaps


def _under(above: Sequence[Level], level: Level) -> bool:
    """Whether the pieces of a row begin or end where others above do, rows enough to tell: text
    below a table may have a gap by chance."""
    if len(above) < _FEWEST:
        return True
    edges = sorted(
        edge for row in above for piece in row.pieces for edge in (piece.left, piece.right)
    )
    inner = level.pieces[1:]
    return all(_is_among(piece.left, edges) or _is_among(piece.right, edges) for piece in inner)


def _is_among(place: float, edges: Sequence[float]) -> bool:
    at = bisect_left(edges, place - _NEAR)
    return at < len(edges) and edges[at] <= place + _NEAR


def _goes_on(level: Level, gaps: Gaps) -> bool:
    """Whether a row under a table is the rest of a cell, and of none in the first column."""
    if level.down > 1.2 or len(level.pieces) != 1 or not _common(gaps, _free(level)):
        return False
    return level.pieces[0].left >= min(right for _, right in gaps) - 0.1


def _gaps(level: Level) -> Gaps:
    return [(a.right, b.left) for a, b in pairwise(level.pieces) if b.left - a.right >= _GUTTER]


def _free(level: Level) -> Gaps:
    first, last = level.pieces[0], level.pieces[-1]
    return [(float("-inf"), first.left), *_gaps(level), (last.right, float("inf"))]


def _common(ours: Gaps, theirs: Gaps) -> Gaps:
    out = []
    for a in ours:
        for b in theirs:
            left, right = max(a[0], b[0]), min(a[1], b[1])
            if right - left >= _GUTTER:
                out.append((left, right))
    return out


def _columns(levels: Sequence[Level], gaps: Gaps) -> Columns:
    edges = sorted((a + b) / 2 for a, b in gaps)
    out: Columns = []
    for level in levels:
        row: list[list[Piece]] = [[] for _ in range(len(edges) + 1)]
        for piece in level.pieces:
            row[sum(piece.left > edge for edge in edges)].append(piece)  # a wide head, its first
        out.append([tuple(cell) for cell in row])
    return out


# --- whether it is a table ------------------------------------------------------------


def _grid(levels: Sequence[Level], gaps: Gaps, *titled: bool) -> Grid | None:
    if not gaps:
        return None
    columns = _columns(levels, gaps)
    several = [row for row in columns if sum(map(bool, row)) > 1]
    if len(several) < _FEWEST or len(several) * 2 < len(columns):
        return None
    by_column = list(zip(*columns, strict=True))
    if any(sum(map(bool, cells)) < _FEWEST - 1 for cells in by_column):
        return None
    if not all(_aligned(cells) for cells in by_column):
        return None
    rules = sum(level.ruled for level in levels[1:])
    told = any(titled) or rules > 1
    if is_something_else(by_column, told) or (not told and is_listing(columns)):
        return None
    numbers = sum(numeric(cells) for cells in by_column)
    if any(titled):
        sure, why = True, "a table’s word stands by its columns"
    elif rules > 1:
        sure, why = True, "rules stand between its rows"
    elif numbers and (len(by_column) > 2 or len(several) >= _PLAIN):
        sure, why = True, "its cells stand under one another, figures under figures"
    elif len(several) >= _PLAIN and (short(by_column) or named(by_column)):
        sure, why = False, "its cells stand under one another"
    else:
        return None
    return _made(levels, columns, sure, why)


def _aligned(cells: Sequence[tuple[Piece, ...]]) -> bool:
    """Whether the cells of a column stand under one another."""
    return bool(_align(cells, _ALIGNED) is not None)


def _align(cells: Sequence[tuple[Piece, ...]], share: float) -> str | None:
    """How that share of the cells stand under one another, the most exact way; None if not."""
    filled = [(cell[0].left, cell[-1].right) for cell in cells if cell]
    found: list[tuple[float, int, str]] = []
    for number, (name, places) in enumerate(
        (
            ("", [left for left, _ in filled]),
            ("right", [right for _, right in filled]),
            ("centre", [(left + right) / 2 for left, right in filled]),
        )
    ):
        middle = median(places)
        off = [abs(place - middle) for place in places]
        if sum(one < _LEVEL for one in off) >= share * len(places):
            found.append((round(sum(off) / len(off), 1), number, name))
    return min(found)[2] if found else None


def _standing(levels: Sequence[Level], at: int, crossed: Crossed) -> tuple[Grid | None, int]:
    """A table of words that begins at a row of print, and the row behind the last of what has a
    table's shape there; 0 where nothing has."""
    stop, gaps = _run(levels, at, _LINES, exact=True)
    standing = _stood(levels[at:stop], _columns(levels[at:stop], gaps)) if gaps else None
    if standing is None:
        return None, 0
    first, last = standing.trimmed()
    at, stop = at + first, at + last
    standing = _stood(levels[at:stop], standing.columns[first:last])
    if standing is None or not is_shaped(standing):
        return None, 0
    own = standing.rows
    entries = in_columns(own)
    if entries and not is_index(entries) and not is_listing(own):
        why = "a list in columns, in the order of the alphabet"
        return Grid(tuple((entry,) for entry in entries), 0, ("",), False, why, listed=True), stop
    by_column = list(zip(*own, strict=True))
    heads = len(own) > 1 and _is_head(levels[at:stop], own, by_column)
    found = judged(standing, crossed, headed=heads)
    if not found:
        return None, stop
    body = [cells[heads:] for cells in by_column]
    aligns = tuple((_align(cells, 0.85) or "") if any(cells) else "" for cells in body)
    return Grid(tuple(own), int(heads), aligns, *found), stop


def _stood(levels: Sequence[Level], columns: Sequence[Sequence[Cell]]) -> Standing | None:
    if not all(map(any, zip(*columns, strict=True))):
        return None  # a gutter with nothing behind it
    return Standing(columns, [level.down for level in levels])


# --- what its rows are ----------------------------------------------------------------


def _made(levels: Sequence[Level], columns: Columns, sure: bool, why: str) -> Grid:
    rows: list[list[tuple[Piece, ...]]] = []
    for number, row in enumerate(columns):
        if rows and _is_rest(levels, columns, number):
            rows[-1] = [(*above, *rest) for above, rest in zip(rows[-1], row, strict=True)]
        else:
            rows.append(list(row))
    by_column = list(zip(*rows, strict=True)) if rows else []
    heads = int(len(rows) > 1 and _is_head(levels, rows, by_column))
    body = [cells[heads:] for cells in by_column]
    aligns = tuple((_align(cells, 0.85) or "") if any(cells) else "" for cells in body)
    return Grid(tuple(tuple(row) for row in rows), heads, aligns, sure, why)


def _is_rest(levels: Sequence[Level], columns: Columns, number: int) -> bool:
    """Whether a row is the rest of the cells above it."""
    row = columns[number]
    rules = sum(level.ruled for level in levels[1:])
    if rules > 1:
        return not levels[number].ruled
    downs = [level.down for level in levels[1:]]
    parted = max(downs) > _APART * min(downs)
    if parted and levels[number].down > _APART * min(downs):
        return False
    filled = [(column, cell) for column, cell in enumerate(row) if cell]
    if not row[0]:
        texts = [text_of(cell) for _, cell in filled]
        wide = all(_width_of(columns, column) > _WRAPS for column, _ in filled)
        return wide and not any(is_of_form(NUMBER, text) for text in texts)
    above = columns[number - 1]
    small = all(text_of(cell)[:1].islower() for _, cell in filled)
    return small and not all(row) and bool(above[0]) and all(above[column] for column, _ in filled)


def _width_of(columns: Columns, column: int) -> float:
    return max(row[column][-1].right - row[column][0].left for row in columns if row[column])


def _is_head(
    levels: Sequence[Level],
    rows: Sequence[Sequence[tuple[Piece, ...]]],
    columns: Sequence[Sequence[tuple[Piece, ...]]],
) -> bool:
    """Whether the first row is a head: bold, over figures, or under it alone a rule."""
    first = [cell for cell in rows[0] if cell]
    bold = [all(piece.bold for piece in cell) for cell in first]
    if all(bold) and not any(p.bold for row in rows[1:] for cell in row[1:] for p in cell):
        return True
    if any(is_of_form(NUMBER, text_of(cell)) for cell in first):
        return False
    rules = [number for number, level in enumerate(levels) if number and level.ruled]
    if len(rules) == 1 and rules[0] == max(len(cell) for cell in first):
        return True
    return any(numeric(cells[1:]) for cells in columns if any(cells[1:]))
