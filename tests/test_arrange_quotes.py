"""Quotations in dumps, by the blanks before their lines or by a narrower measure."""

from __future__ import annotations

import textwrap

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.model.galley import Role
from booktools.read.dump import read_dump

PROSE = """\
It was raining when the ferry came at last, and nobody on the quay had anything to do but look
at the water and wait for the evening bell; the harbour master alone went up and down with his
book, in which he wrote what the salt weighed, what it cost, who had brought it over the ridge,
and whether the oxen were tired; nobody had asked him to do so, and nobody read what he wrote.
"""
LETTER = """\
“You will find the boat in good order, and the oars where they always are kept; the nets are
behind the shed, for the boy has mended them, and what he asks for it I leave to you, who know
better than anybody what a net is worth in such a winter as this one has been for all of us.”
"""


def filled(text: str, measure: int, indent: int = 0, first: int = 0) -> str:
    pad = " " * indent
    return textwrap.fill(
        text, measure, initial_indent=pad + " " * first, subsequent_indent=pad,
        break_long_words=False,
    )  # fmt: skip


def quoted(text: str) -> list[str]:
    galley = arrange(read_dump([("a.txt", text)]), Layout()).galley
    assert galley.unwound() == text
    return [" ".join(b.text.split()) for b in galley.blocks if b.role is Role.QUOTE]


BEFORE = "\n".join(filled(PROSE, 64, first=3) for _ in range(3))
SAID = BEFORE[:-1] + ":"
AFTER = "\n".join(filled(PROSE, 64, first=3) for _ in range(2))
WORDS = " ".join(LETTER.split())


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_stands_in_on_both_sides(gap: str) -> None:
    text = gap.join([BEFORE, filled(LETTER, 58, 6), AFTER]) + "\n"
    assert quoted(text) == [WORDS]


def test_its_paragraphs_are_several() -> None:
    letter = filled(LETTER, 58, 6) + "\n" + filled(LETTER, 58, 6, first=3)
    assert quoted("\n".join([BEFORE, letter, AFTER]) + "\n") == [WORDS, WORDS]


def test_text_that_only_begins_further_in_is_none() -> None:
    beside = filled(LETTER, 64, 6)  # beside a picture
    assert quoted("\n".join([BEFORE, beside, AFTER]) + "\n") == []


def test_short_lines_are_none() -> None:
    names = "\n".join(f"      {name}" for name in ("Ada Quill", "Tom Rudder", "the harbour master"))
    assert quoted("\n".join([BEFORE, names, AFTER]) + "\n") == []
    address = "      Ada Quill, at\n      the Quay,\n      in the town.\n"
    assert quoted("\n".join([BEFORE, address, AFTER]) + "\n") == []


def test_a_narrow_measure_that_the_words_announce() -> None:
    flush = [filled(PROSE, 64) for _ in range(4)]
    letter = filled(LETTER, 52)
    before = [*flush[:-1], flush[-1][:-1] + ":"]
    assert quoted("\n\n".join([*before, letter, *flush]) + "\n") == [WORDS]
    assert quoted("\n\n".join([*flush, letter, *flush]) + "\n") == []
    assert quoted("\n\n".join([*before, filled(LETTER, 64), *flush]) + "\n") == []
