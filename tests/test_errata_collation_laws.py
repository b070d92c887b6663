"""However a book is corrected and meddled with: what no erratum explains is told, no more and no
less."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.collation import Collation, collate
from booktools.errata.entry import Entry, State
from booktools.errata.line import Line
from booktools.errata.wording import Witness
from booktools.model.place import Place
from errata_galleys import entry

KINDS = ("epub", "pdf", "txt", "manuscript")
SLIPS = (("teh", "the"), ("arid", "and"), ("lamps", "lanterns"), ("of of", "of"), ("well", "will"))
FILLED = "they went to {} quay {} and waited {} there until {} bell rang {} again"
NAMES = ("Ana", "Ben", "Cora", "Dov", "Eve", "Finn", "Gus", "Hal")
WORDS = ("a", "the", "old", "long", "their", "that", "one", "grey")
OPENING = "It was a long and rainy day in the month of May when nobody had come down to the port"
COLUMNS = 40


def text(kind: str, paragraphs: list[str]) -> Witness:
    """The paragraphs as an edition of a kind has them: whole, or in lines with words parted."""
    lines: list[Line] = []
    for paragraph in [OPENING, *paragraphs, OPENING.swapcase()]:
        rows = [paragraph]
        if kind in ("pdf", "txt"):
            rows = wrapped(paragraph, kind == "pdf")
        lines += [Line(row, Place("a", len(lines)), kind in ("pdf", "txt")) for row in rows]
    return Witness(kind, kind, tuple(lines))


def wrapped(paragraph: str, parted: bool) -> list[str]:
    rows, row = [], ""
    for word in paragraph.split(" "):
        if len(row) + len(word) > COLUMNS:
            if parted and len(word) > 6:
                row += f"{word[:3]}\u00ad"
                word = word[3:]
            rows.append(row.strip())
            row = ""
        row += f"{word} "
    return [*rows, row.strip()]


class Book:
    """Paragraphs with a slip each, some of them alike, and which are corrected when."""

    def __init__(self, fills: list[tuple[tuple[str, ...], int]], marks: list[str]) -> None:
        self.marks = marks  # "entry", "done" (in the old state already), "smuggled", "left"
        self.old, self.new, self.entries = [], [], []
        self.around: dict[str, tuple[str, str]] = {}
        for number, ((words, which), mark) in enumerate(zip(fills, marks, strict=True)):
            wrong, right = SLIPS[which]
            body = f"{NAMES[number]} said {FILLED.format(*words)} {NAMES[number]}"
            bad = body.replace("waited", f"waited {wrong} here", 1)
            good = bad.replace(wrong, right, 1)
            self.old.append(good if mark == "done" else bad)
            self.new.append(bad if mark == "left" else good)
            if mark in ("entry", "done"):
                start = bad.index(wrong) - 12
                context = bad[start : start + 12 + len(wrong) + 12]
                self.entries.append(entry(f"E{number}", number + 2, wrong, right, context.strip()))

            at = bad.index(wrong)
            self.around[f"E{number}"] = good[:at], good[at + len(right) :]

    @property
    def made(self) -> list[str]:
        """The ids of the entries that the new state has and the old one has not."""
        return [f"E{number}" for number, mark in enumerate(self.marks) if mark == "entry"]

    @property
    def smuggled(self) -> int:
        return self.marks.count("smuggled")


FILLS = st.tuples(st.tuples(*[st.sampled_from(WORDS)] * 5), st.integers(0, len(SLIPS) - 1))


@st.composite
def books(draw: st.DrawFn) -> Book:
    fills = draw(st.lists(FILLS, min_size=1, max_size=8))
    marks = st.sampled_from(("entry", "done", "smuggled", "left"))
    return Book(fills, [draw(marks) for _ in fills])


@given(books(), st.sampled_from(list(product(KINDS, KINDS))))
def test_every_change_that_no_entry_makes_is_told(book: Book, kinds: tuple[str, str]) -> None:
    states = text(kinds[0], book.old), text(kinds[1], book.new)
    found = collate(*states, book.entries, around=lambda: book.around)
    made = [id for variant in found.variants for id in variant.errata]
    assert len(found.unexplained) == book.smuggled, [(v.old, v.new) for v in found.variants]
    assert sorted(made) == book.made


@given(books(), st.sampled_from(list(product(KINDS, KINDS))))
def test_the_way_back_takes_every_entry_back_once(book: Book, kinds: tuple[str, str]) -> None:
    states = text(kinds[0], book.new), text(kinds[1], book.old)
    found = collate(*states, book.entries, around=lambda: book.around)
    undone = [id for variant in found.variants for id in variant.undone]
    assert sorted(undone) == book.made
    assert len(found.unexplained) == len(book.made) + book.smuggled


ONE = ("a", "the", "old", "long", "their")


@pytest.mark.parametrize("count", [2, 3, 7])
def test_one_entry_does_not_explain_the_same_change_elsewhere(count: int) -> None:
    """The same sentence, the same slip, several times; one of them is on record."""
    book = Book([(ONE, 0)] * count, ["entry", *["smuggled"] * (count - 1)])
    found = collate(text("txt", book.old), text("txt", book.new), book.entries)
    assert len(found.unexplained) == count - 1


def _one(state: State, **more: object) -> tuple[Book, Entry]:
    book = Book([(ONE, 0)], ["entry"])
    own = book.entries[0]
    return book, entry(own.id, own.line, own.found, own.wanted, own.context, state=state, **more)


def told(book: Book, own: Entry, back: bool = False) -> Collation:
    states = [text("txt", book.old), text("txt", book.new)]
    return collate(*(states[::-1] if back else states), [own])


def test_an_entry_that_nobody_accepted_explains_nothing() -> None:
    for state in (State.OPEN, State.REJECTED):
        book, own = _one(state)
        (change,) = told(book, own).unexplained
        assert (change.errata, change.against) == (("E0",), ("E0",))


def test_what_was_reverted_explains_both_ways() -> None:
    book, own = _one(State.REJECTED)
    assert not told(book, own, back=True).unexplained
    book, own = _one(State.ACCEPTED)
    assert told(book, own, back=True).unexplained
