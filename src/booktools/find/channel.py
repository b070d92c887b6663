"""How likely a word is misread or mistyped as another: costs in natural logarithms.

Two hands make errors: one that types (neighbouring keys, letters swapped, doubled or left
out) and one that reads a page (letters of one shape).  A text's hands are told apart by its
own errors (`noise.py`).
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

# Shapes that are taken for one another on a page, either way, the likeliest first.
_LIKELY = (
    "l i|rn m|c e|h b|t f|u n|o e|a o|ii n|ri n|in m|ni m|li h|cl d|tl d|vv w|fi fl|e o|1 l|0 o|"
    "1 i|f s|i j|n r|5 s|i t|y v|I l|1 I|! l|g q|ï i|| i|g y|tt n|ti n|a u|c o|s a|m in|nn m|w v"
    "|k h|lc k|li k|f t|r t|l t|j l|t l|u ii|u li|n ii|nt m|rm nn|ln h|d cl|i !|J I|T I|/ l|h li"
    "|a e|a s|e é|e c|z s|a n|g s|x z|r s|r v|v r|0 c|8 s|6 o|i í|t c|r c|6 é|b h|fl ff|fi ff"
    "|m rn|d el|ol d|b lr|B R|D O|P F|E F|H II|U II|c t|e t|n v|n p|p n|y p|q y|d u|i u|l d|b o"
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_AZERTY = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_QWERTZ = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")

SHAPE, SHAPE_RARE, ANY = 2.4, 3.6, 5.6  # costs of a reader's errors
SWAP, KEY, DOUBLE, LEFT_OUT, PUT_IN = 3.0, 3.6, 3.0, 3.7, 4.4  # of a typist's
ACCENT = 2.0
CASE = 1.5
NONE = 9.0  # no single slip of either
MOST, HOPELESS = 14.0, 99.0  # what costs so much is not meant


def _shapes() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for rank, both in enumerate(_LIKELY.replace("|| i", "|\x00 i").split("|")):
        one, _, two = both.replace("\x00", "|").partition(" ")
        cost = SHAPE if rank < 36 else SHAPE_RARE
        for pair in ((one, two), (two, one)):
            costs[pair] = min(cost, costs.get(pair, cost))
    return costs


SHAPES = _shapes()


def _neighbours(rows: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    at = {key: (x + y / 2, y) for y, row in enumerate(rows) for x, key in enumerate(row)}
    return frozenset(
        (one, two)
        for one, (x, y) in at.items()
        for two, (u, v) in at.items()
        if one != two and abs(x - u) <= 1 and abs(y - v) <= 1
    )


KEYBOARDS = {"fr": _neighbours(_AZERTY), "de": _neighbours(_QWERTZ)}
QWERTY = _neighbours(_ROWS)


def bare(text: str) -> str:
    """Without accents."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@dataclass(frozen=True)
