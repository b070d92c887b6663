"""Lists: items behind bullets and rising numbers, and what begins like one and is none."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.grid_cells import Piece, is_something_else
from booktools.arrange.layout import BlockDecision, Layout
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.model.book import BookBlock, Listing, Paragraph, block_texts
from booktools.model.galley import Galley, Role
from booktools.model.listed import mark_of
from booktools.model.place import Place
from booktools.read.dump import read_dump
from booktools.shape.blocks import typed_blocks
from booktools.shape.shape import shape

PROSE = """\
It was raining when the ferry came at last, and nobody on the quay
had anything to do but look at the water and wait for the evening
bell; the harbour master alone went up and down with his book.

"""


def arranged(text: str, *blocks: BlockDecision) -> Arranged:
    return arrange(read_dump([("book.txt", text)]), Layout(blocks))


def items(text: str) -> list[str]:
    """The lines of each item that was found, in one."""
    blocks = arranged(text).galley.blocks
    return [" ".join(block.text.split()) for block in blocks if block.role is Role.LIST]


def made(galley: Galley, off: tuple[str, ...] = ()) -> tuple[BookBlock, ...]:
    """The book's blocks."""
    (chapter,) = shape(clean(galley, Knowledge(), off), "The Salt Road").chapters
    return chapter.blocks


def said(block: BookBlock) -> str:
    return "".join(text.value for text in block_texts(block))


BULLETS = """\
• salt from the marshes beyond the ridge, which the women carried
  down in bas-
  kets
• wine in casks
• news
"""


@pytest.mark.parametrize("sign", "•‣▪●")
def test_bullets_are_items_and_their_lines_put_together(sign: str) -> None:
    found = arranged(PROSE + BULLETS.replace("•", sign) + "\n" + PROSE)
    assert not found.findings
    before, listing, after = made(found.galley)
    assert isinstance(listing, Listing)
    assert not listing.ordered
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    assert [said(item[0]) for item in listing.items] == [
        "salt from the marshes beyond the ridge, which the women carried down in baskets",
        "wine in casks",
        "news",
    ]


def test_a_dump_that_keeps_no_indents_and_glues_bullets() -> None:
    text = PROSE + (
        "•salt from the marshes beyond the ridge, which the women carried\n"
        "down in baskets\n\n•wine in casks\n\n•news\n\n"
    )
    assert items(text + PROSE)[1:] == ["•wine in casks", "•news"]
    assert items(text + PROSE)[0].endswith("carried down in baskets")


def test_numbers_behind_a_colon_keep_their_start() -> None:
    text = PROSE + "And what he did with it:\n1. he weighed it\n2. he wrote it down\n3. he left\n\n"
    (_, intro, listing, _) = made(arranged(text + PROSE).galley)
    assert said(intro) == "And what he did with it:"
    assert isinstance(listing, Listing)
    assert (listing.ordered, listing.start) == (True, 1)
    hanging = (
        "4. he weighed it on the great scales that stood by the door of the\n"
        "   customs house\n5. he wrote it down\n6. he left\n\n"
    )
    found = arranged(PROSE + hanging + PROSE)
    assert [finding.code for finding in found.findings] == ["LAY001"]  # it begins with 4
    (_, listing, _) = made(found.galley)
    assert isinstance(listing, Listing)
    assert (listing.start, len(listing.items)) == (4, 3)


def test_numbers_that_jump_begin_no_list() -> None:
    assert not items(PROSE + "He said:\n1. he weighed it\n3. he wrote it down\n7. he left\n\n")


def test_items_inside_an_item() -> None:
    text = (
        "• salt\n• letters, of which there were few\n    – from the north\n    – from the south\n"
    )
    _, listing, _ = made(arranged(PROSE + text + "• news\n\n" + PROSE).galley)
    assert isinstance(listing, Listing)
    assert [len(item) for item in listing.items] == [1, 2, 1]
    inner = listing.items[1][1]
    assert isinstance(inner, Listing)
    assert [said(item[0]) for item in inner.items] == ["from the north", "from the south"]


def test_another_bullet_tells_where_indents_are_lost() -> None:
    text = "• salt\n• letters\n◦ from the north\n◦ from the south\n• news\n\n"
    _, listing, _ = made(arranged(PROSE + text + PROSE).galley)
    assert isinstance(listing, Listing)
    assert [len(item) for item in listing.items] == [1, 2, 1]


def test_what_announces_a_list_does_not_go_on_behind_it() -> None:
    intro = "What the boats brought home in that\nyear, for those who asked him about it:"
    prose = textwrap.fill(PROSE * 2, 39)
    found = arranged(f"{prose}\n\n{intro}\n\n• salt\n• wine in casks\n• news\n\n{prose}\n")
    assert not found.findings
    kinds = [type(block) for block in made(found.galley)]
    assert kinds == [Paragraph, Paragraph, Listing, Paragraph]


def test_letters_stay_text_inside_an_item() -> None:
    text = (
        "He had three rules:\n1. weigh it\n    a) by day\n    b) by night\n2. write\n3. go home\n\n"
    )
    listing = made(arranged(PROSE + text + PROSE).galley)[2]
    assert isinstance(listing, Listing)
    assert [said(block) for block in listing.items[0]] == ["weigh it", "a) by day", "b) by night"]


