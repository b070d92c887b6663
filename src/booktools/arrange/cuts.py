"""What cuts a paragraph: captions, above which a line may end anywhere; and a blank line between
two sentences of one speech, as extractors put it where lines are spread wide.  And what parts
paragraphs: lists, and the tables and pictures of a book in whose sentences none stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from booktools.arrange.fragments import Fragment
from booktools.arrange.words import is_broken
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


def parted_by_kind(fragments: Sequence[Fragment], prose: Sequence[int]) -> list[bool]:
    """Whether a list, a table or a picture's caption before each running stretch shows that a
    paragraph has ended above it, if a sentence has.

    Tables and pictures may stand at the head or the foot of pages, wherever the text has got to:
    then one or another of a book's stands in the middle of a sentence.  Where none does, they
    stand where their author has put them, between paragraphs.  Lists always do.
    """
    kinds = [_kind(fragments[one + 1 : two]) for one, two in pairwise(prose)]
    afloat = {
        kind
        for kind, (one, two) in zip(kinds, pairwise(prose), strict=True)
        if kind and not fragments[one].terminal and _goes_on(fragments[one], fragments[two])
    }
    return [False, *(kind is Role.LIST or bool(kind and kind not in afloat) for kind in kinds)]


def _kind(between: Sequence[Fragment]) -> Role | None:
    """What stands between two running stretches: a table, a picture or a list; None for nothing,
    and for what has other things beside it."""
    if not between:
        return None
    roles = {f.role for f in between} - {Role.FURNITURE, Role.NOTE}
    if roles and roles <= {Role.TABLE, Role.CAPTION}:
        return Role.TABLE if Role.TABLE in roles else Role.CAPTION
    return Role.LIST if roles == {Role.LIST} else None


def _goes_on(one: Fragment, two: Fragment) -> bool:
    """Whether a sentence that has not ended goes on in another stretch."""
    return two.starts_lower or is_broken(one.rows[-1])


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
