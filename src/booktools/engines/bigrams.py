"""The door to symspellpy's list of English word pairs: how often two words stand side by side.

Only its data is read, 243,000 pairs with their counts in printed books; its code is not.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from math import log
from pathlib import Path

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
    spec = importlib.util.find_spec("symspellpy")
    if spec is None or not spec.submodule_search_locations:
        raise EngineMissing("symspellpy is missing", hint=_REMEDY)
    file = Path(spec.submodule_search_locations[0], _NAME)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()  # first second count
        return {(part := line.rpartition(" "))[0]: int(part[2]) for line in lines if line}
    except (OSError, ValueError) as error:
        raise EngineFailed(
            f"symspellpy's list {_NAME} cannot be read: {error}",
            hint="Compare symspellpy's version with the one in requirements.lock.",
        ) from error


def follows(languages: Iterable[str]) -> Callable[[str, str], float]:
    """How much likelier a word stands behind another than by chance, as a natural logarithm
    between -2.5 and 2.5; 0 of words that are not listed, and of languages other than English.

    `languages` are as for `pairs`.  The list is read when the first pair is asked about, in a
    quarter of a second, and the process holds it.  Raises what `pairs` raises.
    """
    first = next(iter(languages), "").split("-")[0].lower()
    return _english if first == "en" else lambda one, two: 0.0


def _english(one: str, two: str) -> float:
    counted, before, behind, every = _counted()
    if not before[one] or not behind[two]:
        return 0.0
    expected = before[one] * behind[two] / every
    found = log((counted.get(f"{one} {two}", 0) + _DOUBT) / (expected + _DOUBT))
    return max(-_MOST, min(_MOST, found))


@cache
def _counted() -> tuple[dict[str, int], Counter[str], Counter[str], int]:
    """The pairs, and how often each word is the first of one and the second."""
    counted = pairs(["en"])
    before: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    for pair, count in counted.items():
        one, _, two = pair.partition(" ")
        before[one] += count
        behind[two] += count
    return counted, before, behind, max(1, before.total())
