"""Heads that OCR has misread: the work that it is to look for them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.arrange.edges import keys_of
from booktools.arrange.furniture import furniture_lines
from booktools.arrange.misread import _NO_LETTER, _alike, _distances, _letters, _parted
from booktools.arrange.sections import _ENTRY, _FEWEST_DOTS, _dots
from booktools.read.dump import read_dump


def test_a_head_is_parted_behind_each_word() -> None:
    assert _parted("The Ferry 12") == [("the", "ferry"), ("theferry", ""), ("theferry", "")]


@pytest.mark.parametrize("word", ["12", "ferry"])
def test_a_text_on_one_line_is_not_parted_behind_each_word(word: str) -> None:
    def work(count: int) -> int:
        parts = _parted(" ".join([word] * count))
        return len(parts) + sum(len(one) + len(two) for one, two in parts)

    few, many = work(2_000), work(20_000)
    assert many <= 11 * few


def test_a_line_of_numerals_among_heads_is_read_in_the_end() -> None:
    page = "THE FERRY BOOK {}\n\nNobody on the quay could say.\n\n{}\n\f"
    pages = [page.format(at, " ".join(["12"] * (20_000 if at == 3 else 3))) for at in range(1, 9)]
    lines = list(read_dump([("a.txt", "".join(pages))]).lines())
    found = furniture_lines(lines, set())
    assert {lines[at].text for at in found} >= {f"THE FERRY BOOK {at}" for at in range(1, 9)}


@st.composite
def heads(draw: st.DrawFn) -> tuple[str, str]:
    """A head, and the same with some slips."""
    head = draw(st.text("abcde", max_size=24))
    other = list(head)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(other)))
        other[at : at + draw(st.integers(0, 1))] = draw(st.text("abcde", max_size=1))
    return head, "".join(other)


@settings(max_examples=300, deadline=None)
@given(heads())
def test_heads_are_alike_that_differ_by_a_fifth_of_their_letters_at_most(
    both: tuple[str, str],
) -> None:
    head, other = both
    slips = len(head) // 5
    plain = abs(len(head) - len(other)) <= slips and _distances(head, other)[-1] <= slips
    assert _alike(head, other) == plain


LINES = st.text(st.characters(codec="utf-8", exclude_characters="\n"))


@given(st.lists(LINES))
def test_lines_have_the_same_keys_together_as_alone(texts: list[str]) -> None:
    assert keys_of(texts) == [re.sub(r"[\W_]+", "", text.casefold()) for text in texts]


@given(st.text(st.characters(codec="ascii", exclude_characters="\n")) | LINES)
def test_a_line_has_the_same_letters_in_bytes(text: str) -> None:
    assert _letters(text) == _NO_LETTER.sub("", text.casefold())


@given(st.text("a.…· 1x", max_size=14))
def test_an_entry_of_a_list_of_contents_has_some_dots(text: str) -> None:
    assert not _ENTRY.match(text) or _dots(text) >= _FEWEST_DOTS
