"""Letters and the search for where they differ."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.check.diff import Difference, compare
from booktools.check.differences import told
from booktools.check.letters import Piece, gather, letters_of, unseen


def pieces(*texts: str) -> list[Piece]:
    return [Piece(text, "m.md", line) for line, text in enumerate(texts, 1)]


# --- letters --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("One, two.\n", "One,two."),
        ("a\u00a0b\u2009c\u3000d\te", "abcde"),
        ("sen\u0303or", "señor"),
        ("so\u00adft\u200b zero\u2060", "softzero"),
        ("“A”—b’s", "“A”—b’s"),
    ],
)
def test_letters_are_all_that_is_seen(text: str, letters: str) -> None:
    assert letters_of(text) == letters
    assert gather(pieces(text)).letters == letters


def test_what_is_left_out_is_counted() -> None:
    assert unseen("a\u00adb\u00ad\u200b c") == {"soft-hyphen": 2, "invisible": 1}
    assert unseen("plain") == {}


@given(st.text(), st.lists(st.integers(0, 40), max_size=4))
def test_letters_do_not_depend_on_the_cuts(text: str, cuts: list[int]) -> None:
    parts = [text[a:b] for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), None], strict=True)]
    whole, cut = gather(pieces(text)), gather(pieces(*parts))
    assert cut.letters == whole.letters
    assert unicodedata.is_normalized("NFC", cut.letters)
    assert sum(length for _, length in cut.lengths()) == len(cut)


@given(st.lists(st.text("abé \u0301—", max_size=9), min_size=1, max_size=5))
def test_a_letter_leads_back_to_its_piece(texts: list[str]) -> None:
    plain = [unicodedata.normalize("NFC", text).replace("\u0301", "") for text in texts]
    letters = gather(pieces(*plain))
    at = 0
    for number, text in enumerate(plain, 1):
        for char in letters_of(text):
            piece = letters.piece_at(at)
            assert piece
            assert piece.line == number
            assert letters.text(at, at + 1) == char
            at += 1


def test_a_stretch_is_shown_with_its_blanks() -> None:
    letters = gather(pieces("One two ", "three.", "Four five"))
    assert letters.text(3, 10) == "two thre"[:8]
    assert letters.around(3, 6, 3) == ("One", "thr")


# --- differences ----------------------------------------------------------------------

BOOK = "".join(
    random.Random(1).choices([f"{n:x}{n * n:o}" for n in range(700)], k=6_000)
)  # 30,000 letters


@given(st.text("ab", max_size=60), st.text("ab", max_size=60))
def test_differences_lead_from_the_one_to_the_other(a: str, b: str) -> None:
    comparison = compare(a, b)
    out, at = [], 0
    for found in comparison.differences:
        assert (found.a0 - at) == found.b0 - (comparison_end(comparison.differences, found))
        out += a[at : found.a0], b[found.b0 : found.b1]
        at = found.a1
    assert "".join((*out, a[at:])) == b
    assert bool(comparison.differences) == (a != b)


def comparison_end(all_of: tuple[Difference, ...], one: Difference) -> int:
    """Where the difference before ended in the other text."""
    index = all_of.index(one)
    return all_of[index - 1].b1 if index else 0


@given(st.integers(0, len(BOOK) - 1), st.integers(1, 3_000))
def test_a_loss_is_one_difference(at: int, size: int) -> None:
    comparison = compare(BOOK, BOOK[:at] + BOOK[at + size :])
    (found,) = comparison.differences
    assert found.b0 == found.b1
    assert found.a1 - found.a0 == min(size, len(BOOK) - at)


@given(st.integers(0, len(BOOK) - 700), st.integers(30, 600))
def test_a_doubling_is_told_as_one(at: int, size: int) -> None:
    damaged = BOOK[: at + size] + BOOK[at:]
    _, results = told(gather(pieces(BOOK)), gather(pieces(damaged)))
    assert [result.code for result in results] == ["SAM002"]


def test_places_lead_back() -> None:
    comparison = compare(BOOK, BOOK[:100] + BOOK[160:])
    assert [comparison.to_a(at) for at in (0, 99, 100, 101)] == [0, 99, 160, 161]


@pytest.mark.parametrize("kind", ["scattered", "another", "empty", "one letter"])
def test_a_million_letters_take_no_time(kind: str) -> None:
    rng = random.Random(7)
    long = "".join(rng.choices(BOOK, k=1_000_000))
    other = {
        "scattered": lambda: "".join(c if rng.random() > 0.002 else "#" for c in long),
        "another": lambda: "".join(rng.choices("xyzuvw", k=1_000_000)),
        "empty": lambda: "",
        "one letter": lambda: "e" * 1_000_000,
    }[kind]()
    start = time.process_time()
    comparison = compare(long, other)
    assert time.process_time() - start < 2
    assert comparison.differences
