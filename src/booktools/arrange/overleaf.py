"""The rows of a printed table that stand overleaf, too few to be told for a table by themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from booktools.arrange.grid import Grid, Level
from booktools.arrange.standing import Cell, Standing

# A table ends its page where no more levels stand below it, a folio or a foot; it goes on below so
# many at the head of the next.
_BELOW, _HEAD = 1, 2
# In ems: cells begin so near the places where those above began; a level that stands further from
# the one above, in usual distances of lines, is no row.
_EXACT, _NEAR = 0.2, 2.6


def ending(made: Sequence[Grid], levels: Sequence[Level]) -> Grid | None:
    """The table of words with which a page ends, if one does."""
    for level in levels[-1 : -_BELOW - 2 : -1]:
        own = {piece.line for piece in level.pieces}
        for grid in made:
            if not own.isdisjoint(piece.line for piece in grid.pieces):
                return grid
    return None


def rest_of(above: Grid, levels: Sequence[Level], busy: Collection[int]) -> Grid | None:
    """The rows at the head of a page that go on with a table; `busy` are lines of others."""
    starts = [
        min((row[column][0].left for row in above.rows if row[column]), default=-1.0)
        for column in range(len(above.aligns))
    ]
    for at in range(min(_HEAD + 1, len(levels))):
        left = levels[at].pieces[0].left
        for shift in (0.0, left - starts[0]):  # the margins of left-hand pages are others
            rows = list(_rows(levels[at:], [start + shift for start in starts], busy))
            while rows and sum(map(bool, rows[-1][0])) < 2 and rows[-1][0][0]:
                rows.pop()
            if rows and sum(map(bool, rows[0][0])) > 1:
                made = Standing([cells for cells, _ in rows], [down for _, down in rows])
                why = "it goes on from the page before"
                return Grid(tuple(made.rows), 0, above.aligns, above.sure, why)
    return None


def _rows(
    levels: Sequence[Level], starts: Sequence[float], busy: Collection[int]
) -> Iterator[tuple[tuple[Cell, ...], float]]:
    """The cells of levels as long as each begins where its column does, with their distances."""
    for number, level in enumerate(levels):
        if (number and level.down > _NEAR) or any(piece.line in busy for piece in level.pieces):
            return
        cells: list[Cell] = [()] * len(starts)
        for piece in level.pieces:
            column = sum(piece.left >= start - _EXACT for start in starts) - 1
            stop = starts[column + 1] if column + 1 < len(starts) else float("inf")
            if column < 0 or piece.right > stop - _EXACT:
                return
            if not cells[column] and abs(piece.left - starts[column]) > _EXACT:
                return
            cells[column] = (*cells[column], piece)
        yield tuple(cells), level.down
