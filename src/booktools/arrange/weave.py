"""Text and what stands beside it, written by turns: a line of one, a line of the other.

Some extractors read a page line by line from top to bottom, whatever stands side by side:
the column, made narrow by a picture or a box, and the lines of the caption or the box.  Read as
they stand such lines make no sense; read as two streams they do.  Where the streams part is
found by dynamic programming: each row goes on with the one above it, or with the last one of
the other stream.

Where such an extractor drops the hyphens at line ends, too, the half of a word is glued to the
next line, which is the other stream's: "the prinA View of the Mill", "cipal sluice".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from booktools.arrange.captions import begins_caption
from booktools.arrange.grammar import Line as Ends
from booktools.arrange.interruptions import may_open
from booktools.arrange.paragraphs import width
from booktools.arrange.rows import Row, Rows
from booktools.arrange.titles import is_title_like
from booktools.arrange.words import GOES_ON
from booktools.model.page import Line
from booktools.model.place import Span

# Lines beside something are so narrow, in parts of the measure.
_NARROW = 0.8
# Fewer rows are no two streams; more are no picture's.
_FEWEST, _MOST = 3, 80
# The text and what stands beside it change places so often.
_TURNS = 3
# What speaks against two streams before anything is read; against a line that follows one of its
# own stream, or two lines in one row that do; against a box that ends without a stop, or in
# mid-sentence.
_RARE = 4.0
_STAY = 1.2
_TWO_LINES = 3.0
_OPEN_END, _BROKEN_END = 1.5, 6.0
# What speaks for a title to begin a box.
_TITLED = 1.0
# What speaks against a numbered caption’s going on with another line.
_NUMBERED = 3.0
# A word that stands so often is no second half, as far as that speaks.
_OFTEN, _NO_HALF = 3, 2.0
# So much more likely than one stream two must be.
_GAIN = 3.0
# The same where a source is known to have such.
_NOT_RARE, _NO_DOUBT = 1.0, 1.5
# Of the rows of a stream so many go on small or behind a stop; those of verse do not.
_PROSE = 0.5
# The halves of a glued word have so many letters.
_HALF = 2
# Full lines of one stream differ in width by so much, in parts.
_ALIKE = 0.1

_LETTERS = re.compile(r"[^\W\d_]+")


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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row, or what of it stands before or behind the seam of a glued word.

    Where a row is two lines and nothing tells its seam, the first piece has all of the `line`,
    and the second stands for how it ends: what each of them has no part in is `blind`.
    """

    line: Line
    index: int
    row: Row
    ends: Ends
    blind: str = ""

    @classmethod
    def of(cls, line: Line, index: int, hyphen: str = "") -> _Piece:
        row = Row.of(index, replace(line, text=line.text + hyphen), False)
        return cls(line, index, row, Ends.of(row.text, row.terminal, row.lower))


class _State(NamedTuple):
    """Where a reading stands: `other` is the last piece of the other stream (-1: there is but
    one), `boxed` whether the piece just read stands beside the text, `turns` how often the
    streams have changed, as far as it matters."""

    other: int
    boxed: bool
    turns: int


# What is blind of a piece.
_START, _END = "start", "end"
_ONE = _State(-1, False, 0)
# What speaks for the best reading that comes to a state, and the state before.
_Readings = dict[_State, tuple[float, _State]]


def unwoven(lines: tuple[Line, ...], rows: Rows, text: str) -> Unwoven | None:
    """The lines of two streams that are written by turns, one stream after the other; nothing
    where none are.

    `rows` are those of the lines that may take part, `text` is the source.
    """
    order: list[tuple[Line, int]] = []
    beside: list[tuple[int, int]] = []
    done = 0
    for found in _woven(lines, rows, text):
        pieces = [(p, s) for p, s in found if p.blind != _START]
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


