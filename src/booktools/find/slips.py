"""Little words that are written for one another, doubled or forgotten: fixed patterns.

Each is a mistake that people make and pages are misread in; where the pattern is right
English, the rule is silent.  English only, but for the doubled word.
"""

from __future__ import annotations

from collections.abc import Iterator

from booktools.find.reading import Reading
from booktools.find.rule import Doubt, like
from booktools.find.words import Word, set_of

# Words that no noun phrase begins behind “an”, and few do behind “a”.
_NO_NOUN = set_of(
    "the a an and as at but by for from he her him his i in is it its me my not of on or our she so"
    " that their them then there these they this those to was we were when where which who will"
    " with would you your had has have did do does if into no yet"
)
_BEHIND_TO = set_of(
    "the a an his my your their our its this that these those him me us them it be do go see make"
    " get give say tell come find keep let put think which whom whose her have take"
)
_OFF_GOES = set_of(
    "took take takes taken taking cut cuts cutting went go goes going gone get got getting put puts"
    " putting set sets setting run ran running keep kept carry carried carrying come came pull"
    " pulled throw threw break broke broken broken drive drove driven start started send sent far"
    " better well badly tear tore torn fall fell right straight be is was were are been let ward"
    " kill killed shake shook drop dropped pass passed pay paid hold held lay laid turn turned"
    " draw drew drawn beat write wrote hands head hurry hurried rush rushed march marched walk"
    " walked ride rode call called fall blow blew stand stood move moved ease gave give bite bit"
    " brush brushed wash washed leave left show showed live lived eat ate miles yards day knock"
    " knocked push pushed strip stripped step stepped jump jumped tip dust shave scare and mile"
    " yard inch feet foot cast casts hair strike"
    " struck chop chopped peel peeled bring brought"
)
_SUBJECTS = set_of("they we you who which that these those")
# Behind these stands “the” with its noun sooner than “them” and what is done to them.
_BEFORE_THE = set_of(
    "and or but called is was are were in at into when as if where than then under upon on through"
    " that of from by while because until since over against among"
)
_TWICE = set_of(
    "had that her is no very so ha far many well yes oh ah ho now there long never hush dear"
    " my up down round over again ever more old good poor tut tick bye knock there who why"
    " please hear go on by and-so la le pooh chop ding dong you nous vous sehr die der das"
)
_AN = ("hour", "honest", "honour", "honor", "heir", "herb", "unto")
_LIKE_Y = ("uni", "us", "eu", "one", "once", "ut", "ura", "ubi", "uk", "ew")


def doubled_words(reading: Reading) -> Iterator[Doubt]:
    """The same word twice.

    Silent between sentences and with a comma between; words that are often said twice, and
    names, count for little.

    Bad: He went to the the house.
    Good: He went to the house.
    Keep: “No, no!” he said. What he had had was gone.
    Keep: Boutros Boutros Ghali, a long, long way.
    """
    words = reading.words
    for index in range(1, len(words)):
        one, two = words[index - 1], words[index]
        if one.lower != two.lower or two.glue.strip() or not one.plain or two.opens:
            continue
        if len(one.form) == 1 and one.lower not in ("a", "i"):
            continue
        name = two.form[:1].isupper()
        rare = reading.counts.pairs[one.lower, two.lower] > 2
        score = 0.15 if one.lower in _TWICE or rare else 0.2 if name else 0.93
        if index > 1 and words[index - 2].lower == two.lower:
            score = 0.1
        yield Doubt(
            one.start, two.end, (one.form,), score, f"{one.lower} twice", f"“{one.form}” twice"
        )


def _neighbours(reading: Reading, index: int) -> tuple[Word | None, Word | None]:
    """The words before and behind one with nothing but a blank between."""
    words = reading.words
    before = words[index - 1] if index and words[index].glue == " " else None
    after = words[index + 1] if index + 1 < len(words) and words[index + 1].glue == " " else None
    return before, after


def _english(reading: Reading, forms: str) -> Iterator[tuple[Word, Word | None, Word | None]]:
    if reading.language.base != "en":
        return
    wanted = forms.split()
    for index, word in enumerate(reading.words):
        if word.lower in wanted and (not word.form.isupper() or len(word.form) == 1):
            yield word, *_neighbours(reading, index)


def _doubt(
    reading: Reading, word: Word, meant: tuple[str, ...], score: float, evidence: str
) -> Doubt:
    readings = tuple(like(word.form, one, reading) for one in meant)
    return Doubt(word.start, word.end, readings, score, f"{word.lower} for {meant[0]}", evidence)