def test_an_item_goes_on_overleaf() -> None:
    text = PROSE * 2 + (
        "• wine in casks\n• salt from the marshes beyond the ridge, which the women carried\n"
        "\fdown in baskets\n• news\n\n"
    )
    found = items(text + PROSE)
    assert found[1].endswith("women carried down in baskets")
    assert found[2] == "• news"


DIALOGUE = """\
– Who goes there?
– It is only the ferryman.
– At this hour?
– The river knows no hours.
"""
NUMBERED = """\
1. The ferry is older than the town, and whoever says that the town
built it has not read the books of the harbour, which are all there
and may be seen by whoever asks.
2. The town is older than the road, and of the road nobody can say
who built it, though many in the valley have said so at one time or
another.
3. The road is older than the bridge.
"""
VERSES = "1. In the first year they built a wall.\n2. In the second it fell.\n3. They wept.\n"


@pytest.mark.parametrize(
    "text",
    [
        DIALOGUE,
        DIALOGUE.replace("–", "-"),
        DIALOGUE.replace("–", "—"),
        "He said to them all:\n" + DIALOGUE,
        NUMBERED,
        VERSES,
        "1801. The ferry.\n1802. The bridge.\n1803. The road.\n",
        "1. The Quay   7\n2. The Road   19\n3. The Bridge   42\n",
        "1. The Quay\n\n" + PROSE + "2. The Road\n\n" + PROSE + "3. The Bridge\n\n",
        "• • •\n\n• • •\n",
        "• a speck before one line of the text, and nothing else like it\n",
        "A. Smith was there.\nB. Jones was not.\nC. Brown came late.\n",
    ],
)
def test_what_begins_like_items_and_is_none(text: str) -> None:
    assert not items(PROSE + text + "\n" + PROSE)


def test_little_evidence_is_asked_about_once_and_the_answers_hold() -> None:
    text = PROSE + "He did two things:\n1. he weighed it\n2. he wrote it down\n\n" + PROSE
    found = arranged(text)
    (question,) = found.findings
    assert question.code == "LAY001"
    assert 'role = "list"' in question.entry
    assert [said(block) for block in made(found.galley)[2:3]] == ["he weighed ithe wrote it down"]
    answer = BlockDecision(6, 7, "1. he weighed it", Role.LIST, Place("layout.toml", 1))
    told = arranged(text, answer)
    assert not told.findings
    assert made(told.galley) == made(found.galley)


def test_whoever_switches_the_rule_off_keeps_the_marks() -> None:
    blocks = made(arranged(PROSE + BULLETS + "\n").galley, ("LST001",))
    assert said(blocks[2]) == "• wine in casks"


def test_the_blocks_of_a_program_keep_the_marks() -> None:
    galley = clean(arranged(PROSE + BULLETS + "\n").galley, Knowledge())
    assert {"type": "list", "text": "• wine in casks"} in typed_blocks(galley)


def test_items_in_columns_that_stand_side_by_side_lose_their_marks_alone() -> None:
    left = [
        *textwrap.wrap(PROSE * 2, 40),
        "• salt from the marshes beyond the ridge",
        "  which the women carried down",
        "• wine in casks",
        *textwrap.wrap(PROSE, 40),
    ]
    right = textwrap.wrap(PROSE * 4, 40)[: len(left)]
    text = "\n".join(f"{one:<48}{two}" for one, two in zip(left, right, strict=True)) + "\n"
    galley = clean(arranged(text).galley, Knowledge())
    listed = [block.text for block in galley.blocks if block.role is Role.LIST]
    assert listed[1].strip() == "wine in casks"
    assert galley.unwound() == text


def test_a_gap_within_an_item_that_hangs() -> None:
    """As pdfminer writes it: a full line, a gap, and its rest."""
    long = "• salt from the marshes beyond the ridge, that the women carried\n\n"
    text = long + "down in baskets\n• wine in casks\n"
    assert items(PROSE + text + "\n" + PROSE) == [
        "• salt from the marshes beyond the ridge, that the women carried down in baskets",
        "• wine in casks",
    ]
    short = "• salt from the marshes\n\nwhich was all that they said\n\n"
    assert items(PROSE + "• wine\n" + short + PROSE)[1:] == ["• salt from the marshes"]


@given(
    st.lists(
        st.text("•–-*1234.)( abAB:;\n\f", max_size=40).map(lambda t: t + "\n"), max_size=12
    ).map("".join)
)
def test_whatever_stands_there_nothing_is_lost(text: str) -> None:
    galley = clean(arranged(PROSE + text).galley, Knowledge())
    assert galley.unwound() == PROSE + text


@pytest.mark.parametrize(
    "text", ["— Who?", "•", "• •", "1801. A year", "(1. odd", "0. none", "1.5 m"]
)
def test_no_marks(text: str) -> None:
    assert mark_of(text) is None


def test_a_cell_without_text_is_no_line_of_prose() -> None:
    empty, word = (Piece(0, 1, "", 0, 0),), (Piece(0, 4, "salt", 1, 0),)
    assert not is_something_else([[empty, word, empty], [word, empty, word]], True)
