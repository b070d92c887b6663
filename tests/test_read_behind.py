"""The text that OCR has put, unpainted, behind the pictures of pages."""

from __future__ import annotations

import pytest

from booktools import loose, prints
from booktools.model.galley import Role
from booktools.model.printed_page import Face, Hidden, PrintedLine, PrintedPage
from booktools.read.behind import text_behind
from pdf_files import at, column, pdf
from printed_pages import BODY, line, page, picture

WHOLE = picture(0, 0, 300, 400)
LINES = ("The miller kept the only window that", "looked upon the road.")


def unseen(text: str, y: float, size: float = 10.0) -> PrintedLine:
    own = line(text, 20, y, Face(BODY.name, size))
    words = [
        type(word)(word.text, word.box, word.baseline, word.face, None, Hidden.UNPAINTED)
        for word in own.words
    ]
    return PrintedLine(tuple(words))


def hidings(made: PrintedPage) -> set[Hidden]:
    return {word.hidden for one in made.lines for word in one.words}


@pytest.mark.parametrize(
    ("given", "scanned"),
    [
        (page(unseen("what was read", 50), drawings=[WHOLE]), True),
        (page(unseen("what was read", 50)), True),  # the letters are drawn, say
        (page(unseen("what was read", 50), line("stamp", 20, 390), drawings=[WHOLE]), True),
        (page(unseen("secret", 50), line("what is to be seen", 20, 70), drawings=[WHOLE]), False),
        (page(unseen("what is kept secret", 50), line("seen", 20, 70)), False),
        (
            page(
                unseen("what is kept secret", 50),
                line("seen", 20, 70),
                drawings=[picture(0, 0, 300, 200)],
            ),
            False,
        ),
        (page(line("seen", 20, 70), drawings=[WHOLE]), False),
    ],
)
def test_what_is_behind_a_picture_is_its_text(given: PrintedPage, scanned: bool) -> None:
    made = text_behind(given)
    assert made.scanned is scanned
    assert made is given or hidings(made) == {Hidden.NO}


def test_measured_sizes_are_those_of_the_lines_round_them() -> None:
    sizes = (14, 10, 10, 9, 10, 11, 10, 10, 6)
    made = text_behind(page(*(unseen("a line", 40 + 12 * n, s) for n, s in enumerate(sizes))))
    found = [one.words[0].face.size for one in made.lines]
    assert found == [14, *[10] * 7, 6]


def test_a_drop_capital_keeps_its_size() -> None:
    first = PrintedLine((*unseen("T", 50, 30.0).words, *unseen("he miller", 50).words))
    made = text_behind(page(first, unseen("kept the only window", 62)))
    assert [word.face.size for word in made.lines[0].words] == [30.0, 10.0, 10.0]


def test_a_scan_with_its_text_is_recovered() -> None:
    image = (
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        "/BitsPerComponent 8/Length 1>>\nstream\n\xff\nendstream"
    )
    text = column(LINES, 40, 300).replace("BT ", "BT 3 Tr ")
    stamp = at("Digitized by a library", 40, 10)
    data = pdf(
        *[f"q 300 0 0 400 0 0 cm /Im Do Q {text}{stamp}"] * 3,
        extra=[image],
        resources="/XObject<</Im 10 0 R>>",
    )
    read = prints.read([("scan.pdf", data)], lambda step: None)
    assert not [one for one in read.findings if one.code == "PDF002"]
    made = loose.recover_pages(read.pages, ("en",), lambda step: None)
    texts = [block.text for block in made.galley.blocks if block.role is not Role.FURNITURE]
    assert texts == [" ".join(LINES)] * 3
