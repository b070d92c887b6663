"""The book as markup: escaping, structure, notes, links, words of other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import strategies
from booktools.edition.anchors import anchor, anchors
from booktools.edition.lexicon import Lexicon, direction
from booktools.edition.markup import OPS, escape
from booktools.edition.screen import on_screen
from booktools.edition.shown import chapter_shown
from booktools.edition.xhtml import Markup, chapter_markup, chapter_rows, text_markup
from booktools.errors import ManuscriptError
from booktools.model.artifact import Edition
from booktools.model.book import (
    Book,
    BookBlock,
    Chapter,
    ChapterRole,
    Emph,
    Figure,
    Heading,
    Inline,
    Lang,
    Link,
    Listing,
    Metadata,
    Note,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    Text,
    Verse,
)
from epub_books import LEXICON, SMALL, note, paragraph, text

OPEN = Markup(anchors={"c": ""})
PRINT = Markup(edition=Edition.PDF, anchors={"c": ""})


def chapter(
    *blocks: BookBlock, title: str = "", role: ChapterRole = ChapterRole.CHAPTER
) -> Chapter:
    return Chapter("text/01.md", "c", text(title) if title else (), blocks, role)


def parsed(markup: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(f'<body xmlns:epub="{OPS}">{markup}</body>', parser)


def letters(words: str) -> str:
    return re.sub(r"\s", "", words)


def inner(markup: str) -> str:
    """The markup between the section's tags."""
    return "\n".join(markup.splitlines()[1:-1])


# --- escaping -------------------------------------------------------------------------


def test_text_is_escaped() -> None:
    markup = chapter_markup(chapter(paragraph('<b>&amp; "it\'s" ]]>')), OPEN)
    assert '<p class="first">&lt;b&gt;&amp;amp; &quot;it\'s&quot; ]]&gt;</p>' in markup


def test_attributes_are_escaped() -> None:
    figure = Figure('images/"><script>.png', "\"><script>\n'", (), "f")
    markup = chapter_markup(chapter(figure), replace(OPEN, images={figure.image: 'a"b<c'}))
    image = parsed(markup).find(".//img")
    assert image is not None
    assert image.attrib == {"src": 'a"b<c', "alt": "\"><script> '"}


