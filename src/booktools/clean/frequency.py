"""How common words are at large, asked for once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

# Casefolded words → the frequencies of those that are known, on the Zipf scale.
LookUp: TypeAlias = Callable[[Collection[str]], Mapping[str, float]]


class Frequencies:
    """Answers from lists of words; a look into them costs the same for one as for many.

    `likely` are casefolded words that will be asked for; they are looked up together, and
    not before the first question.
    """

    def __init__(self, look_up: LookUp, likely: Collection[str] = ()) -> None:
        self._look_up = look_up
        self._likely = frozenset(likely)
        self._known: dict[str, float] = {}

    def zipf(self, word: str) -> float:
        """Frequency on the Zipf scale, 3 for once in a million words, 0 for an unknown word."""
        folded = word.casefold()
        if folded not in self._known:
            asked = {folded} if self._known else {folded, *self._likely}
            self._known |= {**dict.fromkeys(asked, 0.0), **self._look_up(asked)}
        return self._known[folded]
