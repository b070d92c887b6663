"""The English word I where OCR has read it as another sign: `i`, `J`, `[`, `!` and the like.

Such a sign stands alone, as no word does, where the word I stands elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

SIGNS = frozenset("iJTLFlft![]{}")
_ALONE = re.compile(
    r"(?:(?<!\w)(?P<before>\w+)(?P<mark>[^\w\s]*)\s+|\A|(?<=\s)[“\"‘(—–]|(?<=\w)[—–])"
    r"(?P<sign>[iJTLFlft!\[\]{}])\s+(?P<behind>[a-z]+)(?!\w)"
)
_ANY = re.compile(r"(?<!\S)[“\"‘(]?([iJTLFlft!\[\]{}])(?=\s+[^\W\d_])")
# Behind these words no sentence ends.
_OPEN = frozenset(
    re.findall(r"\w+", "and that as when then but if what where which so because though whom")
)
# Behind a name's letter stand these as well: J and T, the T of a coat.
_BETWEEN = frozenset(re.findall(r"\w+", "and or of in to for from by with on at is the a"))
_TITLES = frozenset(re.findall(r"\w+", "mr mrs ms messrs dr sir st prof rev capt col gen miss"))
# What ends a sentence or a part of it.
_PARTS = frozenset(".,;:?")
_HYPHENS = ("-", "‐", "‑")


def selves(text: str, before: Collection[str], behind: Collection[str]) -> Iterator[re.Match[str]]:
    """The signs alone that stand as the word I does; groups `sign` and `behind`.

    `before` and `behind` are words that stand beside the word I.
    """
    for match in _ALONE.finditer(text):
        sign, left, mark = match["sign"], (match["before"] or "").casefold(), match["mark"] or ""
        following = match["behind"]
        if following not in behind or following in _BETWEEN or mark.endswith(_HYPHENS):
            continue
        if mark == "." and (left in _TITLES or len(left) == 1):
            continue  # a name's letters
        if sign == "!" and not (left in _OPEN or _PARTS.intersection(mark)):
            continue  # old books have a blank before it
        if sign in "[]{}" and not _lone_bracket(text):
            continue
        begins = not left or bool(mark)
        if begins or left in before or following == "am":
            yield match


def _lone_bracket(text: str) -> bool:
    """Whether not every bracket that opens is closed."""
    return text.count("[") != text.count("]") or text.count("{") != text.count("}")


def signs_for_i(
    texts: Iterable[str], before: Collection[str], behind: Collection[str]
) -> frozenset[str]:
    """The signs that stand where the word I does nearly always when they stand alone."""
    alone: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for text in texts:
        alone.update(_ANY.findall(text))
        found.update([match["sign"] for match in selves(text, before, behind)])
    return frozenset(sign for sign, count in found.items() if 2 * count > alone[sign])
