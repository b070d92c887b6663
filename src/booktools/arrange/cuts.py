"""What cuts a paragraph: captions, above which a line may end anywhere; and a blank line between
two sentences of one speech, as extractors put it where lines are spread wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from booktools.arrange.fragments import Fragment
from booktools.model.galley import Role

# What closes a speech, by what opens it.
_CLOSING = {"“": "”", "„": "“", "«": "»", "»": "«"}
# So many paragraphs begin with a mark that opens speeches.
_SPEECHES = 5


def cut_by_captions(fragments: Sequence[Fragment], prose: Sequence[int]) -> list[bool]:
    """Whether captions, and but furniture beside them, stand before each running stretch."""
    found = [False] * len(prose)
    running = set(prose)
    rank = 0
    caption = other = False
    for index, fragment in enumerate(fragments):
        if index in running:
            found[rank] = caption and not other
            rank += 1
            caption = other = False
        elif fragment.role is Role.CAPTION:
            caption = True
        elif fragment.role is not Role.FURNITURE:
            other = True
    return found


def speaks_on(row: Sequence[Fragment]) -> Iterator[int]:
    """The stretches, by rank, that end with a sentence of a speech which ends in the next one.

    A speech of several paragraphs opens each of them anew.
    """
    begun = Counter([fragment.rows[0][0] for fragment in row])
    mark = max(_CLOSING, key=lambda m: begun[m])
    if begun[mark] < _SPEECHES:
        return
    for rank, (one, two) in enumerate(pairwise(row)):
        if two.parted or two.opened or not one.terminal or one.page != two.page or two.moved:
            continue
        if two.rows[0][0].isupper() and _open(one.text, mark) and _shut(two.text, mark):
            yield rank


def _open(text: str, mark: str) -> bool:
    """Whether a speech has not ended at the end of a text."""
    return text.rfind(mark) > text.rfind(_CLOSING[mark])


def _shut(text: str, mark: str) -> bool:
    """Whether one ends in it that has not begun there."""
    end, again = text.find(_CLOSING[mark]), text.find(mark)
    return end >= 0 and (again < 0 or end < again)
