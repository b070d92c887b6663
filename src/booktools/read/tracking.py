"""What parts words, told from what parts letters: words whose letters stand so wide that each
was taken for a word, and figures of notes that were taken for parts of words.

A gap between words is much wider than the others of its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from booktools.model.printed_page import Hidden, PrintedWord

# A line is tracked when it has so many words of one letter, and so large a share of them.
_FEWEST, _SHARE = 4, 0.6
# Between words the gap is wider than between letters by this factor.
_WIDER = 1.6
# A capital stands to the rest of its word nearer than any two words do, by this factor.
_NEARER = 0.5
# The marks that open a quotation or a bracket, nearer to what they open by this one.
_OPENING, _OPENED = "“‘„‚([¿¡", 0.8
# Blanks that hold a line together: where one is written, no other is needed.
_BLANKS = ("\u00a0", "\u202f")
_GLUED = re.compile(r"(\d{1,3})([^\W\d_a-z].*|[“«„‚‘¿¡].*|»[^\W\d_].*)")


def closed_up(words: Sequence[PrintedWord]) -> tuple[PrintedWord, ...]:
    """The words of an upright line, those joined that are parts of one word."""
    if len(words) < 2:
        return tuple(words)
    gaps = [two.box.left - one.box.right for one, two in pairwise(words)]
    singles = sum(len(word.text) == 1 and word.text.isalnum() for word in words)
    if median(gaps) > 0 and singles >= max(_FEWEST, _SHARE * len(words)):
        apart = _WIDER * median(gaps)
        return _joined(words, [gap <= apart for gap in gaps])
    return _joined(words, [_is_one(words, gaps, at) for at in range(len(gaps))])


def _is_one(words: Sequence[PrintedWord], gaps: Sequence[float], at: int) -> bool:
    """Whether the two words round a gap are one: a capital and small capitals behind it, a mark
    that opens a quotation and its first word, or words round a blank that is written already."""
    one, two = words[at], words[at + 1]
    if one.text.endswith(_BLANKS) or two.text.startswith(_BLANKS):
        return True
    opens = all(char in _OPENING for char in one.text)
    initial = len(one.text) == 1 and one.text.isupper()
    if not (opens or initial) or not two.text[:1].isalpha():
        return False
    others = [
        gap
        for number, gap in enumerate(gaps)
        if number != at and not words[number + 1].joined and len(words[number].text) > 1
    ]
    nearer = _OPENED if opens else _NEARER
    return bool(others) and 0 < gaps[at] < nearer * min(others)


def _joined(words: Sequence[PrintedWord], together: Sequence[bool]) -> tuple[PrintedWord, ...]:
    rest = (
        replace(word, joined=True) if near and not word.joined else word
        for word, near in zip(words[1:], together, strict=True)
    )
    return (words[0], *rest)


def without_mark(word: PrintedWord) -> list[PrintedWord]:
    """The first word of a small line, parted from the figure of a note that its font has
    raised: `5House`."""
    match = _GLUED.fullmatch(word.text)
    if not match or word.hidden is not Hidden.NO:
        return [word]
    cut = word.box.left + word.box.width * len(match[1]) / len(word.text)
    figure = replace(word, text=match[1], box=replace(word.box, right=cut))
    return [figure, replace(word, text=match[2], box=replace(word.box, left=cut), joined=False)]
