"""One erratum: a wrong reading, the right one, and who decided it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import Enum

from booktools.model.place import Place


class Kind(Enum):
    """What sort of fault it is."""

    OCR = "ocr"  # the recognition misread the page
    TYPO = "typo"  # the page itself has it
    GRAMMAR = "grammar"
    PUNCTUATION = "punctuation"
    CONSISTENCY = "consistency"  # the book spells it both ways
    PRINT = "print"  # the printer's: broken type, a lost line
    QUERY = "query"  # only the publisher can know


class State(Enum):
    """What was decided: only an accepted entry changes the text."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Review:
    """What one person decided on an entry; `open` takes back what he said before.

    `wanted` is the reading that was accepted, None for the entry's own; `reason` may be "".
    """

    by: str
    on: datetime.date
    state: State
    wanted: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger; `found`, `wanted` and `context` have single spaces only.

    `line` is the source line on which `found` begins, counted in `file` (a source, relative
    to the project; "" when any source will do).  `context` holds `found` exactly once.
    `decided_by` is a role, "" while open.  `since` is the printing that first had the wanted
    reading, 0 for none; `until`, of an entry that is not accepted any more, the first printing
    without it, 0 while none went to press; `earlier` are such spans before those, as "1-3".
    `rule` is the code of the rule that proposed it, `family` names the habit that it is a case
    of, both may be ""; `reviews` are in the order in which they were made.  `place`, where the
    entry stands, takes no part in comparisons.
    """

    id: str
    line: int
    found: str
    wanted: str
    context: str
    kind: Kind
    reason: str
    state: State = State.OPEN
    decided_by: str = ""
    decided_on: datetime.date | None = None
    since: int = 0
    until: int = 0
    earlier: str = ""
    file: str = ""
    rule: str = ""
    family: str = ""
    reviews: tuple[Review, ...] = ()
    place: Place = field(default=Place("manuscript/errata.toml"), compare=False)

    @property
    def before(self) -> str:
        """The context up to `found`."""
        return self.context[: self.context.index(self.found)]

    @property
    def after(self) -> str:
        """The context behind `found`."""
        return self.context[self.context.index(self.found) + len(self.found) :]

    @property
    def corrected(self) -> str:
        """The context with the wanted reading."""
        return f"{self.before}{self.wanted}{self.after}"

    @property
    def due(self) -> str:
        """The reading that is to stand there."""
        return self.wanted if self.accepted else self.found

    @property
    def readings(self) -> tuple[str, ...]:
        """All readings that may stand there: found, wanted, and any that somebody accepted."""
        said = (r.wanted for r in self.reviews if r.state is State.ACCEPTED)
        accepted = (self.wanted if wanted is None else wanted for wanted in said)
        return tuple(dict.fromkeys((self.found, self.wanted, *accepted)))

    @property
    def accepted(self) -> bool:
        return self.state is State.ACCEPTED

    @property
    def held(self) -> bool:
        """Whether it is decided for, or was when a printing went to press."""
        return self.accepted or bool(self.printings)

    @property
    def printings(self) -> tuple[tuple[int, int], ...]:
        """The printings that have the wanted reading: from the one up to, and without, the
        other; 0 where none is known that has it no more."""
        spans = [span.split("-") for span in self.earlier.split(", ") if span]
        own = [(self.since, self.until)] if self.since else []
        return (*((int(first), int(end)) for first, end in spans), *own)
