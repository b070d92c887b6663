"""Tables of a page: their lines, cell by cell, one row after another.

The source stays as it is: a line that holds several cells gives several, each with its own
stretch.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeAlias, TypeVar

from booktools.arrange.grid import Grid, Level, decided, grids
from booktools.arrange.grid_cells import Piece
from booktools.arrange.layout import BlockDecision
from booktools.arrange.lined_tables import lined, offers, told_of
from booktools.arrange.overleaf import ending, rest_of
from booktools.arrange.print_levels import Print
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role
from booktools.model.page import Line, Pages
from booktools.model.place import Place, Span
from booktools.model.printed_page import Geometry, LineGeometry

_CAPTION = 4  # lines of a caption, at most
# How a table's caption begins, with its number or a mark.
_TABLE = re.compile(
    r"(?:tab(?:le|la|leau|elle|\.)|cuadro|quadro)\s*(?:\w{1,6}\s?[.:)—–-]|\d|[.:])", re.IGNORECASE
)
_CELL = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a line stands: in which table (counted through the source), row and column."""

    table: int
    row: int
    column: int
    heads: int = 0
    align: str = ""

    @property
    def attributes(self) -> tuple[tuple[str, str], ...]:
        """What a block has to say of it."""
        place = ("table", str(self.table)), ("row", str(self.row)), ("column", str(self.column))
        return (*place, ("heads", str(self.heads)), ("align", self.align))


CellLines: TypeAlias = tuple[Cell, tuple[Line, ...]]
D = TypeVar("D")


@dataclass(frozen=True)
class Tabled:
    """Lines, those of tables cell by cell; `origin` is the index that each had before.

    `cells` says by the offset where it begins in which cell a line stands; `grids` are the
    tables.  `geometry` stands beside the lines where there is one.
    """

    lines: tuple[Line, ...]
    origin: Sequence[int]
    cells: Mapping[int, Cell] = field(default_factory=dict)
    grids: tuple[Grid, ...] = ()
    geometry: tuple[LineGeometry | None, ...] = ()

    @property
    def places(self) -> frozenset[int]:
        """The lines of tables, by index."""
        if not self.cells:
            return frozenset()
        return frozenset(i for i, line in enumerate(self.lines) if self._cell(line))

    def carried(self, known: Mapping[int, D]) -> dict[int, D]:
        """What was known of the lines before, by their index now."""
        if not self.cells:
            return dict(known)
        return {i: known[old] for i, old in enumerate(self.origin) if old in known}

    def stretches(self, decided: Set[int]) -> tuple[Stretch, ...]:
        """The tables but for those decided on."""
        found: dict[int, dict[int, list[int]]] = {}  # table → page → lines
        for index, line in enumerate(self.lines) if self.cells else ():
            cell = self._cell(line)
            if cell and index not in decided:
                found.setdefault(cell.table, {}).setdefault(line.page, []).append(index)
        out: list[Stretch] = []
        for number, pages in found.items():
            why, sure = self.grids[number].evidence, self.grids[number].sure
            role = Role.VERSE if self.grids[number].listed else Role.TABLE
            parts = list(pages.values())
            for own in parts:  # a rest is not asked about once more
                rest = own is not parts[0]
                follows = parts[0][0] if rest else -1
                out.append(Stretch(own[0], own[-1], role, why, sure or rest, follows))
            for stretch in (self._caption(parts[0][0], -1), self._caption(parts[-1][-1], 1)):
                free = stretch and decided.isdisjoint(range(stretch.first, stretch.last + 1))
                if stretch and free:
                    out.append(stretch)
                    break
        return tuple(out)

    def _caption(self, edge: int, step: int) -> Stretch | None:
        """The lines above (`step` -1) or below a table's outermost one that are its caption."""
        own: list[int] = []
        index = edge + step
        while 0 <= index < len(self.lines) and self.lines[index].page == self.lines[edge].page:
            if self.lines[index].text:
                own.append(index)
            elif own:
                break
            if len(own) > _CAPTION:
                return None
            if own and step < 0 and _TABLE.match(self.lines[own[-1]].text):
                break
            index += step
        own.sort()
        if not own or not _TABLE.match(self.lines[own[0]].text):
            return None
        return Stretch(own[0], own[-1], Role.CAPTION, "a table’s word opens it, by a table")

    def cells_of(self, lines: Iterable[Line]) -> tuple[CellLines, ...]:
        """The lines of a table by their cells, blank ones with the cell before them; a line
        whose cell is not known is a row."""
        out: list[tuple[Cell, list[Line]]] = []
        for line in lines:
            cell = self._cell(line)
            if line.text and cell is None:
                cell = Cell(-out[0][1][0].number if out else -line.number, len(out), 0)
            if out and (cell is None or cell == out[-1][0]):
                out[-1][1].append(line)
            elif cell:
                out.append((cell, [line]))
            else:
                out.append((Cell(-line.number, 0, 0), [line]))
        return tuple((cell, tuple(own)) for cell, own in out)

    def _cell(self, line: Line) -> Cell | None:
        return self.cells.get(line.span.start) if line.text else None


