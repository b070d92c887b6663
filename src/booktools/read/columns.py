"""Columns that a dump shows side by side, as `pdftotext -layout` writes them, one after another.

Where the columns of a page begin shows in the dump: line after line has text there, and
blanks before it.  Lines with text over that corridor run over the whole page: heads, wide
captions, titles.  Between two of those the columns are read from top to bottom, one after
the other.  The source stays as it is: a line gives several, each with its own stretch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from booktools.model.page import Line, Pages
from booktools.model.place import Span

# A corridor between columns is so many blanks wide at least.
_GUTTER = 2
# A column is so many characters wide at least, and so many lines long.
_NARROWEST = 14
_SHORTEST = 6
# Of the lines that reach over a corridor, so many at most have text in it.
_CROSSING = 0.25
# Of the lines that have text behind a corridor, so many begin exactly there.
_ALIGNED = 0.4
# A line's columns begin so much to the left of where they begin on the page, at most.
_DRIFT = 6
# First lines of paragraphs are indented by less than this.
_INDENT = 8
# Of the pages with text enough to tell, so many must have columns.
_PAGES = 0.3

_CELL = re.compile(r"\S+(?: \S+)*")
_GAP = re.compile(rf"\s{{{_GUTTER}}}\S")
_FOLIO = re.compile(r"\W*(?:\d{1,4}|[ivxlc]{1,7})\W*")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line as it stands on the page: `shown` is its text with the blanks before it, without
    those behind; `at` the offset of its first character in the source."""

    line: Line
    shown: str
    at: int


def in_columns(pages: Pages) -> Pages:
    """The pages with columns that stand side by side read one after another.

    A source that shows them on few of its pages has tables or lists there, no columns, and
    is given back as it is.
    """
    if "   " not in pages.source.text:
        return pages
    printed = [[_printed(pages, line) for line in page.lines] for page in pages.pages]
    found = [_corridors([p.shown for p in own]) for own in printed]
    full = [sum(bool(p.shown) for p in own) >= 2 * _SHORTEST for own in printed]
    enough = sum(bool(corridors) for corridors in found)
    if not enough or enough < _PAGES * sum(full):
        return pages
    made = tuple(
        replace(page, lines=tuple(_read(own, corridors))) if corridors else page
        for page, own, corridors in zip(pages.pages, printed, found, strict=True)
    )
    return replace(pages, pages=made)


def _printed(pages: Pages, line: Line) -> _Printed:
    raw = pages.source.text[line.span.start : line.span.end]
    shown = raw.lstrip("\f")
    return _Printed(line, shown.rstrip(), line.span.start + len(raw) - len(shown))


# --- where columns begin --------------------------------------------------------------


def _corridors(texts: Sequence[str]) -> tuple[int, ...]:
    """Where the columns of a page begin, but for the first; in characters."""
    begins: Counter[int] = Counter()
    for text in texts:
        begins.update(at for at in _starts(text) if at > _NARROWEST)
    found: list[int] = []
    for at, count in sorted(begins.items(), key=lambda item: (-item[1], item[0])):
        if count < _SHORTEST:
            break
        near = any(abs(at - other) < _NARROWEST for other in found)
        if not near and _is_corridor(texts, at, count):
            found.append(at)
    return tuple(sorted(found))


def _starts(text: str) -> Iterator[int]:
    """Where text begins behind a gap that is wide enough."""
    for match in _CELL.finditer(text):
        at = match.start()
        if at and text[max(0, at - _GUTTER) : at].isspace():
            yield at


def _is_corridor(texts: Sequence[str], at: int, count: int) -> bool:
    """Whether a column begins there: nothing stands in the way, and text on both sides."""
    reach = [text for text in texts if text[at : at + _NARROWEST].strip()]
    edges: list[tuple[str, int]] = []
    for seen, text in enumerate(reach, 1):
        if (edge := _edge(text, at)) >= 0:
            edges.append((text, edge))
        crossing = seen - len(edges)
        if len(reach) - crossing < (1 - _CROSSING) * len(reach) or count < _ALIGNED * len(edges):
            return False
    right = [len(_CELL.findall(text[edge:])[0]) for text, edge in edges]
    left = [len(text[:at].strip()) for text in texts if text[:at].strip() and _edge(text, at) >= 0]
    sides = [bool(text[:at].strip()) for text in texts if text]
    beside = any(text[:edge].strip() for text, edge in edges)
    if len(left) < _SHORTEST or not (beside or _turns(sides) > _SHORTEST):
        return False
    return min(median(left), median(right)) >= _NARROWEST


def _turns(sides: Sequence[bool]) -> int:
    """How often lines change from one side to the other: in columns that are not level."""
    return sum(one != two for one, two in pairwise(sides))


