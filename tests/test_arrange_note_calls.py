"""Figures and signs of text dumps that call for notes, told from those that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.note_calls import RULE, link_notes
from booktools.check.conservation import account
from booktools.model.book import chapter_texts
from booktools.model.galley import Block, Galley, Role, Source
from booktools.model.place import Span
from booktools.shape.shape import shape

TEXT, NOTE = Role.PARAGRAPH, Role.NOTE


def galley(*pages: list[tuple[Role, str]]) -> Galley:
    """A galley of pages of blocks, one a line."""
    blocks: list[Block] = []
    starts, text = [], ""
    for page in pages:
        starts.append(len(text))
        for role, words in page:
            raw = f"{words}\n"
            piece = Span(len(text), len(text) + len(raw))
            blocks.append(Block(role, (piece,), raw))
            text += raw
    return Galley(Source(text, (("dump.txt", 0),), tuple(starts)), tuple(blocks))


def linked(made: Galley) -> list[str]:
    """The text before each call, and the note's, in the order of the notes."""
    done = link_notes(made, None).galley
    assert done.unwound() == made.source.text
    out = []
    for block in done.blocks:
        if called := block.attribute("called"):
            own, _, at = map(int, called.split(":"))
            out.append(f"{done.blocks[own].text[:at].split()[-1]}|{block.text.strip()}")
    return out


def one(text: str, note: str = "1 A note.") -> list[str]:
    return linked(galley([(TEXT, text), (NOTE, note)]))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The bell rang.1 Nobody came.", "rang."),
        ("The bell,1 cracked, rang.", "bell,"),
        ("“The bell”1 rang.", ["“The", "bell”"][-1]),
        ("The bell1 rang.", "bell"),
        ("The bell[1] rang.", "bell"),
        ("The bell.[1] It rang.", "bell."),
        ("The bell (so cracked)1 rang.", "cracked)"),
        ("The bell¹ rang.", "bell"),
        ("It was so.1", "so."),
        ("Nobody knew why;1 he least.", "why;"),
    ],
)
def test_a_call_behind_a_word_or_its_point(text: str, word: str) -> None:
    assert one(text) == [f"{word}|A note."]


@pytest.mark.parametrize(
    "note", ["1 A note.", "1. A note.", "[1] A note.", "(1) A note.", "1A note.", "¹A note."]
)
def test_a_note_begins_with_its_number_in_many_forms(note: str) -> None:
    assert one("The bell rang.1 Nobody came.", note) == ["rang.|A note."]


@pytest.mark.parametrize("sign", ["*", "†", "‡", "§", "**"])
def test_signs_call_too(sign: str) -> None:
    assert one(f"The bell rang.{sign} Nobody came.", f"{sign} A note.") == ["rang.|A note."]


@pytest.mark.parametrize(
    "text",
    [
        "There were 1 or 2 of them.",
        "See p.1 of the report.",
        "The verse is v.1 of it.",
        "It weighed x1 and B1 and H1 in all.",
        "It was 1,1 of them.",
        "He came mid-1 or so.",
        "It was 5.1 in all.",
        "The word.1.2 is a section.",
        "The hall,1/2 of it, was dark.",
        "At sea,1-2 leagues off.",
        "The house (1) and the yard.",
        "All of km1 of it.",
        "Psalms:1,2 was read.",
        "It was bell1st of all.",
        "The harbour.1% of it.",
        "All ISO1 rules.",
    ],
)
def test_a_number_is_no_call(text: str) -> None:
    assert one(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "In 1912 he came, and in May 12 others.",
        "The years 1911–12 were dry.",
        "It was mid-12 or so, and CO12 or H12O.",
        "The verse v.12 and p.12 and vol.12 and Matt.12 and B.C.12 of it.",
        "Rows 1,12 and 3:12 and 5.12 of it.",
        "It was 10¹² and x¹² and km¹² of it.",
        "He had $12 and 12% and 12° and 12th.",
        "The f(12) of it, a C12 or an x12.",
        "At 5’12 and 12/13 of the harbour,12.5 and the bell,12,000 of them.",
        "Then of a sudden—12 of them—and off.",
        "It was ’12 and No.12 and Nr.12 and Fig.12 again.",
        "The harbour 12 and (12) and the rest.",
    ],
)
def test_no_number_is_a_call_although_a_note_has_it(text: str) -> None:
    assert linked(galley([(TEXT, text), (NOTE, "12 A note.")])) == []
    others = [(NOTE, f"{n} A note.") for n in (11, 12, 13)]
    whole = f"It rose.11 {text} So it fell.13 And on."
    assert linked(galley([(TEXT, whole), *others])) == ["rose.|A note.", "fell.|A note."]


def test_the_page_tells_calls_with_one_number_apart() -> None:
    pages = [
        [(TEXT, "The bell rang.1 The tide rose.2"), (NOTE, "1 One."), (NOTE, "2 Two.")],
        [(TEXT, "The boat sank.1 The lamp went out.2"), (NOTE, "1 Three."), (NOTE, "2 Four.")],
    ]
    assert linked(galley(*pages)) == ["rang.|One.", "rose.|Two.", "sank.|Three.", "out.|Four."]


