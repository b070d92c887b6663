"""Notes that OCR has read without their numbers: by their smaller type and what opens them."""

from __future__ import annotations

import textwrap

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.read.dump import read_dump

STORY = (
    "the miller had gone down to the weir before it was light, because the sluice was stuck and "
    "the water stood higher than it had stood in all the years that he could remember; his two "
    "sons came behind him with a rope and a lantern, and neither of them said a word as they "
    "went along the bank, where the grass was wet and so long that it came up to their knees."
)
NOTE = (
    "The weir stands no more; it was taken down in the year of the flood, when the abbey had no "
    "use for it, and the stones of it went into the bridge and into the houses that were built."
)
# Specks, by which OCR is known.
SPECKS = "\n\nHe | went | home | at.last to the mill and the house.\n"


def kinds(marks: list[str], note: str = NOTE, small: int = 64, specks: str = SPECKS) -> list[str]:
    """What became of the notes that begin with these marks, one on each page."""
    paged = []
    for number, mark in enumerate(marks):
        body = textwrap.fill(f"{number * 'So '}Then {STORY}", 50)
        more = textwrap.fill(f"And {STORY}", 50)
        # not at the foot: the second column stands behind it
        paged.append(f"{body}\n\n{textwrap.fill(mark + note, small)}\n\n{more}{specks}")
    text = "\f".join(paged)
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return [b.role.value for b in done.blocks if note.split(";")[0] in " ".join(b.text.split())]


def test_wide_lines_behind_a_mark_are_a_note() -> None:
    assert kinds(["‘", "2", "* ", "4. "]) == ["note"] * 4


def test_one_without_a_mark_is_like_the_others() -> None:
    assert kinds(["‘", "2", "", "4. "]) == ["note"] * 4


def test_lines_of_the_columns_width_are_text() -> None:
    assert "note" not in kinds(["‘", "“", "‘", "“"], small=50)


def test_a_text_that_is_no_ocr_has_its_numbers() -> None:
    assert "note" not in kinds(["‘", "“", "‘", "“"], specks="\n")


@pytest.mark.parametrize("note", ["See the chart."])
def test_a_short_note_has_a_number_close_to_its_capital(note: str) -> None:
    assert kinds(["1", "2", "3"], note) == ["note"] * 3
