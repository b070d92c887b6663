"""Letters in print: their date, their paragraphs and who signs; and what stands beside text."""

from __future__ import annotations

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.model.printed_page import Box, Drawing, Face, PrintedLine
from printed_pages import column, line, pages_of

PROSE = [
    ["It was raining on the quay and nobody could", "say when the ferry would come if it came."],
    ["Nothing in the ledgers of the company could", "explain what had happened to the money so."],
]
SMALL = Face("Serif", 9.0)


def letter(top: float) -> list[PrintedLine]:
    rows = [
        ("Saltmarsh, May 1881", 160, 250),
        ("My dear Marta,", 62, 0),
        ("The house is cold and the sea is grey", 62, 250),
        ("and nobody has come to mend the roof", 50, 250),
        ("since you left us for the islands.", 50, 0),
        ("Your affectionate uncle,", 142, 250),
        ("Josiah Petrel", 192, 250),
    ]
    return [
        line(text, x, top + 11 * n, SMALL, to=to if n in (2, 3) else 0)
        for n, (text, x, to) in enumerate(rows)
    ]


def test_a_letter_is_a_quotation_with_its_date_and_signature_apart() -> None:
    page = column(PROSE * 2, 30, 40, to=270)
    page += letter(160) + column(PROSE * 2, 30, 260, to=270)
    done = arrange(pages_of(page), Layout())
    found = [(b.role.value, " ".join(b.raw.split())) for b in done.galley.blocks]
    letter_ = [text for role, text in found if role == "quote"]
    assert letter_[0] == "Saltmarsh, May 1881"
    assert letter_[1] == "My dear Marta,"
    assert letter_[2].startswith("The house") and letter_[2].endswith("islands.")
    assert letter_[3:] == ["Your affectionate uncle,", "Josiah Petrel"]


def test_a_logo_beside_the_text_does_not_move_its_edges() -> None:
    lines = column(PROSE * 3, 30, 60, to=270)
    logo = Drawing(Box(5, 20, 40, 62), picture=True)
    with_logo = pages_of(lines, drawings=(logo,))
    assert with_logo.geometry
    assert {g.left for g in with_logo.geometry.lines if g} == {30}
