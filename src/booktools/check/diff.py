"""Where two long runs of letters differ, in bounded time.

Reads both side by side and, where they part, looks for the nearest place at which they
agree again: in a small window first, then in larger ones.  A lost paragraph is one
difference, and so is a changed letter.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

# (letters looked ahead, letters that must agree), tried in this order.
_WINDOWS = ((64, 12), (512, 14), (4096, 20), (32_768, 24))
_FAR = 32  # letters that must agree when the rest of the text is searched
_NEAR = 20_000
_SURE = 64  # letters that agree no more by chance
_BUDGET = 4_000_000  # steps for all searches of one comparison
_MOST = 5_000  # differences, after which it is not the same text at all
# Both texts end in this, so that they agree again at their ends.
_END = "".join(map(chr, range(0xF0000, 0xF0000 + _FAR)))


@dataclass(frozen=True, slots=True)
class Difference:
    """Letters `a0`..`a1` of the one stand where `b0`..`b1` of the other do."""

    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True)
class Comparison:
    """All differences in order; `complete` is false when the search was given up.

    Then the last difference takes in all that was not compared.
    """

    differences: tuple[Difference, ...]
    complete: bool = True

    @cached_property
    def _places(self) -> list[int]:
        return [found.b0 for found in self.differences]

    def to_a(self, offset: int) -> int:
        """The place in the one text of a place in the other."""
        index = bisect_right(self._places, offset) - 1
        if index < 0:
            return offset
        found = self.differences[index]
        if offset < found.b1:
            return min(found.a0 + offset - found.b0, max(found.a1 - 1, found.a0))
        return found.a1 + offset - found.b1


def compare(a: str, b: str) -> Comparison:
    """The differences between two runs of letters."""
    if a == b:
        return Comparison(())
    return _Search(a, b).run()


class _Search:
    def __init__(self, a: str, b: str) -> None:
        self.lengths = len(a), len(b)
        self.a = a + _END
        self.b = b + _END
        self.steps = 0

    def run(self) -> Comparison:
        found: list[Difference] = []
        end_a, end_b = self.lengths
        i = j = 0
        while True:
            same = self.agree(i, j)
            i, j = i + same, j + same
            if i == end_a or j == end_b:
                if i < end_a or j < end_b:
                    found.append(Difference(i, end_a, j, end_b))
                return Comparison(tuple(found))
            ahead = self.resync(i, j) if len(found) < _MOST else None
            if ahead is None:
                found.append(Difference(i, end_a, j, end_b))
                return Comparison(tuple(found), complete=False)
            x, y = min(ahead[0], end_a - i), min(ahead[1], end_b - j)
            while x and y and self.a[i + x - 1] == self.b[j + y - 1]:
                x, y = x - 1, y - 1
            found.append(Difference(i, i + x, j, j + y))
            i, j = i + x, j + y

    def agree(self, i: int, j: int) -> int:
        """How many letters from here on are the same."""
        a, b = self.a, self.b
        size, at = 64, 0
        limit = min(self.lengths[0] - i, self.lengths[1] - j)
        while at < limit and a[i + at : i + at + size] == b[j + at : j + at + size]:
            at += size
            size = min(size * 2, 65_536)
        if at >= limit:
            return limit
        while size > 1:  # the first difference lies within `size` letters
            size //= 2
            if a[i + at : i + at + size] == b[j + at : j + at + size]:
                at += size
        return min(at, limit)

    def resync(self, i: int, j: int) -> tuple[int, int] | None:
        """How far to go on in each until they agree again; None when that is not found."""
        found = self.window(i, j, *_WINDOWS[0])
        if found is None or self.agree(i + found[0], j + found[1]) < _SURE:
            # A phrase may recur close by: what agrees longer is right.
            choices = [choice for choice in (found, self.jump(i, j, _NEAR)) if choice]
            found = max(choices, key=lambda at: self.agree(i + at[0], j + at[1]), default=None)
        for window, length in _WINDOWS[1:]:
            found = found or self.window(i, j, window, length)
        return found or self.jump(i, j, len(self.a) + len(self.b)) or self.anywhere(i, j)

    def jump(self, i: int, j: int, most: int) -> tuple[int, int] | None:
        """Something is missing from the one or the other, and all goes on as before."""
        x = self.a.find(self.b[j : j + _FAR], i, i + most)
        y = self.b.find(self.a[i : i + _FAR], j, j + most)
        self.steps += 500
        if x < 0 and y < 0:
            return None
        if y < 0 or 0 <= x - i <= y - j:
            return x - i, 0
        return 0, y - j

    def window(self, i: int, j: int, size: int, length: int) -> tuple[int, int] | None:
        """The nearest place within `size` letters where `length` letters agree."""
        if self.steps > _BUDGET:
            return None
        a, b = self.a, self.b
        last_a, last_b = len(a) - length, len(b) - length
        where: dict[str, int] = {}
        for y in range(min(size, last_b - j + 1) - 1, -1, -1):
            where[b[j + y : j + y + length]] = y
        best: tuple[int, int] | None = None
        cost = 2 * size
        for x in range(min(size, last_a - i + 1)):
            if x >= cost:
                break
            other = where.get(a[i + x : i + x + length])
            if other is not None and x + other < cost:
                best, cost = (x, other), x + other
        self.steps += 2 * size
        return best

    def anywhere(self, i: int, j: int) -> tuple[int, int] | None:
        """The first letters from here on in `a` that stand anywhere in the rest of `b`."""
        if self.steps > _BUDGET:
            return None
        a, b = self.a, self.b
        where = {b[y : y + _FAR]: y for y in range(len(b) - _FAR, j - 1, -_FAR)}
        self.steps += len(a) - i + (len(b) - j) // _FAR
        for x in range(i, len(a) - _FAR + 1):
            y = where.get(a[x : x + _FAR])
            if y is not None:
                return x - i, y - j
        return None
