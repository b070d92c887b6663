"""The source's own contents in print: each entry by itself."""

from __future__ import annotations

from collections.abc import Sequence

from booktools.arrange.geometry_contents import contents, index
from booktools.arrange.geometry_rows import PrintRows
from print_rows import Set, print_rows
from printed_pages import line as text
from printed_pages import page, read

ENTRIES = (
    Set("Of the Wind . . . . . . . . . . 3"),
    Set("Of the Water, and of what is found"),
    Set("in it at low tide . . . . . . . 17"),
    Set("Of Harbours, of Bridges and of Boats 29"),
    Set("Of Nets ................. 41"),
)


def entries(*lines: Set) -> list[str]:
    rows = print_rows(lines)
    return [
        " ".join(rows[at].text for at in range(s.first, s.last + 1)) for s in contents(rows, ())
    ]


def test_each_entry_ends_with_its_page() -> None:
    assert [e[:12] for e in entries(*ENTRIES)] == [
        "Of the Wind ", "Of the Water", "Of Harbours,", "Of Nets ....",
    ]  # fmt: skip


def test_what_stands_apart_above_is_none_of_them() -> None:
    first = Set("Of the Wind . . . . . . . . . . 3", above=2)
    assert len(entries(Set("Contents"), first, *ENTRIES[1:])) == 4


def test_a_last_entry_without_dots_belongs_to_them() -> None:
    assert entries(*ENTRIES, Set("Of the Keepers of the Lights 52"), Set("It was 52"))[-2:] == [
        "Of the Keepers of the Lights 52",
        "It was 52",
    ]
    assert entries(*ENTRIES, Set("He went home."), Set("It was 52"))[-1][:7] == "Of Nets"


def test_dots_in_a_text_are_no_contents() -> None:
    assert entries(Set("He waited . . . . 3"), Set("and went home."), Set("It was . . . . 4")) == []


WORDS = ("Anchors, 6, 10", "Barrels, 7", "Bells, 2–4, 18", "Boats, of the ferry and",
         "of others, 8", "Charts, 2, 17", "Flags, 7", "Lanterns, 16", "Nails, 3",
         "Oars, 18")  # fmt: skip


def listed(*lines: str) -> list[str]:
    rows = print_rows([Set(text, right=None) for text in lines])
    return [" ".join(rows[at].text for at in range(s.first, s.last + 1)) for s in index(rows, ())]


def test_each_entry_of_an_index() -> None:
    assert listed(*WORDS) == [
        *WORDS[:3], "Boats, of the ferry and of others, 8", *WORDS[5:],
    ]  # fmt: skip


def test_what_is_no_index() -> None:
    assert listed(*WORDS[:7]) == []  # too few
    assert listed(*reversed(WORDS)) == []  # in no order
    assert listed(*(f"A verse that has no stop, number {n}" for n in range(12))) == []
    assert listed(*(w for word in WORDS for w in (word, "and so it went on.", "he said."))) == []
    assert listed(*(f"In the year {1800 + n}" for n in range(4)), "he went home.") == []


TITLES = [("The ferry", "7"), ("A lantern", "19"), ("The old mill", "32"), ("The quay", "57"),
          ("Rain", "80")]  # fmt: skip


def apart(numbers: Sequence[str]) -> list[str]:
    made = [
        line
        for at, ((title, _), number) in enumerate(zip(TITLES, numbers, strict=True))
        for line in (
            text(title, 20, 40 + 12 * at),
            text(number, 280 - 5 * len(number), 40 + 12 * at),
        )
    ]
    rows = PrintRows.of(read(page(*made)))
    return [rows[s.first].text for s in contents(rows, ())]


def test_numbers_far_off_that_rise_are_those_of_pages() -> None:
    assert apart([number for _, number in TITLES]) == [" ".join(own) for own in TITLES]


def test_numbers_far_off_that_fall_are_not() -> None:
    assert apart([number for _, number in reversed(TITLES)]) == []
