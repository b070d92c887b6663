"""Entries whose contexts read as another entry would have them."""

from __future__ import annotations

from collections.abc import Iterable

from booktools.errata.entry import Entry
from booktools.errata.ledger import quoted
from booktools.errata.locate import SEARCHED, Index, fault
from booktools.model.finding import Finding

_PLACES = 4  # of a reading in one context that are tried


def depending(
    index: Index, faulty: Iterable[Entry], entries: Iterable[Entry]
) -> dict[str, Finding]:
    """An ERR001, by id, for each of the entries not found whose context stands in the text as soon
    as one correction of another entry is left out of it."""
    made = [e for e in entries if e.accepted and e.wanted.strip() and e.wanted != e.found]
    out: dict[str, Finding] = {}
    for entry in list(faulty)[:SEARCHED]:
        for other in made:
            if other.id == entry.id or other.wanted not in entry.context:
                continue
            if context := _without(index, entry, other):
                out[entry.id] = _finding(entry, other, context)
                break
    return out


def _without(index: Index, entry: Entry, other: Entry) -> str:
    """The context of an entry with what another one found, "" when that stands nowhere."""
    at = entry.context.find(other.wanted)
    for _ in range(_PLACES):
        if at < 0:
            break
        end = at + len(other.wanted)
        start = len(entry.before)
        if end <= start or start + len(entry.found) <= at:
            context = entry.context[:at] + other.found + entry.context[end:]
            if context.count(entry.found) == 1 and index.hits(context):
                return context
        at = entry.context.find(other.wanted, at + 1)
    return ""


def _finding(entry: Entry, other: Entry, context: str) -> Finding:
    message = (
        f"its context has “{other.wanted}”, which {other.id} puts there: contexts are matched as "
        "the text reads before any correction"
    )
    return fault("ERR001", entry, message, f"context = {quoted(context)}")
