"""Where the pages begin of a dump that marks none: the numbers that were printed on them tell.

A number alone on a line, or at one end of a short one, is a page's where others count on from it,
about as many lines apart, and sentences run over them or the same head stands beside many: the
numbers of chapters stand between finished sentences, and those of sonnets too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

# A line that is a number, between dashes or brackets at most, or has one at an end, as heads have.
_NUMBER = re.compile(
    r"^[ \t]*(?:[\[(—–-][ \t]?)?(?P<alone>\d{1,4})(?:[ \t]?[\])—–-])?[ \t]*$"
    r"|^[ \t]*(?P<first>\d{1,4})[ \t]{1,99}[^\W\d_][^\n]{1,79}$"
    r"|^[ \t]*[^\W\d_][^\n]{1,79}?[ \t](?P<last>\d{1,4})[ \t]*$",
    re.MULTILINE,
)
_LINE = re.compile(r"^.*\S.*$", re.MULTILINE)
# So many pages are told by their numbers, between which so many may have none.
_PAGES, _MISSING = 5, 2
# A page has so many lines; most have as many as the others, but for so large a share.
_FEWEST, _MOST = 8, 150
_LETTERS_BETWEEN = 200
_ALIKE, _MOST_ALIKE = 0.35, 0.5
# At so many pages' ends, and at so large a share, a sentence runs on, or stands the same head.
_TORN, _SHARE = 3, 0.2
# A head or a note's few lines stand between a page's text and its number at most.
_NEAR = 3
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]\d]*$")
_LETTERS = re.compile(r"[\W\d_]+")
_OPENERS = "\"'“‘«»([¡¿"
# Where so many lines have numbers, counting costs more than it may tell.
_MOST_NUMBERS = 100_000


def page_starts(text: str) -> list[int]:
    """Where the pages but for the first begin: behind each number that stands alone, before the
    head that has one; nothing where no numbers tell."""
    found = _counting(text)
    if len(found) < _PAGES:
        return []
    lines = [(m.start(), m[0].strip()) for m in _LINE.finditer(text)]
    begins = [start for start, _ in lines]
    ranks = [bisect_right(begins, m.start()) - 1 for m, _ in found]
    sizes = [two - one for one, two in pairwise(ranks)]
    usual = median(sizes)
    alike = sum(abs(size - usual) <= _ALIKE * usual for size in sizes)
    if not _FEWEST <= usual <= _MOST or alike < _MOST_ALIKE * len(sizes):
        return []
    texts = [line for _, line in lines]
    torn = sum(_runs_over(texts, rank) for rank in ranks)
    if max(torn, _headed(texts, ranks)) < max(_TORN, _SHARE * len(ranks)):
        return []
    return list(_starts(text, [match for match, _ in found]))


def _counting(text: str) -> list[tuple[re.Match[str], int]]:
    """The longest row of numbers that count on, and their values."""
    offers: list[tuple[re.Match[str], int]] = []
    for match in _NUMBER.finditer(text):
        offers.append((match, int(match["alone"] or match["first"] or match["last"])))
        if len(offers) > _MOST_NUMBERS:
            return []
    longest: dict[int, tuple[int, int]] = {}  # by the last value: how long, and its offer
    before: list[int] = []
    best = (0, -1)
    for at, (match, value) in enumerate(offers):
        near = range(value - 1 - _MISSING, value)
        ways = [way for v in near if (way := longest.get(v)) and _far(offers[way[1]][0], match)]
        length, link = max(ways, default=(0, -1))
        before.append(link)
        if length + 1 > longest.get(value, (0, -1))[0]:
            longest[value] = (length + 1, at)
            best = max(best, longest[value])
    out = []
    at = best[1]
    while at >= 0:
        out.append(offers[at])
        at = before[at]
    return out[::-1]


def _far(one: re.Match[str], two: re.Match[str]) -> bool:
    """Whether a page of text may stand between two numbers."""
    return two.start() - one.end() >= _LETTERS_BETWEEN


def _runs_over(texts: Sequence[str], rank: int) -> bool:
    """Whether a sentence runs over the number on a line: it breaks off just above and goes on
    in small letters just below."""
    above = texts[max(0, rank - _NEAR) : rank]
    below = texts[rank + 1 : rank + 1 + _NEAR]
    open_end = any(not _ENDS.search(line) and not line.isupper() for line in above[-1:])
    return open_end and any(map(_small, below))


def _small(line: str) -> bool:
    """Whether a line begins with a small letter."""
    return line.lstrip(_OPENERS)[:1].islower()


def _headed(texts: Sequence[str], ranks: Sequence[int]) -> int:
    """How many of the numbers have the same line beside them, or their own line's words."""
    words: Counter[str] = Counter()
    for rank in ranks:
        near = [line for line in texts[max(0, rank - 1) : rank + 2] if not _ENDS.search(line)]
        words.update({_LETTERS.sub("", line.casefold()) for line in near if not _small(line)})
    return max((times for word, times in words.items() if word), default=0)


def _starts(text: str, found: Sequence[re.Match[str]]) -> Iterator[int]:
    for match in found:
        at = match.end() + 1 if match["alone"] else match.start()
        if 0 < at < len(text.rstrip()):
            yield at
