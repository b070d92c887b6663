"""Two words or one, where both halves of a cut word may stand alone: the odds of a hyphen.

Books differ: one writes sea-side, fire-place and to-day where the next closes them up.  What a
document does in mid-line is therefore the first evidence, for the same halves and at large;
then how common the word is as one, and how common its halves are.

The weights are a logistic regression over the compounds that stand once in each of twenty-one
English books of 1653 to 1920, every book judged by the other twenty.  They are rounded: the
second figure of none of them is certain.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp, log

# A half of two letters is too short to tell what a family of words does.
_SHORTEST = 3
# No family is looked through further: the answer does not change.
_FAMILY = 500

_COMMON_HALF = 0.8
_COMMON_WHOLE = -0.85
_LISTED_HYPHEN = 1.7
# A word that a list has as one, one that it has not, and what may be a name: where the scale
# begins, and how much the document's habit, the head's family and the tail's weigh.
_LISTED = (-0.8, 1.1, 0.7, 0.85)
_UNLISTED = (0.8, 0.0, 1.1, 1.5)
_NAME = (-1.6, 0.45, 0.8, 0.45)


@dataclass(frozen=True)
class Compounds:
    """What a document does with compounds: `words` are its tokens, casefolded, and their counts."""

    words: Mapping[str, int]
    spelled: Callable[[str], bool]

    @cached_property
    def heads(self) -> Counter[str]:
        """How many words with a hyphen begin with a part."""
        return Counter(word.partition("-")[0] for word in self.words if "-" in word)

    @cached_property
    def tails(self) -> Counter[str]:
        """How many words with a hyphen end with a part."""
        return Counter(word.rpartition("-")[2] for word in self.words if "-" in word)

    @cached_property
    def habit(self) -> float:
        """How freely the document writes hyphens that a list of words does not, as a logarithm.

        Of its compounds with one hyphen, those that the list has in one word against the rest.
        """
        closed = others = 0
        for word in self.words:
            head, hyphen, tail = word.partition("-")
            if hyphen and head.isalpha() and tail.isalpha():
                if all(map(self.spelled, (head + tail, head, tail))):
                    closed += 1
                else:
                    others += 1
        return log((closed + 1) / (others + 10))

    @cached_property
    def _forwards(self) -> list[str]:
        return sorted(word for word in self.words if "-" not in word)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(word[::-1] for word in self.words if "-" not in word)

    def closed_heads(self, head: str) -> int:
        """How many of the document's words are `head` and another word, in one."""
        return sum(map(self.spelled, _rests(self._forwards, head)))

    def closed_tails(self, tail: str) -> int:
        """How many of the document's words are another word and `tail`, in one."""
        return sum(self.spelled(rest[::-1]) for rest in _rests(self._backwards, tail[::-1]))


def _rests(words: list[str], start: str) -> list[str]:
    """What follows `start` in the sorted words that begin with it."""
    at = bisect_left(words, start)
    rests = []
    for word in words[at : at + _FAMILY]:
        if not word.startswith(start):
            break
        if len(word) >= len(start) + _SHORTEST:
            rests.append(word[len(start) :])
    return rests


@dataclass(frozen=True, slots=True)
class Halves:
    """A cut word, casefolded, and what lists say: frequencies are on the Zipf scale.

    `listed`, `hyphened`: the list has the word as one, or with a hyphen; `name`: it begins with
    a capital and the list has it not.
    """

    head: str
    tail: str
    rarer: float
    whole: float
    listed: bool
    hyphened: bool
    name: bool


def hyphen_odds(halves: Halves, document: Compounds) -> float:
    """How likely the author wrote a hyphen, from 0 to 1."""
    begin, habit, head, tail = _LISTED if halves.listed else _NAME if halves.name else _UNLISTED
    odds = begin + habit * document.habit
    odds += head * _leaning(document.heads[halves.head], document.closed_heads(halves.head))
    odds += tail * _leaning(document.tails[halves.tail], document.closed_tails(halves.tail))
    odds += _COMMON_HALF * halves.rarer + _COMMON_WHOLE * halves.whole
    odds += _LISTED_HYPHEN * halves.hyphened
    return 1 / (1 + exp(-odds))


def _leaning(hyphens: int, closed: int) -> float:
    return log((hyphens + 0.5) / (closed + 0.5))
