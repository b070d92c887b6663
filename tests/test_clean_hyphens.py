"""Hyphens at line ends, language by language: each habit in one line of made-up text."""

from __future__ import annotations

import re
from collections.abc import Collection

import pytest

from booktools.clean.cut import TRUE_HYPHENS, cuts, plain_hyphens
from booktools.clean.decision import Verdict
from booktools.clean.frequency import Frequencies
from booktools.clean.hyphens import DOUBTFUL, decide, likely
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
    ("en", "the KMPT-\nBRD of the north", "the KMPT-BRD of the north"),
    ("en", "THE HISTORY OF THE HAR-\nBOUR", "THE HISTORY OF THE HARBOUR"),
    ("en", "the anti-\nAthenian party", "the anti-Athenian party"),
    ("en", "in MAN-\nCHESTER town", "in MANCHESTER town"),
    ("en", "old Mac-\nDonald had", "old MacDonald had"),
    # a word that waits
    ("en", "the pre-\nand post-war years", "the pre- and post-war years"),
    ("en", "the land was err-\nand free", "the land was errand free"),
    # a dash that was read as a hyphen
    ("en", "those mountains-\nthe high ones", "those mountains-the high ones"),
    # a word that is said twice, letters, and a possessive
    ("en", "the crows’ kaw-\nkaw rang", "the crows’ kaw-kaw rang"),
    ("en", "with a mur-\nmur he", "with a murmur he"),
    ("en", "spelled A-\nL-I-V-E there", "spelled A-L-I-V-E there"),
    ("en", "at arm’s-\nlength he", "at arm’s-length he"),
    # numbers, and what is made of them
    ("en", "ISBN 0-19-\n852663-6 it", "ISBN 0-19-852663-6 it"),
    ("en", "call 555-\n0199 now", "call 555-0199 now"),
    ("en", "a mid-\n1960s car", "a mid-1960s car"),
    # no word of the language at all
    ("en", "the word tov-\narishchi is", "the word tovarishchi is"),
    ("es", "el gobier-\nno de la casa", "el gobierno de la casa"),
    ("es", "no podía mirar-\nlas bien", "no podía mirarlas bien"),
    ("es", "un plan histórico-\npolítico serio", "un plan histórico-político serio"),
    ("es", "su ex-\nmarido vino", "su ex-marido vino"),
    ("es", "vanas pero-\nraciones de", "vanas peroraciones de"),
    ("es", "la ex-\npresión de", "la expresión de"),
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
    ("fr", "n’est-\nelle pas", "n’est-elle pas"),
    ("fr", "dit-\non alors", "dit-on alors"),
    ("fr", "murmura-t-\nelle tout bas", "murmura-t-elle tout bas"),
    ("fr", "donnez-le-\nmoi donc", "donnez-le-moi donc"),
    ("fr", "allez-\ny donc", "allez-y donc"),
    ("fr", "peut-\nêtre demain", "peut-être demain"),
    ("fr", "quatre-vingt-\ndix ans", "quatre-vingt-dix ans"),
    ("fr", "au-de-\nlà du pont", "au-delà du pont"),
    ("fr", "du contre-\nmaître ivre", "du contremaître ivre"),
    ("pt", "levantou-\nse logo", "levantou-se logo"),
    ("pt", "suspendiam-\nse as aulas", "suspendiam-se as aulas"),
    ("pt", "para amá-\nlo bem", "para amá-lo bem"),
    ("pt", "levaram-\nna dali", "levaram-na dali"),
    ("pt", "dar-se-\nia bem", "dar-se-ia bem"),
    ("pt", "se fos-\nse assim", "se fosse assim"),
    ("pt", "uma sema-\nna inteira", "uma semana inteira"),
    ("pt", "na segunda-\nfeira veio", "na segunda-feira veio"),
    ("pt", "levantou-\n-se logo", "levantou-se logo"),
    ("pt", "o desen-\nvolvimento", "o desenvolvimento"),
    ("pt", "com as autori-\ndades", "com as autoridades"),
    ("pl", "flaga biało-\nczerwona", "flaga biało-czerwona"),
    ("pl", "bardzo młodo-\nciany", "bardzo młodociany"),
    ("sv", "en politisk-\nekonomisk fråga", "en politisk-ekonomisk fråga"),
    ("sv", "med människ-\norna", "med människorna"),
    ("da", "en politisk-\nøkonomisk sag", "en politisk-økonomisk sag"),
    ("it", "essi dove-\nvan partire", "essi dovevan partire"),
    ("it", "la guerra italo-\nturca finì", "la guerra italo-turca finì"),
    ("nl", "de oud-\nburgemeester sprak", "de oud-burgemeester sprak"),
    ("nl", "binnen-\nen buitenland", "binnen- en buitenland"),
    ("nl", "de scheep-\nvaartwet van", "de scheepvaartwet van"),
    ("pl", "z sze-\nrokim uśmiechem", "z szerokim uśmiechem"),
    ("pl", "w Bielsku-\n-Białej był", "w Bielsku-Białej był"),
    ("de", "die Regie-\nrung sprach", "die Regierung sprach"),
    ("de", "im Nord-\nSüd-Konflikt", "im Nord-Süd-Konflikt"),
    ("de", "das Donau-\ndampfschiff", "das Donaudampfschiff"),
    ("de", "in Hof-\nund Gartenbau", "in Hof- und Gartenbau"),
    ("de", "er ist ge-\nsund und", "er ist gesund und"),
    ("de", "der deutsch-\nfranzösische Krieg", "der deutsch-französische Krieg"),
    ("de", "ein märkisch-\nherkömmlicher Brauch", "ein märkisch-herkömmlicher Brauch"),
    ("de", "seine Freundlich-\nkeit im Haus", "seine Freundlichkeit im Haus"),
    ("de", "in der Rue Notre-Dame-\ndes-Champs", "in der Rue Notre-Dame-des-Champs"),
    ("de", "der Rhein-Main-Ka-\nnal-Verein", "der Rhein-Main-Kanal-Verein"),
    ("de", "der Bäk-\nker kam", "der Bäcker kam"),
    ("de", "das Brot bak-\nken", "das Brot backen"),
    ("de", "der leere Ak-\nku", "der leere Akku"),
    ("de", "US-\namerikanische Truppen", "US-amerikanische Truppen"),
    ("de", "im Goethe-\nHaus las", "im Goethe-Haus las"),
    ("de", "Vor-\nund Nachteile", "Vor- und Nachteile"),
    ("de", "ging auf-\nund ab", "ging auf- und ab"),
    ("de", "die Hin-\noder Rückfahrt", "die Hin- oder Rückfahrt"),
    ("de", "ein länglich-\nviereckiges Feld", "ein länglich-viereckiges Feld"),
    ("de", "ein technisch-\nökonomischer Plan", "ein technisch-ökonomischer Plan"),
    ("de", "ein dreißig-\njähriger Mann", "ein dreißigjähriger Mann"),
    ("de", "die Freund-\nlichkeit des", "die Freundlichkeit des"),
    ("de", "zwey alte Thür-\nschlösser seyn", "zwey alte Thürschlösser seyn"),
    ("de", "ein Vis-\nà-vis im", "ein Vis-à-vis im"),
    ("de", "S. 12-\n14 und", "S. 12-14 und"),
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


