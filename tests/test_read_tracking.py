"""Words whose letters stand apart, told from words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.model.printed_page import Box, PrintedWord
from booktools.read.printed import row_text
from booktools.read.tracking import closed_up


def line(*parts: str | float) -> tuple[PrintedWord, ...]:
    """Words, and between them the gaps as shares of the letters' size."""
    words, at = [], 0.0
    for part in parts:
        if isinstance(part, float):
            at += 10 * part
            continue
        box = Box(at, 0.0, at + 5 * len(part), 10.0)
        words.append(PrintedWord(part, box, 10.0))
        at = box.right
    return tuple(words)


def spread(text: str, letters: float, words: float) -> tuple[PrintedWord, ...]:
    parts: list[str | float] = []
    for word in text.split():
        for char in word:
            parts += char, letters
        parts[-1] = words
    return line(*parts[:-1])


@pytest.mark.parametrize("text", ["Harbour lights", "INDEX", "Of the old bridge 4"])
def test_letters_that_stand_apart_are_words(text: str) -> None:
    assert row_text(closed_up(spread(text, 0.12, 0.44))) == text


def test_a_capital_belongs_to_the_small_capitals_behind_it() -> None:
    own = line("H", 0.1, "arbour", 0.4, "and", 0.39, "B", 0.1, "ridge", 0.4, "in", 0.4, "May")
    assert row_text(closed_up(own)) == "Harbour and Bridge in May"


def test_words_of_one_letter_stay_words() -> None:
    own = line("I", 0.25, "saw", 0.25, "a", 0.25, "boat", 0.25, "and", 0.25, "A", 0.25, "net")
    assert row_text(closed_up(own)) == "I saw a boat and A net"
    own = line("A", 0.3, "b", 0.3, "is", 0.3, "no", 0.3, "name")
    assert row_text(closed_up(own)) == "A b is no name"


def test_letters_without_places_stay_apart() -> None:
    own = line("a", "a", "a", "a")
    assert row_text(closed_up(own)) == "a a a a"


def test_a_mark_that_opens_belongs_to_its_word() -> None:
    own = line("the", 0.36, "“", 0.17, "nets”", 0.36, "and", 0.36, "(", 0.2, "boats)")
    assert row_text(closed_up(own)) == "the “nets” and (boats)"
    own = line("the", 0.3, "“", 0.3, "nets", 0.3, "”")
    assert row_text(closed_up(own)) == "the “ nets ”"


def test_a_written_blank_needs_no_other() -> None:
    own = line("nets\u00a0", 0.2, "–", 0.2, "boats")
    assert row_text(closed_up(own)) == "nets\u00a0– boats"


@given(
    st.lists(st.sampled_from(["nets", "and", "A", "I", "1912"]), min_size=1, max_size=9),
    st.floats(0.15, 0.6),
)
def test_no_letter_is_lost_and_even_words_stay(words: list[str], gap: float) -> None:
    parts: list[str | float] = []
    for word in words:
        parts += word, gap
    own = closed_up(line(*parts))
    assert [w.text for w in own] == words
    if all(len(word) > 1 for word in words):
        assert row_text(own) == " ".join(words)