class Channel:
    """The costs for one text: `reading` is the share of its errors that are a reader's."""

    base: str = "en"
    reading: float = 0.5
    _cache: dict[tuple[str, str, str, str], float] = field(default_factory=dict)

    def cost(self, seen: str, meant: str) -> float:
        """How unlikely it is that `meant` came out as `seen`; 0 when they are the same.

        What costs MOST and more is not told apart any further.
        """
        if seen == meant:
            return 0.0
        start, most = 0, min(len(seen), len(meant))
        while start < most and seen[start] == meant[start]:
            start += 1
        end = 0
        while end < most - start and seen[-1 - end] == meant[-1 - end]:
            end += 1
        one, two = seen[start : len(seen) - end], meant[start : len(meant) - end]
        before = seen[start - 1] if start else ""
        after = seen[len(seen) - end] if end else ""
        key = one, two, before, after
        cost = self._cache.get(key)
        if cost is None:
            cost = self._cache[key] = self._core(one, two, before, after)
        # The first letter of a word is seldom wrong, in typing above all.
        return cost + 0.7 * (1 - self.reading) if start == 0 else cost

    def _core(self, one: str, two: str, before: str, after: str) -> float:
        if len(one) <= 2 and len(two) <= 2:
            whole = self._steps[one, two, before, after]
            if len(one) + len(two) <= 2 or whole < ANY:
                return whole
        return self._path(one, two, before, after)

    def _path(self, one: str, two: str, before: str, after: str) -> float:
        """The cheapest way from one stretch to the other, in steps of up to two letters.

        One row for each letter of the first, one cell for each of the second.  A cell is asked
        for the cost of a step only where the cheapest that there is would make it cheaper.
        """
        if len(one) * len(two) > 200:
            return HOPELESS
        meant = [(two[end - 1 : end], two[max(0, end - 2) : end]) for end in range(len(two) + 1)]
        step = self._steps
        at_once = step["--", "", "", ""]
        wall = [HOPELESS] * (len(meant) + 2)  # two cells before the first
        above = above2 = wall
        for i in range(len(one) + 1):
            letter, letters = one[max(0, i - 1) : i], one[max(0, i - 2) : i]
            left, right = letter or before, one[i : i + 1] or after
            lost = step[letter, "", letters[:-1] or before, right] if i else HOPELESS
            row = wall.copy()
            for j, (other, others) in enumerate(meant, 2):
                least = 0.0 if i == 0 and j == 2 else HOPELESS
                cost = above[j - 1]
                if letter != other and cost + CASE < least:
                    cost += step[letter, other, "", ""]
                if cost < least:
                    least = cost
                if (cost := above[j] + lost) < least:
                    least = cost
                if (cost := row[j - 1]) + DOUBLE < least:
                    cost += step["", other, left, right]
                    if cost < least:
                        least = cost
                if (cost := above2[j - 1]) + SHAPE < least:
                    cost += step[letters, other, "", ""]
                    if cost < least:
                        least = cost
                if (cost := above[j - 2]) + SHAPE < least:
                    cost += step[letter, others, "", ""]
                    if cost < least:
                        least = cost
                if (cost := above2[j - 2]) + SHAPE < least:
                    cost += step[letters, others, "", ""]
                    if cost < least:
                        least = cost
                if (cost := above2[j] + at_once) < least:
                    least = cost
                if (cost := row[j - 2] + at_once) < least:
                    least = cost
                row[j] = least
            # No step is longer than two letters: no way leads past two rows that cost so much.
            if i and min(row) >= MOST and min(above) >= MOST:
                return HOPELESS
            above, above2 = row, above
        return above[-1]

    @cached_property
    def _steps(self) -> _Steps:
        return _Steps(self.base, self.reading)


class _Steps(dict[tuple[str, str, str, str], float]):
    """The costs of letters taken for others between two letters, each found out when asked."""

    def __init__(self, base: str, reading: float) -> None:
        self._base, self._reading = base, reading

    def __missing__(self, key: tuple[str, str, str, str]) -> float:
        one, two, before, after = key
        typed = typing(one, two, before, after, self._base)
        read = SHAPES.get((one, two), HOPELESS)
        if read > 50:
            read = _reading(one, two)
        # The likelier of the two hands, each as likely as it is at work here.
        cost = self[key] = min(typed - _ln(1 - self._reading), read - _ln(self._reading))
        return cost


@lru_cache(maxsize=4096)
def _ln(share: float) -> float:
    return math.log(max(share, 0.02))


def _reading(one: str, two: str) -> float:
    if not one:
        return ANY if len(two) == 1 else NONE
    if not two:
        return ANY - (1.5 if not one.isalnum() else 0.0) if len(one) == 1 else NONE
    if len(one) == 1 == len(two):
        if one.lower() == two.lower():
            return CASE
        if bare(one) == bare(two):
            return ACCENT
        return ANY
    return NONE


def typing(one: str, two: str, before: str, after: str, base: str) -> float:
    """A typist's cost of one step."""
    if len(one) == 1 == len(two):
        if bare(one) == bare(two):
            return ACCENT
        if (one.lower(), two.lower()) in KEYBOARDS.get(base, QWERTY):
            return KEY
        if one in "aeiouy" and two in "aeiouy":
            return KEY + 0.7
        return ANY
    if len(one) == 2 and one == two[::-1]:
        return SWAP
    if not one and len(two) == 1:
        return DOUBLE if two in (before, after) else LEFT_OUT
    if not two and len(one) == 1:
        if one in (before, after):
            return DOUBLE
        near = KEYBOARDS.get(base, QWERTY)
        return PUT_IN - (0.5 if (one, before) in near or (one, after) in near else 0)
    return NONE
