"""Laws of the finder's short cuts: they say what the plain way says."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.engines import spelling
from booktools.find.between import fits
from booktools.find.channel import HOPELESS, MOST, Channel
from booktools.find.dates import impossible_years
from booktools.find.doubt import fit
from booktools.find.grammar import _IDIOMS, idioms
from booktools.find.language import Language
from booktools.find.nearest import Shorter, Vocabulary
from booktools.find.reading import Reading
from booktools.find.words import lines_with

FEW = st.text("ernmcli", min_size=1, max_size=8)
CHANNELS = {base: Channel(base, share) for base, share in (("en", 0.6), ("de", 0.9))}


def plain_path(channel: Channel, one: str, two: str, before: str, after: str) -> float:
    """The cheapest way, each step of up to two letters tried from the front."""

    @cache
    def from_(i: int, j: int) -> float:
        if (i, j) == (len(one), len(two)):
            return 0.0
        ways = [HOPELESS]
        if i < len(one) and j < len(two) and one[i] == two[j]:
            ways.append(from_(i + 1, j + 1))
        for m, n in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (2, 0), (0, 2)):
            if i + m <= len(one) and j + n <= len(two):
                taken, meant = one[i : i + m], two[j : j + n]
                left = one[i - 1] if i else before
                right = one[i + m] if i + m < len(one) else after
                beside = ("", "") if m and n else (left, right)
                ways.append(channel._steps[(taken, meant, *beside)] + from_(i + m, j + n))
        return min(ways)

    return from_(0, 0)


@pytest.mark.parametrize("base", CHANNELS)
@settings(max_examples=150, deadline=None)
@given(one=FEW, two=FEW, before=st.sampled_from("xn"), after=st.sampled_from(["", "m"]))
def test_the_cheapest_way_is_found(base: str, one: str, two: str, before: str, after: str) -> None:
    channel = CHANNELS[base]
    found, plain = (
        channel._path(one, two, before, after),
        plain_path(channel, one, two, before, after),
    )
    assert min(found, MOST) == pytest.approx(min(plain, MOST), abs=1e-9)


def one_slip(form: str, letters: str) -> set[str]:
    """What one slip makes of a form, spelled out."""
    cuts = [(form[:at], form[at:]) for at in range(len(form) + 1)]
    put_in = {left + letter + right for left, right in cuts for letter in letters}
    changed = {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    return (
        put_in
        | changed
        | without_one(form)
        | {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    )


def without_one(form: str) -> set[str]:
    return {form[:at] + form[at + 1 :] for at in range(len(form))}


@settings(max_examples=150, deadline=None)
@given(
    st.text("abcd", min_size=5, max_size=7),
    st.frozensets(st.text("abcd", min_size=3, max_size=8), max_size=40),
    st.frozensets(st.text("abcd", min_size=3, max_size=8), max_size=40),
)
def test_words_two_slips_away_are_found_wherever_they_stand(
    form: str, common: frozenset[str], own: frozenset[str]
) -> None:
    class Known:
        shorter = Shorter(common)

    words = Vocabulary(common | own, {}, own, "en", Known())
    near = {form, *one_slip(form, "abcdefghijklmnopqrstuvwxyz")}
    near |= {two for one in without_one(form) for two in without_one(one)}
    channel = CHANNELS["en"]
    plain = {
        word
        for word in common | own
        if len(word) >= 5 and not near.isdisjoint({word, *without_one(word)})
    }
    found = words.near(form, channel)
    assert {word for word in plain - {form} if channel.cost(form, word) < MOST} <= found.keys()
    assert all(cost == channel.cost(form, word) < MOST for word, cost in found.items())


WORDS = st.sampled_from(["the", "of", "ham", "barn", "walks", "walking", "Zoe", "zyx", "quickly"])
LISTED = Language(
    words=frozenset(["the", "of", "ham", "barn", "walk", "walks", "walking", "quick", "quickly"]),
    zipf={"the": 7.7, "of": 7.4, "ham": 4.1, "barn": 3.9, "walks": 4.2, "walking": 4.9},
    pairs={"of the": 1_000_000_000_000, "the barn": 900_000_000, "the ham": 12, "walks of": 3},
)


@pytest.mark.parametrize("language", [Language(), LISTED], ids=["no lists", "lists"])
@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30), WORDS, st.one_of(st.just(""), WORDS),
       st.one_of(st.just(""), WORDS))  # fmt: skip
def test_a_word_fits_between_two_as_it_fits_beside_each(
    language: Language, text: list[str], word: str, before: str, after: str
) -> None:
    reading = Reading(" ".join(text), language)
    low, before, after = word.lower(), before.lower(), after.lower()
    once, found = fits(reading.model, [low, low], before, after)
    assert once == found == pytest.approx(fit(reading, low, before, after), abs=1e-9)
    assert math.isfinite(found)
    assert all(reading.model.pair(*both) > 0 for both in pairwise((low, before, after)))


TURNS = st.sampled_from(
    ["would of gone", "Would oF broken", "becoming into", "despite of", "In Spite his", "in spite ",
     "according with the", "explained us how", "a long time ago", "long time ago", "the first ",
     "the World War II and", "othErs men", "were suppoſe to", "were suppose to", "despıte of", "\n",
     "\n\n", " ", ". ", "İ", "ß", "1918–1914", "May 19733", "June 31", "in 17433 ", "3"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(TURNS, max_size=12).map("".join))
def test_patterns_find_in_their_lines_what_they_find_in_the_whole_text(text: str) -> None:
    found = {(one.start, one.end) for one in idioms(Reading(text))}
    assert found == {m.span() for pattern, _, _ in _IDIOMS for m in pattern.finditer(text)}
    years = {(one.start, one.end) for one in impossible_years(Reading(text))}
    in_lines, at = set(), 0
    for line in text.split("\n"):
        in_lines |= {(at + o.start, at + o.end) for o in impossible_years(Reading(line))}
        at += len(line) + 1
    assert years == in_lines


@given(st.text("ab1\n", max_size=30))
def test_the_lines_with_a_pattern_are_those_that_have_it(text: str) -> None:
    lines = [text[start:end] for start, end in lines_with(re.compile(r"\d"), text)]
    assert lines == [line for line in text.split("\n") if "1" in line]


ALL_FRENCH, LISTED_FRENCH = spelling.words("fr"), spelling.listed("fr")
FRENCH = sorted(ALL_FRENCH)


@given(
    st.sampled_from(["", FRENCH[0], FRENCH[-1]]) | st.sampled_from(FRENCH),
    st.sampled_from(["", "s", "\n", "é", "z", "\U0010ffff"]),
    st.text("aeés\n", max_size=3),
)
def test_a_word_that_is_looked_up_is_in_the_list(word: str, end: str, other: str) -> None:
    for form in (word, word + end, word[:-1], other, f"{word}\n{other}"):
        assert (form in LISTED_FRENCH) == (form in ALL_FRENCH)
