"""Letters in print: their date, their paragraphs and who signs; and what stands beside text."""

from __future__ import annotations

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.model.printed_page import Face, PrintedLine
from printed_pages import column, line, page, picture, read

LINES = [
    "It was raining on the quay and nobody could",
    "say when the ferry would come if it came to",
    "them at all, and nothing in the ledgers of",
    "the company explained what had happened to",
    "the money or who had carried it off to the",
]
PROSE = [[*LINES, "islands in the night."]]
SMALL = Face("Serif", 9.0)


def letter(top: float) -> list[PrintedLine]:
    rows = [
        ("Saltmarsh, May 1881", 160, 250),
        ("My dear Marta,", 62, 0),
        ("The house is cold and the sea is grey", 62, 250),
        ("and nobody has come to mend the roof", 50, 250),
        ("before the winter, though I have asked", 50, 250),
        ("them more than once, and the old boat", 50, 250),
        ("has gone down at her moorings at last", 50, 250),
        ("since you left us for the islands.", 50, 0),
        ("Your affectionate uncle,", 142, 250),
        ("Josiah Petrel", 192, 250),
    ]
    return [
        line(text, x, top + 11 * n, SMALL, to=to if x < 63 else 0)
        for n, (text, x, to) in enumerate(rows)
    ]


def test_a_letter_is_a_quotation_with_its_date_and_signature_apart() -> None:
    lines = column(PROSE * 2, 30, 40, to=270)
    lines += letter(200) + column(PROSE, 30, 320, to=270)
    done = arrange(read(page(*lines)), Layout())
    found = [(b.role.value, " ".join(b.raw.split())) for b in done.galley.blocks]
    letter_ = [text for role, text in found if role == "quote"]
    assert letter_[:2] == ["Saltmarsh, May 1881", "My dear Marta,"]
    assert letter_[2].startswith("The house")
    assert letter_[2].endswith("islands.")
    assert letter_[3:] == ["Your affectionate uncle,", "Josiah Petrel"]


def test_a_logo_beside_the_text_does_not_move_its_edges() -> None:
    lines = column(PROSE * 3, 30, 60, to=270)
    with_logo = read(page(*lines, drawings=[picture(5, 20, 40, 62)]))
    assert with_logo.geometry
    assert {g.left for g in with_logo.geometry.lines if g} == {30}
