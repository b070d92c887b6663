"""The book as markup: the one place where it becomes XHTML, for the EPUB and the print edition.

Every block stands on a line of its own, so that a line number in a finished document
leads back to the manuscript.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from booktools.edition.anchors import anchor
from booktools.edition.balance import unparted
from booktools.edition.lexicon import Lexicon, tongue
from booktools.edition.links import lifted, outside
from booktools.edition.markup import Content, Xml, closing, element, fragment, opening
from booktools.edition.tree import SCENE_BREAK, list_marks, stanzas
from booktools.errors import ManuscriptError
from booktools.model.artifact import Edition
from booktools.model.book import (
    BookBlock,
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


def chapter_markup(chapter: Chapter, options: Markup) -> str:
    """The chapter as a `<section>`, one block a line.

    Raises ManuscriptError for a link that leads nowhere, a link address of another kind
    than http, https and mailto, and a character that XML cannot hold.
    """
    return "\n".join(row.xml for row in chapter_rows(chapter, options)) + "\n"


def chapter_rows(chapter: Chapter, options: Markup) -> tuple[Row, ...]:
    """The lines of `chapter_markup` with their lines in the manuscript."""
    return tuple(_Writer(chapter, options).chapter())


def inline_markup(inlines: tuple[Inline, ...], options: Markup) -> Xml:
    """Inlines without notes or links to ids (title pages, contents) as markup."""
    return _Writer(Chapter("", "x", (), ()), options).inlines(inlines)


def text_markup(text: str, options: Markup) -> Xml:
    """Plain text with the words of other languages marked."""
    return inline_markup((Text(text),), options)


def title_markup(text: str, options: Markup) -> Xml:
    """Plain text as a display line: as `text_markup`, with short compounds kept on one line."""
    return _Writer(Chapter("", "x", (), ()), options).titled((Text(text),))


_Rows: TypeAlias = Iterator[Row]


class _Writer:
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

    def chapter(self) -> _Rows:
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

    def header(self) -> _Rows:
        chapter = self.source
        lines: list[Xml] = []
        if chapter.label.strip():
            lines.append(element("p", {"class": "label"}, *self.words(chapter.label)))
        if chapter.title:
            lines.append(element("h1", None, self.titled(chapter.title)))
        if lines:
            yield self.row(element("header", None, *lines))

    def body(self) -> _Rows:
        first = True
        for block in self.source.blocks:
            plain = isinstance(block, Paragraph) and block.role is ParagraphRole.BODY
            yield from self.block(block, "first" if plain and first else "")
            first = isinstance(block, Heading) or (first and not plain)

    def footnotes(self) -> _Rows:
        number = 0
        while number < len(self.notes):  # a note may call another
            note = self.notes[number]
            number += 1
            yield from self.aside(note, number)

    def aside(self, note: Note, number: int) -> _Rows:
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

    def block(self, block: BookBlock, style: str = "") -> _Rows:
        self.find_line(block)
        match block:
            case Paragraph(inlines, role):
                style = style or role.value
                yield self.row(element("p", _styled(style), self.inlines(inlines)))
            case Heading(level, inlines, id):
                yield self.row(element(f"h{level}", _named(id), self.titled(inlines)))
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
            case SceneBreak():
                yield self.row(element("hr", _styled("scene")))

    def verse(self, lines: tuple[tuple[Inline, ...], ...]) -> _Rows:
        yield self.row(opening("div", _styled("verse")))
        for stanza in stanzas(lines):
            rows = (element("div", _styled("line"), self.inlines(line)) for line in stanza)
            yield self.row(element("div", _styled("stanza"), *rows))
        yield self.row(closing("div"))

    def listing(self, block: Listing) -> _Rows:
        name = "ol" if block.ordered else "ul"
        start = {"start": str(block.start)} if block.ordered and block.start != 1 else None
        yield self.row(opening(name, start))
        for item, mark in zip(block.items, list_marks(block), strict=True):
            yield self.row(opening("li"))
            if not self.epub:
                item = yield from self.marked(item, mark)
            for inner in item:
                yield from self.block(inner)
            yield self.row(closing("li"))
        yield self.row(closing(name))

    def marked(
        self, item: tuple[BookBlock, ...], mark: str
    ) -> Generator[Row, None, tuple[BookBlock, ...]]:
        """The item's mark with its first paragraph, on a line of its own where it has none.

        Marks that the engine makes stay out where an item is empty, count from 1 whatever
        the list says, and stand on the page before when the item moves on.
        """
        first, rest = (item[0], item[1:]) if item else (None, ())
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(()), item
        else:
            self.find_line(first)
        span = element("span", _styled("mark"), mark)
        yield self.row(element("p", _styled(first.role.value), span, self.inlines(first.inlines)))
        return rest

    def figure(self, block: Figure) -> Xml:
        parts: list[Content] = []
        href = self.options.images.get(block.image)
        if href is not None:
            parts.append(element("img", {"src": href, "alt": block.alt}))
        if block.caption:
            parts.append(element("figcaption", None, self.inlines(block.caption)))
        attributes = _named(block.id) | ({"class": "no-image"} if href is None else {})
        return element("figure", attributes, *parts)

    # --- inlines ----------------------------------------------------------------------

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
                return element("span", _styled("small-caps"), self.inlines(children))
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
        if not self.epub:
            parts = (self.in_line(block) for block in note.blocks)
            return element("span", _styled("footnote"), *parts)
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

    def in_line(self, block: BookBlock) -> Xml:
        """A block of a note inside a running line, where only spans may stand."""
        parts: list[Content] = []
        match block:
            case Paragraph(inlines) | Heading(inlines=inlines):
                parts = [self.inlines(inlines)]
            case Figure(image, alt, caption):
                if href := self.options.images.get(image):
                    parts.append(element("img", {"src": href, "alt": alt}))
                parts.append(self.inlines(caption))
            case Quote(blocks):
                parts = [self.in_line(inner) for inner in blocks]
            case Verse(lines):
                parts = [element("span", _styled("line"), self.inlines(line)) for line in lines]
            case Listing(items):
                parts = [
                    element("span", _styled("item"), f"{mark} ", *map(self.in_line, item))
                    for item, mark in zip(items, list_marks(block), strict=True)
                ]
            case SceneBreak():
                parts = [SCENE_BREAK]
        return element("span", _styled(f"note-{type(block).__name__.lower()}"), *parts)

    # --- where we are -----------------------------------------------------------------

    def row(self, xml: Xml) -> Row:
        return Row(xml.source, self.start)

    def find_line(self, block: BookBlock) -> None:
        lines = (text.line for text in block_texts(block) if text.line)
        self.start = self.line = next(lines, self.line)


def _styled(style: str) -> dict[str, str]:
    return {"class": style} if style else {}


def _named(id: str) -> dict[str, str]:
    return {"id": anchor(id)} if id else {}
