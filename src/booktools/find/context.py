"""Words that are spelled as some word, but hardly as the one that is meant there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from booktools.find import weights
from booktools.find.doubt import Candidate, candidates, chance, fit
from booktools.find.reading import Reading
from booktools.find.rule import Doubt, like
from booktools.find.shapes import ROMAN
from booktools.find.words import Word, set_of

LEAST = 0.12
_HOPELESS = -4.0  # what fits so much worse is not meant
_COST = 8.0
_PAIR = 2.4
_EVERYDAY = 3e-5  # the share of a common word, of all words
_FITS = 0.3
_LONG = 8  # letters: a slip hardly makes one longer word of another, endings apart
_MANY = 9  # words that one may stand for
# Words of older books that today's lists of pairs know too little about.
_OLD = set_of(
    "o oh lo ho ha thy thee thou ye yon fro ere hath wast shalt wilt dost doth hast art ah nay yea"
    " aye tis unto lest loth maw ewer bade whence thence hither thither oho amid wan shew shewn"
    " shewed sate spake bare durst mme mlle messrs"
)
# Words that lead on to another: no mark stands behind them.
_LEADING = set_of("a an the to of my your his their our its and from with at into than every")


def confusable(reading: Reading, low: str) -> Mapping[str, float]:
    """The words that a known small form may stand for by mistake, with the costs."""
    if low not in reading.confusions:
        zipf = reading.language.zipf
        slips = reading.vocabulary.slips(low, reading.channel, reading.meant)
        found = {
            word: min(cost, _PAIR) if (low, word) in PAIRS else cost
            for word, cost in slips.items()
            if cost < _COST
        }
        likely = sorted(found, key=lambda word: (found[word] - 2.3 * zipf.get(word, 0.0), word))
        reading.confusions[low] = {word: found[word] for word in likely[:_MANY]}
    return reading.confusions[low]


def beside(reading: Reading, index: int) -> tuple[str, str]:
    """The small forms before and behind a word that say something about it.

    "" where a mark stands between, or an unknown word, which goes with none.
    """
    before, after = reading.around(index)
    if before and (reading.words[index].glue.strip() or reading.unknown[index - 1]):
        before = ""
    if after and (reading.words[index + 1].glue.strip() or reading.unknown[index + 1]):
        after = ""
    return before, after


def at_home(reading: Reading, index: int) -> bool:
    """Whether there is nothing to ask of a word.

    An everyday word stands between kinds of words that it goes with, or any word goes well with
    both its neighbours.
    """
    before, after = beside(reading, index)
    low = reading.words[index].lower
    model = reading.model
    if model.large(low) > _EVERYDAY:
        kinds = model.kinds
        goes = not before or kinds.lift(before, low) > _FITS
        if goes and (not after or kinds.lift(low, after) > _FITS):
            return True
    if before and not model.goes(before, low):
        return False
    if after and not model.goes(low, after):
        return False
    return bool(before or after)


def instead(reading: Reading, index: int) -> list[Candidate]:
    """What may be meant instead of the known word at a place, the likeliest first."""
    low = reading.words[index].lower
    if low in _OLD or at_home(reading, index):
        return []
    found = candidates(reading, index, confusable(reading, low))
    if stopped(reading, index):
        found = [one for one in found if one.word not in _LEADING]
    return found


def stopped(reading: Reading, index: int) -> bool:
    """Whether a mark, or nothing at all, stands behind a word."""
    behind = index + 1
    return behind == len(reading.words) or reading.words[behind].glue.strip() != ""


def features(reading: Reading, index: int, best: list[Candidate]) -> dict[str, float]:
    """What speaks for another word than the known one at a place, and what against it."""
    word = reading.words[index]
    low = word.lower
    before, after = beside(reading, index)
    model = reading.model
    zipf = reading.language.zipf
    own = fit(reading, low, before, after, less=1)
    first = best[0]
    second = best[1].total if len(best) > 1 else first.total - 5
    counts = reading.counts
    both = bool(before) + bool(after)
    seen_before = (before and counts.pairs[before, first.word]) or 0
    seen_after = (after and counts.pairs[first.word, after]) or 0
    listed = model.listed
    gain = max(min(first.total - own, 15.0), -15.0)
    return {
        "one": 1.0,
        "gain": gain,
        "gain2": max(gain, 0.0) ** 2 / 10,
        "gain_cost": gain * first.cost / 5,
        "gain_noise": gain * (reading.noise + 3),
        "rare": max(0.0, 3.5 - zipf.get(low, 0.0)),
        "cost": first.cost,
        "lead": min(first.total - second, 8.0),
        "sides": float(both),
        "zipf": zipf.get(low, 0.0),
        "zipf_meant": zipf.get(first.word, 0.0),
        "often": math.log(max(counts.lowers[low], 1)),
        "often_meant": math.log(1 + counts.lowers[first.word]),
        "seen": math.log(1 + seen_before) + math.log(1 + seen_after),
        "listed_meant": float(bool(before) and listed(before, first.word))
        + float(bool(after) and listed(first.word, after)),
        "listed_own": float(bool(before) and listed(before, low))
        + float(bool(after) and listed(low, after)),
        "own_pairs": float(bool(before) and counts.pairs[before, low] > 1)
        + float(bool(after) and counts.pairs[low, after] > 1),
        "capital": float(word.form[:1].isupper() and not word.opens),
        "first": float(word.opens),
        "length": float(min(len(low), 10)),
        "inflected": float(_inflected(low, first.word)),
        "shape": float(first.cost < 4),
        "lift_own": _lift(reading, before, low, after),
        "lift_meant": _lift(reading, before, first.word, after),
        "pair": float((low, first.word) in PAIRS),
        "noise": reading.noise,
        "unknown_near": reading.unknown_near(index),
        "foreign": reading.foreign(index),
    }


def _lift(reading: Reading, before: str, word: str, after: str) -> float:
    """How well a word's kind goes with its neighbours, as a logarithm."""
    kinds = reading.model.kinds
    found = 0.0
    if before:
        found += math.log(kinds.lift(before, word))
    if after:
        found += math.log(kinds.lift(word, after))
    return max(-6.0, min(4.0, found))


