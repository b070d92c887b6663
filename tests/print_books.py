"""A small book for the tests of the print edition, and the means to read its pages."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from booktools.edition.print import print_document, references
from booktools.model.book import (
    Book,
    BookBlock,
    Chapter,
    ChapterRole,
    Emph,
    Figure,
    Heading,
    Lang,
    Listing,
    Metadata,
    Note,
    Paragraph,
    ParagraphRole,
    Person,
    Quote,
    SceneBreak,
    SmallCaps,
    Strong,
    Text,
    Verse,
)
from booktools.model.printed import PrintDocument

ROOT = Path(__file__).parents[1]

META = Metadata(
    "The River Book",
    "en",
    subtitle="A memoir",
    creators=(
        *(Person("Ana Example"), Person("Ben Example")),
        Person("Cid Example", "trl"),
    ),
    contributors=(Person("Dot Example", "edt"),),
    publisher="Example Press",
    rights="All rights reserved.",
    date="2024-05",
    identifiers=("urn:uuid:1", "urn:isbn:978-1-23456-789-7"),
    series="Rivers",
    series_number="3",
    printing="First printing",
    imprint=("Set in Vollkorn.",),
)

_LONG = (
    "The delegates of the factories met in the hall beside the railway, and the assembly went on "
    "until the morning; nobody would leave before the representatives of the neighbourhoods had "
    "spoken about their difficulties with the distribution of bread, flour and paraffin. "
)


def _text(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def chapter(*blocks: BookBlock, number: int = 1, title: str = "The first strike") -> Chapter:
    return Chapter(
        f"0{number + 2}.md",
        f"chapter-{number}",
        (Text(title, 1),),
        blocks,
        ChapterRole.CHAPTER,
        f"Chapter {number}",
    )


_NOTE = Note((_text("The cordons were councils of the workers of one road."),))

BOOK = Book(
    META,
    (
        Chapter("00.md", "d", (), (_text("For the comrades"),), ChapterRole.DEDICATION),
        Chapter(
            "01.md",
            "foreword",
            (Text("Foreword", 1),),
            tuple(_text(_LONG * 3) for _ in range(6)),
            ChapterRole.FOREWORD,
        ),
        Chapter("02.md", "part-1", (Text("The land", 1),), (), ChapterRole.PART, "Part One"),
        chapter(
            Paragraph((Text("How it began", 3),), ParagraphRole.DECK),
            Paragraph((Text("Santiago, 1973", 4),), ParagraphRole.DATELINE),
            Paragraph((Text("Rain fell on the valley.", 5), _NOTE, Text(" It did not stop.", 6))),
            Figure("images/none.jpg", "", (Text("The march of June"),), "f"),
            *(_text(_LONG * 3) for _ in range(8)),
            Heading(3, (Text("An assembly"),), "h3"),
            Paragraph(
                (
                    Text("They sang "),
                    Lang("es", (Emph((Text("Venceremos"),)),)),
                    Text(" and "),
                    Strong((Text("would not"),)),
                    Text(" go; the "),
                    SmallCaps((Text("cut"),)),
                    Text(" waited."),
                )
            ),
            Quote((_text("We are the ones who stay."),)),
            Verse(((Text("One line,"),), (), (Text("another."),))),
            SceneBreak(),
            Listing(((_text("bread"),), (_text("land"),))),
            Paragraph((Text("A. E."),), ParagraphRole.SIGNATURE),
        ),
        chapter(_text("Spring came early."), number=2, title="The valley"),
        Chapter(
            "07.md", "after", (Text("Afterword", 1),), (_text("The end."),), ChapterRole.AFTERWORD
        ),
        Chapter("08.md", "back", (), (_text("A book of rivers."),), ChapterRole.BACK_COVER),
    ),
)


def style_sheet() -> str:
    return (ROOT / "styles/print.css").read_text("utf-8")


def document(book: Book = BOOK, css_more: str = "") -> PrintDocument:
    """The book with the project's own style sheet and fonts, and more rules."""
    css = style_sheet()
    names = references(book, css)
    files = {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).is_file()}
    return print_document(book, css + css_more, resources=files)


def words() -> st.SearchStrategy[str]:
    word = st.text(st.sampled_from("abcdefgh:,"), min_size=1, max_size=9)
    return st.lists(word, min_size=1, max_size=14).map(" ".join)
