"""Answers and entries from outside, merged into the ledger: once, never over anybody, and none
that the ledger could not be applied with."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from booktools.errata.answers import Answer, Answers
from booktools.errata.decide import (
    FILE,
    Decided,
    Decision,
    add_entries,
    after_decision,
    entry_version,
    fresh_ids,
    put,
    question_version,
)
from booktools.errata.entry import Entry, State
from booktools.errata.ledger import parse_errata
from booktools.errata.locate import excerpt
from booktools.errata.reviews import same_person, verdict
from booktools.errors import ConfigError
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place

# What is wrong with the entries of a ledger, by id.
Trial = Callable[[Iterable[Entry]], Mapping[str, Finding]]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry from outside; `version` is that of the entry it was made from, "" if unknown."""

    entry: Entry
    version: str = ""


@dataclass(frozen=True)
class Merged:
    """The ledger, the ids of what was added and changed, what was known already (a count), and
    what was not merged (ERR032); `rest` are the entries among that."""

    decided: Decided
    added: tuple[str, ...]
    changed: tuple[str, ...]
    known: int
    findings: tuple[Finding, ...]
    rest: tuple[Entry, ...]


_LOOK = "Look at the entry as it stands now, and decide it here."
_FIXES = {
    "ERR001": "Copy `context` from the text, letter by letter, and import it again.",
    "ERR002": "Lengthen `context`, or put the line that is meant, and import it again.",
    "ERR005": "There is nothing to do; if another place is meant lengthen `context` on both sides.",
}


@dataclass
class _Merge:
    """A merge on its way: the entries as they were, and as they stand by now."""

    before: Mapping[str, Entry]
    source: str
    required: int
    entries: dict[str, Entry] = field(default_factory=dict)
    changed: dict[str, Entry] = field(default_factory=dict)
    added: dict[str, Entry] = field(default_factory=dict)
    known: int = 0
    findings: list[Finding] = field(default_factory=list)
    rest: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.entries |= self.before

    def refuse(
        self,
        id: str,
        message: str,
        entry: Entry | None = None,
        rest: Entry | None = None,
        fix: str = _LOOK,
    ) -> None:
        """Tell of what is not merged, about `entry`; `rest` is what came from outside."""
        self.rest += [rest] if rest else []
        shown = excerpt(entry) if entry else ""
        place = entry.place if entry else Place(self.source)
        said = f"{id}: not merged: {message}"
        self.findings.append(Finding("ERR032", Severity.ERROR, said, place, shown, fix))

    def add(self, entry: Entry) -> None:
        self.entries[entry.id] = self.added[entry.id] = entry

    def set(self, entry: Entry) -> None:
        self.entries[entry.id] = self.changed[entry.id] = entry

    def decide(self, entry: Entry, decision: Decision) -> None:
        try:
            self.set(after_decision(entry, decision, self.required))
        except ConfigError as error:
            self.refuse(entry.id, error.message, entry)

    def tried(self, trial: Trial) -> None:
        """Take back what could not be applied; a line that is out of date is put right."""
        if not (self.added or self.changed):
            return
        old = trial(self.before.values())
        wrong = self._wrong(trial, old)
        stale = [self.entries[id] for id in wrong if wrong[id].code == "ERR006"]
        for entry in stale:
            place = wrong[entry.id].trail[0]
            file = place.file if entry.file else ""
            made = replace(entry, line=place.line, file=file)
            (self.add if entry.id in self.added else self.set)(made)
        wrong = self._wrong(trial, old) if stale else wrong
        for id in [id for id in (*self.added, *self.changed) if id in wrong]:
            entry, fault = (self.added if id in self.added else self.changed).pop(id), wrong[id]
            if fault.code == "ERR004" and id not in self.before:
                self.known += 1
                continue
            said = fault.message.removeprefix(f"{id}: ")
            self.refuse(id, said, entry, entry, _FIXES.get(fault.code, fault.fix))

    def _wrong(self, trial: Trial, old: Mapping[str, Finding]) -> dict[str, Finding]:
        """What is wrong with entries since they were added or changed."""
        return {
            id: fault
            for id, fault in trial(self.entries.values()).items()
            if id in self.added or (id in self.changed and id not in old)
        }

    def done(self, text: str, file: str) -> Merged:
        first = put(text, self.changed.values(), file)
        then = add_entries(first.text, self.added.values(), file)
        return Merged(
            Decided(then.text, first.changes + then.changes),
            tuple(self.added),
            tuple(self.changed),
            self.known,
            tuple(self.findings),
            tuple(self.rest),
        )


