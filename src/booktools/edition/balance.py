"""Titles of more than one line, broken where a designer would break them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from math import ceil, comb

from booktools.edition.markup import Content, Xml, element, fragment
from booktools.model.book import Inline, LineBreak, Note, Text, inline_text

_MOST_CHOICES = 500  # of ways to break; a text with more is not displayed but read
_WEAK = 3  # letters of a word that should not end a line
# A short compound ("Counter-Revolution"), which is not parted at its hyphen.
_COMPOUND = re.compile(r"\b(?=[\w’'-]{3,24}(?![\w’'-]))\w+(?:-\w+)+")
_STOPS = (":", ";", ",", ".", "?", "!", "–", "—")


def balanced(title: tuple[Inline, ...], measure: int) -> tuple[Inline, ...]:
    """The title with line breaks that make its lines about equal, where one line is too short.

    `measure` is the number of letters that stand well on one line, 0 for no breaks.  A
    title that has its own line breaks keeps them.
    """
    words = inline_text(title).split()
    lines = ceil(len(" ".join(words)) / measure) if measure else 1
    few = 1 < lines <= len(words) and comb(len(words) - 1, lines - 1) <= _MOST_CHOICES
    if not few or _has_breaks(title):
        return title
    cuts = min(combinations(range(1, len(words)), lines - 1), key=lambda cuts: _cost(words, cuts))
    return tuple(_broken(title, _Words(set(cuts))))


def _cost(words: list[str], cuts: tuple[int, ...]) -> float:
    """How far the lines are from equal; ends at stops are good, at short words bad."""
    edges = (0, *cuts, len(words))
    lines = [words[start:end] for start, end in pairwise(edges)]
    lengths = [len(" ".join(line)) for line in lines]
    mean = sum(lengths) / len(lengths)
    uneven = sum((length - mean) ** 2 for length in lengths)
    ends = [line[-1] for line in lines[:-1]]
    weak = sum(len(word) <= _WEAK for word in ends)
    stops = sum(word.endswith(_STOPS) for word in ends)
    return uneven + mean * (2 * weak - stops)


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
