"""Text and what stands beside it, written by turns: a line of one, a line of the other.

Some extractors read a page line by line from top to bottom, whatever stands side by side:
the column, made narrow by a picture or a box, and the lines of the caption or the box.  Read as
they stand such lines make no sense; read as two streams they do (`streams.py`).
A row may be a line of each (`two_lines.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from booktools.arrange.rows import Rows
from booktools.arrange.streams import RARE, START, Piece, Streams, is_prose
from booktools.arrange.two_lines import NARROW, TwoLines
from booktools.model.page import Line
from booktools.model.place import Span

# Fewer rows are no two streams; more are no picture's.
_FEWEST, _MOST = 3, 80
# Beside and between narrow rows stand so many at most that are two lines.
_BRIDGED, _TWO = 4, 2
# So much more likely than one stream two must be.
_GAIN = 3.0
# The same where a source is known to have such.
_NOT_RARE, _NO_DOUBT = 1.0, 1.5
# Points for two rows that hardly go on, one with the other.
_HARDLY = -0.5


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
        pieces = list(_mended([(p, s) for p, s in found if p.blind != START], lines, text))
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


def _mended(
    pieces: Sequence[tuple[Piece, int]], lines: Sequence[Line], text: str
) -> Iterator[tuple[Piece, int]]:
    """The pieces; those of one row in the same stream are one again."""
    held, stream = pieces[0]
    for piece, own in pieces[1:]:
        if piece.index == held.index and own == stream:
            whole, span = lines[held.index], Span(held.line.span.start, piece.line.span.end)
            part = replace(whole, span=span, text=text[span.start : span.end].strip())
            held = replace(held, line=whole if span == whole.span else part)
        else:
            yield held, stream
            held, stream = piece, own
    yield held, stream


def _woven(lines: Sequence[Line], rows: Rows, text: str) -> Iterator[list[tuple[Piece, int]]]:
    """The stretches of the source that are two streams, each piece with the number of its
    stream: 0 for the text, the others for what stands beside it."""
    regions = list(_regions(rows))
    if not regions:
        return
    reader = _Reader(lines, rows, text)
    regions = [region for region in regions if reader.breaks_off(*region)]
    if not regions:
        return
    parts = [part for region in reader.bridged(regions) for part in reader.parts(*region)]
    if any(reader.read(*part, RARE, _GAIN) for part in parts):
        for part in parts:
            pieces = reader.read(*part, _NOT_RARE, _NO_DOUBT)
            if pieces:
                yield pieces


def _regions(rows: Rows) -> Iterator[tuple[int, int]]:
    """Runs of rows on one page, nothing between them, that are narrow, or stand between narrow
    ones."""
    own, count = rows.rows, len(rows)
    narrow = rows.narrower(NARROW)
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
        self._cuts = TwoLines(lines, rows, text)
        self._streams = Streams(rows.grammar)

    def breaks_off(self, first: int, last: int) -> bool:
        """Whether some row from the one above to the one below hardly goes on with the next, or
        may be two lines."""
        rows, grammar = self._rows, self._rows.grammar
        own = rows.ends[max(first - 1, 0) : last + 2]
        if any(grammar.link(one, two) < _HARDLY for one, two in pairwise(own)):
            return True
        return any(self._cuts.looks_glued(at) for at in range(first, last + 1))

    def bridged(self, regions: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The regions with the rows above, below and between them that are two narrow lines."""
        held = regions[0]
        for region in regions[1:]:
            near = region[0] - held[1] <= _BRIDGED + 1 and self._together(held[1], region[0])
            if near and self._past(held[1], region[0]) == region[0]:
                held = held[0], region[1]
            else:
                yield self._extended(*held)
                held = region
        yield self._extended(*held)

    def _extended(self, first: int, last: int) -> tuple[int, int]:
        above = self._past(first, max(first - _BRIDGED - 1, -1))
        below = self._past(last, min(last + _BRIDGED + 1, len(self._rows)))
        return above + 1, below - 1

    def _past(self, at: int, stop: int) -> int:
        """The first row from `at` to `stop`, itself left out, that is not two lines, or does not
        stand together with the rows before."""
        step = 1 if stop > at else -1
        row = at + step
        while row != stop and self._together(at, row):
            pieces = self._cuts.cut(row)
            if len(pieces) < _TWO or pieces[0].blind:
                break
            row += step
        return row

    def _together(self, one: int, two: int) -> bool:
        """Whether nothing stands between two rows of a page but other rows."""
        own = self._rows
        return own[one].page == own[two].page and own[two].index - own[one].index == two - one

    def parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The runs of rows within some rows that may each stand beside something."""
        cuts, start = self._cuts, first
        for at in range(first, last + 2):
            if at <= last and all(p.blind or p.parted or cuts.narrow(at, p) for p in cuts.cut(at)):
                continue
            if _FEWEST <= at - start <= _MOST:
                yield start, at - 1
            start = at + 1

    def read(self, first: int, last: int, rare: float, gain: float) -> list[tuple[Piece, int]]:
        """The pieces of some rows with their streams, or nothing where one is as likely.

        `rare` speaks against two streams, which must be likelier than one by `gain`.
        """
        cuts = self._cuts
        own = [cuts.cut(at) for at in range(first, last + 1)]
        pieces = list(chain.from_iterable(own))
        above = cuts.whole(max(first - 1, 0), first)
        below = cuts.whole(last + 1, last + 2)
        if below and below[0].row.page != pieces[-1].row.page:
            below = []  # both may go on overleaf
        found, points = self._streams.best([*above, *pieces, *below], len(below), rare, True)
        if max(found) == 0:
            return []
        uncut = [
            part if part[0].parted else cuts.whole(at, at + 1) for at, part in enumerate(own, first)
        ]
        plain = [*above, *chain.from_iterable(uncut), *below]
        if points < self._streams.best(plain, len(below), rare, False)[1] + gain:
            return []
        streams = found[len(above) : len(found) - len(below)]
        return list(zip(pieces, streams, strict=True)) if is_prose(pieces, streams) else []
