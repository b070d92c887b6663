"""Notes whose calls nobody can read: by their place at the foot and their rising numbers."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.read.dump import read_dump

TEXT = (
    "{0} the harbour was asleep and so was the keeper of the light, who had\n"
    "seen no ferry come or go for a whole week, and who had not been to\n"
    "the town since the day when the last of the boatmen went away with\n"
    "all that he had, which was not much: a coat, a lamp and a book that\n"
    "nobody had ever read, and so it stayed.\n"
)
OPENINGS = ["Once", "Later", "Then", "At last", "So", "Again"]


def kinds(pages: list[str]) -> list[tuple[str, str]]:
    text = "\f".join(pages)
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    made = [(b.role.value, " ".join(b.text.split())) for b in done.blocks]
    return [row for row in made if row[0] == "note"]


def pages(feet: list[str]) -> list[str]:
    bodies = [TEXT.format(opening) + "\n" + TEXT.format("And") for opening in OPENINGS]
    return [f"{body}\n{foot}\n" for body, foot in zip(bodies, feet, strict=False)]


NOTES = ["1. A lamp of oil.", "2, A coat of wool.", "3 The boat.", "4. See the chart.", "5. Rope."]


def test_notes_at_the_feet_of_pages_are_told_by_rising_numbers() -> None:
    assert kinds(pages(NOTES)) == [("note", note) for note in NOTES]


@pytest.mark.parametrize("misread", ["jo, The old boat.", "& The old boat.", "1S. The old boat."])
def test_one_of_them_may_be_misread(misread: str) -> None:
    feet = [*NOTES[:2], f"{NOTES[2]}\n\n{misread}", *NOTES[3:]]
    assert kinds(pages(feet)) == [("note", n) for n in (*NOTES[:3], misread, *NOTES[3:])]


def test_a_paragraph_at_the_foot_is_none() -> None:
    feet = [*NOTES[:4], "Mr. Bull had the boat.", NOTES[4]]
    assert ("note", "Mr. Bull had the boat.") not in kinds(pages(feet))


@pytest.mark.parametrize(
    "feet",
    [
        NOTES[:3],  # too few
        ["9. A lamp.", "2. A coat.", "30. A boat.", "1. A rope.", "15. A sail."],  # no order
    ],
)
def test_numbers_that_do_not_rise_or_are_few_tell_nothing(feet: list[str]) -> None:
    assert kinds(pages(feet)) == []


def test_numbered_paragraphs_all_over_the_pages_are_no_notes() -> None:
    own = [f"{n}. The {n}th boat had a lamp of oil, and a rope.\n" for n in range(1, 25)]
    assert kinds(["\n".join(own[at : at + 4]) for at in range(0, 24, 4)]) == []
