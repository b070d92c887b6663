"""Laws of the finder: whatever the text, its findings stand in it, ranked and apart."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.find.reading import Reading
from booktools.find.rules import find
from booktools.suggest import language

ENGLISH, OTHER = language(["en"]), language(["xx"])
PIECES = st.sampled_from(
    ["the", "teh", "rnorning", "1", "|", " ", "\n\n", "“", "”", "‘", "-", "--", "—", ".", ",,",
     "Méndez", "Mendez", "in", "too", "off", "an", "them", "x1y", "ſo", "<i>", "May 19733", "\x00",
     "١", "ß", "\u0301", "a" * 60, "(", "]", "'", "he", "he", "PU", "UP", "a", "women",
     "they", "was", "despite of", "one of", "reason", "can", "shakes", "the PU", "of",
     "le", "temps", "daß"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=30).map(" ".join),
    st.lists(PIECES, max_size=30).map("".join),
)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_findings_stand_in_the_text_ranked_and_apart(text: str) -> None:
    for known in (ENGLISH, OTHER):
        found = find(Reading(text, known))
        taken: set[int] = set()
        for one in found:
            assert 0 <= one.start < one.end <= len(text)
            assert text[one.start : one.end] == one.token
            assert 0 < one.score <= 1
            assert one.evidence
            assert one.family
            assert taken.isdisjoint(range(one.start, one.end))
            taken.update(range(one.start, one.end))
        assert [one.score for one in found] == sorted((o.score for o in found), reverse=True)


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_findings(text: str) -> None:
    assert find(Reading(text, ENGLISH)) == find(Reading(text, ENGLISH))


def test_a_word_of_another_language_of_the_book_is_no_finding() -> None:
    text = "He sat in the Gasthaus and read, while the Wirtin laughed; l'hôtesse did not.\n"
    alone = {one.token for one in find(Reading(text, ENGLISH)) if one.score > 0.25}
    told = replace(ENGLISH, declared=frozenset({"de", "fr"}))
    both = {one.token for one in find(Reading(text, told)) if one.score > 0.25}
    assert {"Gasthaus", "Wirtin"} & alone or "l'hôtesse" in alone
    assert not both & {"Gasthaus", "Wirtin", "l'hôtesse", "hôtesse"}
