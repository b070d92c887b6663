"""Quotations in print: what stands in on both sides of the text."""

from __future__ import annotations

from dataclasses import replace

from booktools.arrange.geometry_blocks import blocks_of
from booktools.arrange.geometry_quotes import quotations
from print_rows import Set, print_rows

PROSE = (
    Set("The ropes lay where the tide had left"),
    Set("them in the morning, and nobody"),
    Set("had thought of the nets behind the"),
    Set("shed until the boy asked for"),
    Set("them"),
)
LETTER = (
    Set("You will find the boat in good order", left=20, right=20, above=1),
    Set("and the oars where they always are", left=20, right=20),
    Set("kept.", left=20, right=None),
)
AFTER = (replace(PROSE[0], above=1), *PROSE[1:])


def quoted(*lines: Set) -> list[str]:
    rows = print_rows(lines)
    return [
        " ".join(rows[at].text for at in range(s.first, s.last + 1))
        for s in quotations(rows, blocks_of(rows), ())
    ]


def test_text_that_stands_in_on_both_sides() -> None:
    assert quoted(*PROSE, *LETTER, *AFTER) == [
        "You will find the boat in good order and the oars where they always are kept."
    ]


def test_smaller_letters_that_stand_in_on_the_left() -> None:
    small = tuple(replace(line, size=8.5, right=0 if line.right else None) for line in LETTER)
    assert len(quoted(*PROSE, *small, *AFTER)) == 1
    assert quoted(*PROSE, *(replace(line, size=10) for line in small), *AFTER) == []


def test_a_list_is_no_quotation() -> None:
    first = replace(LETTER[0], text="1. You will find the boat in good order")
    assert quoted(*PROSE, first, *LETTER[1:], *AFTER) == []


def test_lines_that_each_stand_alone_are_no_quotation() -> None:
    lines = tuple(
        Set(f"The boat goes at {n}.", left=20, right=None, above=n == 1) for n in (1, 2, 3)
    )
    assert quoted(*PROSE, *lines, *AFTER) == []


def test_a_page_that_stands_in_is_no_quotation() -> None:
    assert quoted(*(replace(line, left=20, right=20) for line in (*PROSE, *AFTER))) == []


def test_what_stands_in_a_frame_is_none() -> None:
    assert quoted(*PROSE, *(replace(line, frame=1) for line in LETTER), *AFTER) == []


def test_centred_lines_are_none() -> None:
    lines = (
        Set("The Society for the Keeping of Boats", left=30, right=30, above=1),
        Set("in the Harbour of the Old Town and", left=60, right=60),
        Set("of its Nets", left=110, right=110),
    )
    assert quoted(*PROSE, *lines, *AFTER) == []


SAID = Set("A fathom is what a man can hug.", left=20, right=None, above=1)


def test_one_line_that_stands_in_and_apart() -> None:
    assert quoted(*PROSE, SAID, *AFTER) == [SAID.text]
    assert quoted(*PROSE, replace(SAID, text="What a man can hug"), *AFTER) == []


def test_one_line_as_other_quotations_stand() -> None:
    open_ = replace(SAID, text="What a man can hug", left=12)
    letter = [replace(line, left=12) for line in LETTER]
    assert quoted(*PROSE, open_, *AFTER) == []
    assert open_.text in quoted(*PROSE, open_, *AFTER, *letter, *AFTER)


def test_one_line_that_is_no_quotation() -> None:
    """No paragraph by itself, no centred line, no signature, no line of a list."""
    begun = (replace(PROSE[0], left=20, above=1), *PROSE[1:])
    assert quoted(*PROSE, SAID, *begun) == []
    width = len(SAID.text) * 5
    assert quoted(*PROSE, replace(SAID, left=(300 - width) / 2), *AFTER) == []
    assert quoted(*PROSE, replace(SAID, left=300 - width), *AFTER) == []
    assert quoted(*PROSE, replace(SAID, text="1. A fathom is a man."), *AFTER) == []
    assert quoted(*PROSE, replace(SAID, above=0), *PROSE) == []
