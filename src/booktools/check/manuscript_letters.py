"""The manuscript's own letters, straight from the book, with file and line.

Read here anew, not from what an edition says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from booktools.check.letters import Piece
from booktools.model.book import (
    Book,
    BookBlock,
    Chapter,
    Inline,
    LineBreak,
    Note,
    Text,
    block_runs,
    chapter_texts,
)


def manuscript_pieces(book: Book) -> list[Piece]:
    """All of the manuscript's text in reading order, a note after the block that calls it."""
    return [
        Piece(text.value, chapter.file, text.line, rule="manuscript")
        for chapter in book.chapters
        for text in chapter_texts(chapter)
    ]


def parted_pieces(book: Book) -> tuple[list[Piece], list[Piece]]:
    """The manuscript's text without its notes, and the notes alone in the order of their calls."""
    main: list[Piece] = []
    notes: list[Piece] = []
    for chapter in book.chapters:
        reader = _Reader(chapter)
        main += reader.main()
        notes += reader.notes()
    return main, notes


class _Reader:
    def __init__(self, chapter: Chapter) -> None:
        self.source = chapter
        self.called: list[Note] = []

    def main(self) -> Iterator[Piece]:
        if self.source.label:
            yield Piece(self.source.label, self.source.file, self.source.line)
        yield from self.inlines(self.source.title)
        for block in self.source.blocks:
            yield from self.block(block)

    def notes(self) -> Iterator[Piece]:
        at = 0
        while at < len(self.called):  # a note may call another
            blocks = self.called[at].blocks
            at += 1
            for block in blocks:
                yield from self.block(block)

    def block(self, block: BookBlock) -> Iterator[Piece]:
        for inlines in block_runs(block):
            yield from self.inlines(inlines)

    def inlines(self, inlines: Iterable[Inline]) -> Iterator[Piece]:
        for node in inlines:
            match node:
                case Text(value, line):
                    yield Piece(value, self.source.file, line)
                case Note():
                    self.called.append(node)
                case LineBreak():
                    pass
                case _:
                    yield from self.inlines(node.children)
