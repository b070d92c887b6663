"""The errata of a manuscript that is its own source.

Accepted corrections stand in the manuscript's files themselves.  So each entry is looked for
twice: with the reading found, when it is still to be made, and with the wanted one, when it is
made.  Sentences move as a book is written: a line of an entry only tells like contexts apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from booktools.errata.apply import Applied
from booktools.errata.concordance import Folded
from booktools.errata.entry import Entry, State
from booktools.errata.locate import MANY, Index, Spot, fault, not_found
from booktools.errata.reviews import query
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Block, Edit, Galley, Role, Source
from booktools.model.place import Place, Span

_WORD = re.compile(r"\w+")
_GONE = (
    "Copy `context` from the text as it stands now; if the sentence was written anew: "
    "booktools errata revert {}"
)
# A context that holds more neighbours' corrections than this is not worth the name.
_NEIGHBOURS = 12
# Words of context at each side when a neighbour's correction has changed the rest, and the
# characters that they must have.
_FEWER = (3, 2)
_ENOUGH = 12
# So many times as far away another place has to be.
_FAR = 4
_LISTED = 8  # places that are listed, the rest counted


@dataclass(frozen=True)
class Settled:
    """What is to be corrected (`pending`), what is corrected (`done`), and what is wrong.

    They lead from an entry's id to the spot of its reading in the manuscript as it stands;
    `others` are the open and the rejected ones, `faults` what keeps entries from having a
    place, which `findings` tell with all else.
    """

    pending: Mapping[str, Spot]
    done: Mapping[str, Spot]
    others: Mapping[str, Spot]
    faults: Mapping[str, Finding]
    findings: tuple[Finding, ...]


def settle(galley: Galley, entries: Iterable[Entry]) -> Settled:
    """Where every entry stands in a manuscript, each accepted one in exactly one place.

    Findings are errors (ERR001 to ERR003) for entries that have no place of their own, an
    ERR012 for each accepted one that is still to be made, and ERR010 for open ones.
    """
    every = sorted(entries, key=lambda entry: (entry.place.line, entry.id))
    index = Index(galley)
    search = Search(index, every)
    pending: dict[str, Spot] = {}
    done: dict[str, Spot] = {}
    others: dict[str, Spot] = {}
    faults: dict[str, Finding] = {}
    queries: list[Finding] = []
    for entry in every:
        spot, made = search.find(entry)
        if isinstance(spot, Finding):
            if entry.state is not State.REJECTED:  # else a question that is no more
                faults[entry.id] = spot
        elif entry.accepted:
            (done if made else pending)[entry.id] = spot
        else:
            others[entry.id] = spot
            asked = entry.state is State.OPEN and not made
            queries += [query(entry, spot.place)] if asked else []
    by_id = {entry.id: entry for entry in every}
    for one, other in _overlaps(pending, done):
        faults[one] = _overlap(by_id[one], by_id[other], other in done, pending.pop(one).place)
    waiting = [_waits(by_id[id], spot) for id, spot in pending.items()]
    return Settled(pending, done, others, faults, (*faults.values(), *queries, *waiting))


class Search:
    """Looks entries up in a manuscript; `entries` are all that may have been made in it."""

    def __init__(self, index: Index, entries: Sequence[Entry]) -> None:
        self.index = index
        self.by_word: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.accepted:
                for word in set(_WORD.findall(entry.found)) or {""}:
                    self.by_word.setdefault(word, []).append(entry)

    def find(self, entry: Entry) -> tuple[Spot | Finding, bool]:
        """The one spot of an entry, and whether the wanted reading stands there."""
        for variant, cut in self.variants(entry):
            spots = [(spot, False) for spot in self.spots(variant, variant.found)]
            if entry.found != entry.wanted:
                made = [(spot, True) for spot in self.spots(variant, variant.wanted)]
                both = [*spots, *made]
                spots = [pair for pair in both if not _inside(pair[0], both)]
            if not spots:
                continue
            if len(spots) > (1 if cut else MANY):
                break
            if chosen := _nearest(entry, spots):
                return chosen
            return _ambiguous(entry, tuple(spot.place for spot, _ in spots)), False
        return replace(not_found(self.index, entry), fix=_GONE.format(entry.id)), False

    def spots(self, entry: Entry, reading: str) -> list[Spot]:
        """Where the context stands with a reading, in the entry's file."""
        hits = self.index.hits(f"{entry.before}{reading}{entry.after}")
        spots = [self.index.spot(hit, len(entry.before), len(reading)) for hit in hits]
        return [spot for spot in spots if entry.file in ("", spot.place.file)]

    def variants(self, entry: Entry) -> Iterator[tuple[Entry, bool]]:
        """The entry as it is written, and with its neighbours' corrections in its context.

        First as if all of them were made, then with each of them alone; last with less of
        its context (True), which has to be enough then to tell its place from all others.
        """
        yield entry, False
        for variant in self._corrected(entry):
            yield variant, False
        for words in _FEWER:
            before, after = entry.before.split(" ")[-words - 1 :], entry.after.split(" ")
            context = " ".join(before) + entry.found + " ".join(after[: words + 1])
            if context != entry.context and len(context) - len(entry.found) >= _ENOUGH:
                yield replace(entry, context=context), True

    def _corrected(self, entry: Entry) -> Iterator[Entry]:
        near = self.neighbours(entry)
        if not near:
            return
        sides = [entry.before, entry.after]
        for chosen in (near, *((one,) for one in near)):
            before, after = sides
            for other in chosen:
                before = before.replace(other.found, other.wanted)
                after = after.replace(other.found, other.wanted)
            changed = replace(entry, context=f"{before}{entry.found}{after}")
            if changed.context.count(entry.found) == 1 and changed.context != entry.context:
                yield changed

    def neighbours(self, entry: Entry) -> tuple[Entry, ...]:
        """Accepted entries whose reading found stands in the context of this one."""
        out: dict[str, Entry] = {}
        for word in dict.fromkeys(_WORD.findall(entry.before + " " + entry.after)):
            for other in self.by_word.get(word, ()):
                if other.id != entry.id and _shares(entry, other):
                    out[other.id] = other
        return tuple(out.values())[:_NEIGHBOURS]


