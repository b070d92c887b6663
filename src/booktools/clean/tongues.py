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
    # Those of them that begin with a vowel, which no syllable does behind a consonant: dit-on.
    vowel_clitics: frozenset[str] = frozenset()
    # What leans on a verb that ends so: amá-lo, levaram-no.
    leaning: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = ()
    # What may lean on such a one in turn and is none itself: dar-se-á, dar-se-ia.
    behind_clitics: frozenset[str] = frozenset()
    # Little words that make no compounds of two parts; and the others of the commonest.
    apart: frozenset[str] = frozenset()
    besides: frozenset[str] = frozenset()
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
    # Nouns begin with a capital, and no capital stands within a word.
    noun_capitals: bool = False
    # k-k stands for ck where a line ends: Zuk-ker, Zucker (until 1996).
    splits_ck: bool = False
    # The list of words has the compounds too: where it has both forms, the hyphen is meant.
    lists_compounds: bool = False

    @property
    def little(self) -> frozenset[str]:
        """The commonest words, which stand in every sentence."""
        return self.apart | self.besides


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
    apart=_set(
        "a to the of and that was with for had is are were have has which from but this his her"
        " their your our my its would could should they we you as if or nor then than them him"
        " these those there been such"
    ),
    besides=_set("in on at by not be so he she no all one out up into"),
    endings=(
        "", "s", "es", "’s", "'s", "ed", "d", "ing", "er", "ers", "ly", "ness", "ist", "ists", "ism"
    ),
    short=_set("by go in no so to up on my ox"),
    bound_heads=_set("un dis mis im ir il com con ob em en re de pro pre per sub par mal ben"),
    bound_tails=_set(
        "ly eth ism isms ist ists ness tion tions ment ments ing ings ed er ers est ity ous es al"
        " ful fully fulness less lessly lessness able ably ible ance ence ted ting ded ding"
        " ton ham ville burg shire ster ling"
    ),
)  # fmt: skip

SPANISH = Tongue(
    compounds=False,
    suspends=_set("y e o u"),
    half_words=_set("ex vice"),
    apart=_set(
        "el la los las un una unos unas de del al y e o u que en con por para sin su sus mi mis"
        " se le les lo me te nos no ni como más pero si a era había fue"
    ),
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
    vowel_clitics=_set("il ils elle elles on"),
    apart=_set("et que qui dans pour avec des du un une mais ne pas son sa ses était avait"),
    endings=("", "s", "x", "e", "es"),
    short=_set("au là un ex"),
    bound_heads=_set("re dé in im ir il con com pré en em par per sur des dis mal ac ad al ap at")
    | _set("mé res tres"),
    bound_tails=_set("ment ments tion tions rait raient ra rez ront rons té tés ble bles ré rent"),
    elided=re.compile(r"\A(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’']", re.IGNORECASE),
    elidable=_set("jusqu lorsqu puisqu quoiqu quelqu presqu"),
    lists_compounds=True,
)

_GERMAN_ADJECTIVE = r"(?:e[nmrs]?)?"

GERMAN = Tongue(
    compounds=False,
    apart=_set("der die das den dem des und ein eine einen einem einer ist war hat hatte nicht"),
    suspends=_set("und oder bis sowie bzw noch wie u"),
    links=_set("à la und in an auf"),
    endings=("", "e", "en", "er", "es", "em", "n", "s"),
    first_adjective=re.compile(
        r"\w{3,}(?:isch|lich|(?<![zß])ig)|deutsch|schwarz|rot|blau|weiß|grün|gelb"
    ),
    second_adjective=re.compile(
        rf"(?:\w{{2,}}(?:isch|lich|ig|sam|bar|haft|ern)|\w*(?:deutsch|weiß|rot|gold|grün|blau|gelb"
        rf"|braun|schwarz)|\w{{3,}}(?:eckig|artig|förmig|sauer|saur)){_GERMAN_ADJECTIVE}"
    ),
    noun_capitals=True,
    splits_ck=True,
)

