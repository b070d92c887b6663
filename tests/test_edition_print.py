"""The print edition's document: its leaves, its running heads, its contents, its breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from booktools.edition.balance import balanced
from booktools.edition.prelims import imprint, title_page
from booktools.edition.print import (
    HEAD_LENGTH,
    expected,
    leaves,
    print_document,
    references,
    running_head,
)
from booktools.model.book import (
    Book,
    Chapter,
    ChapterRole,
    Emph,
    Figure,
    Heading,
    LineBreak,
    Note,
    Paragraph,
    Person,
    Quote,
    Text,
    inline_text,
)
from booktools.model.printed import Folio, Leaf, roman
from print_books import BOOK, META, chapter, words


def names(book: Book) -> list[str]:
    return [leaf.name for leaf in leaves(book)]


def leaf_of(book: Book, name: str) -> Leaf:
    return next(leaf for leaf in leaves(book) if leaf.name == name)


# --- leaves ---------------------------------------------------------------------------


def test_the_preliminaries_come_in_the_printers_order() -> None:
    assert names(BOOK) == [
        *("half-title", "title-page", "imprint", "dedication", "contents", "foreword"),
        *("part", "chapter", "chapter", "afterword", "backcover"),
    ]


def test_a_dedication_later_in_the_book_stays_where_it_is() -> None:
    book = replace(BOOK, chapters=(BOOK.chapters[1], BOOK.chapters[0]))
    assert names(book)[-2:] == ["foreword", "dedication"]


def test_everything_begins_on_a_recto_but_the_imprint_and_the_back_cover() -> None:
    assert [leaf.name for leaf in leaves(BOOK) if not leaf.on_recto] == ["imprint", "backcover"]


def test_folios_are_roman_before_the_body_and_arabic_from_its_first_leaf() -> None:
    shown = {leaf.name: leaf.folio for leaf in leaves(BOOK)}
    assert shown["contents"] is shown["foreword"] is Folio.ROMAN
    assert shown["chapter"] is shown["afterword"] is Folio.ARABIC
    assert next(leaf.name for leaf in leaves(BOOK) if leaf.arabic) == "part"


@pytest.mark.parametrize(
    "name", ["half-title", "title-page", "imprint", "dedication", "part", "backcover"]
)
def test_display_pages_bear_neither_head_nor_folio(name: str) -> None:
    leaf = leaf_of(BOOK, name)
    for first in (True, False):
        for on_recto in (True, False):
            assert leaf.margins(3, first=first, on_recto=on_recto) == ("", "")


def test_a_chapters_margins() -> None:
    leaf = leaf_of(BOOK, "chapter")
    assert leaf.margins(3, first=True, on_recto=True) == ("", "3")
    assert leaf.margins(4, first=False, on_recto=False) == ("The River Book", "4")
    assert leaf.margins(5, first=False, on_recto=True) == ("The first strike", "5")
    assert leaf_of(BOOK, "foreword").margins(9, first=False, on_recto=True)[1] == "ix"


def test_roman_numerals() -> None:
    numbers = (1, 4, 9, 14, 40, 90, 400, 944, 1999)
    assert [roman(n) for n in numbers] == [
        *("i", "iv", "ix", "xiv", "xl", "xc", "cd", "cmxliv", "mcmxcix")
    ]


# --- running heads --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "label", "head"),
    [
        ("The strike", "Chapter 1", "The strike"),
        ("", "Chapter 1", "Chapter 1"),
        ("  The \n strike ", "", "The strike"),
        (
            "Entering the struggle: the first years in the factories of the capital",
            "Chapter 2",
            "Entering the struggle",
        ),
        ("The cordons and the revolution that its own leaders strangled", "Chapter 3", "Chapter 3"),
        (
            "The cordons and the revolution that its own leaders strangled",
            "",
            "The cordons and the revolution that its own…",
        ),
    ],
)
def test_running_heads_fit_on_one_line(title: str, label: str, head: str) -> None:
    assert running_head(title, label) == head


@example("x" * 46, "")
@given(st.text(max_size=200), st.text(max_size=20))
def test_a_running_head_is_never_too_long_unless_its_label_is(title: str, label: str) -> None:
    head = running_head(title, label)
    assert len(head) <= HEAD_LENGTH + 1 or head == label


# --- what the pages show --------------------------------------------------------------


def shown(*blocks: object) -> list[tuple[str, str]]:
    book = Book(META, (Chapter("c.md", "c", (Text("T", 1),), blocks),))  # type: ignore[arg-type]
    return [(s.rule, s.text) for s in leaves(book)[-1].expected]


def test_notes_follow_the_block_that_calls_them_with_call_and_mark() -> None:
    note = Note((Paragraph((Text("at the foot", 3),)),))
    assert shown(Paragraph((Text("called", 2), note, Text(" here", 2)))) == [
        ("manuscript", "T"),
        ("manuscript", "called"),
        ("note-call", "1"),
        ("manuscript", " here"),
        ("note-mark", "1."),
        ("moved-note", "at the foot"),
    ]


def test_stretches_lead_back_to_the_manuscript() -> None:
    lines = {s.text: (s.file, s.line) for s in expected(BOOK) if s.rule == "manuscript"}
    assert lines["Rain fell on the valley."] == ("03.md", 5)


def test_the_contents_list_titles_and_first_sections_but_not_what_stands_before() -> None:
    listed = [s.text for s in leaf_of(BOOK, "contents").expected]
    assert listed == [
        *("Contents", "Foreword", "Part One The land", "Chapter 1 The first strike"),
        *("Chapter 2 The valley", "Afterword"),
    ]


# --- the document ---------------------------------------------------------------------


def test_an_image_at_hand_is_set_and_one_that_is_not_leaves_its_caption() -> None:
    figure = Figure("images/a.jpg", "A man", (Text("Caption", 2),), "f")
    book = Book(META, (Chapter("c.md", "c", (), (figure, Quote((replace(figure, id="g"),)))),))
    assert references(book, "") == ("images/a.jpg",)
    assert "<img" not in print_document(book, "").html
    document = print_document(book, "", resources={"images/a.jpg": b"x"})
    assert document.html.count('<img src="images/a.jpg" alt="A man"/>') == 2


def test_references_of_a_style_sheet_count_from_its_folder_and_stay_in_the_project() -> None:
    css = """@import "more.css"; a { b: url(fonts/A%20b.ttf) url('../images/x.png#y') }
    c { d: url(http://e.example/f) url(/etc/passwd) url(../../g) url(data:image/png;base64,AA) }"""
    found = ("images/x.png", "styles/fonts/A b.ttf", "styles/more.css")
    assert references(Book(META, ()), css) == found


def test_metadata_stands_in_the_head_and_is_escaped() -> None:
    meta = replace(META, title="A <b> & c", subjects=("x", "y"), description='d "e"')
    html = print_document(Book(meta, ()), "").html
    assert "<title>A &lt;b&gt; &amp; c</title>" in html
    assert '<meta name="keywords" content="x, y"/>' in html
    assert '<meta name="author" content="Ana Example and Ben Example"/>' in html
    assert '<html lang="en">' in html


def test_a_book_that_runs_from_right_to_left_says_so() -> None:
    html = print_document(Book(replace(META, language="ar"), ()), "").html
    assert '<html lang="ar" dir="rtl">' in html


def test_the_body_begins_at_the_first_arabic_leaf() -> None:
    assert print_document(BOOK, "").body == "leaf:part-1"
    assert print_document(BOOK, "").html.count("first-arabic") == 1
    assert print_document(Book(META, BOOK.chapters[:2]), "").body == ""


# --- title page and imprint -----------------------------------------------------------


def test_title_page_and_imprint_are_made_of_the_metadata() -> None:
    assert [(line.style, line.text) for line in title_page(META)] == [
        ("author", "Ana Example and Ben Example"),
        ("title", "The River Book"),
        ("subtitle", "A memoir"),
        ("credit", "Translated by Cid Example"),
        ("publisher", "Example Press"),
    ]
    assert [line.text for line in imprint(META)] == [
        *("All rights reserved.", "Set in Vollkorn.", "Edited by Dot Example"),
        *("Example Press, 2024", "Rivers 3", "First printing", "ISBN 978-1-23456-789-7"),
    ]


def test_credits_speak_the_books_language() -> None:
    meta = replace(META, language="es-CL")
    assert "Traducción de Cid Example" in [line.text for line in title_page(meta)]
    assert leaves(Book(meta, ()))[-1].expected[0].text == "Índice"
    person = (Person("Eva Example", "xyz"),)
    unknown = replace(META, language="eo", creators=person)
    assert title_page(unknown)[-2].text == "Eva Example"


# --- balanced lines -------------------------------------------------------------------


def lines(title: str, measure: int) -> list[str]:
    out = [""]
    for node in balanced((Text(title),), measure):
        if isinstance(node, LineBreak):
            out.append("")
        else:
            out[-1] += inline_text((node,))
    return [line.strip() for line in out]


def test_lines_come_out_about_equal() -> None:
    assert lines("Memoirs of a Chilean revolutionary worker", 38) == [
        *("Memoirs of a Chilean", "revolutionary worker")
    ]


def test_a_stop_is_a_good_end_and_a_short_word_a_bad_one() -> None:
    assert lines("Entering the struggle: the first years there", 30)[0] == "Entering the struggle:"
    assert lines("The first years in the factories of it", 30)[0] == "The first years"


def test_short_titles_long_texts_and_broken_titles_are_left_alone() -> None:
    for title in ("The strike", "Indivisible" * 9, "word " * 90):
        assert lines(title, 30) == [title.strip()]
    own = (Text("A title with its own "), LineBreak(), Text("break between its lines"))
    assert balanced(own, 20) == own


@given(words(), st.integers(0, 40))
def test_breaks_change_no_letter(title: str, measure: int) -> None:
    for inlines in ((Text(title),), (Text(title[:9]), Emph((Text(title[9:]),)))):
        parts = balanced(inlines, measure)
        told = inline_text(parts).replace(" ", "")
        assert told == title.replace(" ", "")


def test_headings_decks_and_captions_are_broken_too() -> None:
    long = (Text("The workers of the valley meet in the hall beside the old railway"),)
    html = print_document(
        Book(META, (chapter(Heading(2, long, "h"), Figure("", "", (*long, *long), "f")),)), ""
    ).html
    assert html.count("<br/>") == 2


def test_markup_of_a_role_outside_the_contents() -> None:
    book = Book(META, (Chapter("d.md", "d", (), (), ChapterRole.DEDICATION),))
    assert 'class="leaf dedication roman depth-1"' in print_document(book, "").html
