"""Two books for the e-book's tests: one with every construct, one that means harm."""

from __future__ import annotations

import base64

from booktools.edition.lexicon import Lexicon
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
    LineBreak,
    Link,
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
    Subscript,
    Superscript,
    Text,
    Verse,
)

# A grey PNG of one pixel.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)

LEXICON = Lexicon(
    {
        "Cordones": "es",
        "Cordones Industriales": "es",
        "El Mercurio": "es",
        "Ñuñoa": "es",
        "compañero": "es",
    }
)


def text(*sentences: str, line: int = 0) -> tuple[Inline, ...]:
    """Sentences on lines of their own."""
    return tuple(Text(s, line + n if line else 0) for n, s in enumerate(sentences))


def paragraph(
    *sentences: str, line: int = 0, role: ParagraphRole = ParagraphRole.BODY
) -> Paragraph:
    return Paragraph(text(*sentences, line=line), role)


def note(*sentences: str, line: int = 0) -> Note:
    return Note((paragraph(*sentences, line=line),))


META = Metadata(
    title="Bread and Roses",
    subtitle="A Memoir of the Cordones Industriales",
    language="en",
    creators=(Person("Ana Ríos", "aut", "Ríos, Ana"), Person("Tom Hale", "trl", "Hale, Tom")),
    contributors=(Person("Luz Vega", "pht"),),
    publisher="The Winter Press",
    rights="Copyright © 2003 Ana Ríos",
    date="2003",
    identifiers=("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "urn:isbn:9780306406157"),
    description="A baker's daughter tells of the factories, 1970–1973.",
    subjects=("Chile", "Memoirs"),
    series="Voices",
    series_number="2",
    printing="Second printing",
    imprint=("Set in Vollkorn.",),
)

_FIRST: tuple[BookBlock, ...] = (
    paragraph("What came before, ", "and why it is told.", line=3, role=ParagraphRole.DECK),
    paragraph("Santiago, 11 September 1971", line=5, role=ParagraphRole.DATELINE),
    Paragraph(
        (
            Text("In 1971 the Cordones ", 7),
            Text("Industriales had begun. ", 8),
            Emph((Text("El Mercurio", 9),)),
            Text(" called them ", 9),
            Strong((Text("a danger", 9), Emph((Text(" & a disgrace", 9),)))),
            Note(
                (
                    paragraph("In its leader of 12 May.", line=40),
                    Quote((paragraph("They will not last.", line=42),)),
                )
            ),
            Text(". So said the ", 10),
            SmallCaps((Text("Press", 10),)),
            Text(": see ", 10),
            Link("#the-strike", (Text("The Strike", 10),)),
            Text(" and ", 10),
            Link("https://example.org/a?b=c&d=e", (Text("elsewhere", 10), note("Not here."))),
            Text(".", 10),
        )
    ),
    paragraph("“Bread,” she said, “and roses too,” and went to Ñuñoa.", line=12),
    Heading(2, text("The bakery", line=14), "the-bakery"),
    Heading(3, text("1968", line=16), "1968"),
    paragraph("The oven was lit at three.", line=18),
    Figure(
        "images/oven.png", "An oven, its door open", text("The oven in 1968.", line=20), "fig-1"
    ),
    Figure("images/lost.jpg", "", text("Ana with the compañero from Ñuñoa.", line=22), "fig-2"),
    Quote(
        (
            paragraph("A letter begins like this.", line=24),
            paragraph("And ends like that.", line=26),
            paragraph("Ana Ríos", line=28, role=ParagraphRole.SIGNATURE),
        )
    ),
    SceneBreak(),
    paragraph("The night was long.", line=32),
    Verse((text("Bread, bread,"), text("and roses,"), (), text("said the women."))),
)

_SECOND: tuple[BookBlock, ...] = (
    paragraph("Three things were wanted:", line=3),
    Listing(((paragraph("flour,"),), (paragraph("coal,"),)), ordered=True, start=3),
    Listing(((paragraph("and time:"), Listing(((paragraph("nights"),),))),)),
    Heading(2, (Text("The ", 9), Lang("es", (Text("Cordones", 9), Text(" again", 9)))), "again"),
    Paragraph(
        (
            Text("E = mc"),
            Superscript((Text("2"),)),
            LineBreak(),
            Text("H"),
            Subscript((Text("2"),)),
            Text("O, said "),
            Lang("he", (Text("שלום"),)),
            Text("."),
        )
    ),
)

SMALL = Book(
    META,
    (
        Chapter(
            "text/01-for-rosa.md",
            "for-rosa",
            (),
            (paragraph("For Rosa", line=1),),
            ChapterRole.DEDICATION,
        ),
        Chapter("text/02-preface.md", "preface", text("Preface"), (), ChapterRole.PREFACE),
        Chapter("text/03-part.md", "part-one", text("Bread"), (), ChapterRole.PART, "Part One"),
        Chapter(
            "text/04-beginnings.md",
            "beginnings",
            text("Beginnings in the Cordones Industriales", line=1),
            _FIRST,
            label="Chapter 1",
        ),
        Chapter(
            "text/05-the-strike.md",
            "the-strike",
            (*text("The Strike"), note("It lasted nine days.", line=50)),
            _SECOND,
            label="Chapter 2",
        ),
        Chapter(
            "text/06-back.md",
            "back",
            (),
            (paragraph("A book to keep."),),
            ChapterRole.BACK_COVER,
        ),
    ),
)

_EVIL = "<script>alert('x')</script> & \"quotes\" ]]> &amp; &nbsp; -->"
_LONG = "Donaudampfschifffahrtsgesellschaft" * 30

HOSTILE = Book(
    Metadata(
        title=f"{_EVIL} 🐉",
        subtitle="كتاب عن الخبز <b>",
        language="en",
        creators=(Person(f"O'{_LONG} <x>"),),
        identifiers=("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c9",),
        rights="</p><p>&copy;",
        description="",
    ),
    (
        Chapter("text/01.md", "1 & <x>\"'", text(_EVIL), (paragraph(_LONG, "\u202e⁧rtl"),)),
        Chapter(
            "text/02.md",
            "_1",
            text("🐉 שלום עולם"),
            (
                Heading(4, text("deep"), "ünï-cödé.id:x"),
                Heading(2, text(_EVIL), "2"),
                Heading(6, (), ""),
                Figure("images/../../etc/passwd", _EVIL, text(_EVIL), "f"),
                Figure("images/none.png", "", (), ""),
                Paragraph((Link("#2", (Text("a"), Link("#f", (Text("b"),)))), Note(()))),
                Paragraph((Note((SceneBreak(), paragraph("x"), Verse(()))),)),
                Paragraph((Link("http://example.org/a b|c{}^[é]#d#%", (Text("odd"),)),)),
                Paragraph(()),
                Quote(()),
                Verse((text(""), ())),
                Listing(()),
                Listing((((),)[0],), ordered=True, start=0),
                Paragraph((Lang("ar", (Text("خبز"),)),)),
            ),
        ),
    ),
)
