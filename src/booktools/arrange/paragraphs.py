"""Where a paragraph ends: the odds between one line and the next, from the page itself.

A dump without empty lines still shows its paragraphs: the last line of one is as long as
it happens to be, every other line is as long as the measure; a sentence ends there and
another begins; the first line is indented, and so a little shorter, or begins as dialogue
and parts of plays begin.  How far full lines differ, how deep the indent is and with which
words paragraphs begin is learnt from the places that leave no doubt.

Odds are natural logarithms, above nothing for a paragraph's end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, log, pi, sqrt
from statistics import median

from booktools.arrange.nouns import Nouns
from booktools.arrange.words import (
    BREAKS_OFF,
    HYPHENS,
    REMEMBERED,
    ends_sentence,
    evenly,
    starts_lower,
)
from booktools.model.page import Line

# One line in so many is a paragraph's last.
_PRIOR = log(1 / 8)
# How a paragraph's last line ends, and how it does not.
_ENDS = {"stop": 2.0, "colon": 0.5, "dash": -1.5, "none": -3.5, "hyphen": -7.0}
# How a paragraph's first line begins, and how it does not.
_STARTS = {"capital": 0.5, "quote": 2.0, "dash": 2.0, "figure": 0.0, "other": 0.0, "small": -6.0}
# One speaker stops, another begins.
_DIALOGUE = 2.0
# No evidence that is learnt weighs more than this; nor geometry beside a narrow stretch.
_MOST = 2.5
_MOST_BY_WIDTH = 5.5
_MOST_BY_GAP = 5.0
_MOST_IN_NARROW = 3.0
# So sure a place must be to learn from it; so many are a habit.
_SURE = 2.5
_HABIT = 3
# With fewer full lines a source has no measure to speak of.
_FEWEST_FULL = 20
# Full lines round a line that tell its measure, and a width that is theirs.
_NEAR = 3
_ALIKE = 0.07
_NARROW = 0.85
# Lines much wider than the measure are several, which the extractor has joined.
# A full line is no shorter, in parts of the measure: widths are estimated.
_SHORT_OF = 0.88
_JOINED = 1.25
# An indent is a few blanks, not a centred line.
_DEEPEST = 10

_INNER = re.compile("[\ufffe\x02\u00ad]")  # line ends inside a line, in dumps that drop the break
_QUOTES = "\"“‘„‚«»‹›'"
_DASHES = "—–―"
_CLOSING = frozenset('"”’“»«›‹')


_BY_LAST = {
    **dict.fromkeys(HYPHENS, "hyphen"),
    **dict.fromkeys(_DASHES, "dash"),
    ":": "colon",
}
_BY_FIRST = {"": "dash", **dict.fromkeys(_QUOTES, "quote"), **dict.fromkeys(_DASHES, "dash")}


class _Ems(dict[str, float]):
    """Widths of characters; what is not named is as wide as most of its case."""

    def __missing__(self, char: str) -> float:
        self[char] = ems = 0.7 if char.isupper() else 0.5
        return ems


_EMS = _Ems(
    {
        **dict.fromkeys("ijl.,:;'’‘!|·", 0.27),
        **dict.fromkeys('ftrI()[]-\u00ad\u2010\u2011/"“”„ ', 0.33),
        **dict.fromkeys("mMwW", 0.85),
        **dict.fromkeys("—…", 1.0),
    }
)


@lru_cache(REMEMBERED)
def width(text: str) -> float:
    """The width of a text in ems, as a common text face sets it."""
    return sum(map(_EMS.__getitem__, text))


@dataclass(slots=True)  # as `Row`
class _Row:
    """A line as a setter sees it: widths in ems of its first and last stretch, ends' kinds.

    `lead` is the width of the first word, `full` whether a sentence runs on below.
    """

    last: float
    first: float
    lead: float
    word: str
    ends: str
    starts: str
    closes: bool
    indent: int

    @classmethod
    def of(cls, line: Line) -> _Row:
        text = evenly(line.text)
        first = last = text
        if not text.isprintable():  # what ends lines inside a line is not
            parts = [part for part in _INNER.split(text) if part] or [text]
            first, last = parts[0], parts[-1]
        lead = first.partition(" ")[0]
        return cls(
            width(last),
            width(first),
            width(lead),
            lead.casefold(),
            _end(text),
            _start(text),
            text[-1:] in _CLOSING,
            line.indent,
        )


def _end(text: str) -> str:
    told = _BY_LAST.get(text[-1:], "")
    if told:
        # A number before a dash is the first of two, as half a word before a hyphen is.
        return "hyphen" if told == "dash" and text[-2:-1].isdigit() else told
    return "stop" if ends_sentence(text) or text[-2:] in BREAKS_OFF else "none"


def _start(text: str) -> str:
    if starts_lower(text):
        return "small"
    head = text[:1]
    if head in _BY_FIRST:
        return _BY_FIRST[head]
    if head.isdigit():
        return "figure"
    return "capital" if head.isupper() else "other"


def _going_on(lines: Sequence[Line], runs: Sequence[Sequence[int]], nouns: Nouns) -> Iterator[int]:
    """The lines that go on with a noun for which the line above waits."""
    for run in runs:
        for above, below in pairwise(run):
            if nouns.goes_on(lines[above].text, lines[below].text):
                yield below


class Parting:
    """What the lines of a source tell about the ends of its paragraphs.

    `runs` are indices of lines that stand together, nothing between them, in reading order.
    Where most of the ends that leave no doubt have an empty line below, one without is
    less likely.
    """

    def __init__(self, lines: Sequence[Line], runs: Sequence[Sequence[int]]) -> None:
        self._rows = {i: _Row.of(lines[i]) for run in runs for i in run}
        nouns = Nouns.of([lines[i].text for i in self._rows])
        self._awaited = frozenset(_going_on(lines, runs, nouns) if nouns else ())
        self._at = {lines[i].span.start: i for i in self._rows}
        self._order = [i for run in runs for i in run]
        self._rank = {index: rank for rank, index in enumerate(self._order)}
        self._full = self._full_lines(runs)
        self._runs_on = {self._order[rank] for rank in self._full}
        self._measures = dict(zip(self._order, self._all_measures(), strict=True))
        self._base = self._bases(runs)
        pairs = [pair for run in runs for pair in pairwise(run)]
        self._ragged, self._mean, self._spread = self._usual_fill(pairs)
        self._known = {pair: self._plain(*pair) for pair in pairs}
        self._habit = self._habits(pairs)
        self._closed = self._without_gap(lines, runs)

    def odds(self, above: int, below: int) -> float:
        """The odds that a paragraph ends with line `above` and one begins with `below`."""
        plain = self._known.get((above, below))
        if plain is None:
            plain = self._plain(above, below)
        return plain + self._habit(below)

    def across(self, one: Line, two: Line) -> float:
        """The odds at a seam, where a page ends or something stands between two lines; far
        above nothing where an empty line does, in a source that parts paragraphs so."""
        above, below = self._at.get(one.span.start), self._at.get(two.span.start)
        if above is None or below is None or len(self._full) < _FEWEST_FULL:
            return _MOST_BY_GAP
        odds = self.odds(above, below)
        return odds - self._closed if one.page == two.page else odds

    def is_full(self, line: Line) -> bool:
        """Whether a line is as long as its measure, or nearly; not where nobody knows that."""
        index = self._at.get(line.span.start)
        if index is None or not self._measures[index]:
            return False
        fill = self._rows[index].last / self._measures[index]
        return fill > _SHORT_OF

    def ends_early(self, line: Line) -> bool:
        """Whether a line is known to end far from its measure."""
        known = self._measures.get(self._at.get(line.span.start, -1), 0.0) > 0
        return known and not self.is_full(line)

    def starts(self, run: Sequence[int]) -> dict[int, float]:
        """The lines of a run that begin a paragraph, but for its first, and their odds."""
        odds = ((b, self.odds(a, b) + self._closed) for a, b in pairwise(run))
        return {below: points for below, points in odds if points > 0}

    # --- what the page is like ---

    def _full_lines(self, runs: Sequence[Sequence[int]]) -> list[int]:
        """Ranks of the lines that a sentence runs through: they are full."""
        return [
            self._rank[above]
            for run in runs
            for above, below in pairwise(run)
            if self._rows[above].ends in ("hyphen", "none") and self._rows[below].starts == "small"
        ]

    def _all_measures(self) -> list[float]:
        """The width of a full line where each line stands, in ems; 0: nobody knows."""
        full = self._full
        widths = [self._rows[index].last for index in self._order]
        fills = [widths[rank] for rank in full]
        out = []
        at = 0
        for rank, own in enumerate(widths):
            while at < len(full) and full[at] < rank:
                at += 1
            after = at + (at < len(full) and full[at] == rank)  # the line itself tells nothing
            near = fills[max(0, at - _NEAR) : at] + fills[after : after + _NEAR]
            near.sort()
            measure = _middle(near) if near else 0.0
            if own < _NARROW * measure:
                alike = [w for w in near if abs(w - own) < _ALIKE * own]
                measure = _middle(alike) if len(alike) > 1 else measure
            out.append(measure)
        return out

    def _without_gap(self, lines: Sequence[Line], runs: Sequence[Sequence[int]]) -> float:
        """What it tells of two lines that no empty line parts them: never a paragraph's end
        more likely."""
        apart = [
            (one[-1], two[0])
            for one, two in pairwise(runs)
            if lines[one[-1]].page == lines[two[0]].page
        ]
        gaps = sum(self._plain(*pair) > _SURE for pair in apart)
        closed = sum(points > _SURE for points in self._known.values())
        return max(-_MOST_BY_GAP, min(0.0, log((closed + 0.5) / (gaps + 0.5))))

    def _bases(self, runs: Sequence[Sequence[int]]) -> dict[int, int]:
        """The commonest indent of each run's lines, by line."""
        base: dict[int, int] = {}
        for run in runs:
            usual = Counter([self._rows[i].indent for i in run]).most_common(1)
            base.update(dict.fromkeys(run, usual[0][0]))
        return base

    def _usual_fill(self, pairs: Sequence[tuple[int, int]]) -> tuple[bool, float, float]:
        """Whether the next word is to be reckoned in, and the middle and the spread of how
        far full lines fill the measure.

        Lines of a justified text are alike; ragged ones are short by the next word at most.
        """
        found = [(False, 1.0, 0.05)]
        for ragged in (False, True):
            fills = [self._fill(a, b, ragged) for a, b in pairs if a in self._runs_on]
            if len(fills) >= _HABIT:
                middle = median(fills)
                spread = max(0.02, 1.48 * median(abs(f - middle) for f in fills))
                found.append((ragged, middle, spread))
        return min(found[1:] or found, key=lambda f: f[2])

    def _fill(self, above: int, below: int, ragged: bool) -> float:
        """How far a line fills the measure, or would with the first word of the next on it."""
        measure = self._measures[above]
        if not measure:
            return 1.0
        own = self._rows[above].last / measure
        if own > _JOINED:
            own -= int(own - 0.1)
        return own + (self._rows[below].lead + 0.25) / measure if ragged else own

    # --- odds ---

    def _plain(self, above: int, below: int) -> float:
        one, two = self._rows[above], self._rows[below]
        points = _PRIOR + _ENDS[one.ends] + _STARTS[two.starts]
        if below in self._awaited:
            points += _STARTS["small"] - _STARTS["capital"]
        if one.closes and two.starts in ("quote", "dash"):
            points += _DIALOGUE
        return points + self._by_width(above, below)

    def _by_width(self, above: int, below: int) -> float:
        """A last line may be of any length, a full one is as long as the measure."""
        if not self._measures[above]:
            return 0.0
        fill = self._fill(above, below, self._ragged)
        if fill >= self._mean:
            return -_MOST
        points = -log(max(_bell(fill, self._mean, self._spread), 1e-6))
        measure = self._measures[below]
        narrow = self._rows[below].last < _NARROW * max(self._measures[above], measure)
        return min(points, _MOST_IN_NARROW if narrow else _MOST_BY_WIDTH)

    def _habits(self, pairs: Sequence[tuple[int, int]]) -> Callable[[int], float]:
        """What paragraphs' first lines have in common, learnt where there is no doubt."""
        starts = [pair[1] for pair in pairs if self._known[pair] > _SURE]
        others = [pair[1] for pair in pairs if self._known[pair] < -_SURE]
        if len(starts) < _HABIT or len(others) < _HABIT:
            return lambda below: 0.0
        words = _contrast(
            [self._rows[i].word for i in starts], [self._rows[i].word for i in others]
        )
        indents = _contrast([self._deep(i) for i in starts], [self._deep(i) for i in others])
        short = [self._share(i) for i in starts if i in self._runs_on]
        usual = [self._share(i) for i in others if i in self._runs_on]
        narrower = _two_bells(short, usual)

        def learnt(below: int) -> float:
            points = words(self._rows[below].word) + indents(self._deep(below))
            if below in self._runs_on:
                points += narrower(self._share(below))
            return points

        return learnt

    def _deep(self, index: int) -> bool:
        """Whether the line is indented as first lines are."""
        return 0 < self._rows[index].indent - self._base[index] <= _DEEPEST

    def _share(self, index: int) -> float:
        measure = self._measures[index]
        return self._rows[index].first / measure if measure else 1.0


