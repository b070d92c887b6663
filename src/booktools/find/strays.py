"""What a page leaves among words that are right: hyphens, capitals, letters and digits astray."""

from __future__ import annotations

from collections.abc import Iterator

from booktools.find.reading import Reading
from booktools.find.rule import Doubt
from booktools.find.tongues import LITTLE
from booktools.find.words import Word, set_of

# Articles, prepositions, pronouns and their like, which no compound of two words has.
_NO_COMPOUND = {
    "en": set_of(
        "the a an and but or of to is was are were be been had has have his her my our their your"
        " its he it they we you this that these those with from for as than not at some such if"
        " which when what who where would could should may might must into upon then there so in"
        " on will shall did does do by before because while though very only any no"
    ),
    "es": LITTLE["es"] | set_of("en es al lo se le la con sin por muy mi tu su si ya sobre"),
    "de": LITTLE["de"] | set_of("des einer einem eines einen als wie aus bei nach aber wenn"),
    "fr": set_of("les des du une un et est que qui dans pour au aux pas il ne sur se par avec"
                 " elle mais son leur cette été ont avait était plus ces ses sont comme si"),
}  # fmt: skip
# Nor do these that compounds begin or end with: passer-by, by-law, for-ever, a-hunting.
_COMPOUNDED = {
    "en": set_of("would-be has-been might-have to-do so-so not-self no-one in-law for-ever on-to"
                 " in-to so-called so-and only-begotten"),
}  # fmt: skip
_AT_THE_END = {"en": set_of("by in on to up off out at for no any may will do so")}
_AT_THE_START = {"en": set_of("a by in on to for no not it she he so very any before then would"
                              " will may well all we you who")}  # fmt: skip
_FRENCH_BEHIND = set_of(
    "il elle on ils elles je tu nous vous ce là ci le la les moi toi lui leur y en"
)
# Specks in blanks come with specks in words: a clean text has hyphens of its own.
_SURE, _MAYBE, _HARDLY, _CLEAN = 0.85, 0.45, 0.3, -2.2
_PARTS = 2


def hyphens_for_blanks(reading: Reading) -> Iterator[Doubt]:
    """A hyphen between two words that make no compound: a speck in the blank.

    One of the two is an article, a preposition or the like, and the form stands nowhere else.

    Bad: He went to the-house with them.
    Good: He went to the house with them.
    Keep: A man-of-war, a would-be king, a passer-by, and the well-to-do went a-hunting to-day.
    """
    base = reading.language.base
    little = _NO_COMPOUND.get(base)
    if little is None:
        return
    unsure = _MAYBE if reading.noise > _CLEAN else _HARDLY
    for word in reading.words:
        if "-" not in word.form or not word.plain:
            continue
        parts = word.lower.split("-")
        if len(parts) != _PARTS or not all(parts) or little.isdisjoint(parts):
            continue
        if reading.counts.lowers[word.lower] > 1 or word.form in reading.good:
            continue
        if _compound(reading, word.lower, parts[0], parts[1]):
            continue
        sure = all(map(reading.knows, parts)) and _free(base, parts[0], parts[1], little)
        apart = word.form.replace("-", " ")
        yield Doubt(
            word.start,
            word.end,
            (apart,),
            _SURE if sure else unsure,
            "hyphen for a blank",
            f"“{apart}” are words that make no compound, and “{word.form}” stands nowhere else",
        )


def _compound(reading: Reading, low: str, first: str, second: str) -> bool:
    base = reading.language.base
    if low in reading.language.words or low.replace("-", "") in reading.lowers:
        return True
    if low in _COMPOUNDED.get(base, ()):
        return True
    if base == "en":
        return first in ("he", "she") or (first == "a" and second.endswith(("ing", "in")))
    return base == "fr" and (second in _FRENCH_BEHIND or first in ("là", "au", "non", "quasi"))


def _free(base: str, first: str, second: str, little: frozenset[str]) -> bool:
    """Whether the little word stands where no compound has it."""
    at_start, at_end = _AT_THE_START.get(base, ()), _AT_THE_END.get(base, ())
    return (first in little and (first not in at_start or second in little)) or (
        second in little and second not in at_end
    )


# Little words that no title inside a sentence begins with where a small letter follows.
_LITTLE = {
    "en": set_of(
        "and are as at be but by can did do for from had has have he her his how if in into is it"
        " its must my no nor not of on or our said shall she should so some such than that the"
        " their them then there these they this those though to upon was we were what when where"
        " whether which while who whom whose why with would your"
    ),
    "fr": set_of(
        "le la les un une des du de et est que qui dans pour au aux ce pas il ne sur se par avec"
        " elle mais son sa ses leur cette comme où si en à"
    ),
    "es": set_of(
        "el la los las un una y de del que en con por para se su sus no como más pero le lo al es"
        " cuyo cuya"
    ),
}  # fmt: skip
# Letters whose capitals differ from them in size only.
_ONE_SHAPE = "ckopsuvwxz"


def capitals_inside(reading: Reading) -> Iterator[Doubt]:
    """A little word with a capital between small letters, where no sentence begins.

    Only letters whose capitals have the same shape are asked about, for pages are misread so;
    in a book where other little words have capitals as often they begin lines of verse.

    Bad: He said that they Were part of it.
    Good: He said that they were part of it.
    Keep: He had read The Book of the Moon. He said: What. “So,” he said. Ask Will about it.
    Keep: They moved Where the day goes And the night comes In the dark.
    """
    little = _LITTLE.get(reading.language.base, frozenset())
    found = [word for word in _inside(reading) if word.lower in little]
    alike = [word for word in found if word.lower[0] in _ONE_SHAPE]
    if 2 * len(alike) < len(found):
        return
    for word in alike:
        yield Doubt(
            word.start,
            word.end,
            (word.lower,),
            0.7,
            "capital inside a sentence",
            f"“{word.form}” has a capital where no sentence begins",
        )


def _inside(reading: Reading) -> Iterator[Word]:
    """The words with a capital and nothing but small letters round them."""
    words = reading.words
    for index in range(1, len(words) - 1):
        word = words[index]
        if word.opens or not word.form[0].isupper() or not word.form[1:].islower():
            continue
        before, after = words[index - 1], words[index + 1]
        if word.glue == " " and after.glue == " " and _small(before) and _small(after):
            yield word


def _small(word: Word) -> bool:
    return word.form.islower() and len(word.form) > 1 and word.plain
