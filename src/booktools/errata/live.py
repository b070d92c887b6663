"""A ledger held open: `errata.toml` in pieces, so a change costs what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from booktools.errata.decide import (
    FILE,
    Change,
    Decided,
    Decision,
    add_entries,
    decide_all,
    entry_version,
    undo,
)
from booktools.errata.entry import Entry
from booktools.errata.inplace import Ledger
from booktools.errata.ledger import parse_document
from booktools.errors import BooktoolsError, ConfigError, Conflict
from booktools.model.toml import read


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry, the lines that write it, and what stands between them and the entry before."""

    gap: str
    stanza: str
    entry: Entry
    version: str


@dataclass(frozen=True)
class Live:
    """A ledger's pieces in order, and what stands behind the last."""

    pieces: tuple[Piece, ...] = ()
    tail: str = ""
    numbers: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {piece.entry.id: number for number, piece in enumerate(self.pieces)}
        object.__setattr__(self, "numbers", numbers)

    @property
    def text(self) -> str:
        return "".join([part for p in self.pieces for part in (p.gap, p.stanza)] + [self.tail])

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(piece.entry for piece in self.pieces)

    # --- reading ----------------------------------------------------------------------

    def caught_up(self, text: str, file: str = FILE) -> Live:
        """The ledger of a text that somebody else has written; only what is new is read.

        Raises ConfigError when it is no ledger.
        """
        first = start = 0
        while first < len(self.pieces) and text.startswith(_whole(self.pieces[first]), start):
            start += len(_whole(self.pieces[first]))
            first += 1
        if first:  # it may have more lines now than it had
            first -= 1
            start -= len(_whole(self.pieces[first]))
        last, end = len(self.pieces), len(text)
        if keeps := text.endswith(self.tail, start):
            end -= len(self.tail)
            while last > first and text.endswith(_whole(self.pieces[last - 1]), start, end):
                last -= 1
                end -= len(_whole(self.pieces[last]))
        try:
            middle = opened(text[start:end], file)
        except ConfigError:
            return opened(text, file)  # which says where in the whole file
        behind = _behind(self.pieces[last:], middle.tail)
        tail = (self.tail if behind else middle.tail + self.tail) if keeps else middle.tail
        made = Live((*self.pieces[:first], *middle.pieces, *behind), tail)
        right = made.text == text and len(made.numbers) == len(made.pieces)
        return made if right else opened(text, file)

    # --- changing ---------------------------------------------------------------------

    def decided(
        self, decisions: Mapping[str, Decision], required: int, file: str = FILE
    ) -> tuple[Live, tuple[Change, ...]]:
        """Put decisions in, all or none, as `decide.decide_all` does.

        Raises ConfigError for what cannot be accepted, Conflict when an entry is not there
        any more or is not the one that was seen.
        """
        text = "\n".join(self.pieces[self._number(id)].stanza for id in decisions)
        made = _placeless(partial(decide_all, text, decisions, required, file))
        return self._with(made.changes, file), made.changes

    def undone(self, changes: Sequence[Change], file: str = FILE) -> Live:
        """Take changes back, all or none.  Raises Conflict when one was changed since."""
        for change in changes:
            stanza = self.pieces[self._number(change.id)].stanza
            _placeless(partial(undo, stanza, change, file))
        back = [Change(one.id, one.after, one.before, one.gap) for one in changes]
        return self._with(back, file)

    def added(self, entries: Iterable[Entry], file: str = FILE) -> tuple[Live, tuple[Change, ...]]:
        """Put entries at the end.  Raises ConfigError for what is none or has a taken id."""
        fresh = tuple(entries)
        for entry in fresh:
            if entry.id in self.numbers:
                raise ConfigError(f"there is an entry {entry.id} already", hint="Take another id.")
        whole = self.text
        end = whole[-2:] if whole.strip() else ""
        made = _placeless(partial(add_entries, f"#{end}" if end else "", fresh, file))
        text = whole + (made.text.removeprefix(f"#{end}") if end else made.text)
        return self.caught_up(text, file), made.changes

    def _number(self, id: str) -> int:
        if id not in self.numbers:
            raise Conflict(
                f"{id} is no longer in the errata: somebody took it out",
                hint="Go on with the next one.",
            )
        return self.numbers[id]

    def _with(self, changes: Sequence[Change], file: str) -> Live:
        changed = {change.id: change for change in changes}
        kept: list[Piece] = []
        waiting, cut = "", False  # what stood before an entry that went, and its line end
        for piece in self.pieces:
            gap = waiting + (piece.gap.removeprefix("\n") if cut else piece.gap)
            change = changed.get(piece.entry.id)
            if change and not change.after:
                waiting, cut = gap.removesuffix(change.gap), True
                continue
            waiting, cut = "", False
            if change:
                (new,) = opened(change.after, file).pieces
                piece = Piece(gap, change.after, new.entry, new.version)
            elif gap != piece.gap:
                piece = Piece(gap, piece.stanza, piece.entry, piece.version)
            kept.append(piece)
        tail = waiting + (self.tail.removeprefix("\n") if cut else self.tail)
        return Live(tuple(kept), tail)


def opened(text: str, file: str = FILE) -> Live:
    """The ledger of a text.  Raises ConfigError with line, key and remedy for what is none."""
    ledger = Ledger(read(text, file))
    pieces: list[Piece] = []
    at = 0
    for number, entry in enumerate(parse_document(ledger.document)):
        span = ledger.span(number)
        stanza = text[span.start : span.end]
        pieces.append(Piece(text[at : span.start], stanza, entry, entry_version(entry)))
        at = span.end
    return Live(tuple(pieces), text[at:])


def _whole(piece: Piece) -> str:
    return piece.gap + piece.stanza


def _behind(pieces: Sequence[Piece], gap: str) -> tuple[Piece, ...]:
    """Pieces with more of a gap before the first."""
    if not pieces or not gap:
        return tuple(pieces)
    first = pieces[0]
    return (Piece(gap + first.gap, first.stanza, first.entry, first.version), *pieces[1:])


def _placeless(work: Callable[[], Decided]) -> Decided:
    """Do some work on a part of the ledger, whose line numbers would mislead."""
    try:
        return work()
    except BooktoolsError as error:
        error.place = None
        raise
