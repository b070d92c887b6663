"""The transcriber's note of a finished edition, held against the ledger and the edition itself.

The note is made of both: its readings are those of entries, what it quotes round them stands in
the text of the same edition.  What is so is not compared; what is not is, word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from booktools.errata.concordance import Concordance
from booktools.errata.copies import letters
from booktools.errata.entry import Entry
from booktools.errata.note import ARROW, NOTHING
from booktools.errata.worddiff import Hunk
from booktools.errata.wording import Wording, bare, normal, touched

_MOST = 40  # words of one place that is told
_HEADING = 40  # words of the title over a part of the note
_SIGN = 8  # letters of what stands before a page's number
_PAGE = re.compile(r"\d{1,5}[:;)]")
_CUT = "…"
_DOT = "."  # one of those that lead to a page: editions have more or less of them


def note_spans(wording: Wording, entries: Iterable[Entry], title: str) -> list[Hunk]:
    """The words of the note under a title that say what they must: words `a0`..`a1` of each."""
    heading = normal(title).split()
    arrows = [at for at, word in enumerate(wording.words) if word == ARROW]
    if not (heading and arrows):
        return []
    reader = _Reader(wording, entries, arrows, heading)
    return [Hunk(start, end, 0, 0) for start, end in reader.spans()]


class _Reader:
    def __init__(
        self,
        wording: Wording,
        entries: Iterable[Entry],
        arrows: Sequence[int],
        heading: Sequence[str],
    ) -> None:
        words = wording.words
        self.words, self.arrows = words, arrows
        self.start = _last(words[: arrows[0]], heading)
        self.heading = len(heading)
        self.by_word: dict[str, list[Entry]] = {}
        for entry in entries:
            for word in touched(entry):
                self.by_word.setdefault(word, []).append(entry)
        behind = min(arrows[-1] + _MOST, wording.notes)
        text = [*words[: max(self.start, 0)], "\n", *words[behind:], "\n", *wording.copied]
        self.text = Concordance(f" {' '.join(word for word in text if word != _DOT)} ")
        self.letters = Concordance(f" {' '.join(filter(None, map(letters, text)))} ")
        self.told: set[str] = set()  # ids of entries

    def spans(self) -> Iterator[tuple[int, int]]:
        if self.start < 0:
            return
        at, found = self.start + self.heading, False
        for arrow in self.arrows:
            if arrow < at:
                continue
            span = self.item(arrow)
            if span is None:
                continue
            if not found:
                yield self.start, self.start + self.heading
                found = True
            if at < span[0] and self.is_title(at, span[0]):
                yield at, span[0]
            yield span
            at = span[1]

    def is_title(self, start: int, end: int) -> bool:
        """Whether words stand in the text, letter for letter."""
        own = " ".join(filter(None, map(letters, self.words[start:end])))
        return end - start <= _HEADING and bool(self.letters.places(f" {own} ", 1))

    def item(self, arrow: int) -> tuple[int, int] | None:
        """The words of the item round an arrow, if entries and the text stand for all of it."""
        for entry in self.known(arrow):
            was = normal(entry.found).split()
            reads = normal(entry.wanted).split() or [NOTHING]
            start, end = arrow - len(was), arrow + 1 + len(reads)
            pair = (
                " ".join(self.words[max(0, start) : arrow]),
                " ".join(self.words[arrow + 1 : end]),
            )
            if start < 0 or not _is_of(entry, *pair):
                continue
            alike = [own.id for own in self.known(arrow) if _is_of(own, *pair)]
            free = [id for id in alike if id not in self.told]
            behind, count = self.places(end, "" if pair[1] == NOTHING else pair[1])
            if behind is not None and len(free) >= max(count, 1):
                self.told.update(free[: max(count, 1)])
                return start, behind
        return None

    def known(self, arrow: int) -> list[Entry]:
        beside = {bare(word) for word in self.words[max(0, arrow - 1) : arrow + 2]}
        found = {e.id: e for word in sorted(beside) for e in self.by_word.get(word, ())}
        return list(found.values())

    def places(self, at: int, reads: str) -> tuple[int | None, int]:
        """Where the places of an item end, None where one is not in the text, and how many they
        are."""
        words = self.words
        if at >= len(words) or not words[at].startswith("("):
            return at, 0
        count = 0
        while True:
            end = self.place(at, reads, not count)
            if end is None:
                return None, count
            count += 1
            if words[end - 1].endswith(")"):
                return end, count
            at = end

    def place(self, at: int, reads: str, first: bool) -> int | None:
        """Behind the last word of one place: its page, and what stands round the reading."""
        words = list(self.words[at : at + _MOST])
        if first and words:
            words[0] = words[0][1:]
        begin = 0
        if len(words) > 1 and len(words[0]) <= _SIGN and _PAGE.fullmatch(words[1]):
            if words[1][-1] != ":":
                return at + 2
            begin = 2
        for number in range(begin, len(words)):
            if words[number][-1:] in (";", ")"):
                told = [*words[begin:number], words[number][:-1]]
                if self.stands([word for word in told if word], reads):
                    return at + number + 1
        return None

    def stands(self, told: list[str], reads: str) -> bool:
        ends = 0, len(told) - 1
        inner = [w for n, w in enumerate(told) if w != _DOT and (w != _CUT or n not in ends)]
        quote = " ".join(inner)
        return bool(quote) and reads in quote and bool(self.text.places(f" {quote} ", 1))


def _last(words: Sequence[str], heading: Sequence[str]) -> int:
    """Where a heading stands last, -1 when nowhere."""
    spans = range(len(words) - len(heading), -1, -1)
    return next((n for n in spans if list(words[n : n + len(heading)]) == list(heading)), -1)


def _is_of(entry: Entry, was: str, reads: str) -> bool:
    """Whether these are the readings of an entry, whole words."""
    found, wanted = normal(entry.found), normal(entry.wanted)
    at = was.find(found)
    while at >= 0:
        lead, tail = was[:at], was[at + len(found) :]
        if reads == (f"{lead}{wanted}{tail}" or NOTHING):
            return True
        at = was.find(found, at + 1)
    return False
