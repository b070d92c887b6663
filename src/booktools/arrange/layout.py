"""Reviewed layout decisions: what the automatic arrangement cannot know."""

from __future__ import annotations

from dataclasses import dataclass

from booktools.model.galley import Role
from booktools.model.place import Place


@dataclass(frozen=True, slots=True)
class BlockDecision:
    """What the source lines `first`..`last` are, and where they belong.

    `text` is how they begin, so that a stale decision is noticed.  `before` and `after`
    name a source line of the block that they move next to (0: they stay).  The lines are
    those of the source `file`, or of all sources end to end.
    """

    first: int
    last: int
    text: str
    role: Role
    place: Place
    level: int = 0
    before: int = 0
    after: int = 0
    attributes: tuple[tuple[str, str], ...] = ()
    file: str = ""

    @property
    def named(self) -> tuple[int, ...]:
        """The lines that it names."""
        return self.first, self.last, self.before, self.after


@dataclass(frozen=True, slots=True)
class Join:
    """The text that ends on line `line` goes on with the text that begins on `goes_on`."""

    line: int
    goes_on: int
    place: Place
    file: str = ""

    @property
    def named(self) -> tuple[int, ...]:
        """The lines that it names."""
        return self.line, self.goes_on


@dataclass(frozen=True, slots=True)
class Break:
    """A paragraph ends with line `line`, whatever its punctuation says."""

    line: int
    place: Place
    file: str = ""

    @property
    def named(self) -> tuple[int, ...]:
        """The line that it names."""
        return (self.line,)


@dataclass(frozen=True, slots=True)
class PictureDecision:
    """Whether a printed source's picture `image` is a figure or furniture, "" for what it looks
    like, and what it shows."""

    image: str
    place: Place
    role: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class NoteDecision:
    """The note that begins on `line` is called for on the line `called` by `call`: the mark with
    what stands before it.

    Without a call (0, "") nothing calls for it; without a line (0) the call is no call.
    """

    line: int
    called: int
    call: str
    place: Place
    file: str = ""

    @property
    def named(self) -> tuple[int, ...]:
        """The lines that it names."""
        return self.line, self.called


@dataclass(frozen=True, slots=True)
class Layout:
    """All decisions for the sources of a book."""

    blocks: tuple[BlockDecision, ...] = ()
    joins: tuple[Join, ...] = ()
    breaks: tuple[Break, ...] = ()
    pictures: tuple[PictureDecision, ...] = ()
    notes: tuple[NoteDecision, ...] = ()
