"""The pages of the print edition, read from made-up pages: contents, notes, hyphens, margins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from booktools.check.pdf_margins import MarginReader
from booktools.check.same_words import Proof, prove_pdf
from booktools.model.artifact import Expected
from booktools.model.book import Book, Chapter, Metadata, Note, Paragraph, Text
from booktools.model.pdf import PdfLine, PdfPage
from booktools.model.printed import Folio, Leaf

FILE = "m.md"
TEXT = "A counter-revolution is no revolution at all"
MORE = "and the second page says so at length"
NOTE = "This note is long enough to go on upon the next page"
HEAD, FOOT = 600.0, 70.0  # base lines of running heads and folios
HEAD_SAID = "The Book"

BOOK = Book(
    Metadata("The Book", "en"),
    (
        Chapter(
            FILE,
            "c",
            (Text("The Strike", 1),),
            (
                Paragraph((Text(TEXT, 3), Note((Paragraph((Text(NOTE, 9),)),)), Text(" ", 3))),
                Paragraph((Text(MORE, 5),)),
            ),
        ),
    ),
)


def leaves(entry: str = "The Strike") -> list[Leaf]:
    contents = (Expected("Contents", "contents"), Expected(entry, "contents", FILE, 1))
    chapter = (
        Expected("The Strike", "manuscript", FILE, 1),
        Expected(TEXT, "manuscript", FILE, 3),
        Expected("1", "note-call", FILE, 3),
        Expected("1.", "note-mark", FILE, 3),
        Expected(NOTE, "moved-note", FILE, 9),
        Expected(MORE, "manuscript", FILE, 5),
    )
    return [
        Leaf("contents", "x", contents, "The Book", "Contents", Folio.ROMAN),
        Leaf("chapter", "c", chapter, "The Book", "The Strike", Folio.ARABIC, arabic=True),
    ]


def page(number: int, lines: list[str], head: str = "", folio: str = "") -> PdfPage:
    set_lines = [PdfLine(text, 54, 550 - 14 * n, 10) for n, text in enumerate(lines)]
    if head:
        set_lines.append(PdfLine(head, 150, HEAD, 8))
    if folio:
        set_lines.append(PdfLine(folio, 200, FOOT, 8))
    return PdfPage(number, "", 432, 648, tuple(set_lines))


CONTENTS = ["Contents", "The Strike . . . . 1"]
ONE = ["The Strike", "A counter-", "revolution is no revo\u2010", "lution at all1"]
FOOT_ONE = ["1. This note is long enough to go on"]
TWO = ["and the second page says so at length", "upon the next page"]


def proof(contents: list[str] = CONTENTS, **change: PdfPage) -> Proof:
    pages = {
        "contents": page(1, contents, folio="i"),
        "blank": page(2, []),
        "one": page(3, [*ONE, *FOOT_ONE], folio="1"),
        "two": page(4, TWO, "The Book", "2"),
    }
    return prove_pdf(BOOK, leaves(), list((pages | change).values()))


def codes(result: Proof) -> list[str]:
    return [finding.code for finding in result.findings]


def test_a_whole_print_edition_holds() -> None:
    result = proof()
    assert result.findings == ()
    account = dict(result.account)
    assert account["line-end-hyphen"] == 1
    assert account["contents-leader"] == 4
    assert account["folio"] == 3
    assert account["running-head"] == len("TheBook")
    assert sum(account.values()) == result.letters


# --- contents -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ["The Strike", ". . . . . . 1"],
        ["The", "Strike . . . 1"],
        ["The Strike 1"],
        ["The Strike…………1"],
        ["The Stri\u2010", "ke . . . 1"],
        ["The Strike", "1"],
    ],
)
def test_a_line_of_contents_is_set_in_many_ways(lines: list[str]) -> None:
    assert proof(["Contents", *lines]).findings == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The Strike . . . 2", ["SAM008"]),
        ("The Strike . . . i", ["SAM008"]),
        ("The Strike", ["SAM008"]),
        ("The Strife . . . 1", ["SAM003", "SAM008"]),
    ],
)
def test_what_is_wrong_with_the_contents_is_found(line: str, expected: list[str]) -> None:
    assert codes(proof(["Contents", line])) == expected


def test_an_untitled_chapter_is_listed_where_its_text_begins() -> None:
    wrong = page(1, ["Contents", "Dedication . . . 2"], folio="i")
    right = page(1, ["Contents", "Dedication . . . 1"], folio="i")
    rest = [page(2, []), page(3, [*ONE, *FOOT_ONE], folio="1"), page(4, TWO, "The Book", "2")]
    assert prove_pdf(BOOK, leaves("Dedication"), [right, *rest]).holds
    assert codes(prove_pdf(BOOK, leaves("Dedication"), [wrong, *rest])) == ["SAM008"]


# --- hyphens --------------------------------------------------------------------------


def test_a_true_hyphen_at_a_line_end_must_be_there() -> None:
    lines = [line.replace("counter-", "counter") for line in ONE]
    result = proof(one=page(3, [*lines, *FOOT_ONE], folio="1"))
    assert codes(result) == ["SAM001"]
    assert "[-]" in result.findings[0].excerpt


def test_a_hyphen_inside_a_line_is_not_the_setters() -> None:
    lines = [line.replace("is no", "is-no") for line in ONE]
    assert codes(proof(one=page(3, [*lines, *FOOT_ONE], folio="1"))) == ["SAM004"]


def test_two_hyphens_at_a_line_end_are_one_too_many() -> None:
    lines = [line.replace("\u2010", "-\u2010") for line in ONE]
    assert codes(proof(one=page(3, [*lines, *FOOT_ONE], folio="1"))) == ["SAM004"]


# --- notes ----------------------------------------------------------------------------


def test_a_note_without_its_rest_is_found() -> None:
    result = proof(two=page(4, TWO[:1], "The Book", "2"))
    assert codes(result) == ["SAM001"]
    assert result.findings[0].place
    assert result.findings[0].place.line == 9
    assert "upon the next page" in result.findings[0].excerpt


def test_a_note_is_compared_letter_for_letter() -> None:
    lines = [*ONE, "1. This mote is long enough to go on"]
    result = proof(one=page(3, lines, folio="1"))
    assert codes(result) == ["SAM003"]
    assert result.findings[0].trail[0].page == 3


# --- margins --------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["2 The Book", "The Book 2", "The Book2"])
def test_head_and_folio_may_stand_on_one_line(head: str) -> None:
    assert proof(two=page(4, TWO, head)).findings == ()


@pytest.mark.parametrize(
    ("head", "folio"),
    [("The Strike", "2"), ("The Book", "3"), ("", "2"), ("The Book", ""), ("Something", "2")],
)
def test_margins_say_what_is_declared(head: str, folio: str) -> None:
    result = proof(two=page(4, TWO, head, folio))
    assert result.findings
    assert all(finding.trail[0].page == 4 for finding in result.findings)


def test_an_opener_has_no_head_and_a_blank_nothing() -> None:
    assert not proof(one=page(3, [*ONE, *FOOT_ONE], "The Strike", "1")).holds
    assert not proof(blank=page(2, [], "The Book", "ii")).holds


def test_a_page_of_pictures_has_its_leafs_margins() -> None:
    picture = replace(page(2, [], "The Book", "ii"), pictures=1)
    assert proof(blank=picture).holds
    assert not proof(blank=replace(page(2, []), pictures=1)).holds


def test_a_page_left_out_is_found() -> None:
    pages = [page(1, CONTENTS, folio="i"), page(2, []), page(3, [*ONE, *FOOT_ONE], folio="1")]
    result = prove_pdf(BOOK, leaves(), pages)
    assert "SAM001" in codes(result)


def test_a_line_in_the_wrong_order_is_found() -> None:
    lines = [ONE[0], ONE[2], ONE[1], ONE[3], *FOOT_ONE]
    assert not proof(one=page(3, lines, folio="1")).holds


def test_text_below_the_folio_is_text() -> None:
    one = page(3, [*ONE, *FOOT_ONE], folio="1")
    stray = replace(one, lines=(*one.lines, PdfLine("Printed by nobody", 54, 30, 8)))
    assert not proof(one=stray).holds


def test_a_number_that_ends_a_pages_text_is_no_folio() -> None:
    full = [f"line {number} of the text" for number in range(20)]
    pages = [
        page(n, [*full, "4" if n in (5, 8) else "its end"], HEAD_SAID, str(n)) for n in range(1, 12)
    ]
    reader = MarginReader([Leaf("chapter", "c", (), HEAD_SAID, HEAD_SAID, Folio.ARABIC)], pages)
    for one in pages:
        lines, margins = reader.part(one)
        assert (len(lines), margins) == (21, f"TheBook{one.number}")
