"""Whether the corrections are still in a later text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from booktools.errata.apply import Applied
from booktools.errata.concordance import Concordance, fold
from booktools.errata.entry import Entry
from booktools.errata.nearest import clip
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Role
from booktools.model.place import Place

# Characters each side of a reading that tell its spot from others, at least.
REACH = 24
# So many of them when a neighbour further off may have changed.
_CLOSE = 12
# A phrase with less than both its sides tells a spot from so many characters on.
_ENOUGH = 8
# Occurrences of one phrase that are counted.
_COUNTED = 50


def regressions(
    entries: Iterable[Entry], applied: Applied, texts: Iterable[tuple[str, int, str]]
) -> tuple[Finding, ...]:
    """An ERR020 for each applied entry whose reading a later text has lost.

    `texts` are (file, line on which it begins, text), paragraphs or sentences in reading
    order; blanks and line ends do not count.  What must stand there is taken from the
    corrected galley, so it holds the other corrections near it.
    """
    later = _Rows(texts)
    galley = _Rows(
        ("", 0, fold(block.text))
        for block in applied.galley.blocks
        if block.role is not Role.FURNITURE
    )
    out = []
    for entry in entries:
        if entry.id in applied.places:
            found = _watch(entry, applied, galley, later)
            out += [found] if found else []
    return tuple(out)


class _Rows:
    """Lines of text end to end, a space between them, and where each stands."""

    def __init__(self, texts: Iterable[tuple[str, int, str]]) -> None:
        self._starts: list[int] = []
        self._places: list[Place] = []
        parts: list[str] = []
        at = 0
        for file, line, text in texts:
            for extra, row in enumerate(text.split("\n")):
                if folded := fold(row).strip(" "):
                    self._starts.append(at)
                    self._places.append(Place(file, line + extra))
                    parts.append(folded)
                    at += len(folded) + 1
        self.concordance = Concordance(" ".join(parts))

    def hits(self, phrase: str, apart: str) -> list[int]:
        """Where a phrase stands, those left out that stand inside another phrase."""
        inner = self.concordance.places(phrase, _COUNTED)
        if phrase not in apart:
            return inner
        outer = self.concordance.places(apart, _COUNTED)
        reach = len(apart) - len(phrase)
        return [hit for hit in inner if not any(o <= hit <= o + reach for o in outer)]

    def has_more(self, phrase: str, apart: str, other: _Rows) -> bool:
        """Whether a phrase stands here more often than in another text."""
        return len(self.hits(phrase, apart)) > len(other.hits(phrase, apart))

    def place(self, hit: int) -> Place:
        return self._places[bisect_right(self._starts, hit) - 1]

    def round(self, hit: int, length: int) -> str:
        """What stands round `length` characters from a hit, cut to a line's length."""
        first = max(0, hit - 100)
        text = self.concordance.text[first : hit + length + 100]
        return clip(text, hit - first, hit - first + length)


class _Pair(NamedTuple):
    """A phrase with the wanted reading, the same with the one found, and where that begins."""

    new: str
    old: str
    at: int


@dataclass(frozen=True, slots=True)
class _Spot:
    """What stands left and right of a reading in the corrected galley, blanks folded."""

    left: str
    right: str

    def phrase(self, reading: str, left: str, right: str) -> str:
        """A reading between parts of the two sides, as it stands in rows without blank ends."""
        phrase = fold(left + reading + right)
        phrase = phrase if self.left else phrase.lstrip(" ")
        return phrase if self.right else phrase.rstrip(" ")

    def pairs(self, entry: Entry) -> list[_Pair]:
        """What to look for: the surest pair first.

        First both sides; then less of them, or one side and a single character of the other:
        when a neighbour is changed or lost too, the reading is still known.
        """
        sides = (
            (self.left, self.right),
            (self.left[-_CLOSE:], self.right[:_CLOSE]),
            (self.left, self.right[:1]),
            (self.left[-1:], self.right),
        )
        indent = len(entry.found) - len(entry.found.lstrip(" "))
        pairs = [
            _Pair(
                self.phrase(entry.wanted, *side),
                self.phrase(entry.found, *side),
                len(side[0]) + indent,
            )
            for side in sides
        ]
        return pairs[:1] + [p for p in pairs[1:] if min(len(p.new), len(p.old)) >= _ENOUGH]


def _spot(entry: Entry, applied: Applied) -> _Spot:
    number, span = applied.places[entry.id]
    text = applied.galley.blocks[number].text
    back, ahead = max(REACH, len(entry.before)), max(REACH, len(entry.after))
    # Twice as much, for what folding takes away; the block's own ends have no blanks.
    left = fold(text[max(0, span.start - 2 * back) : span.start])
    right = fold(text[span.end : span.end + 2 * ahead])
    left = left.lstrip(" ") if span.start <= 2 * back else left
    right = right.rstrip(" ") if span.end + 2 * ahead >= len(text) else right
    return _Spot(left[-back:], right[:ahead])


def _watch(entry: Entry, applied: Applied, galley: _Rows, later: _Rows) -> Finding | None:
    spot = _spot(entry, applied)
    pairs = spot.pairs(entry)
    new, old, _ = pairs[0]
    if not galley.has_more(new, old, later) and not later.has_more(old, new, galley):
        return None
    for new, old, at in pairs:
        if later.has_more(old, new, galley):
            hit = later.hits(old, new)[0]
            message = f"“{entry.found}” stands where “{entry.wanted}” was decided on"
            there = later.place(hit + at), later.round(hit, len(old))
            return _finding(entry, applied, message, there)
    if all(galley.has_more(new, old, later) for new, old, _ in pairs):
        message = f"“{entry.wanted}” is gone from “{clip(pairs[0].new)}”"
        return _finding(entry, applied, message, _neighbourhood(spot, later))
    return None


def _finding(
    entry: Entry, applied: Applied, message: str, there: tuple[Place, str] | None
) -> Finding:
    place, excerpt = there or (entry.place, "")
    number, span = applied.places[entry.id]
    source = applied.galley.place_at(applied.galley.blocks[number], span.start)
    return Finding(
        "ERR020",
        Severity.ERROR,
        f"{entry.id}: {message}",
        place,
        excerpt,
        f"Run: booktools recover. If the manuscript is right, change the entry in {entry.place}.",
        (entry.place, source),
        entry.before,
        entry.after,
    )


def _neighbourhood(spot: _Spot, later: _Rows) -> tuple[Place, str] | None:
    """Where what stood left or right of a lost reading stands now, if in one place only."""
    for side in spot.left, spot.right:
        phrase = side.strip(" ")
        hits = later.concordance.places(phrase, 2)
        if len(hits) == 1:
            last = hits[0] + (len(phrase) - 1 if side is spot.left else 0)
            return later.place(last), later.round(hits[0], len(phrase))
    return None
