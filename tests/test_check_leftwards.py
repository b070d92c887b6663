"""Lines that run from right to left: their letters count, not the order that a reader guesses."""

from __future__ import annotations

import pytest

from booktools.check.leftwards import beside, marks_of, runs_leftwards, same_letters, whole_lines
from booktools.check.letters import letters_of
from booktools.check.pdf_words import read_pages
from booktools.model.artifact import Expected
from booktools.model.pdf import PdfLine, PdfPage
from booktools.model.printed import Leaf


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


def test_a_part_that_is_level_with_two_others_puts_them_together() -> None:
    lines = (line("1 يعرف", 350, 321), line("ِ", 83, 314.8), line("كتاب قديم جدا", 90, 316.6))
    (whole,) = whole_lines(lines)
    assert sorted(whole.text.split()) == sorted(["1", "يعرف", "ِ", "كتاب", "قديم", "جدا"])


def test_marks_may_stand_with_another_line_but_no_letter() -> None:
    target = "نَزَلَالمَطَرُعَلَى"
    assert beside("نزل", target, 0) == "نَزَلَ"
    assert beside("المطرُعلى", target, 6) == "المَطَرُعَلَى"
    assert beside("نزك", target, 0) == ""
    assert marks_of("نَزَلَ") == {"َ": 3}


def _read(text: str, *lines: str) -> str:
    """What the proof takes the lines of one page for."""
    leaf = Leaf("a", "a", (Expected(text, "manuscript", "a.md", 1),))
    printed = tuple(line(row, 50, 500 - 20 * n) for n, row in enumerate(lines))
    reading = read_pages([leaf], [PdfPage(1, "1", 400, 600, printed)], heads=False)
    return reading.found.letters


def test_a_mark_on_another_line_is_none_lost_and_a_lost_one_is_told() -> None:
    text = "نَزَلَ المَطَرُ"
    assert _read(text, "نزلَ", "َالمََطَُر") == letters_of(text)
    assert _read(text, "نزلَ", "المََطَُر") != letters_of(text)
    assert _read(text, "نَزَلَ", "المَطر") != letters_of(text)


def test_a_list_of_contents_that_runs_leftwards_has_its_numbers_anywhere() -> None:
    entries = ("شاطئ البحر", "Chapter 2: Good Morning 5")
    own = (Expected(entry, "contents", "a.md", 1) for entry in entries)
    leaf = Leaf("c", "c", (Expected("فهرس", "contents"), *own))
    rows = ("فهرس", "....... 1 شاطئ البحر", "13 ....... Chapter 2: Good Morning 5")
    printed = tuple(line(row, 50, 500 - 20 * n) for n, row in enumerate(rows))
    reading = read_pages([leaf], [PdfPage(1, "1", 400, 600, printed)], heads=False)
    assert [number.says for number in reading.numbers] == ["1", "13"]
    assert reading.found.letters == letters_of("فهرس" + "".join(entries))
