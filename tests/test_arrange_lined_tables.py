"""Tables whose rows stand on a line each, single blanks between the cells, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.layout import BlockDecision, Layout
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.model.galley import Role
from booktools.model.place import Place
from booktools.read.dump import read_dump
from booktools.shape.blocks import typed_blocks

PROSE = """\
It was raining when the ferry came at last, and nobody on the quay
had anything to do but look at the water and wait for the evening
bell; the harbour master alone went up and down with his book.
"""
TABLE = """\
Goods Tons Value
Salt 3469 34,598
Great bells 20 –
Wine 1745 33,820
"""


def arranged(text: str, *blocks: BlockDecision) -> Arranged:
    return arrange(read_dump([("book.txt", text)]), Layout(blocks))


def tables(text: str) -> list[str]:
    """The tables of a text between prose, cells parted by bars."""
    galley = clean(arranged(PROSE + text + PROSE).galley, Knowledge())
    return [
        block["text"].replace("\t", "|")
        for block in typed_blocks(galley)
        if block["type"] == "table"
    ]


def test_rows_of_a_name_and_figures_are_a_table_cell_by_cell() -> None:
    assert tables(TABLE) == [
        "Goods|Tons|Value\nSalt|3469|34,598\nGreat bells|20|–\nWine|1745|33,820"
    ]
    found = arranged(PROSE + TABLE + PROSE)
    assert not [one for one in found.findings if one.code == "LAY001"]
    cells = [block for block in found.galley.blocks if block.role is Role.TABLE]
    assert {block.attribute("heads") for block in cells} == {"1"}


def test_its_caption_goes_with_it() -> None:
    found = arranged(PROSE + "Table 4: What the boats brought home in\nthat year\n" + TABLE + PROSE)
    (caption,) = [b.text for b in found.galley.blocks if b.role is Role.CAPTION]
    assert " ".join(caption.split()) == "Table 4: What the boats brought home in that year"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        # signs go with their figures
        ("Salt 50 % 3\nWine 4 % 5\nTar 12 % 1\n", "Salt|50 %|3\nWine|4 %|5\nTar|12 %|1"),
        # sums in pounds, shillings and pence are one cell
        (
            "1834 £5 12s.\n1831 £14 9s. 6d.\n1849 £3 1s.\n",
            "1834|£5 12s.\n1831|£14 9s. 6d.\n1849|£3 1s.",
        ),
        # no names, figures alone
        ("1851 103 45\n1861 98 17\n1871 66 40\n", "1851|103|45\n1861|98|17\n1871|66|40"),
        # one figure: four rows, in no order
        ("Salt 34\nBarley 7\nTar 120\nIron 45\n", "Salt|34\nBarley|7\nTar|120\nIron|45"),
        # the head has a word for each word of the names
        (
            "Goods Town Tons\nSalt Karsby 34\nWine Toller 7\nTar Wick 120\nIron Karsby 45\n",
            "Goods|Town|Tons\nSalt|Karsby|34\nWine|Toller|7\nTar|Wick|120\nIron|Karsby|45",
        ),
        # figures among the names: cells cannot be told, rows are
        (
            "Salt £2 18s. 27 May 1875\nTar £6 17s. 8 June 1889\nWine £4 5s. 23 May 1804\n"
            "Iron £9 1s. 2 May 1820\n",
            "Salt £2 18s. 27 May 1875\nTar £6 17s. 8 June 1889\nWine £4 5s. 23 May 1804\n"
            "Iron £9 1s. 2 May 1820",
        ),
        # a row lacks a figure: rows are kept
        (
            "Salt 3469 34,598\nWine 20\nTar 1745 33,820\nIron 17 45\n",
            "Salt 3469 34,598\nWine 20\nTar 1745 33,820\nIron 17 45",
        ),
        # the sum below
        (
            "Salt 3469 34,598\nTar 1745 33,820\nIron 17 45\nAll 68,463\n",
            "Salt 3469 34,598\nTar 1745 33,820\nIron 17 45\nAll 68,463",
        ),
        # a cell of two lines
        (
            "Salt 3469 34,598\nGreat\nbells 1745 33,820\nIron 17 45\nTar 1 22\n",
            "Salt 3469 34,598\nGreat\nbells 1745 33,820\nIron 17 45\nTar 1 22",
        ),
    ],
)
def test_what_can_be_told_of_rows(text: str, want: str) -> None:
    assert tables(text) == [want]


@pytest.mark.parametrize(
    "text",
    [
        "Salt 3469 34,598\nWine 20 –\nTar 1745 33,820\n",  # no head: a name may be two cells
        "Goods Town Tons\nSalt Karsby 34\nWine Toller 7\nTar Inverley 120\nIron Karsby 45\n",
        "Goods Sold at Tons\nSalt 34 1\nWine 7 12\nTar 120 5\nIron 45 17\n",
    ],
)
def test_what_is_no_more_than_likely_is_asked_about(text: str) -> None:
    (question,) = [f for f in arranged(PROSE + text + PROSE).findings if f.code == "LAY001"]
    assert 'role = "table"' in question.entry


def test_an_answer_keeps_the_cells_and_ends_the_question() -> None:
    rows = TABLE.splitlines(keepends=True)[1:]
    decision = BlockDecision(4, 6, "Salt 3469", Role.TABLE, Place("layout.toml", 1))
    found = arranged(PROSE + "".join(rows) + PROSE, decision)
    assert not [one for one in found.findings if one.code == "LAY001"]
    (table,) = [b for b in typed_blocks(clean(found.galley, Knowledge())) if b["type"] == "table"]
    assert table["text"] == "Salt\t3469\t34,598\nGreat bells\t20\t–\nWine\t1745\t33,820"


@pytest.mark.parametrize(
    "text",
    [
        "Salt 3469 34,598\nWine 20 12\n",  # two rows
        "The Quay 7\nThe Road 19\nThe Bridge 42\nThe Mill 51\n",  # contents
        "Abbey 112\nBarley 45\nChapel 9\nDock 77\n",  # an index
        "Abbey, 112\nFerry, 45\nBarley, 9\nDock, 77\n",
        "Smith, Salt, London 1899\nCole, The Sea, Paris 1850\nBean, Tar, London 1871\n"
        "Ash, Wine, Rome 1866\n",
        "12 High Street\nToller 7\nKarsby\n",
        "The ship came home in the spring of 1801 and the\nother came in 1802 and the third "
        "in May 1803 and 4\nin the end all of them lay at the quay in 1804 and 5\nof the men "
        "were ill.\n",
        "ACT 1 SCENE 2\n",
        "He came in 1801.\nShe came in 1803.\nThey came in 1802.\nAll left in 1801.\n",
    ],
)
def test_what_ends_with_figures_and_is_no_table(text: str) -> None:
    assert not tables(text)


@given(
    st.lists(
        st.lists(
            st.sampled_from(["Salt", "the", "12", "1,5", "–", "%", "£3", "4s.", "Table", "  "]),
            max_size=6,
        ).map(lambda words: " ".join(words) + "\n"),
        max_size=12,
    ).map("".join)
)
def test_whatever_stands_there_nothing_is_lost(text: str) -> None:
    galley = clean(arranged(PROSE + text).galley, Knowledge())
    assert galley.unwound() == PROSE + text
