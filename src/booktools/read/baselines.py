"""Base lines and small letters of a scan's lines, where the file says nothing of them.

The box of a word ends at its base line, unless a letter reaches below it, and is as high as its
letters reach.  How far these reach in the face of a page its own words tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from statistics import median

from booktools.model.printed_page import Box

# Letters that reach above and below the small ones.
TALL, DEEP = frozenset("bdfhklß"), frozenset("gpqyQ")
# Their dots and accents reach as far as a face and a scan have it; the others so at both ends.
_DOTTED = frozenset("ijáéíóúàèìòùâêîôûäëïöüñ")
_UNSURE = frozenset("Jjç|!?/()[]{}&%$£€#§'\"‘’“”«»*†‡,;„‚")
_MARKS = frozenset(".:·-–—_=~+")  # reach neither far up nor down
# How high words are in small letters, by the farthest reaching of their letters: in common
# faces, the most and the least that a face may have, and the lines with both kinds that tell.
# Figures are of any height until a page has told.
_USUAL: Mapping[str, float] = {
    "small": 1.0, "t": 1.2, "tall": 1.5, "capital": 1.4, "deep": 1.4, "figure": 0.0,
}  # fmt: skip
_LEAST, _GREATEST, _LINES = 1.0, 2.0, 6
# Tall letters have boxes so much higher than small ones, where the boxes are the letters' own.
_CLOSE = 1.15
# Specks and the lines above and below make boxes higher, nothing makes them lower: of the heights
# that words agree on, to such a share, those count that many tell, in parts of the most; and
# boxes so much higher tell nothing.
_AGREE, _MANY, _TALLER = 0.05, 0.4, 1.2
_ON_BASE = ("small", "t", "tall", "capital")
# So many words that agree are sure.  Where they are fewer, the lowest counts, unless it is lower,
# or higher, in parts of the lines round it than any head or note.
_SURE, _LOW, _HIGH = 3, 0.6, 1.4
# The bottoms of two words tell a slope when so large a share of the line lies between them; of a
# long line so many words are looked at, and lines with so many of them tell how a page slopes.
_APART, _MOST, _TELLING = 0.3, 40, 4

Words = Sequence[tuple[str, Box]]


def smalls_of(lines: Sequence[Words]) -> list[float]:
    """The height of each line's small letters, 0 where no word tells: where the boxes are the
    line's, however far the letters reach."""
    kinds = [_kinds(words) for words in lines]
    reach = _reach(kinds)
    if reach["tall"] < _CLOSE or not any(map(_uneven, kinds)):
        return [0.0] * len(lines)
    told = [
        [height / parts for kind, height in own if (parts := _parts(kind, reach)) > 0]
        for own in kinds
    ]
    agreed = list(map(_agreeing, told))
    sure = [median(own) if len(own) >= _SURE else 0.0 for own in agreed]
    out = []
    for at, own in enumerate(told):
        round_it = (at - 1, at + 1, at - 2, at + 2)
        near = [sure[i] for i in round_it if 0 <= i < len(sure) and sure[i]]
        lowest = min(own, default=0.0)
        fits = not near or _LOW * min(near) <= lowest <= _HIGH * max(near)
        out.append(sure[at] or (lowest if lowest and fits else next(iter(near), 0.0)))
    return out


def _kinds(words: Words) -> list[tuple[str, float]]:
    """The kinds of a line's words, and how high each is."""
    return [(kind, box.height) for text, box in words[:_MOST] if (kind := _kind(text))]


def _kind(text: str) -> str:
    """Which letters of a word reach farthest, up and, behind a blank, down; nothing where nobody
    can say."""
    letters = {letter for letter in text if letter not in _MARKS}
    if not letters or not _UNSURE.isdisjoint(letters):
        return ""
    if all(map(str.isdigit, letters)):
        return "figure"
    if not all(map(str.isalpha, letters)):
        return ""
    up = "t" if "t" in letters else "small"
    if letters & TALL:
        up = "tall"
    elif any(map(str.isupper, letters)):
        up = "capital"
    elif not _DOTTED.isdisjoint(letters):
        return ""
    return f"{up} deep" if letters & DEEP else up


def _uneven(kinds: Sequence[tuple[str, float]]) -> bool:
    """Whether boxes of a line differ in height, as those do that lie close round the letters."""
    heights = [height for _, height in kinds]
    return max(heights, default=0.0) > _CLOSE * min(heights, default=0.0)


def _parts(kind: str, reach: Mapping[str, float]) -> float:
    """How high a kind is in small letters."""
    up, _, deep = kind.partition(" ")
    return reach[up] + (reach["deep"] - 1 if deep else 0.0)


def _reach(lines: Iterable[Sequence[tuple[str, float]]]) -> dict[str, float]:
    """How far the kinds of letters reach on this page, in small letters."""
    found: dict[str, list[float]] = {kind: [] for kind in _USUAL if kind != "small"}
    for own in lines:
        small = _agreeing([height for kind, height in own if kind == "small"])
        for kind, ratios in found.items() if small else ():
            named = "small deep" if kind == "deep" else kind
            if other := _agreeing([height for one, height in own if one == named]):
                ratios.append(median(other) / median(small))
    told = {k: median(ratios) for k, ratios in found.items() if len(ratios) >= _LINES}
    bound = {kind: min(max(ratio, _LEAST), _GREATEST) for kind, ratio in told.items()}
    return {**_USUAL, **bound}


def _agreeing(heights: Sequence[float]) -> list[float]:
    """The lowest heights of those that many agree on."""
    groups = [
        [height for height in heights if low <= height <= low * (1 + 2 * _AGREE)]
        for low in sorted(heights)
    ]
    many = _MANY * max(map(len, groups), default=0)
    at = next((i for i, group in enumerate(groups) if len(group) >= many), 0)
    following = groups[at : at + len(groups[at])] if groups else []
    return max(following, key=len, default=[])  # those that begin among these


def slope_of(lines: Sequence[Words], smalls: Sequence[float]) -> float:
    """How a page's base lines slope: down by so much of what they go to the right."""
    slopes: list[float] = []
    for words, small in zip(lines, smalls, strict=True):
        own = _standing(words, small)
        if len(own) < _TELLING:
            continue
        least = _APART * (own[-1][0] - own[0][0])
        pairs = [
            (low - high) / (right - left)
            for (left, high), (right, low) in combinations(own, 2)
            if right - left >= max(least, 1.0)
        ]
        if pairs:
            slopes.append(median(pairs))
    return median(slopes) if slopes else 0.0


def rise_of(words: Words, small: float, line: Box, slope: float) -> float | None:
    """How far the base line lies above the bottom of the line's box, at its left end; None where
    no word tells."""
    bases = [bottom - slope * (middle - line.left) for middle, bottom in _standing(words, small)]
    rise = line.bottom - median(bases) if bases else line.height + 1
    return rise if -line.height <= rise <= line.height else None


def _standing(words: Words, small: float) -> list[tuple[float, float]]:
    """The middles and bottoms of the words that end at the base line, by their middles."""
    highest = _TALLER * _USUAL["tall"] * small
    return sorted(
        ((box.left + box.right) / 2, box.bottom)
        for text, box in words[:_MOST]
        if _kind(text) in _ON_BASE and 0 < box.height <= highest
    )
