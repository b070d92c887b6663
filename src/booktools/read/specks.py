"""Specks on a scan that an OCR program took for signs: they tell nothing of the layout."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from booktools.model.page import Page
from booktools.model.printed_page import LineGeometry, PrintedWord
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


def doubts(words: Sequence[PrintedWord]) -> Iterator[int]:
    """Offsets in their row's text of the words that the program doubts."""
    at = 0
    for index, word in enumerate(words):
        at += 0 if word.joined or not index else 1
        if word.confidence is not None and word.confidence < DOUBTED:
            yield at
        at += len(word.text)


def despecked(
    text: str, pages: Sequence[Page], geometry: Sequence[LineGeometry | None]
) -> tuple[list[Page], list[LineGeometry | None]]:
    """Pages and where their lines stand, these without the specks at their ends, where OCR has
    read the pages and the text has many."""
    read = any(one is not None and one.confidence is not None for one in geometry)
    if not read or not is_specked([text]):
        return list(pages), list(geometry)
    out: list[LineGeometry | None] = []
    at = 0
    made = []
    for page in pages:
        lines = []
        for line in page.lines:
            short, own = bare(line.text), geometry[at]
            at += 1
            if own is not None and short != line.text:
                own = _shifted(own, line.text.index(short), len(short))
            out.append(own)
            lines.append(replace(line, text=short))
        made.append(replace(page, lines=tuple(lines)))
    return made, out


def _shifted(own: LineGeometry, start: int, size: int) -> LineGeometry:
    """Where a line stands of whose text `size` characters from `start` on are left."""
    triples = zip(own.words[::3], own.words[1::3], own.words[2::3], strict=True)
    kept = [(at - start, *edges) for at, *edges in triples if start <= at < start + size]
    raised = [(a - start, b - start) for a, b in own.raised if start <= a and b <= start + size]
    doubts = [at - start for at in own.doubts if start <= at < start + size]
    words = array("f", chain.from_iterable(kept))
    return replace(own, words=words, raised=tuple(raised), doubts=tuple(doubts))