@pytest.mark.parametrize("bad", ["\0", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_xml_cannot_hold_are_refused_with_their_place(bad: str) -> None:
    block = Paragraph((Text("fine ", 7), Text(f"not{bad}fine", 8)))
    with pytest.raises(ManuscriptError) as error:
        chapter_markup(chapter(block), OPEN)
    assert f"U+{ord(bad):04X}" in error.value.message
    assert str(error.value.place) == "text/01.md:8"


@given(st.text(st.characters(exclude_categories=("Cs", "Cn"))))
def test_escaped_text_comes_back(words: str) -> None:
    try:
        markup = escape(words)
    except ManuscriptError:
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", words)
        return
    assert "\n" not in markup
    back = parsed(markup).text or ""
    assert back == re.sub(r"[\t\n\r]", " ", words)


# --- structure ------------------------------------------------------------------------


def test_opener() -> None:
    opener = Chapter("f", "c", text("The ", "Title"), (), label="Chapter 1")
    assert chapter_markup(opener, OPEN) == (
        '<section id="c" class="chapter" epub:type="chapter" role="doc-chapter">\n'
        '<header><p class="label">Chapter 1</p><h1>The Title</h1></header>\n'
        "</section>\n"
    )


def test_a_compound_in_a_title_is_not_parted() -> None:
    words = "A Counter-Revolution, co-op’s self-" + "x" * 30 + " 1970–1973"
    kept = (
        'A <span class="compound">Counter-Revolution</span>,'
        ' <span class="compound">co-op</span>’s self-' + "x" * 30
    )
    plain = chapter(Heading(2, text(words), "h"), paragraph(words), title=words)
    markup = chapter_markup(plain, OPEN)
    assert f"<h1>{kept} 1970–1973</h1>" in markup
    assert f'<h2 id="h">{kept} 1970–1973</h2>' in markup
    assert f'<p class="first">{words}</p>' in markup


def test_no_header_without_words() -> None:
    assert "header" not in chapter_markup(chapter(paragraph("x")), OPEN)


@pytest.mark.parametrize("role", list(ChapterRole))
def test_roles(role: ChapterRole) -> None:
    section = parsed(chapter_markup(chapter(role=role), OPEN))[0]
    kind = "" if role is ChapterRole.BACK_COVER else role.value
    assert section.get("class") == role.value
    assert section.get(f"{{{OPS}}}type", "") == kind
    assert section.get("role", "") == (f"doc-{kind}" if kind else "")
    assert chapter_markup(chapter(role=role), PRINT).startswith(
        f'<section id="c" class="{role.value}">'
    )


def test_paragraphs_by_role_and_the_first_after_a_heading() -> None:
    blocks = (
        paragraph("deck", role=ParagraphRole.DECK),
        paragraph("one"),
        paragraph("two"),
        Heading(3, text("h"), "h"),
        paragraph("place", role=ParagraphRole.DATELINE),
        Quote((paragraph("quoted"),)),
        paragraph("three"),
        paragraph("me", role=ParagraphRole.SIGNATURE),
        paragraph("four"),
    )
    assert inner(chapter_markup(chapter(*blocks), OPEN)).splitlines() == [
        '<p class="deck">deck</p>',
        '<p class="first">one</p>',
        "<p>two</p>",
        '<h3 id="h">h</h3>',
        '<p class="dateline">place</p>',
        "<blockquote>",
        "<p>quoted</p>",
        "</blockquote>",
        '<p class="first">three</p>',
        '<p class="signature">me</p>',
        "<p>four</p>",
    ]


def test_verse_lists_and_scene_breaks() -> None:
    blocks = (
        Verse(((), text("a"), text("b"), (), (), text("c"))),
        Listing(((paragraph("x"),),), ordered=True, start=3),
        Listing(((paragraph("y"),),), ordered=True),
        Listing(((paragraph("z"),),)),
        SceneBreak(),
    )
    assert inner(chapter_markup(chapter(*blocks), OPEN)).splitlines() == [
        '<div class="verse">',
        '<div class="stanza"><div class="line">a</div><div class="line">b</div></div>',
        '<div class="stanza"><div class="line">c</div></div>',
        "</div>",
        *('<ol start="3">', "<li>", "<p>x</p>", "</li>", "</ol>"),
        *("<ol>", "<li>", "<p>y</p>", "</li>", "</ol>"),
        *("<ul>", "<li>", "<p>z</p>", "</li>", "</ul>"),
        '<hr class="scene"/>',
    ]


def test_a_figure_with_its_image_and_without() -> None:
    figure = Figure("images/a.png", "Two women", text("Ana & Luz"), "f")
    with_image = replace(OPEN, images={"images/a.png": "pics/1.png"})
    assert inner(chapter_markup(chapter(figure), with_image)) == (
        '<figure id="f"><img src="pics/1.png" alt="Two women"/>'
        "<figcaption>Ana &amp; Luz</figcaption></figure>"
    )
    assert inner(chapter_markup(chapter(figure), OPEN)) == (
        '<figure id="f" class="no-image"><figcaption>Ana &amp; Luz</figcaption></figure>'
    )


def test_another_script_says_its_direction() -> None:
    block = Paragraph((Lang("he", text("שלום")), Lang("es", text("paz"))))
    assert (
        '<span lang="he" xml:lang="he" dir="rtl">שלום</span><span lang="es" xml:lang="es">paz'
        in chapter_markup(chapter(block), OPEN)
    )
    assert [direction(tag) for tag in ("ar", "ar-Latn", "az-Arab", "en", "HE-IL")] == [
        *("rtl", "ltr", "rtl", "ltr", "rtl")
    ]


# --- notes ----------------------------------------------------------------------------


def test_notes_stand_at_the_end_of_the_chapter_and_lead_back() -> None:
    blocks = (Paragraph((Text("a"), note("one"), Text("b"), note("two"))), paragraph("c"))
    root = parsed(chapter_markup(chapter(*blocks), OPEN))
    calls = root.findall(".//a[@role='doc-noteref']")
    asides = root.findall(".//aside")
    assert [a.tag for a in root[0]][-2:] == ["aside", "aside"]
    assert [letters("".join(a.itertext())) for a in asides] == ["1one", "2two"]
    for number, (call, aside) in enumerate(zip(calls, asides, strict=True), 1):
        back = aside.find(".//a[@role='doc-backlink']")
        assert back is not None
        assert call.text == back.text == str(number)
        assert call.get("href") == f"#{aside.get('id')}"
        assert back.get("href") == f"#{call.get('id')}"
        assert call.get(f"{{{OPS}}}type") == "noteref"
        assert aside.get(f"{{{OPS}}}type") == "footnote"


def test_a_note_without_a_paragraph_to_begin_with() -> None:
    block = Paragraph((Text("a"), Note((Quote((paragraph("q"),)),)), Note(())))
    asides = parsed(chapter_markup(chapter(block), OPEN)).findall(".//aside")
    assert [letters("".join(a.itertext())) for a in asides] == ["1q", "2"]


def test_a_note_inside_a_note_comes_after_it() -> None:
    block = Paragraph((Note((Paragraph((Text("a"), note("b"))),)),))
    asides = parsed(chapter_markup(chapter(block), OPEN)).findall(".//aside")
    assert [letters("".join(a.itertext())) for a in asides] == ["1a2", "2b"]


def test_a_note_called_in_a_link_follows_the_link() -> None:
    block = Paragraph((Link("https://a.b/", (Text("x"), Emph((note("n"), Text("y"))))),))
    root = parsed(chapter_markup(chapter(block), OPEN))
    assert not root.findall(".//a//a")
    words = root.find(".//p")
    assert words is not None
    assert "".join(words.itertext()) == "xy1"


def test_notes_of_the_print_edition_stand_in_place() -> None:
    verse = Verse((text("v"), (), text("w")))
    listing = Listing(((paragraph("i"),),))
    figure = Figure("images/a.png", "alt", text("cap"), "")
    blocks = (paragraph("n"), Quote((paragraph("q"),)), verse, listing, figure, SceneBreak())
    markup = chapter_markup(chapter(Paragraph((Text("a"), Note(blocks), Text("b")))), PRINT)
    block = parsed(markup).find(".//p")
    assert block is not None
    assert block[0].get("class") == "footnote"
    assert "".join(block.itertext()) == "anqvw• icap* * *b"
    assert {element.tag for element in block.iter()} == {"p", "span"}
    assert "doc-" not in markup
    assert "epub:" not in markup


def test_note_ids_give_way_to_the_manuscripts() -> None:
    blocks = (Paragraph((note("n"),)), Heading(2, text("h"), "c.note.1"))
    taken = Markup(anchors={"c": "", "c.note.1": ""})
    ids = [
        e.get("id") for e in parsed(chapter_markup(chapter(*blocks), taken)).findall(".//*[@id]")
    ]
    assert len(ids) == len(set(ids))


# --- links and ids --------------------------------------------------------------------


def test_links_find_their_document() -> None:
    options = Markup(anchors={"c": "1.xhtml", "here": "1.xhtml", "_2": "2.xhtml"})
    block = Paragraph((Link("#here", text("a")), Link("#2", text("b"))))
    assert '<a href="#here">a</a><a href="2.xhtml#_2">b</a>' in chapter_markup(
        chapter(block), options
    )


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        ("http://example.org/a b|c[é]", "http://example.org/a%20b%7Cc%5B%C3%A9%5D"),
        ("http://example.org/100%#a#b", "http://example.org/100%25#a%23b"),
        ("MAILTO:a@example.org", "MAILTO:a@example.org"),
    ],
)
def test_addresses_outside(address: str, written: str) -> None:
    link = parsed(chapter_markup(chapter(Paragraph((Link(address, text("x")),))), OPEN)).find(
        ".//a"
    )
    assert link is not None
    assert link.get("href") == written


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "file:///etc/passwd", "../x", "data:text/html,x", "", "http://"],
)
def test_other_addresses_are_refused(target: str) -> None:
    block = Paragraph((Text("x", 4), Link(target, (Text("here", 5),))))
    with pytest.raises(ManuscriptError, match="a link leads to") as error:
        chapter_markup(chapter(block), OPEN)
    assert error.value.place is not None
    assert error.value.place.file == "text/01.md"


