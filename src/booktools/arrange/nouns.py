"""Nouns with capitals, as German has them: there a capital opens no sentence.

What tells sentences' beginnings elsewhere is learnt here from the source itself: which words
have a capital as a sentence's first only, and before which words a noun stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

# Nouns have capitals where so many of the different words in a sentence do: of an English book a
# tenth, of a diary full of names less than a quarter, of a German book a third and more.
_CAPITALS = 0.26
_LOOKED_AT = 400  # lines
# So many lines tell enough of a language.
_LEARNT = 5000
_AT_ONCE = 100
_INNER = re.compile(r" (?<=[^\W\d_] )([^\W\d_]{3,})")  # a blank is soon found
_TITLE = re.compile(r" (?<=[^\W\d_] )([^\W\d_a-z][^\W\d_]{2,})")  # those with capitals, and more
# A word and the first letter of the next one, no mark between.
_BEFORE = re.compile(r"([^\W\d_]+) (?=([^\W\d_]))")
_LAST = re.compile(r"(?:\A|[\s(„‚»›–—])([^\W\d_]+)\Z")
_FIRST = re.compile(r"[^\W\d_]+")
# What a number or a colon follows is the beginning of a title or a caption: Abb. 3, Foto: …
_COUNTED = re.compile(r"\w+\.?\s?(?:\d|[IVXLC]+\b|:)")
# A word that stands small so often has a capital as a sentence's first word only.
_OFTEN_SMALL = 3
# A word that stands so often is a class of its own; the others are classed by their endings.
_OFTEN, _ENDING = 8, 3
# So many are added to those counted and to those expected: few prove little.
_DOUBT = 1.5
_MOST, _LEAST = 2.0, -1.5
# So much likelier, as a natural logarithm, a noun stands behind an article or an adjective.
_AWAITED = 0.4


@dataclass(frozen=True)
class Nouns:
    """Of a source whose nouns have capitals: its words as they stand, and how often a capital,
    and any letter, stands behind each class of them."""

    words: Mapping[str, int]
    _capitals: Mapping[str, int]
    _behind: Mapping[str, int]
    _share: float

    @classmethod
    def of(cls, written: Sequence[str]) -> Nouns | None:
        """Learnt from lines; nothing where nouns have no capitals."""
        if not _have_capitals(written[:: max(1, len(written) // _LOOKED_AT)]):
            return None
        learnt = written[:: max(1, len(written) // _LEARNT)]
        met = Counter(_BEFORE.findall("\n".join(learnt)))
        words: Counter[str] = Counter()
        folded: Counter[str] = Counter()
        for (word, _), count in met.items():
            words[word] += count
            folded[word.casefold()] += count
        capitals: Counter[str] = Counter()
        behind: Counter[str] = Counter()
        for (word, letter), count in met.items():
            own = word.casefold()
            own = own if folded[own] >= _OFTEN else _ending(own)
            behind[own] += count
            capitals[own] += count * letter.isupper()
        share = (capitals.total() + 1) / (behind.total() + 2)
        return cls(words, capitals, behind, share)

    def opens(self, first: str) -> bool:
        """Whether a word with a capital has it as a sentence's first one."""
        return self.words.get(first.lower(), 0) >= _OFTEN_SMALL

    def behind(self, last: str, *, capital: bool) -> float:
        """What a capital, or a small letter, tells behind a word, casefolded: the natural
        logarithm of how much likelier it is than behind any."""
        own = last if last in self._behind else _ending(last)
        all_ = self._behind.get(own, 0)
        met = self._capitals.get(own, 0)
        met, usual = (met, self._share) if capital else (all_ - met, 1 - self._share)
        return max(_LEAST, min(_MOST, log((met + _DOUBT) / (all_ * usual + _DOUBT))))

    def goes_on(self, above: str, below: str) -> bool:
        """Whether a line waits for a noun, as behind an article, and the next begins with one."""
        if not below[:1].isupper():
            return False
        last, first = _LAST.search(above[-40:]), _FIRST.match(below)
        if not last or not first or self.opens(first[0]):
            return False
        if self.behind(last[1].casefold(), capital=True) < _AWAITED:
            return False
        return not (_COUNTED.match(below) or below.isupper())


def _have_capitals(lines: Sequence[str]) -> bool:
    """Whether nouns have capitals: of the different words within sentences so many have."""
    titles = sum(map(str.istitle, set(_TITLE.findall("\n".join(lines)))))
    inner: set[str] = set()
    for at in range(0, len(lines), _AT_ONCE):
        inner.update(_INNER.findall("\n".join(lines[at : at + _AT_ONCE])))
        if titles <= _CAPITALS * len(inner):
            return False  # more words only make the share less
    return titles > _CAPITALS * len(inner)


def _ending(word: str) -> str:
    return f"-{word[-_ENDING:]}"
