"""What is kept of the words of a row: where each stands, which are raised, where faces change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from booktools.model.printed_page import Face, PrintedWord

# A raised figure stands so much higher, and is smaller than this share of the letters' size.
RAISED, SMALLER = 0.15, 0.9


def edges(words: Sequence[PrintedWord]) -> Iterator[float]:
    """Offset in the row's text, left and right of each word."""
    at = 0
    for index, word in enumerate(words):
        at += 0 if word.joined or not index else 1
        yield from (at, word.box.left, word.box.right)
        at += len(word.text)


def faces(words: Sequence[PrintedWord]) -> Iterator[tuple[int, Face]]:
    """Where in the row's text another face begins."""
    at, face = 0, None
    for index, word in enumerate(words):
        at += 0 if word.joined or not index else 1
        if word.face != face:
            face = word.face
            yield at, face
        at += len(word.text)


def raised(words: Sequence[PrintedWord], face: Face, base: float) -> Iterator[tuple[int, int]]:
    """Where small raised letters stand in the row's text."""
    at = 0
    for index, word in enumerate(words):
        at += 0 if word.joined or not index else 1
        size = word.face.size or word.box.height
        if size < SMALLER * face.size and base - word.baseline > RAISED * face.size:
            yield at, at + len(word.text)
        at += len(word.text)
