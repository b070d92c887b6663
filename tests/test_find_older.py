"""Older spellings, Spanish pronouns behind verbs, and words of other languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.find.older import modern, with_thou
from booktools.find.reading import Reading
from booktools.find.rules import find
from booktools.find.spanish import diminished, with_pronouns
from booktools.suggest import language

ENGLISH, GERMAN, SPANISH = language(["en"]), language(["de"]), language(["es"])


@pytest.mark.parametrize(
    ("base", "old", "new"),
    [
        ("de", "daß", "dass"),
        ("de", "thür", "tür"),
        ("de", "verhältniß", "verhältnis"),
        ("de", "seyn", "sein"),
        ("de", "studiren", "studieren"),
        ("fr", "étoit", "était"),
        ("fr", "enfans", "enfants"),
        ("es", "fué", "fue"),
        ("es", "quando", "cuando"),
        ("en", "capitall", "capital"),
        ("en", "vpon", "upon"),
    ],
)
def test_an_older_spelling_leads_to_todays(base: str, old: str, new: str) -> None:
    assert modern(old, base, {new}) == new
    assert modern(old, base, {"nothing"}) == ""


@given(st.text(alphabet="abcdeilnstuyßäöüèé", max_size=12))
def test_only_known_words_are_led_to(low: str) -> None:
    for base in ("en", "de", "fr", "es", "xx"):
        assert modern(low, base, frozenset({"tun", "ist", "etait"})) in ("", "tun", "ist", "etait")


@pytest.mark.parametrize("form", ["parecíame", "cubriose", "recordándole", "sépase", "vámonos"])
def test_spanish_pronouns_behind_a_verb(form: str) -> None:
    assert with_pronouns(form, SPANISH.lowers)


def test_what_is_no_verb_has_no_pronouns() -> None:
    assert not with_pronouns("trisle", SPANISH.lowers)
    assert not with_pronouns("se", SPANISH.lowers)


OLD = (
    "Er sagte, daß er kommen muß. Die Thür war zu, und die Thür blieb zu. Wir thun es, und sie "
    "thun es, weil es seyn muß. Das Theil war roth, daß es leuchtete, und das Theil war gut. Er "
    "wußte es, und sie wußte es.\n"
)


def test_a_book_in_the_old_orthography_is_left_alone() -> None:
    assert not [one.token for one in find(Reading(OLD, GERMAN)) if one.score >= 0.25]


def test_a_misprint_in_it_is_found() -> None:
    found = find(Reading(OLD.replace("leuchtete", "leuchtctc"), GERMAN))
    assert "leuchtctc" in [one.token for one in found if one.score >= 0.35]


def test_a_declared_language_is_known_among_its_words_only() -> None:
    told = replace(ENGLISH, declared=frozenset({"fr"}))
    among = Reading("He said: le temps des cerises était fini, and left.\n", told)
    assert not any(among.unknown)
    alone = Reading("They went to the housse in the evening and sat down there.\n", told)
    assert [w.form for w, new in zip(alone.words, alone.unknown, strict=True) if new] == ["housse"]


def test_a_word_in_capitals_with_its_owner_s_is_known() -> None:
    reading = Reading("THE FISHERMAN’S SON\n", ENGLISH)
    assert not any(reading.unknown)


@pytest.mark.parametrize("form", ["walkest", "walkedst", "makest", "sittest", "goeth", "maketh"])
def test_what_stands_with_thou_is_a_verb(form: str) -> None:
    assert with_thou(form, ENGLISH.lowers)


@pytest.mark.parametrize("form", ["housest-", "beneeth", "tookest", "est", "walkes"])
def test_what_is_no_verb_does_not_stand_with_thou(form: str) -> None:
    assert not with_thou(form, ENGLISH.lowers)


def test_a_book_that_says_thou_has_its_verbs() -> None:
    said = "Thou knowest what thou wantest, and thy friend laughest at thee.\n"
    assert not any(Reading(said, ENGLISH).unknown)
    assert any(Reading("He knowest what he wantest, and his friend laughest.\n", ENGLISH).unknown)


OLD_ENGLISH = (
    "He tooke the booke and the booke was olde and the olde man did looke and speake.\n"
    "The towne was olde and they did speake and looke, and tooke the booke to the towne.\n"
)


def test_an_english_book_that_spells_as_it_was_once_done_is_left_alone() -> None:
    assert not any(Reading(OLD_ENGLISH, ENGLISH).unknown)
    found = find(Reading(OLD_ENGLISH.replace("speake.", "speakc."), ENGLISH))
    assert "speakc" in [one.token for one in found if one.score >= 0.35]


@pytest.mark.parametrize("form", ["francesito", "mejorcita", "espesísimo", "perrazo", "pedacito"])
def test_spanish_words_made_smaller_or_stronger(form: str) -> None:
    assert diminished(form, SPANISH.lowers)


@pytest.mark.parametrize("form", ["bxrtito", "ito", "xísimo", "casita-"])
def test_what_is_made_of_no_word_is_not(form: str) -> None:
    assert not diminished(form, SPANISH.lowers)


def test_latin_is_known_among_latin() -> None:
    said = "He wrote: Magna veritas est et prevalebit, and left.\n"
    assert not any(Reading(said, ENGLISH).unknown)
    assert any(Reading("He wrote that veritas prevalebit, and left.\n", ENGLISH).unknown)


def test_a_word_is_known_behind_the_name_of_its_language() -> None:
    assert not any(Reading("It comes from the French boire.\n", ENGLISH).unknown)
    assert any(Reading("It comes from the old boire.\n", ENGLISH).unknown)