def articles(reading: Reading) -> Iterator[Doubt]:
    """“an” where no vowel follows, most often for “and”; “a” where one does.

    The sound counts, not the letter; “an” before h is an old habit.

    Bad: They sold the farm, an they moved away.
    Good: They sold the farm, and they moved away.
    Bad: It was a old house.
    Good: It was an old house.
    Keep: An honest man, an historian, a useful one and a unit in a European army.
    Keep: He was goin’ up an’ down.
    """
    for word, _, after in _english(reading, "a an"):
        if after is None or not after.plain or len(after.form) < 2:
            continue
        low = after.lower
        said = f"“{word.form}” before “{after.form}”"
        if word.lower == "an" and low in _NO_NOUN:
            yield _doubt(reading, word, ("and", "a", "in"), 0.88, said)
        elif word.lower == "an":
            if not vowel(low) and low[0] not in "hu" and not low.startswith(_LIKE_Y):
                known = reading.knows(after.form)
                yield _doubt(reading, word, ("and", "a"), 0.7 if known else 0.3, said)
        elif low not in _NO_NOUN and vowel(low) and low == after.form and reading.knows(low):
            yield _doubt(reading, word, ("an",), 0.45, said)


def vowel(low: str) -> bool:
    """Whether a word begins with the sound of a vowel."""
    return low.startswith(_AN) or (low[0] in "aeiou" and not low.startswith(_LIKE_Y))


def too_for_to(reading: Reading) -> Iterator[Doubt]:
    """“too” before an article, a pronoun or a plain verb, for “to”.

    Bad: He gave it too the king.
    Good: He gave it to the king.
    Keep: He was too big. She, too, the eldest of them, went.
    """
    for word, before, after in _english(reading, "too"):
        if after is None or before is None or word.opens:
            continue
        low = after.lower
        if low in _BEHIND_TO:
            score = 0.85 if before.lower not in ("me", "you", "him", "it", "this", "that") else 0.5
            yield _doubt(reading, word, ("to",), score, f"“too” before “{after.form}”")
        elif after.form[:1].isupper() and not before.form[:1].isupper():
            yield _doubt(reading, word, ("to",), 0.6, f"“too” before the name “{after.form}”")


def off_for_of(reading: Reading) -> Iterator[Doubt]:
    """“off” behind a noun and before its owner, for “of”.

    Bad: Any body off men may do it. It was a kind off box.
    Good: Any body of men may do it. It was a kind of box.
    Keep: He took off his hat, and cut off the end; a mile off the coast.
    """
    model = reading.model
    for word, before, after in _english(reading, "off"):
        if after is None or before is None or not before.plain:
            continue
        left = before.lower
        if left in _OFF_GOES or left.endswith(("ed", "ing")):
            continue
        gain = model.kinds.lift(left, "of") / model.kinds.lift(left, "off")
        gain *= model.kinds.lift("of", after.lower) / model.kinds.lift("off", after.lower)
        if model.goes(left, "off") and not model.listed(left, "of"):
            continue
        if gain > _CLEAR:
            # What “off” often stands before may be taken off a thing: the lid off the pot.
            score = 0.45 if model.listed("off", after.lower) else 0.8
            yield _doubt(reading, word, ("of",), score, f"“{before.form} off {after.form}”")


_CLEAR = 8.0


def them_for_the(reading: Reading) -> Iterator[Doubt]:
    """“them” before a noun, for “the”.

    It is dialect, too: where the book says so oftener, it is kept.

    Bad: As to what is called them convention, it met.
    Good: As to what is called the convention, it met.
    Keep: He gave them apples, and told them everything. I saw them go.
    Keep: One of them lives there yet.
    """
    model = reading.model
    kinds = model.kinds
    for word, before, after in _english(reading, "them"):
        if after is None or not after.form.islower() or not after.plain:
            continue
        low = after.lower
        if model.listed("them", low) or not model.listed("the", low) or low in _NO_NOUN:
            continue
        if before is not None and (before.lower not in _BEFORE_THE or before.form == "of"):
            continue  # “some of them” ends what it stands in, “Of them …” may begin anything
        if kinds.lift("the", low) > 2 * _CLEAR * kinds.lift("them", low):
            yield _doubt(reading, word, ("the",), 0.5, f"“them” before “{after.form}”")


def where_for_were(reading: Reading) -> Iterator[Doubt]:
    """“where” behind its subject and before a participle, for “were”.

    Bad: They, my brothers, sat still; we where eaten up.
    Good: They, my brothers, sat still; we were eaten up.
    Keep: They asked where he was. The place where they slept.
    """
    kinds = reading.model.kinds
    for word, before, after in _english(reading, "where"):
        if after is None or before is None:
            continue
        kind = kinds.of(after.lower)
        subject = before.lower in _SUBJECTS or kinds.of(before.lower) == "?s"
        verb = kind in ("?ed", "?ing") or after.lower in ("not", "to", "all", "being", "eaten")
        if subject and verb and after.lower not in _NO_NOUN - {"not", "to"}:
            yield _doubt(reading, word, ("were",), 0.7, f"“{before.form} where {after.form}”")
