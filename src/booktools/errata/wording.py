"""The words of a book, whoever has set it, as two states of it are compared by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from booktools.errata.copies import without_copies
from booktools.errata.entry import Entry
from booktools.errata.line import Line
from booktools.errata.worddiff import Hunk
from booktools.model.place import Place

_WORD = re.compile(r"\S+")
# Bullets, the asterisks between two scenes, rules: no words.
_ORNAMENT = re.compile(r"[•◦‣▪●○■□∙⁂*]+|[-=_~─━┄|+]{3,}")
# Soft hyphens and characters without width show nothing.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SOFT = ("\u2010", "\u00ad")  # hyphens that a typesetter's program put in
_MARKS = ".,;:!?…’‘”“»«›‹()[]'\""
_SPACED = 30  # letters that may stand apart in one word


@dataclass(frozen=True)
class Witness:
    """One of the two states: `kind` is `epub`, `pdf`, `txt` or `manuscript`."""

    name: str
    kind: str
    lines: tuple[Line, ...]


class _Pair(NamedTuple):
    """A word of a line: where it stands, whether it may go on in the next line whether its
    hyphen shows nothing then, whether the line begins
    with it and whether it is part of a note."""

    word: str
    place: Place
    cut: bool
    soft: bool
    begins: bool
    note: bool


class Wording:
    """The words of a witness and where each stands."""

    def __init__(self, witness: Witness) -> None:
        kept = without_copies(witness.lines)
        lines = sorted(kept, key=lambda line: line.note)
        # What copies say, for what quotes them.
        own = set(map(id, kept))
        self.copied = [word for line in witness.lines if id(line) not in own
                       for word, _ in _words(line.text)]  # fmt: skip
        self.pairs: list[_Pair] = []
        for line in lines:
            soft = line.text.rstrip().endswith(_SOFT)
            for number, (word, last) in enumerate(_words(line.text)):
                cut = line.hyphened and last
                self.pairs.append(_Pair(word, line.place, cut, soft, not number, line.note))
        self.words: list[str] = []
        self.places: list[Place] = []
        self.origins: list[int] = []
        self.begins: list[bool] = []  # whether a line begins with the word
        self.notes = 0  # the words before the first note's
        self.name = witness.name
        self.vocabulary = {form for pair in self.pairs for form in (pair.word, bare(pair.word))}

    def settle(self, other: set[str]) -> None:
        """Join what line ends and the setting of the type have parted: what the other has whole
        is whole."""
        at = 0
        while at < len(self.pairs):
            word, place, cut, soft, begins, note = self.pairs[at]
            following = self.pairs[at + 1].word if at + 1 < len(self.pairs) else ""
            if cut and following and word.endswith("-") and len(word) > 1:
                both = _joined(word, following, soft, self.vocabulary, other)
                self.words.append(both)
                at += 2
            elif (count := self._parted(at, other)) > 1:
                self.words.append("".join(own.word for own in self.pairs[at : at + count]))
                at += count
            else:
                self.words.append(word)
                at += 1
            self.places.append(place)
            self.begins.append(begins)
            self.notes += not note
        self.origins = list(range(len(self.words)))

    def take_out(self, spans: Iterable[Hunk]) -> None:
        """Leave out the words `a0`..`a1` of each; `origin` tells where the rest stood."""
        gone = {at for span in spans for at in range(span.a0, span.a1)}
        kept = [at for at in range(len(self.words)) if at not in gone]
        self.notes = sum(at < self.notes for at in kept)
        self.words = [self.words[at] for at in kept]
        self.places = [self.places[at] for at in kept]
        self.begins = [self.begins[at] for at in kept]
        self.origins = [self.origins[at] for at in kept]

    def origin(self, at: int) -> int:
        """Where a word stood before some were taken out; the end for what is behind the last."""
        behind = self.origins[-1] + 1 if self.origins else 0
        return self.origins[at] if at < len(self.origins) else behind

    def line_begins(self, at: int) -> bool:
        """Whether a line begins with a word, or ends before it."""
        return at >= len(self.words) or self.begins[at]

    def _parted(self, at: int, other: set[str]) -> int:
        """How many words from here on are one in the other: letters set with air between them,
        or a capital that stands off."""
        single = at
        while (
            single < len(self.pairs) and single - at < _SPACED and len(self.pairs[single].word) == 1
        ):
            single += 1
        for end in range(single, at + 1, -1):
            if "".join(own.word for own in self.pairs[at:end]) in other and end - at > 1:
                return end - at
        if at + 1 < len(self.pairs):
            word, following = self.pairs[at].word, self.pairs[at + 1].word
            stem = bare(word)
            alone = (len(stem) == 1 and stem.isupper()) or not any(c.isalnum() for c in word)
            if alone and word + following in other and not (word in other and following in other):
                return 2
        return 1

    def text(self, start: int, end: int) -> str:
        return " ".join(self.words[max(0, start) : max(0, end)])

    def place(self, at: int) -> Place:
        if not self.places:
            return Place(self.name)
        return self.places[min(at, len(self.places) - 1)]


def _joined(word: str, following: str, soft: bool, own: set[str], other: set[str]) -> str:
    """A word at a line's end and its rest, as the other has it.

    Where the other has neither form, a hyphen that the setting put there (`soft`) goes, and
    another one stays unless the same text has the word whole elsewhere.
    """
    whole, kept = word[:-1] + following, word[:-1] + "-" + following
    one, two = bare(whole), bare(kept)
    if (one in other) != (two in other):
        return whole if one in other else kept
    return whole if soft or (one in own and two not in own) else kept


def bare(word: str) -> str:
    """A word without the marks round it."""
    return word.strip(_MARKS) or word


def touched(entry: Entry) -> set[str]:
    """The words that an entry changes, whole, in both readings."""
    out: set[str] = set()
    for reading in (entry.found, entry.wanted):
        context = f"{entry.before}{reading}{entry.after}"
        start, end = len(entry.before), len(entry.before) + len(reading)
        for match in _WORD.finditer(context):
            if match.start() <= end and start <= match.end():
                out.add(bare(normal(match[0])))
    return out


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a line in the form in which they are compared, and whether it is the last."""
    found = _WORD.findall(normal(text))
    for number, word in enumerate(found, 1):
        if not _ORNAMENT.fullmatch(word):
            yield word, number == len(found)


def normal(text: str) -> str:
    """Text as it is compared: composed, ligatures as letters, each run of blanks one space."""
    plain = _UNSEEN.sub("", text).replace("\u2010", "-").replace("\u2011", "-")
    if any("\ufb00" <= char <= "\ufb06" for char in plain):
        plain = "".join(
            unicodedata.normalize("NFKC", c) if "\ufb00" <= c <= "\ufb06" else c for c in plain
        )
    return " ".join(unicodedata.normalize("NFC", plain).split())
