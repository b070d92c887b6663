"""The e-book: the whole book as the files of an EPUB 3.3, and what its reading order shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from booktools.edition.anchors import anchors
from booktools.edition.contents import contents, walk
from booktools.edition.epub_metadata import statements
from booktools.edition.epub_nav import landmark_rows, nav_expected, nav_rows, ncx_rows
from booktools.edition.lexicon import Lexicon, direction
from booktools.edition.markup import OPS, XHTML, closing, element, opening
from booktools.edition.prelims import Line, authors, imprint, title_page, word
from booktools.edition.screen import on_screen
from booktools.edition.stylesheet import references
from booktools.edition.tree import every_block
from booktools.edition.words import page_word
from booktools.edition.xhtml import Markup, Row, chapter_rows, text_markup, title_markup
from booktools.errors import ManuscriptError
from booktools.model.artifact import Expected
from booktools.model.book import Book, Chapter, ChapterRole, Figure, inline_text
from booktools.model.epub import EpubBook, Part
from booktools.model.place import Place
from booktools.model.slug import slug

CSS = "epub.css"
_XHTML_TYPE = "application/xhtml+xml"
_NCX_TYPE = "application/x-dtbncx+xml"
_FONT_TYPES = {"otf": "font/otf", "ttf": "font/ttf", "woff": "font/woff", "woff2": "font/woff2"}
_SIGNATURES = (
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"GIF8", "gif", "image/gif"),
    (b"RIFF", "webp", "image/webp"),
)
# What stands before the contents, as printers order it.
_BEFORE_CONTENTS = frozenset({ChapterRole.DEDICATION, ChapterRole.EPIGRAPH})


@dataclass(frozen=True)
class EpubAssets:
    """What the e-book is made with besides the text.

    `css_name` is the style sheet's name in the project.  `fonts` are font files by name;
    those that the style sheet names as `fonts/NAME` go in.  `images` are the picture
    files at hand by their name in the project, as figures give it.  `cover` is a picture.
    """

    css: str
    cover: bytes
    css_name: str = "styles/epub.css"
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=Lexicon)


def epub_parts(book: Book, assets: EpubAssets) -> EpubBook:
    """The e-book's files, metadata and reading order.  The same input gives the same value.

    Raises ManuscriptError for what no e-book can hold: an id given twice, a link that
    leads nowhere or to another kind of address, a picture of another kind than JPEG, PNG,
    GIF and WebP, a style sheet that leads outside the book.
    """
    return _Maker(book, assets).epub()


def expected(book: Book) -> tuple[Expected, ...]:
    """What the documents of the reading order show, in order; hidden elements show nothing."""
    before, after = _around_contents(book)
    title = word(book.meta.language, "contents")
    out = [Expected(line.text, "title-page") for line in title_page(book.meta)]
    out += [Expected(line.text, "imprint") for line in imprint(book.meta)]
    for chapter in before:
        out += on_screen(chapter)
    out += nav_expected(contents(book), title)
    for chapter in after:
        out += on_screen(chapter)
    return tuple(out)


def document_names(book: Book) -> dict[str, str]:
    """The document of each chapter by the chapter's id: `chapter-01-the-strike.xhtml`."""
    counts: Counter[ChapterRole] = Counter()
    names: dict[str, str] = {}
    for chapter in book.chapters:
        counts[chapter.role] += 1
        title = inline_text(chapter.title)
        name = f"{chapter.role.value}-{counts[chapter.role]:02}"
        names[chapter.id] = f"{name}-{slug(title)}.xhtml" if title.strip() else f"{name}.xhtml"
    return names


