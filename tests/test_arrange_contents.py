"""The source's own contents: furniture where they name headings that the book has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.contents import NAMED, UNNAMED, own_contents
from booktools.arrange.layout import BlockDecision, Layout
from booktools.arrange.stretch import Stretch
from booktools.model.finding import Severity
from booktools.model.galley import Role
from booktools.model.place import Place
from booktools.model.printed_page import Face, PrintedPage
from booktools.read.dump import read_dump
from printed_pages import column, line, page, read

HEADS = ["The Ferryman", "Of the Salt and of Snow", "The Old Mill", "Brothers"]


def found(*rows: str, heads: tuple[str, ...] = tuple(HEADS), page_of: int = 1) -> list[str]:
    """The contents among rows of one page, headings on pages behind it; “?” before what no
    heading is called."""
    texts = [*rows, *heads]
    pages = [page_of] * len(rows) + [page_of + 1 + n for n in range(len(heads))]
    own = [
        Stretch(len(rows) + n, len(rows) + n, Role.TITLE, "made") for n in range(len(heads))
    ]  # fmt: skip
    return [
        "?" * (s.evidence == UNNAMED) + " / ".join(texts[s.first : s.last + 1])
        for s in own_contents(texts, pages, own)
    ]


ENTRIES = (
    "The Ferryman . . . . . . . . 3", "Of the Salt and", "of Snow ........ 17", "The Old Mill 29",
    "Brothers … 41",
)  # fmt: skip


def test_each_entry_with_its_lines() -> None:
    assert found("Contents", *ENTRIES) == [
        "Contents", "The Ferryman . . . . . . . . 3", "Of the Salt and / of Snow ........ 17",
        "The Old Mill 29", "Brothers … 41",
    ]  # fmt: skip
    assert found(*ENTRIES) == found("Contents", *ENTRIES)[1:]


@pytest.mark.parametrize(
    "title", ["CONTENTS", "Inhalt", "Índice", "Table des matières", "Table of Contents"]
)
def test_its_title_makes_one_entry_enough(title: str) -> None:
    assert found(title, "The Ferryman 3", heads=("The Ferryman",)) == [title, "The Ferryman 3"]
    assert found("He rowed", "The Ferryman 3", heads=("The Ferryman",)) == []


@pytest.mark.parametrize(
    ("entry", "head"),
    [
        ("1 The Ferryman 5", "The Ferryman"),
        ("The Ferryman 5", "1 The Ferryman"),
        ("Chapter I. The Ferryman 5", "The Ferryman"),
        ("2.1 Of Snow . . . 5", "2.1 Of Snow"),
        ("Preface vii", "PREFACE"),
        ("The Ferryman  5", "THE FERRYMAN"),
        ("The Ferryman p. 5", "The Ferryman"),
    ],
)
def test_what_a_heading_can_be_called(entry: str, head: str) -> None:
    assert found("Contents", entry, heads=(head,)) == ["Contents", entry]


def test_a_line_that_names_no_heading() -> None:
    lines = ("The Ferryman 3", "What the Boy Said 9", "The Old Mill 29", "Brothers 41", "Index 99")
    assert found("Contents", *lines) == [
        "Contents", "The Ferryman 3", "?What the Boy Said 9", "The Old Mill 29", "Brothers 41",
        "?Index 99",
    ]  # fmt: skip


def test_what_is_no_contents() -> None:
    assert found("Salt 12", "Rope 3", "Bread 40") == []
    assert found("Contents", "Salt 12", "Rope 3", "Bread 40", "The Ferryman 3") == []
    assert found("The Ferryman 41", "Brothers 17", "The Old Mill 3") == []  # no pages rise so
    assert found("He came to", "the Ferryman 3", heads=("The Ferryman",)) == []


def test_a_heading_over_nothing_but_contents_goes_too() -> None:
    texts = ["What Is in It", *ENTRIES[3:], "The Ferryman 50", "The Old Mill", "Brothers",
             "The Ferryman"]  # fmt: skip
    heads = [Stretch(n, n, Role.TITLE, "made") for n in (0, 4, 5, 6)]
    own = own_contents(texts, [1, 1, 1, 1, 2, 3, 4], heads)
    assert [(s.first, s.evidence) for s in own] == [(0, NAMED), (1, NAMED), (2, NAMED), (3, NAMED)]
    texts.insert(4, "More of this is told elsewhere.")
    heads = [Stretch(n, n, Role.TITLE, "made") for n in (0, 5, 6, 7)]
    assert [s.first for s in own_contents(texts, [1, 1, 1, 1, 1, 2, 3, 4], heads)] == [1, 2, 3]


# --- in a book ----------------------------------------------------------------------------

LARGE = Face("Serif", 16.0)
TEXT = [
    "The harbour master kept a book in which he wrote",
    "the weight of the salt and what was paid for it",
    "in every town of the ridge and all of the marsh.",
]


def book(*entries: str) -> list[PrintedPage]:
    own = [line("Contents", 20, 60, LARGE)]
    own += [line(entry, 20, 90 + 14 * n) for n, entry in enumerate(entries)]
    pages = [page(*own)]
    for number, head in enumerate(HEADS, 2):
        made = [line(head, 20, 60, LARGE), *column([TEXT] * 3, 20, 100, to=280)]
        pages.append(page(*made, number=number))
    return pages


def arranged(*entries: str, layout: Layout | None = None) -> Arranged:
    made = arrange(read(*book(*entries)), layout or Layout())
    assert made.galley.unwound() == made.galley.source.text
    return made


def left(made: Arranged) -> str:
    return "".join(b.text for b in made.galley.blocks if b.role is not Role.FURNITURE)


def test_it_is_left_out_and_told() -> None:
    made = arranged("The Ferryman 2", "Of the Salt and of Snow 3", "The Old Mill 4", "Brothers 5")
    assert "Contents" not in left(made)
    assert " 4" not in left(made)
    (told,) = [f for f in made.findings if f.code == "LAY009"]
    assert told.severity is Severity.NOTE
    assert not told.entry
    assert told.message == "the source’s own contents are left out, 5 lines"
    why = {b.attribute("why") for b in made.galley.blocks if b.role is Role.FURNITURE}
    assert why == {NAMED}


def test_a_line_that_names_nothing_is_asked_about() -> None:
    made = arranged("The Ferryman 2", "Of the Salt and of Snow 3", "Snow 3", "Brothers 5")
    (told,) = [f for f in made.findings if f.code == "LAY009"]
    assert told.severity is Severity.WARNING
    assert 'text = "Snow 3"\nrole = "furniture"' in told.entry


def test_somebody_keeps_a_line() -> None:
    entries = ("The Ferryman 2", "Of the Salt and of Snow 3", "The Old Mill 4", "Brothers 5")
    block = BlockDecision(4, 4, "The Old", Role.PARAGRAPH, Place("layout.toml", 1))
    made = arranged(*entries, layout=Layout((block,)))
    assert "The Old Mill 4" in left(made)
    assert "Brothers 5" not in left(made)


def test_that_of_a_dump() -> None:
    entries = "\n".join(f"{head} {'.' * 20} {9 * n}" for n, head in enumerate(HEADS, 1))
    chapters = "\f".join(f"{head}\n\n" + "\n".join(TEXT * 9) + "\n" for head in HEADS)
    made = arrange(read_dump([("a.txt", f"Contents\n\n{entries}\n\f{chapters}")]), Layout())
    assert made.galley.unwound() == made.galley.source.text
    assert "...." not in left(made)
    assert "LAY009" in [f.code for f in made.findings]


ROWS = st.lists(
    st.sampled_from([*HEADS, *ENTRIES, "Contents", "12", "x", "iv", "." * 30, "He went 3"]),
    max_size=30,
)


@given(ROWS, st.lists(st.integers(0, 2), max_size=30))
def test_entries_stand_apart_in_their_order(texts: list[str], steps: list[int]) -> None:
    pages, at = [], 1
    for step in (steps + [0] * len(texts))[: len(texts)]:
        at += step == 2
        pages.append(at)
    heads = [Stretch(n, n, Role.TITLE, "made") for n, t in enumerate(texts) if t in HEADS]
    own = own_contents(texts, pages, heads)
    rows = [at for s in own for at in range(s.first, s.last + 1)]
    assert rows == sorted(set(rows))
    assert all(pages[s.first] == pages[s.last] for s in own)


def test_long_lines_take_bounded_work() -> None:
    texts = [". " * 20_000 + "3", "1 " * 20_000, "·" * 40_000, "9" * 40_000, "Contents 3"] * 20
    assert own_contents(texts, [1] * len(texts), []) == []
