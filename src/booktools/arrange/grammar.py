"""How text runs on from line to line, learnt from the source itself, in any language.

Lines that follow one another in a sentence look different from lines that only stand below
one another: after a comma comes a small letter, after a full stop a capital.  How much so
differs from language to language and from book to book, so it is counted, and with it which
kinds of words follow which.  All answers are natural logarithms of how much likelier a pair
is in running text than by chance: above nothing speaks for it, below against.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise, repeat
from math import log
from typing import NamedTuple

from booktools.arrange.nouns import Nouns
from booktools.arrange.words import REMEMBERED, broken_word, is_broken, words_of

# A word that stands so often is a class of its own; the others are classed by their endings.
_OFTEN = 8
_ENDING = 3
# So many pairs are added to those counted and to those expected: few pairs prove little.
_DOUBT = 1.5
# The same for kinds of line ends.
_PAIRS = 60.0
# No evidence weighs more.
_MOST, _LEAST = 2.0, -1.5
_MOST_BY_KIND, _LEAST_BY_KIND = 2.5, -4.5
# No text goes on small behind a full stop; what seems to do so in a source is set apart there.
_STOPPED = -3.5
# Halves that make a known word; a capital behind a half.
HALVES = 4.0
_NO_HALVES = -1.5

_MARKS = frozenset("“\"«„‘'—–―")
_OPENS = re.compile(r"[\"“‘„‚«»‹›(\[¡¿—–]*\s?([^\W\d_]+)")
# A full stop, whatever closes behind it; what else ends a sentence may also end less.
_STOP = re.compile(r"[.。।][^\w\s]*\d{0,3}$")
# What stands between the words of two lines where pairs are counted: no word.
_BETWEEN = ("",)
# A point that ends a short word with a capital, or a letter: an abbreviation.
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:[A-Z][a-z]{0,2}|[^\W\d_]|etc|vol|pp|cf|vs)\.$")
# How often kinds of line ends and beginnings meet in most books, by the thousand: what is
# believed before anything is counted.
_USUAL = {
    ("stop", "small"): 1, ("stop", "capital"): 75, ("stop", "quote"): 17, ("stop", "other"): 6,
    ("call", "small"): 5, ("call", "capital"): 15, ("call", "quote"): 9, ("call", "other"): 2,
    ("comma", "small"): 95, ("comma", "capital"): 12, ("comma", "quote"): 3, ("comma", "other"): 4,
    ("none", "small"): 520, ("none", "capital"): 60, ("none", "quote"): 8, ("none", "other"): 10,
    ("hyphen", "small"): 140, ("hyphen", "capital"): 2, ("hyphen", "quote"): 0,
    ("hyphen", "other"): 1,
    ("dash", "small"): 12, ("dash", "capital"): 3, ("dash", "quote"): 2, ("dash", "other"): 1,
}  # fmt: skip
# Where nouns have capitals: so many of the capitals behind each kind of end open a sentence.
_OPENERS = {"stop": 0.8, "call": 0.75, "comma": 0.15, "none": 0.07, "hyphen": 0.0, "dash": 0.3}


def _end(text: str, terminal: bool) -> str:
    """How a line ends."""
    if is_broken(text):
        return "hyphen"
    if terminal:
        if _ABBREVIATION.search(text):
            return "none"
        return "stop" if _STOP.search(text) else "call"
    if text.endswith(("—", "–", "―")):
        return "dash"
    return "comma" if text.endswith((",", ";")) else "none"


def _start(text: str) -> str:
    """How a line begins, if not with a small letter."""
    if text[:1] in _MARKS:
        return "quote"
    return "capital" if text[:1].isupper() else "other"


class Line(NamedTuple):
    """What of a line matters to its neighbours: how it ends and how it begins.

    `words` are casefolded; `half` is the half of one before a hyphen at its end, `last` its
    last word, `first` the word that opens it, as it stands; each may be nothing.
    """

    words: tuple[str, ...]
    ends: str
    starts: str
    half: str
    last: str
    first: str

    @classmethod
    def of(cls, text: str, terminal: bool, lower: bool) -> Line:
        """As `line_of`, which is remembered."""
        return line_of(text, terminal, lower)


def with_openers(lines: Sequence[Line], nouns: Nouns) -> list[Line]:
    """The same lines; a capital of a word that also stands small opens a sentence, and others
    are those of nouns."""
    return [
        line._replace(starts="opener")
        if line.starts == "capital" and nouns.opens(line.first)
        else line
        for line in lines
    ]


@lru_cache(REMEMBERED)
def line_of(text: str, terminal: bool, lower: bool) -> Line:
    """`terminal`: it ends as a sentence ends, `lower`: it begins with a small letter."""
    words = words_of(text)
    opening = _OPENS.match(text)
    ends = _end(text, terminal)
    return Line(
        words,
        ends,
        "small" if lower else _start(text),
        broken_word(text).casefold() if ends == "hyphen" else "",
        words[-1] if words else "",
        opening[1] if opening else "",
    )


@dataclass(frozen=True)
class Grammar:
    """What a source tells of its own language: whole words, and what follows what."""

    words: Counter[str]
    _named: Mapping[str, str]
    _classes: Mapping[str, int]
    _pairs: Counter[tuple[str, str]]
    _met: Counter[tuple[str, str]]
    _kinds: Mapping[tuple[str, str], float]
    _total: int
    nouns: Nouns | None = None

    @classmethod
    def of(cls, runs: Iterable[Sequence[Line]], nouns: Nouns | None = None) -> Grammar:
        """Counted in runs of lines that stand together."""
        lines: list[Sequence[str]] = []
        met: list[tuple[str, str]] = []
        for run in runs:
            met += [(a.ends, b.starts) for a, b in pairwise(run)]
            half = False
            for line in run:
                lines.append(line.words[half : len(line.words) - (line.ends == "hyphen")])
                half = line.ends == "hyphen"
        words = Counter(chain.from_iterable(lines))
        named: dict[str, str] = {}
        classes: dict[str, int] = {}
        for word, count in words.items():
            named[word] = own_class = word if count >= _OFTEN else _ending(word)
            classes[own_class] = classes.get(own_class, 0) + count
        named[_BETWEEN[0]] = _BETWEEN[0]
        parted = chain.from_iterable(zip(lines, repeat(_BETWEEN), strict=False))
        own = map(named.__getitem__, chain.from_iterable(parted))
        pairs = Counter(pairwise(own))  # in one go: a line is too little to begin anew for
        kinds = Counter(met)
        ratios = _ratios(kinds, nouns is not None)
        return cls(words, named, classes, pairs, kinds, ratios, max(1, words.total()), nouns)

    def without(self, pairs: Iterable[tuple[Line, Line]]) -> Grammar:
        """The same language, without how some of the lines that it was counted in meet."""
        left = Counter([(one.ends, two.starts) for one, two in pairs])
        if not left:
            return self
        met = self._met - left
        return replace(self, _met=met, _kinds=_ratios(met, self.nouns is not None))

    def link(self, one: Line, two: Line) -> float:
        """What speaks for a line going on with another, a sentence's end between or not."""
        points = self._kinds.get((one.ends, two.starts), 0.0)
        if one.half and two.first:
            if one.half + two.first.casefold() in self.words:
                return points + HALVES
            return points if points > 0 or not two.first[:1].isupper() else _NO_HALVES
        if one.ends == "none" and one.last and two.first:
            points += self.seam(one.last, two.first.casefold())
            if self.nouns:
                points += self.nouns.behind(one.last, capital=two.first[0].isupper())
        return points

    def kinds(self, ends: str, starts: str) -> float:
        """What the kinds of a line's end and of a beginning tell, as `Line` names them."""
        return self._kinds.get((ends, starts), 0.0)

    def seam(self, last: str, first: str) -> float:
        """What two words, casefolded, tell, one after the other."""
        named = self._named.get
        one, two = named(last) or _ending(last), named(first) or _ending(first)
        count = self._classes.get  # a Counter’s own way to nothing is slow
        expected = count(one, 0) * count(two, 0) / self._total
        found = (self._pairs.get((one, two), 0) + _DOUBT) / (expected + _DOUBT)
        return max(_LEAST, min(_MOST, log(found)))


def _ending(word: str) -> str:
    return f"-{word[-_ENDING:]}"


def _ratios(counted: Counter[tuple[str, str]], nouns: bool) -> dict[tuple[str, str], float]:
    """For each pair of kinds, how much likelier it is than by chance."""
    total = sum(_USUAL.values())
    usual: dict[tuple[str, str], float] = {**_USUAL}
    for end, share in _OPENERS.items() if nouns else ():
        usual[end, "opener"] = share * usual[end, "capital"]
        usual[end, "capital"] -= usual[end, "opener"]
    both = {pair: counted[pair] + _PAIRS * count / total for pair, count in usual.items()}
    every = sum(both.values())
    ends: dict[str, float] = defaultdict(float)
    starts: dict[str, float] = defaultdict(float)
    for (one, two), count in both.items():
        ends[one] += count
        starts[two] += count
    found = {
        (one, two): max(
            _LEAST_BY_KIND,
            min(_MOST_BY_KIND, log((count + 0.01) * every / (ends[one] * starts[two]))),
        )
        for (one, two), count in both.items()
    }
    found["stop", "small"] = min(found["stop", "small"], _STOPPED)
    return found
