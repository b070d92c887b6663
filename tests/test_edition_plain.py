"""The plain-text edition: its look, letter by letter, and its laws."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.edition.columns import centred, width, words, wrap
from booktools.edition.plain import COLUMNS, expected, plain_text
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
    Listing,
    Metadata,
    Note,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    Strong,
    Subscript,
    Superscript,
    Text,
    Verse,
)
from finished_book import book
from strategies import books

GOLDEN = Path(__file__).parent / "golden/plain.txt"


def shown(*blocks: BookBlock, images: tuple[str, ...] = ()) -> str:
    """What stands under the title of a chapter of these blocks."""
    chapter = Chapter("m.md", "c", (Text("TITLE", 1),), blocks)
    text = plain_text(Book(Metadata("T", "en"), (chapter,)), images)
    return text.rpartition("TITLE\n")[2].strip("\n")


def paragraph(*inlines: Inline) -> Paragraph:
    return Paragraph(inlines)


# --- the whole ------------------------------------------------------------------------


def test_the_edition_looks_as_it_always_did() -> None:
    """Written by `plain_text(book(1, 4))`; look at the difference before replacing it."""
    assert plain_text(book(1, 4)) == GOLDEN.read_text(encoding="utf-8")


@given(books())
def test_no_edition_breaks_the_form(any_book: Book) -> None:
    text = plain_text(any_book)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not set(text) & set("\t\f\v\r\u00a0\u00ad")
    for line in text[:-1].split("\n"):
        assert line == line.rstrip()
        assert width(line) <= COLUMNS or len(line.split()) == 1 or " " not in line.strip()


@given(books())
def test_what_is_expected_is_what_is_shown(any_book: Book) -> None:
    stretches = "".join(stretch.text for stretch in expected(any_book))
    shown_text = plain_text(any_book)
    assert "".join(stretches.split()).replace("\u00ad", "") == "".join(shown_text.split())


def test_the_same_book_gives_the_same_text() -> None:
    assert plain_text(book()) == plain_text(book())


def test_four_blank_lines_before_a_chapter_and_two_before_a_section() -> None:
    text = plain_text(book())
    for number in 1, 2, 3:
        assert re.search(rf"\S\n{{5}}Chapter {number}\n\n\S", text)
    assert re.search(r"\S\n\n\nSection 3 of chapter 1\n\n\S", text)
    assert "\n" * 6 not in text


def test_the_contents_list_parts_and_chapters() -> None:
    part = Chapter("p.md", "p", (Text("The Valley"),), (), ChapterRole.PART, "Part One")
    one = Chapter("c.md", "c", (Text("Strike"),), (Heading(2, (Text("May"),), "h"),), label="1")
    text = plain_text(Book(Metadata("T", "es"), (part, one)))
    assert "Índice\n\n\nPart One: The Valley\n  1: Strike\n\n\n\n\nPart One\n\nThe Valley\n" in text


# --- blocks ---------------------------------------------------------------------------


def test_a_figure_is_its_caption() -> None:
    figure = Figure("images/a.jpg", "alt", (Text("Rancagua, "), Emph((Text("1973"),))), "f")
    assert shown(figure) == "[Illustration: Rancagua, _1973_]"


def test_a_figure_without_caption_stands_only_for_its_image() -> None:
    figure = Figure("images/a.jpg", "alt", (), "f")
    assert shown(figure, images=("images/a.jpg",)) == "[Illustration]"
    assert shown(figure) == ""


def test_notes_stand_at_the_end_of_the_chapter() -> None:
    one = Note((paragraph(Text("First.")), paragraph(Text("More."))))
    two = Note((paragraph(Text("Second.")),))
    text = shown(
        paragraph(Text("Called"), one, Text(" and"), two, Text(".")), paragraph(Text("End."))
    )
    assert text == "Called[1] and[2].\n\nEnd.\n\n\n[1] First.\n\nMore.\n\n[2] Second."


def test_verse_and_quotes_are_indented() -> None:
    long = "word " * 20
    verse = Verse(((Text("One"),), (Text(long),), (), (Text("Two"),)))
    lines = shown(verse).split("\n")
    assert lines[0] == "    One"
    assert lines[1].startswith("    word")
    assert lines[2].startswith("        word")
    assert lines[3:] == ["", "    Two"]
    for line in shown(Quote((paragraph(Text(long)),))).split("\n"):
        assert line.startswith("    word")
        assert len(line) <= COLUMNS - 4


def test_lists_have_marks_and_hang() -> None:
    items = ((paragraph(Text("word " * 18)),), (paragraph(Text("b")),))
    lines = shown(Listing(items, True, 9)).split("\n")
    assert lines[0].startswith("9. word")
    assert lines[1].startswith("   word")
    assert lines[-1] == "10. b"
    assert shown(Listing(items)).split("\n")[-1] == "* b"


def test_a_scene_break_stands_in_the_middle() -> None:
    assert shown(SceneBreak()) == f"{' ' * 27}*       *       *"


def test_a_signature_stands_on_the_right() -> None:
    assert shown(Paragraph((Text("R. M."),), ParagraphRole.SIGNATURE)) == "R. M.".rjust(COLUMNS)


# --- inlines --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inlines", "wanted"),
    [
        ((Text("a "), Emph((Text("b"),)), Text(" c")), "a _b_ c"),
        ((Text("a"), Emph((Text(" b "),)), Text("c")), "a _b_ c"),
        ((Emph((Text("a "), Emph((Text("b"),)), Text(" c"))),), "_a b c_"),
        ((Emph((Text("a "), Strong((Text("b"),)))),), "_a =b=_"),
        ((Emph((Text(" "),)), Text("a")), "a"),
        (
            (Text("1"), Superscript((Text("st"),)), Text(" H"), Subscript((Text("2"),))),
            "1^{st} H_{2}",
        ),
        ((Text("a"), LineBreak(), Text("b")), "a\nb"),
        ((Text("a\u00a0b\u00adc"),), "a bc"),
    ],
)
def test_marks_hug_the_words(inlines: tuple[Inline, ...], wanted: str) -> None:
    assert shown(Paragraph(inlines)) == wanted


# --- columns --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("señor", 5), ("sen\u0303or", 5), ("日本", 4), ("“x”—", 4), ("a\u200bb", 2)],
)
def test_width_is_what_a_terminal_shows(text: str, columns: int) -> None:
    assert width(text) == columns


def test_words_are_never_broken_at_their_hyphens() -> None:
    text = "a " * 33 + "counter-revolutionary well\u2014known"
    assert wrap(text, COLUMNS)[1:] == ["counter-revolutionary well—known"]


def test_a_word_too_long_stands_alone() -> None:
    long = "x" * 90
    assert wrap(f"a {long} b", COLUMNS) == ["a", long, "b"]


def test_no_break_spaces_hold() -> None:
    line = "a " * 34
    assert wrap(f"{line}5\u00a0pesos", COLUMNS)[1] == "5 pesos"


@given(st.lists(st.text("ab日\u0301-—", min_size=1, max_size=9), max_size=80))
def test_wrapping_is_greedy_and_loses_nothing(parts: list[str]) -> None:
    text = " ".join(parts)
    lines = wrap(text, 30)
    assert " ".join(lines).split() == words(text)
    for line, after in pairwise(lines):
        assert width(line) + 1 + width(after.split()[0]) > 30
    assert all(width(line) <= 30 or " " not in line for line in lines)


def test_centred_leaves_a_long_line_alone() -> None:
    assert centred("ab", 6) == "  ab"
    assert centred("abcdefgh", 6) == "abcdefgh"


def test_the_golden_file_is_composed() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
