"""What a chapter's printed pages show between their margins, stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from booktools.edition.links import lifted
from booktools.edition.tree import SCENE_BREAK, list_marks, repeated_head
from booktools.model.artifact import Expected
from booktools.model.book import (
    BookBlock,
    Chapter,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    Note,
    Paragraph,
    Quote,
    SceneBreak,
    Table,
    Text,
    Verse,
)


def chapter_shown(chapter: Chapter) -> tuple[Expected, ...]:
    """The stretches of a chapter in order.

    A note's call (rule `note-call`) stands where it is called; its mark (`note-mark`) and its
    text (`moved-note`) follow the block that calls it, and stand at the foot of the page.
    """
    return tuple(_Reader(chapter).chapter())


class _Reader:
    """Goes through one chapter, numbering its notes as the pages do."""

    def __init__(self, chapter: Chapter) -> None:
        self.source = chapter
        self.line = chapter.line
        self.rule = "manuscript"
        self.called = 0
        self.head = ""  # of the table in whose body we are
        self.waiting: list[tuple[int, Note]] = []

    def chapter(self) -> Iterator[Expected]:
        if self.source.label:
            yield self.stretch(self.source.label)
        yield from self.inlines(self.source.title)
        yield from self.notes()
        for block in self.source.blocks:
            yield from self.block(block)
            yield from self.notes()

    def block(self, block: BookBlock) -> Iterator[Expected]:
        match block:
            case Paragraph(inlines) | Heading(inlines=inlines) | Figure(caption=inlines):
                yield from self.inlines(inlines)
            case Quote(blocks):
                for inner in blocks:
                    yield from self.block(inner)
            case Verse(lines):
                for line in lines:
                    yield from self.inlines(line)
            case Listing(items):
                for item, mark in zip(items, list_marks(block), strict=True):
                    yield self.mark(mark, "list-mark")
                    for inner in item:
                        yield from self.block(inner)
            case Table():
                yield from self.table(block)
            case SceneBreak():
                yield self.mark(SCENE_BREAK, "scene-break")

    def table(self, block: Table) -> Iterator[Expected]:
        yield from self.inlines(block.caption)
        head = repeated_head(block)
        for number, row in enumerate(block.rows):
            self.head = head if number >= block.heads else ""
            for cell in row:
                yield from self.inlines(cell)
        self.head = ""

    def inlines(self, inlines: Iterable[Inline]) -> Iterator[Expected]:
        for node in inlines:
            match node:
                case Text(value, line):
                    self.line = line or self.line
                    yield self.stretch(value)
                case LineBreak():
                    pass
                case Note():
                    self.called += 1
                    self.waiting.append((self.called, node))
                    yield self.stretch(str(self.called), "note-call")
                case Link():
                    link, notes = lifted(node)
                    yield from self.inlines((*link.children, *notes))
                case _:
                    yield from self.inlines(node.children)

    def notes(self) -> Iterator[Expected]:
        """The notes called since the last time, each with its mark."""
        line, self.rule = self.line, "moved-note"
        while self.waiting:
            number, note = self.waiting.pop(0)
            yield self.stretch(f"{number}.", "note-mark")
            for block in note.blocks:
                yield from self.block(block)
        self.line, self.rule = line, "manuscript"

    def mark(self, text: str, rule: str) -> Expected:
        return self.stretch(text, rule if self.rule == "manuscript" else "moved-mark")

    def stretch(self, text: str, rule: str = "") -> Expected:
        return Expected(text, rule or self.rule, self.source.file, self.line, head=self.head)