def _middle(ordered: Sequence[float]) -> float:
    """The median of widths in order."""
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def _bell(value: float, middle: float, spread: float) -> float:
    return exp(-(((value - middle) / spread) ** 2) / 2) / (spread * sqrt(2 * pi))


def _contrast(ours: Sequence[object], others: Sequence[object]) -> Callable[[object], float]:
    """The odds that a value gives, from how often it stands here and there."""
    here, there = Counter(ours), Counter(others)

    def odds(value: object) -> float:
        points = log((here[value] + 0.5) / (len(ours) + 1)) - log(
            (there[value] + 0.5) / (len(others) + 1)
        )
        return max(-_MOST, min(_MOST, points))

    often = (value for value, count in (here + there).items() if count >= _HABIT)
    known = {value: odds(value) for value in often}
    return lambda value: known.get(value, 0.0)


def _two_bells(ours: Sequence[float], others: Sequence[float]) -> Callable[[float], float]:
    """The odds that a measured value gives, from what is usual here and there."""
    if len(ours) < _HABIT or len(others) < _HABIT:
        return lambda value: 0.0
    here, there = median(ours), median(others)
    spread = max(
        0.015,
        1.48 * median([abs(v - here) for v in ours] + [abs(v - there) for v in others]),
    )
    if there - here < spread / 2:
        return lambda value: 0.0

    def odds(value: float) -> float:
        points = ((value - there) ** 2 - (value - here) ** 2) / (2 * spread**2)
        return max(-_MOST, min(_MOST, points))

    return odds
