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
from booktools.errata.depending import depending
from booktools.errata.entry import Entry, State
from booktools.errata.locate import COPY, MANY, Index, Spot, fault, not_found
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
    """What is to be corrected (`pending`), what is corrected (`done`), what was corrected and
    then rejected, so that it is to be taken back (`back`), and what is wrong.

    They lead from an entry's id to the spot of its reading in the manuscript as it stands;
    `others` are all other open and rejected ones, `faults` what keeps entries from having a
    place, which `findings` tell with all else.
    """

    pending: Mapping[str, Spot]
    done: Mapping[str, Spot]
    back: Mapping[str, Spot]
    others: Mapping[str, Spot]
    faults: Mapping[str, Finding]
    findings: tuple[Finding, ...]

    @property
    def due(self) -> dict[str, Spot]:
        """Where the reading that is due is to be put."""
        return {**self.pending, **self.back}


def settle(galley: Galley, entries: Iterable[Entry]) -> Settled:
    """Where every entry stands in a manuscript, each accepted one in exactly one place.

    Findings are errors (ERR001 to ERR003, ERR006) for entries that have no place of their own, an
    ERR012 for each accepted one that is still to be made, an ERR013 for each that is to be
    taken back, and ERR010 for open ones.
    """
    every = sorted(entries, key=lambda entry: (entry.place.line, entry.id))
    index = Index(galley)
    search = Search(index, every)
    pending: dict[str, Spot] = {}
    done: dict[str, Spot] = {}
    back: dict[str, Spot] = {}
    others: dict[str, Spot] = {}
    faults: dict[str, Finding] = {}
    queries: list[Finding] = []
    for entry in every:
        spot, reading = search.read(entry)
        if isinstance(spot, Finding):
            if entry.state is not State.REJECTED:  # else a question that is no more
                faults[entry.id] = spot
        elif entry.accepted:
            (done if reading == entry.wanted else pending)[entry.id] = spot
        elif entry.state is State.REJECTED:
            (back if reading != entry.found and _was_made(entry) else others)[entry.id] = spot
        else:
            others[entry.id] = spot
            if reading == entry.found:
                queries.append(query(entry, spot.place))
            elif _was_made(entry):
                queries.append(_reopened(entry, reading, spot.place))
    by_id = {entry.id: entry for entry in every}
    lost = [by_id[id] for id, own in faults.items() if own.code == "ERR001"]
    faults |= depending(index, lost, (by_id[id] for id in pending))
    for one, other in _overlaps(pending, done):
        faults[one] = _overlap(by_id[one], by_id[other], other in done, pending.pop(one).place)
    held = _Held((*pending.values(), *done.values()))
    for id in [id for id, spot in back.items() if held.touch(spot)]:
        others[id] = back.pop(id)  # another correction stands there since
    waiting = [_waits(by_id[id], spot, index) for id, spot in {**pending, **back}.items()]
    findings = (*faults.values(), *queries, *waiting)
    return Settled(pending, done, back, others, faults, findings)


def _was_made(entry: Entry) -> bool:
    """Whether somebody has accepted an entry that is not accepted now."""
    return any(review.state is State.ACCEPTED for review in entry.reviews)


class _Held:
    """The characters that spots hold."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self.by_block: dict[int, list[Spot]] = {}
        for spot in spots:
            self.by_block.setdefault(spot.block, []).append(spot)

    def touch(self, spot: Spot) -> bool:
        """Whether one of them shares a character with another spot."""
        return any(
            own.start < spot.end and spot.start < own.end
            for own in self.by_block.get(spot.block, ())
        )


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
        spot, reading = self.read(entry)
        return spot, reading == entry.wanted != entry.found

    def read(self, entry: Entry) -> tuple[Spot | Finding, str]:
        """The one spot of an entry, and which of its readings stands there."""
        for variant, cut in self.variants(entry):
            every = [(s, own) for own in entry.readings for s in self.spots(variant, own)]
            spots = [pair for pair in every if not _inside(pair[0], every)]
            if not spots:
                continue
            if len(spots) > (1 if cut else MANY):
                break
            if chosen := _nearest(entry, spots):
                return chosen
            return _ambiguous(entry, tuple(spot.place for spot, _ in spots)), ""
        return self._elsewhere(entry)

    def _elsewhere(self, entry: Entry) -> tuple[Spot | Finding, str]:
        """The one spot in another file, where a chapter has another name now or text went there;
        else what is said of an entry that stands nowhere."""
        said = not_found(self.index, entry)
        lost = replace(said, fix=_GONE.format(entry.id)) if said.fix == COPY else said, ""
        names = {name for name, _ in self.index.galley.source.files}
        if not entry.file or names <= {entry.file}:
            return lost
        anywhere = replace(entry, file="")
        every = [(s, own) for own in entry.readings for s in self.spots(anywhere, own)]
        spots = [pair for pair in every if not _inside(pair[0], every)]
        if len(spots) != 1:
            return lost if not spots else (_ambiguous(entry, [s.place for s, _ in spots]), "")
        if entry.file not in names:  # the chapter was renamed
            return spots[0]
        return _moved(entry, spots[0][0].place), ""

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


def _nearest(entry: Entry, spots: Sequence[tuple[Spot, str]]) -> tuple[Spot, str] | None:
    """The spot that stands nearest to the entry's line, if one does.

    Where one place has one reading and another place another, a near miss could be either: then
    it has to be on the line, or far nearer than all others.
    """
    ranked = sorted(spots, key=lambda pair: abs(pair[0].place.line - entry.line))
    away = [abs(spot.place.line - entry.line) for spot, _ in ranked]
    if len(ranked) == 1:
        return ranked[0]
    if away[0] == away[1]:
        return None
    alike = len({reading for _, reading in ranked}) == 1
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


def _inside(spot: Spot, others: Iterable[tuple[Spot, str]]) -> bool:
    """“the war” stands in “the war,” as well: of two readings it is the longer one."""
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


def _moved(entry: Entry, place: Place) -> Finding:
    message = f"stands in {place} now, and no more in {entry.file}"
    fix = f'file = "{place.file}", line = {place.line}'
    return fault("ERR006", entry, message, fix, (place,))


def _waits(entry: Entry, spot: Spot, index: Index) -> Finding:
    stands = index.folded[spot.block].text[spot.start : spot.end]
    return Finding(
        "ERR012" if entry.accepted else "ERR013",
        Severity.ERROR,
        f"{entry.id}: {entry.state.value}, but the manuscript still has “{stands}”, "
        f"not “{entry.due}”",
        spot.place,
        entry.context,
        "Run: booktools errata apply",
        (entry.place,),
        entry.before,
        entry.after,
    )


def _reopened(entry: Entry, reading: str, place: Place) -> Finding:
    asked = query(entry, place)
    said = f"{entry.id}: open, though the manuscript has “{reading}” for “{entry.found}”"
    return replace(asked, message=f"{said}? {entry.reason}")


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
