"""The book as the checks read it: passages of running text, each with its lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from booktools.model.book import (
    Book,
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
    ParagraphRole,
    Quote,
    SceneBreak,
    Table,
    Text,
    Verse,
)
from booktools.model.place import Place, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, title, caption or poem as one text, notes left out.

    `starts` and `lines` say from which character on which line of the manuscript it
    stands.  `follows` is true where it goes on from the passage before: paragraphs of one
    speech or one letter; `note` where it is part of one.
    """

    text: str
    file: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    follows: bool = False
    note: bool = False

    def place(self, offset: int) -> Place:
        at = bisect_right(self.starts, offset) - 1
        return Place(self.file, self.lines[at] if at >= 0 else 0)

    def on_line(self, line: int) -> Span | None:
        """The characters that stand on a line of the manuscript, if there are any."""
        if line not in self.lines:
            return None
        first = self.lines.index(line)
        last = len(self.lines) - self.lines[::-1].index(line)
        return Span(self.starts[first], [*self.starts, len(self.text)][last])


@dataclass(frozen=True)
class Reading:
    """A book with all that the checks want to know of it, read once.

    `images` are the picture files that exist, by their name in the project.
    """

    book: Book
    images: frozenset[str] = frozenset()
    passages: tuple[Passage, ...] = ()
    figures: tuple[tuple[Figure, Place], ...] = ()
    headings: tuple[tuple[Heading, Place], ...] = ()
    links: tuple[tuple[str, Place], ...] = ()

    @property
    def language(self) -> str:
        """The primary subtag of the book's language, "en"."""
        return self.book.meta.language.lower().split("-")[0]


def read(book: Book, images: Iterable[str] = ()) -> Reading:
    """Everything in the book that is checked, in reading order."""
    reader = _Reader()
    for chapter in book.chapters:
        reader.chapter(chapter)
    return Reading(
        book,
        frozenset(images),
        tuple(reader.passages),
        tuple(reader.figures),
        tuple(reader.headings),
        tuple(reader.links),
    )


def passages_of(chapter: Chapter) -> tuple[Passage, ...]:
    """A chapter's passages in reading order, its label first."""
    reader = _Reader(file=chapter.file, line=chapter.line)
    reader.passage([Text(chapter.label, chapter.line)])
    reader.chapter(chapter)
    return tuple(reader.passages)


@dataclass
class _Reader:
    passages: list[Passage] = field(default_factory=list)
    figures: list[tuple[Figure, Place]] = field(default_factory=list)
    headings: list[tuple[Heading, Place]] = field(default_factory=list)
    links: list[tuple[str, Place]] = field(default_factory=list)
    file: str = ""
    line: int = 0
    depth: int = 0  # notes that we are in

    def chapter(self, chapter: Chapter) -> None:
        self.file, self.line = chapter.file, chapter.line
        self.passage(chapter.title)
        self.blocks(chapter.blocks)

    def blocks(self, blocks: Iterable[BookBlock]) -> None:
        before = False
        for block in blocks:
            body = isinstance(block, Paragraph) and block.role is ParagraphRole.BODY
            self.block(block, follows=body and before)
            before = body

    def block(self, block: BookBlock, *, follows: bool) -> None:
        match block:
            case Paragraph(inlines):
                self.passage(inlines, follows=follows)
            case Heading(inlines=inlines):
                self.headings.append((block, self.at(inlines)))
                self.passage(inlines)
            case Figure(caption=caption):
                self.figures.append((block, self.at(caption)))
                self.passage(caption)
            case Quote(blocks):
                self.blocks(blocks)
            case Verse(lines):
                joined: list[Inline] = []
                for line in lines:
                    joined += (*line, LineBreak())
                self.passage(tuple(joined))
            case Listing(items):
                for item in items:
                    self.blocks(item)
            case Table(rows, caption=caption):
                for cell in (caption, *(cell for row in rows for cell in row)):
                    self.passage(cell)
            case SceneBreak():
                pass

    def at(self, inlines: Iterable[Inline]) -> Place:
        return Place(self.file, next((t.line for t, _ in _leaves(inlines) if t.line), self.line))

    def passage(self, inlines: Iterable[Inline], *, follows: bool = False) -> None:
        texts: list[str] = []
        starts: list[int] = []
        lines: list[int] = []
        notes: list[Note] = []
        at = 0
        for text, node in _leaves(inlines):
            self.line = text.line or self.line
            if isinstance(node, Note):
                notes.append(node)
            elif isinstance(node, Link):
                self.links.append((node.target, Place(self.file, self.line)))
            else:
                starts.append(at)
                lines.append(self.line)
                texts.append(text.value)
                at += len(text.value)
        joined = "".join(texts)
        if joined.strip():
            self.passages.append(
                Passage(joined, self.file, tuple(starts), tuple(lines), follows, self.depth > 0)
            )
        self.depth += 1
        for note in notes:
            self.blocks(note.blocks)
        self.depth -= 1


def _leaves(inlines: Iterable[Inline]) -> Iterator[tuple[Text, Inline]]:
    """Texts with themselves; notes and links (before their text) with an empty one."""
    for node in inlines:
        match node:
            case Text():
                yield node, node
            case LineBreak():
                yield Text(" "), node
            case Note():
                yield Text(""), node
            case Link():
                yield Text(""), node
                yield from _leaves(node.children)
            case _:
                yield from _leaves(node.children)
