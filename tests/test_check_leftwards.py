"""Lines that run from right to left: their letters count, not the order that a reader guesses."""

from __future__ import annotations

import pytest

from booktools.check.leftwards import runs_leftwards, same_letters, whole_lines
from booktools.model.pdf import PdfLine


def test_what_runs_leftwards() -> None:
    assert runs_leftwards("abc שלום")
    assert runs_leftwards("ﻼ")
    assert not runs_leftwards("abc éα漢")


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("שלום(x)12", "12)x(שלום", True),
        ("«سلام»", "»سلام«", True),
        ("שלום", "שלןם", False),
        ("שלום", "שלוםם", False),
        ("ab", "ba", False),
        ("ab", "ab", True),
    ],
)
def test_same_letters(one: str, two: str, same: bool) -> None:
    assert same_letters(one, two) is same


def line(text: str, x: float, y: float) -> PdfLine:
    return PdfLine(text, x, y, 10, x + 20)


def test_parts_of_a_line_are_put_together() -> None:
    lines = (
        *(line("Title", 50, 500), line("سلام", 200, 400), line("ً", 190, 402.5)),
        *(line(".", 60, 400), line("كتاب", 200, 386)),
    )
    whole = whole_lines(lines)
    assert [part.text for part in whole] == ["\u200fTitle", "سلام ً .", "كتاب"]
    assert (whole[1].x, whole[1].y, whole[1].right) == (60, 400, 220)


def test_other_lines_are_left_alone() -> None:
    lines = (line("1", 50, 500), line("One", 60, 500), line("2", 50, 486))
    assert whole_lines(lines) == lines
