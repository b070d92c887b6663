"""What a source says: how often each word stands in it, and what stands behind single letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import chain, pairwise

from booktools.arrange.words import words_of

_APOSTROPHE = re.compile("[’']")


class Spoken:
    """The words of a source, casefolded; what an apostrophe parts is two."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._lines = [words_of(text) for text in texts]
        self.words = Counter(chain.from_iterable(self._lines))
        joined = [word for word in self.words if "’" in word or "'" in word]
        self._parts = {word: _APOSTROPHE.split(word) for word in joined}
        for word, parts in self._parts.items():
            count = self.words.pop(word)
            for part in parts:
                self.words[part] += count

    @cached_property
    def behind(self) -> Counter[tuple[str, str]]:
        """How often a word stands behind a single letter."""
        own = self._parts
        words = chain.from_iterable(self._lines)
        every = [part for word in words for part in own.get(word) or (word,)]
        return Counter([(one, two) for one, two in pairwise(every) if len(one) == 1])
