"""Rows that are two lines: one of the text, one of what stands beside it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.rows import Rows
from booktools.arrange.two_lines import TwoLines
from booktools.read.dump import read_dump

STORY = (
    "The miller had gone down to the weir before it was light, because the sluice was stuck and "
    "the water stood higher than it had stood in all the years that he could remember. His two "
    "sons came behind him with a rope and a lantern, and neither of them said a word as they "
    "went along the bank, where the grass was wet and so long that it came up to their knees. "
    "When they had reached the sluice he put the lantern on the wall and looked for a long time "
    "at the gate, and at the chain that held it, and shook his head. The chain was old and it "
    "had been mended more than once, and he did not like the look of the hook to which it was "
    "tied. Neither of them ever forgot the sluicegate, or the remembering of it afterwards."
)
BESIDE = (
    "She saw that he was tired and that the work had been too much for him, and she told him to "
    "sit down by the fire and to take off the boots that he had worn since the morning, for "
    "they were wet through and the mud had dried on them, and then she went to the door and "
    "looked out over the yard to the river and to the hills that stood behind it in the rain."
)
TEXT = textwrap.wrap(BESIDE, 34)
WIDE = textwrap.wrap(STORY, 68)


def cuts(lines: list[str], row: str) -> list[str]:
    """The pieces of a row; one that is two lines with nothing to tell the seam is told twice."""
    pages = read_dump([("dump.txt", "\n".join(lines))], "form-feed")
    rows = Rows.of(pages.lines(), ())
    at = next(at for at, own in enumerate(rows.rows) if own.text == " ".join(row.split()))
    return [piece.line.text for piece in TwoLines(pages.lines(), rows, pages.source.text).cut(at)]


def among(*rows: str) -> list[str]:
    """Rows in text that runs beside something, wide text above and below."""
    return [*WIDE, *TEXT[:4], *rows, *TEXT[4:], *WIDE]


def found(lines: list[str]) -> list[tuple[str, str]]:
    pages = read_dump([("dump.txt", "\n".join(lines) + "\n")], "form-feed")
    made = arrange(pages, Layout()).galley
    assert made.unwound() == pages.source.text
    return [(b.role.value, " ".join(b.text.split())) for b in made.blocks]


@pytest.mark.parametrize(
    "parts",
    [
        ("he was so tired that he had not", "Fig. 3. The weir, as it stood."),
        ("he was so tired that he had not", "1874. The weir is mended again."),
        ("he was so tired that he had re-", "The weir as it stood that year."),
        ("he was so tired of the river, and", "Nobody has seen the old weir there."),
        ("Fig. 3. The weir, as it stood", "in the year that was so very wet"),
        ("The old weir stood there.", "in the year that was so very wet"),
    ],
)
def test_lines_of_one_height_are_parted(parts: tuple[str, str]) -> None:
    row = " ".join(parts)
    assert cuts(among(row), row) == list(parts)


def test_the_blanks_of_the_page_tell_where_they_part() -> None:
    row = "when it was so dark and the    weir was not to be seen from there"
    assert cuts(among(row), row) == [
        "when it was so dark and the",
        "weir was not to be seen from there",
    ]


@pytest.mark.parametrize(
    ("parts", "onward"),
    [
        (("and nothing was heard of the slui", "They had seen the other weir"), "cegate"),
        (("and nothing was heard of the re", "water that came over the wall,"), "membering"),
        (("and nothing was heard of the re", "(which was all that they had left"), "membering"),
        (("and nothing was heard of the re", "1874. The weir is mended again."), "membering"),
    ],
)
def test_a_glued_word_is_parted(parts: tuple[str, str], onward: str) -> None:
    row = "".join(parts)
    lines = among(row, f"{onward} which they had gone for,")
    assert cuts(lines, row) == list(parts)


def test_halves_that_go_on_in_their_own_row() -> None:
    parts = (
        "which they had left by the slui",
        "water that nobody was remem",
        "cegate of the old mill",
    )
    row = "".join(parts)
    assert cuts(among(row, "bering after so long a time and"), row) == list(parts)


def test_whole_words_and_plain_rows_stay_as_they_are() -> None:
    lines = among()
    for row in TEXT:
        assert cuts(lines, row) == [row]
    for row in WIDE[1:]:
        assert set(cuts(lines, row)) == {row}  # it may be two lines, but nothing tells where


def test_a_suspended_hyphen_is_no_end_of_a_line() -> None:
    row = "where all the mid- to long-term plans of the mill had been laid by"
    assert set(cuts(among(row), row)) == {row}


def test_a_caption_in_a_row_of_the_text_is_set_apart() -> None:
    box = ["A weir is begun in a dry year.", "Piles of oak are driven in.", "Stones lie between."]
    turns = [row for pair in zip(box, TEXT[1:4], strict=True) for row in pair]
    known = [TEXT[0], *turns, *TEXT[4:]]  # this source has lines of two streams
    caption = "Fig. 3. The weir, as it was."
    blocks = found([*WIDE, *known, *WIDE, *TEXT[:4], f"{TEXT[4]} {caption}", *TEXT[5:], *WIDE])
    assert ("caption", caption) in blocks
    assert " ".join(text for _, text in blocks).count(BESIDE) == 2


def test_what_is_cut_in_vain_is_whole_again() -> None:
    glued = "and so it went with the remembering"  # no seam, though halves of it are words
    blocks = found([*WIDE, *TEXT[:4], glued, *TEXT[4:], *WIDE])
    assert glued in " ".join(text for _, text in blocks)


ROWS = st.lists(
    st.sampled_from([*TEXT, *WIDE, "Fig. 2. A weir.", "so re- He went", "the slThe", ""])
)


@given(ROWS)
def test_pieces_are_their_row(rows: list[str]) -> None:
    pages = read_dump([("dump.txt", "\n".join(rows))], "form-feed")
    own = Rows.of(pages.lines(), ())
    if not len(own):
        return
    two = TwoLines(pages.lines(), own, pages.source.text)
    for at, row in enumerate(own.rows):
        pieces = two.cut(at)
        if pieces[0].blind:
            assert [p.row.text for p in pieces] == [row.text, row.text]
        else:
            joined = "".join(p.line.text for p in pieces)
            assert joined.replace(" ", "") == row.text.replace(" ", "")
            assert [p.line.span.start for p in pieces] == sorted(p.line.span.start for p in pieces)
