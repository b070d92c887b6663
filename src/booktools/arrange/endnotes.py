"""Notes at the end of a chapter or of the book, under a heading that says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

_HEAD = re.compile(
    r"(?:chapter\s+\w+\W+)?(?:(?:end|foot)?[ -]?notes|notes\s+(?:and|&)\s+references|anmerkungen"
    r"|endnoten|fu(?:ß|ss)noten|notas(?:\s+(?:al\s+pie|finales))?|notes\s+de\s+(?:fin|bas\s+de\s+page))"
    r"(?:\s+(?:to|on|for|zu[mr]?|du|de|del|al)\s.{1,40})?\W{0,2}",
    re.IGNORECASE,
)
_WORDS = re.compile(r"notes|noten|notas|anmerkungen", re.IGNORECASE)
_INITIALS = "NEFACnefac"
_LONGEST = 60
# Further paragraphs of a note fill fewer rows; so many stand between a heading and its notes.
_ROWS, _BETWEEN = 30, 3
# So many of the notes under a heading are called for in the text above it.
_CALLED = 0.6


_End = Callable[[Rows, int, set[int]], int]


def may_announce(text: str) -> bool:
    """Whether a whole source has a word that the heading of notes has."""
    return bool(_WORDS.search(text))


def is_head(text: str) -> bool:
    """Whether a heading says that notes follow."""
    return len(text) <= _LONGEST and bool(_HEAD.fullmatch(" ".join(text.split())))


def endnotes(
    rows: Rows,
    calls: Mapping[str, Sequence[int]],
    number: Callable[[Rows, int], int],
    end: _End,
) -> list[Stretch]:
    """The notes under headings that announce them, which number on from 1, or from the last note
    under the heading before, and are called for in the text above.

    `calls` are the rows that call for each mark, `number` tells with which one a row begins (0:
    none), `end` the last row of a note that begins at a row, others at those named.
    """
    heads = [
        at for at, row in enumerate(rows.rows) if row.text[0] in _INITIALS and is_head(row.text)
    ]
    out: list[Stretch] = []
    last = 0
    for at in heads if calls else ():
        starts = _starts(rows, at + 1, {1, last + 1}, number, end)
        marks = [number(rows, start) for start in starts]
        called = sum(bisect_left(calls.get(str(mark), ()), at) > 0 for mark in marks)
        if starts and called >= _CALLED * len(starts):
            out += _stretches(rows, starts, end, number)
            last = marks[-1]
    return out


def _starts(
    rows: Rows, at: int, due: set[int], number: Callable[[Rows, int], int], end: _End
) -> list[int]:
    """The rows with which the notes from a row on begin: each with the number after the last, or
    with 1 below a short row that stands alone."""
    found: list[int] = []
    reach, closed = at + _BETWEEN, at
    while at < min(reach, len(rows)):
        own = number(rows, at)
        head = _is_subhead(rows, at - 1)
        if found and is_head(rows[at].text):
            break
        if own == 1 and found and head and closed >= at - 1:
            due = {1}
        elif found and head and at > closed + 1:
            break
        if own in due:
            found.append(at)
            closed = end(rows, at, set()) + 1
            due, reach = {own + 1}, max(at, closed) + _ROWS
        at += 1
    return found


def _is_subhead(rows: Rows, at: int) -> bool:
    """Whether a row names the chapter that notes belong to."""
    row = rows[at]
    return len(row.text) <= _LONGEST and row.above and rows.below(at) and not row.terminal


def _stretches(
    rows: Rows,
    starts: Sequence[int],
    end: _End,
    number: Callable[[Rows, int], int],
) -> list[Stretch]:
    """The notes that begin at the rows, each up to the next one or its heading."""
    evidence = "its number goes on under a heading for notes"
    made = []
    for at, start in enumerate(starts):
        following = starts[at + 1] if at + 1 < len(starts) else -1
        last = following - 1 if following > 0 else end(rows, start, set())
        if following > 0 and number(rows, following) == 1:
            last -= 1  # the heading of the next chapter's
        made.append(Stretch(start, last, Role.NOTE, evidence))
    return made
