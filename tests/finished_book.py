"""A book of several chapters with everything in it, and its three finished editions.

The words are drawn from a fixed list, the same in every run; no two paragraphs are alike.
"""

from __future__ import annotations

import random
import struct
import zlib
from functools import cache
from pathlib import Path

from booktools.edition import epub, plain, print
from booktools.engines import ebook, weasy
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
    Superscript,
    Text,
    Verse,
)

ROOT = Path(__file__).parents[1]

_WORDS = (
    "the of and to a in that was he it his with as had for on at by which be not from this "
    "internationalization self-determination counter-revolutionary well-known office affirmed "
    "efflorescence difficult naïve Méndez Concepción comrades working-class struggle harvest "
    "landowner’s strike, winter; railway river, southern valley: assembly delegates (some) "
    "carabineros peasants’ newspaper 1973 1959, fifteen leadership international committee "
    "government imprisonment dictatorship neighbourhood representatives textile industrial"
)
WORDS = _WORDS.split()


def sentences(rng: random.Random, line: int, count: int) -> tuple[Text, ...]:
    out = []
    for index in range(count):
        words = rng.choices(WORDS, k=rng.randint(6, 22))
        words[0] = words[0].capitalize()
        last = " " if index < count - 1 else ""
        out.append(Text(" ".join(words).rstrip(",;:") + "." + last, line + index))
    return tuple(out)


def paragraph(rng: random.Random, line: int, *more: Inline) -> Paragraph:
    return Paragraph((*sentences(rng, line, rng.randint(2, 6)), *more))


def chapter(number: int, paragraphs: int = 14, role: ChapterRole = ChapterRole.CHAPTER) -> Chapter:
    rng = random.Random(number)
    blocks: list[BookBlock] = []
    for index in range(paragraphs):
        line = 10 * (index + 1)
        blocks.append(paragraph(rng, line))
        if index % 5 == 2:
            note = Note((Paragraph(sentences(rng, line + 7, 2)),))
            word = f"Called{number}x{index}"
            blocks.append(paragraph(rng, line + 6, Text(f" {word}", line + 6), note, Text(" on.")))
        if index % 7 == 3:
            title = (Text(f"Section {index} of chapter {number}", line + 8),)
            blocks.append(Heading(2, title, f"s-{number}-{index}"))
    blocks += odd_blocks(rng, number)
    title = (Text(f"The {rng.choice(WORDS[23:27])} of {number}", 1), *_subtitle(number))
    file = f"manuscript/text/{number:02}-chapter.md"
    label = f"Chapter {number}" if role is ChapterRole.CHAPTER else ""
    return Chapter(file, f"chapter-{number}", title, tuple(blocks), role, label, 1)


def _subtitle(number: int) -> tuple[Inline, ...]:
    return (LineBreak(), Text("A second line", 2)) if number == 3 else ()


def odd_blocks(rng: random.Random, number: int) -> list[BookBlock]:
    styled = (
        Text("Some ", 300),
        Emph((Text("emphasized words", 300),)),
        Text(", ", 300),
        Strong((Text("strong ", 300),)),
        Text("and ", 300),
        SmallCaps((Text("small capitals", 300),)),
        Text(" on the 1", 300),
        Superscript((Text("st", 300),)),
        Text(" of May, ", 300),
        Lang("es", (Text("¡hasta la victoria!", 300),)),
        Text(" and ", 300),
        Link("https://example.org/", (Text("a link", 300),)),
        Text(".", 300),
    )
    verse = tuple((Text(f"A line of verse {n} in {number},", 310 + n),) for n in range(3))
    return [
        Paragraph(styled),
        Quote((paragraph(rng, 305), paragraph(rng, 308))),
        Verse((*verse, (), (Text("and an end to it.", 315),))),
        SceneBreak(),
        Listing(((paragraph(rng, 320),), (paragraph(rng, 325),)), True),
        Listing(((Paragraph((Text("One thing", 331),)),), (paragraph(rng, 332),))),
        Figure(
            f"images/plate-{number}.jpg",
            "",
            (Text(f"The caption of {number}.", 340),),
            f"f{number}",
        ),
        Paragraph((Text("Santiago, May 1973", 350),), ParagraphRole.DATELINE),
        Paragraph((Text(f"R. M. {number}", 352),), ParagraphRole.SIGNATURE),
    ]


def book(chapters: int = 3, paragraphs: int = 14) -> Book:
    preface = chapter(90, 6, ChapterRole.PREFACE)
    meta = Metadata(
        title="The Book of the Valley",
        subtitle="Memoirs of a worker",
        language="en",
        creators=(Person("Ramiro Example"), Person("Another Example", "trl")),
        publisher="The Example Press",
        date="2024",
        rights="All rights reserved.",
        identifiers=("urn:uuid:5a5a5a5a-0000-4000-8000-000000000001",),
        imprint=("First printed as an example.",),
    )
    body = [chapter(number, paragraphs) for number in range(1, chapters + 1)]
    return Book(meta, (preface, *body))


@cache
def finished_txt() -> str:
    return plain.plain_text(book())


@cache
def finished_epub() -> bytes:
    return make_epub(book())


@cache
def finished_pdf() -> bytes:
    return make_pdf(book())


def pixel() -> bytes:
    """A picture of one white dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    dots = chunk(b"IDAT", zlib.compress(b"\0\xff"))
    return b"\x89PNG\r\n\x1a\n" + head + dots + chunk(b"IEND", b"")


def make_epub(source: Book) -> bytes:
    css = (ROOT / "styles/epub.css").read_text()
    fonts = {p.name: p.read_bytes() for p in (ROOT / "styles/fonts").iterdir()}
    assets = epub.EpubAssets(css=css, cover=pixel(), fonts=fonts)
    return ebook.package(epub.epub_parts(source, assets), "2024-01-01T00:00:00Z")


def make_pdf(source: Book, css_more: str = "") -> bytes:
    css = (ROOT / "styles/print.css").read_text()
    names = print.references(source, css)
    files = {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).is_file()}
    document = print.print_document(source, css + css_more, resources=files)
    return weasy.render(document).pdf
