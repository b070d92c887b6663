"""How much a form looks like a word of the language, by its letters alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

_FEW = 0.5  # a sequence that was never seen counts as this often
_LETTERS = 30


@dataclass(frozen=True)
class Letters:
    """Three letters in a row, as the commoner words of the language have them."""

    threes: Counter[str] = field(default_factory=Counter)
    twos: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, words: Iterable[str]) -> Letters:
        """Learned from small forms, each counted once."""
        edged = (f"^^{word}$" for word in words)
        threes = Counter(form[at : at + 3] for form in edged for at in range(len(form) - 2))
        twos: Counter[str] = Counter()
        for three, count in threes.items():  # one begins with each two that has a letter behind
            twos[three[:2]] += count
        return cls(threes, twos)

    def surprise(self, form: str) -> float:
        """How surprising a small form is, in nats a letter; words have 2 to 2.5."""
        edged = f"^^{form}$"
        total = 0.0
        for at in range(len(form) + 1):
            seen = self.threes[edged[at : at + 3]] + _FEW
            total -= math.log(seen / (self.twos[edged[at : at + 2]] + _FEW * _LETTERS))
        return total / (len(form) + 1)
