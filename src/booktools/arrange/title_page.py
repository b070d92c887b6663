"""The lines of printed pages that the title page of the editions says anew."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from booktools.model.galley import Block, Edit, Galley, Role
from booktools.model.page import Pages
from booktools.model.place import Span

RULE = "title-page"

# Title and half-title stand on the first leaves; such pages have no longer stretches than this.
_LEAVES = 8
_LONGEST = 160
_LETTERS = re.compile(r"[\W_]+")


def without_title_page(pages: Pages, galley: Galley, said: Collection[str]) -> Galley:
    """The galley without the lines of its first leaves that repeat what is `said` in book.toml,
    title, subtitle and names, on pages that hold nothing but short lines.

    Each is an edit `title-page`; what was decided on stays.
    """
    wanted = {_folded(words) for words in said} - {""}
    if pages.geometry is None or not wanted:
        return galley
    blocks = list(galley.blocks)
    for own in _title_pages(pages, galley):
        for index in own:
            text = blocks[index].text
            if _folded(text) in wanted and not blocks[index].attributes:
                why = "book.toml says it for the title page"
                edit = Edit(Span(0, len(text)), text, "", RULE, evidence=why)
                blocks[index] = blocks[index].edited([edit])
    return Galley(galley.source, tuple(blocks))


def _title_pages(pages: Pages, galley: Galley) -> Iterator[list[int]]:
    """The blocks of each of the first leaves, until one holds more than a title page does."""
    starts = pages.source.pages
    leaves: dict[int, list[int]] = {}
    for index, block in enumerate(galley.blocks):
        if block.role is Role.FURNITURE or not block.text.strip():
            continue
        page = bisect_right(starts, _first(block))
        if page > _LEAVES:
            break
        leaves.setdefault(page, []).append(index)
    for own in leaves.values():
        if any(_holds_more(galley.blocks[index]) for index in own):
            return
        yield own


def _holds_more(block: Block) -> bool:
    return block.role is Role.LABEL or len(block.text) > _LONGEST


def _first(block: Block) -> int:
    """Where the first letter of a block stands in the source."""
    return block.source_offset(len(block.raw) - len(block.raw.lstrip()))


def _folded(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
