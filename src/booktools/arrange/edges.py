"""The lines at the edges of pages: where running heads and folios stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from booktools.arrange.words import HYPHENS, ends_sentence, is_label, starts_lower
from booktools.model.page import Line

# Book title, chapter and folio may stand on a line each.
_DEPTH = 3

_ALONE = re.compile(r"[\[(—–\- ]*(\d{1,4}|[ivxlc]{1,7})[\])—–\- ]*")
_BEFORE = re.compile(r"(\d{1,4})\s+(\S.*)")
_BEHIND = re.compile(r"(.*\S)\s+(\d{1,4})")
_NO_KEY = re.compile(r"[^\w\n]+")
# Most of it is ASCII, which goes without any pattern.
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != "\n")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Edge:
    """A line at the edge of its page.

    `outer` is the index of the line between it and the edge, `below` of the one under it
    (-1: none).  `words` are its text without the `number` (0: none) before or behind it,
    `key` what of the whole line OCR seldom gets wrong: letters and figures.
    """

    index: int
    page: int
    top: bool
    outer: int
    below: int
    words: str
    number: int
    key: str
    text: str


def display(words: str) -> bool:
    """Whether words may stand for themselves: no sentence's end and none's middle."""
    return not (
        (ends_sentence(words) and not words.isupper())
        or starts_lower(words)
        or words.endswith((",", ";", *HYPHENS))
    )


def keys_of(texts: Sequence[str]) -> list[str]:
    """What of each line OCR seldom gets wrong: letters and figures, in small letters."""
    if not texts:
        return []
    whole = "\n".join(texts).casefold().encode().translate(None, _SIGNS).decode()
    keys = whole.split("\n")
    return keys if whole.isascii() else [k if k.isascii() else _NO_KEY.sub("", k) for k in keys]


def edges_of(lines: Sequence[Line]) -> Iterator[Edge]:
    """The outermost lines at the top and at the foot of every page, from the edge inwards."""
    made: list[tuple[int, int, bool, int, int]] = []
    written = [i for i, line in enumerate(lines) if line.text]
    for page, own in groupby(written, key=lambda i: lines[i].page):
        rows = list(own)
        below = dict(pairwise(rows))
        half = len(rows) // 2
        tops, feet = rows[: len(rows) - half][:_DEPTH], rows[len(rows) - half :][-_DEPTH:]
        for top, side in ((True, tops), (False, feet[::-1])):
            outer = -1
            for index in side:
                made += [(index, page, top, outer, below.get(index, -1))]
                outer = index
    texts = [lines[index].text for index, *_ in made]
    for place, text, key in zip(made, texts, keys_of(texts), strict=True):
        words, number = numbered(text)
        yield Edge(*place, words, number, key, text)


def numbered(text: str) -> tuple[str, int]:
    """The words of a line and the number alone, before or behind them (0: none)."""
    if alone := _ALONE.fullmatch(text):
        return "", int(alone[1]) if alone[1].isdigit() else _roman(alone[1])
    if before := _BEFORE.fullmatch(text):
        return before[2], int(before[1])
    if is_label(text):
        return text, 0  # "Chapter 7" counts chapters, not pages
    if behind := _BEHIND.fullmatch(text):
        return behind[1], int(behind[2])
    return text, 0


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(v if v >= f else -v for v, f in zip(values, following, strict=True))
