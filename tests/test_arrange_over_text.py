"""Titles right over their text, no gap between, whose words alone do not tell them."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.read.dump import read_dump
from broken_sentence import BEFORE, BEHIND

TEXT = (
    "The piles of oak are driven into the bed in two rows, and what the\n"
    "men have left between them is filled with stones and with the clay\n"
    "that the boats have brought, before the rain comes.\n"
)
# Set to a measure of its own.
SMALL = (
    "Oak is taken for the piles, which are driven into the bed of the river in two\n"
    "long rows, and what the men have left between them is filled with the stones\n"
    "and with the clay that the boats have brought, before the rain comes.\n"
)


def found(text: str) -> list[tuple[str, str]]:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return [(b.role.value, " ".join(b.text.split())) for b in done.blocks]


@pytest.mark.parametrize("body", [TEXT, SMALL])
@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize(
    "title",
    [
        "How they went about it in the old days",
        "How they went about it and what they said of it\nin the old days",
    ],
)
def test_a_box_in_a_sentence_has_a_title_though_it_reads_as_one(
    title: str, gap: str, body: str
) -> None:
    made = found(f"{BEFORE}{gap}{title}\n{body}{gap}{BEHIND}")
    whole = " ".join(f"{BEFORE}{BEHIND}".split())
    boxed = [("heading", " ".join(title.split())), ("paragraph", " ".join(body.split()))]
    assert sorted(made) == sorted([*boxed, ("paragraph", whole)])


def test_a_title_over_its_text_behind_a_gap_where_no_sentence_is_open() -> None:
    made = found(f"{BEFORE}{BEHIND}\nHow they went about it\n{TEXT}\nAt night {BEFORE}{BEHIND}")
    assert ("heading", "How they went about it") in made


@pytest.mark.parametrize(
    ("first", "word"),
    [
        ("Nobody had thought of the men who had come up the river with old", "The"),  # it is full
        ("Nobody had thought of them:", "The"),
        ("Nobody was working—”", "The"),
        ("Nobody had ever come. And nobody had thought of it", "The"),
        ("Nobody had thought of the", "Oaken"),  # may be a name: the sentence leads on to it
    ],
)
def test_a_row_that_its_sentence_fills_or_leads_on_from_is_no_title(first: str, word: str) -> None:
    body = TEXT.replace("The", word, 1)
    made = found(f"{BEFORE}{BEHIND}\n{first}\n{body}\nAt night {BEFORE}{BEHIND}")
    assert all(role != "heading" for role, _ in made)


def test_a_short_row_with_a_small_letter_below_is_no_beginning_of_a_title() -> None:
    body = f"of the old days\n{TEXT}"
    made = found(f"{BEFORE}{BEHIND}\nThe piles\n{body}\nAt night {BEFORE}{BEHIND}")
    assert ("heading", "The piles of the old days") not in made


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("They went and pushed the new Agrarian", False),
        ("How it went with the new weir", True),
        ("The Great Flood and the New Weir", True),
    ],
)
def test_a_row_that_ends_with_a_capital_has_a_name_that_goes_on(row: str, told: bool) -> None:
    made = found(f"{BEFORE}{BEHIND}\n{row}\n{TEXT}")
    assert (("heading", row) in made) is told
