"""The door to symspellpy's list of English word pairs: how often two words stand side by side.

Only its data is read, 243,000 pairs with their counts in printed books; its code is not.
"""

from __future__ import annotations

import importlib.util
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

from booktools.errors import EngineFailed, EngineMissing

_NAME = "frequency_bigramdictionary_en_243_342.txt"
# So many times are added to those that a pair was counted and expected: rare ones prove little.
_DOUBT = 200_000
_MOST = 2.5
_REMEDY = "Install it with: pip install symspellpy"


def pairs(languages: Iterable[str]) -> dict[str, int]:
    """Counts by `first second`, in small letters; empty unless the first language is English.

    Raises EngineMissing, EngineFailed.
    """
    first = next(iter(languages), "en").split("-")[0].lower()
    if first != "en":
        return {}
    try:
        return {(part := line.rpartition(" "))[0]: int(part[2]) for line in _lines() if line}
    except ValueError as error:
        raise _unreadable(error) from error


def _lines() -> list[str]:
    """`first second count`, line by line."""
    spec = importlib.util.find_spec("symspellpy")
    if spec is None or not spec.submodule_search_locations:
        raise EngineMissing("symspellpy is missing", hint=_REMEDY)
    file = Path(spec.submodule_search_locations[0], _NAME)
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> EngineFailed:
    return EngineFailed(
        f"symspellpy's list {_NAME} cannot be read: {error}",
        hint="Compare symspellpy's version with the one in requirements.lock.",
    )


def follows(languages: Iterable[str]) -> Callable[[str, str], float]:
    """How much likelier a word stands behind another than by chance, as a natural logarithm
    between -2.5 and 2.5; 0 of words that are not listed, and of languages other than English.

    `languages` are as for `pairs`.  The list is read when the first pair is asked about, in a
    tenth of a second or two, and the process holds it.  Raises what `pairs` raises.
    """
    first = next(iter(languages), "").split("-")[0].lower()
    return _english if first == "en" else lambda one, two: 0.0


def _english(one: str, two: str) -> float:
    counted = _counted()
    first, second = counted.before.get(one), counted.behind.get(two)
    if not first or not second:
        return 0.0
    found = (counted.pair(one, two) + _DOUBT) / (first * second / counted.every + _DOUBT)
    return max(-_MOST, min(_MOST, log(found)))


class _Counted(NamedTuple):
    """The lines, sorted, how often each word is the first of a pair and the second, and the number
    of pairs."""

    lines: Sequence[str]
    before: Mapping[str, int]
    behind: Mapping[str, int]
    every: int

    def pair(self, one: str, two: str) -> int:
        """How often a pair was counted; few are asked about, so no table is made of them."""
        start = f"{one} {two} "
        at = bisect_left(self.lines, start)
        found = at < len(self.lines) and self.lines[at].startswith(start)
        return int(self.lines[at][len(start) :]) if found else 0


@cache
def _counted() -> _Counted:
    lines = [*filter(None, _lines())]
    before: dict[str, int] = {}
    behind: dict[str, int] = {}
    parts = "\n".join(lines).split()
    try:
        for one, two, times in zip(parts[::3], parts[1::3], map(int, parts[2::3]), strict=True):
            before[one] = before.get(one, 0) + times
            behind[two] = behind.get(two, 0) + times
    except ValueError as error:
        raise _unreadable(error) from error
    return _Counted(sorted(lines), before, behind, max(1, sum(before.values())))
