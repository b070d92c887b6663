"""Pandoc's syntax trees of the manuscript's files → chapters.

Only what the book's tree knows gets in; everything else is refused by name, with the file
and the line, and what to write instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from booktools.errors import ManuscriptError
from booktools.manuscript.parse_blocks import BlockReader
from booktools.manuscript.source import checked_text
from booktools.model.book import (
    BookBlock,
    Chapter,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Listing,
    Note,
    Paragraph,
    Quote,
    SceneBreak,
    Table,
    Text,
    Verse,
    inline_text,
)
from booktools.model.place import Place
from booktools.model.slug import unique_slug


def parse_book(
    files: Sequence[tuple[str, str]], asts: Sequence[Mapping[str, Any]]
) -> tuple[Chapter, ...]:
    """The chapters of files, given as (name, text) with pandoc's tree of each text.

    Every `Text` carries the line on which it stands.  Headings and figures without an id
    get one made of their words, unique in the book.  Raises ManuscriptError with file and
    line for what a book cannot hold, for ids given twice, and for words that would be lost.
    """
    chapters: list[Chapter] = []
    taken: dict[str, Place] = {}
    for (file, markdown), ast in zip(files, asts, strict=True):
        reader = BlockReader(file, checked_text(file, markdown))
        chapters.append(reader.chapter(ast["blocks"]))
        for name, place in reader.ids:
            if name in taken:
                raise ManuscriptError(
                    f"the id “{name}” is given twice, first in {taken[name]}",
                    hint="Change one of them, and the links that lead to it.",
                    place=place,
                )
            taken[name] = place
    names = set(taken)
    return tuple(_Namer(names).chapter(chapter) for chapter in chapters)


class _Namer:
    """Gives ids to what has none."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._prefix = ""

    def chapter(self, chapter: Chapter) -> Chapter:
        title = inline_text(chapter.title) or chapter.label or chapter.role.value
        name = chapter.id or self._new(title)
        self._prefix = name
        return replace(
            chapter,
            id=name,
            title=self._inlines(chapter.title),
            blocks=tuple(self._block(block) for block in chapter.blocks),
        )

    def _new(self, text: str) -> str:
        name = unique_slug(text, self._taken, self._prefix)
        self._taken.add(name)
        return name

    def _block(self, block: BookBlock) -> BookBlock:
        match block:
            case Heading():
                name = block.id or self._new(inline_text(block.inlines))
                return replace(block, id=name, inlines=self._inlines(block.inlines))
            case Figure():
                stem = block.image.rpartition("/")[2].rpartition(".")[0] or block.image
                name = block.id or self._new(f"fig {stem}")
                return replace(block, id=name, caption=self._inlines(block.caption))
            case Paragraph():
                inlines = self._inlines(block.inlines)
                return block if inlines is block.inlines else replace(block, inlines=inlines)
            case Quote():
                return Quote(tuple(self._block(inner) for inner in block.blocks))
            case Listing():
                items = tuple(tuple(self._block(inner) for inner in item) for item in block.items)
                return replace(block, items=items)
            case Verse():
                return Verse(tuple(self._inlines(line) for line in block.lines))
            case Table():
                rows = tuple(tuple(map(self._inlines, row)) for row in block.rows)
                return replace(block, rows=rows, caption=self._inlines(block.caption))
            case SceneBreak():
                return block

    def _inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The same inlines, what is in their notes named; the very same where nothing is."""
        out = [self._inline(node) for node in inlines]
        return inlines if all(a is b for a, b in zip(out, inlines, strict=True)) else tuple(out)

    def _inline(self, node: Inline) -> Inline:
        match node:
            case Text() | LineBreak():
                return node
            case Note():
                return Note(tuple(self._block(block) for block in node.blocks))
            case _:
                children = self._inlines(node.children)
                return node if children is node.children else replace(node, children=children)
