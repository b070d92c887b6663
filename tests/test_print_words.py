"""Whatever a manuscript can hold, the printed pages say it: whole books through the engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from booktools.check.same_words import Proof, prove_pdf
from booktools.edition.anchors import anchor, anchors
from booktools.edition.print import leaves
from booktools.engines import pdfium, weasy
from booktools.model.book import (
    Book,
    BookBlock,
    Chapter,
    ChapterRole,
    Emph,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    Metadata,
    Note,
    Paragraph,
    Quote,
    SceneBreak,
    SmallCaps,
    Strong,
    Text,
    Verse,
)
from booktools.model.printed import Rendered
from print_books import document
from strategies import books

META = Metadata("A Book", "en")


def rendered(book: Book) -> Rendered:
    return weasy.render(document(book))


def proof(book: Book, made: Rendered | None = None) -> Proof:
    return prove_pdf(book, leaves(book), pdfium.pdf_text((made or rendered(book)).pdf))


def text(words: str, line: int = 2) -> Text:
    return Text(words, line)


def paragraph(*parts: Inline | str) -> Paragraph:
    return Paragraph(tuple(text(part) if isinstance(part, str) else part for part in parts))


def note(*blocks: BookBlock) -> Note:
    return Note(blocks)


def book(*blocks: BookBlock, title: tuple[Inline, ...] = (Text("The valley", 1),)) -> Book:
    return Book(META, (Chapter("01.md", "c", title, blocks, label="Chapter 1"),))


def body_lines(book: Book) -> list[str]:
    pages = pdfium.pdf_text(rendered(book).pdf)[6:]
    return [line.text.strip() for page in pages for line in page.lines]


# --- lists ----------------------------------------------------------------------------


def test_numbers_begin_where_the_list_says() -> None:
    items = tuple((paragraph(word),) for word in ("bread", "land", "peace"))
    assert body_lines(book(Listing(items, True, 4)))[2:5] == ["4. bread", "5. land", "6. peace"]
    assert proof(book(Listing(items, True, 999))).findings == ()


def test_items_without_a_paragraph_have_their_mark_on_a_line_of_its_own() -> None:
    inner = Listing(((paragraph("inner"),), ()), True, 0)
    whole = book(Listing(((), (SceneBreak(),), (inner,), (paragraph(),))))
    assert body_lines(whole)[2:-1] == ["•", "•", "* * *", "•", "0. inner", "1.", "•"]
    assert proof(whole).findings == ()


def test_an_item_that_moves_on_takes_its_mark_with_it() -> None:
    lines = paragraph("One line of a page and another one of it. " * 90)
    whole = book(*(lines, Listing(tuple((paragraph("An item. " * 30),) for _ in range(30)))))
    assert proof(whole).findings == ()
    for page in pdfium.pdf_text(rendered(whole).pdf)[6:]:
        marks = [line for line in page.lines if line.text.startswith("•")]
        assert all(line.text.strip() != "•" for line in marks)


# --- notes ----------------------------------------------------------------------------


def test_notes_hold_every_kind_of_block() -> None:
    blocks = (
        paragraph("first"),
        Heading(3, (text("head"),), "h"),
        Quote((paragraph("quoted"), SceneBreak())),
        Verse(((text("verse"),), (), (text("more"),))),
        Listing(((paragraph("item"),), ()), True, 7),
        SceneBreak(),
        Figure("images/none.jpg", "", (text("caption"),), "f"),
    )
    whole = book(paragraph("called", note(*blocks), " on"), SceneBreak(), Listing(((),)))
    assert proof(whole).findings == ()
    made = dict(proof(whole).account)
    assert made["moved-mark"] == len("***") * 2 + len("7.8.")
    assert made["note-call"] == 1


def test_a_note_called_in_a_link_is_called_after_it() -> None:
    link = Link("https://example.org/", (text("before"), note(paragraph("foot")), text("after")))
    assert proof(book(paragraph(link, " on"))).findings == ()


@pytest.mark.parametrize("count", [1, 3, 9, 30])
def test_notes_called_in_titles_headings_and_captions(count: int) -> None:
    calls = tuple(note(paragraph("A note that is called here. " * 3)) for _ in range(count))
    empty = tuple(note() for _ in range(count))
    whole = book(
        Heading(2, (text("A section"), *calls), "h2"),
        Figure("images/none.jpg", "", (text("A caption"), *calls), "f"),
        paragraph("The text", *empty, " goes on.", *calls),
        title=(text("A title", 1), *calls, LineBreak(), text("of two lines", 1)),
    )
    assert proof(whole).findings == ()


def test_a_note_stands_on_the_page_that_calls_it() -> None:
    words = "The assembly went on until the morning, and nobody would leave. "
    blocks = [
        paragraph(words * 4, f"word{n}x", note(paragraph(f"note{n} " + words * (n % 7 + 1))), words)
        for n in range(40)
    ]
    whole = book(*blocks)
    made = rendered(whole)
    assert proof(whole, made).findings == ()
    for page in pdfium.pdf_text(made.pdf):
        said = " ".join(line.text for line in page.lines)
        for n in range(40):
            assert (f"word{n}x{n + 1}" in said) == (f"note{n} " in said)


def test_the_notes_of_a_chapters_last_page_do_not_get_lost() -> None:
    """They go to a page of their own where they must, and stay there when pages are made anew."""
    tall = note(paragraph("A very long note. " * 140))
    chapters = [
        Chapter(f"{n}.md", f"c{n}", (Text(f"Chapter {n}", 1),), (paragraph("x", tall, tall),))
        for n in range(3)
    ]
    assert proof(Book(META, tuple(chapters))).findings == ()


# --- letters --------------------------------------------------------------------------


def test_small_capitals_keep_their_letters_in_every_style() -> None:
    caps = SmallCaps((text("Ærøskøbing, ſt ß ŉ ǰ Αλφα αλφα 1973 “Dago”"),))
    styles = (caps, Emph((caps,)), Strong((caps,)), Strong((Emph((caps,)),)))
    assert proof(book(*(paragraph(style) for style in styles))).findings == ()


def test_letters_and_accents_keep_their_own_text_whichever_comes_first() -> None:
    first = paragraph("q̃ and x\u030a z\u0327\u0301, then q x z and ọ̀ ẹ́ m̀")
    whole = book(first, paragraph("quartz: x, y, z"))
    assert proof(whole).findings == ()
    assert "quartz: x, y, z" in [" ".join(line.split()) for line in body_lines(whole)]


@pytest.mark.parametrize("letter", ["ﬁ", "ﬅ", "ﬆ", "ŉ", "ﬀ", "\u034f", "\ufe0f", "\u2800", "⁠"])
def test_ligatures_and_unseen_characters_are_no_difference(letter: str) -> None:
    assert proof(book(paragraph(f"x {letter} y fi fl ff ft"))).findings == ()


# --- what is read ---------------------------------------------------------------------


@pytest.mark.parametrize("word", ["*" * 200, "x" * 200, "/srv/harbour" * 20])
def test_a_word_longer_than_its_line_stays_on_the_page(word: str) -> None:
    long = paragraph(f"See {word} there", note(paragraph(f"Or {word}.")))
    made = book(long, Listing(((paragraph(word),),)), Verse(((text(word),),)))
    assert proof(made).findings == ()


def test_a_text_that_goes_on_with_what_the_notes_begin_with() -> None:
    words = "The assembly went on until the morning, and nobody would leave. " * 40
    called = paragraph(words, note(paragraph("A note.")), "last")
    whole = book(called, paragraph("1. One", LineBreak(), "2. Two"), paragraph("- "))
    assert proof(whole).findings == ()


@pytest.mark.parametrize("title", ["…", ". . .", "—", "1", "xii"])
def test_titles_that_look_like_leaders_or_numbers(title: str) -> None:
    chapters = [
        Chapter(f"{n}.md", f"c{n}", (Text(title, 1),), (paragraph("Text of it."),))
        for n in range(2)
    ]
    assert proof(Book(META, tuple(chapters))).findings == ()


@pytest.mark.parametrize("role", [ChapterRole.FOREWORD, ChapterRole.CHAPTER])
def test_a_chapter_that_shows_nothing(role: ChapterRole) -> None:
    empty = Chapter("0.md", "e", (Text(" ", 1), LineBreak()), (), role, label=" ")
    full = Chapter("1.md", "f", (Text("The valley", 1),), (paragraph("It rained."),))
    assert proof(Book(META, (empty, full, replace(empty, id="e2", file="2.md")))).findings == ()


# --- anything -------------------------------------------------------------------------

_MANY = settings.default.max_examples if settings.default else 60


@settings(max_examples=max(_MANY // 12, 1), derandomize=_MANY < 100)
@given(books())
def test_any_book_is_printed_letter_for_letter(drawn: Book) -> None:
    assert proof(settled(drawn)).findings == ()


def settled(drawn: Book) -> Book:
    """The book with lines of their own for all its texts, and no link that leads nowhere."""
    known = anchors(drawn)
    lines = iter(range(2, 1_000_000))

    def inlines(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(map(inline, nodes))

    def inline(node: Inline) -> Inline:
        match node:
            case Text(value):
                return Text(value, next(lines))
            case LineBreak():
                return node
            case Note(blocks):
                return Note(tuple(map(block, blocks)))
            case Link(target, children):
                lost = target.startswith("#") and anchor(target[1:]) not in known
                return Link(f"#{drawn.chapters[0].id}" if lost else target, inlines(children))
            case _:
                return replace(node, children=inlines(node.children))

    def block(node: BookBlock) -> BookBlock:
        match node:
            case Paragraph() | Heading():
                return replace(node, inlines=inlines(node.inlines))
            case Figure():
                return replace(node, caption=inlines(node.caption))
            case Verse(rows):
                return Verse(tuple(map(inlines, rows)))
            case Quote(blocks):
                return Quote(tuple(map(block, blocks)))
            case Listing(items):
                return replace(node, items=tuple(tuple(map(block, item)) for item in items))
            case SceneBreak():
                return node

    chapters = (
        replace(c, title=inlines(c.title), blocks=tuple(map(block, c.blocks)))
        for c in drawn.chapters
    )
    return replace(drawn, chapters=tuple(chapters))


# --- from right to left ---------------------------------------------------------------

ARABIC = (
    "كانت الرياح تسوق المطر فوق الوادي، ولم يكن أحد يعرف إن كانت الطريق (في عام 1973) مفتوحة. ",
    "قالت: «لا تذهب، لقد تأخر الوقت». هل كان ذلك صحيحاً؟ السَّلَامُ عَلَيْكُمْ، POI-CI. ",
)


def leftwards(*changes: tuple[str, str]) -> Book:
    """A book in Arabic with notes, lists and verse; `changes` are made in its first chapter."""
    words = "".join(ARABIC * 6)
    for old, new in changes:
        words = words.replace(old, new, 1)
    blocks = (
        paragraph(words, note(paragraph(ARABIC[0] * 2)), ARABIC[1]),
        Heading(2, (text("عند السكة الحديدية"),), "h"),
        Listing(((paragraph("خبز"),), (paragraph("ملح"),)), True, 9),
        Verse(((text("سطر"),), (text("سطر آخر"),))),
        *(paragraph(ARABIC[1] * n) for n in range(1, 9)),
    )
    chapters = (
        Chapter("0.md", "p", (Text("مقدمة", 1),), (paragraph(ARABIC[0] * 9),), ChapterRole.PREFACE),
        Chapter("1.md", "c", (Text("الرحلة إلى الوادي", 1),), blocks, label="الفصل الأول"),
        Chapter("2.md", "d", (Text("العودة", 1),), (paragraph(ARABIC[0] * 40),)),
    )
    return Book(replace(META, title="كتاب الوادي", language="ar"), chapters)


def test_a_book_from_right_to_left() -> None:
    assert proof(leftwards()).findings == ()


@pytest.mark.parametrize("change", [("المطر", "المضر"), ("المطر ", ""), ("المطر", "المطر المطر")])
def test_a_letter_changed_lost_or_doubled_from_right_to_left(change: tuple[str, str]) -> None:
    found = prove_pdf(
        leftwards(), leaves(leftwards()), pdfium.pdf_text(rendered(leftwards(change)).pdf)
    )
    assert found.findings
    assert {finding.code for finding in found.findings} <= {"SAM001", "SAM002", "SAM003", "SAM004"}


def test_words_from_right_to_left_in_a_book_that_runs_the_other_way() -> None:
    words = "He wrote שלום (peace) and (السلام) on the wall; in 1973, שָׁלוֹם עֲלֵיכֶם was read. "
    assert (
        proof(book(paragraph(words * 5, note(paragraph(words))), paragraph(words))).findings == ()
    )
