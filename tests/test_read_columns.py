"""Columns side by side are read one after the other, and not a character is lost."""

from __future__ import annotations

from itertools import pairwise, zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.model.page import Pages
from booktools.read.columns import _DRIFT, _GUTTER, _NARROWEST, _edge
from booktools.read.dump import read_dump

LEFT = """\
The cooper of the village had a workshop
behind the church, and from it came the
sound of his hammer all day long, except
on Sundays and when the fair was held in
the next town. He made barrels for every
farm in the valley, and tubs, and churns,
and he was known as a man who would never
be hurried, neither by the weather nor by
the harvest, nor by anybody who stood
before his door and shouted for a barrel.
""".splitlines()
RIGHT = """\
When the old man died nobody could be
found who knew the trade, and the work-
shop stood empty for two years. The roof
let in the rain, the staves that he had
cut lay in rows along the wall, and the
children told one another that at night
they heard the hammer. Then a stranger
came over the pass with a mule, looked at
the tools and the wood, and asked what
the rent would be for the whole of it.
""".splitlines()


def side_by_side(*columns: list[str], at: int = 46) -> str:
    """A page as `pdftotext -layout` writes it."""
    rows = zip_longest(*columns, fillvalue="")
    return "".join("".join(c.ljust(at) for c in row).rstrip() + "\n" for row in rows)


def read(text: str) -> Pages:
    pages = read_dump([("dump.txt", text)], "form-feed")
    spans = sorted((line.span for line in pages.lines()), key=lambda s: (s.start, s.end))
    assert sum(map(len, spans)) == len(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    return pages


def texts(text: str) -> list[str]:
    return [line.text for line in read(text).lines()]


def test_the_left_column_is_read_before_the_right_one() -> None:
    assert texts(side_by_side(LEFT, RIGHT)) == LEFT + RIGHT


def test_three_columns() -> None:
    assert texts(side_by_side(LEFT, RIGHT, LEFT)) == LEFT + RIGHT + LEFT


def test_a_column_may_be_shorter_and_lines_of_it_indented() -> None:
    right = [f"   {RIGHT[0]}", *RIGHT[1:-2]]
    pages = read(side_by_side(LEFT, right))
    assert [line.text for line in pages.lines()] == LEFT + RIGHT[:-2]
    assert [line.indent for line in pages.lines()][len(LEFT)] == 3


def test_a_line_of_a_narrow_face_may_begin_a_little_to_the_left() -> None:
    rows = side_by_side(LEFT, RIGHT).splitlines()
    rows[3] = LEFT[3] + "   " + RIGHT[3]
    assert texts("\n".join(rows) + "\n") == LEFT + RIGHT


@pytest.mark.parametrize("head", ["12" + " " * 60 + "THE COOPER", "THE COOPER" + " " * 62 + "13"])
def test_a_running_head_stands_before_the_columns(head: str) -> None:
    assert texts(f"{head}\n\n{side_by_side(LEFT, RIGHT)}") == [head, "", *LEFT, *RIGHT]


def test_a_line_over_both_columns_parts_what_is_above_it_from_what_is_below() -> None:
    wide = "The workshop of the cooper, drawn from the road in the year of the flood by a pupil"
    text = f"{side_by_side(LEFT, RIGHT)}\n{wide}\n\n{side_by_side(LEFT, RIGHT)}"
    assert [t for t in texts(text) if t] == [*LEFT, *RIGHT, wide, *LEFT, *RIGHT]


def test_lines_that_are_not_level_leave_no_gaps_and_a_gap_stays_one() -> None:
    left = [row for line in LEFT for row in (line, "")]
    right = [row for line in RIGHT for row in ("", line)]
    assert texts(side_by_side(left, right)) == LEFT + RIGHT
    parted = [*RIGHT[:5], "", "", "A Stranger", "", "", *RIGHT[5:]]
    made = texts(side_by_side(LEFT + LEFT[:5], parted))
    assert made == [*LEFT, *LEFT[:5], *RIGHT[:5], "", "A Stranger", "", *RIGHT[5:]]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(LEFT + RIGHT) + "\n",
        "".join(f"{line.replace(' ', '   ')}\n" for line in LEFT),  # justified with blanks
        "".join(f"{n}. The {n}th barrel".ljust(46) + f"{n * 7}\n" for n in range(1, 20)),  # a list
        "".join(f"{' ' * 46}{line}\n" for line in RIGHT),  # only indented
    ],
)
def test_what_is_no_pair_of_columns(text: str) -> None:
    assert texts(text) == [row.strip() for row in text.splitlines()]


def test_a_table_in_a_book_of_one_column_is_left_alone() -> None:
    book = "\f".join(["\n".join(LEFT + RIGHT) + "\n"] * 9)
    text = f"{book}\f{side_by_side(LEFT, RIGHT)}"
    assert texts(text)[-1] == f"{LEFT[-1]}     {RIGHT[-1]}"


def test_words_and_paragraphs_run_on_from_line_to_line_and_from_column_to_column() -> None:
    text = side_by_side(LEFT[:-1], ["before his door.", *RIGHT])
    galley = arrange(read(text), Layout()).galley
    galley = clean(galley, Knowledge.of(galley.blocks))
    assert galley.unwound() == text
    first = " ".join([*LEFT[:-1], "before his door."])
    second = " ".join(RIGHT).replace("work- shop", "workshop")
    assert [block.text for block in galley.blocks] == [first, second]
    block = galley.blocks[1]
    assert galley.place_at(block, block.text.index("stranger")).line == 8


@given(
    st.lists(
        st.lists(st.sampled_from(["", "word", "  ", "     ", "and a longer one"])), max_size=30
    )
)
def test_whatever_the_text_its_characters_are_each_in_one_line(rows: list[list[str]]) -> None:
    read("\n".join("   ".join(row) for row in rows))


@given(st.text(alphabet="ab \n\f", max_size=200), st.integers(30, 60))
def test_whatever_stands_among_columns_is_kept(text: str, at: int) -> None:
    made = f"{text}{side_by_side(LEFT, RIGHT, at=at)}{text}"
    galley = arrange(read(made), Layout()).galley
    assert galley.unwound() == made


@given(st.text("ab \t\u00a0", max_size=40), st.integers(_NARROWEST + 1, 42))
def test_a_column_begins_behind_the_nearest_gap_or_a_text_crosses_it(text: str, at: int) -> None:
    blank = [not text[max(0, edge - _GUTTER) : edge].strip() for edge in range(at + 1)]
    near = range(at, at - _DRIFT, -1)
    plain = (edge for edge in near if blank[edge] and text[edge : edge + 1].strip())
    assert _edge(text, at) == (at if blank[at] else next(plain, -1))
