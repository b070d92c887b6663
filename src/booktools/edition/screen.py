"""What a chapter of the e-book shows, stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from booktools.edition.links import lifted
from booktools.model.artifact import Expected
from booktools.model.book import (
    BookBlock,
    Chapter,
    Inline,
    LineBreak,
    Link,
    Note,
    Text,
    block_runs,
)


def on_screen(chapter: Chapter) -> tuple[Expected, ...]:
    """The stretches of a chapter in order.

    A note's call is its number (rule `note-mark`); the notes (`moved-note`), each after its
    number, stand at the chapter's end.  List marks and scene breaks are no text.
    """
    return tuple(_Reader(chapter).chapter())


class _Reader:
    """Goes through one chapter and keeps its notes for the end."""

    def __init__(self, chapter: Chapter) -> None:
        self.source = chapter
        self.line = chapter.line
        self.rule = "manuscript"
        self.notes: list[Note] = []

    def chapter(self) -> Iterator[Expected]:
        if self.source.label:
            yield self.stretch(self.source.label)
        yield from self.inlines(self.source.title)
        for block in self.source.blocks:
            yield from self.block(block)
        self.rule = "moved-note"
        number = 0
        while number < len(self.notes):  # a note may call another
            number += 1
            yield self.stretch(str(number), "note-mark")
            for block in self.notes[number - 1].blocks:
                yield from self.block(block)

    def block(self, block: BookBlock) -> Iterator[Expected]:
        for inlines in block_runs(block):
            yield from self.inlines(inlines)

    def inlines(self, inlines: Iterable[Inline]) -> Iterator[Expected]:
        for node in inlines:
            match node:
                case Text(value, line):
                    self.line = line or self.line
                    yield self.stretch(value)
                case LineBreak():
                    yield self.stretch(" ")
                case Note():
                    self.notes.append(node)
                    yield self.stretch(str(len(self.notes)), "note-mark")
                case Link():
                    link, notes = lifted(node)
                    yield from self.inlines(link.children)
                    yield from self.inlines(notes)
                case _:
                    yield from self.inlines(node.children)

    def stretch(self, text: str, rule: str = "") -> Expected:
        return Expected(text, rule or self.rule, self.source.file, self.line)
