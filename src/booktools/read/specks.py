"""Specks on a scan that an OCR program took for signs: they tell nothing of the layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from booktools.model.page import Page
from booktools.model.printed_page import PrintedWord
from booktools.model.specks import bare, is_specked

DOUBTED = 0.6  # the confidence below which a sign may be a speck


def without_specks(words: Sequence[PrintedWord]) -> Sequence[PrintedWord]:
    """The words of a line but for the specks at its ends; all, where there are no others.

    A speck has no letter or figure, and the program doubts it.
    """
    if all(word.confidence is None for word in words):
        return words
    own = [number for number, word in enumerate(words) if not _is_speck(word)]
    return words[own[0] : own[-1] + 1] if own else words


def _is_speck(word: PrintedWord) -> bool:
    doubted = word.confidence is not None and word.confidence < DOUBTED
    return doubted and not any(map(str.isalnum, word.text))


def despecked(text: str, pages: Sequence[Page]) -> list[Page]:
    """Pages whose lines say nothing of the specks at their ends, where the text has many."""
    if not is_specked([text]):
        return list(pages)
    return [
        replace(page, lines=tuple(replace(line, text=bare(line.text)) for line in page.lines))
        for page in pages
    ]
