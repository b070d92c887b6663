"""What the words of two boxes of text say about one being read after the other.

A box that is read after another goes on
with its sentence or begins a paragraph behind it: small letters behind a full stop, half a word
before a capital, the end of a quotation that nobody began show that something else stands between.
All answers are natural logarithms, like those of the grammar: above nothing speaks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from booktools.arrange.grammar import Grammar
from booktools.arrange.page_boxes import Box, Kind

# A sentence does not go on behind a full stop, nor a paragraph below half a word; behind “!” and
# “?” a sentence may go on, which the source itself shows.
_STOPPED, _CALLED = -3.5, -0.5
# A heading stands behind a finished sentence, and before the beginning of one.
_HEAD_BEHIND, _HEAD_ENDED, _HEAD_BEFORE, _HEADED = -3.0, 1.0, -4.0, 0.5
# The first box of a source and its last one: torn off, they lack something.
_TORN_START, _TORN_END = -3.0, -1.0
# Halves that make a word of the book, or of the language; that make none; half a name.
_HALVES, _SPELLED, _NO_WORD, _NO_HALF, _HALF_NUMBER = 3.0, 2.0, -1.0, -2.5, -1.0
# A word that has its capital as a sentence’s first only, and how often it must stand small.
_OPENER, _OFTEN_SMALL = -2.5, 3
# A name, a number, a quotation in mid-sentence; the same behind a comma.
_NAME, _NUMBER, _QUOTES, _QUOTES_AFTER_COMMA, _AFTER_DASH = -0.5, -0.7, -1.5, -0.5, -0.5
# A source of usual length counts few pairs of words: what they say is more than it seems.
_OWN_WORDS = 2.0
# All that two words say; a quotation that ends where one is open, where none is; one that does
# not end where it is open.
_MOST_BY_WORDS = 3.0
_QUOTED, _NOT_BEGUN, _NOT_ENDED = 1.0, -2.0, -1.0


@dataclass(frozen=True, slots=True)
class Usage:
    """What is known of a language at large.

    `follows` says of two casefolded words how much likelier the second stands behind the first
    than by chance, `spelled` whether a word is one.
    """

    follows: Callable[[str, str], float] = lambda first, second: 0.0
    spelled: Callable[[str], bool] = lambda word: False


UNKNOWN = Usage()


@dataclass(frozen=True)
class Seams:
    """What speaks for a box being read after another; `words` as they stand in the source."""

    grammar: Grammar
    words: Counter[str]
    usage: Usage
    _known: dict[tuple[int, int], float] = field(default_factory=dict)

    def between(self, one: Box | None, two: Box | None) -> float:
        """Of two boxes; nothing stands for the end of the source."""
        pair = (one.first if one else -1, two.first if two else -1)
        if pair not in self._known:
            self._known[pair] = self._between(one, two)
        return self._known[pair]

    def _between(self, one: Box | None, two: Box | None) -> float:
        if one is None or two is None:
            if two and two.kind is Kind.TEXT and two.small:
                return _TORN_START
            return _TORN_END if one and one.kind is Kind.TEXT and not one.ended else 0.0
        if Kind.OWN in (one.kind, two.kind):
            return 0.0
        if two.kind is Kind.HEAD:
            if one.kind is Kind.HEAD:
                return _HEADED
            return _HEAD_ENDED if one.ended else _HEAD_BEHIND
        if one.kind is Kind.HEAD:
            return _HEAD_BEFORE if two.small else _HEADED
        if two.opened:
            return _HEAD_ENDED if one.ended else _HEAD_BEHIND
        return self._texts(one, two)

    def _texts(self, one: Box, two: Box) -> float:
        ends = one.ends.ends
        if ends == "stop":
            return _STOPPED if two.small else 0.0
        if ends == "call":
            goes_on = self.grammar.kinds(ends, "small")
            return max(_STOPPED, min(_CALLED, goes_on)) if two.small else 0.0
        if ends == "dash":
            return 0.0 if two.small else _AFTER_DASH
        if ends == "hyphen":
            return self._halves(one, two)
        quotes = _quotes(one, two)
        if two.small:
            return self._words(one, two) + quotes
        if two.starts.starts == "quote":
            return _QUOTES_AFTER_COMMA if ends == "comma" else _QUOTES
        if two.starts.starts == "other":
            return _NUMBER
        if self.words[two.starts.first.lower()] >= _OFTEN_SMALL:
            return _OPENER
        return self._words(one, two) + quotes + _NAME

    def _halves(self, one: Box, two: Box) -> float:
        if not two.small:
            return _HALF_NUMBER if two.starts.starts == "other" else _NO_HALF
        if not (one.ends.half and two.starts.first):
            return 0.0
        word = one.ends.half + two.starts.first.casefold()
        quotes = _quotes(one, two)
        if self.grammar.words[word]:
            return _HALVES + quotes
        return (_SPELLED if self.usage.spelled(word) else _NO_WORD) + quotes

    def _words(self, one: Box, two: Box) -> float:
        last, first = one.ends.last, two.starts.first.casefold()
        if one.ends.ends != "none" or not (last and first):
            return 0.0
        points = _OWN_WORDS * self.grammar.seam(last, first) + self.usage.follows(last, first)
        return max(-_MOST_BY_WORDS, min(_MOST_BY_WORDS, points))


def _quotes(one: Box, two: Box) -> float:
    if two.unquoting:
        return _QUOTED if one.quoting else _NOT_BEGUN
    return _NOT_ENDED if one.quoting else 0.0
