"""The printer: each construct as it stands in a manuscript file."""

from __future__ import annotations

import pytest

from booktools.errors import ManuscriptError
from booktools.manuscript.write import chapter_markdown
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
)


def _chapter(*blocks: BookBlock, title: tuple[Inline, ...] = (Text("T"),)) -> Chapter:
    return Chapter("text/01.md", "t", title, blocks)


def _body(*blocks: BookBlock) -> str:
    """What is written under the title."""
    return chapter_markdown(_chapter(*blocks)).removeprefix("# T {#t .chapter}\n\n")


def _para(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(x) if isinstance(x, str) else x for x in inlines))


def test_the_title_line_has_id_role_and_label() -> None:
    title = (Text("The "), Emph((Text("Cordones"),)), Text(" #1"))
    chapter = Chapter("f.md", "chapter-1", title, (), ChapterRole.PREFACE, 'Chapter "1" & \\')
    assert chapter_markdown(chapter) == (
        '# The *Cordones* \\#1 {#chapter-1 .preface label="Chapter \\"1\\" & \\\\"}\n'
    )


def test_no_label_no_attribute_and_an_empty_title() -> None:
    assert chapter_markdown(Chapter("f.md", "d", (), (), ChapterRole.DEDICATION)) == (
        "# {#d .dedication}\n"
    )


def test_each_sentence_has_a_line() -> None:
    text = "Mr. Méndez came. “He left.” ¿Y? It was 1973."
    assert _body(_para(text)) == "Mr. Méndez came.\n“He left.”\n¿Y?\nIt was 1973.\n"


def test_sentences_break_inside_emphasis_and_across_inlines() -> None:
    emph = Emph((Text("One ends. Two"),))
    assert _body(_para(emph, " goes on. ", Lang("es", (Text("Tres."),)))) == (
        "*One ends.\nTwo* goes on.\n[Tres.]{lang=es}\n"
    )


@pytest.mark.parametrize(
    ("block", "written"),
    [
        (Heading(3, (Text("Head"),), "h"), "### Head {#h}"),
        (Paragraph((Text("X"),), ParagraphRole.DATELINE), "::: dateline\nX\n:::"),
        (Paragraph((Text("X"),), ParagraphRole.SIGNATURE), "::: signature\nX\n:::"),
        (Paragraph((Text("X"),), ParagraphRole.DECK), "::: deck\nX\n:::"),
        (
            Figure("images/a b.jpg", 'A "b"', (Text("One. Two."),), "f"),
            '![One. Two.](images/a%20b.jpg){#f alt="A \\"b\\""}',
        ),
        (Figure("images/é.jpg", "", (), "f"), "![](images/é.jpg){#f}"),
        (Quote((_para("One. Two."), _para("X"))), "> One.\n> Two.\n>\n> X"),
        (Verse(((Text("One. Two."),), (), (Text("1973."),))), "| One. Two.\n|\n| 1973."),
        (Listing(((_para("One. Two."),), (_para("b"),))), "-   One.\n    Two.\n-   b"),
        (Listing(((_para("a"), _para("b")),), True, 12), "12. a\n\n    b"),
        (SceneBreak(), "* * *"),
        (_para(Strong((Text("a"),)), Emph((Text("b"),))), "**a**[*b*]{}"),
        (_para(Emph((Text("a "), Strong((Text("b"),))))), "*a [**b**]{}*"),
        (_para(SmallCaps((Text("ab"),))), "[ab]{.smallcaps}"),
        (_para("2", Superscript((Text("nd"),)), Subscript((Text("i"),))), "2^nd^~i~"),
        (_para(Superscript((Text("a b"),))), "[a b]{.sup}"),
        (_para(Link("http://a.b/(c)", (Text("x"),))), "[x](http://a.b/\\(c\\))"),
        (_para(Link("#t", (Text("x"),))), "[x](#t)"),
        (_para("a", LineBreak(), "b"), "a\\\nb"),
        (Heading(2, (Text("a"), LineBreak(), Text("b")), "h"), "## a[]{.break}b {#h}"),
        (_para("Stop!", Link("#t", (Text("x"),))), "Stop\\![x](#t)"),
    ],
)
def test_a_construct(block: BookBlock, written: str) -> None:
    assert _body(block) == written + "\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1973. It was", "1973\\. It was"),
        ("3.5 is a number", "3.5 is a number"),
        ("- a dash", "\\- a dash"),
        ("-a word", "-a word"),
        ("# x", "\\# x"),
        ("| x", "\\| x"),
        ("> x", "\\> x"),
        (": x", "\\: x"),
        ("::: x", "\\::: x"),
        ("+ x", "\\+ x"),
        ("===", "\\==="),
        ("---", "\\---"),
        ("*a_b*", "\\*a\\_b\\*"),
        ("[a](b)", "\\[a\\](b)"),
        ("a^2^ ~b~ `c`", "a\\^2\\^ \\~b\\~ \\`c\\`"),
        ("<b>x</b>", "\\<b>x\\</b>"),
        ("a\\b", "a\\\\b"),
        ("R&D &amp; &#65;", "R&D \\&amp; \\&#65;"),
        ("$5 -- x... @a 'b' \"c\"", "$5 -- x... @a 'b' \"c\""),
        ("hard\u00a0space", "hard\u00a0space"),
        ("{.x}", "\\{.x}"),
    ],
)
def test_what_markdown_could_misread_is_escaped(text: str, written: str) -> None:
    assert _body(_para(text)) == written + "\n"


def test_lines_after_the_first_are_escaped_too() -> None:
    assert _body(_para("It ended. 1973. It began.")) == "It ended.\n1973\\.\nIt began.\n"


def test_notes_stand_at_the_end_in_order() -> None:
    first = Note((_para("One. Two."), _para("Three.")))
    second = Note((Quote((_para("Q"),)),))
    written = chapter_markdown(_chapter(_para("a", first, "b"), _para("c", second)))
    assert written == (
        "# T {#t .chapter}\n\na[^1]b\n\nc[^2]\n\n"
        "[^1]: One.\n    Two.\n\n    Three.\n\n[^2]:\n    > Q\n"
    )


def test_a_colon_behind_a_note_does_not_define_it() -> None:
    assert _body(_para(Note((_para("x"),)), ": y")).startswith("[^1]\\: y\n")


def test_two_lists_in_a_row_stay_two() -> None:
    one = Listing(((_para("a"),),))
    assert _body(one, one) == "-   a\n\n::: {}\n-   a\n:::\n"


@pytest.mark.parametrize(
    "block",
    [
        _para(Note((_para(Note((_para("x"),))),))),
        _para(Link("#a", (Link("#b", (Text("x"),)),))),
        _para(Link("javascript:alert(1)", (Text("x"),))),
        _para(Link("file:///etc/passwd", (Text("x"),))),
        _para(Lang("not a language", (Text("x"),))),
        _para("bell\a"),
        _para("\ud800"),
        Heading(1, (Text("x"),), "h"),
        Heading(7, (Text("x"),), "h"),
        Heading(2, (Text("x"),), "h h"),
        Heading(2, (Text("x"),), ""),
        Figure("/etc/passwd", "", (), "f"),
        Figure("images/../x.jpg", "", (), "f"),
        Figure("images/x.jpg", "", (), ""),
        Figure("images/x.jpg", "\0", (), "f"),
        Listing(((_para("x"),),), True, -1),
    ],
)
def test_what_a_manuscript_cannot_hold_is_refused(block: BookBlock) -> None:
    with pytest.raises(ManuscriptError, match=r"text/01\.md: this cannot be written"):
        chapter_markdown(_chapter(block))
