"""Answers and entries from outside, merged into the ledger: once, and never over anybody."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True, slots=True)
class Row:
    """An entry from outside; `version` is that of the entry it was made from, "" if unknown."""

    entry: Entry
    version: str = ""


@dataclass(frozen=True)
class Merged:
    """The ledger, the ids of what was added and changed, what was known already (a count), and
    what was not merged (ERR032)."""

    decided: Decided
    added: tuple[str, ...]
    changed: tuple[str, ...]
    known: int
    findings: tuple[Finding, ...]


@dataclass
class _Merge:
    """A merge on its way: the entries as they stand by now."""

    entries: dict[str, Entry]
    source: str
    required: int
    changed: dict[str, Entry] = field(default_factory=dict)
    added: list[Entry] = field(default_factory=list)
    known: int = 0
    findings: list[Finding] = field(default_factory=list)

    def refuse(self, id: str, message: str, entry: Entry | None = None) -> None:
        fix = "Look at the entry as it stands now, and decide it here."
        shown = excerpt(entry) if entry else ""
        place = entry.place if entry else Place(self.source)
        said = f"{id}: not merged: {message}"
        self.findings.append(Finding("ERR032", Severity.ERROR, said, place, shown, fix))

    def set(self, entry: Entry) -> None:
        self.entries[entry.id] = self.changed[entry.id] = entry

    def decide(self, entry: Entry, decision: Decision) -> None:
        try:
            self.set(after_decision(entry, decision, self.required))
        except ConfigError as error:
            self.refuse(entry.id, error.message, entry)

    def done(self, text: str, file: str) -> Merged:
        first = put(text, self.changed.values(), file)
        then = add_entries(first.text, self.added, file)
        return Merged(
            Decided(then.text, first.changes + then.changes),
            tuple(entry.id for entry in self.added),
            tuple(self.changed),
            self.known,
            tuple(self.findings),
        )


def merge_answers(
    text: str, answers: Answers, source: str, required: int = 1, file: str = FILE
) -> Merged:
    """The ledger with a reviewer's answers; `source` is their file, for messages.

    An answer that is there already is known.  Not merged are answers on entries that are gone
    or ask something else now, and, where one decision is enough, those against a decision
    that somebody else has made meanwhile.  Raises ConfigError for a ledger that is none.
    """
    merge = _Merge({e.id: e for e in parse_errata(text, file)}, source, required)
    for answer in answers.answers:
        _answer(merge, answer)
    for new in answers.new:
        _voice(merge, new)
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
        entry = replace(new, id=id)
        merge.added.append(entry)
        merge.entries[id] = entry
        return
    (review,) = new.reviews
    own = None if new.wanted == known.wanted else new.wanted
    decision = Decision(review.by, review.on, review.state, own)
    if _has_said(known, decision) or known in merge.added:
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
        if own.found == entry.found and (own.context == entry.context or same_place):
            return own
    return None


# --- entries of other programs --------------------------------------------------------


def merge_rows(
    text: str,
    rows: Sequence[Row],
    source: str,
    by: str = "",
    on: datetime.date | None = None,
    required: int = 1,
    file: str = FILE,
) -> Merged:
    """The ledger with entries that came back from a spreadsheet or an edition in TEI.

    A row that was made from the entry as it is now replaces it; otherwise only decisions on
    open entries are taken over.  Raises ConfigError for what no ledger would hold.
    """
    merge = _Merge({e.id: e for e in parse_errata(text, file)}, source, required)
    for row in _dated(rows, by, on, merge):
        own = merge.entries.get(row.entry.id) or _same_question(merge, row.entry)
        if own is None:
            merge.added.append(row.entry)
            merge.entries[row.entry.id] = row.entry
        else:
            _row(merge, own, row)
    return merge.done(text, file)


def _dated(rows: Iterable[Row], by: str, on: datetime.date | None, merge: _Merge) -> Iterable[Row]:
    """Rows whose decision has a name and a day; others are refused."""
    for row in rows:
        entry = row.entry
        if entry.state is not State.OPEN and not (entry.decided_by or by):
            merge.refuse(entry.id, "it is decided, but not by whom (--by)")
            continue
        if entry.state is not State.OPEN:
            day = entry.decided_on or on
            entry = replace(entry, decided_by=entry.decided_by or by, decided_on=day)
        yield replace(row, entry=entry)


def _row(merge: _Merge, own: Entry, row: Row) -> None:
    new = replace(row.entry, id=own.id, reviews=own.reviews, place=own.place)
    if new == own:
        merge.known += 1
        return
    fresh = bool(row.version) and row.version == entry_version(own)
    asked = (own.found, own.context) == (new.found, new.context)
    if fresh and (own.state, own.wanted) == (new.state, new.wanted):
        merge.set(replace(new, decided_by=own.decided_by, decided_on=own.decided_on))
        return
    decided = Decision(new.decided_by, new.decided_on or datetime.date.min, new.state, new.wanted)
    if not asked and not fresh:
        merge.refuse(own.id, "its reading or its context is another one by now", own)
    elif new.state is State.OPEN and not fresh:
        merge.known += 1  # what is decided here is newer
    elif _has_said(own, decided):
        merge.known += 1
    elif own.state is State.OPEN and (fresh or new.wanted == own.wanted or new.accepted):
        plain = replace(new, state=State.OPEN, decided_by="", decided_on=None, since=0)
        base = replace(plain, wanted=own.wanted) if fresh else own
        if new.state is State.OPEN:
            merge.set(plain)
        else:
            merge.decide(base, decided)
    elif fresh and new.state is not State.OPEN:
        merge.decide(own, decided)
    else:
        message = f"here it is {own.state.value} (“{own.wanted}”), there {new.state.value}"
        merge.refuse(own.id, f"{message} (“{new.wanted}”)", own)
