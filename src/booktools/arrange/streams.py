"""Rows read as one stream of text, or as two that are written by turns.

Where the streams part is found by dynamic programming: each row goes on with the one above it, or
with the last one of the other stream.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from booktools.arrange.captions import begins_caption
from booktools.arrange.grammar import Grammar, line_of
from booktools.arrange.grammar import Line as Ends
from booktools.arrange.interruptions import may_open
from booktools.arrange.rows import Row
from booktools.arrange.titles import is_title_like
from booktools.arrange.words import GOES_ON
from booktools.model.page import Line

# The text and what stands beside it change places so often.
_TURNS = 3
# What speaks against two streams before anything is read; against a line that follows one of its
# own stream, or two lines in one row that do; against a box that ends without a stop, or in
# mid-sentence.
RARE = 4.0
_STAY = 1.2
_TWO_LINES = 3.0
_OPEN_END, _BROKEN_END = 1.5, 6.0
# What speaks for a title to begin a box.
_TITLED = 1.0
# What speaks against a numbered caption’s going on with another line; for its beginning a box.
_NUMBERED, _COUNTED = 3.0, 2.0
# A word that stands so often is no second half, as far as that speaks.
_OFTEN, _NO_HALF = 3, 2.0
# The columns of the text and of what stands beside it differ in width by so much, in parts.
_SIDES = 0.25
# Of the rows of a stream so many go on small or behind a stop; those of verse do not.
_PROSE = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A row, or what of it stands before or behind the seam of a glued word.

    Where a row is two lines and nothing tells its seam, the first piece has all of the `line`,
    and the second stands for how it ends: what each of them has no part in is `blind`.  `parted`
    pieces are lines that stand side by side.
    """

    line: Line
    index: int
    row: Row
    ends: Ends
    blind: str = ""
    parted: bool = False

    @classmethod
    def of(cls, line: Line, index: int, hyphen: str = "", parted: bool = False) -> Piece:
        row = Row.of(index, replace(line, text=line.text + hyphen), False)
        return cls(line, index, row, line_of(row.text, row.terminal, row.lower), "", parted)


class _State(NamedTuple):
    """Where a reading stands: `other` is the last piece of the other stream (-1: there is but
    one), `turn` how often streams have begun or changed, as far as it matters."""

    other: int
    turn: int

    @property
    def boxed(self) -> bool:
        """Whether the piece just read stands beside the text."""
        return self.turn % 2 == 1


# What is blind of a piece.
START, END = "start", "end"
_ONE = _State(-1, 0)
# The turn behind each: what has changed places often enough goes on doing so.
_NEXT = (1, 2, 3, 4, 3)
# What speaks for the best reading that comes to each state; of those just come to, the one before.
_Readings = dict[_State, float]
_Came = dict[_State, _State]


