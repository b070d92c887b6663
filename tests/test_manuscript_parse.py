"""Reading a manuscript: its constructs, its lines, and what is refused."""

from __future__ import annotations

import pytest

from booktools.engines import pandoc
from booktools.errors import ManuscriptError
from booktools.manuscript.parse import parse_book
from booktools.manuscript.source import checked_text
from booktools.model.book import (
    Chapter,
    ChapterRole,
    Emph,
    Figure,
    Heading,
    Lang,
    LineBreak,
    Listing,
    Note,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    SmallCaps,
    Text,
    Verse,
    chapter_texts,
)
from one_chapter import parse_chapter


def _read(markdown: str, file: str = "text/01.md") -> Chapter:
    return parse_chapter(file, markdown, pandoc.to_json(markdown))


def _lines(chapter: Chapter) -> list[tuple[str, int]]:
    return [(node.value, node.line) for node in chapter_texts(chapter)]


# --- what is read ------------------------------------------------------------------------


def test_the_title_line() -> None:
    chapter = _read('\n# The *End* {#end .epilogue label="Chapter 9"}\n')
    assert chapter.title == (Text("The "), Emph((Text("End"),)))
    assert (chapter.id, chapter.role, chapter.label) == ("end", ChapterRole.EPILOGUE, "Chapter 9")
    assert chapter.line == 2


def test_a_chapter_is_one_unless_it_says_otherwise() -> None:
    chapter = _read("# La Unión, 1973\n")
    assert (chapter.role, chapter.id, chapter.label) == (ChapterRole.CHAPTER, "la-union-1973", "")


def test_a_text_never_spans_two_lines() -> None:
    chapter = _read("# T\n\nOne two.\nThree *four\nfive* six.\n")
    assert chapter.blocks == (
        Paragraph(
            (
                Text("One two. "),
                Text("Three "),
                Emph((Text("four "), Text("five"))),
                Text(" six."),
            )
        ),
    )
    assert _lines(chapter)[1:] == [
        ("One two. ", 3),
        ("Three ", 4),
        ("four ", 4),
        ("five", 5),
        (" six.", 5),
    ]


def test_every_block_keeps_its_lines() -> None:
    chapter = _read(
        "# T {#t}\n\nSet\n---\n\n::: dateline\nhere\n:::\n\n> quoted\n> twice\n\n"
        "| verse\n|\n| again\n\n- item\n\n  1. inner\n\n* * *\n\n![cap](images/a.jpg){#f}\n\nend\n"
    )
    assert _lines(chapter) == [
        *(("T", 1), ("Set", 3), ("here", 7), ("quoted ", 10), ("twice", 11), ("verse", 13)),
        *(("again", 15), ("item", 17), ("inner", 19), ("cap", 23), ("end", 25)),
    ]
    assert chapter.blocks == (
        Heading(2, (Text("Set"),), "set"),
        Paragraph((Text("here"),), ParagraphRole.DATELINE),
        Quote((Paragraph((Text("quoted "), Text("twice"))),)),
        Verse(((Text("verse"),), (), (Text("again"),))),
        Listing(
            ((Paragraph((Text("item"),)), Listing(((Paragraph((Text("inner"),)),),), True, 1)),)
        ),
        SceneBreak(),
        Figure("images/a.jpg", "", (Text("cap"),), "f"),
        Paragraph((Text("end"),)),
    )


def test_notes_are_found_where_they_are_defined() -> None:
    chapter = _read(
        "# T\n\nword[^b] and^[in place] word[^a]\n\n[^a]: A note.\n    More.\n\n    Second.\n"
        "[^b]: lazy\ncontinued\n\nlast\n"
    )
    assert _lines(chapter) == [
        *(("T", 1), ("word", 3), (" and", 3), (" word", 3), ("lazy ", 9), ("continued", 10)),
        *(("in place", 3), ("A note. ", 5), ("More.", 6), ("Second.", 8), ("last", 12)),
    ]


def test_escapes_and_entities_are_found_in_the_text() -> None:
    chapter = _read(
        "# T\n\na\\*b &amp; M&eacute;ndez 1973\\. \\<b>\n\nnext&nbsp;one\\ two &#65;BC\n\n"
        "|   verse\n"
    )
    assert _lines(chapter)[1:] == [
        ("a*b & Méndez 1973. <b>", 3),
        ("next\u00a0one\u00a0two ABC", 5),
        ("\u00a0\u00a0verse", 7),
    ]


def test_a_note_behind_a_superscript() -> None:
    chapter = _read("# T\n\n2^nd^[^1] 3^rd^[[^2]]{lang=es}\n\n[^1]: one\n\n[^2]: two\n")
    assert {("one", 5), ("two", 7)} < set(_lines(chapter))


