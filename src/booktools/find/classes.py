"""Which words may stand side by side: pairs that no list has, judged by the kind of word.

The commonest words are kinds of their own; the others are told by their endings and by what
endings the dictionary knows for them.  How often a common word has a kind beside it is added
up from the pairs that are listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from booktools.find.words import set_of

_COMMON = 5.5  # on the Zipf scale: about 250 words
_PAST = set_of(
    "became began bent bore bought broke brought built burst caught chose clung crept cut dealt"
    " drank drew drove fell felt fled flew flung forgot fought found froze gave grew heard held"
    " hung hid kept knelt knew laid lay led left lent lost meant met paid ran rang read rode rose"
    " sang sank sat saw sent shone shook shot shut slept slid spent split spoke sprang stole stood"
    " stuck struck swam swept swore swung taught thought threw told took tore understood upset"
    " went wept woke won wore wound wrote done gone seen known given taken shown written spoken"
    " broken chosen driven fallen grown risen thrown worn drawn born torn sworn"
)
_ENDINGS = ("ing", "ed", "ly")
# What is never listed stands so often all the same: a share of chance, and of all pairs.
_SLACK = 0.03
_FLOOR = 2e-7
_SELDOM = 12_000_000  # what the list counts less often hardly changes the shares of kinds


@dataclass(frozen=True)
class Kinds:
    """Kinds of words, and what stands beside common words, of the pairs in a list.

    `zipf` has the words that are not rare (from 3 on the scale).  `pairs` counts `first second`;
    `size` is how many pairs there are in all.
    """

    words: Set[str] = frozenset()
    zipf: Mapping[str, float] = field(default_factory=dict)
    pairs: Mapping[str, int] = field(default_factory=dict)
    size: float = 1.0
    _of: dict[str, str] = field(default_factory=dict)
    _lifts: dict[tuple[str, str], float] = field(default_factory=dict)

    def of(self, word: str) -> str:
        """The kind of a small form."""
        kind = self._of.get(word)
        if kind is None:
            kind = self._of[word] = self._kind(word)
        return kind

    def _kind(self, word: str) -> str:
        zipf = self.zipf.get(word, 0.0)
        if zipf >= _COMMON:
            return word
        words = self.words
        if word not in words:
            return "?name"
        if word in _PAST:
            return "?ed"
        if word.endswith(_ENDINGS):
            for end in _ENDINGS:
                if word.endswith(end) and len(word) > len(end) + 2:
                    return "?" + end
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return "?s"
        less, more = word[:-1], word + word[-1]
        verb = word + "ing" in words or less + "ing" in words or more + "ing" in words
        quality = word + "ly" in words or word + "er" in words or less + "ier" in words
        return f"?{'v' * verb}{'a' * quality}"

    @cached_property
    def _beside(self) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
        """Shares of (common word, kind behind it) and of (kind before, common word)."""
        behind: dict[tuple[str, str], float] = defaultdict(float)
        before: dict[tuple[str, str], float] = defaultdict(float)
        common = {word for word, zipf in self.zipf.items() if zipf >= _COMMON}
        known, size = self._of, self.size
        for pair, count in self.pairs.items():
            if count < _SELDOM:
                continue
            first, _, second = pair.partition(" ")
            if first in common:
                behind[first, known.get(second) or self.of(second)] += count / size
            if second in common:
                before[known.get(first) or self.of(first), second] += count / size
        return behind, before

    @cached_property
    def _shares(self) -> dict[str, float]:
        """The share of each kind, of all words."""
        shares: dict[str, float] = defaultdict(float)
        for word, zipf in self.zipf.items():
            if zipf > 3:
                shares[self.of(word)] += float(10 ** (zipf - 9))
        return shares

    def lift(self, first: str, second: str) -> float:
        """How much oftener than by chance a pair stands, by kinds; 1 where nothing is known."""
        if not self.pairs:
            return 1.0
        return self.lift_of(self.of(first), self.of(second))

    def lift_of(self, one: str, two: str) -> float:
        """`lift` of two kinds."""
        kinds = one, two
        found = self._lifts.get(kinds)
        if found is None:
            found = self._lifts[kinds] = self._lift(one, two)
        return found

    def _lift(self, one: str, two: str) -> float:
        behind, before = self._beside
        shares = self._shares
        chance = shares.get(one, 1e-9) * shares.get(two, 1e-9)
        lifts = [
            (table.get((one, two), 0.0) + _SLACK * chance + _FLOOR) / (chance + _FLOOR * 2)
            for table, common in ((behind, one), (before, two))
            if not common.startswith("?")
        ]
        return min(lifts, default=1.0)
