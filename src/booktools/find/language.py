"""How likely a word is, by itself and between its neighbours: the language, and this book."""

from __future__ import annotations

from collections.abc import Container, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from booktools.find.classes import Kinds
from booktools.find.letters import Letters
from booktools.find.nearest import Shorter
from booktools.find.words import Counts

# Words of the book count against the language at large as if that were so long a text.
_LARGE = 20_000
# The pairs that are listed make a little over half of all pairs in print; one that is not
# listed stands less often than this in so many.
ALL_PAIRS = 2.0e13
LEAST_PAIR = 6_400_000 / ALL_PAIRS
# A word that no list has: as rare as the rarest that they have, or rarer.
_UNLISTED = 1e-9
# What stands behind a word so often in the book is known from the book itself.
SURE = 60.0
# On the Zipf scale: from such words the look of words is learned, and such ones are looked for
# two slips away.
_LEARNED, _COMMON = 3.4, 2.7
_MEANT = 2.6  # what is rarer is hardly meant


@dataclass(frozen=True)
class Language:
    """What is known of a language at large.

    `words`: the forms of a dictionary, with their capitals and straight apostrophes.
    `zipf`: frequencies by small form, 3 for once in a million words.  `pairs`: counts by
    `first second`.  `tag` is a BCP 47 tag.  `rare` are words that only a large dictionary has,
    `rarest` those that hardly any has.  `tongues` are the words of other languages by tag,
    `declared` the tags of those that the book is said to have.
    """

    tag: str = "en"
    words: Set[str] = frozenset()
    zipf: Mapping[str, float] = field(default_factory=dict)
    pairs: Mapping[str, int] = field(default_factory=dict)
    rare: Container[str] = frozenset()
    rarest: Container[str] = frozenset()
    tongues: Mapping[str, Container[str]] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()

    @property
    def base(self) -> str:
        return self.tag.split("-")[0].lower()

    # What follows from the lists alone is found out once, however many texts are read.

    @cached_property
    def lowers(self) -> frozenset[str]:
        """The dictionary in small letters."""
        return frozenset(map(str.lower, self.words))

    @cached_property
    def likely(self) -> dict[str, float]:
        """Those of the dictionary's words that may be meant, with their frequencies."""
        lowers = self.lowers
        return {w: zipf for w, zipf in self._frequent.items() if w in lowers}

    @cached_property
    def _frequent(self) -> dict[str, float]:
        """The words that are not too rare to be meant, in the dictionary or not."""
        return {w: zipf for w, zipf in self.zipf.items() if zipf >= _MEANT}

    @cached_property
    def common(self) -> dict[str, float]:
        """Those of them that are not rare."""
        return {w: zipf for w, zipf in self.likely.items() if zipf >= _COMMON}

    @cached_property
    def letters(self) -> Letters:
        return Letters.of(word for word, zipf in self.common.items() if zipf >= _LEARNED)

    @cached_property
    def shorter(self) -> Shorter:
        """The common words by themselves and by what is left without one of their letters."""
        return Shorter(self.common)

    @cached_property
    def kinds(self) -> Kinds:
        return Kinds(self.words, self._frequent, self.pairs, ALL_PAIRS)


@dataclass(frozen=True)
class Model:
    """Probabilities of words (small forms) in this book, as natural logarithms."""

    language: Language
    counts: Counts
    _shares: dict[tuple[str, int], float] = field(default_factory=dict)
    _large: dict[str, float] = field(default_factory=dict)
    _goes: dict[tuple[str, str], bool] = field(default_factory=dict)
    facts: dict[str, tuple[float, float, float, str]] = field(default_factory=dict)  # between.py

    @property
    def kinds(self) -> Kinds:
        return self.language.kinds

    @cached_property
    def _size(self) -> int:
        return len(self.counts.words)

    def large(self, word: str) -> float:
        """The share of a word in the language at large."""
        share = self._large.get(word)
        if share is None:
            zipf = self.language.zipf.get(word)
            rare = _UNLISTED * 2 if word in self.language.words else _UNLISTED
            share = self._large[word] = float(10 ** (zipf - 9)) if zipf else rare
        return share

    def share(self, word: str, less: int = 0) -> float:
        """The share of a word here; `less` of its occurrences are not counted."""
        key = word, less
        share = self._shares.get(key)
        if share is None:
            here = max(self.counts.lowers.get(word, 0) - less, 0)
            share = (here + _LARGE * self.large(word)) / (self._size + _LARGE)
            self._shares[key] = share
        return share

    def pair(self, first: str, second: str, less: int = 0) -> float:
        """How likely `second` is behind `first`."""
        alone = self.share(second, less)
        # A Counter asked for what it has not is slow.
        here = max(self.counts.pairs.get((first, second), 0) - less, 0)
        firsts = max(self.counts.lowers.get(first, 0) - less, 0)
        backed = self._pair_at_large(first, second, alone)
        # What the book has seen often it knows better than the language at large.
        return (here + SURE * backed) / (firsts + SURE)

    def _pair_at_large(self, first: str, second: str, alone: float) -> float:
        pairs = self.language.pairs
        if not pairs:
            return alone
        listed = pairs.get(f"{first} {second}")
        large = self.large(first)
        if listed:
            return min(1.0, listed / ALL_PAIRS / large) + 1e-3 * alone
        by_kind = alone * min(1.0, self.kinds.lift(first, second))
        most = LEAST_PAIR / large
        return min(by_kind, 0.5 * most) if most < 1 else by_kind

    def listed(self, first: str, second: str) -> bool:
        """Whether a list of pairs has this one."""
        return f"{first} {second}" in self.language.pairs

    def goes(self, first: str, second: str) -> bool:
        """Whether a pair stands clearly oftener than by chance: listed so, or here again."""
        key = first, second
        found = self._goes.get(key)
        if found is None:
            found = self._goes[key] = self._often(first, second)
        return found

    def _often(self, first: str, second: str) -> bool:
        if self.counts.pairs.get((first, second), 0) > 1:
            return True
        count = self.language.pairs.get(f"{first} {second}", 0)
        return count > 3 * ALL_PAIRS * self.large(first) * self.large(second)