def test_spans() -> None:
    chapter = _read("# T\n\n[uno]{lang=es} [ab]{.smallcaps} [x]{.smallcaps lang=la}[]{.break}y\n")
    assert chapter.blocks == (
        Paragraph(
            (
                Lang("es", (Text("uno"),)),
                Text(" "),
                SmallCaps((Text("ab"),)),
                Text(" "),
                Lang("la", (SmallCaps((Text("x"),)),)),
                LineBreak(),
                Text("y"),
            )
        ),
    )


@pytest.mark.parametrize(
    ("written", "alt", "caption"),
    [
        ('![The cap](images/x.jpg){#f alt="What it shows"}', "What it shows", "The cap"),
        ("![The cap](images/x.jpg){#f}", "", "The cap"),
        ('![The cap](images/x.jpg){#f alt="The cap"}', "", "The cap"),
        ('![](images/x.jpg){#f alt="What *it* shows"}', "What *it* shows", ""),
        ("![](images/x.jpg){#f}", "", ""),
    ],
)
def test_the_alternative_text_is_not_the_caption(written: str, alt: str, caption: str) -> None:
    (figure,) = _read(f"# T\n\n{written}\n").blocks
    assert figure == Figure("images/x.jpg", alt, (Text(caption),) if caption else (), "f")


def test_an_image_name_may_have_spaces_and_accents() -> None:
    (figure,) = _read("# T\n\n![](images/La%20Unión.jpg)\n").blocks
    assert isinstance(figure, Figure)
    assert (figure.image, figure.id) == ("images/La Unión.jpg", "fig-la-union")


def test_line_ends_of_other_systems() -> None:
    unix = "# T\n\nOne.\nTwo[^1].\n\n[^1]: x\n"
    assert _lines(_read(unix.replace("\n", "\r\n"))) == _lines(_read(unix))
    assert checked_text("f.md", "\ufeffa\r\nb\rc\n") == "a\nb\nc\n"


# --- ids ---------------------------------------------------------------------------------


def test_missing_ids_are_words_and_unique_in_the_book() -> None:
    files = [
        ("1.md", "# One\n\n## The Start\n\n## The Start\n\n## The Start\n\n## ¡¿?!\n"),
        ("2.md", "# Two {#one-the-start}\n\n## The Start\n\nx[^1]\n\n[^1]:\n    ## The Start\n"),
    ]
    first, second = parse_book(files, pandoc.to_json_all(files))
    assert [block.id for block in first.blocks if isinstance(block, Heading)] == [
        "the-start",
        "one-the-start-2",
        "one-the-start-3",
        "section",
    ]
    heading, paragraph = second.blocks
    assert isinstance(heading, Heading)
    assert heading.id == "one-the-start-the-start"
    assert isinstance(paragraph, Paragraph)
    note = paragraph.inlines[-1]
    assert isinstance(note, Note)
    assert note.blocks == (Heading(2, (Text("The Start"),), "one-the-start-the-start-2"),)


def test_an_id_given_twice_is_refused_with_both_places() -> None:
    files = [("1.md", "# One {#a}\n\n## H {#b}\n"), ("2.md", "# Two {#c}\n\n\n## H {#b}\n")]
    with pytest.raises(ManuscriptError, match=r"2\.md:4: the id “b” is given twice.*1\.md:3"):
        parse_book(files, pandoc.to_json_all(files))


# --- what is refused ---------------------------------------------------------------------