def merge_answers(
    text: str, answers: Answers, source: str, trial: Trial, required: int = 1, file: str = FILE
) -> Merged:
    """The ledger with a reviewer's answers; `source` is their file, for messages.

    An answer that is there already is known.  Not merged are answers on entries that are gone
    or ask something else now, and, where one decision is enough, those against a decision
    that somebody else has made meanwhile; nor what `trial` has
    something against.  Raises ConfigError for a ledger that is none.
    """
    merge = _Merge({e.id: e for e in parse_errata(text, file)}, source, required)
    for answer in answers.answers:
        _answer(merge, answer)
    for new in answers.new:
        _voice(merge, new)
    merge.tried(trial)
    return merge.done(text, file)


def _answer(merge: _Merge, answer: Answer) -> None:
    entry, said = merge.entries.get(answer.id), answer.decision
    if entry is None:
        merge.refuse(answer.id, "there is no such entry")
    elif _has_said(entry, said):
        merge.known += 1
    elif said.version and said.version != question_version(entry):
        merge.refuse(answer.id, f"the entry was changed since {said.by} saw it", entry)
    elif said.state is State.OPEN and not any(same_person(r.by, said.by) for r in entry.reviews):
        merge.known += 1  # nothing to take back
    elif _against(entry, said, merge.required):
        merge.refuse(
            answer.id, f"{said.by} says {said.state.value}, {entry.decided_by} decided", entry
        )
    elif merge.required == 1 and entry.state is said.state and said.wanted in (None, entry.wanted):
        merge.known += 1  # somebody else decided just that
    else:
        merge.decide(entry, replace(said, version=""))


def _has_said(entry: Entry, said: Decision) -> bool:
    """Whether the same person has said the same on the same day, or the same last."""
    wanted = entry.wanted if said.wanted is None else said.wanted
    meant = said.state, wanted if said.state is State.ACCEPTED else ""
    for review in entry.reviews:
        state, reading = (State.OPEN, "") if review.state is State.OPEN else verdict(entry, review)
        if same_person(review.by, said.by) and review.on == said.on and (state, reading) == meant:
            return True
    own = entry.state, entry.wanted if entry.accepted else ""
    return bool(entry.decided_by) and same_person(entry.decided_by, said.by) and own == meant


def _against(entry: Entry, said: Decision, required: int) -> bool:
    """Whether somebody else alone has decided otherwise."""
    if required > 1 or entry.state is State.OPEN or same_person(entry.decided_by, said.by):
        return False
    other = said.wanted is not None and said.wanted != entry.wanted
    return said.state is not entry.state or (entry.accepted and other)


def _voice(merge: _Merge, new: Entry) -> None:
    """A correction that a reviewer entered: a new open entry, or a voice for one that is there."""
    known = _same_question(merge, new)
    if known is None:
        (id,) = fresh_ids(merge.entries.values(), 1)
        merge.add(replace(new, id=id))
        return
    (review,) = new.reviews
    own = None if new.wanted == known.wanted else new.wanted
    decision = Decision(review.by, review.on, review.state, own)
    if _has_said(known, decision) or known.id in merge.added:
        merge.known += 1
    elif known.state is State.OPEN:
        merge.set(replace(known, reviews=(*known.reviews, replace(review, wanted=own))))
    elif known.accepted and own is None:
        merge.known += 1
    else:
        merge.refuse(known.id, f"{review.by} proposes “{new.wanted}” for it anew", known)


