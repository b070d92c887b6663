"""Titles of more than one line, broken where a designer would break them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from math import ceil, inf

from booktools.edition.markup import Content, Xml, element, fragment
from booktools.model.book import Inline, LineBreak, Note, Text, inline_text

_MOST_LINES = 9
_WEAK = 3  # letters of a word that should not end a line
# A short compound ("Counter-Revolution"), which is not parted at its hyphen.
_COMPOUND = re.compile(r"\b(?=[\w’'-]{3,24}(?![\w’'-]))\w+(?:-\w+)+")
_STOPS = (":", ";", ",", ".", "?", "!", "–", "—")


def balanced(title: tuple[Inline, ...], measure: int) -> tuple[Inline, ...]:
    """The title with line breaks that make its lines about equal, where one line is too short.

    `measure` is the number of letters that stand well on one line, 0 for no breaks.  A
    title that has its own line breaks keeps them, and a text of many lines, which is not
    displayed but read.
    """
    words = inline_text(title).split()
    lines = ceil(len(" ".join(words)) / measure) if measure else 1
    if not 1 < lines <= min(len(words), _MOST_LINES) or _has_breaks(title):
        return title
    return tuple(_broken(title, _Words(set(_cuts(words, lines)))))


def _cuts(words: list[str], lines: int) -> tuple[int, ...]:
    """The numbers of the words that begin the lines but the first.

    The best way to set the first words in so many lines is the best of the ways in which
    the last of these lines may begin.
    """
    ends = [0, *accumulate(len(word) + 1 for word in words)]
    mean = (ends[-1] - lines) / lines
    nowhere: tuple[float, tuple[int, ...]] = (inf, ())
    best = [(0.0, nowhere[1]), *[nowhere] * len(words)]
    for line in range(1, lines + 1):
        best = [
            min(
                (
                    (
                        cost
                        + _cost(words[end - 1], ends[end] - ends[start] - 1, mean, line < lines),
                        (*cuts, start) if start else cuts,
                    )
                    for start, (cost, cuts) in enumerate(best[:end])
                ),
                default=nowhere,
            )
            for end in range(len(words) + 1)
        ]
    return best[-1][1]


def _cost(last: str, length: int, mean: float, inner: bool) -> float:
    """How far a line is from the mean; to end at a stop is good, at a short word bad."""
    manner = 2 * (len(last) <= _WEAK) - last.endswith(_STOPS) if inner else 0
    return (length - mean) ** 2 + mean * manner


class _Words:
    """Counts words across nodes; `cuts` are the numbers of the words that begin a line."""

    def __init__(self, cuts: set[int]) -> None:
        self.cuts = cuts
        self.seen = 0
        self.inside = False  # of a word


def _broken(inlines: Iterable[Inline], words: _Words) -> Iterator[Inline]:
    for node in inlines:
        match node:
            case Text():
                yield from _text(node, words)
            case Note() | LineBreak():
                yield node
            case _:
                yield replace(node, children=tuple(_broken(node.children, words)))


def _text(node: Text, words: _Words) -> Iterator[Inline]:
    start = 0
    for at, letter in enumerate(node.value):
        blank = letter.isspace()
        if not blank and not words.inside:
            if words.seen in words.cuts:
                if node.value[start:at]:
                    yield replace(node, value=node.value[start:at])
                yield LineBreak()
                start = at
            words.seen += 1
        words.inside = not blank
    yield replace(node, value=node.value[start:])


def _has_breaks(inlines: Iterable[Inline]) -> bool:
    return any(
        isinstance(node, LineBreak)
        or (not isinstance(node, Text | Note) and _has_breaks(node.children))
        for node in inlines
    )


def unparted(text: str) -> Xml:
    """Text with its short compounds in spans of the class `compound`."""
    out: list[Content] = []
    at = 0
    for match in _COMPOUND.finditer(text):
        out += text[at : match.start()], element("span", {"class": "compound"}, match[0])
        at = match.end()
    return fragment(*out, text[at:])