class Streams:
    """Reads pieces as one stream and as two, by what the source tells of its language."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def best(
        self, pieces: Sequence[Piece], below: int, rare: float, woven: bool
    ) -> tuple[list[int], float]:
        """The stream of each piece, and what speaks for it; the first and the last `below`
        pieces are text for certain.  Not `woven`, a box does no more than interrupt the text."""
        readings: _Readings = {_ONE: 0.0}
        steps: list[_Came] = [{}]
        endings = [_ending(piece) for piece in pieces]
        for at in range(1, len(pieces)):
            readings, came = self._onward(pieces, at, readings, endings, rare, woven)
            if at >= len(pieces) - below:
                readings = {_ONE: readings[_ONE]}
            steps.append(came)
        state = max(readings, key=readings.__getitem__)
        points = readings[state]
        states: list[_State] = []
        for came in reversed(steps):
            states.append(state)
            state = came.get(state, state)  # else it stood so before
        return _numbered(states[::-1], pieces), points

    def _onward(
        self,
        pieces: Sequence[Piece],
        at: int,
        readings: _Readings,
        endings: Sequence[float],
        rare: float,
        woven: bool,
    ) -> tuple[_Readings, _Came]:
        """The readings with one more piece; `endings` speak against boxes that end with each."""
        last, piece = pieces[at - 1], pieces[at]
        text = piece.row.text
        straight = self._link(last, piece)
        again = _NUMBERED if begins_caption(text) else 0.0
        stay = straight - again
        if woven:
            stay -= _STAY if piece.blind != START else _TWO_LINES
        others = {state.other for state in readings} - {-1}
        across = {other: self._link(pieces[other], piece) for other in others}
        one = readings[_ONE] + straight
        found: _Readings = {_ONE: one}
        came: _Came = {_ONE: _ONE}
        opens = _overleaf(pieces, at) if piece.row.lower else may_open(text)
        if opens and (woven or not piece.parted):
            titled = _TITLED if is_title_like(text) else 0.0
            counted = _COUNTED if again else 0.0
            opened = _State(at - 1, 1)
            found[opened] = readings[_ONE] + (titled + counted - RARE)
            came[opened] = _ONE
        changed = [_State(at - 1, turn) for turn in _NEXT]
        likely = [RARE - rare if turn == _TURNS - 1 else 0.0 for turn in range(len(_NEXT))]
        for state, points in readings.items():
            other, turn = state
            if not turn:
                continue
            met = across[other]
            if woven:
                onward, more = changed[turn], points + (met - again + likely[turn])
                if onward not in found or found[onward] < more:
                    found[onward], came[onward] = more, state
            found[state] = points + stay
            ended = met - endings[at - 1] if turn % 2 else straight - endings[other]
            ended += RARE - rare if turn == 1 and last.parted else 0.0
            if one < points + ended:
                one, came[_ONE] = points + ended, state
        found[_ONE] = one
        return found, came

    def _link(self, one: Piece, two: Piece) -> float:
        if one.blind == END or two.blind == START:
            return 0.0
        if one.index == two.index and not two.parted:
            return 0.0  # a seam that is none
        points = self._grammar.link(one.ends, two.ends)
        if one.ends.half:
            words, first = self._grammar.words, two.ends.first.casefold()
            if words[first] >= _OFTEN and not words[one.ends.half + first]:
                points -= _NO_HALF
        return points


def _overleaf(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a box may go on with a piece at the head of a page: two columns do, both in
    mid-sentence."""
    last, one, two = pieces[at - 1].row, pieces[at].row, pieces[min(at + 1, len(pieces) - 1)].row
    if last.page == one.page or last.terminal or one.terminal or not two.lower:
        return False
    return abs(one.width - two.width) < _SIDES * max(one.width, two.width)


def _ending(last: Piece) -> float:
    """What speaks against a box that ends with a piece."""
    if last.blind == END:
        return _OPEN_END
    if last.row.terminal:
        return 0.0
    broken = last.row.broken or last.row.text.endswith(",") or last.ends.last in GOES_ON
    return _BROKEN_END if broken else _OPEN_END


def _numbered(states: Sequence[_State], pieces: Sequence[Piece]) -> list[int]:
    """The stream of each piece: a new box begins where there was but one stream.  What only
    interrupts the text is none, unless it shares a row with it."""
    out: list[int] = []
    turns: Counter[int] = Counter()
    count, before = 0, _ONE
    for state, piece in zip(states, pieces, strict=True):
        count += before == _ONE != state
        turns[count] += before.boxed is not state.boxed
        if state.boxed and piece.parted:
            turns[count] += _TURNS
        out.append(count if state.boxed else 0)
        before = state
    woven = [number for number, own in turns.items() if own > _TURNS]
    return [woven.index(stream) + 1 if stream in woven and stream else 0 for stream in out]


def is_prose(pieces: Sequence[Piece], streams: Sequence[int]) -> bool:
    """Whether the lines of either stream go on as those of prose do."""
    for stream in set(streams):
        own = [piece.row for piece, s in zip(pieces, streams, strict=True) if s == stream]
        pairs = list(pairwise(own))
        good = sum(two.lower or one.terminal for one, two in pairs)
        if len(pairs) > 1 and good < _PROSE * len(pairs):
            return False
    return True
