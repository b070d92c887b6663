"""The sizes of a scan's letters: what the program says, what the boxes say, what neither does."""

from __future__ import annotations

from itertools import pairwise

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.model.galley import Role
from booktools.model.printed_page import Box
from booktools.model.specks import within
from booktools.read.baselines import smalls_of
from booktools.read.hocr import hocr_pages
from booktools.read.printed import PrintedFile, read_printed
from booktools.read.scan_page import ScanLine, ScanPage, ScanWord, settled
from booktools.read.scans import scan_pages
from booktools.read.sizes import usual_of

FULL = "the ferry came late that morning and nobody on the quay could say when it would"
LEFT, LETTER = 100.0, 20.0


def line(text: str, number: int, par: int = 1, small: float = 20, left: float = LEFT) -> ScanLine:
    """A line of letters `small` high, the `number`th of lines 60 apart."""
    top = 100 + 60.0 * number
    words, at = [], left
    for word in text.split():
        box = Box(at, top - 1.5 * small, at + LETTER * len(word), top)
        words.append(ScanWord(word, box, 0.9))
        at += LETTER * (len(word) + 1)
    whole = Box(left, top - 1.5 * small, at - LETTER, top)
    return ScanLine(tuple(words), whole, 0.0, 0.0, 0.0, small, par)


def sizes(*lines: ScanLine) -> list[float]:
    page = settled(ScanPage(2000, 3000, lines), 1).page
    return [one.words[0].face.size for one in page.lines]


# --- paragraphs that the file knows ---------------------------------------------------


def test_the_last_line_of_a_paragraph_is_set_as_its_others_are() -> None:
    made = sizes(line(FULL, 0), line(FULL, 1), line("at all.", 2, small=27))
    assert len(set(made)) == 1


@pytest.mark.parametrize(
    "last",
    [
        line("The Keeper", 2, small=27, left=600),  # a head that the file has taken in, centred
        line("The Keeper", 4, small=27),  # the same at the edge, with a gap above
        line("The Keeper", 2, par=2, small=27),  # a paragraph of its own
    ],
)
def test_a_head_keeps_its_size(last: ScanLine) -> None:
    body, _, head = sizes(line(FULL, 0), line(FULL, 1), last)
    assert head > 1.2 * body


def test_the_first_line_of_a_paragraph_keeps_its_size() -> None:
    head, body, _ = sizes(line("The Keeper", 0, small=27), line(FULL, 1), line(FULL, 2))
    assert head > 1.2 * body


def test_the_usual_height_is_that_of_more_than_half_of_the_letters() -> None:
    assert usual_of([(20, 50), (21, 30), (30, 40)], 1.2) in (20, 21)
    assert usual_of([(20, 50), (30, 50)], 1.2) == 0
    assert usual_of([(0, 50), (30, 20)], 1.2) == 0
    assert usual_of([], 1.2) == 0


# --- what the program says ------------------------------------------------------------


def told(text: str, height: int, size: float) -> float:
    """The size that is believed of a line in a box of that height."""
    title = f"bbox 100 100 900 {100 + height}; baseline 0 -10; x_size {size}"
    data = (
        f"<html><body><div class='ocr_page' title='bbox 0 0 1000 1400'><p class='ocr_par'>"
        f"<span class='ocr_line' title='{title}; x_descenders 10; x_ascenders 10'>"
        f"<span class='ocrx_word' title='bbox 100 100 900 {100 + height}'>{text}</span></span>"
        "</p></div></body></html>"
    )
    (page,) = hocr_pages(data.encode())
    (row,) = page.lines
    assert row.par == 1
    return row.size


@pytest.mark.parametrize(
    ("text", "height", "believed"),
    [
        ("the keeper", 40, True),
        ("the keeper", 28, False),  # what reaches so far up and down has a higher box
        ("the house", 30, True),  # nothing reaches down
        ("our own", 20, True),  # nor up
        ("our own", 14, False),
    ],
)
def test_letters_larger_than_their_boxes_are_guessed(
    text: str, height: int, believed: bool
) -> None:
    assert (told(text, height, 40) == 40) is believed


# --- what the boxes say ---------------------------------------------------------------


def test_a_head_under_a_smaller_running_head_is_as_high_as_its_boxes() -> None:
    def row(text: str, high: float) -> list[tuple[str, Box]]:
        kinds = {"up": 1.5 * high, "small": high}
        words = text.split()
        return [
            (word, Box(0, 0, 10, kinds["up" if set(word) & set("bdfhkl") else "small"]))
            for word in words
        ]

    running, head = row("the light above on a shelf and moor", 15), row("hall", 25)
    text = [row("the house on a hill above our moor and some more", 20) for _ in range(8)]
    found = smalls_of([running, head, *text])
    assert found[1] == pytest.approx(25, rel=0.1)


# --- heads ----------------------------------------------------------------------------


def page_of(rows: list[tuple[str, int, int]]) -> bytes:
    """hOCR of rows: text, left edge, height of small letters."""
    out, top = [], 100
    for text, left, small in rows:
        words = text.split()
        if words:
            step = 12
            cells, at = [], left
            for word in words:
                right = at + step * len(word)
                cells.append(
                    f"<span class='ocrx_word' title='bbox {at} {top} {right} {top + 40}; "
                    f"x_wconf 90'>{word}</span> "
                )
                at = right + step
            size = f"x_size {2 * small}; x_ascenders {small / 2}; x_descenders {small / 2}"
            out.append(
                f"<p class='ocr_par'><span class='ocr_line' title='bbox {left} {top} {at - step} "
                f"{top + 40}; baseline 0 -10; {size}'>{''.join(cells)}</span></p>"
            )
        top += 56
    page = "<div class='ocr_page' title='bbox 0 0 1200 2400'>"
    return f"<html><body>{page}{''.join(out)}</div></body></html>".encode()


def roles(head: tuple[str, int, int], gap: int = 1) -> list[str]:
    """The heads of a page of text with a row in it."""
    text = [(FULL, 100, 20)] * 6 + [("go at all.", 100, 20)]
    empty = [("", 0, 0)] * gap
    data = page_of([*text, *empty, head, *empty, *text])
    pages = read_printed([PrintedFile("a.hocr", scan_pages(data, "a.hocr", []))])
    done = arrange(pages, Layout()).galley
    kinds = (Role.HEADING, Role.TITLE, Role.LABEL)
    return [" ".join(b.text.split()) for b in done.blocks if b.role in kinds]


@pytest.mark.parametrize("text", ["The Keeper", ": The Keeper", "The Keeper :", "VII"])
def test_a_head_in_large_letters(text: str) -> None:
    assert roles((text, 500, 27)) == [text]


@pytest.mark.parametrize("text", ["modest.", "come. : .", "— says he", "“Never.”"])
def test_words_that_are_no_heads_are_none_in_large_letters(text: str) -> None:
    assert roles((text, 100, 27)) == []


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (": The Keeper", "The Keeper"),
        ("The Keeper : .", "The Keeper"),
        ("The Keeper:", "The Keeper:"),
        ("« Non »", "« Non »"),
        ("", ""),
    ],
)
def test_marks_apart_at_the_ends_are_left_out(text: str, bare: str) -> None:
    assert within(text) == bare


def test_pages_keep_their_lines_in_order() -> None:
    made = settled(ScanPage(2000, 3000, tuple(line(FULL, n) for n in range(5))), 1).page
    tops = [one.words[0].box.top for one in made.lines]
    assert all(a < b for a, b in pairwise(tops))
