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
        for word, count in list(self.words.items()):
            parts = _APOSTROPHE.split(word)
            if len(parts) > 1:
                del self.words[word]
                for part in parts:
                    self.words[part] += count

    @cached_property
    def behind(self) -> Counter[tuple[str, str]]:
        """How often a word stands behind a single letter."""
        parts = [_APOSTROPHE.split(word) for word in chain.from_iterable(self._lines)]
        every = chain.from_iterable(parts)
        return Counter([(one, two) for one, two in pairwise(every) if len(one) == 1])