class _Maker:
    """Makes the parts of one e-book."""

    def __init__(self, book: Book, assets: EpubAssets) -> None:
        self.book = book
        self.meta = book.meta
        self.assets = assets
        self.documents = document_names(book)
        self.entries = contents(book)
        self.titles = {e.chapter.id: e.text for _, e in walk(self.entries) if e.id == e.chapter.id}
        self.pictures = _pictures(book, assets.images)
        self.options = Markup(
            language=book.meta.language,
            images={image: part.name for image, part in self.pictures.items()},
            lexicon=assets.lexicon,
            anchors=anchors(book, self.documents),
        )
        self.cover = _picture("cover", assets.cover, "the cover")

    def epub(self) -> EpubBook:
        before, after = _around_contents(self.book)
        spine = [self.cover_page(), self.title_page(), *self.imprint()]
        spine += [self.chapter(chapter) for chapter in before]
        spine.append(self.nav())
        spine += [self.chapter(chapter) for chapter in after]
        css = self.assets.css
        used = references(
            css, [f"fonts/{name}" for name in self.assets.fonts], self.assets.css_name
        )
        fonts = [_font(name, self.assets.fonts[name.removeprefix("fonts/")]) for name in used]
        parts = (
            *spine,
            self.ncx(),
            Part(CSS, "css", "text/css", css.encode()),
            *fonts,
            self.cover,
            *self.pictures.values(),
        )
        for part in spine:
            _prove_whole(part)
        return EpubBook(
            identifier=self.meta.identifiers[0],
            language=self.meta.language,
            direction=direction(self.meta.language),
            statements=statements(self.book, self.pictures),
            parts=parts,
            spine=tuple(part.id for part in spine),
            ncx="ncx",
            cover=self.cover.id,
        )

    # --- documents --------------------------------------------------------------------

    def cover_page(self) -> Part:
        alt = ". ".join(filter(None, (self.meta.title, self.meta.subtitle, authors(self.meta))))
        image = element("img", {"src": self.cover.name, "alt": alt, "role": "doc-cover"})
        page = element("div", None, image)
        title = page_word(self.meta.language, "cover")
        return self.document("cover", title, "cover", [Row(page.source, 0)])

    def title_page(self) -> Part:
        rows = [
            Row(opening("section", {"epub:type": "titlepage", "class": "title-page"}).source, 0)
        ]
        rows += [self.line(line) for line in title_page(self.meta)]
        rows.append(Row(closing("section").source, 0))
        title = page_word(self.meta.language, "title-page")
        return self.document("title-page", title, "frontmatter", rows)

    def imprint(self) -> Iterator[Part]:
        lines = imprint(self.meta)
        if lines:
            attributes = {"epub:type": "copyright-page", "class": "imprint"}
            rows = [Row(opening("section", attributes).source, 0)]
            rows += [self.line(line) for line in lines]
            rows.append(Row(closing("section").source, 0))
            title = page_word(self.meta.language, "imprint")
            yield self.document("imprint", title, "frontmatter", rows)

    def line(self, line: Line) -> Row:
        name = "h1" if line.style == "title" else "p"
        display = line.style in ("title", "subtitle")
        text = (title_markup if display else text_markup)(line.text, self.options)
        return Row(element(name, {"class": line.style}, text).source, 0)

    def chapter(self, chapter: Chapter) -> Part:
        name = self.documents[chapter.id]
        rows = chapter_rows(chapter, self.options)
        matter = f"{chapter.role.matter}matter"
        title = self.titles[chapter.id]
        return self.document(name.removesuffix(".xhtml"), title, matter, rows, chapter.file)

    def nav(self) -> Part:
        title = word(self.meta.language, "contents")
        rows = [*nav_rows(self.entries, title, self.options, self.documents)]
        heading = page_word(self.meta.language, "landmarks")
        rows += landmark_rows(heading, tuple(self.landmarks()))
        return self.document(
            "nav", title, "frontmatter", [Row(row, 0) for row in rows], properties=("nav",)
        )

    def landmarks(self) -> Iterator[tuple[str, str, str]]:
        language = self.meta.language
        yield "cover", "cover.xhtml", page_word(language, "cover")
        yield "titlepage", "title-page.xhtml", page_word(language, "title-page")
        if imprint(self.meta):
            yield "copyright-page", "imprint.xhtml", page_word(language, "imprint")
        yield "toc", "nav.xhtml", word(language, "contents")
        body = [chapter for chapter in self.book.chapters if chapter.role.matter == "body"]
        if body:
            yield "bodymatter", self.documents[body[0].id], page_word(language, "start")

    def ncx(self) -> Part:
        identifier, language = self.meta.identifiers[0], self.meta.language
        rows = ncx_rows(self.entries, self.meta.title, identifier, self.documents, language)
        return Part("toc.ncx", "ncx", _NCX_TYPE, _joined(rows))

    def document(
        self,
        id: str,
        title: str,
        kind: str,
        rows: Iterable[Row],
        file: str = "",
        properties: tuple[str, ...] = (),
    ) -> Part:
        """A whole XHTML document; `kind` is the semantics of its body."""
        language = self.meta.language
        namespaces = {"xmlns": XHTML, "xmlns:epub": OPS}
        tongue = {"lang": language, "xml:lang": language, "dir": direction(language)}
        link = {"rel": "stylesheet", "type": "text/css", "href": CSS}
        head = (
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<!DOCTYPE html>",
            opening("html", namespaces | tongue).source,
            opening("head").source,
            element("meta", {"charset": "utf-8"}).source,
            element("title", None, title).source,
            element("link", link).source,
            closing("head").source,
            opening("body", {"class": kind, "epub:type": kind}).source,
        )
        body = list(rows)
        lines = (*(0 for _ in head), *(row.line for row in body), 0, 0)
        data = _joined([*head, *(row.xml for row in body), "</body>", "</html>"])
        return Part(f"{id}.xhtml", id, _XHTML_TYPE, data, properties, file, lines)


