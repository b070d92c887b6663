"""Verse in print: stanzas of one line, and lines at a page's turn, told by where verse stands."""

from __future__ import annotations

from dataclasses import replace

from booktools.arrange.arrange import arrange
from booktools.arrange.geometry_blocks import blocks_of
from booktools.arrange.geometry_verse import verse
from booktools.arrange.layout import Layout
from booktools.model.galley import Role
from booktools.model.printed_page import PrintedLine
from print_rows import Set, print_rows
from printed_pages import column, line, page, read

PROSE = (
    Set("The ropes lay where the tide had left", above=1, left=12),
    Set("them in the morning, and nobody"),
    Set("had thought of the nets behind the"),
    Set("shed until the boy asked for", right=120),
)
STANZA = (
    Set("The rooks come home at evening,", left=20, right=None, above=1),
    Set("They circle and they call", left=34, right=None),
    Set("And where the elms are standing", left=20, right=None),
    Set("Is room enough for all.", left=34, right=None),
)
ALONE = Set("Who goes there in the dark?", left=20, right=None, above=1)
LETTER = (
    Set("You will find the boat in good order", left=20, right=20, above=1),
    Set("and the oars where they always are, or", left=20, right=20),
    Set("nearly so, for the tide was high and", left=20, right=20),
    Set("kept.", left=20, right=None),
)


def stanzas(*lines: Set) -> list[str]:
    rows = print_rows(lines)
    return [rows[s.first].text for s in verse(rows, blocks_of(rows), ())]


def test_a_stanza_of_one_line() -> None:
    heads = [STANZA[0].text] * 2
    assert stanzas(*PROSE, *STANZA, *PROSE, ALONE, *PROSE, *STANZA) == [
        heads[0], ALONE.text, heads[1]
    ]  # fmt: skip


def test_a_stanza_with_a_line_that_fills_the_measure() -> None:
    long = (replace(STANZA[0], right=0), replace(STANZA[2], text="A word more"), STANZA[2])
    assert stanzas(*PROSE, *STANZA, *PROSE, *long, *PROSE, *STANZA)[1:2] == [long[0].text]


def test_a_line_where_paragraphs_begin_is_none() -> None:
    """Verse that stands in as paragraphs do tells nothing of a line by itself."""
    level = tuple(replace(one, left=12) for one in STANZA)
    alone = replace(ALONE, left=12)
    assert alone.text not in stanzas(*PROSE, *level, *PROSE, alone, *PROSE, *level, *PROSE)


def test_a_line_where_quotations_stand_is_none() -> None:
    assert ALONE.text not in stanzas(
        *PROSE, *STANZA, *PROSE, *LETTER, *PROSE, ALONE, *PROSE, *STANZA
    )


def test_the_last_line_of_a_stanza_overleaf() -> None:
    """It stands alone at the head of its page, as far in as the lines that it rhymes with."""
    text = [
        [
            "The harbour master kept a book in which he wrote",
            "what the salt of the marsh had cost the town,",
            "and who had bought it from him in the spring",
            "of that year.",
        ]
    ]
    poem = [
        ("The rooks come home at evening,", 60.0),
        ("They circle and they call", 74.0),
        ("And where the elms are standing", 60.0),
        ("Is room enough for all.", 74.0),
    ]

    def stanza(top: float, *lines: tuple[str, float]) -> list[PrintedLine]:
        return [line(words, x, top + 12 * n) for n, (words, x) in enumerate(lines)]

    whole = [*column(text * 3, 20, 40, to=280), *stanza(220, *poem), *stanza(290, *poem[:3])]
    rest = [*stanza(40, poem[3]), *column(text * 3, 20, 90, to=280), *stanza(280, *poem)]
    pages = [page(*whole, number=1), page(*rest, number=2), page(*whole, number=3)]
    made = arrange(read(*pages), Layout())
    found = [b.text.split("\n") for b in made.galley.blocks if b.role is Role.VERSE]
    assert [one for one in found[1] if one.strip()] == [words for words, _ in poem]
