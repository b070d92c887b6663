"""Which printings have a correction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from booktools.errata.entry import Entry


def went_to_press(entry: Entry, printing: int) -> Entry:
    """The entry when a printing goes to press: it has the correction, or is the first without."""
    if entry.accepted:
        return entry if entry.since else replace(entry, since=printing)
    if entry.since == printing:  # it was decided otherwise before the printing went
        return replace(entry, since=0)
    if entry.since and entry.since < printing and not entry.until:
        return replace(entry, until=printing)
    return entry


def last_marked(entries: Iterable[Entry]) -> int:
    """The last printing of which the ledger knows that it went to press."""
    return max((number for e in entries for span in e.printings for number in span), default=0)


def holds(entry: Entry, printing: int, last: int) -> bool:
    """Whether a printing has the wanted reading.

    What was taken back, and no printing went to press since, is in those up to the last that did.
    """
    for first, end in entry.printings:
        behind = end or (printing + 1 if entry.accepted else max(last, first) + 1)
        if first <= printing < behind:
            return True
    return False


def history(entry: Entry) -> str:
    """What became of a correction: `Corrected in the 1st printing, reverted in the 2nd.`; "" of
    one that was never taken back."""
    spans = entry.printings
    if not spans or (entry.accepted and len(spans) == 1 and entry.since):
        return ""
    told: list[str] = []
    for first, end in spans:
        told.append(f"corrected in the {ordinal(first)}")
        told += [f"reverted in the {ordinal(end)}"] if end else []
    if not spans[-1][1] and not entry.accepted:
        told.append("reverted since")
    elif not entry.since and entry.accepted:
        told.append("corrected again since")
    said = ", ".join(told).replace(",", " printing,", 1) if len(told) > 1 else f"{told[0]} printing"
    return f"{said[:1].upper()}{said[1:]}."


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
