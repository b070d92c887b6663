"""The words in which two texts differ."""

from __future__ import annotations

import itertools
import random
import time

from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.worddiff import Hunk, hunks


def patched(a: list[str], b: list[str]) -> list[str]:
    out, at = [], 0
    for h in hunks(a, b):
        out += a[at : h.a0] + b[h.b0 : h.b1]
        at = h.a1
    return out + a[at:]


def test_a_changed_word_is_one_hunk() -> None:
    a = ["the", "masses", ",", "trapos", "that", "are"]
    assert hunks(a, ["the", "masses", ",", "traps", "that", "are"]) == (Hunk(3, 4, 3, 4),)
    assert hunks(a, a) == ()
    assert hunks([], a) == (Hunk(0, 0, 0, 6),)
    assert hunks(a, []) == (Hunk(0, 6, 0, 0),)


def test_a_doubled_word_and_a_lost_one() -> None:
    a = ["it", "was", "in", "the", "the", "year", "of", "the", "lord"]
    (one,) = hunks(a, ["it", "was", "in", "the", "year", "of", "the", "lord"])
    assert (one.a1 - one.a0, one.b1 - one.b0) == (1, 0)


_WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=30)


@given(_WORDS, _WORDS)
def test_the_hunks_make_the_other_text(a: list[str], b: list[str]) -> None:
    assert patched(a, b) == b
    found = hunks(a, b)
    for one, two in itertools.pairwise(found):
        assert a[one.a1 : two.a0] == b[one.b1 : two.b0] != []


def test_two_hundred_thousand_words_in_a_moment() -> None:
    chance = random.Random(7)
    a = [f"w{int(chance.paretovariate(0.7)) % 9000}" for _ in range(200_000)]
    b = list(a)
    for _ in range(2000):
        at = chance.randrange(len(b))
        b[at : at + chance.choice([0, 1, 1, 2])] = [f"x{chance.randrange(50)}"]
    b[50_000:60_000], b[150_000:150_000] = [], b[50_000:60_000]
    start = time.process_time()
    assert patched(a, b) == b
    assert time.process_time() - start < 10


def test_texts_of_few_words_are_bounded() -> None:
    a = ["a", "b"] * 20_000
    b = ["b", "a", "a"] * 15_000
    start = time.process_time()
    assert patched(a, b) == b
    assert time.process_time() - start < 10