def test_black_letter_has_its_own_hyphens() -> None:
    for mark in ("=", "⸗"):
        assert cleaned("de", f"die Regie{mark}\nrung").blocks[0].text == "die Regierung"
        assert cleaned("de", f"der Bäk{mark}\nker").blocks[0].text == "der Bäcker"
        assert cleaned("de", f"im Nord{mark}\nSüden").blocks[0].text == "im Nord-Süden"
    for text in ("so a=\n7 is", "a =\nbe", "a==\nbe", "x=\nyes"):
        assert not list(cuts(text))


def test_of_three_letters_the_old_spelling_had_two() -> None:
    old = cleaned("de", "die Schiff-\nfahrt begann", "er weiß, daß es so ist, daß er")
    assert old.blocks[0].text == "die Schiffahrt begann"
    assert [e.rule for e in old.blocks[0].edits()] == ["HYP007"]
    new = cleaned("de", "die Schiff-\nfahrt begann", "er weiß, dass es so ist")
    assert new.blocks[0].text == "die Schifffahrt begann"
    both = cleaned("de", "die Schiff-\nfahrt", "daß die Schifffahrt")
    assert both.blocks[0].text == "die Schifffahrt"


@pytest.mark.parametrize(
    "text",
    [
        "see http://www.so-\nso.org/a for",
        "write to jane@new-\nhouse.org now",
        "write to jane-\ndoe@house.org now",
        "see new-\nhouse.org for",
    ],
)
def test_an_address_keeps_its_hyphen_and_is_asked_about(text: str) -> None:
    made = cleaned("en", text)
    assert made.blocks[0].text == text.replace("\n", "")
    assert [question.code for question in questions(made)] == ["HYP003"]


