"""Where the entries stand in the manuscript."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booktools.errata.capture import Recovered, uncorrected
from booktools.errata.entry import Entry
from booktools.errata.handmade import Row
from booktools.errata.locate import Index, Spot, locate
from booktools.model.place import Place, Span

_LETTER = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Stand:
    """The reading of an entry in the manuscript: characters of a row's text.

    It is the wanted reading of an accepted entry, the one found of all others.
    """

    row: Row
    start: int
    end: int

    @property
    def place(self) -> Place:
        return self.row.place(self.start)


def whereabouts(recovered: Recovered, entries: Iterable[Entry]) -> dict[str, Stand]:
    """Where each entry's reading stands; those that are nowhere are left out."""
    applied = recovered.applied
    rows = _Rows(recovered.rows)
    before: list[int] = [0] * len(applied.galley.blocks)
    at = 0
    for number in recovered.order:
        before[number] = at
        at += len(_LETTER.findall(applied.galley.blocks[number].text))
    index = None
    out = {}
    for entry in entries:
        if entry.id in applied.places:
            number, span = applied.places[entry.id]
        else:
            index = index or Index(uncorrected(applied))
            spot = locate(index, entry)
            if not isinstance(spot, Spot) or spot.block not in recovered.order:
                continue
            number = spot.block
            span = index.folded[number].span(spot.start, spot.end)
            block = applied.galley.blocks[number]
            if len(block.layers) > len(index.galley.blocks[number].layers):
                layer = block.layers[-1]
                span = Span(layer.above(span.start), layer.above(span.end))
        text = applied.galley.blocks[number].text
        first = before[number] + len(_LETTER.findall(text, 0, span.start))
        last = before[number] + len(_LETTER.findall(text, 0, span.end))
        if stand := rows.stand(first, last):
            out[entry.id] = stand
    return out


class _Rows:
    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = [row for row in rows if not row.given]
        self.starts: list[int] = []
        self.solid: list[list[int]] = []
        at = 0
        for row in self.rows:
            self.starts.append(at)
            self.solid.append([match.start() for match in _LETTER.finditer(row.text)])
            at += len(self.solid[-1])

    def stand(self, first: int, last: int) -> Stand | None:
        """The letters `first` up to `last`, those of another row left out."""
        rank = bisect_right(self.starts, first) - 1
        if rank < 0:
            return None
        solid, start = self.solid[rank], self.starts[rank]
        own = solid[first - start : max(last - start, first - start)]
        if own:
            return Stand(self.rows[rank], own[0], own[-1] + 1)
        after = solid[first - start :]
        at = after[0] if after else len(self.rows[rank].text)
        return Stand(self.rows[rank], at, at)
