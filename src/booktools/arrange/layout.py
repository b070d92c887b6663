"""Reviewed layout decisions: what the automatic arrangement cannot know."""

from __future__ import annotations

from dataclasses import dataclass

from booktools.model.galley import Role
from booktools.model.place import Place


@dataclass(frozen=True, slots=True)
class BlockDecision:
    """What the source lines `first`..`last` are, and where they belong.

    `text` is how they begin, so that a stale decision is noticed.  `before` and `after`
    name a source line of the block that they move next to (0: they stay).
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


@dataclass(frozen=True, slots=True)
class Join:
    """The text that ends on line `line` goes on with the text that begins on `goes_on`."""

    line: int
    goes_on: int
    place: Place


@dataclass(frozen=True, slots=True)
class Break:
    """A paragraph ends with line `line`, whatever its punctuation says."""

    line: int
    place: Place


@dataclass(frozen=True, slots=True)
class Layout:
    """All decisions for one source."""

    blocks: tuple[BlockDecision, ...] = ()
    joins: tuple[Join, ...] = ()
    breaks: tuple[Break, ...] = ()
