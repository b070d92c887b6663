"""Items of a galley → lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from booktools.model.book import BookBlock, Inline, Listing, Paragraph
from booktools.model.galley import Block, Role
from booktools.model.listed import RULE, Mark, mark_of


@dataclass
class _Open:
    """A list that may go on: its last mark, its first number, its items so far."""

    mark: Mark
    start: int
    items: list[list[BookBlock | _Open]]


def with_lists(blocks: Sequence[Block], groups: Sequence[list[int]]) -> list[list[int]]:
    """Groups of blocks (indices), those of items one behind another together."""
    out: list[list[int]] = []
    for own in groups:
        if out and is_item(blocks[own[0]]) and is_item(blocks[out[-1][0]]):
            out[-1] += own
        else:
            out.append(list(own))
    return out


def is_item(block: Block) -> bool:
    """Whether it is an item of a list."""
    return block.role is Role.LIST


def lists_of(blocks: Sequence[Block], said: Sequence[tuple[Inline, ...]]) -> list[BookBlock]:
    """The lists of items, with what each says.

    A new list begins where the mark is another or its number does not go on; an item that has
    kept its mark is a paragraph, inside the item above it where it stands deeper in.
    """
    out: list[BookBlock | _Open] = []
    for block, inlines in zip(blocks, said, strict=True):
        home, above = out, out[-1] if out else None
        if block.level > 1 and isinstance(above, _Open):
            home = above.items[-1]
        last = home[-1] if home else None
        mark = mark_of(f"{dropped(block)}x")
        if mark is None:
            home.append(Paragraph(inlines))
        elif isinstance(last, _Open) and last.mark.goes_before(mark):
            last.mark = mark
            last.items.append([Paragraph(inlines)])
        else:
            home.append(_Open(mark, mark.number, [[Paragraph(inlines)]]))
    return [_closed(one) for one in out]


def _closed(one: BookBlock | _Open) -> BookBlock:
    if not isinstance(one, _Open):
        return one
    items = tuple(tuple(_closed(block) for block in item) for item in one.items)
    return Listing(items, one.start > 0, one.start or 1)


def dropped(block: Block) -> str:
    """The mark that was taken from an item, with the blanks behind it."""
    return next((edit.old for edit in block.edits() if edit.rule == RULE), "")
