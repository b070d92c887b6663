"""Pandoc's tables of a stranger's document → the book's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from booktools.manuscript.adopt_inlines import shows
from booktools.model.book import (
    Align,
    BookBlock,
    Cell,
    Figure,
    Inline,
    LineBreak,
    Listing,
    Quote,
    Table,
    block_runs,
    inline_text,
)

_ALIGNS = {
    "AlignDefault": Align.DEFAULT,
    "AlignLeft": Align.LEFT,
    "AlignRight": Align.RIGHT,
    "AlignCenter": Align.CENTRE,
}
# A cell of more is a page that was laid out with a table.
_MOST_LINES = 12
_LONGEST = 1500  # characters


def rows_of(content: Any) -> tuple[list[Any], int]:
    """The rows of pandoc's table, and how many head rows they begin with."""
    _, _, _, head, bodies, foot = content
    rows = [row[1] for row in head[1]]
    heads = len(rows) + (len(bodies[0][2]) if bodies else 0)
    for _, _, own, body in bodies:
        rows += [row[1] for row in (*own, *body)]
    rows += [row[1] for row in foot[1]]
    return rows, heads


def table_of(
    content: Any, made: Sequence[Sequence[list[BookBlock]]], caption: tuple[Inline, ...]
) -> Table | None:
    """The table whose cells, row by row, hold these blocks; None where it is no table but a
    page's layout: its cells hold pictures, tables or whole pages.

    A cell that spans several places stands in the first of them; the others are empty.
    """
    if not all(_simple(cell) for row in made for cell in row):
        return None
    rows, heads = rows_of(content)
    aligns = tuple(_ALIGNS.get(align["t"], Align.DEFAULT) for align, _ in content[2])
    taken: dict[int, int] = {}  # columns that cells above reach into, with how many rows more
    out: list[tuple[Cell, ...]] = []
    for cells, blocks in zip(rows, made, strict=True):
        row: list[Cell] = []
        below: dict[int, int] = {}
        for (_, _, down, across, _), own in zip(cells, blocks, strict=True):
            while len(row) in taken:
                row.append(())
            below |= dict.fromkeys(range(len(row), len(row) + across), down - 1)
            row += [_lines(own), *[()] * (across - 1)]
        left = {column: more - 1 for column, more in taken.items()}
        taken = {column: more for column, more in (left | below).items() if more > 0}
        out.append(tuple(row))
    return Table(tuple(out), heads, aligns, caption)


def spanning(rows: Iterable[Any]) -> bool:
    """Whether some cell takes more than one place."""
    return any(down > 1 or across > 1 for cells in rows for _, _, down, across, _ in cells)


def _simple(cell: list[BookBlock]) -> bool:
    lines = [line for block in cell for line in block_runs(block)]
    if len(lines) > _MOST_LINES or sum(len(inline_text(line)) for line in lines) > _LONGEST:
        return False
    return not any(isinstance(inner, Figure | Table) for block in cell for inner in _every(block))


def _every(block: BookBlock) -> Iterator[BookBlock]:
    yield block
    match block:
        case Quote(blocks):
            for inner in blocks:
                yield from _every(inner)
        case Listing(items):
            for item in items:
                for inner in item:
                    yield from _every(inner)
        case _:
            pass


def _lines(cell: list[BookBlock]) -> Cell:
    """The text of a cell, a line break between two of its paragraphs."""
    out: list[Inline] = []
    for block in cell:
        for inlines in block_runs(block):
            if any(map(shows, inlines)):
                out += [LineBreak()] * bool(out) + list(inlines)
    return tuple(out)
