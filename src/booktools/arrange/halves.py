"""Lines that an extractor has taken for two, the second part written before the first.

Where a line beside a picture is spread wide, what stands behind a blank may be taken for a
column of its own, and come first: "kept his\n\nin the yard\n\nhorses and carts\nuntil the spring".
Two short rows in mid-sentence that make one line together are such a line; gaps, or their words,
tell which one comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from booktools.arrange.captions import begins_caption
from booktools.arrange.rows import Rows
from booktools.model.page import Line

# Parts of a line are as wide together, with the blank between, as a line near them, or nearly.
_BLANK = 0.25
_ALIKE = 0.12
# Lines beside a picture are so narrow, in parts of the measure.
_NARROW = 0.8
# A part is no shorter, in parts of the line.
_SHORTEST = 0.1
# So many rows of a caption may stand between them.
_CAPTION = 4
# How much better the words must run on the other way round.  Where gaps set the part apart they
# may run on worse, and where the extractor joins what it takes for parts of a line.
_GAIN, _APART, _GAIN_JOINED = 1.0, -1.5, -0.5


def put_right(
    lines: Sequence[Line], rows: Rows, beside: Sequence[tuple[int, int]] = ()
) -> list[int] | None:
    """The indices of the lines with the parts of lines in their order; nothing where all are.

    `rows` are those of the lines that may take part; lines `beside` the text, from first to last,
    stay as they are.
    """
    moves = list(_moves(rows))
    if not moves:
        return None
    busy = {index for first, last in beside for index in range(first - 1, last + 2)}
    behind = {rows[early].index: rows[late].index for late, early in moves}
    behind = {e: late for e, late in behind.items() if busy.isdisjoint(range(late - 1, e + 2))}
    gone = set(behind.values())
    order: list[int] = []
    for index in range(len(lines)):
        if index not in gone:
            order.append(index)
        if index in behind:
            order.append(behind[index])
    return order


@dataclass(frozen=True, slots=True)
class _Offer:
    """Rows that may be parts of one line: `late` stands before `early`, and ought to follow it."""

    late: int
    early: int


def _moves(rows: Rows) -> Iterator[tuple[int, int]]:
    """Rows that are the second part of a line, each with the row of its first."""
    offers = list(_offers(rows))
    if not offers:
        return
    lines, grammar = rows.ends, rows.grammar
    for offer in offers:
        late, early = offer.late, offer.early
        written = (late - 1, late, early, early + 1)
        read = (late - 1, early, late, early + 1)
        gain = sum(grammar.link(lines[a], lines[b]) for a, b in pairwise(read))
        gain -= sum(grammar.link(lines[a], lines[b]) for a, b in pairwise(written))
        apart = rows[late].above and rows.below(late) and not rows.below(early)
        beside = rows[early + 1].width < _NARROW * rows.measure(late)
        if gain > (_APART if apart else _GAIN_JOINED if rows.joined and beside else _GAIN):
            yield late, early


def _offers(rows: Rows) -> Iterator[_Offer]:
    """Pairs of rows that make one line, small letters at the beginning of both and of the row
    below, no stop at the end of the first or before it."""
    own = rows.rows
    for late in range(1, len(own) - 2):
        row = own[late]
        if not row.lower or row.terminal or own[late - 1].terminal:
            continue
        early = _behind_caption(rows, late) if own[late + 1].above else late + 1
        both = row.width + own[early].width + _BLANK
        if early < 0 or both > (1 + _ALIKE) * rows.measure(late):
            continue
        below = own[early + 1]
        if not own[early].lower or own[early].broken or below.page != row.page:
            continue
        if not (below.lower or row.broken):
            continue
        if row.width > _SHORTEST * both and _fills(rows, both, late, early):
            yield _Offer(late, early)


def _behind_caption(rows: Rows, at: int) -> int:
    """The next row that no caption's is, -1 where the page ends before."""
    after = at + 1
    if rows[after].above and begins_caption(rows[after].text):
        last = next((i for i in range(after, after + _CAPTION) if rows.below(i)), -1)
        after = last + 1
    found = 0 < after < len(rows) - 1 and rows[after].page == rows[at].page
    return after if found else -1


def _fills(rows: Rows, width: float, late: int, early: int) -> bool:
    """Whether that is the width of the line below, and the one above is no narrower."""
    near = [row.width for row in rows.rows[early + 1 : early + 3]]
    if rows[late - 1].width < (1 - _ALIKE) * width:
        return False
    return any(abs(width - other) < _ALIKE * other for other in near)