def relined(pages: Pages, tabled: Tabled) -> Pages:
    """Pages of lines with geometry, those of tables cell by cell."""
    if pages.geometry is None or not tabled.cells:
        return pages
    own: dict[int, list[Line]] = {}
    for line in tabled.lines:
        own.setdefault(line.page, []).append(line)
    made = tuple(replace(page, lines=tuple(own.get(page.number, ()))) for page in pages.pages)
    return replace(pages, pages=made, geometry=replace(pages.geometry, lines=tabled.geometry))


def tables(
    lines: tuple[Line, ...],
    text: str,
    known: Mapping[int, BlockDecision | None],
    geometry: Geometry | None = None,
    widths: Collection[str] = (),
) -> Tabled:
    """The lines with those of tables cell by cell.

    `text` is the source; `known` are lines (by index) that are something else, or of tables
    that somebody has decided on; `widths` names the faces whose letters have one width.
    """
    same = Tabled(lines, range(len(lines)), geometry=geometry.lines if geometry else ())
    offered = frozenset() if geometry else offers(lines)
    if not (geometry or offered or "  " in text or any(known.values())):
        return same
    out: list[Relaid] = []
    found: list[Grid] = []
    told: dict[int, dict[Place, list[int]]] = {}
    counts: dict[Place, int] = {}
    for index, decision in known.items():
        if decision and lines[index].text:
            told.setdefault(lines[index].page, {}).setdefault(decision.place, []).append(index)
            counts[decision.place] = int(dict(decision.attributes).get("columns", "0"))
    above: Grid | None = None  # the table with which the page before has ended
    print_ = Print(lines, geometry, widths) if geometry else None
    levels = print_.levels if print_ else lambda own: list(_typed(lines, own))
    for page, group in groupby(range(len(lines)), key=lambda i: lines[i].page):
        own = list(group)
        free = [i for i in own if lines[i].text and i not in known]
        made = [(None if geometry or counts[place] else told_of(lines, sorted(t)))
                or decided(levels(sorted(t)), counts[place])
                for place, t in told.get(page, {}).items()]  # fmt: skip
        if print_:
            printed, above = _printed(print_, free, above)
            made += printed
        elif any("  " in lines[i].text for i in free):
            made += grids(levels(free))
        if not offered.isdisjoint(free):
            busy = {piece.line for grid in made for piece in grid.pieces}
            made += lined(lines, [i for i in free if i not in busy], offered)
        if made:
            out += _relaid(lines, text, own, made, geometry, len(found))
            found += made
        else:
            out += ((lines[i], i, geometry.lines[i] if geometry else None, None) for i in own)
    if not found:
        return same
    cells = {line.span.start: cell for line, _, _, cell in out if cell}
    looks = tuple(look for _, _, look, _ in out) if geometry else ()
    kept = tuple(line for line, *_ in out), tuple(index for _, index, *_ in out)
    return Tabled(*kept, cells, tuple(found), looks)


