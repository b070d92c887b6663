"""Ids made of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_WORDS = re.compile(r"[a-z0-9]+")
_FOLDED = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_LONGEST = 60


def slug(text: str) -> str:
    """ASCII words of the text, joined by hyphens: `La Unión, 1973` → `la-union-1973`.

    Never empty, never longer than 60 characters, always beginning with a letter.
    """
    out = ""
    for word in ascii_words(text):
        if out and len(out) + 1 + len(word) > _LONGEST:
            break
        out = f"{out}-{word}" if out else word[:_LONGEST]
    if not out:
        return "section"
    return out if out[0].isalpha() else f"s-{out}"


def ascii_words(text: str) -> list[str]:
    """The words of a text in the letters a-z and digits: `L’Été à Köln` → `lete`, `a`, `koln`."""
    low = text.lower().translate(_FOLDED).replace("’", "").replace("'", "")
    plain = unicodedata.normalize("NFKD", low)
    return _WORDS.findall("".join(char for char in plain if not unicodedata.combining(char)))


def unique(name: str, taken: Container[str]) -> str:
    """`name`, or `name-2`, `name-3`, … when it is taken."""
    if name not in taken:
        return name
    low, high = 1, 2  # `low` is taken; halving finds the next number in a book of thousands, too
    while f"{name}-{high}" in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{name}-{middle}" in taken else (low, middle)
    return f"{name}-{high}"


def unique_slug(text: str, taken: Container[str], prefix: str = "") -> str:
    """The text's slug if it is free, else with the prefix before it, else numbered from 2."""
    base = slug(text)
    if base in taken and prefix:
        base = f"{prefix}-{base}"
    return unique(base, taken)
