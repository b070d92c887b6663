"""What the typing of lines answers: stretches of rows with a role and the evidence for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from booktools.model.galley import Role

# Of a line, where its text lacks blanks that its print has, and how many: (offset, count).
Blanks: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows `first`..`last` (as `Rows` counts them, both in) that are something of their own.

    `sure` says that nobody need be asked.  `follows` is the first row of an earlier stretch
    that this one goes on from (-1: none): a note that runs over a page.  `level` is that of a
    heading (0: unsaid) or of a list's item.  `columns` says how many columns a table of cells one
    below another has (0: nobody knows), `down` that they are written column by column.  `blanks`
    are those of a listing, row by row.  `opens`: what stands right below it begins there, though
    OCR has lost its first letter.
    """

    first: int
    last: int
    role: Role
    evidence: str
    sure: bool = True
    follows: int = -1
    level: int = 0
    columns: int = 0
    down: bool = False
    blanks: tuple[Blanks, ...] = ()
    opens: bool = False


def lined(found: Iterable[Stretch], index: Callable[[int], int]) -> tuple[Stretch, ...]:
    """The stretches counted in lines instead of rows; `index` gives a row's line."""
    return tuple(
        replace(
            s,
            first=index(s.first),
            last=index(s.last),
            follows=index(s.follows) if s.follows >= 0 else -1,
        )
        for s in found
    )


def written(blanks: Iterable[Blanks]) -> str:
    """The blanks of a listing as its block's attribute has them: `0.4 7.2/-/0.8`, a slash between
    two rows, of each place the offset and the count, a hyphen for none."""
    return "/".join(" ".join(f"{at}.{count}" for at, count in row) or "-" for row in blanks)
