"""Rows of print made up for tests of the arrangement by looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from booktools.arrange.geometry_rows import PrintRow, PrintRows
from booktools.model.page import Line
from booktools.model.place import Span
from booktools.model.printed_page import Box, Face, LineGeometry

BODY = 10.0
LEFT, RIGHT = 50.0, 350.0


@dataclass(frozen=True)
class Set:
    """A line of print: its letters' size, how far it stands in on both sides (None on the
    right: as wide as its letters), the lines of space above it, and its frame."""

    text: str
    size: float = BODY
    left: float = 0.0
    right: float | None = 0.0
    above: float = 0.0
    frame: int = -1


def print_rows(lines: Sequence[Set]) -> PrintRows:
    """The lines on one page, in one column 300 units wide, a fifth of the size apart."""
    rows = []
    base = 0.0
    for at, own in enumerate(lines):
        base += 1.2 * own.size * (1 + own.above)
        start = LEFT + own.left
        end = start + len(own.text) * own.size / 2 if own.right is None else RIGHT - own.right
        box = Box(start, base - own.size, end, base)
        g = LineGeometry(box, base, Face("Made", own.size), 0, 0, 0, 1, LEFT, RIGHT,
                         frame=own.frame)  # fmt: skip
        line = Line(Span(at, at + 1), own.text, 0, 1, at + 1)
        ends = own.text.endswith(".")
        rows.append(
            PrintRow(at, line, own.text, g, LEFT, RIGHT, ends, False, own.text[0].islower())
        )
    return PrintRows(tuple(rows), ())
