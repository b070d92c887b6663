"""The boxes of text of a page: what an extractor sets apart with empty lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from booktools.arrange.grammar import Line as Ends
from booktools.arrange.rows import Row, Rows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role
from booktools.model.page import Line

# So many lines at a box’s edges are read for their marks of quotation.
_QUOTED_LINES = 12
_MARKS = re.compile("[“”«»„]")
_ROMAN = re.compile(r"(?=\w{2})c{0,3}(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})", re.IGNORECASE)
_OPENING, _CLOSING = "“«„", "”»"


class Kind(Enum):
    """What a box is: running text, a heading, or what has lines of its own."""

    TEXT = "text"
    HEAD = "head"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Box:
    """Lines `first` to `last` of a page, by index, and how many of them are written.

    `floated`: a caption or a box stands before it.  `opened`: it lacks its first letter, which is
    a drop capital.  `rows` are its written lines.
    """

    first: int
    last: int
    size: int
    page: int
    kind: Kind
    starts: Ends
    ends: Ends
    floated: bool = False
    opened: bool = False
    rows: tuple[Row, ...] = ()

    @property
    def ended(self) -> bool:
        return self.ends.ends in ("stop", "call")

    @property
    def small(self) -> bool:
        return self.starts.starts == "small" and not self.opened

    @property
    def quoting(self) -> bool:
        """Whether it ends within a quotation."""
        marks = _MARKS.findall(" ".join([row.text for row in self.rows[-_QUOTED_LINES:]]))
        return bool(marks) and marks[-1] in _OPENING

    @property
    def unquoting(self) -> bool:
        """Whether it begins within a quotation."""
        mark = _MARKS.search(" ".join([row.text for row in self.rows[:_QUOTED_LINES]]))
        return mark is not None and mark[0] in _CLOSING


def boxes_of(
    lines: Sequence[Line], rows: Rows, stretches: Sequence[Stretch]
) -> tuple[list[Box], dict[int, int]]:
    """The boxes of text, headings and verse in the source's order; each begins with the captions
    above it and ends with the notes and the empty lines below.  With them, by its first line,
    where each ends."""
    kinds = {i: s for s in stretches for i in range(s.first, s.last + 1)}
    opened = {s.follows for s in stretches if s.role is Role.PARAGRAPH and s.follows >= 0}
    runs = list(_runs(rows, kinds, opened))
    boxes: list[Box] = []
    ends: dict[int, int] = {}
    floats, floated, edge = -1, False, -1  # where those since the last box begin; where it ends
    for at, run in enumerate(runs):
        top, bottom = rows[run[0]], rows[run[-1]].index
        stretch = kinds.get(top.index)
        kind = _kind(stretch)
        if kind is Kind.TEXT and len(run) == 1 and _ROMAN.fullmatch(top.text):
            kind = Kind.HEAD  # a chapter's number, its capitals misread
        below = runs[at + 1] if at + 1 < len(runs) else None
        if kind is Kind.HEAD and below and _boxed(kinds.get(rows[below[0]].index)):
            kind = None  # the title of a box
        if boxes and boxes[-1].page != top.page:
            floats, floated, edge = -1, False, -1
        if kind is None:
            if stretch and stretch.role is Role.NOTE and edge >= 0 and not floated:
                edge = ends[boxes[-1].first] = _behind(lines, bottom)
            else:
                floats = edge if edge >= 0 and not floated else floats
                floated = floated or not stretch or stretch.follows < 0
            continue
        first = floats if floats >= 0 else edge if edge >= 0 else top.index
        boxes.append(_box(rows, run, first, kind, floated, top.index in opened))
        floats, floated = -1, False
        edge = ends[first] = _behind(lines, bottom)
    return boxes, ends


def _runs(rows: Rows, kinds: Mapping[int, Stretch], opened: Collection[int]) -> Iterator[list[int]]:
    """The rows that stand together and are of one kind."""
    run: list[int] = []
    above: Stretch | None = None
    last = -1
    for at, row in enumerate(rows.rows):
        own = kinds.get(row.index)
        parted = row.above or row.index != last + 1 or row.index in opened
        if run and (parted or own is not above):
            yield run
            run = []
        run.append(at)
        above, last = own, row.index
    if run:
        yield run


def _kind(stretch: Stretch | None) -> Kind | None:
    """What lines of a stretch are in the reading; nothing for those that stand beside it."""
    if stretch is None:
        return Kind.TEXT
    if _boxed(stretch):
        return None
    if stretch.role in (Role.TITLE, Role.LABEL, Role.HEADING):
        return Kind.HEAD
    return Kind.OWN if stretch.role in (Role.VERSE, Role.QUOTE, Role.LIST) else None


def _boxed(stretch: Stretch | None) -> bool:
    """Whether it is text that stands in a box, or its title."""
    return stretch is not None and "in a box" in stretch.evidence


def _box(
    rows: Rows, run: Sequence[int], first: int, kind: Kind, floated: bool, opened: bool
) -> Box:
    own = rows.rows[run[0] : run[-1] + 1]
    starts, ends = rows.ends[run[0]], rows.ends[run[-1]]
    about = starts, ends, floated, opened, own
    return Box(first, own[-1].index, len(run), own[-1].page, kind, *about)


def _behind(lines: Sequence[Line], at: int) -> int:
    """The first line behind one and the empty lines below it."""
    at += 1
    while at < len(lines) and not lines[at].text and lines[at].page == lines[at - 1].page:
        at += 1
    return at
