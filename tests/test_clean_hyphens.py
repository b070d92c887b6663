"""Hyphens at line ends, language by language: each habit in one line of made-up text."""

from __future__ import annotations

import re
from collections.abc import Collection

import pytest

from booktools.clean.cut import TRUE_HYPHENS, cuts, plain_hyphens
from booktools.clean.frequency import Frequencies
from booktools.clean.hyphens import Verdict, decide, likely
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean, questions
from booktools.clean.tongues import ENGLISH, GERMAN, OTHER, tongue
from booktools.engines import frequency, spelling
from booktools.model.galley import Block, Galley, Role, Source
from booktools.model.place import Span


def galley(*texts: str) -> Galley:
    whole, blocks, at = "".join(texts), [], 0
    for text in texts:
        blocks.append(Block(Role.PARAGRAPH, (Span(at, at + len(text)),), text))
        at += len(text)
    return Galley(Source(whole, (("a.txt", 0),)), tuple(blocks))


def knowledge(language: str, *texts: str) -> Knowledge:
    def look_up(words: Collection[str]) -> dict[str, float]:
        return frequency.zipf(words, [language])

    blocks = galley(*texts).blocks
    speller = spelling.speller([language])
    return Knowledge.of(blocks, (), Frequencies(look_up, likely(blocks)), speller, [language])


def cleaned(language: str, text: str, *elsewhere: str) -> Galley:
    return clean(galley(text, *elsewhere), knowledge(language, text, *elsewhere))


HABITS = [
    # one word, by the list of words, also where both halves are words
    ("en", "an old boat-\nhouse stood", "an old boathouse stood"),
    ("en", "along the sea-\nshore he", "along the seashore he"),
    # two words, each common, that no list has as one
    ("en", "a moss-\ncovered roof", "a moss-covered roof"),
    ("en", "the wide-\nbrowed man", "the wide-browed man"),
    # numbers and fractions
    ("en", "some twenty-\nfive men", "some twenty-five men"),
    ("en", "two-\nthirds of it", "two-thirds of it"),
    # prefixes
    ("en", "all self-\nregard gone", "all self-regard gone"),
    ("en", "his ex-\nteacher said", "his ex-teacher said"),
    ("en", "to expect or ex-\ntend it", "to expect or extend it"),
    # compounds of several parts, cut anywhere
    ("en", "the mother-in-\nlaw spoke", "the mother-in-law spoke"),
    ("en", "a will-\no’-the-wisp there", "a will-o’-the-wisp there"),
    # capitals
    ("en", "the anti-\nAthenian party", "the anti-Athenian party"),
    ("en", "in MAN-\nCHESTER town", "in MANCHESTER town"),
    ("en", "old Mac-\nDonald had", "old MacDonald had"),
    # a word that waits
    ("en", "the pre-\nand post-war years", "the pre- and post-war years"),
    ("en", "the land was err-\nand free", "the land was errand free"),
    # a dash that was read as a hyphen
    ("en", "those mountains-\nthe high ones", "those mountains-the high ones"),
    # no word of the language at all
    ("en", "the word tov-\narishchi is", "the word tovarishchi is"),
    ("es", "el gobier-\nno de la casa", "el gobierno de la casa"),
    ("es", "no podía mirar-\nlas bien", "no podía mirarlas bien"),
    ("es", "un plan histórico-\npolítico serio", "un plan histórico-político serio"),
    ("es", "su ex-\nmarido vino", "su ex-marido vino"),
    ("es", "su ex-\n-marido vino", "su ex-marido vino"),
    ("es", "en Castilla-\nLeón hay", "en Castilla-León hay"),
    ("fr", "que chantait-\nil alors", "que chantait-il alors"),
    ("fr", "où va-\nt-on ainsi", "où va-t-on ainsi"),
    ("fr", "c’est-à-\ndire le roi", "c’est-à-dire le roi"),
    ("fr", "c’est-\nà-dire le roi", "c’est-à-dire le roi"),
    ("fr", "dans l’en-\ncrier vide", "dans l’encrier vide"),
    ("fr", "jus-\nqu’à la fin", "jusqu’à la fin"),
    ("fr", "trente-\ndeux ans", "trente-deux ans"),
    ("fr", "avec sang-\nfroid il", "avec sang-froid il"),
    ("fr", "ils se promène-\nraient au bois", "ils se promèneraient au bois"),
    ("fr", "eux-\nmêmes le disent", "eux-mêmes le disent"),
    ("de", "die Regie-\nrung sprach", "die Regierung sprach"),
    ("de", "im Nord-\nSüd-Konflikt", "im Nord-Süd-Konflikt"),
    ("de", "das Donau-\ndampfschiff", "das Donaudampfschiff"),
    ("de", "in Hof-\nund Gartenbau", "in Hof- und Gartenbau"),
    ("de", "er ist ge-\nsund und", "er ist gesund und"),
    ("de", "der deutsch-\nfranzösische Krieg", "der deutsch-französische Krieg"),
    ("de", "der Bäk-\nker kam", "der Bäcker kam"),
    ("de", "ein Zuk-\nkerrohr stand", "ein Zuckerrohr stand"),
]