def _same_question(merge: _Merge, entry: Entry) -> Entry | None:
    for own in merge.entries.values():
        same_place = own.line == entry.line and own.file == entry.file
        inside = own.context in entry.context or entry.context in own.context
        if own.found == entry.found and same_place and inside:
            return own
    return None


# --- entries of other programs --------------------------------------------------------


def merge_rows(
    text: str,
    rows: Sequence[Row],
    source: str,
    trial: Trial,
    by: str = "",
    on: datetime.date | None = None,
    required: int = 1,
    file: str = FILE,
) -> Merged:
    """The ledger with entries that came back from a spreadsheet or an edition in TEI.

    A row that was made from the entry as it is now replaces it; otherwise only decisions on
    open entries are taken over.  An id that means another correction here becomes a fresh one.
    Nothing is taken that `trial` has something against.  Raises ConfigError for what no ledger
    would hold.
    """
    merge = _Merge({e.id: e for e in parse_errata(text, file)}, source, required)
    for row in _dated(rows, by, on, merge):
        own = merge.entries.get(row.entry.id)
        if own and not row.version and not _asks_the_same(own, row.entry):
            own = None  # somebody else's numbers
        own = own or _same_question(merge, row.entry)
        if own is None and row.entry.id in merge.entries:
            (id,) = fresh_ids(merge.entries.values(), 1)
            merge.add(replace(row.entry, id=id))
        elif own is None:
            merge.add(row.entry)
        else:
            _row(merge, own, row)
    merge.tried(trial)
    return merge.done(text, file)


def _dated(rows: Iterable[Row], by: str, on: datetime.date | None, merge: _Merge) -> Iterable[Row]:
    """Rows whose decision has a name and a day; others are refused."""
    for row in rows:
        entry = row.entry
        if entry.state is not State.OPEN and not (entry.decided_by or by):
            merge.refuse(entry.id, "it is decided, but not by whom (--by)", rest=entry)
            continue
        if entry.state is not State.OPEN:
            day = entry.decided_on or on
            entry = replace(entry, decided_by=entry.decided_by or by, decided_on=day)
        yield replace(row, entry=entry)


def _asks_the_same(one: Entry, other: Entry) -> bool:
    return (one.found, one.context) == (other.found, other.context)


def _row(merge: _Merge, own: Entry, row: Row) -> None:
    new = replace(row.entry, id=own.id, reviews=own.reviews, place=own.place)
    if new == own:
        merge.known += 1
        return
    fresh = bool(row.version) and row.version == entry_version(own)
    asked = _asks_the_same(own, new)
    if fresh and (own.state, own.wanted) == (new.state, new.wanted):
        merge.set(replace(new, decided_by=own.decided_by, decided_on=own.decided_on))
        return
    decided = Decision(new.decided_by, new.decided_on or datetime.date.min, new.state, new.wanted)
    if not asked and not fresh:
        merge.refuse(own.id, "its reading or its context is another one by now", own, new)
    elif new.state is own.state is State.OPEN and not fresh and new.wanted != own.wanted:
        merge.refuse(own.id, f"here “{own.wanted}” is proposed, there “{new.wanted}”", own, new)
    elif new.state is State.OPEN and not fresh:
        merge.known += 1  # what is decided here is newer
    elif _has_said(own, decided):
        merge.known += 1
    elif own.state is State.OPEN and (fresh or new.wanted == own.wanted or new.accepted):
        plain = replace(new, state=State.OPEN, decided_by="", decided_on=None)
        base = replace(plain, wanted=own.wanted) if fresh else own
        if new.state is State.OPEN:
            merge.set(plain)
        else:
            merge.decide(base, decided)
    elif fresh and new.state is not State.OPEN:
        merge.decide(own, decided)
    else:
        message = f"here it is {own.state.value} (“{own.wanted}”), there {new.state.value}"
        merge.refuse(own.id, f"{message} (“{new.wanted}”)", own, new)