def test_signs_of_one_page_are_called_in_their_order() -> None:
    page = [(TEXT, "The bell rang.* The tide rose.*"), (NOTE, "* One."), (NOTE, "* Two.")]
    assert linked(galley(page)) == ["rang.|One.", "rose.|Two."]
    assert linked(galley(page, [(TEXT, "An end.")])) == ["rang.|One.", "rose.|Two."]


def test_without_pages_notes_end_what_stands_above_them() -> None:
    text = [(TEXT, "The bell rang.1 So it was."), (NOTE, "1 One.")]
    more = [(TEXT, "The tide rose.1 So it was."), (NOTE, "1 Two."), (TEXT, "The lamp1 fell.")]
    assert linked(galley([*text, *more])) == ["rang.|One.", "rose.|Two."]


def test_two_calls_for_one_note_are_not_guessed_at() -> None:
    assert one("The bell rang.1 The tide rose.1") == []


def test_a_number_out_of_its_order_is_no_call() -> None:
    first = [(TEXT, "The bell rang.1 The tide rose.2 The pier went3 and the boat.")]
    notes = [(NOTE, f"{n} Note {word}.") for n, word in ((1, "one"), (2, "two"), (3, "three"))]
    other = [(TEXT, "The hall3 was shut.")]
    found = ["rang.|Note one.", "rose.|Note two.", "went|Note three."]
    assert linked(galley([*other, *first, *notes])) == found
    assert linked(galley([*first, *other, *notes])) == found[:2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He rose.1 It fell.\n2 It was so. He left.3", ["rose.", "fell.", "left."]),
        ("He rose.1 It fell,\n2\nand so. He left.3", ["rose.", "fell,", "left."]),
        ("He rose.1 It fell to\n2 of them. He left.3", ["rose.", "left."]),
        ("He rose.1 It fell, 2 of them. He left.3", ["rose.", "left."]),
        ("He rose.1 Of the inn-\n2 of them. He left.3", ["rose.", "left."]),
        ("He rose.1 He left.3 It fell.\n2 So it was.", ["rose.", "left."]),
    ],
)
def test_a_figure_that_begins_a_line_calls_where_its_notes_number_is_due(
    text: str, words: list[str]
) -> None:
    notes = [(NOTE, f"{n} Note.") for n in (1, 2, 3)]
    assert [row.split("|")[0] for row in linked(galley([(TEXT, text), *notes]))] == words


def test_the_notes_beside_it_tell_which_of_two_numbers_calls() -> None:
    text = [(TEXT, "Room.2 A bell rang.1 The tide2 rose. The boat sank.3")]
    notes = [(NOTE, "1 One."), (NOTE, "2 Two."), (NOTE, "3 Three.")]
    assert linked(galley([*text, *notes])) == ["rang.|One.", "tide|Two.", "sank.|Three."]


def test_one_call_does_not_serve_two_notes() -> None:
    text = [(TEXT, "A bell rang.1 The tide rose.2 The boat sank.3")]
    notes = [(NOTE, "1 One."), (NOTE, "2 Two."), (NOTE, "2 Too."), (NOTE, "3 Three.")]
    assert linked(galley([*text, *notes])) == ["rang.|One.", "sank.|Three."]


def test_where_most_notes_have_no_call_figures_are_misread() -> None:
    notes = [(NOTE, f"{n} A note.") for n in (1, 2, 3, 4)]
    assert linked(galley([(TEXT, "The bell rang.3 So it was."), *notes])) == []


def test_text_without_notes_stays_as_it_is() -> None:
    made = galley([(TEXT, "The bell rang.1 Nobody came.")])
    assert link_notes(made, None).galley is made


def test_the_account_of_a_linked_note_holds() -> None:
    done = link_notes(
        galley([(TEXT, "The bell rang.1 So it was."), (NOTE, "1 A note.")]), None
    ).galley
    shaped = shape(done, "Book")
    sums = account(done, shaped.order, shaped.chapters, shaped.untitled)
    assert not sums.findings
    assert {entry.rule: entry.removed for entry in sums.entries}[RULE] == 2
    words = [text.value for text in chapter_texts(shaped.chapters[0])]
    assert "A note.\n" in words
    assert {e.evidence for e in done.blocks[0].edits()} == {
        "“1” calls for the note that begins with it"
    }


WORDS = st.sampled_from(["bell", "rang.", "1,", "tide.1", "tide2", "x2", "1811", "v.1", "*", "it*"])


@given(st.lists(st.tuples(st.booleans(), st.lists(WORDS, min_size=1, max_size=9)), max_size=9))
def test_nothing_is_lost_whatever_the_text(rows: list[tuple[bool, list[str]]]) -> None:
    marks = ["1 ", "2. ", "2 ", "1 "]
    made = galley(
        *(
            [(NOTE if note else TEXT, marks[at % 4] * note + " ".join(words))]
            for at, (note, words) in enumerate(rows)
        )
    )
    done = link_notes(made, None).galley
    assert done.unwound() == made.source.text
    cut = [edit for block in done.blocks for edit in block.edits()]
    notes = [block for block in done.blocks if block.attribute("called")]
    assert len(cut) == 2 * len(notes)
    assert all(edit.rule == RULE and edit.evidence and not edit.new for edit in cut)
