"""How a table is set so that it stays in the printed measure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from booktools.edition.table_widths import widths
from booktools.model.book import Cell, LineBreak, Note, Table, inline_text

_MEASURE = 306  # points
# The sizes in which tables are set, with the blank between two columns, in points.
_STYLES = (("", 9.0, 10), ("small", 7.5, 6))
_LONGEST_WORD = 70  # points; longer words of letters are hyphenated
_TALLEST = 24  # lines; a higher row might not fit on a page, and rows are not parted
_SHORT = 12  # lines of a table that is kept on one page

# Widths of letters in ems, a little more than those of the house's type.
_NARROW, _LETTER, _FIGURE, _CAPITAL, _WIDE, _FULL = 0.33, 0.52, 0.59, 0.72, 0.88, 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """`styles`: "small", "wide" for columns of the widths `shares` (percent of the measure),
    "short" for a table that is kept on one page, "stacked" where cells stand one below another.
    """

    styles: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()


def table_fit(table: Table) -> Fit:
    """The largest setting in which all rows stay in the measure, and each on one page."""
    table = table.squared()
    columns = list(zip(*table.rows, strict=True))
    if not columns:
        return Fit()
    texts = [[line for cell in column for line in _split(cell)] for column in columns]
    for style, size, gap in _STYLES:
        natural = [max(_width(line, size) for line in lines) for lines in texts]
        least = [max(_least(line, size) for line in lines) for lines in texts]
        room = _MEASURE - gap * (len(columns) - 1)
        found = widths(natural, least, room)
        if found is None:
            continue
        heights = [_height(row, found, size) for row in table.rows]
        if max(heights) > _TALLEST:
            continue
        styles = [style] * bool(style) + ["short"] * (sum(heights) <= _SHORT)
        if sum(natural) <= room:
            return Fit(tuple(styles))
        return Fit((*styles, "wide"), _percent([width + gap for width in found]))
    return Fit(("stacked",))


def _height(row: Sequence[Cell], columns: Sequence[int], size: float) -> int:
    """Lines of a row; a line of wrapped text is a fifth short of full, roughly."""
    return max(
        sum(-(-5 * _width(line, size) // (4 * max(width, 1))) or 1 for line in _split(cell))
        if any(_width(line, size) > width for line in _split(cell))
        else len(_split(cell))
        for cell, width in zip(row, columns, strict=True)
    )


def _split(cell: Cell) -> list[str]:
    """A cell's text, parted at its line breaks; notes count for their numbers."""
    lines = [""]
    for node in cell:
        if isinstance(node, LineBreak):
            lines.append("")
        else:
            lines[-1] += "1" if isinstance(node, Note) else inline_text((node,))
    return lines


def _width(text: str, size: float) -> int:
    """Points that a text takes on one line, a little more rather than less."""
    return int(size * sum(map(_ems, text))) + 1


def _ems(char: str) -> float:
    if char in "iljtfI.,;:!|'’‘()[]-\u00a0 ":
        return _NARROW
    if char in "mwMW—…%":
        return _WIDE
    if unicodedata.east_asian_width(char) in "WF":
        return _FULL
    if char.isupper():
        return _CAPITAL
    return _LETTER if char.isalpha() else _FIGURE


def _least(line: str, size: float) -> int:
    """The width of the longest word; one of letters may be parted."""
    wide = [(_width(word, size), word) for word in line.split()]
    return max((min(w, _LONGEST_WORD) if word.isalpha() else w for w, word in wide), default=1)


def _percent(parts: list[int]) -> tuple[int, ...]:
    """Parts as percents that make a hundred."""
    out: list[int] = []
    done = 0
    for part in parts:
        done += part
        out.append(round(100 * done / sum(parts)) - sum(out))
    return tuple(out)
