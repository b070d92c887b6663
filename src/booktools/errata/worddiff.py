"""Which words of two texts differ, in about linear time.

Words that stand once in both are anchors (patience difference, after B. Cohen); between two
anchors the same again, with pairs and fours of words where no single word is left; what
remains is short and compared word by word.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

# Two stretches with more comparisons than this are not compared word by word.
_MOST = 250_000
_RUNS = (1, 2, 4)
# Words that went from one place and came at another are moved: so many where they are all that
# went and came, and so many among others.
_MOVED = 3
_AMONG = 6
_TRIED = 50  # places from which a run may have come


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words `a0`..`a1` of the one text stand where `b0`..`b1` of the other do."""

    a0: int
    a1: int
    b0: int
    b1: int


def hunks(a: Sequence[str], b: Sequence[str]) -> tuple[Hunk, ...]:
    """Where two texts differ, in order; between two hunks at least one word is the same."""
    out: list[Hunk] = []
    for found in _differing(a, b, Hunk(0, len(a), 0, len(b))):
        if out and (out[-1].a1, out[-1].b1) == (found.a0, found.b0):
            out[-1] = Hunk(out[-1].a0, found.a1, out[-1].b0, found.b1)
        else:
            out.append(found)
    return tuple(out)


def _differing(a: Sequence[str], b: Sequence[str], whole: Hunk) -> Iterator[Hunk]:
    """A stack instead of recursion: the texts are as deep as strangers make them."""
    stack = [whole]
    while stack:
        part = _trimmed(a, b, stack.pop())
        if part.a0 == part.a1 or part.b0 == part.b1:
            if part.a0 < part.a1 or part.b0 < part.b1:
                yield part
            continue
        if pairs := _anchors(a, b, part):
            stack += reversed(list(_between(part, pairs)))
        elif (part.a1 - part.a0) * (part.b1 - part.b0) <= _MOST:
            yield from _compared(a, b, part)
        else:
            yield part


def _trimmed(a: Sequence[str], b: Sequence[str], part: Hunk) -> Hunk:
    """The stretches without the words that both begin and end with."""
    a0, a1, b0, b1 = part.a0, part.a1, part.b0, part.b1
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
    return Hunk(a0, a1, b0, b1)


def _between(part: Hunk, pairs: Sequence[tuple[int, int]]) -> Iterator[Hunk]:
    """The stretches before, between and behind words that are the same."""
    i, j = part.a0, part.b0
    for x, y in pairs:
        yield Hunk(i, x, j, y)
        i, j = x + 1, y + 1
    yield Hunk(i, part.a1, j, part.b1)


def _anchors(a: Sequence[str], b: Sequence[str], part: Hunk) -> list[tuple[int, int]]:
    """Words that begin a run which stands once in both stretches, in the same order in both."""
    for length in _RUNS:
        here = _once(a, part.a0, part.a1, length)
        there = _once(b, part.b0, part.b1, length)
        pairs = [(x, there[run]) for run, x in here.items() if run in there]
        if pairs:
            return _rising(sorted(pairs))
    return []


def _once(words: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    seen: dict[tuple[str, ...], int] = {}
    for at in range(start, end - length + 1):
        run = tuple(words[at : at + length])
        seen[run] = -1 if run in seen else at
    return {run: at for run, at in seen.items() if at >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs in which both numbers rise; the first ones rise already."""
    tops: list[int] = []  # the least last number of a choice of each length
    ends: list[int] = []  # which pair that is
    before: list[int] = []
    for number, (_, y) in enumerate(pairs):
        length = bisect_left(tops, y)
        before.append(ends[length - 1] if length else -1)
        if length == len(tops):
            tops.append(y)
            ends.append(number)
        else:
            tops[length], ends[length] = y, number
    out = []
    at = ends[-1] if ends else -1
    while at >= 0:
        out.append(pairs[at])
        at = before[at]
    return out[::-1]


def _compared(a: Sequence[str], b: Sequence[str], part: Hunk) -> Iterator[Hunk]:
    one, two = a[part.a0 : part.a1], b[part.b0 : part.b1]
    for tag, i0, i1, j0, j1 in difflib.SequenceMatcher(None, one, two, False).get_opcodes():
        if tag != "equal":
            yield Hunk(part.a0 + i0, part.a0 + i1, part.b0 + j0, part.b0 + j1)


# --- what moved -----------------------------------------------------------------------


def moved_runs(a: Sequence[str], b: Sequence[str], found: Sequence[Hunk]) -> list[Hunk]:
    """Runs of words that are gone in one hunk and have come in another: words `a0`..`a1` of the
    one text are `b0`..`b1` of the other.  No word is in two of them."""
    ends = {at: hunk.a1 for hunk in found for at in range(hunk.a0, hunk.a1)}
    starts: dict[tuple[str, ...], list[int]] = {}
    for at, end in ends.items():
        if at + _MOVED <= end:
            starts.setdefault(tuple(a[at : at + _MOVED]), []).append(at)
    whole = {(hunk.a0, hunk.a1) for hunk in found}
    used: set[int] = set()
    out: list[Hunk] = []
    for hunk in found:
        at = hunk.b0
        while at + _MOVED <= hunk.b1:
            tried = starts.get(tuple(b[at : at + _MOVED]), ())[:_TRIED]
            runs = [_alike(a, b, Hunk(i, ends[i], at, hunk.b1), used) for i in tried]
            best = max(runs, key=lambda run: run.a1 - run.a0, default=Hunk(0, 0, 0, 0))
            alone = (best.a0, best.a1) in whole and (best.b0, best.b1) == (hunk.b0, hunk.b1)
            if best.a1 - best.a0 >= (_MOVED if alone else _AMONG):
                used |= set(range(best.a0, best.a1))
                out.append(best)
                at = best.b1
            else:
                at += 1
    return out


def _alike(a: Sequence[str], b: Sequence[str], within: Hunk, used: Container[int]) -> Hunk:
    """The words that both stretches begin with, as far as none is used."""
    i, j = within.a0, within.b0
    while i < within.a1 and j < within.b1 and a[i] == b[j] and i not in used:
        i, j = i + 1, j + 1
    return Hunk(within.a0, i, within.b0, j)