def test_a_dangling_link_is_refused() -> None:
    with pytest.raises(ManuscriptError, match="'#nowhere', which nothing"):
        chapter_markup(chapter(Paragraph((Link("#nowhere", text("x")),))), OPEN)


def test_an_id_given_twice_is_refused_with_its_place() -> None:
    deep = Note((Quote((Figure("images/a.png", "", (Text("x", 9),), "c"),)),))
    book = Book(Metadata("t", "en"), (chapter(Paragraph((deep,))),))
    with pytest.raises(ManuscriptError, match="'c' is given twice") as error:
        anchors(book)
    assert str(error.value.place) == "text/01.md:9"


@given(st.text(max_size=6))
def test_an_anchor_is_an_xml_name(id: str) -> None:
    try:
        etree.fromstring(f'<!DOCTYPE a [<!ATTLIST a i ID #IMPLIED>]><a i="{anchor(id)}"/>')
    except etree.XMLSyntaxError as error:  # pragma: no cover - says which
        raise AssertionError(f"{id!r} became {anchor(id)!r}") from error
    assert etree.QName(anchor(id)).localname == anchor(id)


# --- words of other languages ---------------------------------------------------------


def test_the_longest_phrase_wins_and_only_whole_words_count() -> None:
    words = "The Cordones Industriales, Cordones. Cordonesque cordones ÑuñoaX Ñuñoa’s"
    assert text_markup(words, Markup(lexicon=LEXICON)).source == (
        'The <span lang="es" xml:lang="es">Cordones Industriales</span>,'
        ' <span lang="es" xml:lang="es">Cordones</span>. Cordonesque cordones ÑuñoaX'
        ' <span lang="es" xml:lang="es">Ñuñoa</span>’s'
    )


