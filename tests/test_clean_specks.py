"""Specks that OCR read as signs: what they were, and where nothing is a speck."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from booktools.clean.frequency import Frequencies
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean, likely
from booktools.engines import frequency, spelling
from booktools.model.galley import Block, Galley, Role, Source
from booktools.model.place import Span

# Pages as OCR reads them badly; the text under test stands behind.
BAD = "The boat | was late | and the keeper sat.in it as.he had sat for.an hour.\n"


def cleaned(text: str, language: str = "en", before: str = BAD) -> str:
    whole = before + text
    spans = (Span(0, len(before)), Span(len(before), len(whole)))
    blocks = tuple(Block(Role.PARAGRAPH, (s,), whole[s.start : s.end]) for s in spans)
    galley = Galley(Source(whole, (("a.txt", 0),)), blocks)

    def look_up(words: Collection[str]) -> dict[str, float]:
        return frequency.zipf(words, [language])

    frequencies = Frequencies(look_up, likely(blocks, [language]))
    known = Knowledge.of(blocks, (), frequencies, spelling.speller([language]), [language])
    done = clean(galley, known)
    assert done.unwound() == whole
    return done.blocks[1].text


CASES = [
    ("with the con- |\nscience of a keeper", "with the conscience of a keeper"),
    ("with the con-\n‘science of a keeper", "with the conscience of a keeper"),
    ("all the pos~\nsibilities of it", "all the possibilities of it"),
    ("that | thought of it", "that I thought of it"),
    ("and then 1 thought of it", "and then I thought of it"),
    ("“| thought of it", "“I thought of it"),
    ("and J thought of it, | know", "and I thought of it, I know"),
    ("the boat, [ think, was late", "the boat, I think, was late"),
    ("where ! found it", "where I found it"),
    ("when i came", "when I came"),
    ("and he had.a boat", "and he had a boat"),
    ("and came to.the boat", "and came to the boat"),
    ("King’of the harbour", "King of the harbour"),
    ("in London,.and there", "in London, and there"),
    ("sat in the boat..At night", "sat in the boat. At night"),
    ("‘sat in the boat.’At night", "‘sat in the boat.’ At night"),
    ("the-distance between", "the distance between"),
    ("had known the-dis-\ntance", "had known the distance"),
    ("so we~we all", "so we—we all"),
    ("came tothe boat", "came to the boat"),
    ("for all Iknow of it", "for all I know of it"),
]


@pytest.mark.parametrize(("bad", "good"), CASES)
def test_specks_go_from_a_page_that_has_many(bad: str, good: str) -> None:
    assert cleaned(bad) == good


@pytest.mark.parametrize("bad", [bad for bad, _ in CASES if "\n" not in bad])
def test_nothing_is_a_speck_in_a_document_that_has_few(bad: str) -> None:
    plain = "The boat was late and the keeper sat in it.\n"
    assert cleaned(bad, before=plain) == bad or any(mark in bad for mark in (",.", "..", ".’"))


@pytest.mark.parametrize(
    "text",
    [
        "he don't know at four o'clock",
        "the long wished-for day, and unheard-of luck",
        "to-day and to-morrow, gone a-fishing, a would-be keeper",
        "on a-horseback and a-horseback",
        "so he said...but no. And St.James came",
        "a well-known fact, a life-belt",
        "i.e. at 9 a.m. sharp",
        "see www.ferry.com or the.house.of",
        "into without forever thereof",
        "and Ida and Una were there",
        "on page 1 was a boat, in Act 1 had come",
        "1 boat and 1 keeper",
        "the columns | and | the rules",
        "Sir J. said that Mr. T had a boat",
        "What luck ! said the keeper",
        "in a list [ as it was ] so called",
        "the line from A, T and J to B",
        "and T of T is T by T, but T said",
    ],
)
def test_what_is_no_speck_stays(text: str) -> None:
    assert cleaned(text) == text


def test_a_clitic_keeps_its_hyphen_and_a_bar_is_no_english_word_elsewhere() -> None:
    assert cleaned("avait-on dit-il la maison", "fr") == "avait-on dit-il la maison"
    assert cleaned("ce qu'avait vu l'homme", "fr") == "ce qu'avait vu l'homme"
    assert cleaned("que | fue al mar", "es") == "que | fue al mar"
