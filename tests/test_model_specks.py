"""Where a line ends without the specks that OCR read as signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.model.specks import bare, is_specked
from booktools.read.dump import read_dump

BAD = "The boat | was late | and the keeper sat.in it as.he had sat for.an hour.\n"


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("_ the rafters and the beams", "the rafters and the beams"),
        ("~ of it, and the com- .", "of it, and the com-"),
        (". length of it |", "length of it"),
        ("- it said that", "it said that"),
        ("’ but he said", "but he said"),
    ],
)
def test_specks_at_the_ends_of_a_line(line: str, good: str) -> None:
    assert bare(line) == good


@pytest.mark.parametrize(
    "line",
    ["— Oui, dit-il", "- Who is there?", "« Oui, dit-il »", "* * *", "|", "_", "...", "he said —"],
)
def test_what_a_line_may_begin_and_end_with(line: str) -> None:
    assert bare(line) == line


def test_lines_are_bare_where_the_text_is_specked_and_the_source_is_whole() -> None:
    text = f"{BAD}_ when it was morn- .\n| ing he went\n"
    pages = read_dump([("a.txt", text)])
    assert [line.text for line in pages.lines()][1:] == ["when it was morn-", "ing he went"]
    assert arrange(pages, Layout()).galley.unwound() == text
    plain = read_dump([("a.txt", text.removeprefix(BAD))])
    assert plain.lines()[0].text == "_ when it was morn- ."


@given(st.text("ab _~|.,-’\t", max_size=30))
def test_what_is_left_is_part_of_the_line(line: str) -> None:
    made = bare(line.strip())
    assert made in line
    assert made == made.strip()
    assert bool(made) is bool(line.strip())


def test_addresses_do_not_make_a_text_specked() -> None:
    assert not is_specked(["see ferry.com and boats.org and light.net and pier.gov"])
    assert is_specked([BAD])
