"""Where phrases stand in a long text, found by their rarest word; blanks folded."""

from __future__ import annotations

import re
from bisect import bisect_right

from booktools.model.place import Span

_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_WORD = re.compile(r"\w+")
# A word with more places than this narrows the search less than a plain scan costs.
_COMMON = 1000


def fold(text: str) -> str:
    """The text with each run of blanks and line ends as one space; no-break spaces stay."""
    return _BLANKS.sub(" ", text)


class Folded:
    """A text with its blanks folded, and the way back to its own offsets."""

    def __init__(self, text: str) -> None:
        self.text = fold(text)
        # Folding never lengthens: equal lengths mean equal offsets.
        even = len(self.text) == len(text)
        self._begins, self._dropped = ([0], [0]) if even else _shifts(text)

    def span(self, start: int, end: int) -> Span:
        """The span in the text of folded offsets `start`..`end`, whole runs of blanks in."""
        return Span(self.offset(start), self.offset(end))

    def offset(self, folded: int) -> int:
        """The offset in the text of a folded offset."""
        return folded + self._dropped[bisect_right(self._begins, folded) - 1]


def _shifts(text: str) -> tuple[list[int], list[int]]:
    """Folded offsets, and how many characters were dropped before what stands there."""
    begins, dropped = [0], [0]
    for match in _BLANKS.finditer(text):
        if (extra := match.end() - match.start() - 1) > 0:
            dropped.append(dropped[-1] + extra)
            begins.append(match.end() - dropped[-1])
    return begins, dropped


class Concordance:
    """Every word of a text and its places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: dict[str, list[int]] = {}
        for match in _WORD.finditer(text):
            self._places.setdefault(match[0], []).append(match.start())

    def places(self, phrase: str, limit: int) -> list[int]:
        """Offsets at which a phrase begins, in order, `limit` of them at most.

        They may overlap.  None for an empty phrase.
        """
        inner = [
            (len(self._places.get(match[0], ())), match)
            for match in _WORD.finditer(phrase)
            # A word at an edge of the phrase may be a part of a longer one in the text.
            if match.start() > 0 and match.end() < len(phrase)
        ]
        number, rarest = min(inner, key=lambda pair: pair[0], default=(_COMMON + 1, None))
        if rarest is None or number > _COMMON:
            return self._scan(phrase, limit)
        text, shift = self.text, rarest.start()
        hits = (at - shift for at in self._places.get(rarest[0], ()))
        return [at for at in hits if text.startswith(phrase, at)][:limit]

    def rarest(self, phrase: str, words: int, limit: int) -> list[int]:
        """Where the rarest words of a phrase stand: of so many at most, and each of them in no
        more than `limit` places."""
        known = {word: self._places.get(word, []) for word in _WORD.findall(phrase)}
        few = sorted((places for places in known.values() if 0 < len(places) <= limit), key=len)
        return [at for places in few[:words] for at in places]

    def _scan(self, phrase: str, limit: int) -> list[int]:
        out: list[int] = []
        at = self.text.find(phrase) if phrase else -1
        while at >= 0 and len(out) < limit:
            out.append(at)
            at = self.text.find(phrase, at + 1)
        return out
