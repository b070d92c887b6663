"""Text and what stands beside it, written by turns: a line of one, a line of the other.

Some extractors read a page line by line from top to bottom, whatever stands side by side:
the column, made narrow by a picture or a box, and the lines of the caption or the box.  Read as
they stand such lines make no sense; read as two streams they do (`streams.py`).

Where such an extractor drops the hyphens at line ends, too, the half of a word is glued to the
next line, which is the other stream's: "the prinA View of the Mill", "cipal sluice".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from booktools.arrange.paragraphs import width
from booktools.arrange.rows import Rows
from booktools.arrange.streams import END, RARE, START, Piece, Streams, is_prose
from booktools.model.page import Line
from booktools.model.place import Span

# Lines beside something are so narrow, in parts of the measure.
_NARROW = 0.8
# Fewer rows are no two streams; more are no picture's.
_FEWEST, _MOST = 3, 80
# So much more likely than one stream two must be.
_GAIN = 3.0
# The same where a source is known to have such.
_NOT_RARE, _NO_DOUBT = 1.0, 1.5
# The halves of a glued word have so many letters.
_HALF = 2
# Full lines of one stream differ in width by so much, in parts.
_ALIKE = 0.1

_LETTERS = re.compile(r"[^\W\d_]+")
# What may be a capital behind a small letter.
_CAPITAL_WITHIN = re.compile(r"[^\W\d_A-Z][^\W\d_a-z]")


@dataclass(frozen=True, slots=True)
class Unwoven:
    """Lines in the order in which they are read.

    `origin` is the index that each had before, the same for the two parts of one that was cut;
    `beside` are the first and the last line, as counted now, of each stretch that stands beside
    the text.
    """

    lines: tuple[Line, ...]
    origin: tuple[int, ...]
    beside: tuple[tuple[int, int], ...]


def unwoven(lines: tuple[Line, ...], rows: Rows, text: str) -> Unwoven | None:
    """The lines of two streams that are written by turns, one stream after the other; nothing
    where none are.

    `rows` are those of the lines that may take part, `text` is the source.
    """
    order: list[tuple[Line, int]] = []
    beside: list[tuple[int, int]] = []
    done = 0
    for found in _woven(lines, rows, text):
        pieces = [(p, s) for p, s in found if p.blind != START]
        start, stop = pieces[0][0].index, pieces[-1][0].index
        order += [(lines[i], i) for i in range(done, start)]
        done, told = stop + 1, 0
        for piece, stream in pieces:
            if stream > told:  # all of it stands where it begins
                told = stream
                box = [(p.line, p.index) for p, s in pieces if s == stream]
                beside.append((len(order), len(order) + len(box) - 1))
                order += box
            if not stream:
                order.append((piece.line, piece.index))
    if not beside:
        return None
    order += [(lines[i], i) for i in range(done, len(lines))]
    return Unwoven(tuple(line for line, _ in order), tuple(i for _, i in order), tuple(beside))


def _woven(lines: Sequence[Line], rows: Rows, text: str) -> Iterator[list[tuple[Piece, int]]]:
    """The stretches of the source that are two streams, each piece with the number of its
    stream: 0 for the text, the others for what stands beside it."""
    regions = list(_regions(rows))
    if not regions:
        return
    reader = _Reader(lines, rows, text)
    parts = [part for region in regions for part in reader.parts(*region)]
    if any(reader.read(*part, RARE, _GAIN) for part in parts):
        for part in parts:
            pieces = reader.read(*part, _NOT_RARE, _NO_DOUBT)
            if pieces:
                yield pieces


def _regions(rows: Rows) -> Iterator[tuple[int, int]]:
    """Runs of rows on one page, nothing between them, that are narrow, or stand between narrow
    ones."""
    own, count = rows.rows, len(rows)
    narrow = rows.narrower(_NARROW)
    first = -1
    for at in range(count + 1):
        inside = at < count and (
            narrow[at] or (0 < at < count - 1 and narrow[at - 1] and narrow[at + 1])
        )
        below = inside and own[at].page == own[at - 1].page
        if first >= 0 and not (below and own[at].index == own[at - 1].index + 1):
            if at - first >= _FEWEST and _breaks_off(rows, first, at - 1):
                yield first, at - 1
            first = -1
        if inside and first < 0:
            first = at


def _breaks_off(rows: Rows, first: int, last: int) -> bool:
    """Whether some row of these hardly goes on with the next one, as it stands."""
    own = rows.rows[first : last + 2]
    return any(one.terminal is two.lower for one, two in pairwise(own))


class _Reader:
    """Reads rows as one stream and as two, by what the source tells of its language."""

    def __init__(self, lines: Sequence[Line], rows: Rows, text: str) -> None:
        self._rows = rows
        self._usual = median([rows.measure(at) for at in range(len(rows))])
        self._text = text
        self._lines = lines
        self._pieces: dict[int, Piece] = {}
        self._words = rows.grammar.words
        self._streams = Streams(rows.grammar)
        self._cuts: dict[int, list[Piece]] = {}

    def parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The runs of rows within some rows that may each stand beside something."""
        start = first
        for at in range(first, last + 2):
            if at <= last and all(p.blind or self._narrow(at, p) for p in self._cut(at)):
                continue
            if _FEWEST <= at - start <= _MOST:
                yield start, at - 1
            start = at + 1

    def read(self, first: int, last: int, rare: float, gain: float) -> list[tuple[Piece, int]]:
        """The pieces of some rows with their streams, or nothing where one is as likely.

        `rare` speaks against two streams, which must be likelier than one by `gain`.
        """
        pieces = [piece for at in range(first, last + 1) for piece in self._cut(at)]
        above = self._whole(max(first - 1, 0), first)
        below = self._whole(last + 1, last + 2)
        if below and below[0].row.page != pieces[-1].row.page:
            below = []  # both may go on overleaf
        found, points = self._streams.best([*above, *pieces, *below], len(below), rare, True)
        if max(found) == 0:
            return []
        plain = [*above, *self._whole(first, last + 1), *below]
        if points < self._streams.best(plain, len(below), rare, False)[1] + gain:
            return []
        streams = found[len(above) : len(found) - len(below)]
        return list(zip(pieces, streams, strict=True)) if is_prose(pieces, streams) else []

    def _whole(self, start: int, stop: int) -> list[Piece]:
        """Some rows uncut, so far as there are any."""
        known, rows = self._pieces, self._rows
        own = range(start, min(stop, len(rows)))
        for at in own:
            if at not in known:
                row = rows[at]
                known[at] = Piece(self._lines[row.index], row.index, row, rows.ends[at])
        return [known[at] for at in own]

    def _narrow(self, at: int, piece: Piece) -> bool:
        return piece.row.width < _NARROW * max(self._usual, self._rows.measure(at))

    # --- glued words ---

    def _cut(self, at: int) -> list[Piece]:
        """A row in the pieces that glued words leave of it."""
        if at not in self._cuts:
            self._cuts[at] = self._cut_anew(at)
        return self._cuts[at]

    def _cut_anew(self, at: int) -> list[Piece]:
        whole = self._whole(at, at + 1)[0]
        line, narrow = whole.line, self._narrow(at, whole)
        if narrow and not _CAPITAL_WITHIN.search(line.text):
            return [whole]
        following = [p.ends.first.casefold() for p in self._whole(at + 1, at + 3)]
        seams = [
            match.start() + seam
            for match in _LETTERS.finditer(line.text)
            if (seam := self._seam(at, match, following, narrow))
        ]
        if not seams and narrow:
            return [whole]
        if not seams:
            return [replace(whole, blind=END), replace(whole, blind=START)]
        begin = line.begins(self._text)
        cuts = [line.span.start, *(begin + seam for seam in seams), line.span.end]
        parts = zip(pairwise(cuts), pairwise([0, *seams, len(line.text)]), strict=True)
        made = [
            replace(line, span=Span(*span), text=line.text[slice(*part)].strip())
            for span, part in parts
        ]
        return [Piece.of(part, whole.index, "-" * (part is not made[-1])) for part in made]

    def _seam(self, at: int, word: re.Match[str], following: Sequence[str], narrow: bool) -> int:
        """Where a word of a row is glued of the half of one, which goes on with one of the words
        `following`, and another; 0 where it is not."""
        words, text = self._words, word[0]
        if words.get(text.casefold(), 0) > 1:
            return 0
        if narrow and text[_HALF:].islower():
            return 0
        best = (0, 0.0, 0)
        for seam in range(_HALF, len(text) - 1):
            one, two = text[:seam].casefold(), text[seam:].casefold()
            capital = text[seam - 1].islower() and text[seam].isupper()
            if narrow and not capital:
                continue
            made = any(first and words.get(one + first) for first in following)
            if not (capital or made or words.get(two)):
                continue
            misfit = self._misfit(at, word, seam)
            if capital or made or misfit < _ALIKE:
                best = max(best, (capital + made, -misfit, seam))
        return best[2]

    def _misfit(self, at: int, word: re.Match[str], seam: int) -> float:
        """How far what stands before a seam is from a full line of its stream, in parts."""
        own = width(word.string[: word.start() + seam])
        near = [self._rows[i] for i in (at - 2, at + 2) if 0 <= i < len(self._rows)]
        full = max((row.width for row in near), default=own)
        return abs(own - full) / full