def _printed(
    print_: Print, free: Sequence[int], above: Grid | None
) -> tuple[list[Grid], Grid | None]:
    """The tables of a printed page, and the one with which it ends."""
    made: list[Grid] = []
    last = None
    for number, region in enumerate(print_.regions(free)):
        levels = print_.levels(region)
        own = grids(levels, print_.crossed(region))
        busy = {piece.line for grid in own for piece in grid.pieces}
        rest = rest_of(above, levels, busy) if above and not number else None
        if rest:
            own.insert(0, rest)
        last = ending(own, levels)
        made += own
    return made, last


Relaid: TypeAlias = tuple[Line, int, LineGeometry | None, Cell | None]


def _relaid(
    lines: Sequence[Line],
    text: str,
    own: Sequence[int],
    made: Sequence[Grid],
    geometry: Geometry | None,
    number: int,
) -> Iterator[Relaid]:
    """A page's lines, each table where its first line stood, its blank lines at its end."""
    grid_of = {piece.line: at for at, grid in enumerate(made) for piece in grid.pieces}
    cuts: dict[int, list[int]] = {}
    for grid in made:
        for piece in grid.pieces:
            cuts.setdefault(piece.line, []).append(piece.start)
    done: set[int] = set()
    inner = _inner_blanks(lines, own, grid_of)
    for index in own:
        at = grid_of.get(index, -1)
        if at < 0:
            if index not in inner:
                yield lines[index], index, geometry.lines[index] if geometry else None, None
            continue
        if at in done:
            continue
        done.add(at)
        for row, cells in enumerate(made[at].rows):
            for column, cell in enumerate(cells):
                for piece in cell:
                    align = made[at].aligns[column]
                    place = Cell(number + at, row, column, made[at].heads, align)
                    starts = sorted(cuts[piece.line])
                    stop = starts.index(piece.start) + 1
                    end = starts[stop] if stop < len(starts) else -1
                    look = geometry.lines[piece.line] if geometry else None
                    line = lines[piece.line]
                    yield (
                        _part(line, text, piece.start, end),
                        piece.line,
                        look and _look(look, piece, end),
                        place,
                    )
        for blank, table in inner.items():
            if table == at:
                yield lines[blank], blank, geometry.lines[blank] if geometry else None, None


def _inner_blanks(
    lines: Sequence[Line], own: Sequence[int], grid_of: Mapping[int, int]
) -> dict[int, int]:
    """The blank lines that stand inside tables, each with its table."""
    found: dict[int, int] = {}
    before, waiting = -1, list[int]()
    for index in own:
        if not lines[index].text:
            waiting.append(index)
            continue
        at = grid_of.get(index, -1)
        if at >= 0 and at == before:
            found |= dict.fromkeys(waiting, at)
        before, waiting = at, []
    return found


def _part(line: Line, source: str, start: int, end: int) -> Line:
    """What of a line stands from one offset of its text up to another (-1: to its end), with
    the blanks behind it; the first part has those before it."""
    lead = line.begins(source)
    begin = line.span.start if start == 0 else lead + start
    stop = line.span.end if end < 0 else lead + end
    own = line.text[start:] if end < 0 else line.text[start:end]
    return replace(line, span=Span(begin, stop), text=own.strip(), indent=0)


def _look(look: LineGeometry, piece: Piece, end: int) -> LineGeometry:
    """The looks of a part of a line."""
    words: list[float] = []
    for at in range(0, len(look.words), 3):
        offset, left, right = look.words[at : at + 3]
        if piece.start <= offset and (end < 0 or offset < end):
            words += (offset - piece.start, left, right)
    if not words:
        return look
    box = replace(look.box, left=min(words[1::3]), right=max(words[2::3]))
    return replace(look, box=box, words=array("f", words), raised=(), doubts=(), faces=())


# --- what stands side by side ---------------------------------------------------------


def _typed(lines: Sequence[Line], own: Sequence[int]) -> Iterator[Level]:
    """The lines of a dump; two characters are an em."""
    before = -1
    for index in own:
        line = lines[index]
        pieces = tuple(
            Piece(
                (line.indent + found.start()) / 2,
                (line.indent + found.end()) / 2,
                found[0],
                index,
                found.start(),
            )
            for found in _CELL.finditer(line.text)
        )
        yield Level(pieces, float(index - before) if before >= 0 else 99.0)
        before = index
