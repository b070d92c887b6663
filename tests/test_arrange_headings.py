"""Headings told by more than their words: what ends as a sentence ends is none, what stands under
a chapter's number is, and neither is a verse."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.titles import is_stopped_name, is_title_like
from booktools.read.dump import read_dump

FULL = (
    "the harbour was asleep and so was the keeper of the light, who had\n"
    "seen no ferry come or go for a whole week, and who had not been to\n"
    "the town since the day when the last of the boatmen went away with\n"
    "all that he had, which was not much: a coat, a lamp and a book that\n"
    "nobody had ever read, for it was in a language that none of us knew,\n"
    "and so it stayed.\n"
)
POEM = (
    "The lamp is out, the boats are home,\n"
    "And who shall say what they have seen\n"
    "Beyond the bar, where white with foam\n"
    "The long waves run, and in between\n"
    "The cormorant that flies alone.\n"
)


def found(text: str) -> list[tuple[str, str]]:
    """The blocks that are not running text."""
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    blocks = [(b.role.value, " ".join(b.text.split())) for b in done.blocks]
    return [block for block in blocks if block[0] != "paragraph"]


@pytest.mark.parametrize(
    "line", ["Orphanage.", "August 13th, 17—.", "It was Harker.", "“Yes.”", "“Precisely so. But—”"]
)
def test_what_ends_as_a_sentence_ends_is_no_title_for_its_capitals(line: str) -> None:
    assert not found(f"Once {FULL}\n{line}\n\nAt night {FULL}")


@pytest.mark.parametrize(
    "line",
    ["Thomas Ross, Jr.", "XIX — S. V.", "THE LAMP.", "The Coming of Every Boatman Home.", "IV."],
)
def test_a_name_s_point_or_a_title_s_own_is_no_end_of_a_sentence(line: str) -> None:
    (role, words), *more = found(f"Once {FULL}\n{line}\n\nAt night {FULL}")
    assert (role in ("heading", "title"), words, more) == (True, line, [])


def test_a_stop_behind_few_capitals_ends_a_sentence() -> None:
    assert is_stopped_name("Exit Boatman.")
    assert not is_stopped_name("Exit Boatman")
    assert not is_title_like("“Precisely so. But—”")
    assert not is_title_like("Nets—Foxes of the Coast—Hailstorm")


def test_a_line_that_breaks_off_with_a_dash_is_no_title() -> None:
    assert not found(
        f"Once {FULL}\nWith all the Boats and the Lamps I look after—\n\nAt night {FULL}"
    )


def test_a_title_under_a_number_may_ask_in_its_first_row() -> None:
    made = found(f"Once {FULL}V\nIs the Lamp of the Light Out?—\nWill It Burn?\nAt night {FULL}")
    assert [words.replace("— ", "—") for _, words in made] == [
        "V",
        "Is the Lamp of the Light Out?—Will It Burn?",
    ]


@pytest.mark.parametrize("number", ["XII\n", ""])
def test_a_title_over_verse_is_no_line_of_it(number: str) -> None:
    made = found(f"Once {FULL}{number}Of the Lamp\n{POEM}At night {FULL}")
    assert [words for role, words in made if role != "verse"] == [*number.split(), "Of the Lamp"]
    assert ("verse", " ".join(POEM.split())) in made


def test_the_title_of_the_next_poem_is_no_last_line_of_this_one() -> None:
    wide = "In all the nights that there have been upon the coast since it was built:\n"
    made = found(f"Once {FULL}Of the Lamp\n{POEM}Harker Mills\n{wide}{POEM}At night {FULL}")
    assert ("heading", "Harker Mills") in made


@pytest.mark.parametrize("line", ["To Mrs. Saville, England.", "Harbour!’"])
def test_an_address_and_the_end_of_what_is_said_are_no_titles(line: str) -> None:
    assert not found(f"Once {FULL}\n{line}\n\nAt night {FULL}")


@pytest.mark.parametrize("gap", ["", "\n"])
def test_the_name_under_a_quotation_at_a_chapter_s_head_is_no_heading(gap: str) -> None:
    quoted = "The sea is a book, and he who stays at home reads\nonly the first page of it.\n"
    made = found(f"Once {FULL}{gap}THE LAMP\n{gap}{quoted}{gap}Augustine\n{gap}At night {FULL}")
    assert ("signature", "Augustine") in made
    assert [words for role, words in made if role in ("heading", "title")] == ["THE LAMP"]


def test_a_name_that_parts_paragraphs_is_a_heading_though_another_is_near() -> None:
    made = found(f"Once {FULL}\nTHE LAMP\n\nOnce {FULL}\nAugustine\n\nAt night {FULL}")
    assert [words for _, words in made] == ["THE LAMP", "Augustine"]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_long_title_of_two_rows_over_verse_is_no_part_of_it(gap: str) -> None:
    title = "Of the Strange Company That Was Met at the Ford Below\nthe Lamp\n"
    made = found(f"Once {FULL}\n{title}{gap}{POEM}\nAt night {FULL}")
    assert ("heading", " ".join(title.split())) in made
    assert ("verse", " ".join(POEM.split())) in made


@pytest.mark.parametrize(
    "line",
    ["W. L. Harker London, July 5th, 1901", "Madrid, 5 de julio de 1901", "Wien, am 5. Juli 1901"],
)
def test_a_place_and_a_date_sign_a_preface(line: str) -> None:
    assert found(f"Once {FULL}\n{line}\n\nAt night {FULL}") == [("signature", line)]


@pytest.mark.parametrize("line", ["Monday, July 5th, 1901", "July 5th, 1901", "The Fleet of 1901"])
def test_a_day_alone_may_head_a_diary(line: str) -> None:
    assert found(f"Once {FULL}\n{line}\n\nAt night {FULL}") == [("heading", line)]


def test_the_end_of_a_quotation_is_no_heading() -> None:
    assert not found(f"Once {FULL}\nKiev Harbour was working—”\n\nAt night {FULL}")


def test_a_quotation_that_is_not_closed_is_no_heading() -> None:
    assert not found(f"Once {FULL}\n“Good night, my Dear\n\nboatman.”\n\nAt night {FULL}")
