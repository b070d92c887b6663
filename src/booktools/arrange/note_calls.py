"""What calls for notes, each call led to its note.

Print shows what is raised; in a text dump figures and signs that stand as calls do may be calls,
and the notes' numbers, which follow one another as their calls do, tell which of them are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from booktools.arrange.called import (
    RAISED,
    SIGNS,
    Call,
    Look,
    plain,
    printed_calls,
    written_calls,
)
from booktools.model.galley import Edit, Galley, Role
from booktools.model.place import Span

RULE = "note-marks"
CALLED = "called"  # of a note's block: the block that calls for it, and where in its text

_NOTE = re.compile(
    rf"\s*(?:[\[(]\d{{1,3}}[\])]|\d{{1,3}}(?:[.):]|(?!\d|[^\W\d_A-Z]*\d|[a-zß-öø-ÿ]))"
    rf"|[\[(]?[{SIGNS}]{{1,3}}[\])]?|[{RAISED}]{{1,3}}[.):]?)\s*(?=\S)"
)
_MARK = re.compile(rf"\d{{1,3}}|[{SIGNS}]{{1,3}}|[{RAISED}]{{1,3}}")
# Where fewer of the notes have calls, what looks like calls are misread figures.
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Note:
    """A note's block, its mark, and where it begins in the source."""

    block: int
    mark: str
    start: int


def link_notes(galley: Galley, raised: Sequence[Span] | None) -> Galley:
    """The galley in which notes know what calls for them, the marks of both taken away.

    `raised` are the raised figures of printed pages (`called.raised_figures`), nothing for a dump.
    A call stands on its note's page or the one before, each in the order of the notes, and looks
    like one; where two would do, or what there is does not look like one, all stays as it is.
    Each mark that goes is an edit `note-marks` with the reason.
    """
    notes = list(_notes(galley))
    if not notes:
        return galley
    marks = {note.mark for note in notes}
    found = written_calls(galley, marks) if raised is None else printed_calls(galley, raised)
    linked = _Linking(galley, notes, found).linked()
    return _edited(galley, notes, linked)


def _notes(galley: Galley) -> Iterator[_Note]:
    """The notes that begin with a mark, in the order of the source."""
    found = []
    for index, block in enumerate(galley.blocks):
        match = _NOTE.match(block.text) if block.role is Role.NOTE else None
        mark = _MARK.search(match[0]) if match else None
        if mark:
            start = block.pieces[0].start
            found.append(_Note(index, plain(mark[0]), start))
    yield from sorted(found, key=lambda note: note.start)


def _pages(galley: Galley) -> Sequence[int]:
    """Where pages begin; in a source without any, what stands above notes and they are one."""
    if len(galley.source.pages) > 1:
        return galley.source.pages
    rows = sorted((b.pieces[0].start, b.pieces[-1].end, b.role) for b in galley.blocks if b.pieces)
    return [
        end
        for (_, end, role), (_, _, below) in pairwise(rows)
        if role is Role.NOTE and below is not Role.NOTE
    ]


class _Linking:
    """Which call each note has."""

    def __init__(self, galley: Galley, notes: Sequence[_Note], calls: Iterable[Call]) -> None:
        self._notes = notes
        pages = _pages(galley)
        self._places = [bisect_right(pages, note.start) for note in notes]
        self._calls: dict[tuple[int, str], list[Call]] = defaultdict(list)  # by page and mark
        for call in calls:
            offset = galley.blocks[call.block].raw_offset(call.start)
            self._calls[bisect_right(pages, offset), call.mark].append(call)
        self._taken: set[Call] = set()
        self._found: dict[int, Call] = {}  # by the note's rank

    def linked(self) -> dict[int, Call]:
        """The call of each note that has one for sure, by the note's rank."""
        groups: dict[tuple[int, str], list[int]] = defaultdict(list)
        for rank, note in enumerate(self._notes):
            groups[self._places[rank], note.mark].append(rank)
        for own in groups.values():
            offers = [c for c in self._offers(own[0]) if c.look >= Look.GLUED]
            if len(offers) == len(own):
                self._take(zip(own, sorted(offers, key=lambda call: call.at), strict=True))
        self._found = self._in_order()
        self._take(list(self._between()))
        return self._found if _SHARE * len(self._notes) <= len(self._found) else {}

    def _take(self, pairs: Iterable[tuple[int, Call]]) -> None:
        for rank, call in pairs:
            self._found[rank] = call
            self._taken.add(call)

    def _offers(self, rank: int) -> list[Call]:
        """The calls that a note may have, not taken yet: of its page, else of the one before."""
        page, mark = self._places[rank], self._notes[rank].mark
        own, before = (
            [c for c in self._calls.get((at, mark), ()) if c not in self._taken]
            for at in (page, page - 1)
        )
        for offers in (own, before):
            if any(call.look >= Look.GLUED for call in offers):
                return offers
        return own + before

    def _in_order(self) -> dict[int, Call]:
        """The pairs of the longest run in which the calls follow one another as the notes do, and
        those beside it that are clear."""
        tails: list[tuple[tuple[int, int], int]] = []  # the last call of the best runs, its note
        before: dict[int, int] = {}
        for rank in sorted(self._found):
            at = self._found[rank].at
            place = bisect_left(tails, (at, -1))
            before[rank] = tails[place - 1][1] if place else -1
            tails[place : place + 1] = [(at, rank)]
        run = set()
        rank = tails[-1][1] if tails else -1
        while rank >= 0:
            run.add(rank)
            rank = before[rank]
        return {r: c for r, c in self._found.items() if r in run or c.look is Look.CLEAR}

    def _between(self) -> Iterator[tuple[int, Call]]:
        """Notes with the one call that stands between those of the notes beside them."""
        known = sorted(self._found)
        for rank in range(len(self._notes)):
            place = bisect_left(known, rank)
            if rank in self._found or not 0 < place < len(known):
                continue
            low, high = self._found[known[place - 1]].at, self._found[known[place]].at
            inner = [c for c in self._offers(rank) if low < c.at < high and c.look >= Look.GLUED]
            if len(inner) == 1:
                yield rank, inner[0]


def _edited(galley: Galley, notes: Sequence[_Note], linked: Mapping[int, Call]) -> Galley:
    """The galley without the marks of what is linked, each note told its call."""
    edits: dict[int, list[Edit]] = defaultdict(list)
    for rank, call in linked.items():
        own = notes[rank]
        why = f"“{call.mark}” calls for the note that begins with it"
        text = galley.blocks[call.block].text
        start = call.start
        span = Span(start, call.end)
        edits[call.block].append(Edit(span, text[start : call.end], "", RULE, evidence=why))
        begins = _NOTE.match(galley.blocks[own.block].text)
        assert begins is not None
        why = f"“{own.mark}” is called for in the text"
        edits[own.block].append(Edit(Span(0, begins.end()), begins[0], "", RULE, evidence=why))
    blocks = list(galley.blocks)
    for index, made in edits.items():
        blocks[index] = blocks[index].edited(made)
    for rank, call in linked.items():
        after = blocks[call.block].layers[-1].above(call.start)
        mark = (CALLED, f"{call.block}:{len(blocks[call.block].layers)}:{after}")
        note = notes[rank].block
        blocks[note] = replace(blocks[note], attributes=(*blocks[note].attributes, mark))
    return replace(galley, blocks=tuple(blocks))