@pytest.mark.parametrize(("language", "bad", "good"), HABITS)
def test_each_language_has_its_habits(language: str, bad: str, good: str) -> None:
    made = cleaned(language, bad)
    assert made.blocks[0].text == good
    assert not questions(made)


@pytest.mark.parametrize(("language", "bad", "good"), HABITS)
def test_a_hyphen_by_any_name_is_one(language: str, bad: str, good: str) -> None:
    kept = good.count("-") >= bad.replace("\n-", "\n").count("-")
    for mark in ("\u2010", "\u2011", "¬", "\ufffe", "\x02"):
        text = cleaned(language, bad.replace("-\n", f"{mark}\n")).blocks[0].text
        assert plain_hyphens(text) == good
        # A true hyphen stays as the source has it.
        assert (mark in text) == (mark in TRUE_HYPHENS and kept)


def test_pdfium_leaves_no_line_end_behind_its_mark() -> None:
    made = cleaned("en", "the gov\ufffeernment of a well\ufffeknown land, a mid\ufffe to late year")
    assert made.blocks[0].text == "the government of a well-known land, a mid- to late year"
    assert made.unwound() == made.source.text


def test_a_form_of_the_word_elsewhere_is_evidence() -> None:
    assert cleaned("en", "three zorb-\nfishers swam", "one zorb-fisher").blocks[0].text == (
        "three zorb-fishers swam"
    )
    assert cleaned("en", "three zorb-\nfishers swam", "one zorbfisher").blocks[0].text == (
        "three zorbfishers swam"
    )


def test_the_document_goes_before_every_list() -> None:
    assert cleaned("en", "a boat-\nhouse", "one boat-house, two").blocks[0].text == "a boat-house"
    assert cleaned("en", "a moss-\ncovered", "mosscovered").blocks[0].text == "a mosscovered"


def test_a_name_that_nobody_knows_is_asked_about() -> None:
    (asked,) = questions(cleaned("en", "by Brill-\nmore he went"))
    assert asked.code == "HYP003"
    assert "may be a name" in asked.message


def test_a_rare_word_of_two_words_is_asked_about() -> None:
    made = cleaned("en", "the dairy-\nmaid came")
    assert made.blocks[0].text == "the dairymaid came"
    assert [question.code for question in questions(made)] == ["HYP003"]
    # a document that writes its compounds with hyphens is likely to do so here
    made = cleaned("en", "the dairy-\nmaid came", "a dairy-boy, a dairy-clock")
    assert made.blocks[0].text == "the dairy-maid came"
    assert len(questions(made)) == 1


def test_a_cut_word_is_no_evidence_whatever_cuts_it() -> None:
    for mark in ("-", "\u00ad", "\u2010", "¬", "\ufffe"):
        known = Knowledge.of(galley(f"the gov{mark}\nernment fell\n").blocks)
        assert known.count("gov") == known.count("ernment") == known.count("government") == 0
        assert known.count("fell") == 1
    known = Knowledge.of(galley("a gov\ufffeernment-\nal mother-in-\nlaw rose\nov-").blocks)
    assert sorted(known.words) == ["a", "rose"]


def test_dashes_are_no_hyphens() -> None:
    for text in ("“But I--\nthought", "paused—\nthen", "one –\ntwo", "a -\nb"):
        assert not list(cuts(text))


def test_a_language_without_a_list_is_judged_by_frequencies() -> None:
    known = knowledge("it")
    assert known.tongue is OTHER
    assert decide("go", "-", "verno", known).verdict is Verdict.JOIN
    assert decide("bian", "-", "co", known).verdict is Verdict.JOIN


def test_the_first_language_decides() -> None:
    assert tongue(["de-AT", "en"]) is GERMAN
    assert tongue([]) is ENGLISH


def test_a_text_of_hyphens_alone_takes_no_time() -> None:
    known = Knowledge()
    for text in ("a-" * 20_000 + "\nb", "-\n" * 20_000, "a\u00ad\n" * 5_000, "a-\n" * 5_000):
        made = clean(galley(text), known)
        assert made.unwound() == text


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_the_lists_of_words_are_searched_by_halving(tag: str) -> None:
    spelled = spelling.speller([tag])
    assert spelled is not None
    known = {"en": "workhouse well-known Manchester", "fr": "peut-être aujourd'hui chantions"}
    unknown = "zorbfish wellknown chantationez a\nb"
    assert all(map(spelled, known[tag].split()))
    assert not any(map(spelled, ("", "\n", *re.split(" ", unknown))))


def test_a_language_without_a_list_has_no_speller() -> None:
    assert spelling.speller(["xx", "../en", ""]) is None
    both = spelling.speller(["es", "en-GB"])
    assert both is not None
    assert both("workhouse")