def _woven(lines: Sequence[Line], rows: Rows, text: str) -> Iterator[list[tuple[_Piece, int]]]:
    """The stretches of the source that are two streams, each piece with the number of its
    stream: 0 for the text, the others for what stands beside it."""
    regions = list(_regions(rows))
    if not regions:
        return
    reader = _Reader(lines, rows, text)
    parts = [part for region in regions for part in reader.parts(*region)]
    if any(reader.read(*part, _RARE, _GAIN) for part in parts):
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
        self._pieces = [
            _Piece(lines[row.index], row.index, row, ends)
            for row, ends in zip(rows.rows, rows.ends, strict=True)
        ]
        self._grammar = rows.grammar
        self._cuts: dict[int, list[_Piece]] = {}

    def parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The runs of rows within some rows that may each stand beside something."""
        start = first
        for at in range(first, last + 2):
            if at <= last and all(p.blind or self._narrow(at, p) for p in self._cut(at)):
                continue
            if _FEWEST <= at - start <= _MOST:
                yield start, at - 1
            start = at + 1

    def read(self, first: int, last: int, rare: float, gain: float) -> list[tuple[_Piece, int]]:
        """The pieces of some rows with their streams, or nothing where one is as likely.

        `rare` speaks against two streams, which must be likelier than one by `gain`.
        """
        pieces = [piece for at in range(first, last + 1) for piece in self._cut(at)]
        above = self._pieces[first - 1 : first] if first else []
        below = self._pieces[last + 1 : last + 2]
        if below and below[0].row.page != pieces[-1].row.page:
            below = []  # both may go on overleaf
        found, points = self._best([*above, *pieces, *below], len(below), rare, True)
        if max(found) == 0:
            return []
        plain = [*above, *self._pieces[first : last + 1], *below]
        if points < self._best(plain, len(below), rare, False)[1] + gain:
            return []
        streams = found[len(above) : len(found) - len(below)]
        return list(zip(pieces, streams, strict=True)) if _is_prose(pieces, streams) else []

    def _narrow(self, at: int, piece: _Piece) -> bool:
        return piece.row.width < _NARROW * max(self._usual, self._rows.measure(at))

    def _link(self, one: _Piece, two: _Piece) -> float:
        if one.blind == _END or two.blind == _START:
            return 0.0
        points = self._grammar.link(one.ends, two.ends)
        half, first = one.ends.half, two.ends.first.casefold()
        if half and self._grammar.words[first] >= _OFTEN and not self._grammar.words[half + first]:
            points -= _NO_HALF
        return points

    # --- glued words ---

    def _cut(self, at: int) -> list[_Piece]:
        """A row in the pieces that glued words leave of it."""
        if at not in self._cuts:
            self._cuts[at] = self._cut_anew(at)
        return self._cuts[at]

    def _cut_anew(self, at: int) -> list[_Piece]:
        whole = self._pieces[at]
        line = whole.line
        following = [p.ends.first.casefold() for p in self._pieces[at + 1 : at + 3]]
        seams = [
            match.start() + seam
            for match in _LETTERS.finditer(line.text)
            if (seam := self._seam(at, match, following))
        ]
        if not seams and self._narrow(at, whole):
            return [whole]
        if not seams:
            return [replace(whole, blind=_END), replace(whole, blind=_START)]
        begin = self._text.index(line.text, line.span.start)
        cuts = [line.span.start, *(begin + seam for seam in seams), line.span.end]
        parts = zip(pairwise(cuts), pairwise([0, *seams, len(line.text)]), strict=True)
        made = [
            replace(line, span=Span(*span), text=line.text[slice(*part)].strip())
            for span, part in parts
        ]
        return [_Piece.of(part, whole.index, "-" * (part is not made[-1])) for part in made]

    def _seam(self, at: int, word: re.Match[str], following: Sequence[str]) -> int:
        """Where a word of a row is glued of the half of one, which goes on with one of the words
        `following`, and another; 0 where it is not."""
        words, text = self._grammar.words, word[0]
        if words.get(text.casefold(), 0) > 1:
            return 0
        narrow = self._narrow(at, self._pieces[at])
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
        near = [self._pieces[i] for i in (at - 2, at + 2) if 0 <= i < len(self._pieces)]
        full = max((p.row.width for p in near), default=own)
        return abs(own - full) / full

    # --- two streams ---

    def _best(
        self, pieces: Sequence[_Piece], below: int, rare: float, woven: bool
    ) -> tuple[list[int], float]:
        """The stream of each piece, and what speaks for it; the first and the last `below`
        pieces are text for certain.  Not `woven`, a box does no more than interrupt the text."""
        table: list[_Readings] = [{_ONE: (0.0, _ONE)}]
        endings = [_ending(piece) for piece in pieces]
        for at in range(1, len(pieces)):
            found = self._onward(pieces, at, table[-1], endings, rare, woven)
            if at >= len(pieces) - below:
                found = {_ONE: found[_ONE]}
            table.append(found)
        state = max(table[-1], key=lambda s: table[-1][s][0])
        points = table[-1][state][0]
        states: list[_State] = []
        for step in reversed(table):
            states.append(state)
            state = step[state][1]
        return _numbered(states[::-1]), points

    def _onward(
        self,
        pieces: Sequence[_Piece],
        at: int,
        readings: _Readings,
        endings: Sequence[float],
        rare: float,
        woven: bool,
    ) -> _Readings:
        """The readings with one more piece; `endings` speak against boxes that end with each."""
        last, piece = pieces[at - 1], pieces[at]
        text = piece.row.text
        straight = self._link(last, piece)
        again = _NUMBERED if begins_caption(text) else 0.0
        stay = straight - again - (_STAY if piece.blind != _START else _TWO_LINES)
        others = {state.other for state in readings} - {-1}
        across = {other: self._link(pieces[other], piece) for other in others}
        found: _Readings = {_ONE: (readings[_ONE][0] + straight, _ONE)}
        if may_open(text) and not piece.row.lower:
            titled = _TITLED if is_title_like(text) else 0.0
            found[_State(at - 1, True, 1)] = readings[_ONE][0] + (titled - _RARE), _ONE
        turned = {}  # where the streams change, and what speaks for it
        for boxed, turns in ((True, 1), (False, 2), (True, 3), (False, 3)):
            likely = _RARE - rare if turns == _TURNS - 1 else 0.0
            turned[boxed, turns] = _State(at - 1, not boxed, min(turns + 1, _TURNS)), likely
        one = found[_ONE][0]
        for state, (points, _) in readings.items():
            other, boxed, turns = state
            if other < 0:
                continue
            if woven:
                onward, likely = turned[boxed, turns]
                more = points + (across[other] - again + likely)
                if onward not in found or found[onward][0] < more:
                    found[onward] = more, state
            found[state] = points + stay, state
            ended = across[other] - endings[at - 1] if boxed else straight - endings[other]
            if one < points + ended:
                one = points + ended
                found[_ONE] = one, state
        return found


def _ending(last: _Piece) -> float:
    """What speaks against a box that ends with a piece."""
    if last.blind == _END:
        return 0.0
    if last.row.broken or last.row.text.endswith(",") or last.ends.last in GOES_ON:
        return _BROKEN_END
    return 0.0 if last.row.terminal else _OPEN_END


def _numbered(states: Sequence[_State]) -> list[int]:
    """The stream of each piece: a new box begins where there was but one stream.  What only
    interrupts the text is none."""
    out: list[int] = []
    turns: Counter[int] = Counter()
    count, before = 0, _ONE
    for state in states:
        count += before == _ONE != state
        turns[count] += before.boxed is not state.boxed
        out.append(count if state.boxed else 0)
        before = state
    woven = [number for number, own in turns.items() if own > _TURNS]
    return [woven.index(stream) + 1 if stream in woven and stream else 0 for stream in out]


def _is_prose(pieces: Sequence[_Piece], streams: Sequence[int]) -> bool:
    """Whether the lines of either stream go on as those of prose do."""
    for stream in set(streams):
        own = [piece.row for piece, s in zip(pieces, streams, strict=True) if s == stream]
        pairs = list(pairwise(own))
        good = sum(two.lower or one.terminal for one, two in pairs)
        if good < _PROSE * len(pairs):
            return False
    return True
