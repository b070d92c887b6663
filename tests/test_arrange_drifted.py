"""Tables whose cells stand one below another: which make a row, and what is asked."""

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
bell; the harbour master alone went up and down with his book, and
the women of the village carried the baskets up to the mill in 1850.
"""
ROWS = [
    ["Goods", "Tons", "Value"],
    ["Salt", "3469", "34,598"],
    ["Great bells", "20", "–"],
    ["Wine", "1745", "33,820"],
    ["Tar", "17", "4"],
]
WANT = "\n".join("|".join(row) for row in ROWS)
BY_ROW = "".join(f"{cell}\n" for row in ROWS for cell in row)
BY_COLUMN = "\n".join("".join(f"{row[at]}\n" for row in ROWS) for at in range(3))


def arranged(text: str, *blocks: BlockDecision) -> Arranged:
    return arrange(read_dump([("book.txt", text)]), Layout(blocks))


def tables(found: Arranged) -> list[str]:
    """The tables, cells parted by bars."""
    blocks = typed_blocks(clean(found.galley, Knowledge()))
    return [one["text"].replace("\t", "|") for one in blocks if one["type"] == "table"]


def asked(found: Arranged) -> list[str]:
    return [one.entry for one in found.findings if one.code == "LAY001"]


@pytest.mark.parametrize("cells", [BY_ROW, f"\n{BY_COLUMN}\n"])
@pytest.mark.parametrize("caption", ["", "Table 2: What the boats brought home in\nthat year\n"])
def test_figures_in_the_same_places_tell_the_rows(cells: str, caption: str) -> None:
    text = PROSE + caption + cells + PROSE
    found = arranged(text)
    assert tables(found) == [WANT]
    assert not asked(found)
    assert found.galley.unwound() == text
    captions = [" ".join(b.text.split()) for b in found.galley.blocks if b.role is Role.CAPTION]
    assert captions == [" ".join(caption.split())] * bool(caption)
    cells_ = [block for block in found.galley.blocks if block.role is Role.TABLE]
    assert {block.attribute("heads") for block in cells_} == {"1"}


def test_rows_without_a_head_are_asked_about_and_the_entry_says_how_many_make_one() -> None:
    text = PROSE + "".join(f"{cell}\n" for row in ROWS[1:] for cell in row) + PROSE
    found = arranged(text)
    assert tables(found) == [WANT.partition("\n")[2]]
    (entry,) = asked(found)
    assert "columns = 3\n" in entry
    about = (("columns", "3"),)
    place = Place("layout.toml", 1)
    told = arranged(text, BlockDecision(5, 16, "Salt", Role.TABLE, place, attributes=about))
    assert tables(told) == tables(found)
    assert not asked(told)


@pytest.mark.parametrize(
    "cells",
    [
        BY_ROW.replace("Great bells\n", "Great\nbells\n"),  # a wrapped cell
        BY_ROW.replace("Wine\n1745\n", "1745\nWine\n"),  # out of order
        BY_ROW.replace("Wine\n", "Wine\n\n"),  # a gap within a row
        "\n" + BY_COLUMN.replace("17\n", "") + "\n",  # a cell is missing
    ],
)
def test_where_no_rows_can_be_told_each_line_is_one(cells: str) -> None:
    found = arranged(PROSE + cells + PROSE)
    (table,) = tables(found)
    assert table.split("\n") == [line for line in cells.split("\n") if line]
    assert len(asked(found)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The Quay\n7\nThe Road\n19\nThe Bridge\n42\nThe Mill\n51\nThe Sea\n60\n",  # contents
        "12\n15\n31\n4\n77\n2\n90\n31\n",  # figures alone
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert not tables(arranged(PROSE + text + PROSE))


NAMES = """\
Place Goods Remark
Wick Cider old mill
Toller Herring green bell
North Quay Timber wooden letter
"""


def test_lines_under_the_caption_of_a_table_are_rows_that_are_asked_about() -> None:
    found = arranged(PROSE + "Table 2: What each place sold\n" + NAMES + PROSE)
    assert tables(found) == [NAMES.strip()]
    assert len(asked(found)) == 1
    assert [b.text.strip() for b in found.galley.blocks if b.role is Role.CAPTION] == [
        "Table 2: What each place sold"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Table 2 shows what each place sold.\n" + NAMES,  # a sentence
        "Table 2: What each place sold\n" + PROSE,
        "Table 2: What each place sold\nWick Cider\nToller Herring\nHe was the last of them.\n",
        "Tablets of stone\n" + NAMES,
    ],
)
def test_what_stands_under_no_caption_or_is_prose_is_no_table(text: str) -> None:
    assert not tables(arranged(PROSE + text + PROSE))


def test_rows_of_names_are_asked_about_and_neither_verse_nor_a_title() -> None:
    names = "Place Goods\nWick Cider\nToller Herring\nNorth Quay Timber\nHembury Salt\n"
    found = arranged(PROSE + names + PROSE)
    assert tables(found) == [names.strip()]
    assert len(asked(found)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Chapter One\nChapter Two\nChapter Three\nChapter Four\nChapter Five\n",
        "THE HARBOUR\nBOOK OF\nTOLLER QUAY\nIN TWO\nPARTS NOW\n",
        "The Old Quay\nOf Salt and Wine\nThe Winter Ferry\nA Bell at Night\nHome at Last\n",
        "Winter Bells, Winter\nSalt Upon My Tongue,\nWinter Bells, Winter\nOld Songs Yet Unsung.\n",
        "Wick\nToller\nHembury\nKarsby\nOstrand\n",
        "Wick Cider\nToller Herring\nHembury Salt\n",
    ],
)
def test_what_is_no_row_of_names(text: str) -> None:
    assert not tables(arranged(PROSE + text + PROSE))


def test_verse_without_a_mark_or_a_little_word_is_asked_about() -> None:
    found = arranged(PROSE + NAMES + PROSE)
    (entry,) = asked(found)
    assert 'role = "verse"' in entry
    verse = "The winter came upon the hill\nAnd all the bells of Wick stood still\nOh who\nBut I\n"
    assert not asked(arranged(PROSE + verse + PROSE))


@given(
    st.lists(
        st.sampled_from(
            ["Salt", "the end.", "12", "1,5", "–", "£3 4s.", "Table 1: Salt", "", "\f"]
        ),
        max_size=20,
    )
)
def test_whatever_stands_there_nothing_is_lost(lines: list[str]) -> None:
    text = PROSE + "".join(f"{line}\n" for line in lines) + PROSE
    assert clean(arranged(text).galley, Knowledge()).unwound() == text
