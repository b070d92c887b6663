"""What is asked cheaply before something costly is looked for never answers otherwise."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange import nouns
from booktools.arrange.captions import _BEGINS, begins_caption
from booktools.arrange.contents import _LONGEST, _NUMBER, _split
from booktools.arrange.lined_tables import _END, _ENDS
from booktools.arrange.paragraphs import _INNER
from booktools.arrange.spoken import Spoken
from booktools.arrange.two_lines import _OPENS_WITHIN
from booktools.arrange.words import _HALF, _WORD, broken_word, evenly, words_of

LETTERS = re.compile(r"[^\W\d_]+")
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30)
ASCII = st.text(st.characters(codec="ascii", exclude_characters="\n"), max_size=40)


@given(TEXT | st.text(" \u00a0\t\u2009ab\u00ad", max_size=9))
def test_blanks_are_made_even(text: str) -> None:
    assert evenly(text) == " ".join(text.split())


@given(TEXT)
def test_what_is_printed_has_no_line_end_within(text: str) -> None:
    assert not (text.isprintable() and _INNER.search(text))


@given(ASCII | st.text("ab'’ É1_", max_size=12))
def test_plain_text_has_the_same_words(text: str) -> None:
    assert words_of(text) == tuple(_WORD.findall(text.casefold()))


@given(st.text("abé '’-\u00ad=1", max_size=12).map(lambda text: f"{text}-"))
def test_the_half_of_a_word_stands_behind_the_last_blank(text: str) -> None:
    match = _HALF.search(text)
    assert broken_word(text) == (match[1] if match else "")


@given(st.text("FfIıİi K\u212akgure.12:l", max_size=9) | TEXT)
def test_captions_begin_with_few_letters(text: str) -> None:
    assert begins_caption(text) == bool(_BEGINS.match(text))


@given(st.text("ab .·…_pivxm1\u0663", min_size=1, max_size=12))
def test_a_number_behind_a_line_stands_apart(text: str) -> None:
    said = None if text.isdecimal() or len(text) > _LONGEST else _NUMBER.match(text)
    assert not said or _split(text) == (said["title"], said["page"])


@given(st.text("a 12%–°CF.)", max_size=9))
def test_the_last_signs_tell_a_row_that_ends_with_a_figure(text: str) -> None:
    assert bool(_ENDS.search(text)) == bool(_ENDS.search(text[-_END:]))


@given(st.text(st.characters(categories=("Lu", "Ll", "Lt", "Nd")), max_size=9))
def test_a_capital_behind_a_small_letter_is_seen(text: str) -> None:
    meet = any(one.islower() and two.isupper() for one, two in pairwise(text) if one.isalpha())
    assert not meet or _OPENS_WITHIN.search(text)


@given(st.lists(st.text("abI '’.é1", max_size=12), max_size=4))
def test_words_are_counted_as_they_are_in_the_whole_text(lines: list[str]) -> None:
    every = LETTERS.findall("\n".join(lines).casefold())
    spoken = Spoken(lines)
    assert spoken.words == Counter(every)
    assert spoken.behind == Counter((a, b) for a, b in pairwise(every) if len(a) == 1)


@given(st.lists(st.text("aBÉ é.1", max_size=12), max_size=9), st.integers(1, 4))
def test_capitals_of_nouns_are_told_from_some_lines_as_from_all(
    lines: list[str], at_once: int
) -> None:
    inner = set(nouns._INNER.findall("\n".join(lines)))
    many = sum(map(str.istitle, inner)) > nouns._CAPITALS * len(inner)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nouns, "_AT_ONCE", at_once)
        assert nouns._have_capitals(lines) is many
