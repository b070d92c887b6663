"""Cells of a galley → tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from booktools.model.book import Align, Cell, Inline, Table
from booktools.model.galley import Block, Role

# A word for a table, with which its caption begins.
_TABLE = re.compile(r"(?:tab(?:le|la|leau|elle)?|cuadro|quadro)\b", re.IGNORECASE)


def cells_of(blocks: Sequence[Block], at: int) -> list[Block]:
    """The cells of the table that begins with a block; none where none does."""
    own: list[Block] = []
    for block in blocks[at:]:
        if block.role is not Role.TABLE or (own and _table(block) != _table(own[0])):
            break
        own.append(block)
    return own


def grouped(
    blocks: Sequence[Block], order: Sequence[int], pictured: Collection[int]
) -> list[list[int]]:
    """The blocks of `order` (indices) one by one, those of a table together: its caption, above
    it or below, and its cells.  A caption with a picture, one of `pictured`, is the picture's."""
    out: list[list[int]] = []
    for index in order:
        block = blocks[index]
        last = blocks[out[-1][-1]] if out else None
        if last and block.role is Role.TABLE:
            same = last.role is Role.TABLE and _table(last) == _table(block)
            if same or (len(out[-1]) == 1 and _names(last) and out[-1][0] not in pictured):
                out[-1].append(index)
                continue
        below = last and last.role is Role.TABLE and blocks[out[-1][0]].role is Role.TABLE
        if below and _names(block) and index not in pictured:
            out[-1].insert(0, index)
            continue
        out.append([index])
    return out


def _names(block: Block) -> bool:
    """Whether it is the caption of a table."""
    return block.role is Role.CAPTION and _TABLE.match(block.text.lstrip()) is not None


def table_of(blocks: Sequence[Block], said: Sequence[tuple[Inline, ...]]) -> Table | None:
    """The table of a caption, if any, and cells in the order of its rows, with what each block
    says; None without cells."""
    cells = [(block, own) for block, own in zip(blocks, said, strict=True) if _is_cell(block)]
    if not cells:
        return None
    caption = () if len(cells) == len(blocks) else said[0]
    rows: dict[int, dict[int, Cell]] = {}
    aligns: dict[int, Align] = {}
    for block, inlines in cells:
        row, column = (int(block.attribute(key, "0")) for key in ("row", "column"))
        own_row = rows.setdefault(row, {})
        own_row[column] = (*own_row.get(column, ()), *inlines)
        aligns[column] = Align(block.attribute("align"))
    columns = range(max(aligns) + 1)
    heads = int(cells[0][0].attribute("heads", "0"))
    return Table(
        tuple(tuple(own.get(column, ()) for column in columns) for own in rows.values()),
        sum(number < heads for number in rows),
        tuple(aligns.get(column, Align.DEFAULT) for column in columns),
        caption,
    )


def _is_cell(block: Block) -> bool:
    return block.role is Role.TABLE


def _table(block: Block) -> str:
    return block.attribute("table")
