"""Dumps in which every call stands apart from its word."""

from __future__ import annotations

import textwrap

from booktools.loose import recover_text
from booktools.model.galley import Galley

THINGS = ["lantern", "barrel", "anchor", "ladder", "hammer", "bucket"]
PARAGRAPH = (
    "The old {} had been in the shed for as long as anybody on the quay could remember,{} and "
    "nobody had ever thought of asking to whom it had belonged before the fire. When the {} men "
    "came down from the upper town to look for it they found the door shut and the key gone, so "
    "they went home again in the rain and said that they would come back on another day."
)
NOTE = "{}. The {} was bought at the fair and sold in the same year, as the book has it."


def page(first: int, call: str = " {}", men: str = "four", note: str = NOTE) -> str:
    """A page with three paragraphs and their notes, counting from `first`."""
    own = list(enumerate(THINGS[first - 1 : first + 2], first))
    rows = [PARAGRAPH.format(thing, call.format(at), men) for at, thing in own]
    rows += [note.format(at, thing) for at, thing in own]
    return "\n\n".join(textwrap.fill(row, 66) for row in rows) + "\n"


def linked(text: str) -> list[tuple[str, str]]:
    """The thing in the sentence before each call, and the one in its note."""
    made: Galley = recover_text([("dump.txt", text)], ["en"], lambda step: None).galley
    assert made.unwound() == text
    out = []
    for block in made.blocks:
        if called := block.attribute("called"):
            own, _, at = map(int, called.split(":"))
            before = made.blocks[own].text[:at]
            assert before.endswith("remember,")
            assert made.blocks[own].text[at:].startswith(" and")
            out.append((before.rsplit("The old ", 1)[1].split()[0], block.text.split()[1]))
    return out


def test_numbers_that_the_notes_count_are_their_calls() -> None:
    assert linked(page(1) + "\f" + page(4)) == [(thing, thing) for thing in THINGS]


def test_other_numbers_of_the_text_stay() -> None:
    text = page(1, men="22") + "\f" + page(4, men="9")
    assert linked(text) == [(thing, thing) for thing in THINGS]


def test_a_number_that_stands_twice_where_a_call_is_due_is_not_guessed_at() -> None:
    text = page(1) + "\f" + page(4).replace("the upper town", "the 5 upper towns", 1)
    found = linked(text)
    assert ("lantern", "lantern") in found
    assert all(one == two for one, two in found)


def test_numbered_paragraphs_without_numbers_above_are_no_notes() -> None:
    assert linked(page(1, call="") + "\f" + page(4, call="")) == []


def test_three_numbers_are_no_habit() -> None:
    assert linked(page(1)) == []


def test_numbers_in_the_text_that_do_not_rise_with_the_rows_are_no_calls() -> None:
    text = page(1, call=" #") + "\f" + page(4, call=" #")
    for number in (3, 1, 2, 6, 4, 5):
        text = text.replace("#", str(number), 1)
    assert "#" not in text
    found = linked(text)
    assert found == []
