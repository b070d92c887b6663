"""Specks on a page that OCR read as signs: whether a text has many, and where a line ends
without them."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Marks within words: bars apart, so many of both, and one in so many signs, are a habit.
_WITHIN = re.compile(r"[.:](?<=[a-zß-ÿ]{2}.)(?=[a-zß-ÿ]{2})(?!com|org|net|edu|gov|htm)")
_FEWEST = 3
_ONE_IN = 20_000
# Signs that no line begins or ends with; a mark apart, or behind a hyphen that cuts a word; a
# mark before a small letter.
_SIGN = "[_~|=°•©®]"
BEGINS = re.compile(rf"(?:{_SIGN}{{1,2}}|[.,]|[-’'‘](?=\s+[a-zß-ÿ]))\s+(?=[^\W_])")
ENDS = re.compile(rf"(?:\s+{_SIGN}{{1,2}}|(?<=[^\W\d_]-)\s+[^\w\s]{{1,2}})\Z")

# Marks apart, before and behind words.
_BEFORE = re.compile(r"(?:[:;,.*~‘’'_|-]\s+)+(?=\w)")
_BEHIND = re.compile(r"(?:\s+[:;,.*~‘’'_|-])+\Z")


def is_specked(texts: Iterable[str]) -> bool:
    """Whether OCR has read specks as signs all over a text."""
    specks = size = 0
    for text in texts:
        specks += text.count("|") + len(_WITHIN.findall(text))
        size += len(text)
    return specks >= max(_FEWEST, size / _ONE_IN)


def bare(line: str) -> str:
    """A line, without blanks at its ends, and without the specks there."""
    begins = BEGINS.match(line)
    start = begins.end() if begins else 0
    ends = ENDS.search(line, start)
    return line[start : ends.start()] if ends else line[start:]


def within(text: str) -> str:
    """The text without the marks that stand apart at its ends, as specks do and, behind words,
    French colons."""
    begins, ends = _BEFORE.match(text), _BEHIND.search(text)
    start = begins.end() if begins else 0
    return text[start : ends.start()] if ends and ends.start() > start else text[start:]
