"""Decisions put into the text of `errata.toml`, in place.

Comments, order and spelling of everything else stay byte for byte.  All functions are pure:
text in, text out; `store.edit_ledger` puts them on disk, one at a time.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from booktools.errata.concordance import fold
from booktools.errata.entry import Entry, Review, State
from booktools.errata.inplace import Ledger, Splice, spliced
from booktools.errata.ledger import impossible, parse_document, print_errata
from booktools.errata.reviews import agreed, same_person, verdict, voice
from booktools.errors import ConfigError, Conflict
from booktools.model.place import Place
from booktools.model.toml import near, read

FILE = "manuscript/errata.toml"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decides: `accepted`, `rejected`, or `open` to take back what he said.

    `wanted` is the reading that he accepts, None for the entry's own; `version` the one
    (`entry_version`) of the entry that he saw, "" for whatever stands there.
    """

    by: str
    on: datetime.date
    state: State
    wanted: str | None = None
    reason: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to one entry of the ledger: its text before and after, "" for none.

    `gap` is what was put before an entry that was added.
    """

    id: str
    before: str
    after: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """The ledger's new text and what was changed in it."""

    text: str
    changes: tuple[Change, ...]

    @property
    def version(self) -> str:
        return version(self.text)


def version(text: str) -> str:
    """Sixteen hex digits that stand for a ledger's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def entry_version(entry: Entry) -> str:
    """Sixteen hex digits that stand for what an entry says, wherever it stands."""
    return version(print_errata((entry,)))


def question_version(entry: Entry) -> str:
    """Sixteen hex digits that stand for what an entry asks, whatever was said of it since."""
    parts = (entry.file, str(entry.line), entry.found, entry.wanted, entry.context)
    return version("\x1f".join(parts))


def decide(text: str, id: str, decision: Decision, required: int = 1, file: str = FILE) -> Decided:
    """Put one decision into a ledger.  Raises ConfigError, Conflict as `decide_all` does."""
    return decide_all(text, {id: decision}, required, file)


def decide_all(
    text: str, decisions: Mapping[str, Decision], required: int = 1, file: str = FILE
) -> Decided:
    """Put decisions, by id of their entries, into a ledger; all of them or none.

    An entry is decided when `required` different people are for the same; until then it is
    open and holds their reviews.  Raises ConfigError for an id that is not there and for what
    cannot be accepted, Conflict when an entry is not the one that was seen.
    """
    ledger = Ledger(read(text, file))
    entries = parse_document(ledger.document)
    wanted: list[Entry] = []
    for id, decision in decisions.items():
        entry = entries[_number(entries, id, file)]
        _refuse_changed(entry, decision)
        wanted.append(after_decision(entry, decision, required))
    return _put(ledger, entries, wanted)


def put(text: str, changed: Iterable[Entry], file: str = FILE) -> Decided:
    """Let entries of the ledger say what these say, which have the same ids.

    Raises ConfigError for an id that is not there and for what is no entry.
    """
    ledger = Ledger(read(text, file))
    return _put(ledger, parse_document(ledger.document), changed)


def _put(ledger: Ledger, entries: tuple[Entry, ...], changed: Iterable[Entry]) -> Decided:
    """Every changed entry is read back alone: nothing outside its own lines is touched."""
    file = ledger.document.file
    numbers = {entry.id: number for number, entry in enumerate(entries)}
    splices: list[Splice] = []
    changes: list[Change] = []
    for entry in changed:
        number = numbers.get(entry.id)
        number = _number(entries, entry.id, file) if number is None else number
        own = list(ledger.changed(number, entries[number], entry))
        before, start = ledger.stanza(number), ledger.span(number).start
        after = spliced(before, [Splice(s.start - start, s.end - start, s.new) for s in own])
        if _read_back(after, entries[number].place) != (entry,):
            raise RuntimeError(f"the decision on {entry.id} does not read back the same")
        splices += own
        changes.append(Change(entry.id, before, after))
    return Decided(spliced(ledger.document.text, splices), tuple(changes))


def _read_back(stanza: str, place: Place) -> tuple[Entry, ...]:
    try:
        return parse_document(read(stanza, place.file))
    except ConfigError as error:
        raise ConfigError(error.message, hint=error.hint, place=place) from None


def after_decision(entry: Entry, decision: Decision, required: int = 1) -> Entry:
    """The entry as it stands when somebody has decided.

    What he said before already, and for the same reason, changes nothing but what was waiting
    for it.  Raises ConfigError.
    """
    own = None if decision.wanted is None else fold(decision.wanted)
    own = None if own == entry.wanted or decision.state is not State.ACCEPTED else own
    review = Review(decision.by, decision.on, decision.state, own, decision.reason)
    if decision.state is State.ACCEPTED:
        reading = entry.wanted if own is None else own
        if reading == entry.found:
            raise ConfigError(
                f"{entry.id}: “{reading}” stands there already",
                hint="To keep it reject the entry: --reject.",
                place=entry.place,
            )
        if said := impossible(entry.found, reading, entry.context):
            raise ConfigError(f"{entry.id}: {said[0]}", hint=said[1], place=entry.place)
    again = _says_again(entry, review)
    reviews = _history(entry) if again else (*_history(entry), review)
    heard = replace(entry, reviews=reviews, decided_by="", decided_on=None, state=State.OPEN)
    settled = None if decision.state is State.OPEN else agreed(heard, required)
    if settled is None:
        return heard
    if settled != verdict(heard, review):  # enough others still are for what stands
        return entry if again else replace(entry, reviews=heard.reviews)
    if again and settled == (entry.state, entry.wanted if entry.accepted else ""):
        return entry
    state, reading = settled
    reading = reading if state is State.ACCEPTED else entry.wanted
    reviews = tuple(_rebased(r, entry.wanted, reading) for r in heard.reviews)
    if reviews == (Review(decision.by, decision.on, state),):
        reviews = ()  # the entry itself says so
    decided = replace(heard, state=state, wanted=reading, decided_by=decision.by,
                      decided_on=decision.on, reviews=reviews)  # fmt: skip
    return _printed(decided, entry)


def _printed(entry: Entry, before: Entry) -> Entry:
    """An entry that was decided, with the printings that had its reading.

    What was taken back in a printing and comes again begins anew; another reading was in none.
    """
    if entry.wanted != before.wanted:
        return replace(entry, since=0, until=0, earlier="")
    if entry.accepted and before.until:
        spans = ", ".join(f"{first}-{end}" for first, end in before.printings)
        return replace(entry, since=0, until=0, earlier=spans)
    return entry


def _says_again(entry: Entry, review: Review) -> bool:
    """Whether a review says what the same person said last, with no other reason; of an open
    entry, whether there is nothing to take back."""
    last = voice(entry, review.by)
    if last is None:
        return review.state is State.OPEN is entry.state
    same = last.state is review.state and verdict(entry, last) == verdict(entry, review)
    return same and review.reason in ("", last.reason)


def _history(entry: Entry) -> tuple[Review, ...]:
    """The reviews, with the decision of somebody who has none there."""
    if entry.state is State.OPEN or entry.decided_on is None:
        return entry.reviews
    if any(same_person(review.by, entry.decided_by) for review in entry.reviews):
        return entry.reviews
    return (Review(entry.decided_by, entry.decided_on, entry.state), *entry.reviews)


def _rebased(review: Review, old: str, new: str) -> Review:
    """A review that means the same when the entry's own reading is another one."""
    if review.state is not State.ACCEPTED:
        return review
    reading = old if review.wanted is None else review.wanted
    return replace(review, wanted=None if reading == new else reading)


