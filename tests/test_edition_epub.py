"""The e-book's files: golden bytes, navigation, metadata, accessibility, and what it shows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

import strategies
from booktools.edition.epub import CSS, EpubAssets, document_names, epub_parts, expected
from booktools.edition.lexicon import Lexicon
from booktools.edition.markup import OPS, XHTML
from booktools.errors import ManuscriptError
from booktools.model.book import Book, Chapter, ChapterRole, Figure, Heading, Metadata, Text
from booktools.model.epub import EpubBook, Part, Statement
from booktools.model.place import Place
from epub_books import HOSTILE, LEXICON, META, PICTURE, SMALL, paragraph, text
from test_edition_xhtml import letters, settled

GOLDEN = Path(__file__).parent / "golden" / "epub"
TEST_CSS = 'body { font: 1em "T"; }\n@font-face { font-family: "T"; src: url("fonts/T.ttf"); }\n'
ASSETS = EpubAssets(
    css=TEST_CSS,
    cover=PICTURE,
    fonts={"T.ttf": b"\0\1\0\0 font", "unused.ttf": b"\0\1\0\0 font"},
    images={"images/oven.png": PICTURE, "images/unused.png": PICTURE},
    lexicon=LEXICON,
)


def parsed(part: Part) -> etree._Element:
    return etree.fromstring(part.data, etree.XMLParser(resolve_entities=False, no_network=True))


def part(book: EpubBook, name: str) -> Part:
    return next(p for p in book.parts if p.name == name)


def spine(book: EpubBook) -> list[Part]:
    parts = {p.id: p for p in book.parts}
    return [parts[id] for id in book.spine]


def shown(element: etree._Element) -> Iterator[str]:
    """Text in document order without what is hidden."""
    if element.get("hidden") is None:
        yield element.text or ""
        for child in element:
            yield from shown(child)
            yield child.tail or ""


def body_text(book: EpubBook) -> str:
    bodies = (parsed(p).find(f"{{{XHTML}}}body") for p in spine(book))
    return "".join(words for body in bodies if body is not None for words in shown(body))


def statement(book: EpubBook, name: str) -> list[str]:
    return [s.value for s in book.statements if s.property == name]


# --- the whole ------------------------------------------------------------------------


def test_golden_files() -> None:
    """Every text file of the small book; `UPDATE_GOLDEN=1 pytest` writes them anew."""
    made = {
        p.name: p.data.decode()
        for p in epub_parts(SMALL, ASSETS).parts
        if p.name.endswith((".xhtml", ".ncx"))
    }
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for old in GOLDEN.iterdir():
            old.unlink()
        for name, content in made.items():
            (GOLDEN / name).write_text(content, encoding="utf-8")
    assert sorted(p.name for p in GOLDEN.iterdir()) == sorted(made)
    for name, content in made.items():
        assert content == (GOLDEN / name).read_text(encoding="utf-8"), name


def test_the_same_book_gives_the_same_value() -> None:
    assert epub_parts(SMALL, ASSETS) == epub_parts(SMALL, ASSETS)


def test_reading_order() -> None:
    assert [p.name for p in spine(epub_parts(SMALL, ASSETS))] == [
        "cover.xhtml",
        "title-page.xhtml",
        "imprint.xhtml",
        "dedication-01.xhtml",
        "nav.xhtml",
        "preface-01-preface.xhtml",
        "part-01-bread.xhtml",
        "chapter-01-beginnings-in-the-cordones-industriales.xhtml",
        "chapter-02-the-strike.xhtml",
        "backcover-01.xhtml",
    ]


def test_no_imprint_without_anything_to_say() -> None:
    bare = Book(Metadata("T", "en", identifiers=("urn:x:1",)), SMALL.chapters)
    names = [p.name for p in epub_parts(bare, ASSETS).parts]
    assert "imprint.xhtml" not in names
    assert "copyright-page" not in part(epub_parts(bare, ASSETS), "nav.xhtml").data.decode()


@pytest.mark.parametrize("book", [SMALL, HOSTILE], ids=["small", "hostile"])
def test_every_document_says_language_and_direction_and_has_a_title(book: Book) -> None:
    for document in spine(epub_parts(book, ASSETS)):
        root = parsed(document)
        assert root.attrib == {
            "lang": "en",
            "{http://www.w3.org/XML/1998/namespace}lang": "en",
            "dir": "ltr",
        }
        assert root.findtext(f".//{{{XHTML}}}title", "").strip()
        ids = [element.get("id") for element in root.iterfind(".//*[@id]")]
        assert len(ids) == len(set(ids))


def test_a_book_from_right_to_left() -> None:
    book = epub_parts(Book(replace(META, language="he"), SMALL.chapters), ASSETS)
    assert book.direction == "rtl"
    assert {parsed(document).get("dir") for document in spine(book)} == {"rtl"}


@pytest.mark.parametrize("book", [SMALL, HOSTILE], ids=["small", "hostile"])
def test_nothing_is_fetched_from_outside_and_every_link_arrives(book: Book) -> None:
    made = epub_parts(book, ASSETS)
    files = {p.name: p for p in made.parts}
    for document in [*spine(made), files["toc.ncx"]]:
        for element in parsed(document).iter():
            source = element.get("src", "")
            href = element.get("href", "")
            if href.startswith(("http:", "https:")):
                assert etree.QName(element).localname == "a"
                continue
            for address in filter(None, (source, href)):
                name, _, id = address.partition("#")
                target = files[name or document.name]
                assert not id or parsed(target).find(f".//*[@id='{id}']") is not None


def test_no_script_gets_in() -> None:
    for document in spine(epub_parts(HOSTILE, ASSETS)):
        tags = {etree.QName(element).localname for element in parsed(document).iter()}
        assert not tags & {"script", "iframe", "object", "style", "b", "svg"}


# --- what it shows --------------------------------------------------------------------


@pytest.mark.parametrize("book", [SMALL, HOSTILE], ids=["small", "hostile"])
def test_it_shows_what_is_expected(book: Book) -> None:
    want = "".join(stretch.text for stretch in expected(book))
    assert letters(body_text(epub_parts(book, ASSETS))) == letters(want)


@given(strategies.books())
def test_any_book_shows_what_is_expected(drawn: Book) -> None:
    meta = replace(drawn.meta, identifiers=("urn:x:1",))
    book = Book(meta, tuple(settled(chapter) for chapter in drawn.chapters))
    made = epub_parts(book, replace(ASSETS, lexicon=Lexicon({"word": "es"})))
    want = "".join(stretch.text for stretch in expected(book))
    assert letters(body_text(made)) == letters(want)


def test_the_rules_of_what_it_shows() -> None:
    stretches = expected(SMALL)
    order = list(dict.fromkeys(stretch.rule for stretch in stretches))
    assert order == [
        *("title-page", "imprint", "manuscript", "contents", "note-mark", "moved-note")
    ]
    moved = [s for s in stretches if s.rule == "moved-note"]
    assert (moved[0].text, moved[0].file, moved[0].line) == (
        *("In its leader of 12 May.", "text/04-beginnings.md", 40),
    )


# --- navigation -----------------------------------------------------------------------


def nav_tree(book: EpubBook) -> list[tuple[int, str, str]]:
    root = parsed(part(book, "nav.xhtml"))
    nav = root.find(f".//*[@{{{OPS}}}type='toc']")
    assert nav is not None
    out = []
    for link in nav.iterfind(f".//{{{XHTML}}}a"):
        depth = sum(1 for a in link.iterancestors() if etree.QName(a).localname == "ol")
        out.append((depth, letters("".join(map(str, link.itertext()))), link.get("href", "")))
    return out


def ncx_tree(book: EpubBook) -> list[tuple[int, str, str]]:
    out = []
    for point in parsed(part(book, "toc.ncx")).iterfind(".//{*}navPoint"):
        depth = 1 + sum(1 for a in point.iterancestors() if etree.QName(a).localname == "navPoint")
        label = point.findtext("{*}navLabel/{*}text", "")
        content = point.find("{*}content")
        assert content is not None
        out.append((depth, letters(label).replace(":", ""), content.get("src", "")))
    return out


def test_nav_and_ncx_have_the_same_hierarchy() -> None:
    book = epub_parts(SMALL, ASSETS)
    chapter = "chapter-01-beginnings-in-the-cordones-industriales.xhtml"
    assert nav_tree(book) == ncx_tree(book)
    assert nav_tree(book) == [
        (1, "Dedication", "dedication-01.xhtml"),
        (1, "Preface", "preface-01-preface.xhtml"),
        (1, "PartOneBread", "part-01-bread.xhtml"),
        (2, "Chapter1BeginningsintheCordonesIndustriales", chapter),
        (3, "Thebakery", f"{chapter}#the-bakery"),
        (4, "1968", f"{chapter}#_1968"),
        (2, "Chapter2TheStrike", "chapter-02-the-strike.xhtml"),
        (3, "TheCordonesagain", "chapter-02-the-strike.xhtml#again"),
        (1, "Backcover", "backcover-01.xhtml"),
    ]


@given(strategies.books())
def test_any_book_has_one_hierarchy(drawn: Book) -> None:
    meta = replace(drawn.meta, identifiers=("urn:x:1",))
    book = epub_parts(Book(meta, tuple(map(settled, drawn.chapters))), ASSETS)
    nav, ncx = nav_tree(book), ncx_tree(book)
    assert [(depth, href) for depth, _, href in nav] == [(depth, href) for depth, _, href in ncx]
    assert all(label for _, label, _ in nav)


def test_landmarks() -> None:
    nav = parsed(part(epub_parts(SMALL, ASSETS), "nav.xhtml"))
    landmarks = nav.find(f".//*[@{{{OPS}}}type='landmarks']")
    assert landmarks is not None
    assert landmarks.get("hidden") is not None
    assert [
        (link.get(f"{{{OPS}}}type"), link.get("href"))
        for link in landmarks.iterfind(f".//{{{XHTML}}}a")
    ] == [
        ("cover", "cover.xhtml"),
        ("titlepage", "title-page.xhtml"),
        ("copyright-page", "imprint.xhtml"),
        ("toc", "nav.xhtml"),
        ("bodymatter", "part-01-bread.xhtml"),
    ]


def test_our_own_words_are_in_the_books_language() -> None:
    book = epub_parts(Book(replace(META, language="es"), SMALL.chapters), ASSETS)
    labels = [label for _, label, _ in nav_tree(book)]
    assert labels[0] == "Dedicatoria"
    assert labels[-1] == "Contracubierta"
    assert "<title>Cubierta</title>" in part(book, "cover.xhtml").data.decode()


def test_document_names_are_plain_and_differ() -> None:
    titles = ("The Crew’s “Ünïcode” Day", "שלום", "A" * 100, "one two " * 20, "שלום")
    chapters = tuple(Chapter(f"{n}.md", f"c{n}", text(title), ()) for n, title in enumerate(titles))
    assert list(document_names(Book(META, chapters)).values()) == [
        "chapter-01-the-crews-unicode-day.xhtml",
        "chapter-02-section.xhtml",
        f"chapter-03-{'a' * 60}.xhtml",
        f"chapter-04-{'one-two-' * 7}one.xhtml",
        "chapter-05-section.xhtml",
    ]


# --- metadata -------------------------------------------------------------------------


def test_what_the_catalogues_need() -> None:
    book = epub_parts(SMALL, ASSETS)
    assert book.identifier == SMALL.meta.identifiers[0]
    assert statement(book, "dc:title") == ["Bread and Roses", SMALL.meta.subtitle]
    assert statement(book, "dc:identifier") == ["urn:isbn:9780306406157"]
    assert statement(book, "dc:subject") == ["Chile", "Memoirs"]
    hale = next(s for s in book.statements if s.value == "Tom Hale")
    assert [(r.property, r.value, r.scheme) for r in hale.refinements] == [
        ("role", "trl", "marc:relators"),
        ("file-as", "Hale, Tom", ""),
    ]
    series = next(s for s in book.statements if s.property == "belongs-to-collection")
    assert [(r.property, r.value) for r in series.refinements] == [
        ("collection-type", "series"),
        ("group-position", "2"),
    ]


def test_nothing_is_said_of_what_is_unknown() -> None:
    bare = Book(Metadata("T", "en", identifiers=("urn:x:1",), series="S", series_number="two"), ())
    statements = epub_parts(bare, ASSETS).statements
    assert {s.property for s in statements if s.property.startswith("dc:")} == {
        *("dc:title", "dc:language")
    }
    assert Statement("dc:description", "") not in statements
    assert "group-position" not in {r.property for s in statements for r in s.refinements}


@pytest.mark.parametrize(
    ("images", "alt", "modes", "sufficient", "described"),
    [
        ({}, "", ["textual"], ["textual"], False),
        ({"images/a.png": PICTURE}, "A door", ["textual", "visual"], None, True),
        ({"images/a.png": PICTURE}, " ", ["textual", "visual"], ["textual,visual"], False),
    ],
)
def test_accessibility_is_derived_from_the_content(
    images: dict[str, bytes],
    alt: str,
    modes: list[str],
    sufficient: list[str] | None,
    described: bool,
) -> None:
    figure = Figure("images/a.png", alt, text("x"), "f")
    tree = Book(META, (Chapter("1.md", "c", text("T"), (figure,)),))
    book = epub_parts(tree, replace(ASSETS, images=images))
    assert statement(book, "schema:accessMode") == modes
    want = sufficient or ["textual", "textual,visual"]
    assert statement(book, "schema:accessModeSufficient") == want
    features = statement(book, "schema:accessibilityFeature")
    assert ("alternativeText" in features) == described
    assert {"tableOfContents", "readingOrder", "structuralNavigation"} <= set(features)
    assert statement(book, "schema:accessibilityHazard") == ["none"]
    assert len(statement(book, "schema:accessibilitySummary")) == 1


# --- pictures, fonts, style sheet -----------------------------------------------------


def test_only_what_is_used_goes_in() -> None:
    names = [p.name for p in epub_parts(SMALL, ASSETS).parts if not p.name.endswith("xhtml")]
    assert names == ["toc.ncx", CSS, "fonts/T.ttf", "images/cover.png", "images/image-01-oven.png"]


def test_the_cover_says_its_letters() -> None:
    book = epub_parts(SMALL, ASSETS)
    image = parsed(part(book, "cover.xhtml")).find(f".//{{{XHTML}}}img")
    assert image is not None
    assert image.get("alt") == f"Bread and Roses. {SMALL.meta.subtitle}. Ana Ríos"
    assert part(book, "images/cover.png").properties == ("cover-image",)
    assert book.cover == part(book, "images/cover.png").id


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"GIF89a", "gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\0\0\0\0AVI ", ""),
        (b"<svg onload='x'/>", ""),
        (b"", ""),
    ],
)
def test_pictures_are_known_by_their_content(data: bytes, ending: str) -> None:
    assets = replace(ASSETS, images={"images/oven.png": data})
    if ending:
        assert part(epub_parts(SMALL, assets), f"images/image-01-oven.{ending}").data == data
        return
    with pytest.raises(ManuscriptError, match=r"images/oven\.png is no picture"):
        epub_parts(SMALL, assets)


@pytest.mark.parametrize(
    "css",
    [
        'p {}\n@import "http://example.org/x.css";',
        "p {}\np { background: url(http://example.org/x.png) }",
        "p {}\np { background: URL( '../../etc/passwd' ) }",
        "p {}\np { background: url(//example.org/x.png",
        "p {}\np { background: u\\72l(file:///etc/passwd) }",
        "/* a\n*/ p { background: image-set('http://example.org/x.png' 1x) }",
        'p {}\n@\\69mport "x.css";',
        "p {}\n@font-face { src: url(fonts/missing.ttf) }",
        "p {}\np { background: url(data:image/png;base64,xx) }",
        # what looks like a comment inside a string or an address is none, and hides nothing
        'p { content: "/*" }\nq { background: url(http://x.org/) } p { content: "*/" }',
        "/* */\n@font-face { src: url(fonts/missing.ttf/*); x: url(http://x.org/) } /* */",
        "p { content: '\\'/*' }\nq { background: src('http://x.org/') } /* */",
        "p {}\nq { background: -webkit-image-set('http://x.org/x.png' 1x) }",
        "p {}\np { background: url(",
    ],
)
def test_a_style_sheet_that_leads_outside_is_refused_with_its_line(css: str) -> None:
    with pytest.raises(ManuscriptError, match="the style sheet leads to") as error:
        epub_parts(SMALL, replace(ASSETS, css=css))
    assert error.value.place == Place("styles/epub.css", 2)


def test_addresses_in_comments_are_no_addresses() -> None:
    css = "/* url(http://example.org/) @import */ p::before { content: '\\201C' }"
    assert part(epub_parts(SMALL, replace(ASSETS, css=css)), CSS).data == css.encode()


# --- the way back to the manuscript ---------------------------------------------------


def test_a_line_of_a_document_leads_to_the_manuscript() -> None:
    book = epub_parts(SMALL, ASSETS)
    name = "chapter-01-beginnings-in-the-cordones-industriales.xhtml"
    lines = part(book, name).data.decode().split("\n")
    at = next(n for n, line in enumerate(lines, 1) if "The oven was lit" in line)
    assert book.place(f"EPUB/{name}", at) == Place("text/04-beginnings.md", 18)
    assert book.place(name, 1) == Place("text/04-beginnings.md", 0)
    assert book.place(name, 10_000) == Place("text/04-beginnings.md", 0)
    assert book.place("EPUB/nav.xhtml", 5) is None
    assert book.place("EPUB/other.xhtml", 5) is None


def test_every_line_has_its_line() -> None:
    for document in spine(epub_parts(SMALL, ASSETS)):
        assert len(document.lines) == document.data.decode().count("\n")


def test_headings_without_words_or_id_are_not_in_the_contents() -> None:
    blocks = (Heading(2, (Text(" "),), "a"), Heading(2, text("x"), ""), Heading(2, text("y"), "b"))
    tree = Book(META, (Chapter("1.md", "c", (), (*blocks, paragraph("z"))),))
    assert [label for _, label, _ in nav_tree(epub_parts(tree, ASSETS))] == ["Chapter", "y"]
    assert re.search(r"<h2>x</h2>", spine(epub_parts(tree, ASSETS))[-1].data.decode())


def test_a_back_cover_is_not_listed_as_the_book() -> None:
    back = Chapter("9.md", "b", text(META.title), (), ChapterRole.BACK_COVER)
    tree = nav_tree(epub_parts(Book(META, (back,)), ASSETS))
    assert tree == [(1, "Backcover", "backcover-01-bread-and-roses.xhtml")]


def test_chapters_belong_to_their_part_until_it_ends() -> None:
    roles = (
        *(ChapterRole.FOREWORD, ChapterRole.PART, ChapterRole.CHAPTER, ChapterRole.PART),
        *(ChapterRole.INTRODUCTION, ChapterRole.CONCLUSION, ChapterRole.CHAPTER),
        *(ChapterRole.PART, ChapterRole.APPENDIX, ChapterRole.CHAPTER),
    )
    chapters = tuple(
        Chapter(f"{n}.md", f"c{n}", text(f"T{n}"), (), role) for n, role in enumerate(roles)
    )
    tree = nav_tree(epub_parts(Book(META, chapters), ASSETS))
    assert [depth for depth, _, _ in tree] == [1, 1, 2, 1, 2, 1, 1, 1, 1, 1]
