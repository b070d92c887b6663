"""A chapter as markup, as the e-book has it and the print edition begins with.

Every block stands on a line of its own, so that a line number in a finished document
leads back to the manuscript.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from booktools.edition.anchors import anchor
from booktools.edition.balance import unparted
from booktools.edition.lexicon import Lexicon, tongue
from booktools.edition.links import lifted, outside
from booktools.edition.markup import Content, Xml, closing, element, fragment, opening
from booktools.edition.tree import list_marks, stanzas
from booktools.errors import ManuscriptError
from booktools.model.artifact import Edition
from booktools.model.book import (
    Align,
    BookBlock,
    Cell,
    Chapter,
    ChapterRole,
    Emph,
    Figure,
    Heading,
    Inline,
    Lang,
    LineBreak,
    Link,
    Listing,
    Note,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
    block_texts,
)
from booktools.model.place import Place


@dataclass(frozen=True)
class Markup:
    """How a book is marked up.

    `edition` EPUB has noterefs with the notes at the chapter's end and epub:type and
    roles; PDF has `<span class="footnote">` where the note is called.  `images` maps a
    figure's image to its address in the edition; a figure without one is set as its
    caption alone.  `anchors` maps each id (see `anchors`) to the document that holds it,
    "" where the whole book is one document.
    """

    edition: Edition = Edition.EPUB
    language: str = "en"
    images: Mapping[str, str] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=Lexicon)
    anchors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of markup, and the line of the manuscript it comes from (0 unknown)."""

    xml: str
    line: int


Rows: TypeAlias = Iterator[Row]


