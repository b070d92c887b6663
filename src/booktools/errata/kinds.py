"""What kind of fault a correction mends, guessed from its two readings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from booktools.errata.entry import Kind

_WORD = re.compile(r"[^\W_]+(?:[’'‐-][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text, small letters, hyphened and shortened ones whole."""
    return [match[0].casefold() for match in _WORD.finditer(text)]


def guess_kind(found: str, wanted: str, words: Mapping[str, int], scanned: bool) -> Kind:
    """The likely kind; a person may say better.

    `words` counts the words of the book, casefolded; `scanned`: it was read from a page, so
    words run together or broken are the recognition's fault.
    """
    misread = Kind.OCR if scanned else Kind.TYPO
    one, two = _letters(found), _letters(wanted)
    if one == two:
        if _unhyphened(found) == _unhyphened(wanted) and "-" in found + wanted:
            return Kind.CONSISTENCY
        if found.split() != wanted.split() and "".join(found.split()) == "".join(wanted.split()):
            return misread
        return Kind.PUNCTUATION
    old, new = words_of(found), words_of(wanted)
    if one.casefold() == two.casefold() or _bare(one) == _bare(two):
        return Kind.CONSISTENCY if _both_known(old, new, words) else Kind.TYPO
    if _figures_in_words(found) or "".join(old) == "".join(new):
        return misread
    lost = [word for word in old if word not in new]
    come = [word for word in new if word not in old]
    if all(words.get(word, 0) > (word in old) for word in [*lost, *come]):
        return Kind.GRAMMAR  # all of them words of this book
    return Kind.TYPO


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _unhyphened(text: str) -> str:
    """Without the hyphens inside words, or between words that one of the readings parts."""
    return re.sub(r"(?<=\w)[-‐ ](?=\w)", "", text)


def _bare(text: str) -> str:
    """Small letters without their accents."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def _both_known(old: list[str], new: list[str], words: Mapping[str, int]) -> bool:
    return all(words.get(word, 0) > 1 for word in old) and all(words.get(word, 0) for word in new)


def _figures_in_words(text: str) -> bool:
    return re.search(r"[^\W\d_]\d|\d[^\W\d_]", text) is not None