def undo(text: str, change: Change, file: str = FILE) -> Decided:
    """Take one change back.  Raises Conflict when the entry was changed since."""
    ledger = Ledger(read(text, file))
    entries = parse_document(ledger.document)
    numbers = [n for n, entry in enumerate(entries) if entry.id == change.id]
    if not numbers or ledger.stanza(numbers[0]) != change.after:
        raise Conflict(
            f"{change.id} was changed since, so this cannot be undone",
            hint="Look at the entry as it stands now, and decide anew.",
            place=entries[numbers[0]].place if numbers else None,
        )
    span = ledger.span(numbers[0])
    start, end = span.start, span.end
    if not change.before:
        end += text.startswith("\n", end)
        if change.gap and text.endswith(change.gap, 0, start):
            start -= len(change.gap)
    new = spliced(text, [Splice(start, end, change.before)])
    parse_document(read(new, file))
    return Decided(new, (Change(change.id, change.after, change.before),))


def add_entries(text: str, entries: Iterable[Entry], file: str = FILE) -> Decided:
    """Put entries at the ledger's end, in order.

    Raises ConfigError for what is no entry, also for an id that is taken.
    """
    added = tuple(entries)
    before = parse_document(read(text, file))
    changes, parts = [], [text]
    end = "\n\n" if text[-2:] == "\n\n" else text[-1:]
    for entry in added:
        gap = {"": "", "\n\n": "", "\n": "\n"}.get(end, "\n\n")
        stanza = print_errata((entry,)).removesuffix("\n")
        parts += gap, stanza, "\n"
        changes.append(Change(entry.id, "", stanza, gap))
        end = "\n"
    new = "".join(parts)
    if parse_document(read(new, file)) != (*before, *added):
        raise RuntimeError("the entries that were added do not read back the same")
    return Decided(new, tuple(changes))


def fresh_ids(entries: Iterable[Entry], count: int, prefix: str = "E") -> tuple[str, ...]:
    """So many ids that no entry has: the prefix and numbers behind the highest, as E0381."""
    taken = [e.id.removeprefix(prefix) for e in entries if e.id.startswith(prefix)]
    numbers = [t for t in taken if t.isascii() and t.isdecimal() and len(t) < 10]
    width = max((len(t) for t in numbers), default=3)
    first = max(map(int, numbers), default=0) + 1
    return tuple(f"{prefix}{first + n:0{width}}" for n in range(count))


def _number(entries: tuple[Entry, ...], id: str, file: str) -> int:
    ids = [entry.id for entry in entries]
    if id in ids:
        return ids.index(id)
    meant = near(id, ids)
    hint = meant[:1].upper() + meant[1:] or "booktools errata list gives the ids."
    raise ConfigError(f"{file} has no entry {id}", hint=hint)


def _refuse_changed(entry: Entry, decision: Decision) -> None:
    if decision.version and decision.version != entry_version(entry):
        now = f", {entry.decided_by}" if entry.decided_by else ""
        raise Conflict(
            f"{entry.id} is not what {decision.by} saw: it was changed meanwhile "
            f"(now {entry.state.value}{now}: “{entry.found}” → “{entry.wanted}”)",
            hint="Look at the entry as it stands now, and decide anew.",
            place=entry.place,
        )
