"""Contents, running heads and the transcriber's note: what repeats the text, and what does not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from booktools.check.epub_text import epub_menus
from booktools.errata.collation import collate
from booktools.errata.copies import without_copies
from booktools.errata.line import Line
from booktools.errata.wording import Witness
from booktools.model.place import Place
from errata_galleys import entry

TITLE = "Transcriber’s note"
BODY = (
    "Chapter 1",
    "The Long Road",
    "It was a long day in May, and the ferry was late that morning, said the master.",
    "Down by the water the lamps are lit, and nobody came to the quay before the bell rang.",
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="E/p.opf"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
    '<item id="n" href="nav.xhtml" properties="nav"/><item id="gone" href="g.ncx" '
    'media-type="application/x-dtbncx+xml"/><item id="t" href="toc.ncx" '
    'media-type="application/x-dtbncx+xml"/></manifest><spine/></package>'
)
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><h1>Contents</h1><ol><li>'
    '<a href="a">The &amp; <i>Road</i></a></li></ol></nav></body></html>'
)
NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel>'
    "<text>The Raod</text></navLabel></navPoint></navMap></ncx>"
)
ENTRIES = (
    entry("E1", 1, "teh", "the", "and teh ferry"),
    entry("E2", 2, "teh", "the", "water teh lamps"),
    entry("E3", 1, "Raod", "Road", "The Long Raod"),
    entry("E4", 1, " said said", " said", "morning, said said the"),
)
TOLD = (
    TITLE,
    "Chapter 1: The Long Road",
    "Raod → Road (The Long Road)",
    "teh → the (p. 3: … in May, and the ferry was late that …; p. 5: … by the water the lamps are "
    "lit, and …)",
    "said said → said (p. 3: … late that morning, said the master.)",
)


def witness(*texts: str, copies: Sequence[str] = ()) -> Witness:
    lines = [Line(text, Place("a"), copy=True) for text in copies]
    return Witness("a", "txt", (*lines, *(Line(text, Place("a")) for text in texts)))


def kept(*copies: str) -> list[str]:
    return [line.text for line in without_copies(witness(*BODY, copies=copies).lines)[: -len(BODY)]]


def test_copies_of_titles_are_not_compared() -> None:
    assert kept("Chapter 1: The Long Road", "THE LONG ROAD", "Long Road", "The Long", "7") == []
    assert kept("Contents", "Cover", "A. Author") == []


def test_a_copy_that_is_not_quite_one_is_compared() -> None:
    assert kept("The Long Rood 7", "The Long Rood 9", "Chapter 1: The Lang Road") == [
        "The Long Rood 7",
        "The Long Rood 9",
        "Chapter 1: The Lang Road",
    ]
    old = witness(*BODY, copies=("The Long Road",))
    (found,) = collate(old, witness(*BODY, copies=("The Long Rood",)), ENTRIES).unexplained
    assert found.new == "The Long Rood"


def test_a_line_of_dots_leads_to_a_page() -> None:
    dots = " . . . . . . . . . . . . . . "
    found = collate(witness(f"The Long Road{dots}7", *BODY), witness(*BODY), ENTRIES)
    assert found.variants == ()
    found = collate(witness(f"The Long Raod{dots}7", *BODY), witness(*BODY), ENTRIES)
    assert len(found.unexplained) == 1


def test_the_number_of_the_printing_is_given() -> None:
    one, two = witness("Printing 1", *BODY), witness("Printing 2", *BODY)
    assert len(collate(one, two).unexplained) == 1
    assert collate(one, two, given=("Printing 1", "Printing 2")).variants == ()


def test_the_note_of_corrections_is_what_the_ledger_and_the_text_say() -> None:
    for old, new in ((BODY, (*BODY, *TOLD)), ((*BODY, *TOLD), BODY), ((*BODY, *TOLD),) * 2):
        assert collate(witness(*old), witness(*new), ENTRIES, TITLE).variants == ()
    unknown = collate(witness(*BODY), witness(*BODY, *TOLD), (), TITLE)
    assert len(unknown.unexplained) == 1


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Raod → Road", "Raod → Roads"),
        ("Raod → Road", "Reod → Road"),
        ("and the ferry was late", "and the ferry was early"),
        ("(The Long Road)", "(The Short Road)"),
        ("Chapter 1: The Long Road", "Chapter 1: The Broad Road"),
        (
            "by the water the lamps are lit, and …)",
            "by the water the lamps are lit, and …) Indeed.",
        ),
    ],
)
def test_what_is_changed_in_the_note_is_told(was: str, now: str) -> None:
    meddled = "\n".join(TOLD).replace(was, now, 1).split("\n")
    assert meddled != list(TOLD)
    found = collate(witness(*BODY, *TOLD), witness(*BODY, *meddled), ENTRIES, TITLE)
    assert len(found.unexplained) == 1


def test_what_is_changed_in_the_note_is_told_between_editions_of_two_kinds() -> None:
    meddled = [line.replace("ferry was late", "ferry was early") for line in TOLD]
    new = Witness("b", "epub", witness(*BODY, *meddled).lines)
    assert len(collate(witness(*BODY), new, ENTRIES, TITLE).unexplained) == 1


def test_a_note_tells_of_no_more_places_than_entries_name() -> None:
    more = (*TOLD[:2], "Raod → Road (The Long Road)", *TOLD[2:])
    assert len(collate(witness(*BODY), witness(*BODY, *more), ENTRIES, TITLE).unexplained) == 1


def test_a_correction_of_the_contents_is_told_of_too() -> None:
    contents = "The Long Road . . . . . . . . . . . . . . 7"
    own = entry("E1", 1, "Raod", "Road", "The Long Raod . . . .")
    told = (TITLE, "Raod → Road (p. 5: The Long Road . . . . …)")
    new = witness(contents, *BODY, *told)
    assert collate(witness(contents, *BODY), new, [own], TITLE).variants == ()


def test_the_menus_of_an_epub_are_read() -> None:
    files = {
        "META-INF/container.xml": CONTAINER,
        "E/p.opf": OPF,
        "E/nav.xhtml": NAV,
        "E/toc.ncx": NCX,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    menus = [(piece.text, piece.file) for piece in epub_menus(out.getvalue())]
    assert menus == [("The & Road", "E/nav.xhtml"), ("The Raod", "E/toc.ncx")]
