"""The reviewed errata, applied to the galley exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from booktools.errata.depending import depending
from booktools.errata.entry import Entry, State
from booktools.errata.locate import Index, Spot, fault, locate
from booktools.errata.reviews import query
from booktools.model.finding import Finding
from booktools.model.galley import Edit, Galley
from booktools.model.place import Span

# A clash names so many of the other entries, and counts the rest.
_NAMED = 3

Located = tuple[Entry, Spot]


@dataclass(frozen=True)
class Applied:
    """The corrected galley, what is to be said, and where each applied entry stands.

    `places`: entry id → number of the block, and span of the wanted reading in its new text.
    """

    galley: Galley
    findings: tuple[Finding, ...]
    places: Mapping[str, tuple[int, Span]]


def apply_errata(galley: Galley, entries: Iterable[Entry]) -> Applied:
    """Make every accepted correction that has one spot of its own, in one layer a block.

    Contexts are matched against the text as it comes in, so corrections do not depend on one
    another nor on the order of the entries.  An entry with an ERROR finding is not applied.
    Open entries give a NOTE each.  Raises ValueError when two entries have the same id.
    """
    index = Index(galley)
    located, faulty = _located(index, entries)
    made = [(entry, spot) for entry, spot in located if entry.accepted]
    queries = [query(entry, spot.place) for entry, spot in located if entry.state is State.OPEN]
    findings = sorted(
        (*faulty.values(), *queries),
        key=lambda f: (f.place.line if f.place else 0, f.message),
    )
    corrected, places = _corrected(index, made)
    applied = Applied(corrected, tuple(findings), MappingProxyType(places))
    prove(applied, [entry for entry, _ in made])
    return applied


def faults(galley: Galley, entries: Iterable[Entry]) -> dict[str, Finding]:
    """What is wrong with entries (ERR001 to ERR006), by id.  Raises as `apply_errata` does."""
    return _located(Index(galley), entries)[1]


def _located(index: Index, entries: Iterable[Entry]) -> tuple[list[Located], dict[str, Finding]]:
    """The entries that have a spot of their own, and what is wrong with each of the others."""
    ordered = sorted(entries, key=lambda e: (e.place.line, e.id))
    if len({entry.id for entry in ordered}) < len(ordered):
        raise ValueError("two entries have the same id")
    faulty: dict[str, Finding] = {}
    located: list[Located] = []
    lost: list[Entry] = []
    for entry in ordered:
        at = locate(index, entry)
        if isinstance(at, Finding):
            faulty[entry.id] = at
            lost += [entry] * (at.code == "ERR001")
        else:
            located.append((entry, at))
    faulty |= depending(index, lost, (entry for entry, _ in located))
    faulty |= _duplicates(located)
    located = [pair for pair in located if pair[0].id not in faulty]
    faulty |= _overlaps([pair for pair in located if pair[0].accepted])
    return [pair for pair in located if pair[0].id not in faulty], faulty


def _corrected(index: Index, made: Sequence[Located]) -> tuple[Galley, dict[str, tuple[int, Span]]]:
    """The galley with one more layer on each touched block, and the places of the entries."""
    by_block: dict[int, list[Edit]] = {}
    for entry, spot in made:
        span = index.folded[spot.block].span(spot.start, spot.end)
        old = index.galley.blocks[spot.block].text[span.start : span.end]
        why = f"{entry.kind.value}: {entry.reason}"
        edit = Edit(span, old, entry.wanted, entry.id, evidence=why)
        by_block.setdefault(spot.block, []).append(edit)
    blocks = list(index.galley.blocks)
    places: dict[str, tuple[int, Span]] = {}
    for number, edits in sorted(by_block.items()):
        blocks[number] = blocks[number].edited(edits)
        shift = 0
        for edit in blocks[number].layers[-1]:
            start = edit.span.start + shift
            places[edit.rule] = number, Span(start, start + len(edit.new))
            shift += len(edit.new) - len(edit.old)
    return replace(index.galley, blocks=tuple(blocks)), places


def prove(applied: Applied, made: Iterable[Entry]) -> None:
    """Every entry's reading stands at its place, and every touched block leads back.

    Raises RuntimeError when not: then the tool is wrong, not the ledger.
    """
    touched = set()
    for entry in made:
        number, span = applied.places[entry.id]
        if applied.galley.blocks[number].text[span.start : span.end] != entry.wanted:
            raise RuntimeError(f"{entry.id}: “{entry.wanted}” is not in block {number} at {span}")
        touched.add(number)
    for number in touched:
        block = applied.galley.blocks[number]
        if block.unwound() != block.raw:
            raise RuntimeError(f"block {number} does not lead back to its source")


# --- entries in one another's way -----------------------------------------------------


def _duplicates(located: Sequence[Located]) -> dict[str, Finding]:
    """A fault (by id) for each entry that says what another says at the same spot.

    The accepted one has none, else the one that stands first in the ledger.
    """
    first: dict[tuple[int, int, int, str], Entry] = {}
    faulty = {}
    for entry, spot in sorted(located, key=lambda pair: not pair[0].accepted):
        other = first.setdefault((spot.block, spot.start, spot.end, entry.wanted), entry)
        if other is entry:
            continue
        decided = "" if other.state is entry.state else f", which is {other.state.value}"
        message = f"says the same as {other.id}{decided}"
        fix = f"Take {entry.id} or {other.id} out of the ledger."
        faulty[entry.id] = fault("ERR004", entry, message, fix, (spot.place,))
    return faulty


def _overlaps(located: Sequence[Located]) -> dict[str, Finding]:
    """A fault (by id) for each entry that shares a character with another."""
    ordered = sorted(located, key=lambda pair: (pair[1].block, pair[1].start, pair[1].end))
    rivals: dict[str, list[str]] = {}
    reach: Located | None = None
    for pair in ordered:
        entry, spot = pair
        if reach is not None and reach[1].block == spot.block and spot.start < reach[1].end:
            rivals.setdefault(entry.id, []).append(reach[0].id)
            rivals.setdefault(reach[0].id, []).append(entry.id)
            if spot.end <= reach[1].end:
                continue
        reach = pair
    faulty = {}
    for entry, spot in ordered:
        if entry.id not in rivals:
            continue
        others = rivals[entry.id]
        named = ", ".join(others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        message = f"“{entry.found}” → “{entry.wanted}” overlaps {named}{more}"
        fix = f"Make one entry of {entry.id} and {named}, or take the others out."
        faulty[entry.id] = fault("ERR003", entry, message, fix, (spot.place,))
    return faulty
