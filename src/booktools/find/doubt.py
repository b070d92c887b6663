"""How doubtful an unknown form is: what speaks for an error, what against, as one probability.

The weights are those of a logistic regression.  They were fitted on books that were mistyped
or misread on purpose and checked on books and scans that took no part (docs/finder.md).
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass

from booktools.find.between import fits
from booktools.find.reading import Reading
from booktools.find.tongues import set_apart
from booktools.find.words import Word, bare_name, set_of

NO_CANDIDATE = -26.0
_CANDIDATES = 5
# On the Zipf scale: where there is no list of rare words, so common a form counts as one.
_ATTESTED = 3.3
_SHORT = 6  # letters of an abbreviation
_EVERYDAY = 5.3  # on the Zipf scale
# What stands before a name.
_TITLES = set_of(
    "mr mrs ms miss dr sir lord lady madame mme mlle monsieur madam captain capt colonel col major"
    " general gen lieutenant lieut sergeant judge doctor professor prof father sister brother uncle"
    " aunt cousin king queen prince princess duke duchess count countess earl baron bishop saint st"
    " rev reverend hon master mistress president governor señor señora don doña herr frau fräulein"
    " van von san santa santo fray mac pope squire alderman deacon parson rabbi comrade squire"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be meant: how well it fits, and what the slip costs."""

    word: str
    fit: float
    cost: float

    @property
    def total(self) -> float:
        return self.fit - self.cost


def fit(reading: Reading, word: str, before: str, after: str, less: int = 0) -> float:
    """How likely a small form is between its neighbours, as a logarithm."""
    model = reading.model
    if " " in word:
        first, _, second = word.partition(" ")
        joined = fit(reading, first, before, "", less)
        between = math.log(model.pair(first, second, less))
        behind = math.log(model.pair(second, after, less) / model.share(after)) if after else 0.0
        return joined + between + behind
    found = math.log(model.pair(before, word, less) if before else model.share(word, less))
    if after:
        found += math.log(model.pair(word, after, less) / model.share(after))
    return found


def candidates(reading: Reading, index: int, costs: Mapping[str, float]) -> list[Candidate]:
    """The words that may be meant at a place, the likeliest first."""
    before, after = reading.around(index)
    fitting = dict(zip(costs, fits(reading.model, costs, before, after), strict=True))
    for word in costs:
        if " " in word:
            fitting[word] = fit(reading, word, before, after)
    found = sorted([(cost - fitting[word], word, cost) for word, cost in costs.items()])
    return [Candidate(word, fitting[word], cost) for _, word, cost in found[:_CANDIDATES]]


def features(reading: Reading, index: int, best: list[Candidate]) -> dict[str, float]:
    """What speaks for an error in the unknown word at a place, and what against it."""
    word = reading.words[index]
    low = word.lower
    zipf = reading.language.zipf
    first = best[0] if best else None
    total = max(first.total, NO_CANDIDATE) if first else NO_CANDIDATE
    second = max(best[1].total, NO_CANDIDATE) if len(best) > 1 else NO_CANDIDATE
    counts = reading.counts.lowers
    name = bare_name(word.form)
    capital = name[:1].isupper()
    named = reading.names[name.lower()] if capital else 0
    return {
        "one": 1.0,
        "best": total,
        "none": 0.0 if first else 1.0,
        "none_typed": 0.0 if first else reading.typed,  # what is typed is near a word
        "lead": min(total - second, 10.0),
        "often": math.log(max(counts[low], 1)),
        "kin": math.log(1 + reading.kin(low)),
        "zipf": zipf.get(low, 0.0),
        "listed": float(low in zipf),
        "name": float(capital and not word.opens),
        "first": float(capital and word.opens),
        "capitals": float(word.form.isupper() and len(low) > 1),
        "mixed": float(mixed(word)),
        "surprise": reading.letters.surprise(low),
        "length": float(len(low)),
        "derived": float(reading.derived(low)),
        "known_here": math.log(1 + counts[first.word]) if first else 0.0,
        "cost": first.cost if first else 14.0,
        "two": float(first is not None and " " in first.word),
        "hyphen": float("-" in low),
        "apostrophe": float("'" in low),
        "omission": float(reading.omission(index)),
        "foreign": reading.foreign(index),
        "unknown_near": reading.unknown_near(index),
        "noise": reading.noise,
        "capital_elsewhere": float(reading.capitals[low] > 0 and not capital),
        "one_off_name": float(capital and not word.opens and counts[low] == 1),
        "rare": float(_rare(reading, word)),
        "rarest": float(_listed(reading.language.rarest, word)),
        "tongue": float(bool(reading.tongues.of(low))),
        "tongue_near": float(reading.tongue_near(index) + reading.elsewhere(low)),
        "stopped": float(_stopped(reading, index)),
        "set_apart": float(set_apart(reading.words, index)),
        "older": float(bool(reading.older(low))),
        "old_habit": min(reading.old_habit, 10.0) * bool(reading.older(low)),
        "shouted": float(word.form.isupper() and _in_other_letters(reading, word)),
        "beside_name": float(capital and beside_name(reading, index)),
        "noise_once": reading.noise * (counts[low] <= 1),
        "noise_best": reading.noise * total,
        "capital_listed": float(capital and low in zipf),
        "seen": _seen(reading, index, first.word) if first else 0.0,
        "named": math.log(1 + named),
        "settled": float(named >= _SETTLED),
        "titled": float(capital and index > 0 and reading.words[index - 1].lower in _TITLES),
        "joined_often": _joined(reading, first, counts[low]),
        "parts": float("-" in low and any(map(reading.knows, low.split("-")))),
    }