def _nearest(entry: Entry, spots: Sequence[tuple[Spot, bool]]) -> tuple[Spot, bool] | None:
    """The spot that stands nearest to the entry's line, if one does.

    Where one place has the reading found and another the wanted one, a near miss could be
    either: then it has to be on the line, or far nearer than all others.
    """
    ranked = sorted(spots, key=lambda pair: abs(pair[0].place.line - entry.line))
    away = [abs(spot.place.line - entry.line) for spot, _ in ranked]
    if len(ranked) == 1:
        return ranked[0]
    if away[0] == away[1]:
        return None
    alike = len({made for _, made in ranked}) == 1
    sure = away[0] == 0 or _FAR * away[0] + _FAR < away[1]
    return ranked[0] if alike or sure else None


def _shares(entry: Entry, other: Entry) -> bool:
    """Whether the other's reading stands in this one's context with what is round it."""
    at = entry.context.find(other.found)
    while at >= 0:
        before, after = entry.context[:at], entry.context[at + len(other.found) :]
        if _agree(before[::-1], other.before[::-1]) and _agree(after, other.after):
            return True
        at = entry.context.find(other.found, at + 1)
    return False


def _agree(one: str, other: str) -> bool:
    """Whether the texts begin alike, a word or two at least; they may correct one another."""
    length = min(len(one), len(other), 6)
    return one[:length] == other[:length]


def _inside(spot: Spot, others: Iterable[tuple[Spot, bool]]) -> bool:
    """“the war” stands in “the war,” as well: of the two readings it is the longer one."""
    return any(
        spot.block == other.block
        and other.start <= spot.start
        and spot.end <= other.end
        and (spot.start, spot.end) != (other.start, other.end)
        for other, _ in others
    )


