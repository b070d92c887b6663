"""The boxes of text of a page: what an extractor sets apart with empty lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from booktools.arrange.grammar import Line as Ends
from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.words import ends_sentence, starts_lower
from booktools.model.galley import Role
from booktools.model.page import Line

# So many lines at a box’s edges are read for their marks of quotation.
_QUOTED_LINES = 12
_MARKS = re.compile("[“”«»„]")
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
    a drop capital.  `quoting`: it ends within a quotation; `unquoting`: it begins within one.
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
    quoting: bool = False
    unquoting: bool = False

    @property
    def ended(self) -> bool:
        return self.ends.ends in ("stop", "call")

    @property
    def small(self) -> bool:
        return self.starts.starts == "small" and not self.opened


def quoting(lines: Sequence[str]) -> bool:
    """Whether a text ends within a quotation."""
    marks = _MARKS.findall(" ".join(lines))
    return bool(marks) and marks[-1] in _OPENING


def unquoting(lines: Sequence[str]) -> bool:
    """Whether a text begins within a quotation."""
    mark = _MARKS.search(" ".join(lines))
    return mark is not None and mark[0] in _CLOSING


def boxes_of(
    lines: Sequence[Line], rows: Rows, stretches: Sequence[Stretch]
) -> tuple[list[Box], dict[int, int]]:
    """The boxes of text, headings and verse in the source's order; each begins with the captions
    above it and ends with the notes and the empty lines below.  With them, by its first line,
    where each ends."""
    kinds = {i: s for s in stretches for i in range(s.first, s.last + 1)}
    opened = {s.follows for s in stretches if s.role is Role.PARAGRAPH and s.follows >= 0}
    runs = list(_runs(lines, rows, kinds, opened))
    boxes: list[Box] = []
    ends: dict[int, int] = {}
    floats, floated, edge = -1, False, -1  # where those since the last box begin; where it ends
    for at, run in enumerate(runs):
        stretch = kinds.get(run[0])
        kind = _kind(stretch)
        below = runs[at + 1] if at + 1 < len(runs) else None
        if kind is Kind.HEAD and below and _boxed(kinds.get(below[0])):
            kind = None  # the title of a box
        page = lines[run[0]].page
        if boxes and boxes[-1].page != page:
            floats, floated, edge = -1, False, -1
        if kind is None:
            if stretch and stretch.role is Role.NOTE and edge >= 0 and not floated:
                edge = ends[boxes[-1].first] = _behind(lines, run[-1])
            else:
                floats = edge if edge >= 0 and not floated else floats
                floated = floated or not stretch or stretch.follows < 0
            continue
        first = floats if floats >= 0 else edge if edge >= 0 else run[0]
        made = _box(lines, run, kind, run[0] in opened)
        boxes.append(replace(made, first=first, floated=floated))
        floats, floated = -1, False
        edge = ends[first] = _behind(lines, run[-1])
    return boxes, ends


def _runs(
    lines: Sequence[Line], rows: Rows, kinds: Mapping[int, Stretch], opened: Collection[int]
) -> Iterator[list[int]]:
    """The lines that stand together and are of one kind, by index."""
    run: list[int] = []
    for row in rows.rows:
        at = row.index
        joined = run and not row.above and at == run[-1] + 1 and at not in opened
        if run and not (joined and kinds.get(at) is kinds.get(run[-1])):
            yield run
            run = []
        run.append(at)
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


def _box(lines: Sequence[Line], run: Sequence[int], kind: Kind, opened: bool) -> Box:
    texts = [" ".join(lines[index].text.split()) for index in run]
    starts, ends = (Ends.of(t, ends_sentence(t), starts_lower(t)) for t in (texts[0], texts[-1]))
    about = quoting(texts[-_QUOTED_LINES:]), unquoting(texts[:_QUOTED_LINES])
    page = lines[run[0]].page
    return Box(run[0], run[-1], len(run), page, kind, starts, ends, False, opened, *about)


def _behind(lines: Sequence[Line], at: int) -> int:
    """The first line behind one and the empty lines below it."""
    at += 1
    while at < len(lines) and not lines[at].text and lines[at].page == lines[at - 1].page:
        at += 1
    return at