def _pairs(table: str) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for group in table.split("|"):
        words = group.split()
        found.update((one, two) for one in words for two in words if one != two)
    return frozenset(found)


# Words that people write for one another, and words that pages are misread as.
PAIRS = _pairs(
    "an and|of off|to too two|the them then they thy|at as|in on is it|were where we're|here her"
    " hear|form from|than then|there their they're|has was his|quiet quite|though through thought"
    "|now know|lose loose|our out or are|this his|he the be she|its it's|your you're you|who's"
    " whose|accept except|affect effect|advice advise|weather whether|passed past|lead led|breath"
    " breathe|women woman|for or of|if of it|that than|had bad has|arid and|hut but bat|bear hear"
    "|ail all|tire fire|lie he|tho the tile|modem modern|cur our|ray my|yon you|clay day|lay day"
    "|ham barn|come conic|tiling thing|tum turn|bum burn|dose close|cat eat|ease case|oar ear|ear"
    " car|born horn|comer corner|hack back|hand band|head bead|lock look|kind bind|tight fight|mid"
    " and|ha he ho|wag was way|bo be so|ho he|vert very|be by he|me one|wee were we|off oft|sen"
    " seen|lo to|ii it|ho to|coining coming|stem stern|docs does|fail fall|tip up|lias has|lie the"
)
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "r", "ly", "y", "e", "n", "t", "a", "o", "as", "os")


def _inflected(one: str, two: str) -> bool:
    """Whether two words are forms of one: they differ by an ending."""
    short, long = sorted((one, two), key=len)
    return long.startswith(short) and long[len(short) :] in _ENDINGS and len(short) > 2


def unfitting_words(reading: Reading) -> Iterator[Doubt]:
    """A word that is spelled as some word, but that another one would fit much better.

    Only words that one slip makes of one another are compared, by how often each stands
    beside these neighbours in print and in this book, and by what kinds of words stand there.
    What stands beyond a mark is no neighbour, and a name inside a sentence is not asked about.
    Such a finding is a question more often than an error.

    Bad: It was ail over, and they knew it.
    Good: It was all over, and they knew it.
    Keep: She gave him a ewer of water.
    Keep: The rocks, too, were wet.
    Keep: We met Hans at the mill.
    """
    for index, best in asked(reading):
        score = chance(features(reading, index, best), weights.CONTEXT)
        if score >= LEAST:
            yield said(reading, index, best, score)


def said(reading: Reading, index: int, best: list[Candidate], score: float) -> Doubt:
    """What is said of the known word at a place."""
    word = reading.words[index]
    readings = tuple(like(word.form, c.word, reading) for c in best)
    return Doubt(
        word.start,
        word.end,
        readings,
        score,
        f"{word.lower} for {best[0].word}",
        f"“{readings[0]}” goes better with its neighbours than “{word.form}”",
    )


def asked(reading: Reading) -> Iterator[tuple[int, list[Candidate]]]:
    """The places of known words that others would fit, and these, the likeliest first."""
    for index, word in enumerate(reading.words):
        if reading.unknown[index] or not word.plain or len(word.form) > _LONG or _aside(word):
            continue
        if word.form.removesuffix("'s") in reading.good or word.lower not in reading.lowers:
            continue  # known, but not from the dictionary
        best = instead(reading, index)
        if not best or reading.foreign_passage(index):
            continue
        own = fit(reading, word.lower, *beside(reading, index), less=1)
        if best[0].total - own >= _HOPELESS:
            yield index, best


def _aside(word: Word) -> bool:
    """Whether a word is a numeral, an initial, a name or an abbreviation, or cut short."""
    if len(word.form) == 1:
        return word.form not in "aiIl"
    if word.form.isupper() or "'" in word.form or ROMAN.match(word.lower):
        return True
    return word.form[0].isupper() and not word.opens
