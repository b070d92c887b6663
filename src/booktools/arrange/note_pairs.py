"""Which call each note has, told by mark, page, order and look."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from booktools.arrange.called import Call, Look
from booktools.model.galley import Galley, Role

# Where fewer of the notes have calls, what looks like calls are misread figures.
_SHARE = 0.5
# So many calls apart from their words are a habit.
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Note:
    """A note's block, its mark, and where it begins in the source."""

    block: int
    mark: str
    start: int

    @property
    def number(self) -> int:
        """Its number, 0 for a sign."""
        return int(self.mark) if self.mark.isdecimal() else 0


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


class NotePairs:
    """Which call each note has."""

    def __init__(
        self,
        galley: Galley,
        notes: Sequence[Note],
        calls: Iterable[Call],
        ended: Collection[int] = (),
    ) -> None:
        """`ended` are the blocks of notes at the ends of chapters and of the book."""
        self._notes, self._ended = notes, ended
        pages = _pages(galley)
        self._places = [bisect_right(pages, note.start) for note in notes]
        self._calls: dict[tuple[int, str], list[Call]] = defaultdict(list)  # by page and mark
        self._offsets: dict[Call, int] = {}
        for call in calls:
            offset = galley.blocks[call.block].raw_offset(call.start)
            self._offsets[call] = offset
            self._calls[bisect_right(pages, offset), call.mark].append(call)
        self.readable = True  # whether enough of the notes have calls
        self._taken: set[Call] = set()
        self._apart = self._stand_apart()
        self._found: dict[int, Call] = {}  # by the note's rank

    def linked(self) -> dict[int, Call]:
        """The call of each note that has one for sure, by the note's rank."""
        groups: dict[tuple[int, str], list[int]] = defaultdict(list)
        for rank, note in enumerate(self._notes):
            if note.block in self._ended:
                continue
            groups[self._places[rank], note.mark].append(rank)
        for own in groups.values():
            offers = self._likely(self.offers(own[0]))
            if len(offers) == len(own):
                self._take(zip(own, sorted(offers, key=lambda call: call.at), strict=True))
        self._found = self._in_order()
        between = list(self._between())
        wanted = Counter(call for _, call in between)
        self._take([(rank, call) for rank, call in between if wanted[call] == 1])
        self._take(self._at_ends())
        self.readable = _SHARE * len(self._notes) <= len(self._found)
        if not self.readable:
            self._found, self._taken = {}, set()
        return self._found

    def _stand_apart(self) -> bool:
        """Whether the calls of most notes stand apart from their words, as a habit."""
        numbered = [rank for rank, note in enumerate(self._notes) if note.number]
        apart = 0
        for rank in numbered:
            looks = {call.look for call in self.offers(rank)}
            apart += Look.APART in looks and max(looks) < Look.GLUED
        return apart >= max(_FEWEST, _SHARE * len(numbered))

    def _likely(self, calls: Iterable[Call]) -> list[Call]:
        """Those that look like calls."""
        found = list(calls)
        likely = [call for call in found if call.look >= Look.GLUED]
        if not likely and self._apart:
            likely = [call for call in found if call.look in (Look.APART, Look.FIRST)]
        return likely

    def _take(self, pairs: Iterable[tuple[int, Call]]) -> None:
        for rank, call in pairs:
            self._found[rank] = call
            self._taken.add(call)

    def offers(self, rank: int) -> list[Call]:
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
        ranks = sorted(self._found)
        run = {ranks[i] for i in _rising([self._found[rank].at for rank in ranks])}
        return {r: c for r, c in self._found.items() if r in run or c.look is Look.CLEAR}

    def _between(self) -> Iterator[tuple[int, Call]]:
        """Notes with the one call that stands between those of the notes beside them."""
        known = sorted(self._found)
        for rank in range(len(self._notes)):
            if rank in self._found or self._notes[rank].block in self._ended:
                continue
            place = bisect_left(known, rank)
            low = self._found[known[place - 1]].at if place else None
            high = self._found[known[place]].at if place < len(known) else None
            inner = [
                call
                for call in self.offers(rank)
                if (low is None or low < call.at) and (high is None or call.at < high)
            ]
            likely = self._likely(inner)
            likely = likely or [call for call in inner if call.look is Look.FIRST]
            if known and len(likely) == 1:
                yield rank, likely[0]

    def _at_ends(self) -> list[tuple[int, Call]]:
        """The notes of chapters' and books' ends with their calls: of all that have the same marks
        the longest run in which both go on, where it is the same from either end."""
        ranks = [rank for rank, note in enumerate(self._notes) if note.block in self._ended]
        by_mark: dict[str, list[Call]] = defaultdict(list)
        for call in sorted(self._offsets, key=lambda call: call.at, reverse=True):
            if call.look >= Look.GLUED and call not in self._taken:
                by_mark[call.mark].append(call)
        offers = [
            (rank, call)
            for rank in ranks
            for call in by_mark[self._notes[rank].mark]
            if self._offsets[call] < self._notes[rank].start
        ]
        run = _rising([call.at for _, call in offers])
        last = len(offers) - 1
        back = _rising([(-call.block, -call.start) for _, call in reversed(offers)])
        same = {last - place for place in back}
        return [offers[place] for place in run if place in same]

    def gaps(self) -> Iterator[Call]:
        """What looks like calls with the numbers that the notes leave out, where those would
        stand."""
        for rank, note in enumerate(self._notes):
            following = self._notes[rank + 1].number if rank + 1 < len(self._notes) else 1
            if rank not in self._found or not note.number or following == note.number + 1:
                continue
            mark, low = str(note.number + 1), self._found[rank].at
            above = self._found.get(rank + 1)
            for page in (self._places[rank], self._places[rank] + 1):
                for call in self._calls.get((page, mark), ()):
                    within = low < call.at and (above is None or call.at < above.at)
                    if within and call not in self._taken and call.look >= Look.GLUED:
                        self._taken.add(call)
                        yield call


def _rising(places: Sequence[tuple[int, int]]) -> list[int]:
    """Which of the places make the longest run in which each stands behind the last."""
    tails: list[tuple[int, int]] = []  # the last place of the best run of each length
    ends: list[int] = []  # and which one that is
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [index]
    run = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]