# Two nouns, or a verb and a noun, take a hyphen: couve-flor, guarda-chuva.
PORTUGUESE = Tongue(
    suspends=_set("e ou"),
    half_words=_set("ex vice recém além aquém pós pré pró"),
    pairs=(
        (_set("segunda terça quarta quinta sexta"), _set("feira")),
        (_set("segundas terças quartas quintas sextas"), _set("feiras")),
    ),
    clitics=_set("me te se nos vos lhe lhes lo la los las lho lha lhos lhas o a os as"),
    leaning=(
        (
            _set("me te se nos vos lhe lhes"),
            re.compile(r"\w+(?:[aeiáéêíô]r|[aeé]m|[aeio]ndo|[aeio]u|[aeo]i|i?z|mo|sse|[aeoáéê])|i?a"),
        ),
        (_set("lo la los las"), re.compile(r"\w+[áéêíóôi]")),
        (_set("no na nos nas"), re.compile(r"\w*(?:[aeiou]m|[ãõ][eo])")),
        (_set("os as lho lha lhos lhas mo"), re.compile(r"\w+(?:[aeio]ndo|ia|ava|[aeo]u|am)")),
    ),
    behind_clitics=_set("á ás ão emos ei eis ia ias iam íamos íeis hei has ha hemos heis hão"),
    endings=("", "s", "es", "a", "as", "o", "os"),
    first_adjective=re.compile(r"\w{3,}o"),
    second_adjective=re.compile(r"\w{4,}(?:[oa]s?|al|ais|ês|esas?|eses|ar|ares|il|is|eis)"),
)  # fmt: skip

ITALIAN = Tongue(
    compounds=False,
    suspends=_set("e ed o"),
    half_words=_set("ex vice"),
    endings=("", "a", "e", "i", "o"),
    elided=re.compile(r"\A\w*[cdglnrtsv][’']", re.IGNORECASE),
    first_adjective=re.compile(r"\w{3,}o"),
    second_adjective=re.compile(r"\w{2,}(?:c[aio]|ch[ei]|n[aeio]|iv[aeio]|al[ei]|es[ei])"),
)

# They write compounds in one word.
DUTCH = Tongue(
    compounds=False,
    suspends=_set("en of tot noch"),
    half_words=_set("ex oud niet"),
    endings=("", "e", "en", "s", "n"),
)
# Two adjectives take one: svensk-norsk, dansk-tysk.
_NORTHERN = re.compile(r"\w{2,}sk"), re.compile(r"\w{2,}sk[aet]?")
SWEDISH = Tongue(
    compounds=False,
    suspends=_set("och eller samt till"),
    endings=("", "s", "n", "t"),
    first_adjective=_NORTHERN[0],
    second_adjective=_NORTHERN[1],
)
DANISH = Tongue(
    compounds=False,
    suspends=_set("og eller samt til"),
    endings=("", "s", "n", "t"),
    first_adjective=_NORTHERN[0],
    second_adjective=_NORTHERN[1],
)

POLISH = Tongue(
    compounds=False,
    suspends=_set("i lub oraz albo czy"),
    half_words=_set("eks"),
    first_adjective=re.compile(r"\w{3,}o"),
    second_adjective=re.compile(r"\w{3,}(?:[yi]|[ai]|i?e|i?ego|i?emu|i?ej|ą|[yi]ch|[yi]m|[yi]mi)"),
    endings=("", "a", "u", "y", "i", "e", "ę", "ą", "em", "om", "ami", "ach"),
)

# Others: by how common the words are, and nothing else.
OTHER = Tongue(compounds=False)

TONGUES = {
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "de": GERMAN,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "nl": DUTCH,
    "sv": SWEDISH,
    "da": DANISH,
    "nb": DANISH,
    "no": DANISH,
    "pl": POLISH,
}


def tongue(languages: Sequence[str]) -> Tongue:
    """The rules of the first of some languages (BCP 47 tags); English, when none is named."""
    return TONGUES.get(languages[0].split("-")[0].lower(), OTHER) if languages else ENGLISH