def _edge(text: str, at: int) -> int:
    """Where the column that begins at a place begins in this line; -1: a text crosses it.

    Lines of a proportional face drift a little to the left.
    """
    if not text[max(0, at - _GUTTER) : at].strip():
        return at
    if not _GAP.search(text, max(0, at - _DRIFT + 1 - _GUTTER), at + 1):
        return -1
    for edge in range(at, at - _DRIFT, -1):
        if text[edge : edge + 1].strip() and not text[edge - _GUTTER : edge].strip():
            return edge
    return -1


# --- reading --------------------------------------------------------------------------


def _read(own: Sequence[_Printed], corridors: Sequence[int]) -> Iterator[Line]:
    """The lines of a page in reading order."""
    wide = _over_all(own, corridors)
    for is_wide, band in groupby(enumerate(own), key=lambda item: wide[item[0]]):
        rows = [printed for _, printed in band]
        if is_wide:
            yield from (row.line for row in rows)
        else:
            yield from _one_after_another(rows, corridors)


def _over_all(own: Sequence[_Printed], corridors: Sequence[int]) -> list[bool]:
    """Which lines run over the whole page; blank ones go with the line above them."""
    wide = [any(_edge(p.shown, at) < 0 for at in corridors) for p in own]
    written = [number for number, p in enumerate(own) if p.shown]
    for number, inner in ((written[0], 1), (written[-1], -1)):
        wide[number] = wide[number] or _is_head(own, number, inner, corridors)
    for number, printed in enumerate(own):
        if not printed.shown:
            wide[number] = number > 0 and wide[number - 1]
    return wide


def _is_head(own: Sequence[_Printed], number: int, inner: int, corridors: Sequence[int]) -> bool:
    """Whether the outermost line of a page is a running head or a folio, which a blank line
    parts from the columns, or whose parts do not stand where columns begin."""
    text = own[number].shown
    cells = [(match.start(), match[0]) for match in _CELL.finditer(text)]
    apart = 0 <= number + inner < len(own) and not own[number + inner].shown
    alone = len(cells) == 1 and apart
    if alone or any(_FOLIO.fullmatch(cell) for _, cell in cells):
        return True
    placed = all(any(0 <= at - c < _INDENT for c in (0, *corridors)) for at, _ in cells)
    return len(cells) > 1 and not placed


def _one_after_another(rows: Sequence[_Printed], corridors: Sequence[int]) -> Iterator[Line]:
    """The lines of each column, one column after the other."""
    columns: list[list[Line | None]] = [[] for _ in range(len(corridors) + 1)]
    for row in rows:
        cells = list(_cells(row, (0, *(_edge(row.shown, at) for at in corridors))))
        for column, cell in zip(columns, cells, strict=True):
            column.append(cell)
        if not any(cells):
            columns[-1][-1] = row.line
    blank = [not row.shown for row in rows]
    for column in columns:
        yield from _without_chance_gaps(column, rows, blank)


def _cells(row: _Printed, edges: Sequence[int]) -> Iterator[Line | None]:
    """What of a line stands in each column; together they are the whole line."""
    stops = (*edges[1:], len(row.shown))
    texts = [row.shown[a:b].strip() for a, b in zip(edges, stops, strict=True)]
    last = max((n for n, text in enumerate(texts) if text), default=-1)
    start = row.line.span.start
    for number, (text, edge) in enumerate(zip(texts, edges, strict=True)):
        if not text:
            yield None
            continue
        begin = row.shown.index(text, edge)
        end = row.line.span.end
        if number < last:
            following = next(n for n in range(number + 1, len(texts)) if texts[n])
            end = row.at + row.shown.index(texts[following], edges[following])
        yield replace(row.line, span=Span(start, end), text=text, indent=begin - edge)
        start = end


def _without_chance_gaps(
    column: Sequence[Line | None], rows: Sequence[_Printed], blank: Sequence[bool]
) -> Iterator[Line]:
    """The lines of a column with a blank one for each gap.

    A single line without text beside text of another column only stands for lines that are
    not quite level.
    """
    number = 0
    written = False
    while number < len(column):
        line = column[number]
        if line is not None and line.text:
            yield line
            written = True
            number += 1
            continue
        stop = number
        while stop < len(column) and not (column[stop] and column[stop].text):  # type: ignore[union-attr]
            stop += 1
        own = [line for line in column[number:stop] if line is not None]
        yield from own
        gap = stop - number > 1 or blank[number]
        if gap and written and stop < len(column) and not own:
            at = rows[number].line
            yield replace(at, span=Span(at.span.start, at.span.start), text="", indent=0)
        number = stop
