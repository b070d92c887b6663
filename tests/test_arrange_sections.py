"""Headings that the source counts, or that its contents announce."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.rows import Rows
from booktools.arrange.sections import sections, underlined
from booktools.model.galley import Role
from booktools.read.dump import read_dump

FULL = "words of a sentence that runs on and fills the whole measure of its column to"
TEXT = [FULL, FULL, "and at last it ends."]


def rows(*texts: str) -> Rows:
    return Rows.of(read_dump([("a.txt", "\n".join(texts))]).lines(), ())


def found(*texts: str) -> list[tuple[str, Role, int]]:
    made = rows(*texts)
    return [
        (" ".join(made[i].text for i in range(s.first, s.last + 1)), s.role, s.level)
        for s in sorted([*underlined(made), *sections(made, ())], key=lambda s: s.first)
    ]


def counted(*heads: str) -> list[str]:
    return [text for head in heads for text in (head, *TEXT)]


NUMBERS = ["1.1 What it is", "1.2 What for?", "2 The Sea", "2.1 Of boats", "2.2 Of sails"]


def test_numbers_that_follow_one_another_are_sections() -> None:
    assert found(*counted("1 The Land", *NUMBERS)) == [
        ("1 The Land", Role.TITLE, 0),
        ("1.1 What it is", Role.HEADING, 2),
        ("1.2 What for?", Role.HEADING, 2),
        ("2 The Sea", Role.TITLE, 0),
        ("2.1 Of boats", Role.HEADING, 2),
        ("2.2 Of sails", Role.HEADING, 2),
    ]


def test_sections_of_sections_and_of_appendices() -> None:
    heads = ["1.1 One", "1.1.1 Deep", "1.1.2 Deeper", "1.2 Two", "A.1 More", "A.2 Most"]
    levels = [level for _, _, level in found(*counted(*heads))]
    assert levels == [2, 3, 3, 2, 2, 2]


def test_a_chapter_and_its_first_section_stand_one_under_the_other() -> None:
    heads = [text for text, _, _ in found("1 The Land", *counted(*NUMBERS))]
    assert heads == ["1 The Land", *NUMBERS]


def test_a_title_that_fills_its_row_goes_on() -> None:
    long = "2.3 Of everything that a sailor has to know before he ever leaves the harbour and"
    texts = [*counted(*NUMBERS), long, "what he must not forget", *TEXT]
    assert found(*texts)[-1][0] == f"{long} what he must not forget"


@pytest.mark.parametrize(
    "texts",
    [
        ["1.1 One", "1.2 Two", "1.3 Three", "1.4 Four", "2.1 Five", "2.2 Six"],  # a list
        counted("3.1 Lonely", "7.4 Figures", "2.9 At Random", "5.5 Everywhere"),
        counted("1 One", "2 Two", "3 Three", "4 Four", "5 Five"),  # not sections
        counted("1.1 It ends.", "1.2 So it ends.", "1.3 And ends.", "1.4 Ends."),
    ],
)
def test_what_does_not_count_is_left(texts: list[str]) -> None:
    assert found(*texts) == []


def test_a_number_in_the_middle_of_a_sentence_is_left() -> None:
    texts = [*counted(*NUMBERS), FULL, "2.3 Percent of them", *TEXT]
    assert [text for text, _, _ in found(*texts)] == NUMBERS


ENTRIES = ["Preface . . . . . . 1", "The Sea ....... 3", "Of boats and what they carry . . . . 9"]


def test_titles_of_the_contents_are_headings() -> None:
    texts = [
        *ENTRIES,
        "Index . . . . 99",
        "Preface",
        *TEXT,
        "Of boats and what",
        "they carry",
        *TEXT,
    ]
    assert found(*texts) == [
        ("Preface", Role.TITLE, 0),
        ("Of boats and what they carry", Role.TITLE, 0),
    ]


def test_the_contents_themselves_are_none_and_few_lines_are_no_contents() -> None:
    assert found(*ENTRIES, "Index . . . . 99") == []
    assert found(*ENTRIES, "Preface", *TEXT) == []


def test_titles_over_lines_of_signs() -> None:
    texts = ["The Book", "********", "", "Of boats", "========", *TEXT, "", "Of sails", "======="]
    assert found(*texts, *TEXT) == [
        ("The Book", Role.TITLE, 0),
        ("********", Role.FURNITURE, 0),
        ("Of boats", Role.HEADING, 2),
        ("========", Role.FURNITURE, 0),
        ("Of sails", Role.HEADING, 2),
        ("=======", Role.FURNITURE, 0),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ["The Book", "********", *TEXT],  # once is no habit
        ["One", "*****************", "", "Two", "*****************"],  # scenes part
        [*TEXT, "========", "", *TEXT, "========"],
    ],
)
def test_lines_of_signs_that_are_under_no_title(texts: list[str]) -> None:
    assert found(*texts) == []


def test_taken_rows_are_left() -> None:
    made = rows(*counted("1 The Land", *NUMBERS))
    assert sections(made, frozenset(range(len(made)))) == []


@given(st.lists(st.sampled_from([*NUMBERS, *TEXT, *ENTRIES, "1.1.1 X", "9.9", ""]), max_size=30))
def test_every_heading_is_found_once_and_in_order(texts: list[str]) -> None:
    made = rows(*texts)
    last = -1
    for stretch in sections(made, ()):
        assert last < stretch.first <= stretch.last < len(made)
        last = stretch.last