class Writer:
    """Writes one chapter: counts its notes, gathers them, and knows the line it is at."""

    def __init__(self, chapter: Chapter, options: Markup) -> None:
        self.source = chapter
        self.options = options
        self.epub = options.edition is Edition.EPUB
        self.start = self.line = chapter.line  # of the block, and of the text we are at
        self.notes: list[Note] = []
        self.languages = [options.language]
        self.display = False  # whether we are in a title

    # --- the chapter ------------------------------------------------------------------

    def chapter(self) -> Rows:
        chapter = self.source
        attributes = {"id": anchor(chapter.id), "class": chapter.role.value}
        # The structural semantics have no word for a back cover.
        if self.epub and chapter.role is not ChapterRole.BACK_COVER:
            kind = chapter.role.value
            attributes |= {"epub:type": kind, "role": f"doc-{kind}"}
        try:
            yield self.row(opening("section", attributes))
            yield from self.header()
            yield from self.body()
            yield from self.footnotes()
            yield self.row(closing("section"))
        except ManuscriptError as error:
            if error.place:
                raise
            place = Place(chapter.file, self.line)
            raise ManuscriptError(error.message, hint=error.hint, place=place) from None

    def header(self) -> Rows:
        chapter = self.source
        lines: list[Xml] = []
        if chapter.label.strip():
            lines.append(element("p", {"class": "label"}, *self.words(chapter.label)))
        if chapter.title:
            lines.append(element("h1", None, self.titled(chapter.title)))
        if lines:
            yield self.row(element("header", None, *lines))

    def body(self) -> Rows:
        first = True
        for block in self.source.blocks:
            plain = isinstance(block, Paragraph) and block.role is ParagraphRole.BODY
            yield from self.block(block, "first" if plain and first else "")
            first = isinstance(block, Heading) or (first and not plain)

    def footnotes(self) -> Rows:
        number = 0
        while number < len(self.notes):  # a note may call another
            note = self.notes[number]
            number += 1
            yield from self.aside(note, number)

    def aside(self, note: Note, number: int) -> Rows:
        back = element(
            "a",
            {
                "href": f"#{self.note_id('call', number)}",
                "role": "doc-backlink",
                "class": "note-number",
            },
            str(number),
        )
        attributes = {
            "id": self.note_id("note", number),
            "class": "footnote",
            "epub:type": "footnote",
            "role": "doc-footnote",
        }
        yield self.row(opening("aside", attributes))
        head, rest = note.blocks[:1], note.blocks[1:]
        if head and isinstance(head[0], Paragraph):
            self.find_line(head[0])
            yield self.row(element("p", None, back, " ", self.inlines(head[0].inlines)))
        else:
            yield self.row(element("p", None, back))
            rest = note.blocks
        for block in rest:
            yield from self.block(block)
        yield self.row(closing("aside"))

    # --- blocks -----------------------------------------------------------------------

    def block(self, block: BookBlock, style: str = "") -> Rows:
        self.find_line(block)
        match block:
            case Paragraph(role=role):
                yield self.row(element("p", styled(style or role.value), self.running(block)))
            case Heading(level, inlines, id):
                yield self.row(element(f"h{level}", named(id), self.titled(inlines)))
            case Figure():
                yield self.row(self.figure(block))
            case Quote(blocks):
                yield self.row(opening("blockquote"))
                for inner in blocks:
                    yield from self.block(inner)
                yield self.row(closing("blockquote"))
            case Verse(lines):
                yield from self.verse(lines)
            case Listing():
                yield from self.listing(block)
            case Table():
                yield from self.table(block)
            case SceneBreak():
                yield self.row(element("hr", styled("scene")))

    def verse(self, lines: tuple[tuple[Inline, ...], ...]) -> Rows:
        yield self.row(opening("div", styled("verse")))
        for stanza in stanzas(lines):
            rows = (element("div", styled("line"), self.inlines(line)) for line in stanza)
            yield self.row(element("div", styled("stanza"), *rows))
        yield self.row(closing("div"))

    def listing(self, block: Listing) -> Rows:
        name = "ol" if block.ordered else "ul"
        start = {"start": str(block.start)} if block.ordered and block.start != 1 else None
        yield self.row(opening(name, start))
        for item, mark in zip(block.items, list_marks(block), strict=True):
            yield self.row(opening("li"))
            yield from self.item(item, mark)
            yield self.row(closing("li"))
        yield self.row(closing(name))

    def item(self, blocks: tuple[BookBlock, ...], mark: str) -> Rows:
        """The blocks of an item; `mark` is what stands before them, which a reader's list has."""
        for block in blocks:
            yield from self.block(block)

    def table(self, block: Table) -> Rows:
        block = block.squared()
        parts = (("thead", block.rows[: block.heads]), ("tbody", block.rows[block.heads :]))
        yield self.row(opening("table", self.table_style(block)))
        if block.caption:
            yield self.row(element("caption", None, self.inlines(block.caption)))
        yield from self.columns(block)
        for name, rows in parts:
            if rows:
                yield from self.table_part(name, rows, block)
        yield self.row(closing("table"))

    def table_part(self, name: str, rows: Iterable[tuple[Cell, ...]], table: Table) -> Rows:
        yield self.row(opening(name, self.part_style(name, table)))
        for row in rows:
            self.find_line(Table((row,)))
            cells = [
                self.cell(cell, align, head=name == "thead")
                for cell, align in zip(row, table.aligns, strict=True)
            ]
            yield self.row(element("tr", None, *cells))
        yield self.row(closing(name))

    def cell(self, cell: Cell, align: Align, *, head: bool) -> Xml:
        """A head without words heads nothing."""
        named = head and bool(cell)
        attributes = ({"scope": "col"} if named else {}) | styled(align.value)
        return element("th" if named else "td", attributes, self.inlines(cell))

    def table_style(self, block: Table) -> dict[str, str]:
        return {}

    def part_style(self, name: str, table: Table) -> dict[str, str]:
        return {}

    def columns(self, block: Table) -> Rows:
        """How wide the columns are, where that is not left to whoever shows them."""
        yield from ()

    def figure(self, block: Figure) -> Xml:
        parts: list[Content] = []
        href = self.options.images.get(block.image)
        if href is not None:
            parts.append(element("img", {"src": href, "alt": self.alt(block)}))
        if block.caption:
            parts.append(element("figcaption", None, self.inlines(block.caption)))
        attributes = named(block.id) | ({"class": "no-image"} if href is None else {})
        return element("figure", attributes, *parts)

    def alt(self, figure: Figure) -> str:
        return figure.alt

    # --- inlines ----------------------------------------------------------------------

    def running(self, paragraph: Paragraph) -> Xml:
        """The text of a paragraph."""
        return self.inlines(paragraph.inlines)

    def titled(self, inlines: Iterable[Inline]) -> Xml:
        """Inlines as a display line."""
        self.display = True
        title = self.inlines(inlines)
        self.display = False
        return title

    def inlines(self, inlines: Iterable[Inline]) -> Xml:
        out: list[Content] = []
        run = ""  # sentences that stand on lines of their own, but are one text
        for node in inlines:
            if isinstance(node, Text):
                run += node.value
                self.line = node.line or self.line
                continue
            out += self.words(run)
            run = ""
            out.append(self.inline(node))
        out += self.words(run)
        return fragment(*out)

    def inline(self, node: Inline) -> Xml:
        match node:
            case Text(value):
                return fragment(*self.words(value))
            case Emph(children):
                return element("em", None, self.inlines(children))
            case Strong(children):
                return element("strong", None, self.inlines(children))
            case SmallCaps(children):
                return element("span", styled("small-caps"), self.inlines(children))
            case Superscript(children):
                return element("sup", None, self.inlines(children))
            case Subscript(children):
                return element("sub", None, self.inlines(children))
            case Lang(language, children):
                self.languages.append(language)
                inner = self.inlines(children)
                self.languages.pop()
                return element("span", tongue(language), inner)
            case Link():
                return self.link(node)
            case LineBreak():
                return element("br")
            case Note():
                return self.note(node)

    def words(self, text: str) -> Iterator[Content]:
        for piece, language in self.options.lexicon.pieces(text):
            content = unparted(piece) if self.display else piece
            if not language or language == self.languages[-1]:
                yield content
            else:
                yield element("span", tongue(language), content)

    def link(self, link: Link) -> Xml:
        link, notes = lifted(link)
        target = element("a", {"href": self.address(link.target)}, self.inlines(link.children))
        return fragment(target, *map(self.note, notes))

    def address(self, target: str) -> str:
        if not target.startswith("#"):
            return outside(target)
        name = anchor(target[1:])
        document = self.options.anchors.get(name)
        if document is None:
            raise ManuscriptError(
                f"a link leads to {target!r}, which nothing in the book is called",
                hint="Give the chapter, heading or figure it means this id, or correct the link.",
            )
        here = self.options.anchors.get(anchor(self.source.id))
        return f"#{name}" if document == here else f"{document}#{name}"

    # --- notes ------------------------------------------------------------------------

    def note(self, note: Note) -> Xml:
        self.notes.append(note)
        number = len(self.notes)
        attributes = {
            "id": self.note_id("call", number),
            "href": f"#{self.note_id('note', number)}",
            "epub:type": "noteref",
            "role": "doc-noteref",
        }
        return element("sup", None, element("a", attributes, str(number)))

    def note_id(self, kind: str, number: int) -> str:
        """`chapter-1.note.3`; as many full stops as it takes to be nobody else's id."""
        name = f"{anchor(self.source.id)}.{kind}.{number}"
        while name in self.options.anchors:
            name = f"{name}."
        return name

    # --- where we are -----------------------------------------------------------------

    def row(self, xml: Xml) -> Row:
        return Row(xml.source, self.start)

    def find_line(self, block: BookBlock) -> None:
        lines = (text.line for text in block_texts(block) if text.line)
        self.start = self.line = next(lines, self.line)


def styled(style: str) -> dict[str, str]:
    return {"class": style} if style else {}


def named(id: str) -> dict[str, str]:
    return {"id": anchor(id)} if id else {}