def _around_contents(book: Book) -> tuple[list[Chapter], list[Chapter]]:
    """The chapters before the contents, and those after."""
    number = 0
    while number < len(book.chapters) and book.chapters[number].role in _BEFORE_CONTENTS:
        number += 1
    return list(book.chapters[:number]), list(book.chapters[number:])


def _pictures(book: Book, images: Mapping[str, bytes]) -> dict[str, Part]:
    """The pictures that figures show, by the name that the figures give, in the book's order."""
    found: dict[str, Part] = {}
    for chapter in book.chapters:
        for block in every_block(chapter):
            if isinstance(block, Figure) and block.image in images and block.image not in found:
                id = f"image-{len(found) + 1:02}-{slug(_stem(block.image))}"
                found[block.image] = _picture(id, images[block.image], block.image)
    return found


def _picture(id: str, data: bytes, source: str) -> Part:
    for signature, ending, media_type in _SIGNATURES:
        if data.startswith(signature) and (ending != "webp" or data[8:12] == b"WEBP"):
            properties = ("cover-image",) if id == "cover" else ()
            return Part(f"images/{id}.{ending}", f"{id}-image", media_type, data, properties)
    raise ManuscriptError(
        f"{source} is no picture that an e-book can show",
        hint="Make it a JPEG, PNG, GIF or WebP file.",
    )


def _font(name: str, data: bytes) -> Part:
    ending = name.rpartition(".")[2].lower()
    id = f"font-{slug(_stem(name))}"
    return Part(name, id, _FONT_TYPES.get(ending, "application/font-sfnt"), data)


def _stem(path: str) -> str:
    """`oven` of `images/oven.png`."""
    return path.rpartition("/")[2].rpartition(".")[0]


def _joined(rows: Iterable[str]) -> bytes:
    return ("\n".join(rows) + "\n").encode()


def _prove_whole(part: Part) -> None:
    """Raise ManuscriptError, with the place, when a document is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        etree.fromstring(part.data, parser)
    except etree.XMLSyntaxError as error:
        at = error.lineno or 0
        line = part.lines[at - 1] if 0 < at <= len(part.lines) else 0
        raise ManuscriptError(
            f"{part.name} would not be well-formed: {error.msg}",
            hint="Look for an unusual character or id on that line.",
            place=Place(part.file, line) if part.file else None,
        ) from None
