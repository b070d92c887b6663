"""What stands before and behind the running text: title pages, imprints, lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from booktools.errata.worddiff import Hunk
from booktools.errata.wording import Wording

_SLID = 12  # words that a change is moved by
_SURE = 20  # so many words alike: the running text has begun in both


def outer(found: Sequence[Hunk], one: Wording, two: Wording) -> tuple[Sequence[Hunk], set[Hunk]]:
    """The changes of two editions of different kinds, and which of them are outside.

    Before the first twenty words alike, and behind the last, whole lines that only one of the
    two has are outside; what is changed within a line is a change there as elsewhere.
    """
    first = last = None
    at = 0
    for number, hunk in enumerate([*found, Hunk(len(one.words), 0, len(two.words), 0)]):
        if hunk.a0 - at >= _SURE:
            first = number if first is None else first
            last = number
        at = hunk.a1
    if first is None or last is None:
        return found, set()
    out: list[Hunk] = []
    outside: set[Hunk] = set()
    for number, hunk in enumerate(found):
        if first <= number < last:
            out.append(hunk)
            continue
        floor = out[-1].a1 if out else 0
        for part, whole in _parts(_aligned(_slid(hunk, one, two), one, two, floor), one, two):
            out.append(part)
            if whole:
                outside.add(part)
    return out, outside


def _slid(hunk: Hunk, one: Wording, two: Wording) -> Hunk:
    """What one of the two has more, from where a line begins, if that is the same words: of
    “a b | a c” it is the line “a b” that is more than “a c”, not “b a”."""
    more = two if hunk.a0 == hunk.a1 else one
    if hunk.a0 != hunk.a1 and hunk.b0 != hunk.b1:
        return hunk
    start, end = (hunk.b0, hunk.b1) if more is two else (hunk.a0, hunk.a1)
    for back in range(min(_SLID, hunk.a0, hunk.b0) + 1):
        if back and more.words[start - back] != more.words[end - back]:
            break
        if more.line_begins(start - back) and more.line_begins(end - back):
            return Hunk(hunk.a0 - back, hunk.a1 - back, hunk.b0 - back, hunk.b1 - back)
    return hunk


def _aligned(hunk: Hunk, one: Wording, two: Wording, floor: int) -> Hunk:
    """A change from where lines begin in both, if so a whole line is told apart: of “a b | c d”
    and “a d” the line “a b” is more, and “c” became “a”.  No word before `floor` is taken."""
    a, b = _inner(one, hunk.a0, hunk.a1), _inner(two, hunk.b0, hunk.b1)
    for back in range(1, min(_SLID, hunk.a0 - floor, hunk.b0) + 1):
        start, other = hunk.a0 - back, hunk.b0 - back
        if one.words[start] != two.words[other]:
            break
        if one.line_begins(start) and two.line_begins(other):
            x, y = _inner(one, start, hunk.a1), _inner(two, other, hunk.b1)
            told = x[0] < x[1] and y[0] < y[1] and (x[0], y[0]) != (start, other)
            if told and x[1] - x[0] + y[1] - y[0] <= a[1] - a[0] + b[1] - b[0]:
                return Hunk(start, hunk.a1, other, hunk.b1)
    return hunk


def _parts(hunk: Hunk, one: Wording, two: Wording) -> Iterator[tuple[Hunk, bool]]:
    """A change in the whole lines that begin it, what is changed within lines, and the whole
    lines that end it."""
    a = _inner(one, hunk.a0, hunk.a1)
    b = _inner(two, hunk.b0, hunk.b1)
    if a[0] == a[1] and b[0] == b[1]:
        yield hunk, True
        return
    if (a[0] == a[1] and hunk.a0 < hunk.a1) or (b[0] == b[1] and hunk.b0 < hunk.b1):
        yield hunk, False  # the end of a paragraph may be a line by itself
        return
    if (hunk.a0, hunk.b0) != (a[0], b[0]):
        yield Hunk(hunk.a0, a[0], hunk.b0, b[0]), True
    yield Hunk(a[0], a[1], b[0], b[1]), False
    if (a[1], b[1]) != (hunk.a1, hunk.b1):
        yield Hunk(a[1], hunk.a1, b[1], hunk.b1), True


def _inner(words: Wording, start: int, end: int) -> tuple[int, int]:
    """What is left of a stretch of words without the whole lines at its ends; nothing, at its
    end, when it is whole lines."""
    begins = [at for at in range(start, end + 1) if words.line_begins(at)]
    if not begins:
        return start, end
    if begins[-1] == end:
        return (end, end) if begins[0] == start else (start, begins[0])
    return (begins[-1], end) if begins[0] == start else (start, end)