REFUSED = [
    ("no title", 1, "does not begin with the chapter's title"),
    ("", 1, "does not begin with the chapter's title"),
    ("\n\n## Section first\n", 3, "does not begin with the chapter's title"),
    ("# T {.nonsense}\n", 1, "one class for its role"),
    ("# T {.chapter .preface}\n", 1, "one class for its role"),
    ("# T {.chapter size=3}\n", 1, "one class for its role"),
    ("# T\n\nx\n\n# Again\n", 5, "a second title"),
    ("# T\n\n## H {.x}\n", 3, "an #id only"),
    ("# T\n\n## H {#a:b}\n", 3, "is no id"),
    ("# T\n\n::: table\n| a |\n|---|\n:::\n", 3, "how many head rows"),
    ("# T\n\n::: {.table heads=2}\nwords\n:::\n", 3, "how many head rows"),
    ("# T\n\n| a | b |\n|---|---|\n| c |  `d` |\n", 5, "code"),
    ("# T\n\n  a   b\n --- ---\n  c   d\n", 3, "a table"),
    ("# T\n\n+---+\n| a |\n+---+\n", 3, "a table"),
    ("# T\n\n```\ncode\n```\n", 3, "a block of code"),
    ("# T\n\n    code\n", 3, "a block of code"),
    ("# T\n\nx `code`\n", 3, "code"),
    ("# T\n\nx ~~y~~\n", 3, "struck-out"),
    ("# T\n\n[x]{.underline}\n", 3, "underlined"),
    ("# T\n\nterm\n:   definition\n", 3, "definitions"),
    ("# T\n\nx ![y](images/y.jpg)\n", 3, "an image inside a paragraph"),
    ("# T\n\n::: poem\nx\n:::\n", 3, "::: dateline"),
    ("# T\n\n::: {.deck #x}\nx\n:::\n", 3, "::: dateline"),
    ("# T\n\n::: deck\n- x\n:::\n", 3, "paragraphs only"),
    ("# T\n\n::: deck\nx\n", 3, "not closed"),
    ("# T\n\ntext\n::: deck\nx\n:::\n", 4, "not closed"),
    ("# T\n\n[x]{.red}\n", 3, r"cannot have \.red"),
    ("# T\n\n[x]{#y style=z}\n", 3, "cannot have style=, #y"),
    ("# T\n\n[x]{lang=not_one}\n", 3, "no language tag"),
    ("# T\n\nword\n[x](javascript:alert(1))\n", 4, "is not allowed"),
    ("# T\n\n[x](JaVaScRiPt:alert(1))\n", 3, "is not allowed"),
    ("# T\n\n[x](file:///etc/passwd)\n", 3, "is not allowed"),
    ("# T\n\n[x](data:text/html,y)\n", 3, "is not allowed"),
    ("# T\n\n[x](other.md)\n", 3, "is not allowed"),
    ("# T\n\n<ftp://a.b/c>\n", 3, "is not allowed"),
    ('# T\n\n[x](http://a.b "title")\n', 3, "title or attributes"),
    ("# T\n\n[x](http://a.b){target=_blank}\n", 3, "title or attributes"),
    ("# T\n\n![x](/etc/passwd)\n", 3, "not a path inside the project"),
    ("# T\n\n![x](images/../../x.jpg)\n", 3, "leaves the project"),
    ("# T\n\n![x](images/%2e%2e/x.jpg)\n", 3, "leaves the project"),
    ("# T\n\n![x](http://a.b/c.jpg)\n", 3, "not a path inside the project"),
    ("# T\n\n![x](data:image/png;base64,AA)\n", 3, "not a path inside the project"),
    ("# T\n\n![x](images\\\\..\\\\x.jpg)\n", 3, "not a path inside the project"),
    ("# T\n\n![x](pictures/x.jpg)\n", 3, "not in images/"),
    ("# T\n\n![x](images/)\n", 3, "not in images/"),
    ("# T\n\n![x](images/x%00.jpg)\n", 3, r"U\+0000"),
    ("# T\n\n![x](images/x.jpg){width=50%}\n", 3, "an #id and an alt"),
    ('# T\n\n![x](images/x.jpg "title")\n', 3, "an #id and an alt"),
    ("# T\n\nx[^1]\n", 3, "is not defined"),
    ("# T\n\nx\n\n[^1]: unused\n", 5, "nothing calls the note"),
    ("# T\n\nx[^1] y[^1]\n\n[^1]: z\n", 3, "called twice"),
    ("# T\n\nx[^1]\n\n[^1]: z\n\n[^1]: w\n", 7, "defined twice"),
    ("# T\n\nx[^1]\n\n[^1]: z[^2]\n\n[^2]: w\n", 5, "is not defined"),
    ("# T\n\n[x][y]\n\n[y]: http://a.b\n", 3, "keeps its address elsewhere"),
    ("# T\n\nx\n\n[Editor]: word\n\ny\n", 5, "address of a link stands by itself"),
    ("# T\n\nx\n\n[x][y]{lang=es} z\n", 5, "get lost or be misread"),
    ("# T\n\nbell \a\n", 3, r"U\+0007"),
    ("# T\n\nnul \0\n", 3, r"U\+0000"),
]


@pytest.mark.parametrize(("markdown", "line", "message"), REFUSED)
def test_what_a_book_cannot_hold_is_refused(markdown: str, line: int, message: str) -> None:
    with pytest.raises(ManuscriptError, match=message) as caught:
        _read(markdown)
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == ("text/01.md", line)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("# T\n\0\n", 2, r"U\+0000"),
        ("# T\n\nx\x0cy\n", 3, r"U\+000C"),
    ],
)
def test_characters_that_no_book_holds_are_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(ManuscriptError, match=message) as caught:
        checked_text("f.md", text)
    assert caught.value.place is not None
    assert caught.value.place.line == line
