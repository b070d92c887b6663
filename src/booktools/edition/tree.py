"""Going through the book's tree."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from booktools.model.book import (
    BookBlock,
    Chapter,
    Inline,
    LineBreak,
    Listing,
    Note,
    Quote,
    Table,
    Text,
    block_runs,
    inline_text,
)

SCENE_BREAK = "* * *"
BULLET = "•"
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def every_block(chapter: Chapter) -> Iterator[BookBlock]:
    """Every block of a chapter, those inside other blocks and inside notes too."""
    yield from _in_inlines(chapter.title)
    for block in chapter.blocks:
        yield from _with_inner(block)


def stanzas(lines: Iterable[tuple[Inline, ...]]) -> list[list[tuple[Inline, ...]]]:
    """Lines of verse parted at the empty ones."""
    out: list[list[tuple[Inline, ...]]] = [[]]
    for line in lines:
        if line:
            out[-1].append(line)
        elif out[-1]:
            out.append([])
    return [stanza for stanza in out if stanza]


def shows(text: str) -> bool:
    """Whether a text has anything to see: not only blanks, soft hyphens and joiners."""
    return any(unicodedata.category(char) not in _UNSEEN for char in text)


def list_marks(block: Listing) -> list[str]:
    """What stands before each of a list's items: bullets, or numbers from its `start`."""
    numbers = range(block.start, block.start + len(block.items))
    return [f"{number}." if block.ordered else BULLET for number in numbers]


def repeated_head(table: Table) -> str:
    """What a table's head says on every page, "" where it stands once: with a note in it."""
    cells = [cell for row in table.rows[: table.heads] for cell in row]
    return "" if any(map(_noted, cells)) else " ".join(map(inline_text, cells))


def _noted(inlines: Iterable[Inline]) -> bool:
    return any(
        isinstance(node, Note) or (not isinstance(node, Text | LineBreak) and _noted(node.children))
        for node in inlines
    )


def _with_inner(block: BookBlock) -> Iterator[BookBlock]:
    yield block
    match block:
        case Quote(blocks):
            for inner in blocks:
                yield from _with_inner(inner)
        case Listing(items):
            for item in items:
                for inner in item:
                    yield from _with_inner(inner)
        case _:
            for inlines in block_runs(block):
                yield from _in_inlines(inlines)


def _in_inlines(inlines: Iterable[Inline]) -> Iterator[BookBlock]:
    for node in inlines:
        match node:
            case Note(blocks):
                for block in blocks:
                    yield from _with_inner(block)
            case Text() | LineBreak():
                pass
            case _:
                yield from _in_inlines(node.children)