def _overlaps(pending: Mapping[str, Spot], done: Mapping[str, Spot]) -> list[tuple[str, str]]:
    """Pending entries that share characters with another, each with one such."""
    ordered = sorted(
        [*((id, spot) for id, spot in pending.items()), *((id, spot) for id, spot in done.items())],
        key=lambda pair: (pair[1].block, pair[1].start, pair[1].end),
    )
    out: dict[str, str] = {}
    reach: tuple[str, Spot] | None = None
    for id, spot in ordered:
        if reach and reach[1].block == spot.block and spot.start < reach[1].end:
            for one, other in ((id, reach[0]), (reach[0], id)):
                if one in pending:
                    out.setdefault(one, other)
        if not reach or reach[1].block != spot.block or spot.end > reach[1].end:
            reach = id, spot
    return list(out.items())


def _overlap(entry: Entry, other: Entry, made: bool, place: Place) -> Finding:
    message = f"“{entry.found}” → “{entry.wanted}” overlaps {other.id}"
    message += ", which is made" if made else ""
    fix = f"Make one entry of {entry.id} and {other.id}, or reject one."
    if made:
        decide = f"booktools errata decide {other.id} --accept --wanted … --by YOU"
        fix = f"Change the reading of {other.id}: {decide}"
    return fault("ERR003", entry, message, fix, (place,))


def _ambiguous(entry: Entry, places: Sequence[Place]) -> Finding:
    listed = ", ".join(f"{place.file}:{place.line}" for place in places[:_LISTED])
    more = f" and {len(places) - _LISTED} more" if len(places) > _LISTED else ""
    message = (
        f"the context stands {len(places)} times, with the one reading or the other, and line "
        f"{entry.line} does not tell which is meant: {listed}{more}"
    )
    return fault("ERR002", entry, message, "Lengthen `context`, or put the line.", tuple(places))


def _waits(entry: Entry, spot: Spot) -> Finding:
    return Finding(
        "ERR012",
        Severity.ERROR,
        f"{entry.id}: accepted, but the manuscript still has “{entry.found}”, not “{entry.wanted}”",
        spot.place,
        entry.context,
        "Run: booktools errata apply",
        (entry.place,),
        entry.before,
        entry.after,
    )


def unmade(
    texts: Sequence[str], galley: Galley, settled: Settled, entries: Iterable[Entry]
) -> Applied:
    """The manuscript as it was before its corrections, and they made in it.

    `texts` are those of the passages, in the order of the galley's blocks.  Every block of
    what comes out has one; its source is made up and has no lines of its own.
    """
    by_id = {entry.id: entry for entry in entries}
    made: dict[int, list[tuple[Span, Entry]]] = {}
    for id, spot in settled.done.items():
        span = Folded(galley.blocks[spot.block].text).span(spot.start, spot.end)
        made.setdefault(spot.block, []).append((span, by_id[id]))
    blocks: list[Block] = []
    places: dict[str, tuple[int, Span]] = {}
    at = 0
    for number, text in enumerate(texts):
        now = galley.blocks[number].text or text
        parts: list[str] = []
        edits: list[Edit] = []
        end = length = 0
        for span, entry in sorted(made.get(number, ()), key=lambda pair: pair[0]):
            if span.start < end:
                continue  # two that say the same there
            parts += now[end : span.start], entry.found
            length += span.start - end
            why = f"{entry.kind.value}: {entry.reason}"
            old = Span(length, length + len(entry.found))
            edits.append(Edit(old, entry.found, now[span.start : span.end], entry.id, evidence=why))
            places[entry.id] = number, span
            length, end = old.end, span.end
        raw = "".join([*parts, now[end:]])
        blocks.append(Block(Role.PARAGRAPH, (Span(at, at + len(raw)),), raw).edited(edits))
        at += len(raw)
    source = Source("".join(block.raw for block in blocks), (("", 0),))
    return Applied(Galley(source, tuple(blocks)), settled.findings, MappingProxyType(places))