_SETTLED = 5  # a name that stands so often is no slip


def _seen(reading: Reading, index: int, meant: str) -> float:
    """How often the likeliest reading stands elsewhere beside the same words."""
    before, after = reading.around(index)
    pairs = reading.counts.pairs
    # A Counter asked for what it has not is slow.
    return math.log(1 + pairs.get((before, meant), 0)) + math.log(1 + pairs.get((meant, after), 0))


def _joined(reading: Reading, first: Candidate | None, count: int) -> float:
    """How often a form stands that is two everyday words run together: “ofthe”."""
    if first is None or " " not in first.word:
        return 0.0
    zipf = reading.language.zipf
    everyday = all(zipf.get(part, 0.0) >= _EVERYDAY for part in first.word.split(" "))
    return math.log(1 + count) if everyday else 0.0


def _stopped(reading: Reading, index: int) -> bool:
    """Whether a full stop behind a short word ends no sentence: an abbreviation."""
    if index + 1 == len(reading.words) or len(reading.words[index].form) > _SHORT:
        return False
    behind = reading.words[index + 1]
    return behind.glue.startswith(".") and (
        behind.glue[1:2] in (",", ";", ":", ")") or (behind.glue == ". " and behind.form.islower())
    )


def _rare(reading: Reading, word: Word) -> bool:
    """Whether a word is one that large dictionaries have, or that is written often all the same."""
    language = reading.language
    if language.rare:
        return _listed(language.rare, word)
    return language.zipf.get(word.lower, 0.0) >= _ATTESTED


def _listed(words: Container[str], word: Word) -> bool:
    form = word.form.removesuffix("'s")
    return form in words or form.lower() in words


def _in_other_letters(reading: Reading, word: Word) -> bool:
    """Whether a word in capitals stands elsewhere with small letters."""
    counts = reading.counts
    return counts.lowers[word.lower] > counts.forms[word.form]


def beside_name(reading: Reading, index: int) -> bool:
    """Whether a name or a title stands right before or behind a place."""
    words = reading.words
    if index and words[index].glue in (" ", ". ") and not words[index - 1].opens:
        before = words[index - 1]
        if before.form[:1].isupper() and not before.form.isupper():
            return True
    if index + 1 < len(words) and words[index + 1].glue in (" ", ". "):
        behind = words[index + 1]
        return behind.form[:1].isupper() and not behind.form.isupper() and len(behind.form) > 1
    return False


def mixed(word: Word) -> bool:
    """Whether capitals stand inside: “lVith”, but not “McCoy” or “D'Arcy”."""
    form = word.form
    if form.islower() or form.isupper() or form[1:].islower():
        return False
    return any(
        part[1:] != part[1:].lower() and not part.isupper() and not part.startswith(("Mc", "Mac"))
        for part in form.replace("'", "-").split("-")
    )


def chance(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability of an error."""
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
