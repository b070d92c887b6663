"""Spelling: words that no list has."""

from __future__ import annotations

import math
from collections.abc import Iterator

from booktools.find import weights
from booktools.find.doubt import Candidate, candidates, chance, features
from booktools.find.reading import Reading
from booktools.find.rule import Doubt, like, times
from booktools.find.words import Word, set_of

LEAST = 0.1  # what is less likely an error is not worth a line
_BLANK = 5.0  # cost of a blank put into a word
_ACRONYM = 8  # letters and hyphens
_SHOUTED = 3  # of the six words round it in capitals, and it is a line of capitals
_FRAGMENT = 4.2  # on the Zipf scale: a commoner word is hardly a piece of one
_SPLIT = 4.2  # cost of a blank that was lost
_SHORT = set_of("a i o an as at be by do go he if in is it me my no of on or so to up us we")


def meant(reading: Reading, index: int) -> list[Candidate]:
    """What may be meant by the unknown word at a place, the likeliest first."""
    word = reading.words[index]
    form, tail = word.lower, ""
    if form.endswith("'s") and reading.language.base == "en":
        form, tail = form[:-2], "'s"
    near = reading.vocabulary.near(form, reading.channel)
    kin = reading.kin(word.lower)
    costs = {w + tail: cost for w, cost in near.items() if not (kin and _own_kin(reading, form, w))}
    if not tail:
        costs.update(apart(reading, form))
    return candidates(reading, index, costs)


def _own_kin(reading: Reading, form: str, word: str) -> bool:
    """Whether a candidate is but another form of the same word that no list has."""
    return word not in reading.lowers and (word.startswith(form) or form.startswith(word))


def apart(reading: Reading, form: str) -> dict[str, float]:
    """The two words that a form may be with a blank lost between them."""
    found: dict[str, float] = {}
    for at in range(1, len(form)):
        first, second = form[:at], form[at:]
        if all(_stands_alone(reading, part) for part in (first, second)):
            found[f"{first} {second}"] = _SPLIT
    return found


def _stands_alone(reading: Reading, part: str) -> bool:
    if len(part) < 3:
        return (reading.language.base != "en" and part in reading.lowers) or part in _SHORT
    return part in reading.lowers and reading.language.zipf.get(part, 0.0) >= 2.5


def unknown_words(reading: Reading) -> Iterator[Doubt]:
    """A word that no list has: neither the dictionary, nor the book's good words.

    It is the more doubtful the nearer a common word stands that fits the place, by letters
    that pages are misread in (rn for m, c for e, 1 for l), keys side by side, letters
    swapped, doubled or left out; the less, the oftener it stands in the book, and where it is
    a name, is built like a word, or stands among words of another language.
    Two words with the blank lost between them are rule SPL002.

    Bad: The rnorning was cold.
    Good: The morning was cold.
    Bad: They beleive him.
    Good: They believe him.
    Keep: The hobbits slept. Hobbits like to sleep, and these hobbits slept.
    Keep: Old Grimsby laughed; Grimsby always laughed.
    """
    for index, best in asked(reading):
        score = chance(features(reading, index, best), weights.UNKNOWN)
        if score >= LEAST:
            yield said(reading, index, best, score)


def said(reading: Reading, index: int, best: list[Candidate], score: float) -> Doubt:
    """What is said of the unknown word at a place."""
    word = reading.words[index]
    readings = tuple(like(word.form, c.word, reading) for c in best)
    joined = bool(best) and " " in best[0].word
    return Doubt(
        word.start,
        word.end,
        readings,
        score,
        word.lower,
        _evidence(reading, word, readings, joined),
        "SPL002" if joined else "SPL001",
    )


def asked(reading: Reading) -> Iterator[tuple[int, list[Candidate]]]:
    """The places of the words that no list has, and what may be meant there."""
    for index, word in enumerate(reading.words):
        if reading.unknown[index] and word.plain and not acronym(reading, index):
            yield index, meant(reading, index)


def acronym(reading: Reading, index: int) -> bool:
    """Whether a word looks like an abbreviation in capitals among small letters."""
    form = reading.words[index].form.removesuffix("'s").removesuffix("s")
    if not form.isupper() or len(form) > _ACRONYM or "'" in form:
        return False
    near = reading.words[max(0, index - 3) : index] + reading.words[index + 1 : index + 4]
    return sum(one.form.isupper() and len(one.form) > 1 for one in near) < _SHOUTED


def _evidence(reading: Reading, word: Word, readings: tuple[str, ...], joined: bool) -> str:
    count = reading.counts.lowers[word.lower]
    here = "stands nowhere else" if count < 2 else f"stands {times(count)} here"
    said = f"“{word.form}” is in no list of words and {here}"
    if not readings:
        return said
    if joined:
        return f"{said}; “{readings[0]}” are two words"
    other = reading.counts.lowers[readings[0].lower().replace("’", "'")]
    return f"{said}; “{readings[0]}” " + (
        f"stands {times(other)}" if other else "is a word that is near"
    )


def run_together(reading: Reading) -> Iterator[Doubt]:
    """Two words with the blank lost between them.

    Found together with the words that no list has (SPL001).

    Bad: He sat inthe garden.
    Good: He sat in the garden.
    Keep: He sat in the schoolroom.
    """
    return iter(())


def cut_in_two(reading: Reading) -> Iterator[Doubt]:
    """A word with a blank in it: two pieces of which one at least is no word, and that are
    one together; or two words that hardly stand side by side and are a commoner one together.

    Bad: The conduc tor waved.
    Good: The conductor waved.
    Keep: He had been in the army, and to day was to be his last.
    Keep: They may be late.
    """
    words, model = reading.words, reading.model
    zipf = reading.language.zipf
    for index in range(1, len(words)):
        one, two = words[index - 1], words[index]
        if two.glue != " " or not (one.plain and two.plain) or "-" in one.form + two.form:
            continue
        if not two.form.islower() or len(one.form) + len(two.form) < 4:
            continue
        whole = one.lower + two.lower
        if whole not in reading.lowers and reading.counts.lowers[whole] < 2:
            continue
        strange = reading.unknown[index - 1] + reading.unknown[index]
        share = math.log(model.share(whole))
        apart = math.log(model.share(one.lower, 1)) + math.log(model.pair(one.lower, two.lower, 1))
        gain = share - apart - _BLANK
        fragment = min(zipf.get(one.lower, 0.0), zipf.get(two.lower, 0.0))
        if strange:
            score = 1 / (1 + math.exp(-(gain + 2.0) / 2))
        elif fragment < _FRAGMENT and not model.goes(one.lower, two.lower):
            score = 0.9 / (1 + math.exp(-(gain - 3.0) / 2))
        else:
            continue
        if score >= LEAST:
            meant_ = one.form + two.form
            yield Doubt(
                one.start,
                two.end,
                (meant_,),
                score,
                f"{one.lower} {two.lower}",
                f"“{one.form}” and “{two.form}” are one word together, “{meant_}”",
            )
