"""Whether the corrections are still in a later text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booktools.errata.apply import Applied
from booktools.errata.concordance import Concordance, fold
from booktools.errata.entry import Entry
from booktools.errata.nearest import clip
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Role
from booktools.model.place import Place

# Characters each side of a reading that tell its spot from others, at least.
REACH = 24
# Occurrences of one context that are counted.
_COUNTED = 50


@dataclass(frozen=True, slots=True)
class _Reading:
    """A spot of the corrected galley: what stands left and right of it there, blanks folded."""

    left: str
    right: str

    def with_(self, middle: str) -> str:
        return fold(self.left + middle + self.right).strip(" ")


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
                    self._places.append(Place(file, line + extra if line else 0))
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

    def place(self, hit: int) -> Place:
        return self._places[bisect_right(self._starts, hit) - 1]

    def round(self, hit: int, length: int) -> str:
        """What stands round `length` characters from a hit, cut to a line's length."""
        first = max(0, hit - 100)
        text = self.concordance.text[first : hit + length + 100]
        return clip(text, hit - first, hit - first + length)


def regressions(
    entries: Iterable[Entry], applied: Applied, texts: Sequence[tuple[str, int, str]]
) -> tuple[Finding, ...]:
    """An ERR020 for each applied entry whose reading a later text has lost.

    `texts` are (file, line on which it begins, text), paragraphs or sentences in reading
    order; blanks and line ends do not count.  What must stand there is taken from the
    corrected galley, so it holds the other corrections near it.
    """
    galley = _finished(applied)
    later = _Rows(texts)
    out = []
    for entry in entries:
        if entry.id not in applied.places:
            continue
        reading = _reading(entry, applied)
        new, old = reading.with_(entry.wanted), reading.with_(entry.found)
        back = later.hits(old, new)
        lost = len(later.hits(new, old)) < len(galley.hits(new, old))
        if lost or len(back) > len(galley.hits(old, new)):
            out.append(_finding(entry, applied, later, reading, back))
    return tuple(out)


def _finished(applied: Applied) -> _Rows:
    return _Rows(
        ("", 0, fold(block.text))
        for block in applied.galley.blocks
        if block.role is not Role.FURNITURE
    )


def _reading(entry: Entry, applied: Applied) -> _Reading:
    number, span = applied.places[entry.id]
    text = applied.galley.blocks[number].text
    left = max(REACH, len(entry.before))
    right = max(REACH, len(entry.after))
    return _Reading(text[max(0, span.start - left) : span.start], text[span.end : span.end + right])


def _finding(
    entry: Entry, applied: Applied, later: _Rows, reading: _Reading, back: Sequence[int]
) -> Finding:
    old, new = reading.with_(entry.found), reading.with_(entry.wanted)
    if back:
        message = f"“{entry.found}” is back where “{entry.wanted}” was put"
        place, excerpt = later.place(back[0]), later.round(back[0], len(old))
    else:
        message = f"“{entry.wanted}” is gone from “{clip(new)}”"
        place, excerpt = _neighbourhood(later, reading) or (entry.place, "")
    number, span = applied.places[entry.id]
    source = applied.galley.place_at(applied.galley.blocks[number], span.start)
    return Finding(
        "ERR020",
        Severity.ERROR,
        f"{entry.id}: {message}",
        place,
        excerpt,
        f"Write “{entry.wanted}” there, or change the entry in {entry.place}.",
        (entry.place, source),
        entry.before,
        entry.after,
    )


def _neighbourhood(later: _Rows, reading: _Reading) -> tuple[Place, str] | None:
    """Where what stood left or right of a lost reading stands now, if in one place only."""
    for side in reading.left, reading.right:
        phrase = fold(side).strip(" ")
        hits = later.concordance.places(phrase, 2)
        if len(hits) == 1:
            last = hits[0] + (len(phrase) - 1 if side is reading.left else 0)
            return later.place(last), later.round(hits[0], len(phrase))
    return None
