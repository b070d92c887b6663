"""What each language does with hyphens: small tables, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@dataclass(frozen=True)
class Tongue:
    """One language.  All words are casefolded.

    `compounds`: two words with a hyphen are written freely, so two words known apart that
    are not known together keep theirs; else a hyphen at a line end is the printer's.
    """

    compounds: bool = True
    # What may follow the hyphen of a word that goes without its second half: “mid- and”.
    suspends: frozenset[str] = frozenset()
    # Little words inside compounds of three parts and more: mother-in-law, arc-en-ciel.
    links: frozenset[str] = frozenset()
    # First parts that take a hyphen before any word; those before a whole word only.
    prefixes: frozenset[str] = frozenset()
    half_words: frozenset[str] = frozenset()
    # Tens before ones, and the two halves of a fraction or a direction.
    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    # What leans on the verb before it with a hyphen: dit-il, moi-même.
    clitics: frozenset[str] = frozenset()
    # Endings that tell forms of one word from another: whale-fisher, whale-fishers.
    endings: tuple[str, ...] = ("", "s")
    # The only words of two letters or less that are halves of compounds.
    short: frozenset[str] = frozenset()
    # Syllables that are also words, but never the first or second half of a compound.
    bound_heads: frozenset[str] = frozenset()
    bound_tails: frozenset[str] = frozenset()
    # Before an apostrophe, what belongs to the next word: l’en|ceinte, jusqu’à.
    elided: re.Pattern[str] | None = None
    elidable: frozenset[str] = frozenset()
    # Adjectives with a hyphen between them: náutico-militar, deutsch-französisch.
    first_adjective: re.Pattern[str] | None = None
    second_adjective: re.Pattern[str] | None = None
    # k-k stands for ck where a line ends: Zuk-ker, Zucker (until 1996).
    splits_ck: bool = False
    # The list of words has the compounds too: where it has both forms, the hyphen is meant.
    lists_compounds: bool = False


_ONES = "one two three four five six seven eight nine"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth"
_PARTS = "half halves third quarter quarters fourth fifth sixth seventh eighth ninth tenth"

ENGLISH = Tongue(
    suspends=_set("and or to nor but"),
    links=_set("in of to the a an and or on at by for o o’ de la le du up down out with my ye"),
    prefixes=_set("self non half quasi"),
    half_words=_set("ex all well ill ever mid vice arch pseudo semi anti pro post"),
    pairs=(
        (
            _set("twenty thirty forty fifty sixty seventy eighty ninety"),
            _set(f"{_ONES} {_ORDINALS} odd"),
        ),
        (
            _set(f"{_ONES} ten eleven twelve twenty"),
            _set(" ".join(f"{part} {part}s" for part in _PARTS.split()) + " hundredths twentieth"),
        ),
        (_set("north south"), _set("east west")),
    ),
    endings=(
        "", "s", "es", "’s", "'s", "ed", "d", "ing", "er", "ers", "ly", "ness", "ist", "ists", "ism"
    ),
    short=_set("by go in no so to up on my ox"),
    bound_heads=_set("un dis mis im ir il com con ob em en re de pro pre per sub par mal ben"),
    bound_tails=_set(
        "ly eth ism isms ist ists ness tion tions ment ments ing ings ed er ers est ity ous es al"
        " ful able ably ible ance ence ted ting ded ding ton ham ville burg shire ster ling"
    ),
)  # fmt: skip

SPANISH = Tongue(
    compounds=False,
    suspends=_set("y e o u"),
    half_words=_set("ex vice"),
    endings=("", "s", "es", "a", "as", "o", "os"),
    first_adjective=re.compile(r"\w{3,}o"),
    second_adjective=re.compile(r"\w{4,}(?:[oa]s?|al|ales|es|eses|esas?|ar|ares|iles?|il)"),
)

FRENCH = Tongue(
    suspends=_set("et ou"),
    links=_set("en de du des la le les à au aux et sur sous par d’ l’ un"),
    prefixes=_set("demi mi semi quasi non"),
    half_words=_set("ex vice sous après avant arrière contre grand grande haut haute bas basse"),
    pairs=(
        (
            _set("vingt trente quarante cinquante soixante quatre dix"),
            _set("un une deux trois quatre cinq six sept huit neuf dix onze douze vingt vingts")
            | _set("unième deuxième troisième quatrième cinquième sixième septième huitième"),
        ),
        (_set("nord sud"), _set("est ouest")),
    ),
    clitics=_set(
        "il ils elle elles on je tu nous vous ce moi toi lui leur y en t m là ci même mêmes le la"
        " les se soi"
    ),
    endings=("", "s", "x", "e", "es"),
    short=_set("au là un ex"),
    bound_heads=_set("re dé in im ir il con com pré en em par per sur des dis mal ac ad al ap at")
    | _set("mé res tres"),
    bound_tails=_set("ment ments tion tions rait raient ra rez ront rons té tés ble bles ré rent"),
    elided=re.compile(r"\A(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’']", re.IGNORECASE),
    elidable=_set("jusqu lorsqu puisqu quoiqu quelqu presqu"),
    lists_compounds=True,
)

GERMAN = Tongue(
    compounds=False,
    suspends=_set("und oder bis sowie bzw"),
    endings=("", "e", "en", "er", "es", "em", "n", "s"),
    first_adjective=re.compile(r"\w+(?:isch|lich)|deutsch|schwarz|rot|blau|weiß|grün"),
    second_adjective=re.compile(
        r"\w+(?:isch|lich)(?:e[nmrs]?)?|deutsch(?:e[nmrs]?)?|(?:weiß|rot|gold|grün)(?:e[nmrs]?)?"
    ),
    splits_ck=True,
)

# Others: by how common the words are, and nothing else.
OTHER = Tongue()

TONGUES = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH, "de": GERMAN}


def tongue(languages: Sequence[str]) -> Tongue:
    """The rules of the first of some languages (BCP 47 tags); English, when none is named."""
    return TONGUES.get(languages[0].split("-")[0].lower(), OTHER) if languages else ENGLISH
