"""What the ledger holds, counted and in lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from booktools.errata.entry import Entry, Kind, State


@dataclass(frozen=True)
class Summary:
    """How many entries there are of each kind and state; those of none are left out."""

    counts: Mapping[tuple[Kind, State], int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def of_state(self, state: State) -> int:
        return sum(n for (_, own), n in self.counts.items() if own is state)

    def of_kind(self, kind: Kind) -> int:
        return sum(n for (own, _), n in self.counts.items() if own is kind)


def summarise(entries: Iterable[Entry]) -> Summary:
    return Summary(Counter((entry.kind, entry.state) for entry in entries))


def summary_lines(summary: Summary) -> list[str]:
    """A table: a row a kind, a column a state, sums at the foot and on the right."""
    if not summary.total:
        return ["no errata"]
    states = tuple(State)
    rows = [["", *(state.value for state in states), "all"]]
    for kind in Kind:
        if every := summary.of_kind(kind):
            own = [str(summary.counts.get((kind, state), 0)) for state in states]
            rows.append([kind.value, *own, str(every)])
    rows.append(["all", *(str(summary.of_state(state)) for state in states), str(summary.total)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
