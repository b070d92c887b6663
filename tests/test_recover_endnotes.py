"""Notes at the ends of chapters and of the book, and what calls for them."""

from __future__ import annotations

import textwrap

import pytest

from booktools.arrange.endnotes import is_head
from booktools.arrange.note_calls import RULE
from booktools.loose import recover_text
from booktools.model.galley import Galley

THINGS = ["lantern", "barrel", "anchor", "ladder", "hammer", "bucket"]
PARAGRAPH = (
    "The old {} had been in the shed for as long as anybody on the quay could remember,{} and "
    "nobody had ever thought of asking to whom it had belonged before the fire. When the men came "
    "down from the upper town to look for it they found the door shut and the key gone, and so "
    "they went home again in the rain and said that they would come back on another day."
)
NOTE = "The {} was bought at the fair and sold in the same year, as the book of the harbour has it."


def wrapped(text: str, blank: bool) -> str:
    return textwrap.fill(text, 66) + "\n" + "\n" * blank


def chapter(number: int, first: int, call: str, blank: bool) -> str:
    """A chapter with three calls, counting from `first`."""
    things = THINGS[3 * number - 3 : 3 * number]
    rows = [PARAGRAPH.format(thing, call.format(at)) for at, thing in enumerate(things, first)]
    return f"\nChapter {number}\n\n" + "".join(wrapped(row, blank) for row in rows)


def notes(number: int, first: int, mark: str, blank: bool) -> str:
    things = THINGS[3 * number - 3 : 3 * number]
    rows = [mark.format(at) + NOTE.format(thing) for at, thing in enumerate(things, first)]
    return "".join(wrapped(row, blank) for row in rows)


def galley(text: str) -> Galley:
    made = recover_text([("dump.txt", text)], ["en"], lambda step: None).galley
    assert made.unwound() == text
    return made


def linked(made: Galley) -> list[tuple[str, str]]:
    """The thing in the sentence before each call, and the one in its note."""
    out = []
    for block in made.blocks:
        if called := block.attribute("called"):
            own, _, at = map(int, called.split(":"))
            before = made.blocks[own].text[:at]
            assert before.endswith("remember,")
            out.append((before.rsplit("The old ", 1)[1].split()[0], block.text.split()[1]))
    return out


PAIRS = [(thing, thing) for thing in THINGS]


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize(("call", "mark"), [("{}", "{}. "), ("{}", "{} "), ("[{}]", "[{}] ")])
def test_notes_at_the_end_of_each_chapter(call: str, mark: str, blank: bool) -> None:
    parts = [chapter(n, 1, call, blank) + "\nNotes\n\n" + notes(n, 1, mark, blank) for n in (1, 2)]
    made = galley("\f".join(parts))
    assert linked(made) == PAIRS
    heads = [block for block in made.blocks if block.raw.strip() == "Notes"]
    assert [block.text for block in heads] == ["", ""]
    assert {edit.rule for block in heads for edit in block.edits() if edit.old == "Notes"} == {RULE}


@pytest.mark.parametrize("blank", [False, True])
def test_notes_at_the_end_of_the_book_by_chapter(blank: bool) -> None:
    text = chapter(1, 1, "{}", blank) + "\f" + chapter(2, 1, "{}", blank) + "\f\nNotes\n"
    text += "".join(f"\nChapter {n}\n\n" + notes(n, 1, "{}. ", blank) for n in (1, 2))
    made = galley(text)
    assert linked(made) == PAIRS
    titles = [block.text for block in made.blocks if block.raw.strip().startswith("Chapter")]
    assert titles == ["Chapter 1", "Chapter 2", "", ""]


def test_notes_that_number_through_the_book() -> None:
    text = chapter(1, 1, "{}", True) + "\f" + chapter(2, 4, "{}", True) + "\f\nEndnotes\n\n"
    assert linked(galley(text + notes(1, 1, "{}. ", True) + notes(2, 4, "{}. ", True))) == PAIRS


def test_a_heading_whose_notes_are_not_all_called_for_stays() -> None:
    text = chapter(1, 1, "{}", True).replace("remember,3", "remember,")
    made = galley(text + "\nNotes\n\n" + notes(1, 1, "{}. ", True))
    assert linked(made) == PAIRS[:2]
    assert "Notes" in [block.text.strip() for block in made.blocks]


def test_numbered_paragraphs_that_nothing_calls_for_are_no_notes() -> None:
    text = chapter(1, 1, "", True) + "\nNotes\n\n" + notes(1, 1, "{}. ", True)
    made = galley(text)
    assert all(block.role.value != "note" for block in made.blocks)


def test_two_lists_for_which_one_chapter_calls_are_not_guessed_at() -> None:
    text = chapter(1, 1, "{}", True) + "\f" + chapter(2, 1, "", True) + "\f\nNotes\n"
    text += "".join(f"\nChapter {n}\n\n" + notes(n, 1, "{}. ", True) for n in (1, 2))
    assert all(one == two for one, two in linked(galley(text)))


@pytest.mark.parametrize(
    "text",
    [
        *("Notes", "NOTES", "Endnotes", "End notes", "Footnotes", "Notes to Chapter 3", "Notas"),
        *("Anmerkungen", "Fußnoten", "Anmerkungen zum dritten Kapitel", "Chapter 2: Notes"),
        *("Notes de fin", "Notes and References", "Notes."),
    ],
)
def test_headings_that_announce_notes(text: str) -> None:
    assert is_head(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Notebooks", "Notes were taken all day long", "Notes from Underground", "Footing"),
        *("He made notes", "Chapter 2", "Notes on " + "a very long " * 9),
    ],
)
def test_headings_that_do_not(text: str) -> None:
    assert not is_head(text)