def test_a_book_that_likes_hyphens_keeps_them_at_line_ends() -> None:
    text = "in the foot-\nrace he"
    assert cleaned("en", text).blocks[0].text == "in the footrace he"
    habit = "a sea-side, a tea-cup, a fire-place, a school-room, a bed-side, a door-way, a sun-set"
    likes = cleaned("en", text, habit, "a boat-race, a horse-race, a foot-path, a foot-board")
    assert likes.blocks[0].text == "in the foot-race he"
    assert cleaned("en", text, "a seaside, a teacup, a footpath").blocks[0].text == (
        "in the footrace he"
    )


def test_not_more_is_asked_than_somebody_would_answer() -> None:
    doubtful = ["dairy-", "rope-", "goat-", "latch-", "supple-", "house-"]
    tails = ["maid", "maker", "skins", "string", "jack", "breaker"]
    text = " and a ".join(f"{a}\n{b}" for a, b in zip(doubtful, tails, strict=True))
    assert len(questions(cleaned("en", text))) == 3
    long = galley("the gov-\nernment fell\n" * 800 + text)
    known = knowledge("en", long.source.text)
    assert len(questions(clean(long, known))) == 4
    every = [known.settled[key] for key in known.settled]
    asked = [decision.doubt for decision, question in every if question]
    others = [decision.doubt for decision, question in every if not question]
    assert min(asked) >= max(max(others), DOUBTFUL)


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
    known = knowledge("ro")
    assert known.tongue is OTHER
    assert decide("gu", "-", "vern", known).verdict is Verdict.JOIN
    assert decide("al", "-", "bastru", known).verdict is Verdict.JOIN


def test_two_words_that_make_none_together_are_asked_about_in_portuguese() -> None:
    made = cleaned("pt", "um guarda-\nchuva preto")
    assert made.blocks[0].text == "um guarda-chuva preto"
    assert [finding.code for finding in questions(made)] == ["HYP003"]


def test_in_a_language_that_nobody_knows_only_what_is_certain_keeps_its_hyphen() -> None:
    text = "zor-\nbin Mar-\nTelan 12-\n14 fal-\ngar z-\nz tum-\ntum"
    made = cleaned("xx", text, "one fal-gar, two fal-gar")
    assert made.blocks[0].text == "zorbin Mar-Telan 12-14 fal-gar z-z tum-tum"
    assert not questions(made)


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


def test_a_prefix_keeps_its_hyphen_though_it_was_lost_once_elsewhere() -> None:
    made = cleaned("en", "for self-\nregard alone", "all selfregard is gone, ")
    assert "self-regard alone" in made.blocks[0].text
    twice = cleaned("en", "for self-\nregard alone", "all selfregard is gone, selfregard ")
    assert "selfregard alone" in twice.blocks[0].text


@pytest.mark.parametrize(
    ("left", "right", "sure"), [("1111", "quenched", False), ("11", "year", True)]
)
def test_ones_before_letters_may_be_letters_that_were_misread(
    left: str, right: str, sure: bool
) -> None:
    decision = decide(left, "-", right, knowledge("en", "nothing"))
    assert decision.verdict is Verdict.KEEP
    assert (decision.doubt < DOUBTFUL) is sure
