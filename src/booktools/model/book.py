"""The book: a small closed tree, without raw markup.

What an edition cannot show has no place in it, so nothing gets into an edition
unescaped.  The line of the manuscript on which a text stands travels with the text and
takes no part in comparisons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

# --- inline ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters on one line of the manuscript (`line` counts from 1, 0 unknown).

    A new sentence stands on a new line; the space between two lines ends the first.
    """

    value: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Emph:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SmallCaps:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Superscript:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Lang:
    """A stretch in another language (BCP 47 tag)."""

    lang: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """To `#id` inside the book, or to an http(s) or mailto address."""

    target: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, where it is called."""

    blocks: tuple[BookBlock, ...]


Inline: TypeAlias = (
    Text | Emph | Strong | SmallCaps | Superscript | Subscript | Lang | Link | LineBreak | Note
)

# --- blocks ---------------------------------------------------------------------------


class ParagraphRole(Enum):
    """Kinds of paragraph that are set in their own way."""

    BODY = ""
    DATELINE = "dateline"
    SIGNATURE = "signature"
    DECK = "deck"


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: tuple[Inline, ...]
    role: ParagraphRole = ParagraphRole.BODY


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading inside a chapter; `level` from 2 to 6."""

    level: int
    inlines: tuple[Inline, ...]
    id: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A caption and the image it names (relative to the project, in `images/`)."""

    image: str
    alt: str
    caption: tuple[Inline, ...]
    id: str


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[BookBlock, ...]


@dataclass(frozen=True, slots=True)
class Verse:
    """Lines of a poem; an empty line parts two stanzas."""

    lines: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A bullet list, or a numbered one that begins with `start`."""

    items: tuple[tuple[BookBlock, ...], ...]
    ordered: bool = False
    start: int = 1


class Align(Enum):
    """How the cells of a column are set."""

    DEFAULT = ""
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first `heads` of them head rows; `aligns` has one for each column.

    In the normal form every row has a cell for every column, and some cell of every row and
    of every column has something in it.
    """

    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0
    aligns: tuple[Align, ...] = ()
    caption: tuple[Inline, ...] = ()

    def squared(self) -> Table:
        """The same table with as many cells in each row, and aligns, as the longest row has."""
        columns = max(map(len, self.rows), default=0)
        rows = tuple(row + ((),) * (columns - len(row)) for row in self.rows)
        aligns = (*self.aligns, *[Align.DEFAULT] * columns)[:columns]
        return replace(self, rows=rows, aligns=aligns)


Cell: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SceneBreak:
    pass


BookBlock: TypeAlias = Paragraph | Heading | Figure | Quote | Verse | Listing | Table | SceneBreak

# --- the whole ------------------------------------------------------------------------


class ChapterRole(Enum):
    """What a chapter is; the values are EPUB structural semantics where these have a word."""

    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    FOREWORD = "foreword"
    PREFACE = "preface"
    INTRODUCTION = "introduction"
    PROLOGUE = "prologue"
    PART = "part"
    CHAPTER = "chapter"
    CONCLUSION = "conclusion"
    EPILOGUE = "epilogue"
    AFTERWORD = "afterword"
    APPENDIX = "appendix"
    ERRATA = "errata"
    GLOSSARY = "glossary"
    BIBLIOGRAPHY = "bibliography"
    COLOPHON = "colophon"
    BACK_COVER = "backcover"

    @property
    def matter(self) -> str:
        """`front`, `body` or `back`."""
        if self in _FRONT:
            return "front"
        return "body" if self in _BODY else "back"


_FRONT = frozenset(
    {ChapterRole.DEDICATION, ChapterRole.EPIGRAPH, ChapterRole.FOREWORD, ChapterRole.PREFACE}
)
_BODY = frozenset(
    {
        ChapterRole.INTRODUCTION,
        ChapterRole.PROLOGUE,
        ChapterRole.PART,
        ChapterRole.CHAPTER,
        ChapterRole.CONCLUSION,
        ChapterRole.EPILOGUE,
    }
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the manuscript.

    `label` is what stands over the title, as printed ("Chapter 1"), or empty.
    """

    file: str
    id: str
    title: tuple[Inline, ...]
    blocks: tuple[BookBlock, ...]
    role: ChapterRole = ChapterRole.CHAPTER
    label: str = ""
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Person:
    """`role` is a MARC relator code (aut, trl, edt, ill …); `sort` the filing form."""

    name: str
    role: str = "aut"
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """A printing of the book: `number` from 1, `date` ISO 8601 or "", what is to be said of it."""

    number: int
    date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the title page, the imprint and the catalogues say."""

    title: str
    language: str
    subtitle: str = ""
    creators: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    publisher: str = ""
    rights: str = ""
    date: str = ""  # of publication, ISO 8601, as little as a year
    identifiers: tuple[str, ...] = ()  # the first is the book's own, e.g. urn:uuid:…
    description: str = ""
    subjects: tuple[str, ...] = ()
    series: str = ""
    series_number: str = ""
    printing: str = ""
    imprint: tuple[str, ...] = ()  # paragraphs for the imprint page


@dataclass(frozen=True, slots=True)
class Book:
    meta: Metadata
    chapters: tuple[Chapter, ...]


# --- reading the tree -----------------------------------------------------------------


def inline_text(inlines: tuple[Inline, ...]) -> str:
    """The words of inlines, notes left out."""
    out: list[str] = []
    for node in inlines:
        match node:
            case Text(value):
                out.append(value)
            case LineBreak():
                out.append(" ")
            case Note():
                pass
            case _:
                out.append(inline_text(node.children))
    return "".join(out)


def texts(inlines: tuple[Inline, ...]) -> Iterator[Text]:
    """Every `Text` in reading order, those inside notes after the inlines that call them."""
    notes: list[Note] = []
    yield from _texts_before_notes(inlines, notes)
    for note in notes:
        for block in note.blocks:
            yield from block_texts(block)


def _texts_before_notes(inlines: tuple[Inline, ...], notes: list[Note]) -> Iterator[Text]:
    """The texts outside notes; the notes met on the way are added to `notes`."""
    for node in inlines:
        match node:
            case Text():
                yield node
            case LineBreak():
                yield Text(" ")
            case Note():
                notes.append(node)
            case _:
                yield from _texts_before_notes(node.children, notes)


def block_runs(block: BookBlock, lines: bool = True) -> Iterator[tuple[Inline, ...]]:
    """Every run of inlines of a block in reading order: a line of verse, a cell, a caption.

    Without `lines` a poem is one run, so that the notes of its lines come behind it.
    """
    match block:
        case Paragraph(inlines) | Heading(inlines=inlines) | Figure(caption=inlines):
            yield inlines
        case Verse(rows) if lines:
            yield from rows
        case Verse(rows):
            yield tuple(node for row in rows for node in row)
        case Quote(blocks):
            for inner in blocks:
                yield from block_runs(inner, lines)
        case Listing(items):
            for item in items:
                for inner in item:
                    yield from block_runs(inner, lines)
        case Table(rows, caption=caption):
            yield caption
            for row in rows:
                yield from row
        case SceneBreak():
            pass


def block_texts(block: BookBlock) -> Iterator[Text]:
    """Every `Text` of a block in reading order."""
    for inlines in block_runs(block, lines=False):
        yield from texts(inlines)


def chapter_texts(chapter: Chapter) -> Iterator[Text]:
    """Every `Text` of a chapter in reading order, label and title first."""
    if chapter.label:
        yield Text(chapter.label, chapter.line)
    yield from texts(chapter.title)
    for block in chapter.blocks:
        yield from block_texts(block)
