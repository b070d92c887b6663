"""The errata as they were when the manuscript was made."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace

from booktools.errata.entry import Entry, Review, State


def as_written(
    entries: Iterable[Entry], readings: Mapping[str, str], required: int
) -> tuple[Entry, ...]:
    """The entries with those accepted, by so many as are `required`, that have one of the
    `readings` (by id), and all others open.  An entry without a reading to apply stays open."""
    return tuple(_as_written(entry, readings.get(entry.id), required) for entry in entries)


def _as_written(entry: Entry, wanted: str | None, required: int) -> Entry:
    if wanted is None or wanted == entry.found:
        if not entry.accepted:
            return entry
        return replace(entry, state=State.OPEN, decided_by="", decided_on=None, reviews=(), until=0)
    day = entry.decided_on or datetime.date.min
    said = tuple(Review(f"reviewer {n}", day, State.ACCEPTED) for n in range(1, required + 1))
    return replace(
        entry,
        wanted=wanted,
        state=State.ACCEPTED,
        decided_by=said[0].by,
        decided_on=day,
        until=0,
        reviews=said,
    )