def test_a_phrase_may_stand_on_two_lines_of_the_manuscript() -> None:
    block = paragraph("the Cordones ", "Industriales grew")
    markup = chapter_markup(chapter(block), replace(OPEN, lexicon=LEXICON))
    assert ">Cordones Industriales</span> grew" in markup


def test_what_is_marked_already_stays_as_it_is() -> None:
    block = Paragraph((Lang("es", text("los Cordones")), Lang("fr", text("les Cordones"))))
    markup = chapter_markup(chapter(block), replace(OPEN, lexicon=LEXICON))
    assert '<span lang="es" xml:lang="es">los Cordones</span>' in markup
    assert 'les <span lang="es" xml:lang="es">Cordones</span></span>' in markup
    own = replace(OPEN, lexicon=LEXICON, language="es")
    assert "lang=" not in chapter_markup(chapter(paragraph("Los Cordones")), own)


def test_titles_labels_and_captions_too() -> None:
    blocks = (
        Heading(2, text("Cordones"), "h"),
        Figure("images/a.png", "", text("Cordones"), ""),
        Quote((Verse((text("Cordones"),)),)),
    )
    whole = Chapter("f", "c", text("Cordones"), blocks, label="Cordones")
    markup = chapter_markup(whole, replace(OPEN, lexicon=LEXICON))
    assert markup.count('<span lang="es" xml:lang="es">Cordones</span>') == 5


@given(
    st.dictionaries(
        st.text("ab Ñé.(*\u0301", max_size=5), st.sampled_from(("es", "la")), max_size=5
    ),
    st.text("ab Ñé.(*\u0301\n", max_size=30),
)
def test_the_lexicon_changes_no_letter(phrases: dict[str, str], words: str) -> None:
    pieces = Lexicon(phrases).pieces(words)
    assert "".join(piece for piece, _ in pieces) == words
    folded = {" ".join(phrase.split()): tag for phrase, tag in phrases.items()}
    at = 0
    for piece, tag in pieces:
        if tag:
            assert folded[" ".join(piece.split())] == tag
            assert not re.match(r"[\w\u0301]", words[at + len(piece) :])
            assert not re.search(r"[\w\u0301]\Z", words[:at])
        at += len(piece)


