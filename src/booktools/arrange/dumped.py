"""The lines of a dump, put into the order in which they are read, and what each of them is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from booktools.arrange.call_breaks import unbroken
from booktools.arrange.furniture import furniture_lines
from booktools.arrange.halves import put_right
from booktools.arrange.layout import BlockDecision, Layout
from booktools.arrange.named import heads_among
from booktools.arrange.page_columns import Columns
from booktools.arrange.page_order import read_order
from booktools.arrange.page_seams import Usage
from booktools.arrange.page_turns import by_turns
from booktools.arrange.parted_marks import rows_of_marks, with_marks
from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.sunk import raised
from booktools.arrange.table_turns import turned
from booktools.arrange.tables import Tabled, tables
from booktools.arrange.typing import typed
from booktools.arrange.weave import unwoven
from booktools.model.galley import Role
from booktools.model.page import Line
from booktools.model.specks import is_specked


@dataclass(frozen=True, slots=True)
class Read:
    """The lines of a dump in the order in which they are read; those decided on, running heads
    and folios, by index, and the stretches that are no running text; `why` has what is to be
    told of furniture."""

    lines: tuple[Line, ...]
    decided: Mapping[int, BlockDecision]
    furniture: frozenset[int]
    stretches: tuple[Stretch, ...]
    why: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Lines with what is known of them, by index: `beside` are the first and the last line of
    what stands beside the text.  `barred`: OCR has read specks as bars in the source."""

    tabled: Tabled
    decided: Mapping[int, BlockDecision]
    furniture: frozenset[int]
    barred: bool
    beside: tuple[tuple[int, int], ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.tabled.lines

    @property
    def rows(self) -> Rows:
        """The lines that may be running text."""
        apart = self.decided.keys() | self.furniture | self.tabled.places
        heads = heads_among([self.lines[i].text for i in self.furniture])
        return Rows.of(self.lines, apart, heads, self.barred)

    def anew(self, order: Sequence[int]) -> _Ordered:
        """The same in another order of the lines."""
        place = {old: new for new, old in enumerate(order)}
        lines = tuple([self.lines[old] for old in order])
        beside = tuple([(place[first], place[last]) for first, last in self.beside])
        known = _anew(order, self.decided, self.furniture)
        return _Ordered(replace(self.tabled, lines=lines), *known, self.barred, beside)


def read_lines(
    lines: tuple[Line, ...],
    decided: Mapping[int, BlockDecision],
    layout: Layout,
    text: str,
    usage: Usage,
) -> tuple[Tabled, Read]:
    """What is known of the lines of a dump; `text` is the source.

    Marks of lists, drop capitals, lines woven into others, halves of lines and columns are put
    into the order in which they are read.
    """
    whole = unbroken(lines, prose(lines, decided, layout), text)
    if whole:
        lines, decided = whole.lines, _anew(whole.origin, decided, ())[0]
    furniture = frozenset(furniture_lines(lines, decided.keys() | rows_of_marks(lines)))
    order = with_marks(lines, decided.keys() | furniture, {b.line for b in layout.breaks})
    if order:
        lines = tuple([lines[old] for old in order])
        decided, furniture = _anew(order, decided, furniture)
    sunk = raised(lines, decided.keys() | furniture, text)
    if sunk:
        lines = sunk.lines
        decided, furniture = _anew(sunk.origin, decided, furniture)
    found_tables = tables(lines, text, prose(lines, decided, layout, furniture))
    barred = "|" in text and is_specked([text])
    own = _Ordered(found_tables, decided, furniture, barred)
    if own.tabled.cells:
        own = _Ordered(own.tabled, *_anew(own.tabled.origin, decided, furniture), barred)
    rows = own.rows
    woven = unwoven(own.lines, rows, text)
    if woven:
        known = _anew(woven.origin, own.decided, own.furniture)
        own = _Ordered(replace(own.tabled, lines=woven.lines), *known, barred, woven.beside)
        rows = own.rows
    order = put_right(own.lines, rows, own.beside)
    if order:
        own = own.anew(order)
        rows = own.rows
    found = typed(rows, own.beside)
    own, found = _columns_in_order(own, rows, found, layout, usage)
    turn = turned(own.tabled, {*own.furniture, *noted(found)})
    furniture = own.furniture.union(turn.repeated)
    stretches = (*found, *turn.tabled.stretches(own.decided.keys()))
    read = Read(own.lines, own.decided, furniture, stretches, turn.repeated)
    return turn.tabled, read


def _columns_in_order(
    own: _Ordered, rows: Rows, found: tuple[Stretch, ...], layout: Layout, usage: Usage
) -> tuple[_Ordered, tuple[Stretch, ...]]:
    """The lines with their columns in order, and what of them is no running text."""
    before = own
    source = _columns(own, rows, found, layout, usage)
    for put in (by_turns, read_order):
        order = put(source)
        if order:
            own = own.anew(order)
            rows = own.rows
            found = tuple(_placed(order, found))
            source = _columns(own, rows, found, layout, usage)
    return own, found if own is before else typed(rows, own.beside)


def _columns(
    own: _Ordered, rows: Rows, found: Sequence[Stretch], layout: Layout, usage: Usage
) -> Columns:
    settled = prose(own.lines, own.decided, layout).keys() | own.tabled.places
    return Columns(own.lines, rows, found, settled, usage)


def _placed(order: Sequence[int], stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches whose lines still follow one another in another order, there."""
    place = {old: new for new, old in enumerate(order)}
    for stretch in stretches:
        first, last = place[stretch.first], place[stretch.last]
        if last - first == stretch.last - stretch.first:
            follows = place[stretch.follows] if stretch.follows >= 0 else -1
            yield replace(stretch, first=first, last=last, follows=follows)


def noted(stretches: Iterable[Stretch]) -> Iterator[int]:
    """The lines of notes."""
    for stretch in stretches:
        if stretch.role is Role.NOTE:
            yield from range(stretch.first, stretch.last + 1)


def _anew(
    origin: Sequence[int], decided: Mapping[int, BlockDecision], furniture: Collection[int]
) -> tuple[Mapping[int, BlockDecision], frozenset[int]]:
    """Lines that are decided on and furniture, by new index; `origin` is the old one of each."""
    told = {new: decided[old] for new, old in enumerate(origin) if old in decided}
    return told, frozenset(new for new, old in enumerate(origin) if old in furniture)


def prose(
    lines: Sequence[Line],
    decided: Mapping[int, BlockDecision],
    layout: Layout,
    furniture: Collection[int] = (),
) -> dict[int, BlockDecision | None]:
    """The lines of which is known what they are, with the decisions on tables."""
    told = {b.line for b in layout.breaks} | {j.line for j in layout.joins}
    told |= {j.goes_on for j in layout.joins}
    known: dict[int, BlockDecision | None] = dict.fromkeys(furniture)
    if told:
        known |= {i: None for i, line in enumerate(lines) if line.number in told}
    return known | {i: d if d.role is Role.TABLE else None for i, d in decided.items()}
