"""The book's contents: one hierarchy for the nav document, the NCX and the printed list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from booktools.edition.tree import shows
from booktools.edition.words import chapter_kind
from booktools.model.book import (
    Book,
    Chapter,
    ChapterRole,
    Heading,
    Inline,
    LineBreak,
    Link,
    Note,
    Text,
    inline_text,
)

# What follows a part and is not under it.
_CLOSES_PART = frozenset({ChapterRole.PART, ChapterRole.CONCLUSION, ChapterRole.EPILOGUE})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: where it leads (chapter `id`, heading `id`) and what it says.

    `inlines` are fit for a link: no notes, no links, no line breaks.  For a chapter
    without a title, and for a back cover, `inlines` is its kind ("Dedication").
    """

    chapter: Chapter
    id: str
    label: str
    inlines: tuple[Inline, ...]
    line: int
    children: tuple[Entry, ...] = ()

    @property
    def title(self) -> str:
        return " ".join(inline_text(self.inlines).split())

    @property
    def text(self) -> str:
        """Label and title on one line, "Chapter 1: The Strike"."""
        return ": ".join(part for part in (self.label, self.title) if part)


def contents(book: Book) -> tuple[Entry, ...]:
    """Parts with their chapters, chapters with their headings, in the book's order.

    A heading without words or without an id is not among them.
    """
    top: list[tuple[Entry, list[Entry]]] = []
    in_part = False
    for chapter in book.chapters:
        entry = _chapter_entry(chapter, book.meta.language)
        if chapter.role in _CLOSES_PART or chapter.role.matter != "body":
            in_part = False
        if in_part:
            top[-1][1].append(entry)
        else:
            top.append((entry, []))
        in_part = in_part or chapter.role is ChapterRole.PART
    return tuple(_with(entry, inner) for entry, inner in top)


def walk(entries: tuple[Entry, ...], depth: int = 1) -> Iterator[tuple[int, Entry]]:
    """Every entry with its depth, in reading order."""
    for entry in entries:
        yield depth, entry
        yield from walk(entry.children, depth + 1)


def _with(entry: Entry, more: list[Entry]) -> Entry:
    return replace(entry, children=(*entry.children, *more))


def _chapter_entry(chapter: Chapter, language: str) -> Entry:
    # Errata are listed under the titles of their chapters, which stand in the contents already.
    blocks = () if chapter.role is ChapterRole.ERRATA else chapter.blocks
    headings = [
        block
        for block in blocks
        if isinstance(block, Heading) and block.id and shows(inline_text(block.inlines))
    ]
    children, _ = _nested(chapter, headings, 0, 1)
    inlines = _linkable(chapter.title)
    untitled = not shows(chapter.label + inline_text(inlines))
    # A back cover's title is the book's own.
    if untitled or chapter.role is ChapterRole.BACK_COVER:
        inlines = (Text(chapter_kind(chapter.role, language)),)
    return Entry(chapter, chapter.id, chapter.label, inlines, chapter.line, children)


def _nested(
    chapter: Chapter, headings: list[Heading], at: int, above: int
) -> tuple[tuple[Entry, ...], int]:
    """Entries for the headings from `at` on that lie deeper than level `above`."""
    out: list[Entry] = []
    while at < len(headings) and headings[at].level > above:
        heading = headings[at]
        children, at = _nested(chapter, headings, at + 1, heading.level)
        inlines = _linkable(heading.inlines)
        line = next((node.line for node in _texts(inlines) if shows(node.value)), 0)
        out.append(Entry(chapter, heading.id, "", inlines, line, children))
    return tuple(out), at


def _texts(inlines: tuple[Inline, ...]) -> Iterator[Text]:
    for node in inlines:
        if isinstance(node, Text):
            yield node
        elif not isinstance(node, LineBreak | Note):
            yield from _texts(node.children)


def _linkable(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for node in inlines:
        match node:
            case Text():
                out.append(node)
            case LineBreak():
                out.append(Text(" "))
            case Note():
                pass
            case Link(children=children):
                out += _linkable(children)
            case _:
                out.append(replace(node, children=_linkable(node.children)))
    return tuple(out)