# --- laws over any chapter ------------------------------------------------------------


def settled(tree: Chapter) -> Chapter:
    """The chapter with every link into the book leading to the chapter itself."""

    def block(b: BookBlock) -> BookBlock:
        match b:
            case Paragraph() | Heading():
                return replace(b, inlines=inlines(b.inlines))
            case Figure():
                return replace(b, caption=inlines(b.caption))
            case Quote():
                return Quote(tuple(map(block, b.blocks)))
            case Listing():
                return replace(b, items=tuple(tuple(map(block, i)) for i in b.items))
            case Verse():
                return Verse(tuple(map(inlines, b.lines)))
            case SceneBreak():
                return b

    def inlines(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(node(n) for n in nodes)

    def node(n: Inline) -> Inline:
        match n:
            case Text(value):
                return Text(re.sub("[\ufdd0-\ufdef\ufffe\uffff]", "", value))
            case Link(target, children):
                return Link(f"#{tree.id}" if target[0] == "#" else target, inlines(children))
            case Note(blocks):
                return Note(tuple(map(block, blocks)))
            case Emph(children) | Lang(children=children):
                return replace(n, children=inlines(children))
            case _:
                children = getattr(n, "children", None)
                return n if children is None else replace(n, children=inlines(children))  # type: ignore[call-arg]

    return replace(tree, title=inlines(tree.title), blocks=tuple(map(block, tree.blocks)))


def visible(root: etree._Element) -> Iterator[str]:
    for words in root.itertext():
        yield str(words)


@given(strategies.chapters())
def test_any_chapter_is_well_formed_with_unique_ids_and_says_what_is_expected(
    drawn: Chapter,
) -> None:
    tree = settled(drawn)
    book = Book(Metadata("t", "en"), (tree,))
    options = Markup(anchors=anchors(book), lexicon=Lexicon({"word": "es", "the": "la"}))
    root = parsed(chapter_markup(tree, options))
    ids = [element.get("id") for element in root.iterfind(".//*[@id]")]
    assert len(ids) == len(set(ids))
    assert letters("".join(visible(root))) == letters("".join(e.text for e in on_screen(tree)))
    assert not root.findall(".//a//a")
    for link in root.iterfind(".//a"):
        href = link.get("href", "")
        assert not href.startswith("#") or href[1:] in ids


@given(strategies.chapters())
def test_the_print_edition_says_the_same_and_has_no_block_in_a_line(drawn: Chapter) -> None:
    tree = settled(drawn)
    options = Markup(edition=Edition.PDF, anchors=anchors(Book(Metadata("t", "en"), (tree,))))
    root = parsed(chapter_markup(tree, options))
    engine = ("note-call", "note-mark", "scene-break")  # what the style sheet makes
    shown = "".join(s.text for s in chapter_shown(tree) if s.rule not in engine)
    assert sorted(letters("".join(visible(root)))) == sorted(letters(shown))
    for span in root.iterfind(".//span"):
        assert not {child.tag for child in span.iter()} & {"p", "div", "figure", "ul", "ol", "li"}


@given(strategies.chapters())
def test_one_row_a_line(drawn: Chapter) -> None:
    tree = settled(drawn)
    options = Markup(anchors=anchors(Book(Metadata("t", "en"), (tree,))))
    rows = chapter_rows(tree, options)
    assert chapter_markup(tree, options).split("\n")[:-1] == [row.xml for row in rows]


def test_rows_know_their_line_in_the_manuscript() -> None:
    whole = SMALL.chapters[3]
    options = Markup(anchors=anchors(SMALL))
    lines = {row.xml[:24]: row.line for row in chapter_rows(whole, options)}
    assert lines['<header><p class="label"'] == 1
    assert lines['<p class="first">In 1971'] == 7
    assert lines['<h2 id="the-bakery">The '] == 14
    assert lines['<figure id="fig-1" class'] == 20
    assert lines["<p>A letter begins like "] == 24
    assert lines["<p>They will not last.</"] == 42
